"""What a run says on stdout: one JSON object, or five lines and the paths."""

import json
from collections.abc import Sequence
from typing import Any

import click

from auditor.model import Severity, Text
from auditor.result import Audit, RuleState

WORDS = {
    "read": Text(en="read", fr="lues"),
    "clean": Text(en="clean", fr="propres"),
    "review": Text(en="to review", fr="à revoir"),
    "removed": Text(en="removed", fr="retirées"),
    "unreadable": Text(en="unreadable", fr="illisibles"),
}
ROWS = Text(en="rows", fr="lignes")
TOP = Text(en="top rules", fr="règles en tête")
UNKNOWN = Text(en="domains left unknown", fr="domaines restés inconnus")
NOTHING = Text(en="no rule fired", fr="aucune règle déclenchée")
REPORT = Text(en="report", fr="rapport")


def top(audit: Audit, most: int = 3) -> list[RuleState]:
    """The rules that hold most rows; of two that hold as many, the weightier."""
    held = [state for state in audit.states if holding(state)]
    return sorted(held, key=lambda s: (-holding(s), -max(s.severities), s.rule.id))[:most]


def holding(state: RuleState) -> int:
    """Findings of a rule that hold a row back: review or remove, not mere notes."""
    return sum(n for severity, n in state.severities.items() if severity > Severity.NOTE)


def as_table(results: Sequence[tuple[Audit, Any]], lang: str) -> None:
    """Print five lines per list."""
    for audit, _ in results:
        for line in lines(audit, lang):
            click.echo("".join(c if c.isprintable() else "?" for c in line))


def lines(audit: Audit, lang: str) -> list[str]:
    """Counts that add up, the top rules, and where everything is."""
    counts = audit.counts
    numbers = [(key, getattr(counts, key)) for key in WORDS]
    adds = " + ".join(f"{number} {WORDS[key].in_(lang)}" for key, number in numbers[1:])
    told = ", ".join(f"{state.rule.name} ({holding(state)})" for state in top(audit)) or NOTHING.in_(lang)
    if audit.lookup:
        told += f" · {UNKNOWN.in_(lang)}: {audit.lookup.unknown}/{audit.lookup.domains}"
    folder = audit.folder
    return [
        f"{audit.name}: {counts.read} {ROWS.in_(lang)} {WORDS['read'].in_(lang)} = {adds}",
        f"  {TOP.in_(lang):<14} {told}",
        f"  {WORDS['clean'].in_(lang):<14} {folder / (audit.stem + '.clean.csv')}",
        f"  {WORDS['review'].in_(lang):<14} {folder / (audit.stem + '.review.csv')}",
        f"  {REPORT.in_(lang):<14} {folder / 'report.html'}",
    ]


def as_json(results: Sequence[tuple[Audit, Any]]) -> str:
    """One summary object for all lists: counts, top rules, paths, hashes."""
    items = [
        {
            "list": audit.name,
            "sha256": audit.sha256,
            "folder": str(audit.folder),
            "read": audit.counts.read,
            "clean": audit.counts.clean,
            "review": audit.counts.review,
            "removed": audit.counts.removed,
            "unreadable": audit.counts.unreadable,
            "rules": {state.rule.name: state.fired for state in audit.states if state.fired},
            "as_of": audit.today.isoformat(),
            "complete": audit.lookup.complete if audit.lookup else True,
        }
        for audit, _ in results
    ]
    names = ("read", "clean", "review", "removed", "unreadable")
    total = {name: sum(getattr(audit.counts, name) for audit, _ in results) for name in names}
    return json.dumps({"summary_version": 1, **total, "lists": items}, ensure_ascii=False, indent=2)
