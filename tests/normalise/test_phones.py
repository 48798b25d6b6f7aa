"""The prefix of a phone number names a country; a national number names none."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.normalise.phones import country


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+33 6 39 98 00 00", "FR"),
        ("0033 1 99 00 00 00", "FR"),
        ("+33(0)199000000", "FR"),
        ("p:+33199000000", "FR"),
        ("+49 30 23125 000", "DE"),
        ("+44 7911 123456", "GB"),
        ("+39 06 698 00000", "IT"),
        ("+262 692 00 00 00", "RE"),
        ("+352 600 000", "LU"),
        ("+1 (212) 555-0100", "US"),
        ("+1 416 555 0100", "CA"),
        ("001 514 555 0100", "CA"),
        ("+7 701 000 00 00", "KZ"),
        ("+7 495 000-00-00", "RU"),
        ("0692 00 00 00", None),
        ("06 39 98 00 00", None),
        ("33199000000", None),
        ("+800 0000 0000", None),
        ("+999 1", None),
        ("+", None),
        ("+1", None),
        ("=+33", None),
        ("n/a", None),
        (None, None),
    ],
)
def test_a_prefix_names_its_country(number: str | None, code: str | None) -> None:
    assert country(pl.Series([number], dtype=pl.String)).to_list() == [code]


@given(
    numbers=st.lists(
        st.one_of(st.none(), st.text(max_size=20), st.from_regex(r"\+[0-9 ]{1,14}", fullmatch=True)), max_size=6
    )
)
@settings(max_examples=80)
def test_any_text_has_a_country_or_none_whatever_its_neighbours(numbers: list[str | None]) -> None:
    together = country(pl.Series(numbers, dtype=pl.String)).to_list()
    assert together == [country(pl.Series([number], dtype=pl.String)).item() for number in numbers]
