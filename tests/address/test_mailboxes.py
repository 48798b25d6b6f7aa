"""What kind of mailboxes a domain offers, and who says so."""

from datetime import date

import polars as pl
import pytest

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
    kinds = "freemail isp relay disposable ambiguous shared-professional parked professional school"
    assert set(table["domain_class"]) == set(kinds.split())


def test_every_country_of_the_area_has_its_own_pack() -> None:
    wanted = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK RE GP NC"
    assert set(wanted.split()) <= set(mailboxes.table()["domain_country"].drop_nulls())
