"""Which facts and surveys there are, in which order they run, and what columns a frame has after them."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import polars as pl

from auditor import columns, registry
from auditor.errors import CatalogueError
from auditor.intake.account import RECORD
from auditor.model import Scope
from auditor.stage import CODE, CODES, COLUMN_FRAME, LIST_FRAME, Context, Dtypes, Fact, Survey, coded

HOMES = ("auditor.normalise", "auditor.facts")


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact of the house; no column is added twice."""
    found = [fact for home in HOMES for fact in registry.collect(home, "FACTS", Fact, required=False)]
    added: dict[tuple[Scope, str], str] = {}
    for fact in found:
        for column in fact.adds:
            if (fact.scope, column) in added:
                raise CatalogueError(f"{column} is added by {added[fact.scope, column]} and by {fact.name}")
            added[fact.scope, column] = fact.name
    return tuple(found)


@cache
def surveys() -> tuple[Survey, ...]:
    """Every survey of the house; names are unique."""
    found = [survey for home in HOMES for survey in registry.collect(home, "SURVEYS", Survey, required=False)]
    names = [survey.name for survey in found]
    if len(set(names)) != len(names):
        raise CatalogueError(f"a survey name is taken twice: {sorted(n for n in names if names.count(n) > 1)[0]}")
    return tuple(found)


@cache
def schema(scope: Scope) -> Dtypes:
    """All columns that a rule of `scope` may read."""
    added = {name: dtype for fact in facts() if fact.scope is scope for name, dtype in dtypes(fact).items()}
    if scope is Scope.COLUMN:
        return {**COLUMN_FRAME, **added}
    if scope is Scope.LIST:
        return {**LIST_FRAME, **added}
    return {**RECORD, "today": pl.Date(), **columns.mapped_schema(), **added}


@cache
def stages(scope: Scope) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """(early, late) facts of `scope` in running order; a cycle or an unknown column is an error.

    Early is only what some survey reads, directly or through other facts: what runs late need not be spooled.
    """
    order = _in_order(scope)
    if scope is not Scope.ROW:
        return (), order
    wanted = {column for survey in surveys() for column in survey.reads}
    early: set[str] = set()
    for fact in reversed(order):
        if wanted & set(fact.adds):
            early.add(fact.name)
            wanted |= set(fact.reads)
            if fact.surveys or fact.domains:
                raise CatalogueError(f"a survey reads fact {fact.name}, which waits for the surveys or the look-ups")
    return tuple(f for f in order if f.name in early), tuple(f for f in order if f.name not in early)


def _in_order(scope: Scope) -> tuple[Fact, ...]:
    """The facts of `scope`, each after those it reads."""
    own = [fact for fact in facts() if fact.scope is scope]
    maker = {column: fact for fact in own for column in fact.adds}
    known = set(schema(scope))
    order: dict[str, Fact] = {}

    def place(fact: Fact, path: tuple[str, ...]) -> None:
        if fact.name in order:
            return
        if fact.name in path:
            raise CatalogueError(f"facts read each other in a circle: {' -> '.join((*path, fact.name))}")
        for column in fact.reads:
            if column not in known:
                raise CatalogueError(f"fact {fact.name} reads {column}, which nothing adds")
            if column in maker and maker[column] is not fact:
                place(maker[column], (*path, fact.name))
        order[fact.name] = fact

    for fact in own:
        place(fact, ())
    return tuple(order.values())


def widen(frame: pl.DataFrame, steps: Iterable[Fact], context: Context) -> pl.DataFrame:
    """`frame` with the columns of `steps` added in order; height and row order are kept.

    A fact that answers in a single row says the same of every row.
    """
    for fact in steps:
        added = fact.apply(frame, context)
        kept = dtypes(fact)
        if added.height not in (1, frame.height) or not _fits(added, fact, kept):
            raise CatalogueError(f"fact {fact.name} gave {added.width} columns × {added.height} rows")
        if added.height == frame.height:
            frame = frame.hstack(coded(added) if fact.scope is Scope.ROW else added)
        else:
            frame = frame.with_columns(pl.lit(added[name][0], dtype).alias(name) for name, dtype in kept.items())
    return frame


def dtypes(fact: Fact) -> Dtypes:
    """The columns of `fact` as a frame holds them: codes as numbers."""
    return {name: CODE if name in CODES and fact.scope is Scope.ROW else dtype for name, dtype in fact.adds.items()}


def _fits(added: pl.DataFrame, fact: Fact, kept: Dtypes) -> bool:
    """Whether the columns are those of `fact`; codes may come as text or as numbers."""
    return list(added.columns) == list(fact.adds) and all(
        dtype in (fact.adds[name], kept[name]) for name, dtype in added.schema.items()
    )


def observe(frame: pl.DataFrame, context: Context) -> dict[str, pl.DataFrame]:
    """One partial table per survey."""
    return {survey.name: survey.observe(frame, context) for survey in surveys()}


def merge(partials: Iterable[Mapping[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """Partial tables of several batches as one, per survey."""
    stacked = list(partials)
    if not stacked:
        return {}

    def merged(survey: Survey) -> pl.DataFrame:
        return survey.merge(pl.concat([part[survey.name] for part in stacked], how="vertical"))

    with ThreadPoolExecutor(2) as pool:
        return {survey.name: table for survey, table in zip(surveys(), pool.map(merged, surveys()), strict=True)}


def conclude(merged: Mapping[str, pl.DataFrame], context: Context) -> dict[str, pl.DataFrame]:
    """What facts and reports read of each survey."""
    return {
        survey.name: survey.conclude(merged[survey.name], context) if survey.conclude else merged[survey.name]
        for survey in surveys()
    }
