"""Addresses as people write them: spelled out, wrapped, several, spaced, in letters of another script."""

import re

from auditor.facts.confusables import latin
from auditor.facts.residue_text import INSIDE, PUNCTUATION, WRAP, Explained, Names, first_inside, made_up, well_formed

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
# arrows, bullets, check marks, pictures around an address
_SIGNS = re.compile(r"^[^\w\x00-\x7f]+\s*|\s*[^\w\x00-\x7f]+$")


def spelled_out(cell: str, names: Names) -> Explained | None:
    """`(at)`, `[dot]`, `AT`, `chez`: written for people, not for machines."""
    text = _AT.sub("@", cell, count=1) if "@" not in cell or _AT.search(cell) else cell
    if "@" not in text:
        text = _AT_WORD.sub("@", text, count=1)
    if "@" not in text:
        text = _AT_GLUED.sub("@", text, count=1)
    head, at, tail = text.partition("@")
    if not at:
        return None
    if _DOT_ANY.search(text):
        tail = _DOT_GLUED.sub(".", _DOT_WORD.sub(".", _DOT.sub(".", tail)))
        head = _DOT_WORD.sub(".", _DOT.sub(".", head)) if text != cell or tail != cell.partition("@")[2] else head
    joined = f"{head.strip()}{at}{tail.strip()}".strip(WRAP)
    if "".join(joined.split()) == "".join(cell.strip(WRAP).split()):
        return None
    found = well_formed(joined.replace(" ", "")) or first_inside(joined)
    return ("spelled_out", found) if found else None


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
    found = [a for text in INSIDE.findall(cell) if (a := well_formed(text.strip("./'-")))]
    if len(found) < 2:
        return None
    return "several_addresses", found[0]


def display_name(cell: str, _: Names) -> Explained | None:
    """`Name <address>` and `address (Name)`."""
    found = re.fullmatch(r"\s*\S.*?<\s*([^<>\s]+@[^<>\s]+)\s*>\s*", cell) or re.fullmatch(
        r"\s*([^\s()]+@[^\s()]+)\s+\(.*\)\s*", cell
    )
    address = well_formed(found.group(1).strip(WRAP)) if found else None
    return ("display_name", address) if address else None


def wrapping(cell: str, _: Names) -> Explained | None:
    """Brackets, quotes and punctuation around an address."""
    bare = cell.strip(WRAP)
    if bare != cell and (found := well_formed(bare)):
        return "wrapping", found
    bare = _SIGNS.sub("", cell).strip(WRAP + PUNCTUATION)
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
    inside = first_inside(cell)
    return ("text_around", inside) if inside else None


def doubled(cell: str, _: Names) -> Explained | None:
    """Doubled marks: `name@@acme.fr`, `name@acme..fr`, comma for full stop."""
    text = re.sub(r"@+", "@", re.sub(r"\.{2,}", ".", cell)).replace("@.", "@").replace(".@", "@")
    found = well_formed(text) if text != cell else None
    if found:
        return "doubled_mark", found
    found = well_formed(re.sub(r"[,;]|(?<=\w)\s(?=[a-z]{2,3}$)", ".", cell))
    return ("comma_for_dot", found) if found else None


def bare_pair(cell: str, _: Names) -> Explained | None:
    """`redacted@redacted`, `test@test`: both sides made up, no top-level domain."""
    local, label = (cell.lower().partition("@")[part] for part in (0, 2))
    listed = made_up()
    if local in listed["mask"] and label in listed["mask"]:
        return "masked", None
    return ("placeholder", None) if f"{local}@{label}" in listed["pair"] else None


def inside(cell: str, _: Names) -> Explained | None:
    """An address in the middle of other text."""
    found = first_inside(cell)
    return ("text_around", found) if found else None
