"""The residue grammar: one recogniser per trace, each with the address that remains without it."""

import html
import re
from collections.abc import Callable
from functools import cache
from urllib.parse import unquote

from auditor.facts import local_parts, mailboxes, syntax, word_lists
from auditor.facts.confusables import latin

Names = tuple[str, str]
Explained = tuple[str | None, str | None]
Form = Callable[[str, Names], Explained | None]

_PLAIN = re.compile(syntax.PLAIN.strip("^$"))
_INSIDE = re.compile(r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~.À-ÿ]+@(?:[A-Za-z0-9À-ÿ-]+\.)+[A-Za-z]{2,}")
# zero-width, bidirectional and other invisible characters, and spaces that are no plain space
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|commat|period|lt|gt|amp|quot|apos|nbsp|lpar|rpar|colon|shy|zwnj);?"
)
_UNICODE = re.compile(r"\\?[uU]00(?:[2-7][0-9a-fA-F]|[aA]0)")
_BACKSLASH = re.compile(r"^(?:\\[tnrv\"'/])+|(?:\\[tnrv\"'/])+$")
_HEX = re.compile(r"^\\?[xX](?:2[0-9a-fA-F]|3[a-cA-Ce-fE-F])(?=[A-Za-z])")
_PERCENT = re.compile(r"%(?:[2-7][0-9a-fA-F]|[cC][23]%[0-9a-fA-F]{2}|0[9aAdD])")
_WEAK = re.compile(r"^(?:25)?(?:20|=?3[DE]|=20|2F|3A|3C|22|27|40|0A|0D)(?=[A-Za-z])")
_MAILTO = re.compile(r"(?i)\bmail\s?to(?:\s?(?::|%3a|=)(?://)?\s*|(?=[a-z]))(?=\S*@)")
_AT = re.compile(
    r"(?i)\s*[\[({<_*\-|/]+\s*(?:at|chez|arobase|arrobase|arobas|ät|ad|arroba|chiocciola|apestaart(?:je)?|apenstaart(?:je)?|malpa|małpa|klammeraffe|@|bei|à|a)\s*[\])}>_*\-|/]+\s*"
)
_AT_WORD = re.compile(
    r"\s+(?:AT|at|At|chez|arobase|arrobase|arroba|chiocciola|apenstaartje|małpa|malpa|klammeraffe)\s+"
)
_AT_GLUED = re.compile(r"(?<=[a-z0-9])(?:AT|_AT_|_at_|-at-|\.at\.|ARROBA|AROBASE)(?=[a-z0-9])")
_DOT = re.compile(r"(?i)\s*[\[({<_*\-|/]+\s*(?:dot|point|punkt|punto|ponto|punt|kropka|pt|\.)\s*[\])}>_*\-|/]+\s*")
_DOT_WORD = re.compile(r"\s+(?:DOT|dot|Dot|point|punkt|punto|ponto|punt|kropka)\s+")
# one look for any of them before three are taken out
_DOT_ANY = re.compile(r"(?i)dot|p[ou]i?n[kt]t?o?|kropka|pt|[\[({<_*|/-]\s*\.")
_DOT_GLUED = re.compile(r"(?<=[a-z0-9])DOT(?=[a-z0-9])")
_SPAM_WORDS = (
    r"no[-_.]?spam(?:[-_.]?please)?|anti[-_.]?spam|remove[-_.]?(?:this|me|spam)|spam[-_.]?free|pas[-_.]?de[-_.]?spam"
    r"|stop[-_.]?spam|sans[-_.]?spam|kein[-_.]?spam|ohne[-_.]?spam|bez[-_.]?spamu|entfernen|a?[-_.]?enlever"
    r"|a?[-_.]?supprimer|quitar(?:esto)?|togli(?:questo)?|verwijder(?:dit)?|retirez?[-_.]?ceci"
)
# in capitals amid small letters an order may be worded in many ways
_SPAM_CAPITALS = (
    r"(?:(?:NOT?|ANTI|STOP|SANS|KEINE?|OHNE|PAS[-_]?DE|BEZ|SIN|SENZA)[-_]?)?(?:SPAMU?|PUB|REMOVER?|DELETE|(?:ENLEVE|SUPPRIME|RETIRE"
    r"|EFFACE)[RZ]?|ENTFERNEN?|LOESCHEN?|(?:QUITA|BORRA|ELIMINA|RETIRA|APAGA)R?E?|TOGLI|RIMUOVI|VERWIJDER|USUN)"
    r"[-_]?(?:THIS|ME|IT|FREE|SPAM|PLEASE|CECI|CELA|MOI|SVP|DAS|MICH|BITTE|ESTO|QUESTO|DIT|ISTO|TO)?"
)
# a word of its own, or capitals inside small letters: nospamian@ is a name
_SPAM_WORD = re.compile(
    rf"(?i:(?:^|[._+-]+|(?<=@))(?:{_SPAM_WORDS})(?=[._+@]|-(?=[^@]*@)|$)[._+-]*)"
    rf"|(?:^|[._+-]+|(?<=[a-z0-9@])){_SPAM_CAPITALS}(?=[a-z0-9._@+-]|$)[._+-]*(?=.*[a-z])"
)
_MASK = re.compile(r"\*{2,}|\*+@|@\*|[•…●]|(?<![A-Za-z])[xX]{3,}(?![A-Za-z]|-[a-z])|\.{3,}|#{3,}|_{4,}|\?{2,}")
_IMAGE = re.compile(
    r"(?i)@[0-9.]+x[^@]*\.(?:png|jpe?g|gif|webp|svg|avif|ico)$|\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|avif|ico|css|js|mjs|scss|woff2?|pdf|php|html?|mp4)$"
)
_PACKAGE = re.compile(r"^@?[a-z0-9][a-z0-9._/-]*@[\^~v]?[0-9]+(?:\.[0-9xX]+)+(?:[-+.][0-9A-Za-z.-]+)?(?:/.*)?$")
_CSS = re.compile(
    r"(?i)^[^@\s]*@(?:media|import|font-face|charset|keyframes|page|supports|namespace|layer|apply|include|extend|mixin"
    r"|-webkit-keyframes|-moz-document|viewport|container|property|context|type|graph|id)(?=[\s{(\"';]|$)"
    r"|^@(?:tailwind|screen|use|forward|if|else|each|for|function|return|font-feature-values|counter-style)(?=[\s{(.;]|$)"
    r"|^[\w.#-]+@(?:desktop|laptop|tablet|mobile|phone|screen|print|hover|focus|active|visited|small|medium|large|wide"
    r"|x{0,2}[sl]|sm|md|lg|xl)$"
)
# a run of hexadecimal digits too long for a name, or a GUID, also in braces
_KEY = re.compile(
    r"(?i)^(?:[{\[]|%7b)?(?:[0-9a-f]{20,}(?::[0-9a-f]{20,})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[}\]]|%7d)?@"
)
# error trackers and mailing machines: nobody reads mail there
_TRACKER = re.compile(
    r"(?i)@(?:[a-z0-9.-]+\.)?(?:sentry\.io|wixpress\.com|sentry-cdn\.com|bugsnag\.com|rollbar\.com|amazonses\.com"
    r"|mandrillapp\.com|mailgun\.org|sparkpostmail\.com|mcsv\.net|rsgsv\.net)$"
)
_PHONE = re.compile(
    r"^(?:(?:\+|00)?(?:33|32|41|44|49|39|34|31|351|352|48|43)[ .-]?\(?0?\)?|0)[1-9](?:[ .-]?[0-9]){7,9}"
    r"[ .:/_-]*(?=[A-Za-z])"
    # any country's number where its label or the brackets of an area code stand before it
    r"|^(?i:tel|t[eé]l|t[eé]l[eé]phone|fono?|telefono?|telefoon|phone|mobile?|mob|m[oó]vil|handy|gsm|cell|port|portable|fax)"
    r"[ .:]*[+(]*[0-9](?:[ ./()-]*[0-9]){5,}[ .:/_-]*(?=[A-Za-z])"
    r"|^(?i:[tfmp])[.:] ?[+(]*[0-9](?:[ ./()-]*[0-9]){6,}[ .:/_-]*(?=[A-Za-z])"
    r"|^\(\+?[0-9]{1,5}\)(?:[ ./-]*[0-9]){4,}[ .:/_-]*(?=[A-Za-z])"
    r"|^\+[0-9](?:[ ./()-]*[0-9]){6,}[ .:/_-]*(?=[A-Za-z])"
)
_LABEL = re.compile(
    r"(?i)^(?:e-?mail|mail|courriel|mél|mel|adresse(?:[ -]?e?-?mail)?|contact|contatto|contacto|contato|kontakt|smtp"
    r"|correo(?: electr[oó]nico)?|posta(?: elettronica)?|indirizzo(?: e-?mail)?|e-post|tel|tél)\s*[:=]\s*"
)
_WORD = re.compile(
    r"(?i:^(?:e-?mail|courriel|adresse|contact|contatto|contacto|contato|kontakt|correo))(?=[A-Za-z])|^Mail(?=[a-z])"
    # the end of a postal address
    r"|^[0-9]{4,5} ?[A-ZÀ-Þ][A-Za-zÀ-ÿ-]*?(?=contact|info|accueil|mairie|office|kontakt|contatto|contacto)"
)
# what pages print after an address, glued to it when the line break is lost
_TAIL = re.compile(
    r"(?i)^(?:tel|tél|phone|telephone|fon|telefon|fax|mobile|mob|portable|port|contact|contacts|web|website|www|http|https|site|siteweb|internet|adresse|address|email|mail|e-mail|linkedin|facebook|instagram|twitter|follow|home|accueil|voir|plus|more|siret|siren|tva|rcs|copyright|impressum|horaires|nous|du|de|le|la|et|and|or|for|to|send|envoyer|copy|copier|mentions|download|click|view|subscribe|tlf|telefono|telefoon|kontakt|mentionslegales|about|name|nom|message|rue|place|avenue|lundi|monday|ouvert|open|skype|whatsapp|follownous|suivez|suivez-nous|postadresse|anfahrt|ust|vat|iban|privacy|aviso|legal|call|datenschutz|[oö]ffnungszeiten|horarios?|tel[eé]fonos?|direcci[oó]n|indirizzo|orari|seguici|s[ií]guenos|bel|adres|openingstijden|volg|kvk|btw|partita|piva|cookies?|politique|policy|newsletter|login|folgen|postfach|stra(?:ss|ß)e|via|calle|copyright|apri|chiuso|abierto|cerrado|geschlossen|geopend)+[^a-z]*$"
)
_WRAP = " \t\r\n<>()[]{}\"'`«»“”„‚‘’‹›|"
# arrows, bullets, check marks, pictures around an address
_SIGNS = re.compile(r"^[^\w\x00-\x7f]+\s*|\s*[^\w\x00-\x7f]+$")
_PUNCTUATION = ".,;:!?/\\=~$^-_*&#%"


