"""The fast path of the address syntax against its judge."""

import random

import polars as pl
import pytest
from email_validator import EmailNotValidError, validate_email

from auditor.facts import syntax

N = 200_000
LOCAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~"
LABEL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-"
ODD = '\x00\x1f \u00a0\u200b\u212a\u017f\uff20\u0301éßжα,;:"<>()[]\\@..'
TLDS = [
    "fr",
    "COM",
    "co.uk",
    "x",
    "1c",
    "c1",
    "123",
    "test",
    "Local",
    "invalid",
    "onion",
    "arpa",
    "localhost",
    "example",
]
TLDS += ["xn--p1ai", "xn--zz", "рф", "museum", "a-b", "-a", "a-"]


def generated(seed: int, count: int) -> list[str]:
    """Plain, odd and damaged addresses around every limit the standard sets."""
    pick = random.Random(seed)
    found: set[str] = set()
    while len(found) < count:
        local = _local(pick)
        labels = [_label(pick) for _ in range(pick.choice((0, 1, 1, 1, 2, 3, 8)))]
        cell = f"{local}@{'.'.join([*labels, pick.choice(TLDS)])}"
        for _ in range(pick.choice((0, 0, 0, 1, 2))):
            place = pick.randrange(len(cell) + 1)
            cell = cell[:place] + pick.choice((pick.choice(ODD), "")) + cell[place + pick.randint(0, 1) :]
        if cell and cell == cell.strip():
            found.add(cell)
    return sorted(found)


def _local(pick: random.Random) -> str:
    kind = pick.random()
    if kind < 0.1:
        return pick.choice(("Info", "SALES", "info", "Webmaster", "www", "news", '"quoted"', "é", "a..b", ".a", "a."))
    size = pick.choice((1, 2, 5, 8, 12)) if kind < 0.9 else pick.choice((63, 64, 65, 180, 230, 240))
    return "".join(pick.choices(LOCAL, k=size))


def _label(pick: random.Random) -> str:
    kind = pick.random()
    if kind < 0.08:
        return pick.choice(
            ("xn--bcher-kva", "xn--", "ab--cd", "a--b", "bücher", "例え", "ß", "faß", "XN--BCHER-KVA", "i❤")
        )
    size = pick.choice((1, 3, 6, 10)) if kind < 0.93 else pick.choice((62, 63, 64))
    return "".join(pick.choices(LABEL, k=size))


def judged(cell: str) -> tuple[str | None, str | None]:
    try:
        answer = validate_email(cell, check_deliverability=False)
    except EmailNotValidError:
        return None, None
    return answer.normalized, answer.local_part


@pytest.mark.filterwarnings("ignore")
def test_the_fast_path_gives_the_validators_verdict_and_normal_form_on_200_000_addresses() -> None:
    cells = generated(20261123, N)
    got = syntax.decide(pl.Series("email", cells))
    expected = [judged(cell) for cell in cells]
    differ = [
        (cell, want, have)
        for cell, want, have in zip(cells, expected, got.select("address", "local").rows(), strict=True)
        if want != have
    ]
    accepted = sum(want[0] is not None for want in expected)
    assert differ == []
    assert 40_000 < accepted < 160_000


def test_most_plain_addresses_never_reach_the_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "validate", lambda cell: pytest.fail("asked"))
    got = syntax.decide(pl.Series(["jean.dupont@acme-demo.fr", "JEAN@Acme-Demo.FR", "bad", None, "a@b@c.fr"]))
    assert got["address"].to_list() == ["jean.dupont@acme-demo.fr", "JEAN@acme-demo.fr", None, None, None]


def test_an_international_domain_is_asked_once_for_all_its_mailboxes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = syntax.validate
    monkeypatch.setattr(syntax, "validate", lambda cell: (asked.append(cell), answer(cell))[1])
    got = syntax.decide(pl.Series([f"n{i}@bücher-demo.de" for i in range(50)]))
    assert asked == ["a@bücher-demo.de"]
    assert got["domain"].unique().to_list() == ["xn--bcher-demo-9db.de"]
    assert got["address"][7] == "n7@bücher-demo.de"


def test_a_domain_is_kept_as_a_label_in_lower_case() -> None:
    got = syntax.decide(pl.Series(["x@XN--BCHER-KVA.example"]))
    assert got["domain"].to_list() == ["xn--bcher-kva.example"]
    assert got["address"].to_list() == ["x@bücher.example"]


def test_an_empty_column_keeps_its_shape() -> None:
    got = syntax.decide(pl.Series("email", [], dtype=pl.String))
    assert got.schema == pl.Schema(syntax.SCHEMA)
    assert syntax.decide(pl.Series("email", [None, None], dtype=pl.String)).height == 2


def test_hyphens_are_reserved_in_labels_of_the_domain_only() -> None:
    got = syntax.decide(pl.Series(["a.bc--d@acme-demo.fr", "a@bc--d.acme-demo.fr", "xn--a@acme-demo.fr"]))
    assert got["address"].to_list() == ["a.bc--d@acme-demo.fr", None, "xn--a@acme-demo.fr"]
