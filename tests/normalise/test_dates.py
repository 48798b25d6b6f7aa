"""Dates are read in every way exports write them; day and month are decided per column, never per row."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import columns
from auditor.normalise import dates, lanes
from auditor.normalise.moments import read
from auditor.settings import Settings
from auditor.stage import Context
from tests.normalise.lists import Row, mapped

# text, value, precision; none of them depends on the order of day and month
READ = [
    ("2024-02-21", datetime(2024, 2, 21), "day"),
    ("2024/2/3", datetime(2024, 2, 3), "day"),
    ("2024-02-21 10:00:05", datetime(2024, 2, 21, 10, 0, 5), "second"),
    ("2024-02-21 10:00", datetime(2024, 2, 21, 10), "minute"),
    ("2024-02-21T10:00:00Z", datetime(2024, 2, 21, 10), "zone"),
    ("2024-02-21T10:00:00.250Z", datetime(2024, 2, 21, 10, 0, 0, 250_000), "zone"),
    ("2024-02-21T10:00:00+02:00", datetime(2024, 2, 21, 8), "zone"),
    ("2024-02-21 10:00:00 +0100", datetime(2024, 2, 21, 9), "zone"),
    ("2024-02-21 23:30:00 -0500", datetime(2024, 2, 22, 4, 30), "zone"),
    ("20240315", datetime(2024, 3, 15), "day"),
    ("20240315T101500Z", datetime(2024, 3, 15, 10, 15), "zone"),
    ("31/12/2024", datetime(2024, 12, 31), "day"),
    ("12/31/2024", datetime(2024, 12, 31), "day"),
    ("31/12/24", datetime(2024, 12, 31), "day"),
    ("31.12.1968", datetime(1968, 12, 31), "day"),
    ("31-12-2024 14:22", datetime(2024, 12, 31, 14, 22), "minute"),
    ("03/03/2025", datetime(2025, 3, 3), "day"),
    ("08/22/2026 10:45:00 AM", datetime(2026, 8, 22, 10, 45), "second"),
    ("08/22/2026 12:05 AM", datetime(2026, 8, 22, 0, 5), "minute"),
    ("08/22/2026 12:05 pm", datetime(2026, 8, 22, 12, 5), "minute"),
    ("02 Apr 2021", datetime(2021, 4, 2), "day"),
    ("Mar 15, 2025 11:23:29", datetime(2025, 3, 15, 11, 23, 29), "second"),
    ("Sep 26, 2026 7:05 PM", datetime(2026, 9, 26, 19, 5), "minute"),
    ("Tuesday, March 12, 2024", datetime(2024, 3, 12), "day"),
    ("Fri, 12 Apr 2024 10:00:00 +0200", datetime(2024, 4, 12, 8), "zone"),
    ("12 mars 2024", datetime(2024, 3, 12), "day"),
    ("mar. 12 mars 2024", datetime(2024, 3, 12), "day"),
    ("1er janvier 2024", datetime(2024, 1, 1), "day"),
    ("le 3 février 2024 à 14h30", datetime(2024, 2, 3, 14, 30), "minute"),
    ("1-janv.-24", datetime(2024, 1, 1), "day"),
    ("15 août 2023", datetime(2023, 8, 15), "day"),
    ("15 juil. 2023", datetime(2023, 7, 15), "day"),
    ("15 juin 2023", datetime(2023, 6, 15), "day"),
    ("12. März 2024", datetime(2024, 3, 12), "day"),
    ("4. Okt. 2023", datetime(2023, 10, 4), "day"),
    ("24. Dezember 2023", datetime(2023, 12, 24), "day"),
    ("12 de marzo de 2024", datetime(2024, 3, 12), "day"),
    ("5 de enero de 2024", datetime(2024, 1, 5), "day"),
    ("2 ago 2024", datetime(2024, 8, 2), "day"),
    ("12 marzo 2024", datetime(2024, 3, 12), "day"),
    ("3 gennaio 2024", datetime(2024, 1, 3), "day"),
    ("9 giugno 2024", datetime(2024, 6, 9), "day"),
    ("Dec-24-2023", datetime(2023, 12, 24), "day"),
    ("45291", datetime(2023, 12, 31), "day"),
    ("45291.5", datetime(2023, 12, 31, 12), "second"),
    ("45291,25", datetime(2023, 12, 31, 6), "second"),
    ("1709251200", datetime(2024, 3, 1), "zone"),
    ("1709251200000", datetime(2024, 3, 1), "zone"),
    ("05/2024", datetime(2024, 5, 1), "month"),
    ("2024-05", datetime(2024, 5, 1), "month"),
    ("mars 2024", datetime(2024, 3, 1), "month"),
    ("2024-W19", datetime(2024, 5, 6), "month"),
]
UNREADABLE = [
    "été 2023", "hier", "2024", "2024-02-30", "2024-13-45", "31/31/2024", "00/00/0000", "1", "12345678901", "😀",
    "25:00", "2023-10-01T25:00:00", "2024-01-01 10:00:00 +99:00", "mars", "12 foo 2024",
    "9999-12-31", "99999", "١٢/٠٣/٢٠٢٤",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "precision"), READ)
def test_a_date_is_read_as_its_writer_meant_it(text: str, value: datetime, precision: str) -> None:
    moment = read(text, "")
    assert (moment.value, moment.precision, moment.ambiguous) == (value, precision, False)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    moment = read(text, "")
    assert (moment.value, moment.ambiguous) == (None, False)


@pytest.mark.parametrize("text", ["03/04/2025", "3.4.25", "12-03-2024 14:22", "08/02/2026 10:45:00 AM"])
def test_day_and_month_that_could_be_either_are_ambiguous_without_an_order(text: str) -> None:
    assert read(text, "").ambiguous
    assert read(text, "dmy").value != read(text, "mdy").value
    assert None not in (read(text, "dmy").value, read(text, "mdy").value)


def test_a_value_against_the_order_of_its_column_is_no_date() -> None:
    assert read("12/25/2024", "dmy").value is None
    assert read("25/12/2024", "mdy").value is None


BOTH_WAYS = [
    "03/04/2025", "03-04-2025 10:11", "03.04.2025 10:11:12", "3/4/2025", "3/4/2025 5:06 PM", "03/04-2025", "3.4.2025",
    "1/4/2025 12:05 am", "13/4/2025 1:05", "01/02/2024  10:00", "1/2/2024 13:00 PM", "1:2/2024", "00/01/2024",
    "2024-02-21T10:00:00.123456+05:30", "2024-02-21T10:00:00-1500", "2024-12-31T23:59:59+0000", "2024-1-5 3:04",
    "1899-12-31", "31/12/1899", "2101-01-01", "2024-02-21T23:59:60Z",
]  # fmt: skip


@pytest.mark.parametrize("time", [True, False])
@pytest.mark.parametrize("order", ["dmy", "mdy", "undecided"])
def test_the_vectorised_lanes_answer_as_the_grammar_does(order: str, time: bool) -> None:
    texts = [text for text, _, _ in READ] + UNREADABLE + [*BOTH_WAYS, None]
    table = lanes.parse(pl.Series(texts, dtype=pl.String), order, time)
    for text, (value, precision, ambiguous, unreadable) in zip(texts, table.iter_rows(), strict=True):
        moment = read(text, order) if text else None
        said = moment.value if moment else None
        assert value == (said if time or said is None else said.date()), text
        assert ambiguous == bool(moment and moment.ambiguous), text
        assert unreadable == bool(moment and moment.value is None and not moment.ambiguous), text
        if time:
            assert precision == (moment.precision if moment and moment.value else None), text


def typed(header: tuple[str, ...], *batches: list[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The conclusion of the survey and the typed columns of all batches."""
    frames = []
    for rows in batches:
        mapping, frame = mapped(header, rows)
        frames.append(frame)
    context = Context(today=date(2026, 1, 1), settings=Settings(), mapping=mapping)
    total = dates.merge(pl.concat([dates.observe(frame, context) for frame in frames]))
    survey = dates.conclude(total, context)
    late = Context(today=date(2026, 1, 1), settings=Settings(), mapping=mapping, surveys={"date_order": survey})
    return survey, pl.concat([dates.FACTS[0].apply(frame, late) for frame in frames])


