"""Whole names come apart where their writing leaves no choice, and stay whole where it does."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.normalise.names import split
from tests.normalise.lists import mapped


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("Ada Northwood", "Ada", "Northwood"),
        ("DUPONT Jean-Pierre", "Jean-Pierre", "DUPONT"),
        ("Jean DUPONT", "Jean", "DUPONT"),
        ("Jean Paul DE LA TOUR", "Jean Paul", "DE LA TOUR"),
        ("Dupont, Jean", "Jean", "Dupont"),
        ("de la Tour, Anne Marie", "Anne Marie", "de la Tour"),
        ("Anne de la Tour", "Anne", "de la Tour"),
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("Éloïse L'Hôpital", "Éloïse", "L'Hôpital"),
        ("Mme Zoé Lefèvre", "Zoé", "Lefèvre"),
        ("Dr. Ada Northwood, PhD", "Ada", "Northwood"),
        ("Herr Jörg Müller", "Jörg", "Müller"),
        ("Γιώργος Παππάς", "Γιώργος", "Παππάς"),
        ("José García López", None, None),
        ("Madonna", None, None),
        ("Ada | Growth Hacker", None, None),
        ("Ada 🚀 Northwood", None, None),
        ("A1 B2", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_name_comes_apart_only_where_it_is_plain(full: str | None, first: str | None, last: str | None) -> None:
    given_names, families = split(pl.Series([full], dtype=pl.String))
    assert (given_names.item(), families.item()) == (first, last)


def test_a_header_may_say_that_the_family_name_comes_first() -> None:
    _, frame = mapped(("E-mail", "Nom Prénom"), [("a@b.example", "Lefèvre Zoé"), ("a@b.example", "de la Tour Anne")])
    assert frame.select("first_name", "last_name").rows() == [("Zoé", "Lefèvre"), ("Anne", "de la Tour")]


def test_names_that_the_row_gives_apart_are_never_touched() -> None:
    header = ("Email", "Full Name", "First Name", "Last Name")
    _, frame = mapped(
        header, [("a@b.example", "Ada Northwood", "A.", None), ("a@b.example", "Ada Northwood", None, "-")]
    )
    assert frame.select("first_name", "last_name").rows() == [("A.", None), ("Ada", "Northwood")]


@given(names=st.lists(st.one_of(st.none(), st.text(max_size=25)), max_size=6), family_first=st.booleans())
@settings(max_examples=80)
def test_any_text_is_taken_apart_or_left_whole(names: list[str | None], family_first: bool) -> None:
    first, last = split(pl.Series(names, dtype=pl.String), family_first)
    assert first.is_null().to_list() == last.is_null().to_list()
