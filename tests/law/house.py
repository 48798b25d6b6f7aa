"""Rows through chosen facts, and what chosen rules make of them, without a file."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from auditor import evaluate, packs, widen
from auditor import settings as settings_module
from auditor.intake.mapping import ColumnUse
from auditor.intake.mapping import Mapping as ColumnMapping
from auditor.model import Scope, Severity, Text
from auditor.stage import Context
from tests.frames import frame

TODAY = date(2026, 11, 2)


def context(today: date = TODAY, headers: Iterable[str] = (), **values: Any) -> Context:
    """A run's context over a list with `headers`, none of them mapped."""
    uses = tuple(ColumnUse(index=i, header=header) for i, header in enumerate(headers))
    mapping = ColumnMapping(source="generic", title=Text(en="", fr=""), confidence=1.0, columns=uses)
    settings = settings_module.build(values, "test")
    return Context(today=today, settings=settings, mapping=mapping, packs=packs.load())


def through(rows: Iterable[Mapping[str, Any]], names: Iterable[str], where: Context) -> pl.DataFrame:
    """`rows` with the columns of the named facts (in running order), surveys included."""
    table = frame(*({"today": where.today, "audit_row": i + 1, **row} for i, row in enumerate(rows)))
    wanted = set(names)
    early, late = widen.stages(Scope.ROW)
    for fact in (*early, *late):
        if fact.name in wanted:
            needed = [survey for survey in widen.surveys() if survey.name in fact.surveys]
            found = {s.name: s.merge(s.observe(table, where)) for s in needed}
            found = {s.name: s.conclude(found[s.name], where) if s.conclude else found[s.name] for s in needed}
            table = widen.widen(table.drop(fact.adds), [fact], _with(where, found))
    return table


def _with(where: Context, surveys: Mapping[str, pl.DataFrame]) -> Context:
    from dataclasses import replace

    return replace(where, surveys={**where.surveys, **surveys})


def verdicts(table: pl.DataFrame, rules: Iterable[str], where: Context) -> list[dict[str, str]]:
    """Per row: rule -> severity ("note", "review", "remove") of those of `rules` that fire."""
    names = set(rules)
    chosen = [rule for rule in evaluate.rules() if rule.name in names]
    assert {rule.name for rule in chosen} == names
    fired = evaluate.fire(table, evaluate.weigh(chosen, where))
    side = pl.concat([fired.hits, fired.weights], how="horizontal")
    weights = side.select(fired.severity(rule).alias(rule.name) for rule in chosen)
    weights = weights if weights.height == table.height else pl.concat([weights] * table.height)
    return [
        {name: Severity(weight[name]).name.lower() for name, hit in hits.items() if hit}
        for hits, weight in zip(fired.hits.to_dicts(), weights.to_dicts(), strict=True)
    ]
