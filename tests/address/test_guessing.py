"""Guessed, misspelt and mismatched addresses: what the list as a whole adds to a row."""

import polars as pl
import pytest

from auditor.facts import guessing, name_match, profile, typos
from auditor.facts.identity import fold, letters
from tests.address import corpora

FIRST = ("Adele", "Basile", "Coline", "Dorian", "Elina", "Fabien", "Gisele", "Hector", "Isaure", "Jules")
LAST = ("Abrivel", "Bontens", "Corzac", "Duvernal", "Estoril", "Falguet", "Grandsire", "Holtrac", "Imbrac", "Jauvert")


def people(count: int, domain: str = "acme-demo.fr") -> pl.DataFrame:
    pairs = list(zip(FIRST, LAST, strict=True))[:count]
    rows = [
        {"first_name": f, "last_name": n, "email": f"{f}.{n}@{domain}".lower(), "company": "Acme"} for f, n in pairs
    ]
    return pl.DataFrame(rows)


def test_one_pattern_is_shown_with_its_count_only_when_there_is_enough() -> None:
    enough = corpora.judge(people(guessing.MIN_UNIFORM))
    few = corpora.judge(people(guessing.MIN_UNIFORM - 1))
    assert enough["pattern_n"].to_list() == [guessing.MIN_UNIFORM] * guessing.MIN_UNIFORM
    assert enough["pattern_share"].to_list() == [1.0] * guessing.MIN_UNIFORM
    assert few["pattern_n"].null_count() == guessing.MIN_UNIFORM - 1


def test_one_exception_lowers_the_share_of_the_domain() -> None:
    odd = pl.DataFrame([{"first_name": "Luc", "last_name": "Kermadec", "email": "luc@acme-demo.fr", "company": "Acme"}])
    judged = corpora.judge(pl.concat([people(10), odd]))
    assert judged["pattern_share"][0] == pytest.approx(10 / 11)
    assert judged["pattern_share"][10] is None


def test_a_mailbox_provider_has_no_pattern_of_its_own() -> None:
    assert corpora.judge(people(10, "orange.fr"))["pattern_n"].null_count() == 10


def test_surveys_give_the_same_table_in_any_grouping() -> None:
    cells = corpora.early(corpora.read("people").select("email", "first_name", "last_name", "company"))
    run = corpora.context()
    for survey in (*guessing.SURVEYS, *typos.SURVEYS):
        whole = survey.merge(survey.observe(cells, run))
        parts = [survey.observe(cells.slice(start, 41), run) for start in range(0, len(cells), 41)]
        left = survey.merge(pl.concat([survey.merge(pl.concat(parts[:3])), *parts[3:]]))
        assert whole.equals(left), survey.name


def test_namesakes_with_one_pattern_are_no_candidates() -> None:
    row = {"first_name": "Jean", "last_name": "Demo", "company": "Acme"}
    same = [{**row, "email": f"{local}@acme-demo.fr"} for local in ("jean.demo", "jean.demo2")]
    built = [{**row, "email": f"{local}@acme-demo.fr"} for local in ("jean.demo", "jdemo", "demo.jean")]
    assert corpora.judge(pl.DataFrame(same))["candidates"].to_list() == [None, None]
    assert corpora.judge(pl.DataFrame(built))["candidates"].to_list() == [3, 3, 3]


def test_a_frequent_domain_is_nobodys_slip() -> None:
    rare = pl.DataFrame({"email": ["a@gnail.com", "b@acme-demo.fr"]})
    often = pl.DataFrame({"email": [f"a{n}@gnail.com" for n in range(typos.FREQUENT)]})
    assert corpora.judge(rare)["typo_of"].to_list() == ["a@gmail.com", None]
    assert corpora.judge(often)["typo_of"].null_count() == typos.FREQUENT


def test_an_allowed_domain_is_nobodys_slip() -> None:
    allow = {"domain": "gnail.com", "reason": "nail studio", "expires": "2027-01-01"}
    judged = corpora.judge(pl.DataFrame({"email": ["a@gnail.com"]}), corpora.context(allow_domains=[allow]))
    assert judged["typo_of"].to_list() == [None]


