"""`auditor sources`: what is known, in both languages and as JSON."""

import json
from pathlib import Path

import pytest

from auditor import cli
from auditor.intake.formats import formats


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["sources", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_every_format_is_listed_with_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(formats())
    assert f"{len(formats())} formats" in err
    assert "unverified" in next(line for line in out.splitlines() if line.startswith("cognism"))


def test_the_list_speaks_french(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, "--lang", "fr")
    assert "non vérifié" in out
    assert "Contacts Outlook" in out
    assert "en montre les colonnes" in err


def test_one_format_shows_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "outlook", "--lang", "fr")
    assert code == 0
    assert "job_title [occurrence 2]" in out
    assert "Adresse de messagerie" in out
    _, out, _ = run(capsys, "mailchimp")
    assert "unsubscribed_*" in out
    _, out, _ = run(capsys, "salesforce_report")
    assert "Lines after the last record: Grand Totals" in out
    _, out, _ = run(capsys, "hubspot")
    assert "pattern" in out
    assert "opted out of email: *" in out


def test_the_answer_as_json_is_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, "--format", "json")
    assert [item["name"] for item in json.loads(out)] == list(formats())
    assert err == ""
    _, out, _ = run(capsys, "brevo", "--format", "json")
    assert json.loads(out)["name"] == "brevo"
    assert json.loads(out)["columns"][0]["to"] == "email"


def test_an_unknown_format_gives_one_line_and_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "brevi")
    assert (code, out) == (2, "")
    assert "brevo" in err
    assert len(err.strip().splitlines()) <= 2


def test_a_file_of_ones_own_can_be_looked_at(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = { en = "Mine", fr = "Le mien" }\nstatus = "confirmed"\nseen = "here"\nlanguages = ["en"]\n'
        '[[columns]]\nto = "email"\nheaders = { en = ["Mail of the person"] }\n',
        "utf-8",
    )
    code, out, _ = run(capsys, str(path))
    assert code == 0
    assert out.startswith("mine: Mine")
