"""Rules × frame: which finding fires on which row, and the state of every rule."""

from functools import cache

import polars as pl

from auditor import columns, registry
from auditor.errors import CatalogueError
from auditor.intake.account import RECORD
from auditor.model import Rule, Scope
from auditor.stage import COLUMN_FRAME, LIST_FRAME, Dtypes, Fact, Survey


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact of the house; names are unique and no column is added twice."""
    found = [
        fact
        for package in ("auditor.normalise", "auditor.facts")
        for fact in registry.collect(package, "FACTS", Fact, required=False)
    ]
    added: dict[tuple[Scope, str], str] = {}
    for fact in found:
        for column in fact.adds:
            if (fact.scope, column) in added:
                raise CatalogueError(f"{column} is added by {added[fact.scope, column]} and by {fact.name}")
            added[fact.scope, column] = fact.name
    return tuple(found)


@cache
def surveys() -> tuple[Survey, ...]:
    """Every survey of the house."""
    found = [
        survey
        for package in ("auditor.normalise", "auditor.facts")
        for survey in registry.collect(package, "SURVEYS", Survey, required=False)
    ]
    return tuple(found)


@cache
def schema(scope: Scope) -> Dtypes:
    """All columns that a rule of `scope` may read."""
    added = {name: dtype for fact in facts() if fact.scope is scope for name, dtype in fact.adds.items()}
    if scope is Scope.COLUMN:
        return {**COLUMN_FRAME, **added}
    if scope is Scope.LIST:
        return {**LIST_FRAME, **added}
    return {**RECORD, "today": pl.Date(), **columns.mapped_schema(), **columns.canonical_schema(), **added}


@cache
def rules() -> tuple[Rule, ...]:
    """The whole catalogue in id order."""
    found = registry.collect("auditor.rules", "RULES", Rule)
    return tuple(sorted(found, key=lambda rule: (rule.family, len(rule.id), rule.id)))
