"""Moments at machine-regular gaps: a program wrote them one after the other, people did not.

The clock and the rest of the text are read apart, so that the order of day and month does not matter.
"""

import polars as pl

from auditor.facts.forensics import CLOCK
from auditor.model import Scope
from auditor.stage import Context, Dtypes, Fact, Survey

# gaps that must have been seen, and the part of them that must be the same
ENOUGH = 20
REGULAR = 0.8
# more moments than seconds means a crowd, in which equal gaps arise by themselves (Poisson: at 80 % equal gaps a crowd
# has two moments per second)
CROWDED = 1.2

# records that are looked at, from the first: a program's rhythm shows at once, and so the cost does not grow
LOOKED_AT = 50_000

MOMENTS: Dtypes = {"day": pl.UInt64(), "second": pl.UInt32(), "rows": pl.UInt32()}
RHYTHM: Dtypes = {"gaps": pl.Int64(), "gap": pl.Int64(), "part": pl.Float64(), "per_second": pl.Float64()}


def _observe(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    frame = frame.filter(pl.col("audit_row") <= LOOKED_AT)
    if frame[column].null_count() == frame.height:
        return pl.DataFrame(schema=dict(MOMENTS))
    parts = pl.col(column).str.extract_groups(CLOCK).struct
    hour, late = (
        parts["1"].cast(pl.UInt32) % pl.when(parts["4"].is_not_null()).then(12).otherwise(24),
        parts["4"].is_in(["p", "P"]),
    )
    second = (
        (hour + pl.when(late).then(12).otherwise(0)) * 3600
        + parts["2"].cast(pl.UInt32) * 60
        + parts["3"].cast(pl.UInt32)
    )
    return (
        frame.select(pl.col(column).str.replace(CLOCK, "").hash(seed=0).alias("day"), second.alias("second"))
        .drop_nulls()
        .group_by("day", "second")
        .agg(pl.len().alias("rows"))
        .cast(pl.Schema(MOMENTS))
    )


def _merge(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.group_by("day", "second").agg(pl.col("rows").sum()).sort("day", "second")


def _conclude(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """One row: how many gaps there are within days, the most frequent one, its part, and rows per second used."""
    gaps = merged.select(pl.col("second").cast(pl.Int64).diff().over("day").alias("gap")).drop_nulls()
    if not gaps.height:
        return pl.DataFrame(schema=dict(RHYTHM))
    counts = gaps.group_by("gap").len().sort("len", "gap", descending=[True, False])
    top = counts.row(0, named=True)
    row = (gaps.height, top["gap"], top["len"] / gaps.height, merged["rows"].sum() / merged.height)
    return pl.DataFrame([row], schema=dict(RHYTHM), orient="row")


def rhythm_survey(name: str, column: str, doc: str) -> Survey:
    """A survey of the gaps between the moments of `column`."""

    def observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
        return _observe(frame, column)

    return Survey(name=name, reads=(column, "audit_row"), observe=observe, merge=_merge, conclude=_conclude, doc=doc)


def regular(rhythm: pl.DataFrame) -> tuple[int | None, int | None]:
    """(seconds between moments, gaps seen) when they are machine-regular, else nothing."""
    if not rhythm.height:
        return None, None
    row = rhythm.row(0, named=True)
    machine = row["gaps"] >= ENOUGH and row["part"] >= REGULAR and row["per_second"] <= CROWDED
    return (row["gap"], row["gaps"]) if machine else (None, None)


LISTED: Dtypes = {
    "consent_gap_seconds": pl.Int64(),
    "consent_gaps": pl.Int64(),
    "collection_gap_seconds": pl.Int64(),
    "collection_gaps": pl.Int64(),
}


def _listed(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    row = (*regular(context.surveys["consent_rhythm"]), *regular(context.surveys["collection_rhythm"]))
    return pl.DataFrame([row] * frame.height, schema=dict(LISTED), orient="row")


SURVEYS = (
    rhythm_survey("consent_rhythm", "consent_at_text", "Gaps between the moments of consent."),
    rhythm_survey("collection_rhythm", "collected_on_text", "Gaps between the moments of collection."),
)
FACTS = (
    Fact(
        name="rhythm",
        reads=(),
        adds=LISTED,
        apply=_listed,
        surveys=("consent_rhythm", "collection_rhythm"),
        scope=Scope.LIST,
        doc="Seconds between the moments of consent and of collection where they are machine-regular.",
    ),
)
