"""Check, decide, check again: what people decided is applied, told, or refused with a reason."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from auditor import pipeline
from auditor.decision_files import PAGE_FORMAT, read
from auditor.errors import UsageError
from auditor.report_model import Report
from auditor.reports import html, xlsx
from auditor.result import Audit
from auditor.settings import load
from auditor.world import World

HEADER = "Email,First name,Last name,Company,Country,Source,Collected on,Legal basis,Notes"
WORLD = World(now=datetime(2026, 11, 23, tzinfo=UTC))


def person(n: int, notes: str = "") -> str:
    """A row that lacks its proof and therefore waits for a person."""
    return f"p{n}.fictive@firm{n}.example.com,P{n},Fictive,Firm {n},FR,web,03/0{n}/2026,,{notes}"


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    path = tmp_path / "leads.csv"
    path.write_text("\n".join([HEADER, *(person(n) for n in range(1, 7))]) + "\n", "utf-8")
    return path


def check(path: Path, **flags: Any) -> tuple[Audit, Report]:
    settings, origins = load({"as_of": date(2026, 11, 23), "overwrite": True, **flags}, {}, None)
    return pipeline.audit(path, settings, WORLD, origins)


def review_rows(path: Path) -> list[dict[str, str]]:
    with (path.parent / f"{path.stem}.audit" / f"{path.stem}.review.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hand_back(rows: list[dict[str, str]], target: Path, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with target.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return target


def decide(row: dict[str, str], decision: str = "keep", by: str = "Ana Fictive", note: str = "met at the fair") -> None:
    row.update(audit_decision=decision, audit_decided_by=by, audit_note=note)


def page_file(path: Path, model: Report, rows: Mapping[int, str]) -> Path:
    target = path.parent / "leads.decisions.json"
    lines = [
        {"audit_row": row, "audit_rules": "*", "audit_decision": choice, "audit_decided_by": "Ana Fictive",
         "audit_note": "met at the fair", "audit_decided_on": "2026-11-22"}
        for row, choice in rows.items()
    ]  # fmt: skip
    target.write_text(json.dumps({"format": PAGE_FORMAT, "list_name": path.name,
                                  "list_sha256": model.source.sha256, "decisions": lines}), "utf-8")  # fmt: skip
    return target


def test_the_invented_rows_wait_for_a_person(leads: Path) -> None:
    audit, _ = check(leads)
    assert (audit.counts.review, audit.counts.clean) == (6, 0)


def test_clean_grows_by_exactly_the_rows_kept_in_the_review_list(leads: Path) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[0])
    decide(rows[3])
    decide(rows[4], "remove", note="left the firm")
    audit, model = check(leads, decisions=(hand_back(rows, leads.parent / "back.csv"),))
    assert (audit.counts.clean, audit.counts.review, audit.counts.removed) == (2, 3, 1)
    clean = (leads.parent / "leads.audit" / "leads.clean.csv").read_text("utf-8").splitlines()
    assert clean == [HEADER, person(1), person(4)]
    told = [(d.row, d.decision, d.decided_by, d.note, d.decided_on, d.outcome) for d in model.decisions]
    assert told == [
        (1, "keep", "Ana Fictive", "met at the fair", "2026-11-23", "kept"),
        (4, "keep", "Ana Fictive", "met at the fair", "2026-11-23", "kept"),
        (5, "remove", "Ana Fictive", "left the firm", "2026-11-23", "removed"),
    ]
    manifest = json.loads((leads.parent / "leads.audit" / "manifest.json").read_text("utf-8"))
    assert [d["decided_by"] for d in manifest["decisions"]] == ["Ana Fictive"] * 3
    page = (leads.parent / "leads.audit" / "report.html").read_text("utf-8")
    assert "met at the fair" in page


def test_what_a_spreadsheet_does_to_the_file_does_not_change_the_row(leads: Path) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[0], "KEEP ")
    for row in rows:
        row["Collected on"] = "-".join(reversed(row["Collected on"].split("/")))
        row["Company"] = f" {row['Company'].upper()} "
    audit, _ = check(leads, decisions=(hand_back(rows, leads.parent / "back.csv", ";", "utf-8-sig"),))
    assert audit.counts.clean == 1


def test_a_row_that_moved_keeps_its_decision_and_a_changed_row_asks_again(leads: Path) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[0])
    decide(rows[1])
    back = hand_back(rows, leads.parent / "back.csv")
    leads.write_text("\n".join([HEADER, person(5), person(1), person(2, "changed")]) + "\n", "utf-8")
    audit, model = check(leads, decisions=(back,))
    assert (audit.counts.clean, audit.counts.review) == (1, 2)
    assert {(d.row, d.outcome) for d in model.decisions} == {(2, "kept"), (2, "row_changed")}


def test_nobody_can_keep_a_person_who_objected(leads: Path) -> None:
    leads.write_text(
        HEADER + ",Opt out\n" + person(1) + ",yes\n" + person(2) + ",\n",
        "utf-8",
    )
    _, model = check(leads)
    back = page_file(leads, model, {1: "keep", 2: "keep"})
    audit, model = check(leads, decisions=(back,))
    assert (audit.counts.clean, audit.counts.removed) == (1, 1)
    assert [(d.row, d.outcome) for d in model.decisions] == [(1, "objection"), (2, "kept")]


def test_an_objection_that_was_made_a_doubt_by_settings_still_cannot_be_overridden(leads: Path) -> None:
    leads.write_text(HEADER + ",Opt out\n" + person(1) + ",yes\n", "utf-8")
    softened = {"objected_still_listed": {"severity": "review"}}
    _, model = check(leads, rules=softened)
    audit, model = check(leads, rules=softened, decisions=(page_file(leads, model, {1: "keep"}),))
    assert audit.counts.review == 1
    assert model.decisions[0].outcome == "objection"


def test_a_suppressed_person_cannot_be_kept(leads: Path) -> None:
    _, model = check(leads)
    back = page_file(leads, model, {1: "keep"})
    barred = leads.parent / "barred.csv"
    barred.write_text("email\np1.fictive@firm1.example.com\n", "utf-8")
    audit, model = check(leads, decisions=(back,), suppression=(barred,))
    assert audit.counts.clean == 0
    assert model.decisions[0].outcome == "objection"


def test_new_findings_on_a_decided_row_ask_again(leads: Path) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[0])
    rows[0]["audit_rules"] = rows[0]["audit_rules"].split(";")[0]
    audit, model = check(leads, decisions=(hand_back(rows, leads.parent / "back.csv"),))
    assert audit.counts.clean == 0
    assert model.decisions[0].outcome == "new_findings"


def test_an_expired_decision_is_not_applied(leads: Path) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[0])
    rows = [{**row, "audit_expires": "2026-11-01"} for row in rows]
    audit, model = check(leads, decisions=(hand_back(rows, leads.parent / "back.csv"),))
    assert audit.counts.clean == 0
    assert model.decisions[0].outcome == "expired"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": ""}, "no name in audit_decided_by (audit_row 2)"),
        ({"note": "  "}, "no reason in audit_note (audit_row 2)"),
        ({"decision": "perhaps"}, "audit_decision is neither keep nor remove (audit_row 2)"),
    ],
)
def test_incomplete_decisions_are_refused_with_the_row_number(leads: Path, change: dict[str, str], said: str) -> None:
    check(leads)
    rows = review_rows(leads)
    decide(rows[1], **change)
    with pytest.raises(UsageError) as caught:
        check(leads, decisions=(hand_back(rows, leads.parent / "back.csv"),))
    assert said in caught.value.message
    assert "perhaps" not in caught.value.message


def test_the_file_saved_by_the_page_is_applied(leads: Path) -> None:
    _, model = check(leads)
    audit, model = check(leads, decisions=(page_file(leads, model, {2: "keep", 3: "remove"}),))
    assert (audit.counts.clean, audit.counts.review, audit.counts.removed) == (1, 4, 1)
    assert [d.decided_on for d in model.decisions] == ["2026-11-22", "2026-11-22"]


def test_the_page_file_follows_its_rows_into_a_changed_list(leads: Path) -> None:
    _, model = check(leads)
    back = page_file(leads, model, {2: "keep", 3: "keep"})
    leads.write_text("\n".join([HEADER, person(9), person(2), person(3, "changed")]) + "\n", "utf-8")
    audit, model = check(leads, decisions=(back,))
    assert audit.counts.clean == 1
    assert sorted(d.outcome for d in model.decisions) == ["kept", "row_changed"]


def test_the_page_file_of_an_unknown_list_decides_nothing(leads: Path, tmp_path: Path) -> None:
    _, model = check(leads)
    other = model.model_copy(update={"source": model.source.model_copy(update={"sha256": "0" * 64})})
    audit, model = check(leads, decisions=(page_file(leads, other, {2: "keep"}),))
    assert audit.counts.clean == 0
    assert model.decisions[0].outcome == "row_changed"


def test_the_review_sheet_of_the_workbook_is_applied(leads: Path) -> None:
    _, model = check(leads, lang="fr")
    book = leads.parent / "report.xlsx"
    book.write_bytes(filled(xlsx.render(model), {2: "garder", 4: "retirer"}))
    audit, model = check(leads, decisions=(book,))
    assert (audit.counts.clean, audit.counts.removed) == (1, 1)


def filled(workbook: bytes, choices: Mapping[int, str]) -> bytes:
    """The workbook with decisions in its Review sheet, as a person would leave it."""
    import io

    import fastexcel
    import xlsxwriter

    sheet = fastexcel.read_excel(workbook).load_sheet("Review", dtypes="string").to_polars()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        out = book.add_worksheet("Review")
        out.write_row(0, 0, sheet.columns)
        for position, row in enumerate(sheet.iter_rows(named=True), 1):
            if int(row["audit_row"]) in choices:
                row.update(audit_decision=choices[int(row["audit_row"])], audit_decided_by="Ana", audit_note="fair")
            for column, value in enumerate(row.values()):
                out.write_string(position, column, value or "")
    return buffer.getvalue()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": "other"}', '{"format": "' + PAGE_FORMAT + '"}'])
def test_a_file_that_is_no_decisions_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match="not a decisions file"):
        read(path)


def test_a_list_without_the_audit_columns_is_refused(leads: Path) -> None:
    with pytest.raises(UsageError, match="no column audit_row"):
        read(leads)


def test_the_page_offers_to_decide_exactly_the_rows_that_wait(leads: Path) -> None:
    _, model = check(leads)
    page = html.render(model).decode()
    assert f'"list_sha256":"{model.source.sha256}"' in page
    assert set(model.findings.verdict) <= {"review"}


def test_decisions_are_kept_for_the_next_audit_and_a_later_file_replaces_an_earlier(
    leads: Path, tmp_path: Path
) -> None:
    _, model = check(leads)
    check(leads, decisions=(page_file(leads, model, {1: "keep", 2: "keep"}),))
    kept = leads.parent / "leads.audit" / "decisions.csv"
    assert kept.stat().st_mode & 0o077 == 0
    assert "fictive@" not in kept.read_text("utf-8")
    leads.write_text("\n".join([HEADER, person(6), person(1), person(2)]) + "\n", "utf-8")
    audit, model = check(leads, decisions=(kept,))
    assert (audit.counts.clean, audit.counts.review) == (2, 1)
    later = page_file(leads, model, {3: "remove"})
    audit, model = check(leads, decisions=(kept, later))
    assert (audit.counts.clean, audit.counts.review, audit.counts.removed) == (1, 1, 1)
    assert {d.decided_on for d in model.decisions} == {"2026-11-22"}


def test_the_review_list_saved_as_a_workbook_is_applied(leads: Path) -> None:
    import xlsxwriter

    check(leads)
    rows = review_rows(leads)
    decide(rows[2])
    book = leads.parent / "review.xlsx"
    with xlsxwriter.Workbook(str(book)) as out:
        sheet = out.add_worksheet("leads.review")
        sheet.write_row(0, 0, list(rows[0]))
        for position, row in enumerate(rows, 1):
            for column, (name, value) in enumerate(row.items()):
                sheet.write(position, column, int(value) if name == "audit_row" else value)
    audit, _ = check(leads, decisions=(book,))
    assert audit.counts.clean == 1
