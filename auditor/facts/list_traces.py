"""What the header and the recognised format say of the list as a whole."""

import polars as pl

from auditor.model import Scope
from auditor.stage import Context, Dtypes, Fact

TRACES: Dtypes = {"list_class": pl.String(), "strong_tells": pl.UInt32(), "medium_tells": pl.UInt32()}


def _traces(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    strengths = [strength for strength, _ in context.mapping.tells]
    row = (context.mapping.list_class, strengths.count("T3"), strengths.count("T2"))
    return pl.DataFrame([row] * frame.height, schema=TRACES, orient="row")


FACTS = (
    Fact(
        name="list_traces",
        reads=(),
        adds=TRACES,
        apply=_traces,
        scope=Scope.LIST,
        doc="Class that the recognised format gives the list, and its traces of extraction by strength.",
    ),
)