@cache
def made_up() -> dict[str, frozenset[str]]:
    """kind (local, domain, word, pair, mask) -> words; a made-up word on both sides is a pair as well."""
    listed = {kind: frozenset(words) for kind, words in word_lists.read("placeholders.tsv").items()}
    twins = {f"{word}@{word}" for kind in ("local", "word", "mask") for word in listed[kind]}
    return {**listed, "pair": listed["pair"] | twins}


def well_formed(text: str) -> str | None:
    """The normal form of `text` when it is an address below a known top-level domain."""
    # plain ASCII is decided as in `syntax`; a hyphen pair or another script goes to the validator
    if _PLAIN.fullmatch(text) and "--" not in text and len(text) <= syntax.MAX_BYTES:
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}" if mailboxes.registrable(domain.lower()) else None
    address, _, named = syntax.validate(text)
    return address if address and named and mailboxes.registrable(named) else None


@cache
def _suffix(label: str) -> bool:
    return mailboxes.suffixes().publicsuffix(label) is not None


def _first_inside(text: str) -> str | None:
    found = _INSIDE.search(text)
    return well_formed(found.group().strip(".'-")) if found else None


def _self_explaining(rest: str, names: Names) -> bool:
    """Whether what remains looks like a local part in its own right: a role word, first.last, or the row's names."""
    local = rest.partition("@")[0].lower()
    if local_parts.kind(local)[0] in ("generic", "reserved", "technical"):
        return True
    if any(token in local_parts.words()["place"] for token in re.findall("[a-z]+", local)):
        return False
    letters = re.sub("[^a-z]", "", local)
    if any(len(name) >= 3 and name in letters for name in names):
        return True
    return re.fullmatch(r"(?:[a-z]|[a-z]{3,})[._-][a-z]{3,}(?:-[a-z]{2,})?\d{0,2}", local) is not None


