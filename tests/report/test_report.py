"""The report as a value: what it says of an audit, its schema, and every format of it."""

import io
import json
from dataclasses import replace
from pathlib import Path

import fastexcel
import jsonschema
import polars as pl
import pytest

from auditor import report, resources
from auditor.report_model import Report, schema
from auditor.reports import github, html, markdown, xlsx
from auditor.reports import json as machine
from auditor.result import Counts
from auditor.terminal import terminal
from auditor.wording import number, percent, typeset
from tests.report import fiction

LANGS = ("en", "fr")


@pytest.fixture(scope="module")
def built() -> Report:
    return report.build(fiction.audit())


def test_the_schema_file_is_the_model() -> None:
    shipped = (resources.schemas() / "report.v1.schema.json").read_text("utf-8")
    assert shipped == schema(), "run: make docs"


def test_the_json_report_validates_and_reads_back(built: Report) -> None:
    written = machine.render(built)
    jsonschema.Draft202012Validator(json.loads(schema())).validate(json.loads(written))
    again = Report.model_validate_json(written)
    assert machine.render(again) == written


def test_the_machine_copy_holds_no_row_findings_but_points_to_the_first(built: Report) -> None:
    document = json.loads(machine.render(built))
    assert "findings" not in document
    assert document["findings_total"] == len(built.findings.row)
    assert len(document["first_rows"]) == 10


def test_levels_sources_and_countries_add_up_to_the_readable_rows(built: Report) -> None:
    counts = built.counts
    readable = counts.clean + counts.review + counts.removed
    for slices in (built.levels, built.sources, built.address_classes, built.countries):
        assert sum(one.rows for one in slices) == readable
    assert [level.key for level in built.levels] == ["V5", "V4", "V3", "V2", "V1", "V0"]


def test_every_rule_has_one_of_the_known_outcomes(built: Report) -> None:
    outcomes = {rule.name: rule.outcome for rule in built.rules}
    assert outcomes["objected_still_listed"] == "fires"
    assert outcomes["source_missing"] == "needs_person"
    assert outcomes["duplicate_person"] == "noted"
    assert outcomes["disposable_mailbox"] == "passed"
    assert outcomes["inactive_too_long"] == "not_applicable"
    assert outcomes["domain_without_mail"] == "not_run"


def test_a_rule_that_no_row_could_answer_has_not_passed() -> None:
    audit = fiction.audit(rows=20)
    states = tuple(
        replace(state, unknown=20) if state.rule.name == "disposable_mailbox" else state for state in audit.states
    )
    outcomes = {rule.name: rule.outcome for rule in report.build(replace(audit, states=states)).rules}
    assert outcomes["disposable_mailbox"] == "not_applicable"


def test_the_first_risk_is_the_people_who_objected(built: Report) -> None:
    assert built.risks[0].rule == "objected_still_listed"
    assert [risk.severity for risk in built.risks] == sorted(
        (risk.severity for risk in built.risks), key="remove review".find
    )


def test_ten_rows_are_named_each_weighty_problem_once_before_any_twice(built: Report) -> None:
    rows = built.first_rows
    assert len({row.row for row in rows}) == 10
    weighty = {rule.name for rule in built.rules if rule.scope == "row" and rule.outcome in ("fires", "needs_person")}
    assert {row.rules[0] for row in rows[: len(weighty)]} == weighty
    assert all(row.why.en and row.why.fr for row in rows)


def test_rows_named_first_do_not_depend_on_the_order_of_findings() -> None:
    audit = fiction.audit()
    shuffled = replace(audit, row_findings=audit.row_findings.sample(fraction=1, shuffle=True, seed=3))
    one, other = report.build(audit), report.build(shuffled)
    assert [row.row for row in one.first_rows] == [row.row for row in other.first_rows]


@pytest.mark.parametrize(
    ("counts", "code"),
    [((0, 0, 0, 0, 0), "empty"), ((5, 5, 0, 0, 0), "nothing_found"), ((5, 2, 3, 0, 0), "partly_usable"),
     ((5, 0, 2, 2, 1), "not_usable"), ((5, 4, 0, 0, 1), "partly_usable")],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGS)
def test_the_verdict_sentence_never_says_compliant(counts: tuple[int, ...], code: str, lang: str) -> None:
    made = Counts(**dict(zip(("read", "clean", "review", "removed", "unreadable"), counts, strict=True)))
    built = report.build(fiction.audit(counts=made, lang=lang))
    assert built.verdict == code
    assert "complian" not in built.sentence.in_(lang)
    assert "conform" not in built.sentence.in_(lang)


