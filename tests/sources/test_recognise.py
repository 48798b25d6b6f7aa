"""What a header means: the user's word first, then the format, then the vocabulary, then the values."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError, UsageError
from auditor.intake.mapping import Mapping
from auditor.intake.sources import known_headers, recognise, require_email
from auditor.settings import Settings


def understood(*header: str, sample: pl.DataFrame | None = None, file: str = "list.csv", **settings: object) -> Mapping:
    return recognise(header, sample if sample is not None else pl.DataFrame(), file, Settings.model_validate(settings))


def meanings(mapping: Mapping) -> list[str | None]:
    return [use.canonical for use in mapping.columns]


@pytest.mark.parametrize(
    ("header", "canonical"),
    [
        ("EmailAddress", "email"),
        ("E-mail *", "email"),
        ("Adresse mail :", "email"),
        ("date_de_collecte", "collected_on"),
        ("Date du scan", "collected_on"),
        ("Consentement (oui/non)", "consent_status"),
        ("Date d’opt-in", "consent_at"),
        ("Désinscrit", "opt_out"),
        ("Désinscrit le", "opted_out_on"),
        ("RECHTSGRUNDLAGE", "legal_basis"),
        ("Base giuridica", "legal_basis"),
        ("Fecha de baja", "opted_out_on"),
        ("N° SIRET", "company_id"),
        ("Chiffre d'affaires", None),
        ("", None),
    ],
)
def test_in_house_headers_are_understood_however_they_are_set(header: str, canonical: str | None) -> None:
    assert meanings(understood(header)) == [canonical]


def test_a_second_title_of_a_french_address_book_is_the_function() -> None:
    mapping = understood("Titre", "Prénom", "Nom", "Titre", "Téléphone (bureau)", "Adresse de messagerie")
    assert (mapping.source, meanings(mapping)) == (
        "outlook",
        ["civility", "first_name", "last_name", "job_title", "phone", "email"],
    )


def test_dynamic_headers_follow_their_pattern() -> None:
    mapping = understood("Record ID", "Email", "Lifecycle Stage", "Contact owner", "Opted out of email: Salon news")
    assert mapping.columns[-1].canonical == "opt_out"
    assert mapping.columns[-1].scope == "email"
    assert meanings(understood("Email 7", "Phone 2")) == ["email", "phone"]


def test_mixed_languages_of_one_portal_are_one_format() -> None:
    mapping = understood("Record ID", "Prénom", "Last Name", "E-mail", "Lifecycle Stage", "Phase du cycle de vie")
    assert mapping.source == "hubspot"


def test_the_users_word_on_a_column_comes_first() -> None:
    mapping = understood("E-mail", "Kontakt", "Source", columns={"kontakt": "email", "Source": "ignore"})
    assert meanings(mapping) == ["email", "email", None]
    assert [use.by for use in mapping.columns] == ["generic", "settings", "settings"]


def test_a_wrong_word_of_the_user_is_named_with_a_suggestion() -> None:
    with pytest.raises(UsageError) as raised:
        understood("A", columns={"A": "consent_staus"})
    assert "consent_status" in raised.value.hint
    with pytest.raises(UsageError) as raised:
        understood("A", source="hubspt")
    assert "hubspot" in raised.value.hint


def test_a_forced_format_is_taken_at_its_word() -> None:
    mapping = understood("Email", "Status", source="activecampaign")
    assert (mapping.source, mapping.confidence, meanings(mapping)) == (
        "activecampaign",
        1.0,
        ["email", "consent_status"],
    )


def test_addresses_under_an_unknown_header_are_found_and_said_to_be_found() -> None:
    sample = pl.DataFrame({"cell_0": ["Ada", "Ben"], "cell_1": ["a@b.example", "c@d.example"]})
    mapping = understood("Wer", "Wohin", sample=sample)
    assert [(use.canonical, use.by, use.verified) for use in mapping.columns] == [
        (None, None, True),
        ("email", "values", False),
    ]
    assert understood("E-mail", "Wohin", sample=sample).columns[1].canonical is None


def test_four_cells_in_five_must_be_addresses() -> None:
    cells = ["a@b.example"] * 8 + ["none given"] * 2 + [None, " "]
    assert understood("Wohin", sample=pl.DataFrame({"cell_0": cells})).uses("email")
    assert not understood("Wohin", sample=pl.DataFrame({"cell_0": [*cells, "none given"]})).uses("email")


def test_addresses_under_a_header_of_names_are_found_when_there_are_no_others() -> None:
    sample = pl.DataFrame({"cell_0": ["a@b.example"], "cell_1": ["a@b.example"]})
    assert meanings(understood("Contact", "Owner", sample=sample)) == ["email", "owner"]


@pytest.mark.parametrize(
    ("cells", "canonical"),
    [
        (["Subscribed", "Unsubscribed", None], "consent_status"),
        (["Désabonné", "Bounced", " "], "consent_status"),
        (["Active", "Inactive"], None),
        (["Subscribed", "Customer"], None),
        ([None, None], None),
    ],
)
def test_states_of_consent_are_understood_under_any_header(cells: list[str | None], canonical: str | None) -> None:
    sample = pl.DataFrame({"cell_1": pl.Series(cells, dtype=pl.String)})
    mapping = understood("Email", "Status", sample=sample)
    assert mapping.columns[1].canonical == canonical
    assert mapping.columns[1].by == ("values" if canonical else None)


def test_a_list_without_addresses_is_refused_with_its_headers_and_a_way_out() -> None:
    with pytest.raises(InputError) as raised:
        require_email(understood("Wer", "Was"), "leute.csv")
    assert raised.value.message.startswith("leute.csv: ")
    assert "'Wer', 'Was'" in raised.value.message
    assert "[columns]" in raised.value.hint


def test_a_raw_extraction_without_addresses_is_refused_by_its_name() -> None:
    mapping = understood("profileUrl", "fullName", "vmid", "query", "timestamp", "connectionDegree", "isOpenLink")
    assert mapping.source == "phantombuster_sales_navigator"
    with pytest.raises(InputError, match="PhantomBuster Sales Navigator"):
        require_email(mapping, "liste.csv")


def test_what_a_header_betrays_is_listed_strongest_first() -> None:
    mapping = understood("Email", "Personal Email", "scraped_at", "email_confidence")
    assert mapping.tells == (("T3", "scraped_at"), ("T2", "email_confidence"), ("T1", "Personal Email"))


def test_dates_of_day_first_languages_carry_their_order() -> None:
    assert understood("E-mail", "Date du consentement").columns[1].date_order == "dmy"
    assert understood("Email", "Consent Date").columns[1].date_order is None
    assert understood("Email", "Consent Date").columns[0].date_order is None


def test_the_language_of_a_header_is_that_of_most_of_its_words() -> None:
    assert understood("Vorname", "Nachname", "E-Mail", "Firma").language == "de"
    assert understood("Prénom", "Nom", "Company Name", "Fonction").language == "fr"
    assert understood("x", "y").language is None


def test_headers_that_tell_a_header_line_from_a_person() -> None:
    assert {"email", "prenom", "adresse de messagerie", "vmid", "correo electronico"} <= known_headers()
    assert "jean dupont" not in known_headers()


@given(
    header=st.lists(st.text(max_size=20), min_size=1, max_size=6),
    cells=st.lists(st.text(max_size=12), min_size=6, max_size=6),
)
@settings(max_examples=100)
def test_any_header_is_mapped_column_by_column(header: list[str], cells: list[str]) -> None:
    sample = pl.DataFrame({f"cell_{i}": [text] for i, text in enumerate(cells)})
    mapping = understood(*header, sample=sample)
    assert list(mapping.header) == header
    assert [use.index for use in mapping.columns] == list(range(len(header)))
    assert understood(*header, sample=sample) == mapping