def hidden(cell: str, names: Names) -> Explained | None:
    """Invisible or bidirectional characters."""
    if not _HIDDEN.search(cell):
        return None
    shown = _HIDDEN.sub("", cell)
    again = next((f for _, form in (*BEFORE[1:], *BROKEN) if "@" in shown and (f := form(shown, names))), None)
    return "hidden_character", well_formed(shown) or (again[1] if again else None)


@cache
def _page_texts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    listed = word_lists.read("placeholders.tsv", "|")
    whole = "|".join(re.escape(text) for text in sorted(listed["text"], key=len, reverse=True))
    stems = (rf"\b(?:{'|'.join(listed[kind])})" for kind in ("page_thing", "page_act"))
    return re.compile(whole), *(re.compile(stem) for stem in stems)


def obfuscation_text(cell: str, _: Names) -> Explained | None:
    """What a page shows in place of an address: known texts, or words for mail beside words for hiding and showing."""
    text = cell.lower().replace("\u00a0", " ")
    whole, thing, act = _page_texts()
    said = whole.search(text) or ("@" not in text and thing.search(text) and act.search(text))
    return ("obfuscation_text", None) if said else None


def entity(cell: str, _: Names) -> Explained | None:
    """HTML entities: `&#64;`, `&commat;`, `&gt;`."""
    if not _ENTITY.search(cell):
        return None
    return _decoded("html_entity", html.unescape(html.unescape(cell)))


