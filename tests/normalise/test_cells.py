"""Cells reach the canonical columns trimmed, unarmoured, and null where they say nothing."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import columns
from auditor.normalise.cells import map_batch
from auditor.normalise.trimming import trim
from auditor.settings import ListFacts, Settings
from tests.normalise.lists import batch, column, mapped

EMPTY = [
    "-",
    "--",
    "n/a",
    "N/A",
    "null",
    "NULL",
    "#N/A",
    "none",
    "None",
    "k.A.",
    "n.c.",
    "s/o",
    "  ",
    " - ",
    "0000-00-00",
]


@pytest.mark.parametrize("cell", EMPTY)
def test_a_cell_that_says_nothing_is_null(cell: str) -> None:
    assert column("company", ("Email", "Company"), ("a@b.example", cell)) == [None]


@pytest.mark.parametrize("name", ["Null", "None", "Nan", "Nil"])
def test_people_called_null_keep_their_name(name: str) -> None:
    assert column("last_name", ("Email", "Last Name"), ("a@b.example", name)) == [name]
    assert column("company", ("Email", "Company"), ("a@b.example", name)) == [None]


@pytest.mark.parametrize("times", [1, 3000])
def test_a_cell_is_trimmed_alike_whether_its_values_repeat_or_not(times: int) -> None:
    written = [" Lyon\u00a0", "Lyon", "n/a", None, '="0123"', "'+33", "=SUM(A1)", ""]
    read = ["Lyon", "Lyon", None, None, "0123", "+33", "=SUM(A1)", None]
    assert trim(pl.Series(written * times)).to_list() == read * times
    clean = pl.Series(["Lyon", "Nantes", None] * times)
    assert trim(clean).to_list() == clean.to_list()


def test_a_question_mark_is_a_vague_answer_and_not_an_empty_one() -> None:
    assert column("source", ("Email", "Source"), ("a@b.example", "?")) == ["?"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('="+33199000010"', "+33199000010"),
        ("'+39 06 0000", "+39 06 0000"),
        ("'0199000010", "0199000010"),
        ("=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        (" +33 1 ", "+33 1"),
        ("\u00a0+33 1\u202f", "+33 1"),
    ],
)
def test_spreadsheet_armour_comes_off_and_formulas_stay(cell: str, read: str) -> None:
    assert column("phone", ("Email", "Phone"), ("a@b.example", cell)) == [read]


def test_every_mapped_column_is_there_with_its_type_and_the_input_stays() -> None:
    _, frame = mapped(("Email", "Whatever"), [("a@b.example", " x ")])
    assert {name: frame.schema[name] for name in columns.mapped_schema()} == columns.mapped_schema()
    assert frame.get_column("cell_1").to_list() == [" x "]
    assert frame.get_column("audit_row").to_list() == [1]


def test_every_address_of_a_row_is_kept_with_its_label() -> None:
    header = ("Email", "Work Email", "Personal Email")
    _, frame = mapped(
        header,
        [
            ("a@b.example", "w@b.example", "p@home.example"),
            (None, None, "p@home.example"),
            (None, "-", None),
            ("a@b.example; c@b.example, d@b.example", None, "p@home.example"),
        ],
    )
    assert frame.select("email", "email_label", "email_others", "email_other_labels").rows() == [
        ("a@b.example", None, ["w@b.example", "p@home.example"], ["work", "home"]),
        ("p@home.example", "home", None, None),
        (None, None, None, None),
        ("a@b.example", None, ["c@b.example", "d@b.example", "p@home.example"], ["", "", "home"]),
    ]


@pytest.mark.parametrize(
    "cell", ["a@b.example", "Ada <a@b.example>", "a @ b.example", "a@b@c.example", "mailto:a@b.example", "a, b", "@@"]
)
def test_one_address_however_damaged_is_handed_on_as_it_is(cell: str) -> None:
    _, frame = mapped(("Email",), [(cell,)])
    assert frame.select("email", "email_others").rows() == [(cell, None)]


def test_further_source_columns_become_detail() -> None:
    header = ("Email", "Lead Source", "Source", "Campaign")
    _, frame = mapped(
        header,
        [
            ("a@b.example", "Web", "Salon", "2026"),
            ("a@b.example", None, "Salon", None),
            ("a@b.example", "Web", "Web", "-"),
        ],
    )
    assert frame.get_column("source").to_list() == ["Web", "Salon", "Web"]
    assert frame.get_column("source_detail").to_list() == ["Salon | 2026", None, None]


def test_a_date_in_a_consent_column_is_a_consent_of_that_day() -> None:
    header = ("Email", "Consentement")
    _, frame = mapped(header, [("a@b.example", "2026-02-03T10:00:00"), ("a@b.example", "oui"), ("a@b.example", None)])
    assert frame.get_column("consent_status").to_list() == ["given", "oui", None]
    assert frame.get_column("consent_at_text").to_list() == ["2026-02-03T10:00:00", None, None]


DECLARED = ListFacts(declared_by="DPO", source="Salon Démo 2026", collected_on=date(2026, 3, 1), country="FR")


def test_a_declaration_fills_blank_cells_only_and_says_where() -> None:
    header = ("Email", "Source", "Date de collecte", "Pays")
    _, frame = mapped(
        header,
        [
            ("a@b.example", None, "-", None),
            ("a@b.example", "Web", "01/02/2026", None),
            ("a@b.example", "n/a", "01/02/2026", "DE"),
        ],
        Settings(list=DECLARED),
    )
    assert frame.get_column("source").to_list() == ["Salon Démo 2026", "Web", "Salon Démo 2026"]
    assert frame.get_column("collected_on_text").to_list() == ["2026-03-01", "01/02/2026", "01/02/2026"]
    assert frame.get_column("country").to_list() == ["FR", "FR", "DE"]
    assert frame.get_column("declared").to_list() == [True, False, True]


def test_a_declared_country_is_no_provenance() -> None:
    assert column("declared", ("Email",), ("a@b.example",), settings=Settings(list=ListFacts(country="FR"))) == [False]


def test_a_declaration_wins_over_what_a_format_says_of_all_its_files() -> None:
    header = ("Order #", "Order Date", "Email", "Attendee #")
    row = ("1", "2026-05-02", "a@b.example", "9")
    assert column("source", header, row) == ["Eventbrite"]
    assert column("source", header, row, settings=Settings(list=DECLARED)) == ["Salon Démo 2026"]


@pytest.mark.parametrize(
    ("file", "status", "refused"),
    [
        ("subscribed_email_audience_export_1.csv", "subscribed", None),
        ("unsubscribed_email_audience_export_1.csv", "unsubscribed", True),
        ("nonsubscribed_email_audience_export_1.csv", "nonsubscribed", None),
        ("non-subscribed_email_audience_export_1.csv", "nonsubscribed", None),
        ("cleaned_email_audience_export_1.csv", "cleaned", None),
        ("audience.csv", None, None),
    ],
)
def test_the_name_of_a_mailchimp_file_is_the_status_of_its_people(
    file: str, status: str | None, refused: bool | None
) -> None:
    header = ("Email Address", "MEMBER_RATING", "OPTIN_TIME", "LEID", "EUID")
    _, frame = mapped(header, [("a@b.example", "2", "", "1", "2")], file=file)
    assert frame.select("consent_status", "opt_out").rows() == [(status, refused)]


texts = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from([*EMPTY, "a@b.example", "a@b.c; d@e.f", "1", "oui", "01/02/2024", '="x"']),
)
HEADER = (
    "Email",
    "E-mail perso",
    "Nom",
    "Désinscrit",
    "Ne pas appeler",
    "Source",
    "Origine",
    "Consentement",
    "Age",
    "Notes",
    "Tags",
    "Hard Bounce",
)


@given(rows=st.lists(st.tuples(*[texts] * len(HEADER)), min_size=1, max_size=6))
@settings(max_examples=60)
def test_any_text_is_mapped_without_a_crash_and_the_same_alone_as_in_company(
    rows: list[tuple[str | None, ...]],
) -> None:
    mapping, frame = mapped(HEADER, rows)
    names = list(columns.mapped_schema())
    alone = pl.concat([map_batch(batch(len(HEADER), [row]), mapping, Settings()) for row in rows])
    assert frame.select(names).equals(alone.select(names))


@given(cells=st.lists(texts, min_size=1, max_size=8))
@settings(max_examples=100)
def test_trimming_twice_is_trimming_once(cells: list[str | None]) -> None:
    once = trim(pl.Series(cells, dtype=pl.String))
    assert trim(once).to_list() == once.to_list()
