"""Waivers: findings of one rule that somebody accepts for a scope, with a reason, until a day.

Scopes: `all`; `row:12` (record number); `KEY:VALUE` for a key of KEYS, compared without regard to case, e.g.
`domain:acme.example` (the domain itself or a subdomain), `country:FR`, `source:Salon 2026`, `seller:…`, `list:…`;
several scopes joined by `,` cover the rows of any of them.
"""

from collections.abc import Callable, Sequence
from types import MappingProxyType

import polars as pl

from auditor.errors import UsageError
from auditor.settings import Waiver
from auditor.stage import Context

# one line per waiver of the settings; `state`: active, expired (an error in the report), unused (a warning),
# unknown_rule (an error: the waiver can never cover anything)
SUMMARY: dict[str, pl.DataType] = {
    "rule": pl.String(),
    "scope": pl.String(),
    "reason": pl.String(),
    "owner": pl.String(),
    "expires": pl.Date(),
    "covered": pl.Int64(),
    "state": pl.String(),
}


def _equals(column: str) -> Callable[[str], pl.Expr]:
    return lambda value: pl.col(column).cast(pl.String).str.to_lowercase() == value.lower()


def _domain(value: str) -> pl.Expr:
    name = value.lower().lstrip("@").strip(".")
    return (pl.col("domain") == name) | pl.col("domain").str.ends_with(f".{name}")


def _row(value: str) -> pl.Expr:
    if not value.isdecimal():
        raise UsageError("waivers: row:… takes a record number", "Example: row:12")
    return pl.col("audit_row") == int(value)


KEYS = MappingProxyType(
    {
        "row": _row,
        "domain": _domain,
        "country": _equals("country_code"),
        "source": _equals("source"),
        "seller": _equals("seller"),
        "list": _equals("list_name"),
        "source_class": _equals("source_class"),
        "address_class": _equals("address_class"),
    }
)


def applies(waiver: Waiver, context: Context) -> pl.Expr:
    """Rows that `waiver` covers, as a Boolean expression over ROW columns; none once it has expired.

    Null (a row without the column's value) is not covered. Raises UsageError on a scope nobody can read.
    """
    if waiver.expires < context.today:
        return pl.lit(False)
    parts = [part.strip() for part in waiver.scope.split(",") if part.strip()]
    if not parts:
        raise UsageError("waivers: scope is empty", "Use all, row:12, domain:acme.example, country:FR or source:…")
    return pl.any_horizontal([_part(part) for part in parts]).fill_null(False)


def _part(part: str) -> pl.Expr:
    key, colon, value = part.partition(":")
    key, value = key.strip().lower(), value.strip()
    if key == "all" and not colon:
        return pl.lit(True)
    if key not in KEYS or not value:
        raise UsageError(
            "waivers: a scope is not understood", f"Use all or one of {', '.join(KEYS)}, then : and a value."
        )
    return KEYS[key](value)


def summary(context: Context, covered: Sequence[int]) -> pl.DataFrame:
    """SUMMARY of the settings' waivers; `covered` counts the findings each one covers, in settings order."""
    from auditor.evaluate import rules

    known = {rule.name for rule in rules()}
    rows = [
        (w.rule, w.scope, w.reason, w.owner, w.expires, n, _state(w, n, context, known))
        for w, n in zip(context.settings.waivers, covered, strict=True)
    ]
    return pl.DataFrame(rows, schema=SUMMARY, orient="row")


def _state(waiver: Waiver, covered: int, context: Context, known: set[str]) -> str:
    if waiver.rule not in known:
        return "unknown_rule"
    if waiver.expires < context.today:
        return "expired"
    return "active" if covered else "unused"
