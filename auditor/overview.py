"""Several lists in one run: one page and one object for all, and the same person across lists.

Where flags disagree the restrictive one wins: a person who said no on one list is removed from the others too.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import Field

from auditor import people
from auditor.people import Audited
from auditor.report_model import Counts, Frozen, Report, RuleResult, SeverityName, Slice, VerdictCode, Words
from auditor.result import Audit

SCHEMA: Literal["prospect-auditor/overview/v1"] = "prospect-auditor/overview/v1"
NAMES = ("overview.html", "overview.json")
TOP = 8

Result = tuple[Audit, Report]


class ListLine(Frozen):
    """One list of the run."""

    name: str
    folder: str
    sha256: str
    counts: Counts
    verdict: VerdictCode
    sentence: Words
    risks: tuple[str, ...]
    levels: tuple[Slice, ...]


class RuleLine(Frozen):
    """One rule over all lists: rows, and in how many lists."""

    rule: str
    title: Words
    severity: SeverityName
    count: int
    lists: int


class Overview(Frozen):
    """All lists of one run. `shared_people`: on more than one list; `agreed`: said no on one, so removed from all."""

    schema_: Literal["prospect-auditor/overview/v1"] = Field(default=SCHEMA, alias="schema")
    lang: Literal["en", "fr"]
    as_of: str
    made_at: str
    version: str
    counts: Counts
    lists: tuple[ListLine, ...]
    rules: tuple[RuleLine, ...]
    shared_people: int
    agreed: int


def settle(results: Sequence[Result], again: Callable[[int, tuple[Path, ...]], Result]) -> list[Result]:
    """The results with every objection known to all lists: `again(i, folders)` repeats the audit of list `i`.

    A list is repeated at most once, and only when it holds somebody who said no on another one.
    """
    audited = [_audited(result) for result in results]
    said_no = [set(people.objected(one).to_list()) for one in audited]
    settled = list(results)
    for position, one in enumerate(audited):
        here = set(one.people["person"].to_list()) if one.people is not None else set()
        others = tuple(
            audited[other].folder
            for other in range(len(audited))
            if other != position and (said_no[other] - said_no[position]) & here
        )
        if others:
            settled[position] = again(position, others)
    return settled


def overview(results: Sequence[Result]) -> Overview:
    """The summary object of a run over several lists."""
    reports = [report for _, report in results]
    first = reports[0]
    shared, agreed = _across([_audited(result) for result in results])
    totals = {name: sum(getattr(r.counts, name) for r in reports) for name in Counts.model_fields}
    return Overview(
        lang=first.lang,
        as_of=first.as_of,
        made_at=first.made_at,
        version=first.versions.get("auditor", ""),
        counts=Counts(**totals),
        lists=tuple(_line(audit, report) for audit, report in results),
        rules=tuple(_rules(reports)),
        shared_people=shared,
        agreed=agreed,
    )


def write(results: Sequence[Result], folder: Path) -> Overview:
    """Write `overview.html` and `overview.json` beside the audit folders; replaces those of an earlier run."""
    from auditor.reports import _overview as drawn

    made = overview(results)
    document = json.dumps(made.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False, sort_keys=True)
    for name, content in zip(NAMES, (drawn.page(made), document.encode() + b"\n"), strict=True):
        _replace(folder / name, content)
    return made


def _replace(path: Path, content: bytes) -> None:
    import os
    import secrets

    from auditor.folder import refuse

    fresh = path.with_name(f".{path.name}-{secrets.token_hex(6)}")
    try:
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        refuse(path, error)


def _audited(result: Result) -> Audited:
    audit, report = result
    return Audited(report=report, folder=audit.folder, **people.lists(audit.folder, report))


def _across(audited: Sequence[Audited]) -> tuple[int, int]:
    """(people on more than one list, those of them who said no on at least one)."""
    known = [one.people.select("person") for one in audited if one.people is not None]
    if not known:
        return 0, 0
    counts = pl.concat(known).group_by("person").len()
    shared = counts.filter(pl.col("len") > 1)
    said_no = pl.concat([people.objected(one) for one in audited]).unique()
    return shared.height, shared.filter(pl.col("person").is_in(said_no.implode())).height


def _line(audit: Audit, report: Report) -> ListLine:
    return ListLine(
        name=report.source.name,
        folder=audit.folder.name,
        sha256=report.source.sha256,
        counts=report.counts,
        verdict=report.verdict,
        sentence=report.sentence,
        risks=tuple(risk.rule for risk in report.risks),
        levels=report.levels,
    )


def _rules(reports: Sequence[Report]) -> list[RuleLine]:
    rows: Counter[str] = Counter()
    lists: Counter[str] = Counter()
    known: dict[str, RuleResult] = {}
    for report in reports:
        for rule in report.rules:
            if rule.outcome in ("fires", "needs_person"):
                rows[rule.name] += rule.count
                lists[rule.name] += 1
                heavier = rule.severity == "remove" or rule.name not in known
                known[rule.name] = rule if heavier else known[rule.name]
    order = sorted(known, key=lambda name: (known[name].severity != "remove", -rows[name], name))
    return [
        RuleLine(rule=n, title=known[n].title, severity=known[n].severity, count=rows[n], lists=lists[n])
        for n in order[:TOP]
    ]