def test_no_misspelt_name_is_a_reviewed_provider() -> None:
    from auditor.facts import mailboxes

    reviewed = mailboxes.table().filter("domain_reviewed", pl.col("domain_class") != "disposable")
    assert not typos.table()["domain"].is_in(reviewed["domain"].implode()).any()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Guessed", "guessed"),
        ("EXTRAPOLATED", "guessed"),
        ("catch_all@pro", "catch_all"),
        ("nominative@pro", None),
        ("Da verificare", "unverified"),
        ("riskier", "risky"),
        ("verified", None),
        ("97", None),
        ("", None),
    ],
)
def test_a_vendors_word_is_read_before_anything_is_inferred(value: str, code: str | None) -> None:
    assert guessing.claim(value) == code


@pytest.mark.parametrize(
    "name", ["Élodie", "Jürgen", "Ελένη", "Дмитрий", "Łukasz", "Straße", "D'Angelo-Ñuñez", "Øyvind", ""]
)
def test_folding_one_name_and_a_column_agree(name: str) -> None:
    assert letters(pl.Series([name]))[0] == (fold(name).replace(" ", "") or None)


@pytest.mark.parametrize(
    ("local", "first", "last", "expected"),
    [
        ("jm.legoffic", "Jean-Marc", "Le Goffic", "match"),
        ("bob.ashcombe", "Robert", "Ashcombe", None),
        ("camille.rosanval", "Camille", "Dumartel", None),
        ("luc.perrichon", "Marie", "Perrichon", "wrong_first"),
        ("olivier.bergonzat", "Camille", "Dumartel", "other"),
        ("lucky75", "Luc", "Perrichon", None),
    ],
)
def test_a_local_part_is_compared_with_the_name(local: str, first: str, last: str, expected: str | None) -> None:
    assert name_match.compare(local, first, last) == expected


@pytest.mark.parametrize(
    ("name", "fault", "trace"),
    [
        ("{{first_name}}", "merge_field", None),
        ("#N/A", "error_value", None),
        ("Mme", "civility", None),
        ("CAMILLE", "letter_case", None),
        ("cAMILLE", "letter_case", None),
        ("McKenna", None, None),
        ("Camille", None, None),
        ("🚀 Camille", None, "emoji"),
        ("Camille, MBA", None, "degree"),
        ("LinkedIn Member", None, "profile_text"),
        ("luc@acme-demo.fr", "not_a_name", None),
    ],
)
def test_a_given_name_shows_what_a_greeting_would(name: str, fault: str | None, trace: str | None) -> None:
    assert profile.judge(name, given=True) == (fault, trace)


def test_the_number_of_a_pattern_fits_the_free_bits_of_a_key() -> None:
    assert len(name_match.PATTERNS) <= 32


@pytest.mark.parametrize(
    ("local", "first", "last"),
    [
        ("maitre.roussel", "Henriette", "Roussel"),
        ("prof.dr.lenz", "Irmgard", "Lenz"),
        ("avv.parisi", "Livio", "Parisi"),
    ],
)
def test_a_title_is_nobodys_given_name(local: str, first: str, last: str) -> None:
    assert name_match.compare(local, first, last) == "match"


@pytest.mark.parametrize(
    ("row", "trace", "fault"),
    [
        ({"first_name": "LinkedIn", "last_name": "Member"}, "profile_text", None),
        ({"first_name": "Prénom", "last_name": "Nom"}, None, "merge_field"),
        ({"first_name": "Nan", "last_name": "Gosling"}, None, None),
        ({"first_name": "nan", "last_name": "Gosling"}, None, "error_value"),
        ({"first_name": "Ing. Karel", "last_name": "Demo"}, None, "civility"),
        ({"city": "Greater Lyon Area"}, "profile_region", None),
        ({"city": "Greater Manchester"}, None, None),
    ],
)
def test_what_a_profile_left_and_what_only_looks_so(row: dict[str, str], trace: str | None, fault: str | None) -> None:
    judged = corpora.judge(pl.DataFrame([{"email": "x@acme-demo.fr", **row}]))
    assert judged.select("profile_trace", "name_fault").row(0) == (trace, fault)
