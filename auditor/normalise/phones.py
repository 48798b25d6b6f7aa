"""Which country a phone number names by its prefix; a number without one names none.

Parsing a number takes 30 µs, too long for every row; its country is in the first digits.
"""

from collections.abc import Mapping
from functools import cache

import polars as pl

from auditor.stage import CODE, Context, Fact, blank, distinct

# the first country of a calling code stands for it: +44 7911 … comes out as Guernsey elsewhere, +39 06 698 … as
# the Vatican, and the big country's law is the safer reading of such a prefix
_SHARED = frozenset({"1", "7"})
_LOCAL = "2345678"
# "p:" stands before the numbers of lead ads
_AREA = r"^[^0-9]*0{0,2}[17][^0-9]{0,3}([0-9]{3})"
_CODE = r"^(?:p:)?\s*(?:\+|00)\s?\(?([1-9][0-9]{0,2})"
# a whole code that no countries share, or a number without one; five signs are enough to see it
_TOLD = r"^(?:\+|00)[2-689](?:[0-9]{2}|[0-9]?[^0-9])|^0?[1-9]"


@cache
def prefixes() -> dict[str, str]:
    """Calling code, alone or with the digits that follow it up to three -> ISO country."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS

    found: dict[str, str] = {}
    for code, regions in REGIONS.items():
        # 001: satellite and other services of no country
        if regions[0] == "001" or str(code) in _SHARED:
            continue
        for width in range(4 - len(str(code))):
            for rest in range(10**width):
                found[f"{code}{rest:0{width}}" if width else str(code)] = regions[0]
    return found


@cache
def areas() -> dict[str, str]:
    """Four digits of a number under a shared calling code -> ISO country."""
    import phonenumbers

    found = {}
    for area in range(200, 1000):
        number = phonenumbers.parse(f"+1{area}{_LOCAL}")
        region = phonenumbers.region_code_for_number(number)
        if region and region != "001":
            found[f"1{area}"] = region
    # +7 6 and +7 7 are Kazakhstan, the rest of +7 is Russia
    found.update({f"7{area}": "KZ" if area >= 600 and area < 800 else "RU" for area in range(300, 1000)})
    return found


def country(numbers: pl.Series) -> pl.Series:
    """ISO country of the international prefix of each number; null for national, missing or odd numbers."""
    if numbers.null_count() == len(numbers):
        return blank(len(numbers), CODE).alias("phone_country")
    # nearly every number is told by its first signs, and a list has few of these
    heads, places = distinct(numbers.str.head(5))
    told = heads.str.contains(_TOLD)
    found = _read(heads.set(~told, None)).cast(CODE).gather(places)
    rest = (~told).gather(places).arg_true()
    found = found.scatter(rest, _read(numbers.gather(rest))) if len(rest) else found
    return found.alias("phone_country")


def _read(numbers: pl.Series) -> pl.Series:
    code = numbers.str.extract(_CODE)
    found = _looked_up(code, prefixes())
    shared = code.str.contains("^[17]").fill_null(False)
    if shared.any():
        # +1 and +7 are shared by countries: the area code decides, however it is set apart
        area = code.str.head(1) + numbers.set(~shared, None).str.extract(_AREA)
        found = found.zip_with(~shared, _looked_up(area, areas()))
    return found


def _looked_up(keys: pl.Series, table: Mapping[str, str]) -> pl.Series:
    return keys.replace_strict(list(table), list(table.values()), default=None, return_dtype=pl.String)


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