EN = ("Email", "Consent Date")


def days(*texts: str) -> list[Row]:
    return [("a@b.example", text) for text in texts]


def test_one_value_above_twelve_decides_for_the_whole_column_across_batches() -> None:
    survey, frame = typed(EN, days("03/04/2025"), days("25/12/2024"))
    assert survey.select("order", "decided_by").rows() == [("dmy", "values")]
    assert frame.get_column("consent_at").to_list() == [datetime(2025, 4, 3), datetime(2024, 12, 25)]


def test_an_undecided_column_is_reported_and_never_guessed() -> None:
    survey, frame = typed(EN, days("03/04/2025", "2024-01-05", "05/05/2025"))
    assert survey.select("order", "decided_by").rows() == [("undecided", None)]
    assert frame.get_column("consent_at").to_list() == [None, datetime(2024, 1, 5), datetime(2025, 5, 5)]
    assert frame.get_column("dates_ambiguous").to_list() == ["consent_at", None, None]
    assert frame.get_column("dates_unreadable").to_list() == [None, None, None]


def test_a_column_that_contradicts_itself_reads_only_what_is_plain() -> None:
    survey, frame = typed(EN, days("25/12/2024", "12/26/2024", "03/04/2025"))
    assert survey.select("order", "decided_by").rows() == [("undecided", "values")]
    assert frame.get_column("consent_at").to_list() == [datetime(2024, 12, 25), datetime(2024, 12, 26), None]


