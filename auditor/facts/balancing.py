"""Rows that rest on legitimate interest without a balancing test: one document is missing, not one per row."""

import polars as pl

from auditor.model import Scope
from auditor.stage import Context, Fact, Survey

COUNTED = {"unassessed_rows": pl.Int64()}


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    open_rows = (pl.col("legal_basis_class") == "legitimate_interest") & pl.col("lia_ref").is_null()
    return frame.select(unassessed_rows=open_rows.sum().cast(pl.Int64))


def _whole(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    return context.surveys["balancing"]


SURVEYS = (
    Survey(
        name="balancing",
        reads=("legal_basis_class", "lia_ref"),
        observe=_observe,
        merge=lambda partials: partials.sum(),
        doc="Rows on legitimate interest without a reference to a balancing test.",
    ),
)
FACTS = (
    Fact(
        name="balancing",
        reads=(),
        adds=COUNTED,
        apply=_whole,
        doc="How many rows of the list rest on legitimate interest without a reference to a balancing test.",
        surveys=("balancing",),
        scope=Scope.LIST,
    ),
)