def unicode_escape(cell: str, _: Names) -> Explained | None:
    """Escapes of scripts that lost their backslash: `u003e`, `\\u0040`."""
    if not _UNICODE.search(cell) or ("@" not in cell and "40" not in cell):
        return None
    text = _UNICODE.sub(lambda m: chr(int(m.group()[-4:], 16)), cell)
    return _decoded("unicode_escape", text)


def backslash_escape(cell: str, _: Names) -> Explained | None:
    """`\\tname@\u2026`: white space of a script as it was written."""
    text = re.sub(r"\\[xX]([2-7][0-9a-fA-F])", lambda m: chr(int(m.group(1), 16)), cell)
    bare = _BACKSLASH.sub("", text).strip(_WRAP)
    rest = well_formed(bare) if bare != cell else None
    return ("escape_rest", rest) if rest else None


def hex_escape(cell: str, names: Names) -> Explained | None:
    """`x22name@…`: a hexadecimal escape before the local part."""
    if not _HEX.search(cell):
        return None
    rest = well_formed(_HEX.sub("", cell))
    return ("hex_escape", rest) if rest and len(rest.partition("@")[0]) >= 3 else None


def percent_escape(cell: str, _: Names) -> Explained | None:
    """`%20`, `%40`, `%3E` as in links."""
    if not _PERCENT.search(cell):
        return None
    return _decoded("percent_escape", unquote(unquote(cell)))


