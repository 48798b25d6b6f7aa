"""The same mailbox twice in one list: which row is first."""

import polars as pl

from auditor.stage import Context, Fact, Survey, blank


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # rows as they are: what stands twice is counted when all are merged
    return frame.select("match_key", first="audit_row", n=pl.lit(1, pl.UInt32)).drop_nulls("match_key")


def _merge(parts: pl.DataFrame) -> pl.DataFrame:
    """One line per mailbox in the order of first rows; sorting keys alone finds the few that stand there twice."""
    keys = parts["match_key"].sort()
    twice = keys.filter(keys == keys.shift(1)).unique()
    if not len(twice):
        return parts.sort("first")
    again = parts["match_key"].is_in(twice.implode())
    counted = parts.filter(again).group_by("match_key").agg(pl.col("first").min(), pl.col("n").sum())
    return pl.concat([parts.filter(~again), counted]).sort("first")


def _repeated(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    return merged.filter(pl.col("n") > 1)


def _rank(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """0 on the first row of a repeated mailbox, 1 on its copies; only the few repeated rows are joined."""
    repeated = context.surveys["repeated_addresses"]
    rank = blank(frame.height, pl.UInt32())
    if repeated.height:
        rows = frame["match_key"].is_in(repeated["match_key"].implode()).fill_null(False).arg_true()
        mine = frame.select("match_key", "audit_row")[rows].join(
            repeated, on="match_key", how="left", maintain_order="left"
        )
        rank = rank.scatter(rows, mine.select((pl.col("audit_row") != pl.col("first")).cast(pl.UInt32)).to_series())
    return pl.DataFrame({"duplicate_rank": rank})


SURVEYS = (
    Survey(
        name="repeated_addresses",
        reads=("match_key", "audit_row"),
        observe=_observe,
        merge=_merge,
        conclude=_repeated,
        doc="Mailboxes that several rows share, with the first of these rows; 16 bytes per row.",
    ),
)
FACTS = (
    Fact(
        name="duplicates",
        reads=("match_key", "audit_row"),
        surveys=("repeated_addresses",),
        adds={"duplicate_rank": pl.UInt32()},
        apply=_rank,
        doc="0 on the first row of a repeated mailbox, 1 on every further one, null where the mailbox is unique.",
    ),
)
