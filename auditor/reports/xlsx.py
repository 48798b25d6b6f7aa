"""The workbook for people who live in Excel (extra `[excel]`): Summary, Rules, Findings, Review.

Every cell is text or a number, never a formula or a link. Review has drop-downs for the decision and can be handed
back with `--decisions`: it names its rows by number and by the hash of the list.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from auditor.errors import UsageError
from auditor.model import ReportFormat
from auditor.report import weight
from auditor.report_model import Report
from auditor.reports import _words as words
from auditor.wording import typeset

REVIEW = (
    "audit_row",
    "audit_value",
    "audit_rules",
    "audit_reason",
    "audit_cure",
    "audit_decision",
    "audit_decided_by",
    "audit_note",
    "audit_list",
)


def render(report: Report) -> bytes:
    """The workbook's bytes; the same report gives the same bytes."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError("--report xlsx needs an extra", "pip install 'prospect-auditor[excel]'") from None
    buffer = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, plain) as book:
        made = datetime.fromisoformat(report.made_at.replace("Z", "+00:00")).replace(tzinfo=None)
        book.set_properties({"title": f"Audit {report.source.name}", "created": made})
        book.set_calc_mode("manual")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _sheet(book, "Summary", (28, 90), ("", ""), _summary(report), head, wrap)
        _sheet(book, "Rules", (34, 14, 10, 12, 60, 60), _rule_heads(report), _rules(report), head, wrap)
        _sheet(
            book, "Findings", (10, 26, 12, 34, 10, 12, 18, 10), _finding_heads(report), _findings(report), head, wrap
        )
        review = list(_review(report))
        sheet = _sheet(book, "Review", (10, 26, 34, 60, 60, 14, 20, 34, 20), REVIEW, review, head, wrap)
        if review:
            column = REVIEW.index("audit_decision")
            sheet.data_validation(1, column, len(review), column, {"validate": "list", "source": ["keep", "remove"]})
    return buffer.getvalue()


def _sheet(
    book: Any,
    name: str,
    widths: Sequence[int],
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    head: Any,
    wrap: Any,
) -> Any:
    sheet = book.add_worksheet(name)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    start = 1 if any(heads) else 0
    if start:
        sheet.write_row(0, 0, heads, head)
        sheet.freeze_panes(1, 0)
    last = start
    for row in rows:
        for position, value in enumerate(row):
            write = sheet.write_number if isinstance(value, int) else sheet.write_string
            write(last, position, value if isinstance(value, int) else str(value or ""), wrap)
        last += 1
    if start and last > 1:
        sheet.autofilter(0, 0, last - 1, len(heads) - 1)
    return sheet


def _say(report: Report, key: str) -> str:
    return typeset(words.UI[key].in_(report.lang), report.lang)


def _summary(report: Report) -> Iterable[Sequence[Any]]:
    lang = report.lang
    yield _say(report, "verdict"), typeset(report.sentence.in_(lang), lang)
    yield _say(report, "list"), report.source.name
    yield "SHA-256", report.source.sha256
    yield _say(report, "as_of"), report.as_of
    yield _say(report, "records_read"), report.counts.read
    for key, text in words.VERDICTS.items():
        yield typeset(text.in_(lang), lang), getattr(report.counts, key)
    if report.lookup:
        yield _say(report, "domain_check").rstrip("."), typeset(report.lookup.says.in_(lang), lang)
    for level in report.levels:
        yield f"{level.key} {typeset(level.label.in_(lang), lang)}", level.rows
    for gap in report.not_checked:
        yield _say(report, "not_checked"), typeset(f"{gap.says.in_(lang)}. {gap.cure.in_(lang)}", lang)
    for one in report.screens:
        told = f"{one.name}: {_say(report, 'entries')} {one.entries}, {_say(report, 'lines_lost')} {one.ignored}"
        yield _say(report, "screens"), told
    for key, version in report.versions.items():
        yield key, version
    for limit in report.limits:
        yield _say(report, "limits"), typeset(limit.in_(lang), lang)
    yield _say(report, "keep_until"), report.keep_until


def _rule_heads(report: Report) -> Sequence[str]:
    return [_say(report, key) for key in ("rule", "outcome", "findings", "severity", "says", "cure")]


def _rules(report: Report) -> Iterable[Sequence[Any]]:
    lang = report.lang
    for rule in sorted(report.rules, key=weight):
        outcome = words.OUTCOMES[rule.outcome].in_(lang)
        severity = words.SEVERITY[rule.severity].in_(lang)
        yield (
            rule.name,
            outcome,
            rule.count,
            severity,
            typeset(rule.says.in_(lang), lang),
            typeset(rule.cure.in_(lang), lang),
        )


def _finding_heads(report: Report) -> Sequence[str]:
    keys = ("row", "address", "verdict", "rule", "severity", "confidence", "detail", "country")
    return [_say(report, key) for key in keys]


def _findings(report: Report) -> Iterable[Sequence[Any]]:
    found = report.findings
    names = ("row", "value", "verdict", "rule", "severity", "confidence", "detail", "country")
    yield from zip(*(getattr(found, name) for name in names), strict=True)


def _review(report: Report) -> Iterable[Sequence[Any]]:
    """One line per row that waits for a person, with all its problems."""
    lang, found = report.lang, report.findings
    rules = {rule.name: rule for rule in report.rules}
    held = sorted({f.rule for f in report.list_findings if f.severity != "note"})
    rows: dict[int, tuple[str | None, list[str]]] = {}
    for row, rule, severity, value, verdict in zip(
        found.row, found.rule, found.severity, found.value, found.verdict, strict=True
    ):
        if verdict == "review":
            entry = rows.setdefault(row, (value, list(held)))
            if severity != "note":
                entry[1].append(rule)
    complete = report.findings_shown == report.findings_total
    for row, (value, names) in rows.items():
        known = [rules[name] for name in dict.fromkeys(names) if name in rules]
        says = " ".join(typeset(rule.says.in_(lang), lang) for rule in known)
        cures = " ".join(dict.fromkeys(typeset(rule.cure.in_(lang), lang) for rule in known))
        told = ";".join(rule.name for rule in known) if complete else "*"
        yield row, value, told, says, cures, "", "", "", report.source.sha256


FORMAT = ReportFormat(name="xlsx", suffix=".xlsx", render=render, default=False)
