"""Names of the codes that a report shows, and the sentences it is opened and closed with, in both languages."""

import re

from auditor.model import Text


def _t(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


LEVELS: dict[str, Text] = {
    "V5": _t("confirmed by your consent log", "confirmé par votre journal de consentement"),
    "V4": _t("individual proof on the row", "preuve individuelle dans la ligne"),
    "V3": _t("source, date, method and purpose", "source, date, méthode et finalité"),
    "V2": _t("a named source, no more", "une source nommée, sans plus"),
    "V1": _t("a vague claim", "une mention vague"),
    "V0": _t("nothing", "rien"),
}
SOURCES: dict[str, Text] = {
    "direct": _t("Given by the person", "Donnée par la personne"),
    "customer": _t("Own customer", "Client de l'entreprise"),
    "referral": _t("Recommendation", "Recommandation"),
    "network": _t("Personal network, address book", "Réseau personnel, carnet d'adresses"),
    "published": _t("Published by the company itself", "Publiée par l'entreprise elle-même"),
    "directory": _t("Directory or small ads", "Annuaire ou petites annonces"),
    "register": _t("Public register", "Registre public"),
    "scraped": _t("Scraped or extracted", "Aspirée ou extraite"),
    "vendor": _t("Data vendor or contact finder", "Fournisseur ou révélateur de contacts"),
    "bought": _t("Bought or rented list", "Fichier acheté ou loué"),
    "partner": _t("Partner", "Partenaire"),
    "guessed": _t("Guessed address", "Adresse devinée"),
    "outbound": _t("Outbound, prospecting tool", "Outil de prospection sortante"),
    "vague": _t("Vague (“web”, “database”)", "Vague (« web », « base »)"),
    "missing": _t("No source stated", "Aucune source indiquée"),
}
KINDS: dict[str, Text] = {
    "nominative": _t("Named", "Nominative"),
    "generic": _t("Company mailbox", "Boîte de société"),
    "technical": _t("Technical", "Technique"),
    "reserved-purpose": _t("Reserved purpose", "Usage réservé"),
    "reserved": _t("Reserved purpose", "Usage réservé"),
    "unknown": _t("Kind unknown", "Nature inconnue"),
    "invalid": _t("Invalid address", "Adresse invalide"),
    "missing": _t("No address", "Sans adresse"),
}
DOMAINS: dict[str, Text] = {
    "professional": _t("company domain", "domaine d'entreprise"),
    "personal": _t("private mailbox", "messagerie privée"),
    "freemail": _t("private mailbox", "messagerie privée"),
    "isp": _t("internet provider", "fournisseur d'accès"),
    "relay": _t("relay (alias)", "relais (alias)"),
    "disposable": _t("throw-away mailbox", "messagerie jetable"),
    "ambiguous": _t("provider shared by customers and staff", "opérateur : clients et salariés mêlés"),
    "shared-professional": _t("shared professional domain", "domaine professionnel partagé"),
    "school": _t("school", "établissement scolaire"),
}
CONSENT: dict[str, Text] = {
    "confirmed": _t("Confirmed (double opt-in)", "Confirmé (double opt-in)"),
    "given": _t("Given", "Donné"),
    "asserted": _t("Asserted, not shown", "Affirmé, sans preuve"),
    "pending": _t("Waiting for confirmation", "En attente de confirmation"),
    "never": _t("Never asked", "Jamais demandé"),
    "refused": _t("Refused or withdrawn", "Refusé ou retiré"),
    "unreachable": _t("Unreachable", "Injoignable"),
    "missing": _t("Nothing stated", "Rien d'indiqué"),
}
REGIMES: dict[str, Text] = {
    "in": _t("consent first", "consentement préalable"),
    "out": _t("may be written to, with opt-out", "écrire est permis, avec droit d'opposition"),
    "out_if": _t("opt-out, under conditions", "opposition, sous conditions"),
    "not_covered": _t("outside the rule", "hors du champ de la règle"),
    "unclear": _t("not settled", "question ouverte"),
}
SUPPLIERS: dict[str, Text] = {
    "checked": _t("Evidence seen, sample verified", "Preuves vues, échantillon vérifié"),
    "unproven": _t("Known, evidence never checked", "Connu, preuves jamais vérifiées"),
    "refuted": _t("Sample did not hold", "Échantillon non concluant"),
    "expired": _t("Contract or check expired", "Contrat ou contrôle expiré"),
    "unregistered": _t("Not in your register", "Absent de votre registre"),
}
LENSES: dict[str, Text] = {
    "ethics": _t("Did these people ask for it?", "Ces personnes ont-elles demandé à être contactées ?"),
    "law": _t("Are we allowed to?", "En avons-nous le droit ?"),
    "image": _t("How will we look?", "De quoi aurons-nous l'air ?"),
    "return": _t("Will it arrive, and matter?", "Le message arrivera-t-il à la bonne personne ?"),
    "fair_means": _t("Were the data come by fairly?", "Les données ont-elles été obtenues loyalement ?"),
}
LENS_NAMES: dict[str, Text] = {
    "ethics": _t("Ethics", "Éthique"),
    "law": _t("Law", "Droit"),
    "image": _t("Image", "Image"),
    "return": _t("Return", "Rendement"),
    "fair_means": _t("Fair means", "Loyauté"),
}
FAMILIES: dict[str, Text] = {
    "A": _t("Nature of the address", "Nature de l'adresse"),
    "B": _t("Traces of scraping", "Traces d'aspiration"),
    "C": _t("Traces of guessing", "Traces d'adresses devinées"),
    "D": _t("Origin and proof", "Origine et preuve"),
    "E": _t("Contradictions", "Contradictions"),
    "F": _t("Duty to inform", "Devoir d'information"),
    "G": _t("Objections", "Oppositions"),
    "H": _t("Age and retention", "Ancienneté et conservation"),
    "I": _t("Too much or too private", "Données excessives ou trop privées"),
    "J": _t("Country, transfer, integrity", "Pays, transfert, intégrité"),
}
# (what was not looked at, how to have it looked at); a count follows the first when there is one
GAPS: dict[str, tuple[Text, Text]] = {
    "unreadable": (
        _t("Records that could not be read", "Enregistrements illisibles"),
        _t("Look at the unreadable list and repair the export.", "Voir la liste « unreadable » et corriger l'export."),
    ),
    "suppression": (
        _t("Objections that are kept outside this list", "Les oppositions tenues hors de cette liste"),
        _t("Give your suppression list: --suppression.", "Fournissez votre liste d'opposition : --suppression."),
    ),
    "suppression_lines": (
        _t("Suppression lines that could not be understood", "Lignes d'opposition restées incomprises"),
        _t(
            "Correct them: until then nobody is screened by them. The files are named further down.",
            "Corrigez-les : en attendant, elles n'écartent personne. Les fichiers sont nommés plus bas.",
        ),
    ),
    "suppression_empty": (
        _t("Suppression files without a single entry", "Fichiers d'opposition sans aucune entrée"),
        _t("Export them again: they remove nobody.", "Refaites l'export : ils n'écartent personne."),
    ),
    "consent_log": (
        _t("Whether the consents exist at their source", "L'existence des consentements à leur source"),
        _t("Give your consent log: --consent-log.", "Fournissez le journal des consentements : --consent-log."),
    ),
    "domains": (
        _t("Whether the domains receive mail", "La capacité des domaines à recevoir du courrier"),
        _t("Allow look-ups of domains: --dns.", "Autorisez la vérification des domaines : --dns."),
    ),
    "domains_unknown": (
        _t("Domains that gave no answer", "Domaines restés sans réponse"),
        _t("Run again later, or with another resolver.", "Relancez plus tard ou avec un autre résolveur."),
    ),
    "country": (
        _t("Rows of unknown country, held to the strictest terms", "Lignes sans pays connu, jugées au plus strict"),
        _t("Add a country column to the export.", "Ajoutez une colonne pays à l'export."),
    ),
    "columns": (
        _t("Rules without a column to read", "Règles sans colonne à lire"),
        _t("Export more columns, first: {names}.", "Exportez davantage de colonnes, d'abord : {names}."),
    ),
    "off": (
        _t("Rules switched off by the settings", "Règles désactivées par les réglages"),
        _t("See the settings below.", "Voir les réglages plus bas."),
    ),
}
LIMITS: tuple[Text, ...] = (
    _t(
        "No finding does not mean “compliant”: it means that nothing was found in what the list shows.",
        "L'absence de constat ne vaut pas conformité : rien n'a été trouvé dans ce que la liste donne à voir.",
    ),
    _t(
        "The audit reads the list. It did not ask the people, the sellers or the source systems whether what the "
        "list says is true.",
        "L'audit lit la liste. Il n'a demandé ni aux personnes, ni aux vendeurs, ni aux systèmes d'origine si ce "
        "qu'elle affirme est vrai.",
    ),
    _t(
        "Traces of scraping or guessing are clues, not proof: a person decides on those rows.",
        "Les traces d'aspiration ou d'adresses devinées sont des indices, pas des preuves : une personne tranche.",
    ),
    _t(
        "National law was read on the day shown with each country. This report is no legal advice.",
        "Le droit national a été lu à la date indiquée pour chaque pays. Ce rapport ne vaut pas conseil juridique.",
    ),
)
RETENTION = _t(
    "This report holds masked values and belongs to the proof of the audit (GDPR 5(2)). Keep it with the campaign, "
    "and delete it with the lists of this folder on the day below at the latest. The review and removed lists hold "
    "whole rows: delete them as soon as the decisions are taken.",
    "Ce rapport ne contient que des valeurs masquées et sert de preuve de l'audit (RGPD, art. 5, § 2). Conservez-le "
    "avec la campagne et supprimez-le, avec les listes de ce dossier, au plus tard à la date ci-dessous. Les listes "
    "« review » et « removed » contiennent des lignes entières : supprimez-les dès que les décisions sont prises.",
)


def number(value: int | float, lang: str) -> str:
    """A count with the language's thousands separator (comma, or narrow no-break space)."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.replace(",", "\u202f").replace(".", ",") if lang == "fr" else text


def percent(part: int, whole: int, lang: str) -> str:
    """A share in per cent; never 0 % or 100 % for what is only close to it."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        text = "< 0.1"
    elif 99.9 < share < 100:
        text = "> 99.9"
    elif share in (0, 100) or share >= 10:
        text = f"{share:.0f}" if not 99.5 <= share < 100 else f"{share:.1f}"
    else:
        text = f"{share:.1f}"
    return text.replace(".", ",") + "\u00a0%" if lang == "fr" else text + "%"


def plural(n: int, one: Text, many: Text, lang: str) -> str:
    """`n` and the noun: French is singular for 0 and 1, English for 1 only."""
    single = n < 2 if lang == "fr" else n == 1
    return f"{number(n, lang)} {(one if single else many).in_(lang)}"


def typeset(text: str, lang: str) -> str:
    """Typographic apostrophes; in French also the spaces before high punctuation and inside guillemets."""
    text = text.replace("'", "’")
    if lang != "fr":
        return text
    text = re.sub(r"[ \u00a0]+([;!?])", "\u202f\\1", text)
    text = re.sub(r"[ \u00a0]+([:»%])", "\u00a0\\1", text)
    return re.sub(r"«[ \u00a0]+", "«\u00a0", text)


def address_class(code: str) -> Text:
    """`nominative@professional` in words."""
    kind, _, domain = code.partition("@")
    known = KINDS.get(kind, Text(en=kind, fr=kind))
    if not domain:
        return known
    where = DOMAINS.get(domain, Text(en=domain, fr=domain))
    return Text(en=f"{known.en}, {where.en}", fr=f"{known.fr}, {where.fr}")
