"""Country words: a cell, a postcode or a town as an ISO code; pure text in, code or None out."""

import re
import unicodedata
from functools import cache

from auditor import resources

_ARTICLE = re.compile(r"^(?:the|la|le|les|l|die|der|das|el|los|las|il|lo|gli|i)\s+")
_SPLIT = re.compile(r"[,;/|()\[\]–—-]+")
# regional indicator letters, the two halves of a flag
_FLAG = re.compile("^\\W*([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])\\W*$")

# postcode forms that only one country writes; "123 45" (SE, CZ, SK, GR) and five plain digits say nothing
POSTCODES: tuple[tuple[str, str], ...] = (
    ("GB", r"^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}$"),
    ("NL", r"^(?:NL[- ]?)?[1-9][0-9]{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])$"),
    ("IE", r"^(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}$"),
    ("PT", r"^(?:P(?:T)?[- ]?)?[1-9][0-9]{3}-[0-9]{3}$"),
    ("PL", r"^(?:PL[- ]?)?[0-9]{2}-[0-9]{3}$"),
    ("MT", r"^[A-Z]{3} ?[0-9]{4}$"),
    ("LT", r"^LT[- ]?[0-9]{5}$"),
    ("LV", r"^LV[- ]?[0-9]{4}$"),
    ("FI", r"^FI(?:N)?[- ][0-9]{5}$"),
    ("LU", r"^L(?:U)?[- ][0-9]{4}$"),
    ("BE", r"^B(?:E)?[- ][1-9][0-9]{3}$"),
    ("CH", r"^CH[- ]?[1-9][0-9]{3}$"),
    ("LI", r"^FL[- ]?94[0-9]{2}$"),
    ("DE", r"^DE?[- ][0-9]{5}$"),
    ("AT", r"^AT?[- ][1-9][0-9]{3}$"),
    ("FR", r"^FR?[- ][0-9]{5}$|^[0-9]{5} CEDEX(?: [0-9]{1,2})?$"),
    ("DK", r"^DK[- ][0-9]{4}$"),
    ("SE", r"^SE?[- ][0-9]{3} ?[0-9]{2}$"),
    ("NO", r"^NO?[- ][0-9]{4}$"),
    ("IT", r"^I(?:T)?[- ][0-9]{5}$"),
    ("ES", r"^E(?:S)?[- ][0-9]{5}$"),
    ("CZ", r"^CZ[- ][0-9]{3} ?[0-9]{2}$"),
    ("SK", r"^SK[- ][0-9]{3} ?[0-9]{2}$"),
    ("HU", r"^HU?[- ][0-9]{4}$"),
    ("RO", r"^RO[- ][0-9]{6}$"),
    ("BG", r"^BG[- ][0-9]{4}$"),
    ("GR", r"^GR[- ][0-9]{3} ?[0-9]{2}$"),
    ("CY", r"^CY[- ][0-9]{4}$"),
    ("HR", r"^HR[- ]?[0-9]{5}$"),
    ("SI", r"^SI[- ][0-9]{4}$"),
    ("EE", r"^EE[- ]?[0-9]{5}$"),
    ("IS", r"^IS[- ][0-9]{3}$"),
    ("CA", r"^[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] ?[0-9][ABCEGHJ-NPRSTV-Z][0-9]$"),
    ("US", r"^[0-9]{5}-[0-9]{4}$"),
)
_POSTCODES = tuple((code, re.compile(form)) for code, form in POSTCODES)


def fold(text: str) -> str:
    """Lower case, no accents, single spaces, no punctuation: the form in which names are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c not in "'’.")
    return " ".join(kept.split())


@cache
def names() -> dict[str, str]:
    """Folded country name or code -> ISO code, from `data/country_names.tsv`."""
    return _table("country_names.tsv")


@cache
def towns() -> dict[str, str]:
    """Folded town -> ISO code, from `data/towns.tsv`; only towns with one well-known bearer of the name."""
    return _table("towns.tsv")


def _table(file: str) -> dict[str, str]:
    lines = (resources.data() / file).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: code for code, name in rows}


def country(cell: str) -> str | None:
    """The country a cell names: whole cell, flag, or the part after the last comma or in brackets."""
    flag = _FLAG.match(cell)
    if flag:
        return names().get("".join(chr(ord(half) - 0x1F1E6 + ord("a")) for half in flag.groups()))
    whole = _named(cell)
    if whole:
        return whole
    parts = [part for part in _SPLIT.split(cell) if part.strip()]
    found = {code for part in parts if (code := _named(part))}
    if len(found) == 1 and len(parts) > 1:
        return found.pop()
    # "Georgia, United States": the last part is the country, as in every address; "FR;BE" says two
    return _named(cell.rpartition(",")[2]) if "," in cell else None


def _named(text: str) -> str | None:
    folded = fold(text)
    return names().get(folded) or names().get(_ARTICLE.sub("", folded))


def postcode(cell: str) -> str | None:
    """The one country that writes postcodes in this form."""
    text = " ".join(cell.upper().split())
    return next((code for code, form in _POSTCODES if form.match(text)), None)


def town(cell: str) -> str | None:
    """The country of a well-known town; CEDEX is French."""
    folded = fold(cell)
    if re.search(r"\bcedex\b", folded):
        return "FR"
    return towns().get(folded)