def test_an_empty_list_makes_a_page_in_both_languages() -> None:
    nothing = Counts(read=0, clean=0, review=0, removed=0, unreadable=0)
    audit = fiction.audit(rows=0, counts=nothing)
    for lang in LANGS:
        settings = audit.settings.model_copy(update={"lang": lang})
        assert b"</html>" in html.render(report.build(replace(audit, settings=settings, states=())))


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_audit_gives_the_same_bytes_in_every_format(lang: str) -> None:
    for form in (html, machine, markdown, github, xlsx):
        one, other = (form.render(report.build(fiction.audit(rows=200, lang=lang))) for _ in range(2))
        assert one == other


def test_the_workbook_has_text_only_and_drop_downs(built: Report) -> None:
    book = xlsx.render(built)
    reader = fastexcel.read_excel(book)
    assert reader.sheet_names == ["Summary", "Rules", "Findings", "Review"]
    review = reader.load_sheet("Review", dtypes="string").to_polars()
    assert review.height == built.counts.review
    assert set(review["audit_list"]) == {built.source.sha256}
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as files:
        sheets = [files.read(name).decode() for name in files.namelist() if "worksheets" in name]
        names = files.namelist()
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert not any("externalLink" in name for name in names)
    assert sum('type="list"' in sheet for sheet in sheets) == 1


def test_markdown_tables_are_whole(built: Report) -> None:
    lines = markdown.render(built).decode().splitlines()
    tables = [line for line in lines if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)
    assert f"| = records read | {number(built.counts.read, 'en')} | |" in lines


def test_github_annotations_are_counts_one_command_a_line(built: Report) -> None:
    lines = github.render(built).decode().splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert not any("***" in line for line in lines)


@pytest.mark.parametrize("lang", LANGS)
def test_the_terminal_summary_is_ascii_when_asked_and_adds_up(built: Report, lang: str) -> None:
    plain = terminal(built, lang, color=False, unicode=False)
    assert plain.isascii()
    assert "\x1b" not in plain
    coloured = terminal(built, lang)
    assert "\x1b[" in coloured
    assert number(built.counts.read, lang) in coloured


def test_findings_beyond_those_shown_point_to_the_file() -> None:
    audit = fiction.audit(rows=300)
    page = html.render(report.build(replace(audit, row_findings_total=9_999_999))).decode()
    assert "9,999,999" in page
    assert '"complete":false' in page


def test_headers_that_hold_a_person_are_masked() -> None:
    audit = fiction.audit(rows=10)
    first = replace(audit.mapping.columns[0], header="jeanne.fictive@firm.example.com")
    mapping = replace(audit.mapping, columns=(first, *audit.mapping.columns[1:]))
    built = report.build(replace(audit, mapping=mapping))
    assert built.source.columns[0].header == "j***"


def test_numbers_and_spaces_are_those_of_the_language() -> None:
    assert number(1234567, "en") == "1,234,567"
    assert number(1234567, "fr") == "1\u202f234\u202f567"
    assert percent(1, 3, "fr") == "33\u00a0%"
    assert percent(999_999, 1_000_000, "en") == "> 99.9%"
    assert percent(1, 1_000_000, "en") == "< 0.1%"
    assert typeset("l'état : « oui » ; non ?", "fr") == "l’état\u00a0: «\u00a0oui\u00a0»\u202f; non\u202f?"
    assert html.day_in_words("2026-11-01", "fr") == "1er\u00a0novembre\u00a02026"


def test_the_page_names_no_other_file_or_host_than_the_law(built: Report, tmp_path: Path) -> None:
    import re

    page = html.render(built).decode()
    loads = (
        re.findall(r'\s(?:src|srcset|data|poster)="', page)
        + re.findall(r"url\((?!#)", page)
        + re.findall("@import", page)
    )
    assert loads == []
    assert set(re.findall(r'href="([^"#][^"]*)"', page)) == {"data:,", fiction.GDPR.where}


def test_the_findings_frame_reaches_the_page_whole(built: Report) -> None:
    data = html._columns(built)
    rules = [data["lists"]["rule"][i] for i in data["rule"]]
    frame = fiction.findings(1000)
    assert pl.Series(rules).to_list() == frame["rule"].to_list()
    assert data["row"] == frame["audit_row"].to_list()