def weak_escape(cell: str, names: Names) -> Explained | None:
    """`20`, `3D`, `=3D`: the rest of an escape; counts only where what remains explains itself."""
    if not _WEAK.search(cell):
        return None
    rest = well_formed(_WEAK.sub("", cell))
    return ("escape_rest", rest) if rest and _self_explaining(rest, names) else None


def mailto(cell: str, names: Names) -> Explained | None:
    """`mailto:`, also with its query."""
    found = _MAILTO.search(cell)
    if not found:
        return None
    text = cell[found.end() :].partition("?")[0]
    # without its colon it may open a name: mailtown@
    if found.group().isalpha() and not ((rest := well_formed(text)) and _self_explaining(rest, names)):
        return None
    return "mailto", well_formed(text.strip(_WRAP + _PUNCTUATION)) or _first_inside(text)


def _decoded(code: str, text: str) -> Explained:
    text = re.sub(r"(?i)mailto:", "", text)
    cleaned = text.strip(_WRAP + "\u00a0").strip(_PUNCTUATION + _WRAP)
    return code, well_formed(cleaned) or _first_inside(text)


def spelled_out(cell: str, names: Names) -> Explained | None:
    """`(at)`, `[dot]`, `AT`, `chez`: written for people, not for machines."""
    text = _AT.sub("@", cell, count=1) if "@" not in cell or _AT.search(cell) else cell
    if "@" not in text:
        text = _AT_WORD.sub("@", text, count=1)
    if "@" not in text:
        text = _AT_GLUED.sub("@", text, count=1)
    head, at, tail = text.partition("@")
    if _DOT_ANY.search(text):
        tail = _DOT_GLUED.sub(".", _DOT_WORD.sub(".", _DOT.sub(".", tail)))
        head = _DOT_WORD.sub(".", _DOT.sub(".", head)) if text != cell or tail != cell.partition("@")[2] else head
    joined = f"{head.strip()}{at}{tail.strip()}".strip(_WRAP)
    if not at or re.sub(r"\s", "", joined) == re.sub(r"\s", "", cell.strip(_WRAP)):
        return None
    found = well_formed(joined.replace(" ", "")) or _first_inside(joined)
    return ("spelled_out", found) if found else None


def masked(cell: str, _: Names) -> Explained | None:
    """`j***@…`: an address hidden by the seller or the page."""
    if not ("@" in cell or "*" in cell) or not _MASK.search(cell):
        return None
    # dots behind a whole address are what a page shortened, not what it hid
    if re.match(r"[•●*-]\s", cell) and well_formed(cell[2:].strip()):
        return None
    shortened = cell.endswith(("...", "…")) and well_formed(cell.rstrip(".…"))
    return None if shortened else ("masked", None)


def file_name(cell: str, _: Names) -> Explained | None:
    """Image, package and style sheet names that hold an @."""
    if "@" in cell and (_IMAGE.search(cell) or _PACKAGE.match(cell)):
        return "file_name", None
    selector = cell[0] in ".#" and well_formed(cell.lstrip(".#")) is None
    return ("code_rule", None) if _CSS.match(cell) or selector else None


def tracker_key(cell: str, _: Names) -> Explained | None:
    """Keys of error trackers, made like an address."""
    return ("tracker_key", None) if _KEY.match(cell) or _TRACKER.search(cell) else None


def spam_word(cell: str, _: Names) -> Explained | None:
    """`NOSPAM`, `remove-this`: a word put in against collectors."""
    if "@" not in cell or not _SPAM_WORD.search(cell):
        return None
    rest = re.sub(r"\.{2,}", ".", _SPAM_WORD.sub(".", cell).replace(".@", "@").replace("@.", "@")).strip(".")
    found = well_formed(rest)
    return ("anti_spam_word", found) if found else None


def phone_glued(cell: str, _: Names) -> Explained | None:
    """Digits of a phone number before the local part."""
    if not _PHONE.search(cell):
        return None
    rest = well_formed(_PHONE.sub("", cell))
    return ("phone_glued", rest) if rest else None


