"""What changed since the last audit, by person: moved rows, fixed rows, people who come back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.commands.diff import COMMAND
from auditor.report_model import Drift, Report
from tests.report.test_decisions import HEADER, check, person

OPT = HEADER + ",Opt out"


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    return tmp_path / "leads.csv"


def put(path: Path, *rows: str, header: str = HEADER) -> None:
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")


def drift(model: Report) -> Drift:
    assert model.drift is not None
    return model.drift


def folder(tmp_path: Path, name: str) -> Path:
    return tmp_path / name / "leads.audit"


def test_rows_that_only_moved_are_persisting(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1), person(2), person(3))
    check(leads, out=tmp_path / "a")
    put(leads, person(3), person(1), person(2))
    _, model = check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a") / "report.json")
    found = drift(model)
    assert found.comparable
    assert (found.new, found.fixed, found.reappeared, found.rows_new, found.rows_gone) == (0, 0, 0, 0, 0)
    assert found.persisting > 0


def test_new_fixed_and_gone_are_told_apart(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1), person(2))
    check(leads, out=tmp_path / "a")
    put(leads, person(2), person(3))
    _, model = check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a"))
    found = drift(model)
    vague = next(line for line in found.rules if line.rule == "source_too_vague")
    assert (vague.new, vague.fixed, vague.persisting, vague.reappeared) == (1, 1, 1, 0)
    assert (found.rows_new, found.rows_gone) == (1, 1)


def test_a_finding_that_was_gone_for_one_audit_is_reappeared(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1), person(2))
    check(leads, out=tmp_path / "a")
    put(leads, person(2))
    check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a"))
    put(leads, person(1), person(2))
    _, model = check(leads, out=tmp_path / "c", baseline=folder(tmp_path, "b"))
    found = drift(model)
    assert found.new == 0
    assert found.reappeared > 0
    assert [point.counts.read for point in found.trend] == [2, 1, 2]


def test_a_person_who_objected_and_comes_back_without_the_flag_is_removed(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1) + ",yes", person(2) + ",", header=OPT)
    check(leads, out=tmp_path / "a")
    put(leads, person(1) + ",", person(2) + ",", header=OPT)
    audit, model = check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a"))
    assert audit.counts.removed == 1
    assert model.risks[0].rule == "objected_in_another_list"
    page = (folder(tmp_path, "b") / "report.html").read_text("utf-8")
    assert "Said no on another list" in page


def test_a_person_who_objected_left_and_comes_back_much_later_is_removed(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1) + ",yes", person(2) + ",", header=OPT)
    check(leads, out=tmp_path / "a")
    put(leads, person(2) + ",", header=OPT)
    check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a"))
    check(leads, out=tmp_path / "c", baseline=folder(tmp_path, "b"))
    put(leads, person(1) + ",", person(2) + ",", header=OPT)
    audit, model = check(leads, out=tmp_path / "d", baseline=folder(tmp_path, "c"))
    assert audit.counts.removed == 1
    assert model.risks[0].rule == "objected_in_another_list"


def test_no_report_and_no_memory_holds_an_address_or_a_fingerprint_of_it(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1) + ",yes", person(2) + ",", header=OPT)
    check(leads, out=tmp_path / "a")
    put(leads, person(2) + ",", header=OPT)
    check(leads, out=tmp_path / "b", baseline=folder(tmp_path, "a"))
    memory = (folder(tmp_path, "b") / "history.csv").read_text("utf-8")
    assert "p1.fictive" not in memory
    assert "said_no" in memory
    shared = (folder(tmp_path, "b") / "report.json").read_text("utf-8")
    assert "p2.fictive" not in shared
    assert not any(line.split(",")[0] in shared for line in memory.splitlines()[2:])


def test_a_report_without_its_lists_is_compared_by_totals(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1), person(2))
    check(leads, out=tmp_path / "a")
    alone = tmp_path / "kept.json"
    alone.write_bytes((folder(tmp_path, "a") / "report.json").read_bytes())
    _, model = check(leads, out=tmp_path / "b", baseline=alone)
    assert not drift(model).comparable
    assert drift(model).baseline.counts.read == 2


def test_diff_prints_the_moves_and_json_is_the_model(leads: Path, tmp_path: Path) -> None:
    put(leads, person(1), person(2))
    check(leads, out=tmp_path / "a")
    put(leads, person(2), person(3))
    check(leads, out=tmp_path / "b")
    places = [str(folder(tmp_path, "a")), str(folder(tmp_path, "b") / "report.json")]
    told = CliRunner().invoke(COMMAND, places)
    assert told.exit_code == 0
    line = next(line for line in told.stdout.splitlines() if line.startswith("source_too_vague"))
    assert line.split() == ["source_too_vague", "1", "1", "1", "0"]
    shaped = CliRunner().invoke(COMMAND, [*places, "--format", "json"])
    assert Drift.model_validate_json(shaped.stdout).new == json.loads(shaped.stdout)["new"]


@pytest.mark.parametrize("content", [None, "{}", "nonsense"])
def test_what_is_no_report_is_refused_in_one_line(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "x.json"
    if content is not None:
        path.write_text(content, "utf-8")
    caught = CliRunner().invoke(COMMAND, [str(path), str(path)])
    assert type(caught.exception).__name__ == "UsageError"
