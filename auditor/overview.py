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


def finish(results: Sequence[Result], again: Callable[[int, tuple[Path, ...]], Result], folder: Path) -> list[Result]:
    """The results with every objection known to all lists; writes `overview.html` and `overview.json` to `folder`.

    `again(i, folders)` repeats the audit of list `i` with the objections of `folders`. A list is repeated at most
    once, and only when it holds somebody who said no on another one.
    """
    audited = [_audited(result) for result in results]
    settled = list(results)
    for position, others in _owed(audited).items():
        settled[position] = again(position, others)
        audited[position] = _audited(settled[position])
    _write(overview(settled, audited), folder)
    return settled


def _owed(audited: Sequence[Audited]) -> dict[int, tuple[Path, ...]]:
    """For each list that lacks an objection of another one: the folders that know it."""
    said_no = [people.objected(one) for one in audited]
    owed = {}
    for position, one in enumerate(audited):
        if one.people is None:
            continue
        here = one.people.select("person").join(said_no[position].to_frame(), on="person", how="anti")
        others = [
            audited[other].folder
            for other, known in enumerate(said_no)
            if other != position and here.join(known.to_frame(), on="person", how="semi").height
        ]
        if others:
            owed[position] = tuple(others)
    return owed


def overview(results: Sequence[Result], audited: Sequence[Audited]) -> Overview:
    """The summary object of a run over several lists."""
    reports = [report for _, report in results]
    first = reports[0]
    shared, agreed = _across(audited)
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


def _write(made: Overview, folder: Path) -> None:
    from auditor.reports import _overview as drawn

    document = json.dumps(made.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False, sort_keys=True)
    for name, content in zip(NAMES, (drawn.page(made), document.encode() + b"\n"), strict=True):
        _replace(folder / name, content)


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