def label_glued(cell: str, names: Names) -> Explained | None:
    """`Email:name@…`, `emailname@…`: the label of the field stuck to the address."""
    if _LABEL.search(cell):
        text = _LABEL.sub("", cell)
        return "label_glued", well_formed(text.strip(_WRAP + _PUNCTUATION)) or _first_inside(text)
    if not _WORD.search(cell):
        return None
    token = re.match(r"[a-z]*", cell.lower())
    if token and (local_parts.kind(token.group())[0] or any(n and token.group().startswith(n[:6]) for n in names)):
        return None
    rest = well_formed(_WORD.sub("", cell))
    # Emaily.Roy must not become y.roy: what remains starts with a whole word
    whole = rest is not None and (any(names) or re.match(r"[a-z]{3,}", rest.lower()) is not None)
    return ("label_glued", rest) if rest and whole and _self_explaining(rest, names) else None


def edge_punctuation(cell: str, names: Names) -> Explained | None:
    """A valid local part that starts or ends with what surrounds addresses in running text."""
    local, _, domain = cell.rpartition("@")
    bare = local.strip("'.,;:!?#=~$^*-/{}|`")
    bare = bare.strip("'-_") if bare != local or local[:2] in ("_-", "-_") else bare
    if bare == local or not bare:
        return None
    rest = well_formed(f"{bare}@{domain}")
    return ("punctuation", rest) if rest and len(bare) >= 2 else None


def mixed_script(cell: str, _: Names) -> Explained | None:
    """Look-alike letters of another script among Latin ones."""
    if cell.isascii():
        return None
    plain = latin(cell)
    return ("mixed_script", well_formed(plain)) if plain is not None and "@" in plain else None


