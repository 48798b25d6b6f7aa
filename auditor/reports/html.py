"""The page a DPO files: one file, no request, readable without JavaScript, in print and on a phone.

Everything of the list reaches the page escaped (autoescape, `<` in JSON as `\\u003c`) and inside <bdi>; the policy
in the head allows exactly one style and one script by their hash.
"""

import base64
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup

from auditor.model import ReportFormat, Text
from auditor.report import weight
from auditor.report_model import Lens, Report, RuleResult
from auditor.reports import _charts as charts
from auditor.reports import _words as words
from auditor.wording import LENS_NAMES, REGIMES, number, percent, typeset

TEMPLATES = Path(__file__).parent / "templates"
COMPILED = Path(__file__).parent / "__pycache__"
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip
SHORT = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}
# the sign that goes with a code: never colour alone
GLYPHS = {
    "remove": "removed", "review": "review", "note": "note", "fires": "removed", "needs_person": "review",
    "noted": "note", "passed": "clean", "not_applicable": "none", "not_run": "off",
}  # fmt: skip
TONES = {"in": "removed", "out": "clean", "out_if": "review", "not_covered": "clean", "unclear": "review"}
REGIME_GLYPHS = {"in": "removed", "out": "clean", "out_if": "review", "not_covered": "clean", "unclear": "unreadable"}
HEADS = ("row", "address", "verdict", "rule", "severity", "confidence", "detail", "country", "decision")


def render(report: Report) -> bytes:
    """The whole page, UTF-8."""
    style = _asset("report.css")
    script = _asset("report.js")
    view = {**_language(report.lang), **_numbers(report), **_tables(report)}
    text = template().render(
        report=report,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        findings_json=_json(_columns(report)),
        words_json=_json(_said(report)),
        **view,
    )
    return text.encode()


class Compiled(BytecodeCache):
    """The compiled page beside the compiled modules: a seventh of the time of a short run. Where Python keeps none, or
    nothing can be written, it is compiled each time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """What an earlier run kept of this very text, if it did."""
        with suppress(OSError), (COMPILED / f"{bucket.key}.page").open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next run, whole or not at all."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            COMPILED.mkdir(exist_ok=True)
            part = COMPILED / f"{bucket.key}.{os.getpid()}"
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(COMPILED / f"{bucket.key}.page")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=Compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def template() -> Template:
    """The page, compiled."""
    return _environment().get_template("report.html.j2")


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(value: Any) -> Markup:
    """JSON that cannot end its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, code)
    return Markup(text)


def _language(lang: str) -> dict[str, Any]:
    """Words and formats of one language, as the template calls them."""

    def spoken(table: dict[str, Text]) -> dict[str, str]:
        return {key: typeset(text.in_(lang), lang) for key, text in table.items()}

    ui = spoken(words.UI)
    return {
        "w": lambda key: ui[key],
        "t": lambda text: typeset(text.in_(lang), lang),
        "n": lambda value: number(value, lang),
        "pc": lambda part, whole: percent(part, whole, lang),
        "share": lambda value: percent(round(value * 10_000), 10_000, lang),
        "d": lambda day: day_in_words(day, lang),
        "when": lambda moment: _moment(moment, lang),
        "month": lambda name: _month(name, lang),
        "short": lambda day: day,
        "size": lambda n: _size(n, lang),
        "rows": lambda n: f"{number(n, lang)} {ui['row'] if _one(n, lang) else ui['rows']}",
        "findings": lambda n: f"{number(n, lang)} {ui['finding'] if _one(n, lang) else ui['findings']}",
        "counted": lambda rule: _counted(rule, ui, lang),
        "heads": [ui[key].capitalize() for key in HEADS],
        "first_sentence": lambda text: re.split(r"(?<=[.!?])\s|[\s\u202f]*;\s", text, maxsplit=1)[0].rstrip(".") + ".",
        "delimited": lambda sign: words.DELIMITERS[sign].in_(lang) if sign in words.DELIMITERS else sign,
        "colon": "\u00a0:" if lang == "fr" else ":",
        "verdicts": spoken(words.VERDICTS),
        "verdicts_of": lambda kind, n: (words.VERDICTS_ONE if _one(n, lang) else words.VERDICTS)[kind].in_(lang),
        "verdict": spoken(words.VERDICT),
        "meaning": spoken(words.MEANING),
        "severity": spoken(words.SEVERITY),
        "confidence": spoken(words.CONFIDENCE),
        "strength": spoken(words.STRENGTH),
        "outcomes": spoken(words.OUTCOMES),
        "states": spoken(words.STATES),
        "waiver_states": spoken(words.WAIVER_STATES),
        "screen_uses": spoken(words.SCREEN_USES),
        "screen_kinds": spoken(words.SCREEN_KINDS),
        "origins": spoken(words.ORIGINS),
        "choices": spoken(words.CHOICES),
        "decision_outcomes": spoken(words.DECISION_OUTCOMES),
        "regimes": spoken(REGIMES),
        "lens_names": spoken(LENS_NAMES),
        "glyphs": GLYPHS,
        "tones": TONES,
        "regime_glyphs": REGIME_GLYPHS,
    }


