"""Columns that have no place on a prospect list: told by their header, by what they are mapped to, by their values."""

import re
from functools import cache

import polars as pl

from auditor import resources
from auditor.facts._places import fold
from auditor.model import Scope
from auditor.settings import Settings
from auditor.stage import Context, Dtypes, Fact, Survey

# canonical columns that say it by themselves
MAPPED = {"birth_date": "birth", "age": "birth", "photo_url": "photo"}
# e-mail and phone labels of the format files
PRIVATE_LABELS = re.compile(r"^(?:home|private|personal|perso|priv[ée]e?|privat|domicile|casa)$", re.IGNORECASE)
# a channel or a place, and what makes it the person's own; in any order, words between them or none
_PRIVATE = (
    r"\b(?:home|private|perso|personnel(?:le)?|privee?|domicile|privat[oa]?|particular|casa|domicilio|personale)\b"
)
_CHANNELS = {
    "private_phone": r"\b(?:phone|telephone|tel|mobile|portable|gsm|handy|mobil(?:nummer|telefon)?|"
    r"telefon(?:nummer|o)?|movil|cellulare|cell|cel|numero)\b",
    "private_mail": r"\b(?:e ?mail|mail|courriel|correo|mel)\b",
    "home": r"\b(?:address|adresse|anschrift|direccion|indirizzo|street|strasse|rue)\b",
}
# headers that hold one of the words and mean something else
INNOCENT_HEADERS = re.compile(
    r"\b(?:company|account (?:name|owner|manager|number of company)|societe|"
    r"firma|empresa|azienda|page|health score|health check|data health|lead age|"
    r"contact age|days|deal|industry|sector|secteur|branche|partner type|image alt|stage|time zone)\b"
)
# all rows of a list up to this record are searched for numbers with check digits, then one in sixteen
SEARCHED, THINNED = 20_000, 16
# a column is judged by its values when at least this share of the cells searched are valid numbers
SHARE = 0.2
_FORMS = {
    "bank": r"^[A-Za-z]{2}[0-9]{2}[ ]?(?:[0-9A-Za-z][ ]?){11,30}$",
    "identity": r"^[1-478][ ]?[0-9]{2}[ ]?(?:0[1-9]|1[0-2]|[2-9][0-9])[ ]?(?:[0-9]{2}|2[abAB])[ ]?"
    r"[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{2}$",
    "card": r"^[3-6][0-9]{3}[ -]?(?:[0-9][ -]?){8,15}$",
}
_ANY_FORM = rf"^\s*(?:{'|'.join(form.strip('^$') for form in _FORMS.values())})\s*$"
_TABLE: Dtypes = {"index": pl.UInt32(), "code": pl.String(), "searched": pl.Int64(), "valid": pl.Int64()}
ADDED: Dtypes = {
    "column_concern": pl.String(),
    "column_kind": pl.String(),
    "column_evidence": pl.String(),
    "column_dropped": pl.Boolean(),
}


def iban(text: str) -> bool:
    """ISO 13616: the number as digits leaves 1 when divided by 97."""
    plain = "".join(text.split()).upper()
    if not (15 <= len(plain) <= 34 and plain.isascii() and plain.isalnum()):
        return False
    digits = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def nir(text: str) -> bool:
    """French social security number: 13 places and a key that is 97 minus the rest (Corsica 2A, 2B: 19, 18)."""
    plain = "".join(text.split()).upper().replace("2A", "19").replace("2B", "18")
    return len(plain) == 15 and plain.isascii() and plain.isdigit() and 97 - int(plain[:13]) % 97 == int(plain[13:])


def card(text: str) -> bool:
    """ISO/IEC 7812: 13 to 19 digits that satisfy the Luhn formula."""
    digits = [int(c) for c in text if c in "0123456789"]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


VALID = {"bank": iban, "identity": nir, "card": card}


