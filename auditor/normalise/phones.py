"""Which country a phone number names by its prefix; a number without one names none.

Parsing every number takes 30 µs; its country is in the first digits, so only prefixes are judged, once each.
"""

from functools import cache

import polars as pl

from auditor.stage import Context, Fact

# shared calling codes whose small territories libphonenumber prefers to the obvious country: +44 7911 … comes out
# as Guernsey, +39 06 698 … as the Vatican; the main country's law is the safer reading of the prefix alone
_MAIN = {"GG": "GB", "JE": "GB", "IM": "GB", "VA": "IT", "SJ": "NO", "AX": "FI", "EH": "MA", "CC": "AU", "CX": "AU"}
_NATIONAL = "2345678"


@cache
def prefixes() -> dict[str, str]:
    """First three digits after `+` (or 00) -> ISO country, for every calling code of one country."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS

    found: dict[str, str] = {}
    for code, regions in REGIONS.items():
        region = _MAIN.get(regions[0], regions[0])
        # 001: satellite and other services of no country; +1 is decided by its area code
        if region == "001" or code == 1:
            continue
        width = 3 - len(str(code))
        for rest in range(10**width):
            found[f"{code}{rest:0{width}}" if width else str(code)] = region
    # +7 6 and +7 7 are Kazakhstan, the rest of +7 is Russia
    found.update({f"7{first}{second}": "KZ" for first in "67" for second in "0123456789"})
    return found


@cache
def areas() -> dict[str, str]:
    """`1` and three digits of a North American area code -> ISO country."""
    import phonenumbers

    found = {}
    for area in range(200, 1000):
        number = phonenumbers.parse(f"+1{area}{_NATIONAL}")
        region = phonenumbers.region_code_for_number(number)
        if region and region != "001":
            found[f"1{area}"] = region
    return found


def country(numbers: pl.Series) -> pl.Series:
    """ISO country of the international prefix of each number; null for national, missing or odd numbers."""
    # "p:+33…" (lead ads), "tel:+33…" and the like; the prefix is within the first characters
    start = numbers.str.head(16).str.replace_all(r"[^\d+]", "")
    abroad = start.str.contains(r"^(?:\+|00)[1-9]").fill_null(False)
    if not abroad.any():
        return pl.Series("phone_country", [None], dtype=pl.String).new_from_index(0, len(numbers))
    digits = start.set(~abroad, None).str.strip_chars_start("+0")
    table = prefixes()
    found = digits.str.head(3).replace_strict(list(table), list(table.values()), default=None, return_dtype=pl.String)
    american = digits.str.starts_with("1").fill_null(False)
    if american.any():
        known = areas()
        local = (
            digits.set(~american, None)
            .str.head(4)
            .replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
        )
        found = found.zip_with(~american, local)
    return found.alias("phone_country")


def _apply(batch: pl.DataFrame, context: Context) -> pl.DataFrame:
    phone, mobile = batch.get_column("phone"), batch.get_column("mobile")
    found = country(phone)
    if mobile.null_count() < batch.height and found.null_count():
        found = found.zip_with(found.is_not_null(), country(mobile))
    return found.alias("phone_country").to_frame()


FACTS = (
    Fact(
        name="phone_country",
        reads=("phone", "mobile"),
        adds={"phone_country": pl.String()},
        apply=_apply,
        doc="country of the international prefix of the phone, else of the mobile number; national numbers name none",
    ),
)
