"""Legal forms behind which one natural person stands, in the languages of the 32 countries."""

import re

import polars as pl

from auditor.facts._places import fold
from auditor.stage import passing

# as registers, tax offices and people write them; compared after `fold`
SOLE_TRADERS: dict[str, tuple[str, ...]] = {
    "fr": (
        "EI", "EIRL", "entreprise individuelle", "entrepreneur individuel", "micro-entrepreneur", "micro-entreprise",
        "micro entreprise", "auto-entrepreneur", "autoentrepreneur", "auto entreprise", "profession libérale",
        "libéral", "artisan", "commerçant en nom propre", "travailleur indépendant", "indépendant", "personne physique",
    ),
    "de": (
        "e.K.", "e. K.", "eingetragener Kaufmann", "eingetragene Kauffrau", "e.Kfm.", "e.Kfr.", "Einzelunternehmen",
        "Einzelunternehmer", "Einzelunternehmerin", "Einzelkaufmann", "Einzelfirma", "e.U.",
        "eingetragener Unternehmer", "eingetragenes Einzelunternehmen", "Freiberufler",
        "Freiberuflerin", "Kleingewerbe", "Kleinunternehmer",
        "natürliche Person",
    ),
    "en": (
        "sole trader", "sole proprietor", "sole proprietorship", "self-employed", "self employed", "individual",
        "ordinary partnership", "general partnership", "unincorporated partnership",
    ),
    "it": (
        "ditta individuale", "impresa individuale", "imprenditore individuale", "libero professionista",
        "lavoratore autonomo", "partita IVA individuale", "persona fisica",
    ),
    "es": (
        "autónomo", "autónoma", "trabajador autónomo", "trabajadora autónoma", "empresario individual",
        "emprendedor de responsabilidad limitada", "profesional autónomo", "persona física",
    ),
    "pt": ("empresário em nome individual", "ENI", "trabalhador independente", "recibos verdes", "pessoa singular"),
    "nl": ("eenmanszaak", "ZZP", "zzp'er", "zelfstandige", "zelfstandige zonder personeel", "natuurlijk persoon"),
    "pl": (
        "JDG", "jednoosobowa działalność gospodarcza", "działalność gospodarcza",
        "indywidualna działalność gospodarcza",
        "osoba fizyczna prowadząca działalność gospodarczą", "osoba fizyczna",
    ),
    "cs": ("OSVČ", "osoba samostatně výdělečně činná", "živnostník", "fyzická osoba", "podnikající fyzická osoba"),
    "sk": ("SZČO", "samostatne zárobkovo činná osoba", "živnostník", "fyzická osoba", "fyzická osoba - podnikateľ"),
    "hu": ("egyéni vállalkozó", "egyéni vállalkozás", "e.v.", "egyéni cég"),
    "ro": ("PFA", "persoană fizică autorizată", "întreprindere individuală", "întreprinzător titular"),
    "bg": ("ЕТ", "едноличен търговец", "самоосигуряващо се лице", "ET (BG)"),
    "el": ("ατομική επιχείρηση", "ελεύθερος επαγγελματίας", "atomiki epicheirisi"),
    "hr": ("obrt", "obrtnik", "paušalni obrt"),
    "sl": ("s.p.", "samostojni podjetnik", "samostojni podjetnik posameznik"),
    "sv": ("enskild firma", "enskild näringsidkare", "enskild näringsverksamhet"),
    "da": ("enkeltmandsvirksomhed", "enkeltmandsfirma", "personligt ejet mindre virksomhed", "PMV"),
    "no": ("enkeltpersonforetak", "ENK", "enkeltmannsforetak"),
    "fi": ("toiminimi", "T:mi", "tmi", "yksityinen elinkeinonharjoittaja", "elinkeinonharjoittaja",
           "ammatinharjoittaja"),
    "et": ("FIE", "füüsilisest isikust ettevõtja"),
    "lv": ("individuālais komersants", "IK", "pašnodarbinātā persona", "pašnodarbinātais",
           "saimnieciskās darbības veicējs"),
    "lt": ("individuali įmonė", "IĮ", "individuali veikla", "verslo liudijimas"),
    "is": ("einstaklingsrekstur", "einkafirma", "einyrki"),
    "mt": ("self-occupied", "sole trader (MT)"),
}  # fmt: skip

_FORMS = frozenset(fold(form) for forms in SOLE_TRADERS.values() for form in forms)
_SPLIT = re.compile(r"[,;/()|–—]|\s-\s")

# how a firm's name ends, or begins, that only natural persons bear; "EI" alone is too common a word in other languages
_ENDS = (
    r"(?:\be\. ?K(?:fm|fr)?\.?|\b[eE]\. ?U\.|\be\.v\.|\bs\. ?p\.|\(EI\)|\bEIRL|, EI|\b[Tt]:?mi|\bPFA|\bOSVČ|\bFIE"
    r"|[Ee]nskild [Ff]irma|[Dd]itta [Ii]ndividuale|[Ii]mpresa [Ii]ndividuale|[Ee]inzelunternehmen|[Ee]inzelfirma"
    r"|[Ee]enmanszaak|[Ss]ole [Tt]rader|[Aa]uto-?entrepreneur|[Mm]icro-?entrepr(?:eneur|ise)"
    r"|[Ee]ntreprise [Ii]ndividuelle|[Ee]gy[ée]ni v[áa]llalkoz[óo])$"
)
_BEGINS = ("PFA ", "ЕТ ")


def named_so(companies: pl.Series) -> pl.Series:
    """Rows whose firm's name is a sole trader's."""
    name = pl.col("value")
    begins = pl.any_horizontal(name.str.starts_with(word) for word in _BEGINS)
    # without word boundaries a name is read from its end: a third of the cost, and hardly one gets through
    near = begins | name.str.contains(_ENDS.replace(r"\b", ""))
    rows = passing(companies, near)
    if not len(rows):
        return rows
    named = companies.gather(rows).to_frame("value").select(begins | name.str.contains(_ENDS)).to_series()
    return rows.filter(named)


def is_sole_trader(form: str) -> bool:
    """Whether a cell of a legal-form column names a natural person: the whole cell or one of its parts."""
    return any(fold(part) in _FORMS for part in (form, *_SPLIT.split(form)) if part.strip())
