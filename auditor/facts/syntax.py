"""Address syntax at speed: one vectorised decision for plain addresses, email-validator for the rest.

The fast path decides only where email-validator 2.4 (default options, no DNS) gives the same verdict and the same
normal form; a differential test holds the two together. What it leaves open is asked once per distinct domain, or
once per distinct address where the local part itself is unusual.
"""

import polars as pl
from email_validator import EmailNotValidError, validate_email

_ATOM = r"A-Za-z0-9_!#$%&'*+\-/=?^`{|}~"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOT_ATOM = rf"[{_ATOM}]+(?:\.[{_ATOM}]+)*"
# the form of nearly all addresses: small letters, no hyphen at the end of a label nor two in a row, an ending shorter
# than any special-use name
COMMON = (
    rf"^[{_ATOM.replace('A-Z', '')}]+(?:\.[{_ATOM.replace('A-Z', '')}]+)*"
    r"@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{1,3}$"
)
# short enough for every limit on an address and its labels
SHORT = 64
# both letter cases are written out: (?i)[a-z] also matches U+212A and U+017F
PLAIN = rf"^{_DOT_ATOM}@(?:{_LABEL}\.)+(?:[A-Za-z0-9][A-Za-z0-9-]{{0,61}})?[A-Za-z]$"
HARD = r'[^\x00-\x7f]|["<\[]|[xX][nN]--'
# RFC 5321 4.5.3.1.3: a path of 256 octets with its angle brackets
MAX_BYTES = 254
# hyphens in places 3 and 4 of a domain label are reserved (RFC 5891 4.2.3.1)
# xn-- among them is an international name, which the validator must read
_DOUBLE_HYPHEN = r"[@.][^@.]{2}--[^@]*$"
# special-use names (RFC 6761, RFC 7686) that email-validator refuses without DNS
_SPECIAL = ("arpa", "invalid", "local", "localhost", "onion", "test")
_SPECIAL_TLD = r"[.](?:" + "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in _SPECIAL) + ")$"
# local parts that RFC 2142 makes case-insensitive
_CASELESS = [
    "info",
    "marketing",
    "sales",
    "support",
    "abuse",
    "noc",
    "security",
    "postmaster",
    "hostmaster",
    "usenet",
    "news",
    "webmaster",
    "www",
    "uucp",
    "ftp",
]

PARTS = {"address": pl.String(), "local": pl.String(), "domain": pl.String()}
# `address_small`: of the common form, so that lower-casing would change nothing
SCHEMA = {**PARTS, "address_small": pl.Boolean()}
_Answer = tuple[str | None, str | None, str | None]
_REFUSED: _Answer = (None, None, None)


def decide(cells: pl.Series) -> pl.DataFrame:
    """Normal form, local part and A-label domain of each trimmed cell; all null where it is no address."""
    cell = pl.col("cell")
    common = cell.str.contains(COMMON) & (cell.str.len_bytes() <= SHORT)
    frame = cells.to_frame("cell").select("cell", common=common.fill_null(False))
    # a common cell is its own normal form
    found = _split(frame.select(address=pl.when("common").then("cell"))["address"])
    rest = frame.select(pl.arg_where(~pl.col("common") & cell.is_not_null())).to_series()
    found = _put(found, rest, _decide(cells.gather(rest))) if len(rest) else found
    return found.with_columns(address_small=frame["common"].set(found["address"].is_null(), None))


def _split(addresses: pl.Series) -> pl.DataFrame:
    parts = addresses.str.splitn("@", 2).struct.unnest()
    return parts.select(addresses.alias("address"), local="field_0", domain="field_1")


def _decide(cells: pl.Series) -> pl.DataFrame:
    """The same decision for cells of any form."""
    cell = pl.col("cell")
    accepted = (
        cell.str.contains(PLAIN)
        & (cell.str.len_bytes() <= MAX_BYTES)
        & ~cell.str.contains(_SPECIAL_TLD)
        & (~cell.str.contains("--", literal=True) | ~cell.str.contains(_DOUBLE_HYPHEN))
    )
    plain = _split(cells.to_frame("cell").select(pl.when(accepted).then("cell")).to_series())
    address = pl.col("address")
    capital = plain.select(pl.arg_where(address.str.contains("[A-Z]"))).to_series()
    plain = _put(plain, capital, _normal(plain[capital])) if len(capital) else plain
    hard = address.is_null() & pl.lit(cells).str.contains(HARD)
    odd = plain.select(pl.arg_where(hard)).to_series()
    return _put(plain, odd, _ask(cells.gather(odd))) if len(odd) else plain


def _normal(plain: pl.DataFrame) -> pl.DataFrame:
    lower = pl.col("local").str.to_lowercase()
    parts = plain.select(
        local=pl.when(lower.is_in(_CASELESS)).then(lower).otherwise("local"), domain=pl.col("domain").str.to_lowercase()
    )
    return parts.select(pl.concat_str("local", pl.lit("@"), "domain").alias("address"), "local", "domain")


def _put(frame: pl.DataFrame, rows: pl.Series, answers: pl.DataFrame) -> pl.DataFrame:
    """`frame` with `rows` replaced by their answers, in order."""
    return frame.with_columns(frame[name].scatter(rows, answers[name]) for name in PARTS)


def lowered(cells: pl.Series, small: pl.Series) -> pl.Series:
    """`cells` in lower case; those of rows whose address is `small` stand so already."""
    rows = (~small.fill_null(False) & cells.is_not_null()).arg_true()
    return cells.clone().scatter(rows, cells.gather(rows).str.to_lowercase()) if len(rows) else cells


def _ask(cells: pl.Series) -> pl.DataFrame:
    """The validator's answers; an address with a plain local part costs one question per distinct domain."""
    domains: dict[str, _Answer] = {}
    whole: dict[str, _Answer] = {}
    plain = cells.str.contains(rf"^{_DOT_ATOM}@[^@]+$") & ~cells.str.contains(r'["<\[]')
    answers: list[_Answer] = []
    # a loop over the few rows the vectorised decision leaves open
    for cell, simple in zip(cells.to_list(), plain.to_list(), strict=True):
        if simple:
            local, _, domain = cell.rpartition("@")
            if domain not in domains:
                domains[domain] = validate(f"a@{domain}")
            answers.append(_joined(cell, local, domains[domain]))
            continue
        if cell not in whole:
            whole[cell] = validate(cell)
        answers.append(whole[cell])
    return pl.DataFrame(answers, schema=PARTS, orient="row")


def _joined(cell: str, local: str, answer: _Answer) -> _Answer:
    shown, _, domain = answer
    if shown is None or domain is None:
        return _REFUSED
    address = f"{local.lower() if local.lower() in _CASELESS else local}@{shown[2:]}"
    # the validator measures three forms: as written, normal, and with A-labels
    too_long = max(len(form.encode()) for form in (cell, address, f"{local}@{domain}")) > MAX_BYTES
    return _REFUSED if too_long else (address, address.partition("@")[0], domain)


def validate(cell: str) -> _Answer:
    """What email-validator says of one cell: normal form, local part, A-label domain in lower case."""
    try:
        answer = validate_email(cell, check_deliverability=False)
    except EmailNotValidError:
        return _REFUSED
    return answer.normalized, answer.local_part, (answer.ascii_domain or answer.domain).lower()
