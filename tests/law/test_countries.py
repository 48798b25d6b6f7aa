"""The table of 32 countries, written down by hand from the law, against what the packs and rules do."""

from datetime import date

import pytest

from auditor import country_pages, packs
from auditor.model import Confidence, Regime
from tests.law.house import context, through, verdicts

# country: named, generic, sole trader without any basis (- nothing, v review, x removal), customer exception,
# and the law that must be cited
TABLE = """
FR  -  -  v  yes  FR CPCE L.34-5
DE  x  x  x  yes  DE UWG 7
AT  x  x  x  yes  AT TKG 174
CH  x  v  x  yes  CH UWG 3(1)(o)
GB  -  -  x  yes  UK PECR 22
IE  -  -  v  yes  IE SI 336/2011
BE  x  -  x  yes  BE CDE XII.13
NL  x  v  x  yes  NL Tw 11.7
LU  v  v  v  yes  LU law 2000-08-14
IT  x  x  x  yes  IT Codice 130
ES  x  x  x  yes  ES LSSI 21
PT  v  -  v  yes  PT Lei 41/2004
DK  x  x  x  yes  DK MFL 10
SE  -  -  x  yes  SE MFL 19
FI  -  -  v  yes  FI 917/2014
NO  v  -  v  yes  NO MFL 15
IS  v  v  v  yes  IS 70/2022
LI  v  v  v  yes  LI KomG
PL  x  v  x  no   PL PKE 398
CZ  x  x  x  yes  CZ 480/2004
SK  v  -  v  yes  SK 452/2021
HU  x  -  x  no   HU Grt. 6
RO  x  v  x  yes  RO 506/2004
BG  v  -  v  yes  BG ZET 6
GR  x  v  x  yes  GR 3471/2006
CY  v  v  v  yes  CY 112(I)/2004
MT  v  -  v  yes  MT S.L. 586.01
HR  v  -  v  yes  HR ZEK 50
SI  v  v  v  yes  SI ZEKom-2 226
EE  v  -  v  yes  EE ESS 103-1
LV  v  -  v  yes  LV ISPL 9
LT  x  x  x  yes  LT ERĮ 81
"""
ROWS = [line.split(maxsplit=5) for line in TABLE.strip().splitlines()]
MARKS = {"-": "clean", "v": "review", "x": "remove"}
ORDER = ("clean", "note", "review", "remove")
BASES = {
    "none": {},
    "consent": {"provenance_level": "V4", "consent_state": "confirmed", "legal_basis_class": "consent"},
    "interest": {"legal_basis_class": "legitimate_interest"},
    "customer": {"legal_basis_class": "customer", "last_purchase_on": date(2026, 8, 20)},
}
KINDS = {
    "named": {"address_class": "nominative@professional", "domain_class": "professional", "address_kind": "nominative"},
    "generic": {"address_class": "generic@professional", "domain_class": "professional", "address_kind": "generic"},
    "personal": {
        "address_class": "nominative@personal",
        "domain_class": "freemail",
        "address_kind": "nominative",
        "domain_reviewed": True,
    },
    "sole_trader": {
        "address_class": "nominative@professional",
        "domain_class": "professional",
        "address_kind": "nominative",
        "legal_form": "sole trader",
    },
}
RULES = (
    "personal_mailbox",
    "named_address_needs_consent",
    "generic_address_needs_consent",
    "sole_trader_as_company",
    "role_unrelated_or_unknown",
    "publication_not_shown",
)
FACTS = ("sole_trader", "country", "terms", "permission", "recipient")


def worst(found: dict[str, str]) -> str:
    return max(found.values(), key=ORDER.index, default="clean")


def expected(country: list[str], kind: str, basis: str) -> str:
    _, named, generic, sole_trader, exception, _ = country
    if basis == "consent" or (basis == "customer" and exception == "yes"):
        return "clean"
    marks = {"named": named, "generic": generic, "personal": "x", "sole_trader": sole_trader}
    return MARKS[marks[kind]]


def test_the_table_covers_every_pack_once():
    codes = [row[0] for row in ROWS]
    assert len(codes) == len(set(codes)) == 32
    assert set(packs.load()) == {*codes, packs.STRICTEST}


@pytest.mark.parametrize("country", ROWS, ids=[row[0] for row in ROWS])
def test_kind_of_address_and_basis_give_the_verdict_of_the_table(country):
    where = context()
    cases = [(kind, basis) for kind in KINDS for basis in BASES]
    rows = [{"country": country[0], "job_title": "Purchasing", **KINDS[k], **BASES[b]} for k, b in cases]
    found = verdicts(through(rows, FACTS, where), RULES, where)
    assert {case: worst(row) for case, row in zip(cases, found, strict=True)} == {
        (kind, basis): expected(country, kind, basis) for kind, basis in cases
    }


