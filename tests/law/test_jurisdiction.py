"""Where the person is: signals, evidence, confidence, conflicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.facts import _legal_forms, _places
from auditor.facts.jurisdiction import RESOLVED
from tests.law.house import context, through


def resolved(**row):
    return through([row], ["country"], context()).select(*RESOLVED).to_dicts()[0]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("France", "FR"),
        ("FRANCE ", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        ("Frankreich", "FR"),
        ("Francia", "FR"),
        ("Allemagne", "DE"),
        ("Deutschland", "DE"),
        ("Germania", "DE"),
        ("Alemania", "DE"),
        ("BRD", "DE"),
        ("UK", "GB"),
        ("Royaume-Uni", "GB"),
        ("Großbritannien", "GB"),
        ("Reino Unido", "GB"),
        ("Scotland", "GB"),
        ("Pays-Bas", "NL"),
        ("Holland", "NL"),
        ("Niederlande", "NL"),
        ("Paesi Bassi", "NL"),
        ("Países Bajos", "NL"),
        ("Suisse", "CH"),
        ("Schweiz", "CH"),
        ("Svizzera", "CH"),
        ("Česko", "CZ"),
        ("République tchèque", "CZ"),
        ("Grèce", "GR"),
        ("Ελλάδα", "GR"),
        ("EL", "GR"),
        ("Österreich", "AT"),
        ("Autriche", "AT"),
        ("Eire", "IE"),
        ("🇧🇪", "BE"),
        ("Lyon, Auvergne-Rhône-Alpes, France", "FR"),
        ("Germany - DE", "DE"),
        ("Greece (GR)", "GR"),
        ("Georgia, United States", "US"),
        ("les Pays-Bas", "NL"),
        ("La Réunion", "RE"),
        ("Deutschland / Germany", "DE"),
    ],
)
def test_a_country_cell_is_read_in_five_languages_and_codes(cell, code):
    assert _places.country(cell) == code


@pytest.mark.parametrize("cell", ["", "?", "n/a", "Europe", "FR;BE", "DACH", "Benelux", "monde", "12", "Paris"])
def test_what_names_no_single_country_is_unknown(cell):
    assert _places.country(cell) is None


def test_every_country_of_the_packs_is_known_by_its_own_names():
    from auditor import packs

    for code, pack in packs.load().items():
        if code != packs.STRICTEST:
            assert _places.country(pack.name.en) == code
            assert _places.country(pack.name.fr) == code
            assert _places.country(code) == code


@given(st.text(max_size=60))
def test_no_cell_breaks_the_reading_of_countries(cell):
    assert _places.country(cell) is None or len(_places.country(cell)) == 2
    assert _places.postcode(cell) is None or len(_places.postcode(cell)) == 2
    assert _places.town(cell) is None or len(_places.town(cell)) == 2


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("SW1A 1AA", "GB"),
        ("1012 AB", "NL"),
        ("1000-001", "PT"),
        ("00-950", "PL"),
        ("D02 X285", "IE"),
        ("LV-1010", "LV"),
        ("92400 CEDEX", "FR"),
        ("D-10115", "DE"),
        ("75008", None),
        ("10115", None),
        ("123 45", None),
        ("1000", None),
    ],
)
def test_only_unambiguous_postcodes_say_a_country(cell, code):
    assert _places.postcode(cell) == code


def test_signals_that_agree_are_all_named():
    found = resolved(country="France", phone_country="FR", domain="acme.fr")
    assert found["country_evidence"] == "column+phone+tld"
    assert (found["country_confidence"], found["country_conflict"], found["pack_code"]) == ("high", False, "FR")


@pytest.mark.parametrize(
    ("row", "code", "evidence", "confidence"),
    [
        ({"phone_country": "DE", "domain": "acme.com"}, "DE", "phone", "medium"),
        ({"domain": "acme.co.uk"}, "GB", "tld", "medium"),
        ({"postcode": "1012 AB"}, "NL", "postcode", "medium"),
        ({"city": "Wien"}, "AT", "city", "low"),
        ({"domain": "provider.example", "domain_country": "IT"}, "IT", "tld", "medium"),
    ],
)
def test_one_signal_is_enough_but_less_sure(row, code, evidence, confidence):
    found = resolved(**row)
    assert (found["country_code"], found["country_evidence"], found["country_confidence"]) == (
        code,
        evidence,
        confidence,
    )
    assert found["pack_code"] == code


@pytest.mark.parametrize(
    "domain", ["acme.io", "acme.ai", "acme.co", "acme.me", "acme.tv", "acme.li", "acme.eu", "acme.com"]
)
def test_vanity_endings_say_nothing(domain):
    found = resolved(domain=domain)
    assert (found["country_code"], found["country_issue"], found["pack_code"]) == (None, "unknown", "XX")


@pytest.mark.parametrize(
    "row",
    [
        {"country": "France", "domain": "acme.de"},
        {"country": "France", "phone_country": "BE"},
        {"phone_country": "BE", "domain": "acme.nl"},
        {"country": "France", "postcode": "SW1A 1AA"},
    ],
)
def test_signals_that_disagree_give_the_strictest_terms(row):
    found = resolved(**row)
    assert found["country_conflict"] is True
    assert (found["country_issue"], found["pack_code"]) == ("conflict", "XX")


def test_a_town_abroad_is_no_conflict():
    assert resolved(country="France", city="Berlin")["country_conflict"] is False


def test_overseas_departments_follow_the_law_of_france():
    found = resolved(country="La Réunion", domain="acme.fr")
    assert (found["country_code"], found["pack_code"], found["country_conflict"]) == ("RE", "FR", False)


def test_a_country_without_a_pack_is_named_and_treated_strictly():
    found = resolved(country="United States")
    assert (found["country_code"], found["country_issue"], found["pack_code"]) == ("US", "no_pack", "XX")


def test_a_cell_that_nobody_understands_is_not_taken_for_empty():
    assert resolved(country="Pays imaginaire")["country_issue"] == "not_understood"


@pytest.mark.parametrize(
    "form",
    [
        "EI",
        "micro-entrepreneur",
        "Auto-entrepreneur",
        "e.K.",
        "Einzelunternehmen",
        "e. K.",
        "sole trader",
        "Sole Trader",
        "ditta individuale",
        "autónomo",
        "JDG",
        "enskild firma",
        "enkeltmandsvirksomhed",
        "toiminimi",
        "OSVČ",
        "SZČO",
        "egyéni vállalkozó",
        "PFA",
        "eenmanszaak",
        "FIE",
        "obrt",
        "s.p.",
        "ЕТ",
        "Entreprise individuelle (EI)",
    ],
)
def test_legal_forms_of_natural_persons_are_known_in_all_languages(form):
    assert _legal_forms.is_sole_trader(form)


@pytest.mark.parametrize(
    "form", ["SAS", "SARL", "GmbH", "AG", "Ltd", "LLP", "SpA", "SL", "BV", "AB", "Oy", "s.r.o.", "EURL"]
)
def test_companies_are_no_sole_traders(form):
    assert not _legal_forms.is_sole_trader(form)


@pytest.mark.parametrize(
    ("company", "by"),
    [
        ("Muster e.K.", "company_name"),
        ("Bäckerei Fiktiv e.U.", "company_name"),
        ("Dupont (EI)", "company_name"),
        ("Eksempel Enskild Firma", "company_name"),
        ("Fiction SAS", None),
        ("Veika", None),
        ("Reine Ei", None),
    ],
)
def test_a_company_name_may_betray_a_sole_trader(company, by):
    assert through([{"company": company}], ["sole_trader"], context())["sole_trader_by"].to_list() == [by]


def test_a_stated_legal_form_outweighs_the_name():
    row = {"company": "Muster e.K.", "legal_form": "GmbH"}
    assert through([row], ["sole_trader"], context())["sole_trader_by"].to_list() == [None]
