"""A period of months counted back from the day of the audit, against polars' calendar."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.packs import months_before


@pytest.mark.parametrize(
    ("day", "months", "earliest"),
    [
        (date(2026, 11, 1), 36, date(2023, 11, 1)),
        (date(2026, 5, 31), 3, date(2026, 3, 1)),
        (date(2026, 2, 28), 1, date(2026, 1, 28)),
        (date(2028, 2, 29), 12, date(2027, 3, 1)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
    ],
)
def test_the_earliest_day_within_a_period(day, months, earliest):
    assert months_before(day, months) == earliest


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(1, 60), st.integers(-40, 40))
def test_a_day_is_too_early_exactly_when_its_period_has_ended(today, months, away):
    earliest = months_before(today, months)
    day = pl.Series([date.fromordinal(earliest.toordinal() + away)])
    ended = (day.dt.offset_by(f"{months}mo") < today).item()
    assert ended == (day.item() < earliest)