def _numbers(report: Report) -> dict[str, Any]:
    """Sums and pictures."""
    counts = report.counts
    return {
        "judged": counts.clean + counts.review + counts.removed,
        "bands": charts.flow(counts),
        "split": charts.split,
        "most": lambda slices: max((s.rows for s in slices), default=1),
        "months": charts.months(report.calendar),
        "overdue": sum(m.rows for m in report.calendar if m.overdue),
        "due": sum(m.rows for m in report.calendar if not m.overdue),
        "trend_columns": charts.trend(report.drift.trend) if report.drift else [],
        "trend_levels": charts.levels(report.drift.trend) if report.drift else [],
        "lens_parts": _lens_parts(report.lenses),
        "family_parts": _lens_parts(report.families),
        "repaired": sum(report.source.repairs.values()),
    }


def _lens_parts(lenses: Sequence[Lens]) -> Callable[[Lens], list[charts.Part]]:
    most = max((lens.findings for lens in lenses), default=0)
    return lambda lens: charts.parts(
        [("removed", lens.remove), ("review", lens.review), ("unreadable", lens.note)], most
    )


def _tables(report: Report) -> dict[str, Any]:
    """Rules in the order of their weight, and what the table's filters offer."""
    ordered = sorted(report.rules, key=weight)
    grouped = {key: [rule for rule in ordered if rule.outcome == key] for key in words.OUTCOMES}
    return {
        "ordered": [rule for key in words.OUTCOMES for rule in grouped[key]],
        "grouped": grouped,
        "titles": {rule.name: typeset(rule.title.in_(report.lang), report.lang) for rule in report.rules},
        "says": {rule.name: typeset(rule.says.in_(report.lang), report.lang) for rule in report.rules},
        "cures": {rule.name: typeset(rule.cure.in_(report.lang), report.lang) for rule in report.rules},
        "scopes": {rule.name: rule.scope for rule in report.rules},
        "present": {name: set(getattr(report.findings, name)) for name in ("rule", "verdict", "severity")},
    }


def _columns(report: Report) -> dict[str, Any]:
    """The findings as numbers into short lists of distinct texts: small, and quick to filter."""
    found = report.findings
    data: dict[str, Any] = {"row": list(found.row), "lists": {}}
    for name in ("value", "verdict", "rule", "severity", "confidence", "detail", "country", "evidence"):
        column = getattr(found, name)
        index = {text: position for position, text in enumerate(dict.fromkeys(column))}
        data["lists"][name] = list(index)
        data[name] = [index[text] for text in column]
    return data


def _said(report: Report) -> dict[str, Any]:
    """What the script needs: its sentences, names of codes, and what a decisions file must say."""
    lang = report.lang
    named = _language(lang)
    said = {key: typeset(text.in_(lang), lang) for key, text in words.SCRIPT.items()}
    held = sorted({f.rule for f in report.list_findings if f.severity != "note"})
    return {
        **said,
        "lang": lang,
        "columns": named["heads"],
        "rules": {rule.name: typeset(rule.title.in_(lang), lang) for rule in report.rules if rule.count},
        "verdict": named["verdict"],
        "severity": named["severity"],
        "confidence": named["confidence"],
        "keep": named["choices"]["keep"],
        "remove": named["choices"]["remove"],
        "undecided": named["w"]("undecided"),
        "held": held,
        "complete": report.findings_total == report.findings_shown,
        "list_name": report.source.name,
        "list_sha256": report.source.sha256,
        "stem": report.stem,
    }


def _one(n: int, lang: str) -> bool:
    return n < 2 if lang == "fr" else n == 1


def _counted(rule: RuleResult, ui: dict[str, str], lang: str) -> str:
    if rule.scope == "list":
        return ui["whole_list"]
    one, many = ("row", "rows") if rule.scope == "row" else ("column_word", "columns_word")
    return f"{number(rule.count, lang)} {ui[one] if _one(rule.count, lang) else ui[many]}"


def day_in_words(day: str | None, lang: str) -> str:
    """`2026-11-22` as `22 November 2026` or `22 novembre 2026` (first of the month: `1er`)."""
    if not day:
        return "–"
    try:
        known = date.fromisoformat(day[:10])
    except ValueError:
        return "–"
    first = "1er" if lang == "fr" and known.day == 1 else str(known.day)
    return f"{first}\u00a0{MONTHS[lang][known.month - 1]}\u00a0{known.year}"


def _moment(moment: str, lang: str) -> str:
    known = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return f"{day_in_words(moment, lang)}, {known:%H:%M}\u00a0UTC"


def _month(name: str, lang: str) -> str:
    """`2026-11` as `Nov 26`; names that are no month stay."""
    year, _, month = name[-7:].partition("-")
    if not (month.isdigit() and 1 <= int(month) <= 12):
        return name
    return name[:-7] + f"{SHORT[lang][int(month) - 1]} {year[2:]}"


def _size(n: int, lang: str) -> str:
    units = ("o", "Ko", "Mo", "Go") if lang == "fr" else ("B", "KB", "MB", "GB")
    value, unit = float(n), 0
    while value >= 1000 and unit < 3:
        value, unit = value / 1000, unit + 1
    return f"{number(round(value) if unit == 0 or value >= 100 else value, lang)}\u00a0{units[unit]}"


FORMAT = ReportFormat(name="html", suffix=".html", render=render, load=template)
