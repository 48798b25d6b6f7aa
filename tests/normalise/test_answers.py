"""Yes, no and unknown in five languages, with the polarity of the column; a refusal anywhere wins."""

import pytest

from auditor.intake import flags
from tests.normalise.lists import column, mapped

YES = [
    "1",
    "1.0",
    "true",
    "TRUE",
    "vrai",
    "VRAI",
    "WAHR",
    "verdadero",
    "VERO",
    "yes",
    "Y",
    "oui",
    "O",
    "ja",
    "J",
    "sí",
    "si",
    "SÌ",
    "x",
    "X",
    "✓",
    "✔",
    "☑",
    "ok",
    "on",
    "t",
]
NO = ["0", "0.0", "false", "FALSE", "faux", "FAUX", "FALSCH", "falso", "no", "N", "non", "nein", "off", "f", "☐"]
UNKNOWN = ["?", "-", "maybe", "peut-être", "2", "oui et non", "😀", "partner"]


@pytest.mark.parametrize("cell", YES)
def test_a_yes_of_five_languages_is_true(cell: str) -> None:
    assert flags.read(cell) is True
    assert flags.read(cell, positive=False) is False


@pytest.mark.parametrize("cell", NO)
def test_a_no_of_five_languages_is_false(cell: str) -> None:
    assert flags.read(cell) is False
    assert flags.read(cell, positive=False) is True


@pytest.mark.parametrize("cell", UNKNOWN)
def test_anything_else_is_unknown_whatever_the_polarity(cell: str) -> None:
    assert flags.read(cell) is None
    assert flags.read(cell, positive=False) is None


# header, cell, opt_out
POLARITY = [
    ("Do not allow Bulk Emails", "Allow", False),
    ("Do not allow Bulk Emails", "Do Not Allow", True),
    ("Ne pas autoriser les e-mails", "Ne pas autoriser", True),
    ("Ne pas autoriser les e-mails", "Autoriser", False),
    ("Do Not Email", "1", True),
    ("Do Not Email", "0", False),
    ("Refus", "x", True),
    ("Email Opt Out", "Opted Out", True),
    ("Email Opt Out", "subscribed", False),
    ("Désinscrit", "Abonné", False),
    ("Désinscrit", "STOP", True),
    ("Désinscrit", "2024-03-01", True),
    ("Désinscrit", "01/03/2024 10:00", True),
    ("Désinscrit", "", None),
    ("Désinscrit", "?", None),
    ("Contactable", "oui", False),
    ("Contactable", "non", True),
    ("Contactable", "Refusé", True),
    ("Werbewiderspruch", "ja", True),
    ("Dado de baja", "sí", True),
    ("Disiscritto", "no", False),
    ("Unsubscribed", "VRAI", True),
]


@pytest.mark.parametrize(("header", "cell", "expected"), POLARITY)
def test_the_cell_speaks_first_then_the_polarity_of_its_column(header: str, cell: str, expected: bool | None) -> None:
    assert column("opt_out", ("Email", header), ("a@b.example", cell)) == [expected]


def test_a_refusal_in_any_column_wins_and_keeps_its_widest_scope() -> None:
    header = ("Email", "Email Opt Out", "Do Not Call", "Do Not Contact")
    _, frame = mapped(
        header,
        [
            ("a@b.example", "0", "1", None),
            ("a@b.example", "0", "0", "1"),
            ("a@b.example", "1", "1", None),
            ("a@b.example", "0", "0", None),
            ("a@b.example", None, "0", None),
            ("a@b.example", None, None, None),
        ],
    )
    assert frame.select("opt_out", "opt_out_scope").rows() == [
        (True, "phone"),
        (True, "all"),
        (True, "email"),
        (False, None),
        (None, None),
        (None, None),
    ]


def test_a_day_of_objection_is_an_objection_even_without_an_answer() -> None:
    header = ("Email", "Date de désinscription")
    _, frame = mapped(header, [("a@b.example", "01/02/2026"), ("a@b.example", None)])
    assert frame.get_column("opt_out").to_list() == [True, None]


def test_a_date_in_an_objection_column_is_the_day_of_the_objection() -> None:
    header = ("Email", "Désinscrit", "Date de désinscription")
    _, frame = mapped(header, [("a@b.example", "2026-02-01", None), ("a@b.example", "2026-02-01", "2026-01-31")])
    assert frame.get_column("opted_out_on_text").to_list() == ["2026-02-01", "2026-01-31"]


def test_a_false_that_a_tool_computes_for_everybody_is_no_answer() -> None:
    header = ("Name", "Email", "Mailing Lists", "Opt Out", "Blacklist")
    mapping, frame = mapped(
        header, [("A", "a@b.example", "News", "False", None), ("B", "b@b.example", "News", "True", None)]
    )
    assert mapping.source == "odoo_mailing"
    assert frame.get_column("opt_out").to_list() == [None, True]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("[]", False), ("USER_SUPPRESSED", True), ("[{'reason': 'x'}]", True), ("hard_bounce", None), ("", None)],
)
def test_any_entry_of_a_suppression_column_is_a_suppression(cell: str, expected: bool | None) -> None:
    header = ("Email", "Klaviyo ID", "Email Suppressions")
    assert column("opt_out", header, ("a@b.example", "1", cell)) == [expected]


def test_a_day_of_cleaning_and_a_bounce_reason_mean_a_bounced_address() -> None:
    mailchimp = ("Email Address", "MEMBER_RATING", "LEID", "EUID", "CLEAN_TIME")
    assert column("bounced", mailchimp, ("a@b.example", "2", "1", "2", "2025-01-01 10:00:00")) == [True]
    hubspot = ("Record ID", "Email", "Lifecycle Stage", "Email hard bounce reason")
    assert column("bounced", hubspot, ("1", "a@b.example", "Lead", "UNKNOWN_USER")) == [True]
    assert column("bounced", hubspot, ("1", "a@b.example", "Lead", None)) == [None]
