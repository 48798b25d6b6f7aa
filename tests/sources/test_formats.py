"""The shipped format files: valid, unambiguous, and each recognised by a header made of its own columns."""

import json
import tomllib
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import columns, resources
from auditor.errors import CatalogueError, UsageError
from auditor.intake.formats import GENERIC, fold, formats, load, loosen, schema, user_format
from auditor.intake.sources import recognise
from auditor.settings import Settings
from tests.sources.format_headers import header_of

FOLDER = resources.schemas() / "sources"
FILES = sorted(FOLDER.glob("*.toml"))
NAMED = {
    "hubspot", "salesforce_report", "salesforce_data_loader", "pipedrive", "zoho", "dynamics", "odoo_mailing",
    "odoo_crm", "suitecrm", "espocrm", "apollo", "zoominfo", "cognism", "lusha", "dropcontact",
    "phantombuster_sales_navigator", "phantombuster_profile", "outscraper", "apify_maps", "mailchimp", "brevo",
    "klaviyo", "activecampaign", "eventbrite", "zoom_webinar", "google_contacts", "google_contacts_old", "outlook",
    "thunderbird", "linkedin_connections", "linkedin_lead_gen", "meta_lead_ads", "lemlist", "generic",
}  # fmt: skip


def test_every_format_that_was_asked_for_is_there() -> None:
    assert set(formats()) >= NAMED


def test_formats_known_from_descriptions_only_are_marked_unverified() -> None:
    for name in ("cognism", "lusha", "kaspr", "sellsy", "axonaut", "linkedin_lead_gen", "phantombuster_search"):
        assert formats()[name].status == "unverified", name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_format_file_follows_the_published_schema(path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text("utf-8")), json.loads(schema()))


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert (resources.schemas() / "source.schema.json").read_text("utf-8") == schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_header_is_claimed_twice_and_every_target_exists(path: Path) -> None:
    owners: dict[tuple[str, int | None], int] = {}
    for place, column in enumerate(load(path).columns):
        assert column.to is None or column.to in columns.BY_NAME
        for alias in column.aliases():
            assert owners.setdefault((alias, column.occurrence), place) == place, alias


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_a_format_uses_is_declared(path: Path) -> None:
    known = load(path)
    used = {language for column in known.columns for language in column.headers if language != "any"}
    assert used <= set(known.languages)


def test_second_chance_headers_mean_one_column_only() -> None:
    owners: dict[str, set[int]] = {}
    for place, column in enumerate(formats()[GENERIC].columns):
        for names in column.headers.values():
            for name in names:
                owners.setdefault(loosen(name), set()).add(place)
    assert [key for key, places in owners.items() if len(places) > 1] == []


CASES = [(name, number) for name, known in formats().items() for number in range(len(known.signatures))]


def test_every_format_but_the_vocabulary_has_a_signature() -> None:
    assert {name for name, known in formats().items() if not known.signatures} == {GENERIC}


@pytest.mark.parametrize(("name", "number"), CASES)
def test_a_header_with_its_signature_is_recognised(name: str, number: int) -> None:
    known = formats()[name]
    header = tuple(header_of(known, known.signatures[number]))
    mapping = recognise(header, pl.DataFrame(), "list.csv", Settings())
    assert mapping.source == name
    assert mapping.confidence >= 0.9


@pytest.mark.parametrize("name", sorted(set(formats()) - {GENERIC}))
def test_a_list_of_our_own_is_not_taken_for_a_foreign_export(name: str) -> None:
    header = (
        "Civilité",
        "Prénom",
        "Nom",
        "Société",
        "Fonction",
        "E-mail",
        "Téléphone",
        "Pays",
        "Source",
        "Date de collecte",
    )
    assert recognise(header, pl.DataFrame(), "prospects.csv", Settings()).source == GENERIC
    english = ("First Name", "Last Name", "Email", "Company", "Title", "Country", "Phone", "Source", "Notes")
    assert recognise(english, pl.DataFrame(), "leads.csv", Settings()).source != name


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


GOOD = """
title = { en = "Mine", fr = "Le mien" }
status = "confirmed"
seen = "here"
languages = ["en"]
[[columns]]
to = "email"
headers = { en = ["Mail of the person"] }
"""


def test_a_users_own_file_is_a_format_like_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", GOOD)
    settings = Settings(source=str(path))
    mapping = recognise(("Mail of the person", "Company"), pl.DataFrame(), "x.csv", settings)
    assert (mapping.source, mapping.confidence) == ("mine", 1.0)
    assert [(use.canonical, use.by) for use in mapping.columns] == [("email", "mine"), ("company", "generic")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('to = "email"', 'to = "mail"'), "columns.0.to"),
        (('status = "confirmed"', 'status = "sure"'), "status"),
        (("languages", "langauges"), "languages"),
        (("[[columns]]", "[[columns]]\nscope = 'email'"), "columns.0"),
        (('headers = { en = ["Mail of the person"] }', ""), "columns.0"),
        (('headers = { en = ["Mail of the person"] }', 'headers = { xx = ["a"] }'), "headers"),
        (("[[columns]]", "[[signatures]]\nat_least = 1\n[[columns]]"), "signatures.0"),
        (("[[columns]]", "[[columns]\n"), "not valid TOML"),
    ],
)
def test_a_malformed_format_is_an_error_that_names_the_place(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = write(tmp_path / "bad.toml", GOOD.replace(*change))
    with pytest.raises(CatalogueError, match=r"bad\.toml") as ours:
        load(path)
    assert said in ours.value.message
    with pytest.raises(UsageError):
        user_format(path)


def test_a_header_claimed_twice_is_malformed(tmp_path: Path) -> None:
    twice = GOOD + '[[columns]]\nto = "company"\nheaders = { en = ["MAIL of the  person"] }\n'
    with pytest.raises(CatalogueError, match="claimed twice"):
        load(write(tmp_path / "bad.toml", twice))


def test_a_missing_or_huge_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        user_format(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="1 MiB"):
        user_format(write(tmp_path / "huge.toml", "#" * (1 << 20) + "\n" + GOOD))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("\ufeffEmail", "email"),
        ("  Société   Générale ", "societe generale"),
        ("Legal basis for processing contact’s data", "legal basis for processing contact's data"),
        ("ŒUVRE", "oeuvre"),
        ("Straße", "strasse"),
        ("E‑mail – pro", "e-mail - pro"),
        ("Prénom\u00a0", "prenom"),
        ("", ""),
    ],
)
def test_headers_are_compared_without_case_accents_and_typography(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_headers_are_folded_as_they_are_beside_others(text: str) -> None:
    # a word beyond ASCII sends the whole text the long way
    assert fold(f"{text} é") == f"{fold(text)} e".strip()
