"""The published corpora of this room, read and judged: people and companies in them are invented."""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from auditor import widen
from auditor.columns import mapped_schema
from auditor.intake.account import RECORD
from auditor.intake.mapping import Mapping
from auditor.model import Rule, Scope, Text
from auditor.rules import address_nature, guessing, mailbox_doubts, residue
from auditor.settings import Settings
from auditor.stage import Context, Fact

FOLDER = Path(__file__).parent / "corpus"
RULES: tuple[Rule, ...] = tuple(
    rule
    for room in (address_nature, mailbox_doubts, residue, guessing)
    for rule in room.RULES
    if rule.scope is Scope.ROW
)
SURVEYS = ("name_patterns", "name_builds", "misspelt_domains")
_ESCAPES = (("\\\\", "\\"), ("\\n", "\n"), ("\\t", "\t"))


def context(**settings: object) -> Context:
    """A run on a fixed day with the given settings."""
    mapping = Mapping(source="test", title=Text(en="", fr=""), confidence=1.0, columns=())
    return Context(today=date(2026, 11, 23), settings=Settings.model_validate(settings), mapping=mapping)


def read(name: str) -> pl.DataFrame:
    """One corpus file; backslash escapes stand for characters a TSV cannot hold."""
    text = pl.read_csv(FOLDER / f"{name}.tsv", separator="\t", infer_schema=False, quote_char=None)
    if "email_others" in text.columns:
        others = pl.col("email_others").str.split(";")
        text = text.with_columns(others, email_other_labels=others.list.eval(pl.lit("other")))
    marks, meant = zip(*_ESCAPES, strict=True)
    return text.with_columns(pl.col("email").str.replace_many(marks, meant)) if "email" in text.columns else text


def lines(name: str) -> pl.Series:
    """One corpus of bare words."""
    return pl.Series((FOLDER / f"{name}.txt").read_text("utf-8").split())


@cache
def _facts() -> tuple[Fact, ...]:
    """Facts that the rules of this room rest on, in running order."""
    early, late = widen.stages(Scope.ROW)
    wanted = {column for rule in RULES for column in rule.when.meta.root_names()} | {"match_key", "address_class"}
    chosen: list[Fact] = []
    for fact in reversed((*early, *late)):
        if fact.apply.__module__.startswith("auditor.facts") and wanted & set(fact.adds) and _own(fact):
            chosen.append(fact)
            wanted |= set(fact.reads)
    return tuple(reversed(chosen))


def _own(fact: Fact) -> bool:
    rooms = (
        "address",
        "identity",
        "residue",
        "other_addresses",
        "profile",
        "guessing",
        "name_match",
        "typos",
        "company_domain",
    )
    return fact.apply.__module__ in {f"auditor.facts.{room}" for room in rooms}


def early(cells: pl.DataFrame, run: Context | None = None) -> pl.DataFrame:
    """`cells` with the facts of this room that need no survey; absent columns are null."""
    schema = {**RECORD, **mapped_schema()}
    frame = cells.select(
        cells[c].cast(schema[c]) if c in cells.columns else pl.lit(None, schema[c]).alias(c) for c in schema
    )
    return widen.widen(frame, [fact for fact in _facts() if not fact.surveys], run or context())


def judge(cells: pl.DataFrame, run: Context | None = None) -> pl.DataFrame:
    """`cells` as one list with every fact of this room."""
    run = run or context()
    frame = early(cells, run)
    surveys = [survey for survey in widen.surveys() if survey.name in SURVEYS]
    merged = {s.name: s.merge(s.observe(frame, run)) for s in surveys}
    found = {s.name: s.conclude(merged[s.name], run) if s.conclude else merged[s.name] for s in surveys}
    late = Context(today=run.today, settings=run.settings, mapping=run.mapping, surveys=found)
    return widen.widen(frame, [fact for fact in _facts() if fact.surveys], late)


def _complete(judged: pl.DataFrame) -> pl.DataFrame:
    """`judged` with every column a rule may read: the source is missing, other rooms' columns are unknown."""
    judged = judged.with_columns(source_class=pl.lit("missing"))
    schema = widen.schema(Scope.ROW)
    return judged.with_columns(pl.lit(None, dtype).alias(c) for c, dtype in schema.items() if c not in judged.columns)


def fired(judged: pl.DataFrame) -> dict[str, pl.Series]:
    """Rule name -> whether it fires, row by row."""
    full = _complete(judged)
    return {rule.name: full.select(rule.when.fill_null(False).alias("hit"))["hit"] for rule in RULES}


def weights(judged: pl.DataFrame) -> dict[str, pl.Series]:
    """Rule name -> the severity with which it fires on each row; 0 where it is quiet."""
    full = _complete(judged)
    found = {}
    for rule in RULES:
        weight = pl.lit(int(rule.severity))
        for severity, case in reversed(rule.severity_when):
            weight = pl.when(case.fill_null(False)).then(int(severity)).otherwise(weight)
        found[rule.name] = full.select(pl.when(rule.when.fill_null(False)).then(weight).otherwise(0).alias("w"))["w"]
    return found
