"""Annotations for GitHub Actions, counts only: `report.github.txt`, to be printed to a job's log."""

from auditor.model import ReportFormat
from auditor.report import weight
from auditor.report_model import Report
from auditor.wording import number, typeset

_LEVEL = {"remove": "error", "review": "warning", "note": "notice"}


def _data(text: str) -> str:
    """Escaped as workflow commands ask, so that no name can start a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(report: Report) -> bytes:
    """One workflow command a line: the verdict, then each rule that holds rows."""
    lang = report.lang
    level = {"nothing_found": "notice", "empty": "notice", "partly_usable": "warning", "not_usable": "error"}
    lines = [_line(level[report.verdict], report.source.name, report.sentence.in_(lang), lang)]
    for rule in sorted(report.rules, key=weight):
        if rule.outcome in ("fires", "needs_person"):
            text = f"{rule.name}: {number(rule.count, lang)}. {rule.says.in_(lang)}"
            lines.append(_line(_LEVEL[rule.severity], report.source.name, text, lang))
    return ("\n".join(lines) + "\n").encode()


def _line(level: str, title: str, text: str, lang: str) -> str:
    return f"::{level} title={_property(title)}::{_data(typeset(text, lang))}"


FORMAT = ReportFormat(name="github", suffix=".github.txt", render=render, default=False)
