"""Job and offer, minors, sellers abroad, one person twice."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.facts import duplicates
from tests.law.house import context, through, verdicts


def relation(where, **row):
    return through([row], ["recipient"], where)["role_relation"][0]


def test_without_an_offer_a_title_is_enough():
    where = context()
    assert relation(where, job_title="Head of nothing") is None
    assert relation(where, department="Achats") is None
    assert relation(where) == "unknown"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Directrice des achats", None),
        ("Head of Procurement", None),
        ("Einkaufsleiter", None),
        ("Jefe de compras", None),
        ("Responsabile acquisti", None),
        ("Chargé de communication", "unrelated"),
        ("Production manager", "unrelated"),
        (None, "unknown"),
    ],
)
def test_an_offer_to_a_function_knows_its_words_in_five_languages(title, code):
    assert relation(context(offer={"functions": ["purchasing"]}), job_title=title) == code


def test_an_offer_may_name_words_of_its_own():
    where = context(offer={"functions": ["tonnelier"], "departments": ["Cave"]})
    assert relation(where, job_title="Maître tonnelier") is None
    assert relation(where, department="cave centrale") is None
    assert relation(where, job_title="Comptable") == "unrelated"


def test_a_consent_makes_the_job_irrelevant():
    where = context()
    row = {"country": "FR", "address_class": "nominative@professional"}
    found = verdicts(
        through([row, {**row, "permission": "consent"}], ["country", "terms", "recipient"], where),
        ["role_unrelated_or_unknown"],
        where,
    )
    assert found == [{"role_unrelated_or_unknown": "review"}, {}]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"birth_date": date(2010, 3, 4)}, "age"),
        ({"birth_date": date(2008, 11, 2)}, None),
        ({"birth_date": date(2008, 11, 3)}, "age"),
        ({"birth_date": date(1970, 1, 1)}, None),
        ({"age": 15}, "age"),
        ({"age": 0}, None),
        ({"age": 40}, None),
        ({"job_title": "Lycéenne"}, "title"),
        ({"job_title": "Élève"}, "title"),
        ({"job_title": "Schülerpraktikant"}, "title"),
        ({"job_title": "Stagiaire de 3ème"}, "title"),
        ({"job_title": "Élève avocat"}, None),
        ({"job_title": "Étudiant en master"}, None),
        ({"job_title": "School director"}, None),
        ({"domain_class": "school"}, "school_domain"),
        ({}, None),
    ],
)
def test_minors_are_seen_by_age_title_or_school(row, code):
    assert through([row], ["recipient"], context())["minor_by"][0] == code


def test_age_removes_and_a_school_asks():
    where = context()
    table = through([{"age": 15}, {"domain_class": "school"}], ["recipient"], where)
    assert [row["minor_or_school_marker"] for row in verdicts(table, ["minor_or_school_marker"], where)] == [
        "remove",
        "review",
    ]


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        ({"vendor_country": "United States"}, True),
        ({"vendor_country": "US", "transfer_tool": "SCC"}, False),
        ({"vendor_country": "US", "transfer_tool": "none"}, True),
        ({"vendor_country": "France"}, False),
        ({"vendor_country": "Suisse"}, False),
        ({"vendor_country": "Inde"}, True),
        ({"source": "Apollo.io export"}, True),
        ({"source": "Apollo 11 exhibition", "vendor_country": "FR"}, False),
        ({"seller": "ZoomInfo"}, True),
        ({}, False),
        ({"vendor_country": "Inde", "supplier_transfer": True}, False),
        ({"vendor_country": "quelque part"}, False),
    ],
)
def test_a_seller_outside_europe_needs_a_transfer_tool(row, gap):
    assert through([row], ["transfer"], context())["transfer_gap"][0] is gap


def test_the_register_of_suppliers_knows_their_country():
    where = context(suppliers=[{"name": "Fichiers Fictifs", "country": "India"}])
    table = through([{"seller": "fichiers fictifs sarl"}], ["transfer"], where)
    assert table.select("seller_country", "transfer_gap").row(0) == ("IN", True)


def test_the_first_row_of_a_mailbox_stays_and_its_copies_go():
    where = context()
    table = through(
        [{"match_key": 5}, {"match_key": 6}, {"match_key": 5}, {}, {}, {"match_key": 5}], ["duplicates"], where
    )
    assert table["duplicate_rank"].to_list() == [0, None, 1, None, None, 1]
    found = [row.get("duplicate_person") for row in verdicts(table, ["duplicate_person"], where)]
    assert found == ["note", None, "remove", None, None, "remove"]


@given(st.lists(st.integers(0, 12), max_size=40), st.integers(1, 9))
def test_the_batches_of_a_list_do_not_change_its_duplicates(keys, size):
    where = context()
    table = pl.DataFrame(
        {"match_key": keys, "audit_row": range(1, len(keys) + 1)},
        schema={"match_key": pl.UInt64, "audit_row": pl.UInt32},
    )
    survey = duplicates.SURVEYS[0]
    whole = survey.merge(survey.observe(table, where))
    parts = [survey.observe(part, where) for part in table.iter_slices(size)] or [survey.observe(table, where)]
    pairs = [survey.merge(pl.concat(parts[i : i + 2])) for i in range(0, len(parts), 2)]
    assert survey.merge(pl.concat(pairs)).equals(whole)
    repeated = survey.conclude(whole, where)
    assert sorted(repeated["match_key"].to_list()) == sorted(k for k in set(keys) if keys.count(k) > 1)