def twice(cell: str, _: Names) -> Explained | None:
    """The same address, or its domain, twice without a mark between."""
    half = cell[: len(cell) // 2]
    parts = cell.split("@")
    again = half + half == cell or (len(parts) == 3 and parts[1] == parts[2])
    found = well_formed(half if half + half == cell else "@".join(parts[:2])) if again else None
    return ("several_addresses", found) if found else None


def ats(cell: str, _: Names) -> Explained | None:
    """Two at-signs in one word: which half belongs to the address cannot be told."""
    return ("several_addresses", None) if re.search(r"[^\s@,;|/<>()]@[^\s@,;|/<>()]+@[^\s@]", cell) else None


def several(cell: str, _: Names) -> Explained | None:
    """More than one address in the cell; the first is proposed."""
    found = [a for text in _INSIDE.findall(cell) if (a := well_formed(text.strip("./'-")))]
    if len(found) < 2:
        return None
    return "several_addresses", found[0]


def display_name(cell: str, _: Names) -> Explained | None:
    """`Name <address>` and `address (Name)`."""
    found = re.fullmatch(r"\s*\S.*?<\s*([^<>\s]+@[^<>\s]+)\s*>\s*", cell) or re.fullmatch(
        r"\s*([^\s()]+@[^\s()]+)\s+\(.*\)\s*", cell
    )
    address = well_formed(found.group(1).strip(_WRAP)) if found else None
    return ("display_name", address) if address else None


def wrapping(cell: str, _: Names) -> Explained | None:
    """Brackets, quotes and punctuation around an address."""
    bare = cell.strip(_WRAP)
    if bare != cell and (found := well_formed(bare)):
        return "wrapping", found
    bare = _SIGNS.sub("", cell).strip(_WRAP + _PUNCTUATION)
    found = well_formed(bare) if bare != cell else None
    return ("punctuation", found) if found else None


def spaces(cell: str, _: Names) -> Explained | None:
    """Blanks inside one address."""
    if not re.search(r"\s", cell) or cell.count("@") != 1:
        return None
    words = cell.split()
    found = well_formed("".join(words))
    # blanks round the marks or between single letters belong to nobody; a capitalised word ahead is a name
    loose = well_formed(re.sub(r"\s*([@.])\s*", r"\1", cell)) or (max(map(len, words)) == 1 and found)
    if loose or (found and len(words) <= 3 and not re.match(r"[A-ZÀ-Þ][^\s@]*\s+[^\s@.]", cell)):
        return "spaces", found
    inside = _first_inside(cell)
    return ("text_around", inside) if inside else None


def digits_after(cell: str, _: Names) -> Explained | None:
    """Digits or a phone number glued behind the domain."""
    found = re.match(r"(.+@.+\.[A-Za-z]{2,})[ +(.:/-]*[0-9][0-9 .()/+-]*$", cell)
    rest = well_formed(found.group(1)) if found else None
    return (
        ("phone_glued" if rest and len(re.sub(r"\D", "", cell[len(rest) :])) > 4 else "digits_glued", rest)
        if rest
        else None
    )


def doubled(cell: str, _: Names) -> Explained | None:
    """Doubled marks: `name@@acme.fr`, `name@acme..fr`, comma for full stop."""
    text = re.sub(r"@+", "@", re.sub(r"\.{2,}", ".", cell)).replace("@.", "@").replace(".@", "@")
    found = well_formed(text) if text != cell else None
    if found:
        return "doubled_mark", found
    found = well_formed(re.sub(r"[,;]|(?<=\w)\s(?=[a-z]{2,3}$)", ".", cell))
    return ("comma_for_dot", found) if found else None


def reserved_name(cell: str, _: Names) -> Explained | None:
    """A name that the standards keep for tests and private networks (RFC 6761): no syntax check lets it pass."""
    head, _, _ = cell.rpartition(".")
    if rest := well_formed(head):
        return "anti_spam_word", rest
    return ("reserved_domain", None) if well_formed(f"{head}.com") or cell.lower().endswith("@localhost") else None


def bare_pair(cell: str, _: Names) -> Explained | None:
    """`redacted@redacted`, `test@test`: both sides made up, no top-level domain."""
    local, _, label = cell.lower().partition("@")
    listed = made_up()
    if local in listed["mask"] and label in listed["mask"]:
        return "masked", None
    return ("placeholder", None) if f"{local}@{label}" in listed["pair"] else None


def inside(cell: str, _: Names) -> Explained | None:
    """An address in the middle of other text."""
    found = _first_inside(cell)
    return ("text_around", found) if found else None


def link_after(cell: str, _: Names) -> Explained | None:
    """A web address glued behind the domain: `name@acme.frwww.acme.fr`."""
    found = re.match(r"(?i)(.+@.+?\.[a-z]{2,}?)(?:https?|www\.).*$", cell)
    rest = well_formed(found.group(1)) if found else None
    return ("word_glued", rest) if rest else None


def unknown_ending(cell: str) -> Explained:
    """A top-level domain that does not exist; a known one with a word glued behind it is recovered."""
    head, _, ending = cell.rpartition(".")
    for end in range(len(ending) - 1, 1, -1):
        if _suffix(ending[:end].lower()) and (_TAIL.match(ending[end:]) or ending[end].isupper()):
            return "word_glued", well_formed(f"{head}.{ending[:end]}")
    # a capital behind the ending of an earlier label: name@acme.itP.IVA
    found = re.match(r"(.+@.*?\.[a-z]{2,})[A-ZÀ-Þ]", cell)
    rest = well_formed(found.group(1)) if found else None
    return ("word_glued", rest) if rest else ("unknown_tld", None)


def word_after(cell: str, _: Names) -> Explained | None:
    """`name@acme.com.Tel`: a label of the page behind a whole address, which happens to be a top-level domain."""
    head, _, ending = cell.rpartition(".")
    rest = well_formed(head) if len(ending) > 2 and _TAIL.match(ending) else None
    capital = ending[:1].isupper() and not head.isupper()
    # acme.com.tel: nobody registers a top-level domain's name below another one
    label = head.rpartition("@")[2].rpartition(".")[2].lower()
    return ("word_glued", rest) if rest and (capital or label in ("com", "net", "org")) else None


_DOMAIN_AHEAD = r"@.*\."
# an at-word and no @, or a bracketed or spoken mark beside one
_SPELLED = (
    r"(?i)^[^@]*(?:at|ät|ad|chez|arr?oba|chiocciola|staart|ma[lł]pa|klammeraffe|bei|à)[^@]*$"
    r"|[\[({<_*-]\s*(?:@|at|ät|ad|chez|arr?oba|chiocc|a[ap]en?staart|ma[lł]pa|klammer|bei|à|a|dot|p[ou]n[kt]t?o?|kropka|pt|\.)"
    r"|\s(?:dot|point|punkt|punto|ponto|punt|kropka)\s"
)
# (what a cell must show before a form is tried, form), in the order in which they are believed
BEFORE: tuple[tuple[str, Form], ...] = (
    (_HIDDEN.pattern, hidden),
    (r"(?i)^(?:[{\[]|%7b)?[0-9a-f]{8}|sentry|wixpress|bugsnag|rollbar|amazonses|mandrill|mailgun|sparkpost|mcsv|rsgsv",
     tracker_key),
    (r"[^\x00-\x7f]", mixed_script),
    (r"(?i)^[^@]*$|prot|gesch|javascript|show|affich|voir|click|cliq|anzeig|mostr|toon|poka|reveal|unlock|hidden|masqu|beveil"
     r"|chroni|access|spam", obfuscation_text),
    (r"&[#A-Za-z]", entity),
    (r"[uU]00[2-7aA]", unicode_escape),
    (r"^\\|\\(?:.|[xX]..)$", backslash_escape),
    (r"%[0-9a-fA-F]{2}", percent_escape),
    (r"(?i)mail\s?to", mailto),
    (r"(?i)@[0-9.]*[0-9]|@[~^v]|\.(?:[a-z]{2,4}[0-9]?|scss|woff2?|html?)$|^[^@]*@[a-z-]+(?:[\s{(\"';]|$)", file_name),
    (r"\*|[•…●]|[xX]{3}|\.{3}|#{3}|_{4}|\?{2}", masked),
    (r"^\\?[xX][23]", hex_escape),
    (r"^=?(?:25)?(?:20|3[ACDE]|2F|22|27|40|0[AD])", weak_escape),
    (r"(?i)spam|remove|delete|enleve|supprim|retire|efface|entfern|loesch|quita|borra|elimina|togli|rimuov"
     r"|verwijder|apaga|usun|depub|sanspub", spam_word),
    (r"(?i)^[+0-9(]|^[a-zéó]{1,9}[ .:]*[+(]*[0-9]", phone_glued),
    (r"(?i)^(?:e-?mail|mail|courriel|m[eé]l|adresse|[ck]onta|correo|posta|e-post|t[eé]l|[0-9]{4,5} ?[a-z])",
     label_glued),
)  # fmt: skip
BROKEN: tuple[tuple[str, Form], ...] = (
    (r"[<(]", display_name),
    (r"@.*@", twice),
    (r"@.*@", several),
    (r"@.*@", ats),
    (_SPELLED, spelled_out),
    (_DOMAIN_AHEAD, wrapping),
    (r"(?i)\.(?:test|invalid|local|localhost|onion|arpa)$|@localhost$", reserved_name),
    (r"^[^@\s]+@[^@\s.]+$", bare_pair),
    (_DOMAIN_AHEAD, link_after),
    (_DOMAIN_AHEAD, digits_after),
    (r"@.*[.,;\s]", doubled),
    (r"\s", spaces),
    (_DOMAIN_AHEAD, inside),
)  # fmt: skip
AFTER: tuple[tuple[str, Form], ...] = (
    (r"^[^\w\x00-\x7f]|[^\w\x00-\x7f]$", wrapping),
    (r"(?i)@.*(?:http|www)", link_after),
    (r"@.*\.[A-Z][A-Za-z]+$|\.(?:com|net|org)\.[a-z]+$", word_after),
    (r"^[^A-Za-z0-9]|[^A-Za-z0-9]@", edge_punctuation),
    (r"[\[({<_*-]\s*(?i:at|chez|@)", spelled_out),
)
