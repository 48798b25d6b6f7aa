"""The short report for pull requests and chat: `report.md`, counts and rules, no row."""

from html import escape

from auditor.model import ReportFormat
from auditor.report import weight
from auditor.report_model import Report
from auditor.reports import _words as words
from auditor.wording import number, percent, typeset

# what Markdown or HTML inside Markdown would act on
_SIGNS = "\\`*_{}[]()#+-.!|~@:"


def plain(text: str) -> str:
    """A list's own word as literal text: no markup, mention, link or line break survives."""
    return "".join("\\" + sign if sign in _SIGNS else escape(sign, quote=False) for sign in " ".join(text.split()))


def render(report: Report) -> bytes:
    """The report as GitHub-flavoured Markdown, UTF-8."""
    return (
        "\n".join((*_head(report), *_risks(report), *_levels(report), *_gaps(report), *_end(report))) + "\n"
    ).encode()


def _say(report: Report, key: str) -> str:
    return typeset(words.UI[key].in_(report.lang), report.lang)


def _head(report: Report) -> list[str]:
    lang, counts = report.lang, report.counts
    rows = [
        f"| {typeset(text.in_(lang), lang)} | {number(getattr(counts, key), lang)} "
        f"| {percent(getattr(counts, key), counts.read, lang)} |"
        for key, text in words.VERDICTS.items()
    ]
    return [
        f"## {_say(report, 'title')} {plain(report.source.name)}",
        "",
        f"**{typeset(report.sentence.in_(lang), lang)}**",
        "",
        *_domains(report),
        f"| {_say(report, 'verdict')} | {_say(report, 'rows_head')} | {_say(report, 'share')} |",
        "|---|--:|--:|",
        *rows,
        f"| = {_say(report, 'records_read')} | {number(counts.read, lang)} | |",
        "",
    ]


def _domains(report: Report) -> list[str]:
    if report.lookup is None:
        return []
    said = typeset(report.lookup.says.in_(report.lang), report.lang)
    return [f"**{_say(report, 'domain_check')}** {plain(said)}", ""]


def _risks(report: Report) -> list[str]:
    lang = report.lang
    held = [rule for rule in sorted(report.rules, key=weight) if rule.outcome in ("fires", "needs_person")]
    if not held:
        return [_say(report, "no_risks"), ""]
    marks = {"remove": "❌", "review": "❓", "note": "ℹ️"}
    lines = [
        f"| {marks[rule.severity]} {words.SEVERITY[rule.severity].in_(lang)} | {typeset(rule.says.in_(lang), lang)} "
        f"(`{rule.name}`) | {number(rule.count, lang)} |"
        for rule in held
    ]
    return [
        f"### {_say(report, 'risks')}",
        "",
        f"| {_say(report, 'severity')} | {_say(report, 'rule')} | {_say(report, 'findings').capitalize()} |",
        "|---|---|--:|",
        *lines,
        "",
    ]


def _levels(report: Report) -> list[str]:
    lang, counts = report.lang, report.counts
    judged = counts.clean + counts.review + counts.removed
    lines = [
        f"| {level.key} | {typeset(level.label.in_(lang), lang)} | {number(level.rows, lang)} "
        f"| {percent(level.rows, judged, lang)} |"
        for level in report.levels
    ]
    return [
        f"### {_say(report, 'ladder')}",
        "",
        "| " + " | ".join(_say(report, key) for key in ("level", "shows", "rows_head", "share")) + " |",
        "|---|---|--:|--:|",
        *lines,
        "",
    ]


def _gaps(report: Report) -> list[str]:
    lang = report.lang
    lines = []
    for gap in report.not_checked:
        count = typeset(" : " if lang == "fr" else ": ", lang) + number(gap.count, lang) if gap.count else ""
        lines.append(f"- {typeset(gap.says.in_(lang), lang)}{count}. {typeset(gap.cure.in_(lang), lang)}")
    return [f"### {_say(report, 'not_checked')}", "", *lines, "", *_screens(report)]


def _screens(report: Report) -> list[str]:
    if not report.screens:
        return []
    rows = [
        f"| {plain(one.name)} | {number(one.entries, report.lang)} | {number(one.ignored, report.lang)} |"
        for one in report.screens
    ]
    heads = " | ".join(_say(report, key) for key in ("file", "entries", "lines_lost"))
    return [f"### {_say(report, 'screens')}", "", f"| {heads} |", "|---|--:|--:|", *rows, ""]


def _end(report: Report) -> list[str]:
    return [
        f"<sub>prospect-auditor {report.versions.get('auditor', '')} · {report.as_of} · SHA-256 "
        f"`{report.source.sha256}` · {_say(report, 'footer')}</sub>"
    ]


FORMAT = ReportFormat(name="md", suffix=".md", render=render, default=False)
