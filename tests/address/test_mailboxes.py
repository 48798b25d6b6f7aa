"""What kind of mailboxes a domain offers, and who says so."""

from datetime import date
from importlib.resources import files

import polars as pl
import pytest
from publicsuffixlist import PublicSuffixList

from auditor.facts import mailboxes
from auditor.settings import Settings

TODAY = date(2026, 11, 23)


def described(*domains: str, **settings: object) -> dict[str, dict[str, object]]:
    table = mailboxes.describe(pl.Series(domains), Settings.model_validate(settings), TODAY)
    return {row["domain"]: row for row in table.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("gmail.com", "freemail"),
        ("wanadoo.fr", "isp"),
        ("caramail.com", "freemail"),
        ("bt.com", "ambiguous"),
        ("duck.com", "relay"),
        ("alias.anonaddy.com", "relay"),
        ("yopmail.com", "disposable"),
        ("deep.yopmail.com", "disposable"),
        ("etude-demo.notaires.fr", "shared-professional"),
        ("pec.it", "shared-professional"),
        ("etu.demo-univ.fr", "school"),
        ("alumni.demo-univ.edu", "school"),
        ("student-housing-demo.com", "professional"),
        ("student.co.uk", "professional"),
        ("staff.orange.fr", "ambiguous"),
        ("bodis.com", "parked"),
        ("google.com", "professional"),
        ("acme-demo.fr", "professional"),
    ],
)
def test_a_domain_has_a_class(domain: str, kind: str) -> None:
    assert described(domain)[domain]["domain_class"] == kind


def test_a_hit_names_its_list_and_version() -> None:
    found = described("orange.fr", "mailinator.com", "0-mail.com", "acme-demo.fr")
    assert found["orange.fr"]["domain_list"] == f"curated {mailboxes.version_line()}"
    assert found["orange.fr"]["domain_country"] == "FR"
    assert found["acme-demo.fr"]["domain_list"] is None


def test_a_name_on_public_lists_only_is_not_reviewed() -> None:
    table = mailboxes.table().filter(~pl.col("domain_reviewed"))
    assert len(table) > 1000
    assert table["domain_list"].str.contains("; ").all(), "one list alone is not enough"
    assert set(table["domain_class"]) == {"freemail"}


def test_a_dead_brand_says_so() -> None:
    assert described("ifrance.com")["ifrance.com"]["domain_note"] == "dead brand"


def test_the_users_word_wins_until_it_expires() -> None:
    allow = {"domain": "orange.fr", "reason": "our own staff", "expires": date(2027, 1, 1)}
    deny = {"domain": "acme-demo.fr", "reason": "left us", "expires": date(2027, 1, 1)}
    found = described("orange.fr", "x.acme-demo.fr", allow_domains=[allow], deny_domains=[deny])
    assert found["orange.fr"]["domain_class"] == "professional"
    assert found["orange.fr"]["domain_list"] == "settings, until 2027-01-01"
    assert found["x.acme-demo.fr"]["domain_choice"] == "denied"
    over = {**allow, "expires": date(2026, 11, 22)}
    assert described("orange.fr", allow_domains=[over])["orange.fr"]["domain_class"] == "isp"


@pytest.mark.parametrize("missing", ["reason", "expires"])
def test_an_own_word_without_reason_or_end_is_refused(missing: str) -> None:
    whole = {"domain": "orange.fr", "reason": "why", "expires": date(2027, 1, 1)}
    with pytest.raises(ValueError, match=missing):
        Settings.model_validate({"allow_domains": [{k: v for k, v in whole.items() if k != missing}]})


ENDINGS = (
    "fr com.fr asso.fr co.uk uk ck kawasaki.jp jp city.kawasaki.jp notaires.fr avocat.fr museum xn--p1ai "
    "unknownending blogspot.com github.io bd com.bd no gs.oslo.no gouv.fr com.pl ltd.uk or.at info online paris"
)


def test_the_registrable_domain_is_the_public_suffix_lists() -> None:
    judge = PublicSuffixList(accept_unknown=False)
    listed = (files("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8").splitlines()
    rules = [line.split()[0].lstrip("!*.") for line in listed if line.strip() and not line.startswith("//")]
    assert len(rules) > 9000
    endings = {*ENDINGS.split(), *rules, *(rule.encode("idna").decode() for rule in rules if not rule.isascii())}
    for domain in [
        *endings,
        *(f"{name}.{e}" for name in ("acme-demo", "acme-demo.sub", "x", "", "a.", ".a", "a..b") for e in endings),
    ]:
        expected = judge.privatesuffix(domain) or (domain if judge.publicsuffix(domain) == domain else None)
        assert mailboxes.registrable(domain) == (expected if "." in domain else None)


@pytest.mark.parametrize("denied", [(), ("acme-demo.co.uk", "x.paris")])
def test_a_plain_name_taken_aside_is_judged_as_when_it_is_looked_up(denied: tuple[str, ...]) -> None:
    listed = mailboxes.table()["domain"].to_list()[::97]
    names = [
        f"{name}.{e}" for name in ("acme-demo", "etu.acme-demo", "x", "gmail", "mail.orange") for e in ENDINGS.split()
    ]
    cells = pl.Series([*names, *listed, *(f"sub.{name}" for name in listed), None, *names], dtype=pl.String)
    left = {"reason": "left us", "expires": date(2027, 1, 1), "class": "isp"}
    chosen = Settings.model_validate({"deny_domains": [{**left, "domain": domain} for domain in denied]})
    looked_up = cells.to_frame("domain").join(
        mailboxes.describe(cells, chosen, TODAY), on="domain", how="left", maintain_order="left"
    )
    assert mailboxes.classify(cells, chosen, TODAY).equals(looked_up.drop("domain"))


def test_the_compiled_table_keeps_its_size_and_shape() -> None:
    table = mailboxes.table()
    assert 12_000 < len(table) < 20_000
    assert table["domain"].is_unique().all()
    assert table["domain"].str.contains(r"^[a-z0-9.-]+$").all()
    kinds = "freemail isp relay disposable ambiguous shared-professional parked professional school"
    assert set(table["domain_class"]) == set(kinds.split())


def test_every_country_of_the_area_has_its_own_pack() -> None:
    wanted = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK RE GP NC"
    assert set(wanted.split()) <= set(mailboxes.table()["domain_country"].drop_nulls())


def test_the_compiled_table_holds_the_curated_packs_and_the_pinned_inputs() -> None:
    import tomllib

    from auditor.facts import word_lists
    from tools import build_data

    table = {row[0]: row[1:3] for row in word_lists.rows("domains.tsv")}
    curated = {domain: [kind, country] for domain, kind, country, _ in build_data.curated()}
    sources = tomllib.loads((build_data.HERE / "SOURCES.toml").read_text("utf-8"))
    head = word_lists.head("domains.tsv")
    assert len(curated) > 1500
    assert {domain: table.get(domain) for domain in curated} == curated, "run tools/build_data.py"
    assert sources["version"] == mailboxes.version_line()
    assert [value.rpartition(":")[2] for key, value in head if key == "input"] == [e["sha256"] for e in sources["list"]]
