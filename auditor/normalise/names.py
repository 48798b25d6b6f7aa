"""A whole name in one cell, taken apart where its writing leaves no choice; anything else stays whole."""

import polars as pl

# label of a column whose header says that the family name comes first ("Nom Prénom")
FAMILY_FIRST = "family_first"

_CIVILITY = (
    r"^(?i:m\.|mm\.|mr\.?|mrs\.?|ms\.?|mme\.?|mlle\.?|dr\.?|prof\.?|herr|frau|sr\.?|sra\.?|dott\.?|dott\.ssa|ing\.?)\s+"
)
# degrees behind a comma are no given name
_DEGREE = r",\s*(?:\p{Lu}[\p{Lu}.]{1,5}|Ph\.?\s?D\.?|[MB]Sc\.?|Dr\.?|Jr\.?|Sr\.?|Esq\.?)$"
_WORD = r"\p{L}[\p{L}.'’\-]*"
_PROPER = r"\p{Lu}\p{Ll}[\p{L}.'’\-]*"
_CAPITALS = r"\p{Lu}[\p{Lu}'’\-]+(?: \p{Lu}[\p{Lu}'’\-]+)*"
# particles belong to the family name: de la Tour, van der Berg, Di Stefano
_PARTICLE = (
    r"(?:(?i:de|du|des|da|das|do|dos|di|del|della|dello|van|von|vom|zu|zum|der|den|ter|ten|le|la|el|al|ben|bin|st\.?) )"
)
_FAMILY = rf"{_PARTICLE}*{_WORD}"

# (pattern with groups f and l): disjoint enough that the first that fits is right
_COMMA = rf"^(?<l>{_FAMILY}(?: {_WORD})?), ?(?<f>{_WORD}(?: {_WORD})?)$"
_CAPITALS_FIRST = rf"^(?<l>{_CAPITALS}) (?<f>{_PROPER}(?: {_PROPER})?)$"
_CAPITALS_LAST = rf"^(?<f>{_PROPER}(?: {_PROPER})?) (?<l>{_CAPITALS})$"
_NATURAL = rf"^(?<f>{_WORD}) (?<l>{_FAMILY})$"
_REVERSED = rf"^(?<l>{_FAMILY}) (?<f>{_WORD})$"


def split(full: pl.Series, family_first: bool = False) -> tuple[pl.Series, pl.Series]:
    """(given names, family names) of whole names; null where three words leave it open which is which."""
    plain = full.str.replace(_CIVILITY, "").str.replace(_DEGREE, "")
    patterns = (_COMMA, _CAPITALS_FIRST, _CAPITALS_LAST, _REVERSED if family_first else _NATURAL)
    table = pl.DataFrame([plain.alias("n")]).select(
        pl.col("n").str.extract_groups(pattern).alias(f"p{i}") for i, pattern in enumerate(patterns)
    )
    found = table.select(
        pl.coalesce(pl.col(f"p{i}").struct.field(group) for i in range(len(patterns))).alias(group) for group in "fl"
    )
    return found.get_column("f"), found.get_column("l")


def complete(parts: dict[str, pl.Series], family_first: bool) -> None:
    """`first_name` and `last_name` from `full_name` in the rows that have neither."""
    full = parts.get("full_name")
    if full is None:
        return
    known = [parts[name].is_not_null() for name in ("first_name", "last_name") if name in parts]
    wanted = full.is_not_null()
    for filled in known:
        wanted &= ~filled
    if not wanted.any():
        return
    given, family = split(full.set(~wanted, None), family_first)
    for name, found in (("first_name", given), ("last_name", family)):
        parts[name] = parts[name].zip_with(~wanted, found) if name in parts else found