@pytest.mark.parametrize("country", ROWS, ids=[row[0] for row in ROWS])
def test_the_finding_cites_the_law_of_the_country(country):
    terms = packs.terms_on(packs.load()[country[0]], date(2026, 11, 2))
    for rule in RULES[:-2]:
        assert country[5] in [ref.key for ref in packs.citations(terms, rule)]


def test_an_unknown_country_takes_the_strictest_terms_and_stays_for_review():
    where = context()
    rows = [{"job_title": "CTO", **KINDS[kind]} for kind in ("named", "generic", "sole_trader")]
    table = through(rows, FACTS, where)
    assert table["regime"].to_list() == ["in"] * 3
    assert table["regime_grounds"].to_list() == ["country_unknown"] * 3
    assert [worst(found) for found in verdicts(table, RULES, where)] == ["review"] * 3


def test_an_unclear_cell_acts_strictly_and_says_unclear():
    where = context()
    table = through([{"country": "Norway", **KINDS["named"]}], FACTS, where)
    assert table.select("regime", "regime_grounds").row(0) == ("unclear", "unclear")
    assert verdicts(table, RULES, where) == [{"named_address_needs_consent": "review"}]


def test_the_customer_exception_ends_after_a_year_in_ireland():
    where = context()
    sold = {"country": "IE", **KINDS["personal"], "legal_basis_class": "customer"}
    rows = [{**sold, "last_purchase_on": day} for day in (date(2025, 11, 2), date(2025, 11, 1), date(2027, 1, 1))]
    assert through(rows, FACTS, where)["permission"].to_list() == ["customer", None, None]


def test_a_bought_customer_is_nobody_s_customer():
    where = context()
    row = {"country": "FR", **KINDS["personal"], **BASES["customer"], "seller": "Fichiers Fictifs"}
    assert through([row], FACTS, where)["permission"].to_list() == [None]


def test_consent_below_level_four_opens_nothing():
    where = context()
    shown = (("V3", "confirmed"), ("V4", "asserted"), ("V5", "refused"), (None, "given"))
    rows = [{"country": "DE", **KINDS["named"], "provenance_level": lv, "consent_state": state} for lv, state in shown]
    assert through(rows, FACTS, where)["permission"].to_list() == [None] * 4


@pytest.mark.parametrize(
    ("code", "day", "generic"),
    [
        ("PL", date(2024, 11, 9), Regime.UNCLEAR),
        ("PL", date(2024, 11, 10), Regime.IN),
        ("PL", date(1990, 1, 1), "unclear"),
    ],
)
def test_poland_before_and_after_its_new_act(code, day, generic):
    assert packs.terms_on(packs.load()[code], day).generic == generic
    table = through([{"country": "Polska", **KINDS["generic"]}], FACTS, context(today=day))
    assert table["regime"][0] == generic


def test_calls_to_french_consumers_need_consent_from_11_august_2026():
    pack = packs.load()["FR"]
    assert packs.terms_on(pack, date(2026, 8, 10)).consumer_calls is Regime.OUT
    assert packs.terms_on(pack, date(2026, 8, 11)).consumer_calls is Regime.IN


def test_every_pack_says_when_it_was_checked_and_how_sure_it_is():
    for pack in packs.load().values():
        assert pack.last_checked == date(2026, 11, 1)
        assert pack.sources
        for terms in pack.terms:
            assert set(terms.confidence) == set(packs.KINDS)
            assert terms.note.en and terms.note.fr and terms.note.en != terms.note.fr


def test_no_pack_removes_a_row_on_a_cell_of_low_confidence():
    weighed = {"named_address_needs_consent": "named", "generic_address_needs_consent": "generic"}
    for pack in packs.load().values():
        for terms in pack.terms:
            raised = [weighed[rule] for rule in terms.severities if rule in weighed]
            assert all(terms.confidence[kind] is not Confidence.LOW for kind in raised), pack.code


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_pack_prints_every_cell_and_source(lang):
    for code, pack in packs.load().items():
        text = country_pages.describe(pack, date(2026, 11, 2), lang)
        for ref in packs.terms_on(pack, date(2026, 11, 2)).refs["email"]:
            assert ref.key in text and ref.where in text
        assert all(country_pages.KINDS[kind].in_(lang) in text for kind in packs.KINDS)
        assert f"({code})" in text