def test_a_single_slip_does_not_overturn_a_column() -> None:
    survey, frame = typed(EN, days(*["25/12/2024"] * 40, "12/26/2024", "03/04/2025"))
    assert survey.select("order").rows() == [("dmy",)]
    assert frame.get_column("consent_at").to_list()[-2:] == [None, datetime(2025, 4, 3)]
    assert frame.get_column("dates_unreadable").to_list()[-2:] == ["consent_at", None]


def test_the_language_of_the_header_decides_when_no_value_does() -> None:
    survey, frame = typed(("E-mail", "Date du consentement"), days("03/04/2025"))
    assert survey.select("order", "decided_by").rows() == [("dmy", "stated")]
    assert frame.get_column("consent_at").to_list() == [datetime(2025, 4, 3)]


def test_german_dots_decide_when_nothing_else_does() -> None:
    survey, _ = typed(EN, days("03.04.2025"))
    assert survey.select("order", "decided_by").rows() == [("dmy", "dots")]


def test_a_format_fixes_the_order_of_its_own_columns() -> None:
    header = ("Attended", "User Name (Original Name)", "Email", "Registration Time")
    survey, frame = typed(header, [("Yes", "X", "a@b.example", "07/09/2026 04:05:06 PM")])
    assert survey.select("order", "decided_by").rows() == [("mdy", "stated")]
    assert frame.get_column("collected_on").to_list() == [date(2026, 7, 9)]


def test_a_row_names_all_its_columns_that_hold_no_date() -> None:
    _, frame = typed(("Email", "Consent Date", "Created Date"), [("a@b.example", "hier", "bientôt")])
    assert frame.get_column("dates_unreadable").to_list() == ["record_created_on,consent_at"]


def test_counts_are_whole_numbers_or_unknown() -> None:
    header = ("Email", "Age")
    _, frame = typed(header, [("a@b.example", text) for text in ["42", "42.0", "1 200", "quarante", "4,5", None]])
    assert frame.get_column("age").to_list() == [42, 42, 1200, None, None, None]


def test_every_typed_column_has_its_declared_type() -> None:
    _, frame = typed(EN, days("2024-01-01"))
    assert dict(frame.schema) == dates.ADDS
    assert all(frame.schema[c.name] == c.dtype for c in columns.CANONICAL if c.kind in columns.LATE)


@given(
    texts=st.lists(
        st.one_of(st.text(max_size=24), st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True)),
        max_size=8,
    ),
    order=st.sampled_from(["dmy", "mdy", "undecided"]),
)
@settings(max_examples=150)
def test_any_text_is_read_or_reported_and_alike_in_both_ways(texts: list[str], order: str) -> None:
    table = lanes.parse(pl.Series(texts, dtype=pl.String), order, time=True)
    for text, row in zip(texts, table.iter_rows(named=True), strict=True):
        assert row["value"] == read(text, order).value
        assert (row["value"] is None) == (row["ambiguous"] or row["unreadable"])
    assert sum(lanes.shapes(pl.Series(texts, dtype=pl.String))[shape.value] for shape in lanes.Shape) == len(texts)


@given(
    texts=st.lists(
        st.sampled_from(["03/04/2025", "25/12/2024", "12/26/2024", "2024-01-05", "hier", "3.4.25"]), max_size=12
    ),
    cut=st.integers(0, 12),
)
@settings(max_examples=60)
def test_the_evidence_does_not_depend_on_how_the_list_is_cut(texts: list[str], cut: int) -> None:
    context = Context(today=date(2026, 1, 1), settings=Settings(), mapping=mapped(EN, days("x"))[0])
    whole = mapped(EN, days("2024-01-01", *texts))[1]
    parts = [whole.head(1 + cut), whole.slice(1 + cut)]
    together = dates.merge(pl.concat([dates.observe(part, context) for part in parts]))
    assert together.equals(dates.merge(dates.observe(whole, context)))


def test_the_user_may_say_the_order_once_but_never_against_the_values() -> None:
    stated = Settings(date_order="mdy")
    mapping, frame = mapped(EN, days("03/04/2025"), stated)
    context = Context(today=date(2026, 1, 1), settings=stated, mapping=mapping)
    total = dates.merge(dates.observe(frame, context))
    assert dates.conclude(total, context).select("order", "decided_by").rows() == [("mdy", "stated")]
    clear = mapped(EN, days("03/04/2025", "25/12/2024"), stated)[1]
    total = dates.merge(dates.observe(clear, context))
    assert dates.conclude(total, context).select("order", "decided_by").rows() == [("dmy", "values")]
