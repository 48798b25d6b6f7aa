"""Several lists in one run: one page, one object, and a refusal on one list holds on all."""

import json
from pathlib import Path

import pytest

from auditor import cli
from auditor.overview import Overview
from tests.report.test_decisions import HEADER, person

OPT = HEADER + ",Opt out"


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    first, second, third = (tmp_path / f"{name}.csv" for name in ("one", "two", "three"))
    first.write_text(f"{OPT}\n{person(1)},yes\n{person(2)},\n", "utf-8")
    second.write_text(f"{HEADER}\n{person(1).upper()}\n{person(3)}\n", "utf-8")
    third.write_text(f"{HEADER}\n{person(4)}\n", "utf-8")
    return [first, second, third]


def run(lists: list[Path], out: Path, *more: str) -> int:
    paths = [str(path) for path in lists]
    return cli.run(["check", *paths, "--out", str(out), "--as-of", "2026-11-23", "--no-progress", *more])


def test_who_said_no_on_one_list_is_removed_from_the_others(lists: list[Path], tmp_path: Path) -> None:
    assert run(lists, tmp_path / "out") == 0
    removed = (tmp_path / "out" / "two.audit" / "two.removed.csv").read_text("utf-8")
    assert "P1.FICTIVE@" in removed
    assert "objected_in_another_list" in removed
    assert "objected_in_another_list" not in (tmp_path / "out" / "three.audit" / "three.removed.csv").read_text("utf-8")


def test_the_overview_adds_up_and_names_every_list(lists: list[Path], tmp_path: Path) -> None:
    run(lists, tmp_path / "out")
    made = Overview.model_validate_json((tmp_path / "out" / "overview.json").read_bytes())
    assert [line.name for line in made.lists] == ["one.csv", "two.csv", "three.csv"]
    assert made.counts.read == 5 == sum(line.counts.read for line in made.lists)
    assert (made.shared_people, made.agreed) == (1, 1)
    page = (tmp_path / "out" / "overview.html").read_text("utf-8")
    assert 'href="two.audit/report.html"' in page
    assert "fictive@" not in page.lower()


def test_the_verdicts_do_not_depend_on_the_order_of_the_lists(lists: list[Path], tmp_path: Path) -> None:
    run(lists, tmp_path / "a")
    run(lists[::-1], tmp_path / "b")
    for name in ("one", "two", "three"):
        one, other = (tmp_path / side / f"{name}.audit" / f"{name}.removed.csv" for side in ("a", "b"))
        assert one.read_bytes() == other.read_bytes()


def test_one_list_makes_no_overview(lists: list[Path], tmp_path: Path) -> None:
    run(lists[:1], tmp_path / "out")
    assert not (tmp_path / "out" / "overview.html").exists()


def test_a_list_repeated_for_its_neighbours_still_verifies(
    lists: list[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(lists, tmp_path / "out", "--format", "json")
    assert json.loads(capfd.readouterr().out)
    assert cli.run(["verify", str(tmp_path / "out" / "two.audit"), "--list", str(lists[1])]) == 0
