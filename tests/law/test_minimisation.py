"""Columns that do not belong on a prospect list, by header and by values."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.evaluate import rules
from auditor.facts import minimisation
from auditor.facts.minimisation import card, concern, iban, nir
from tests.law.house import context

HEADERS = {
    "birth": "Date of birth|Birthdate|DOB|Date de naissance|Né le|Geburtsdatum|Fecha de nacimiento|Data di nascita",
    "home": "Home address|Adresse personnelle|Adresse privée|Privatadresse|Domicilio particular|Indirizzo di casa",
    "family": "Marital status|Nb enfants|Situation familiale|Familienstand|Estado civil|Stato civile|Spouse|Hijos",
    "health": "Health status|État de santé|Krankheit|Discapacidad|Gruppo sanguigno|Régime alimentaire|Disability",
    "religion": "Religion|Konfession|Confession|Religione|Creencias",
    "politics": "Political opinion|Opinion politique|Parteimitgliedschaft|Partido político|Partito politico",
    "union": "Union membership|Appartenance syndicale|Gewerkschaftsmitglied|Afiliación sindical|Iscrizione sindacale",
    "ethnicity": "Ethnicity|Origine ethnique|Hautfarbe|Etnia|Razza|ethnic_group",
    "sexual": "Sexual orientation|Orientation sexuelle|Orientación sexual|Orientamento sessuale|sexualOrientation",
    "identity": "Passport number|Numéro de sécurité sociale|Personalausweis|DNI|Codice fiscale|SSN|carte d'identité",
    "bank": "IBAN|Bank account|RIB|Kontonummer|Cuenta bancaria|Carta di credito|creditCardNumber",
    "photo": "Photo|Profile picture|Photo de profil|Profilbild|Foto de perfil|Foto profilo|avatar_url|photoUrl",
    "salary": "Salary|Salaire|Gehalt|Sueldo|Stipendio",
    "secret": "Password|Mot de passe|Passwort|Contraseña",
    "private_phone": "Home phone|Portable personnel|Handy privat|Teléfono particular|Telefono di casa|Tél. perso",
    "private_mail": "Personal email|E-mail personnel|Private E-Mail|Correo personal|Email personale",
}
INNOCENT = (
    "Email|Nom|Prénom|Company|Company address|Job title|Country|City|Source|Created date|Health score|Company age "
    "(days)|"
    "Photo page|Partner type|Branche|Lead status|Industry|Secteur|Raison sociale|Account number of company|Stage|Notes|"
    "Ansprechpartner|Téléphone|Mobile|Consent date|Union Bank reference of account|Image alt|Time zone|Date de création"
)


@pytest.mark.parametrize(("code", "header"), [(c, h) for c, words in HEADERS.items() for h in words.split("|")])
def test_a_private_column_is_known_by_its_header_in_five_languages(code, header):
    assert concern(header, None, None) == code


@pytest.mark.parametrize("header", INNOCENT.split("|"))
def test_an_ordinary_column_is_left_alone(header):
    assert concern(header, None, None) is None


@pytest.mark.parametrize(
    ("header", "canonical", "label", "code"),
    [
        ("Geb.", "birth_date", None, "birth"),
        ("Bild-Link", "photo_url", None, "photo"),
        ("Tel 2", "phone", "home", "private_phone"),
        ("Mobil", "mobile", "work", None),
        ("Origine", "source", None, None),
        ("Religion", "source", None, None),
    ],
)
def test_what_a_column_is_mapped_to_counts_first(header, canonical, label, code):
    assert concern(header, canonical, label) == code


def column_facts(headers, cells, **values):
    where = context(headers=headers, **values)
    table = pl.DataFrame({f"cell_{i}": column for i, column in enumerate(cells)})
    table = table.with_columns(audit_row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32))
    survey = minimisation.SURVEYS[0]
    merged = survey.merge(survey.observe(table, where))
    from dataclasses import replace

    frame = pl.DataFrame(
        {
            "index": range(len(headers)),
            "header": headers,
            "canonical": [None] * len(headers),
            "filled": [len(c) for c in cells],
        },
        schema_overrides={"index": pl.UInt32, "canonical": pl.String},
    )
    where = replace(where, surveys={survey.name: merged})
    return frame.hstack(minimisation.FACTS[0].apply(frame, where))


IBANS = [
    "FR14 2004 1010 0505 0001 3M02 606",
    "DE89370400440532013000",
    "GB29 NWBK 6016 1331 9268 19",
    "ES9121000418450200051332",
]
NIRS = ["2 55 08 14 168 025 38", "180126955222380", "1 84 12 76 451 089 46"]
CARDS = ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"]


@pytest.mark.parametrize("text", IBANS)
def test_check_digits_of_bank_accounts(text):
    assert iban(text) and not iban(text[:-1] + ("0" if text[-1] != "0" else "1"))


@pytest.mark.parametrize("text", CARDS)
def test_check_digits_of_cards(text):
    assert card(text) and not card(text[:-1] + str((int(text[-1]) + 1) % 10))


def test_check_digits_of_social_security_numbers():
    assert nir("2 55 08 14 168 025 38") and nir("1 84 12 2A 451 089 05") == (97 - int("1841219451089") % 97 == 5)
    assert not nir("2 55 08 14 168 025 39") and not nir("2550814168025")


@given(st.text(max_size=40))
def test_no_text_breaks_the_check_digits(text):
    assert {type(check(text)) for check in (iban, nir, card)} == {bool}


def test_a_column_is_known_by_its_values_whatever_its_header():
    found = column_facts(["A", "B", "C"], [IBANS, [*CARDS, "x"], ["0612345678", "12", "2026-01-01", None]])
    assert found["column_concern"].to_list() == ["bank", "bank", None]
    assert found["column_evidence"].to_list() == ["values", "values", None]


def test_ordinary_numbers_are_no_cards():
    phones = [f"+33 6 12 34 56 {i:02d}" for i in range(100)]
    sirets = [f"{73282932000000 + i}" for i in range(100)]
    stamps = [f"2026-03-{i % 28 + 1:02d} 10:00:00" for i in range(100)]
    assert column_facts(["a", "b", "c"], [phones, sirets, stamps])["column_concern"].to_list() == [None] * 3


def test_a_column_that_is_left_out_of_the_clean_file_holds_nobody():
    kept = column_facts(["Religion"], [["x"]])
    dropped = column_facts(["Religion"], [["x"]], drop_columns=["Religion"])
    rule = next(rule for rule in rules() if rule.name == "special_category_column")
    assert kept.select(rule.when.alias("hit"))["hit"].to_list() == [True]
    assert dropped.select(rule.when.alias("hit"))["hit"].to_list() == [False]


def test_data_for_a_channel_that_is_not_used_is_told_once_the_channels_are_declared():
    where = context(offer={"channels": ["email"]})
    assert minimisation._unused("phone", where.settings)
    assert not minimisation._unused("phone", context().settings)
    assert not minimisation._unused("phone", context(offer={"channels": ["email", "phone"]}).settings)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Mobile perso", "private_phone"), ("Handy (privat)", "private_phone"), ("Tel. privé", "private_phone"),
        ("Cellulare personale", "private_phone"), ("E-mail perso", "private_mail"), ("Private Anschrift", "home"),
        ("Indirizzo privato", "home"), ("Casier judiciaire", "criminal"), ("Vorstrafen", "criminal"),
        ("Antecedentes penales", "criminal"), ("Numéro de sécu", "identity"), ("Glaubensrichtung", "religion"),
        ("Téléphone portable", None), ("Personalabteilung Telefon", None), ("Private company phone", None),
        ("Personnel RH", None), ("Home page", None), ("Casier de livraison", None),
    ],
)  # fmt: skip
def test_private_channels_and_offences_are_told_by_their_headers(header, code):
    assert minimisation.concern(header, None, None) == code
    if code == "private_phone":
        assert minimisation.concern(header, "mobile", None) == code


def test_the_column_left_out_is_the_one_the_clean_list_leaves_out():
    where = context(drop_columns=[" IBAN "]).settings
    assert [where.leaves_out(name) for name in ("iban", "IBAN ", "IBAN 2")] == [True, True, False]


def test_a_slip_of_the_pen_in_a_column_to_leave_out_is_refused(tmp_path):
    from auditor.errors import UsageError
    from auditor.intake import sources

    frame = pl.DataFrame({"c0": ["a@x.example"], "c1": ["x"]})
    for name, wrong in (("Krankenkase", True), ("Krankenkasse", False), ("Photo", False)):
        settings = context(drop_columns=[name]).settings
        mapping = sources.recognise(["Email", "Krankenkasse"], frame, "list.csv", settings)
        if wrong:
            with pytest.raises(UsageError, match="drop_columns"):
                sources.require_dropped(mapping, "list.csv", settings)
        else:
            sources.require_dropped(mapping, "list.csv", settings)