@cache
def _headers() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Code -> (kind, words of headers), from `data/private_columns.tsv`."""
    lines = (resources.data() / "private_columns.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    found = {}
    for code, kind, words in rows:
        ordered = sorted(words.split("|"), key=lambda word: (-len(word), word))
        found[code] = (kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b"))
    return found


def _spaced(header: str) -> str:
    """A header as words: camelCase, underscores and accents resolved."""
    return fold(re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", header).replace("_", " ").replace("'", " ").replace("’", " "))


def concern(header: str, canonical: str | None, label: str | None) -> str | None:
    """Code of what the column's header or mapping says it holds; null when nothing is wrong with it."""
    words = _spaced(header)
    if canonical in MAPPED:
        return MAPPED[canonical]
    if canonical in ("phone", "mobile") and label and PRIVATE_LABELS.match(label):
        return "private_phone"
    if INNOCENT_HEADERS.search(words):
        return None
    # a courtesy title is no statement of sex; a column understood as something else is that
    if canonical not in (None, "notes", "phone", "mobile", "email", "email_others", "tags", "city", "postcode"):
        return None
    told = next((code for code, (_, form) in _headers().items() if form.search(words)), None)
    if told is None and re.search(_PRIVATE, words):
        told = next((code for code, form in _CHANNELS.items() if re.search(form, words)), None)
    return told


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Per column: cells searched and valid numbers among them; the sample depends on record numbers alone."""
    row = pl.col("audit_row")
    sample = frame.select("audit_row", *context.cells).filter((row <= SEARCHED) | (row % THINNED == 0))
    sample = sample.drop("audit_row")
    filled = sample.select(pl.all().count()).row(0)
    # the form first: it spares nearly all cells the trimming
    formed = sample.select_seq(pl.all().filter(pl.all().str.contains(_ANY_FORM)).str.strip_chars().implode())
    size = pl.element().str.len_bytes()
    found = formed.select(pl.all().list.eval(pl.element().filter(size.is_between(13, 42)))).row(0) if filled else ()
    rows = []
    for use, count, likely in zip(context.mapping.columns, filled, found, strict=True):
        for code in _FORMS:
            # check digits need arithmetic on the digits; only cells of the right form get here
            valid = sum(VALID[code](cell) for cell in likely if re.match(_FORMS[code], cell))
            rows.append((use.index, code, count, valid))
    return pl.DataFrame(rows, schema=_TABLE, orient="row")


def _merge(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.group_by("index", "code").agg(pl.col("searched", "valid").sum()).sort("index", "code")


def _by_values(context: Context) -> dict[int, str]:
    """Column index -> code, where enough of the cells searched are valid numbers."""
    table = context.surveys["numbers_with_check_digits"]
    strong = table.filter((pl.col("valid") >= 1) & (pl.col("valid") >= SHARE * pl.col("searched")))
    codes = {"card": "bank"}
    return {row["index"]: codes.get(row["code"], row["code"]) for row in strong.sort("valid").to_dicts()}


def _unused(canonical: str | None, settings: Settings) -> bool:
    """A channel the campaign does not use, where the user says which ones it uses."""
    channels = {channel.lower() for channel in settings.offer.channels}
    return bool(channels) and canonical in ("phone", "mobile") and not channels & {"phone", "sms", "call", "calls"}


def _columns(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    values = _by_values(context)
    uses = {use.index: use for use in context.mapping.columns}
    rows = []
    for index, header, canonical in frame.select("index", "header", "canonical").rows():
        label = uses[index].label if index in uses else None
        code = concern(header, canonical, label)
        evidence = "header" if code else None
        if code is None and index in values:
            code, evidence = values[index], "values"
        kind = _headers()[code][0] if code else None
        if code is None and _unused(canonical, context.settings):
            code, kind, evidence = "unused_channel", "unused", "settings"
        rows.append((code, kind, evidence, context.settings.leaves_out(header)))
    return pl.DataFrame(rows, schema=ADDED, orient="row")


SURVEYS = (
    Survey(
        name="numbers_with_check_digits",
        reads=("audit_row",),
        observe=_observe,
        merge=_merge,
        doc="Per input column: cells searched, and valid IBANs, French social security numbers, payment cards.",
    ),
)
FACTS = (
    Fact(
        name="column_concerns",
        scope=Scope.COLUMN,
        reads=("index", "header", "canonical"),
        surveys=("numbers_with_check_digits",),
        adds=ADDED,
        apply=_columns,
        doc="What a column holds that it should not (code), special or private, how that was seen, whether it is "
        "left out.",
    ),
)
