"""Traces of consent that was set in bulk: one reference, one second, one midnight, one network address for many.

Each survey keeps, per distinct value, a hash, a count and the lowest and highest key of the people (and of their
organisations) behind it: enough to tell "many people" from "the same person twice" and "one office" from "the whole
list", in about forty bytes per distinct value.
"""

import polars as pl

from auditor.model import Scope
from auditor.stage import Context, Dtypes, Fact, Survey, once_each

# fewer rows than this behind one second or one network address are a coincidence
FEW = 3
# one day for so many rows, and for such a part of all dated rows, is no coincidence of days
MANY_ON_A_DAY = 5
PART_ON_A_DAY = 0.3
# sources whose people do arrive together: paper forms, a tablet at a stand
TOGETHER = ("event", "card", "meeting", "prize")

KEYED: Dtypes = {
    "key": pl.UInt64(),
    "rows": pl.UInt32(),
    "person_low": pl.UInt64(),
    "person_high": pl.UInt64(),
    "office_low": pl.UInt64(),
    "office_high": pl.UInt64(),
    # written to the second, so that many people cannot have met in it by chance of the calendar
    "exact": pl.Boolean(),
}
SHARED: Dtypes = {
    "key": pl.UInt64(), "rows": pl.UInt32(), "office": pl.Boolean(), "exact": pl.Boolean(), "total": pl.UInt32(),
}  # fmt: skip


# hour, minute, second and half of the day in a text such as "2024-02-21T10:00:00Z" or "08/02/2026 10:45:00 AM"
CLOCK = r"(?:^|[T\s,])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp])?"
_MIDNIGHT = r"(?:^|[T\s,])(?:0?0:00(?::00)?|12:00(?::00)?\s*[Aa]\.?[Mm])(?:\D|$)"
_SECONDS = r":\d{2}:\d{2}|^\s*\d{10}(?:\d{3})?(?:\.\d+)?\s*$"


def to_the_second(column: str) -> pl.Expr:
    """Whether a moment is written to the second and is not midnight."""
    text = pl.col(column)
    return text.str.contains(_SECONDS) & ~text.str.contains(_MIDNIGHT)


def exactness(column: str) -> pl.Expr:
    """How exactly a moment is written: second, minute, midnight (00:00) or day; null without a value."""
    text = pl.col(column)
    return (
        pl.when(text.is_null()).then(None)
        .when(text.str.contains(_MIDNIGHT)).then(pl.lit("midnight"))
        .when(text.str.contains(_SECONDS)).then(pl.lit("second"))
        .when(text.str.contains(r"\d:\d{2}")).then(pl.lit("minute"))
        .otherwise(pl.lit("day"))
    )  # fmt: skip


def key(column: str) -> pl.Expr:
    """The u64 under which a survey keeps a cell of `column`; null stays null."""
    text = pl.col(column).str.strip_chars()
    return pl.when(text.str.len_bytes() > 0).then(text.hash(seed=0))


def office() -> pl.Expr:
    """The organisation behind an address; a mailbox of a public provider is an organisation of its own."""
    return (
        pl.when(pl.col("domain_class") == "professional")
        .then(pl.col("registrable").hash(seed=0))
        .otherwise("match_key")
    )


def grouped(frame: pl.DataFrame, keys: pl.Expr, exact: pl.Expr) -> pl.DataFrame:
    """Rows, people and offices per key of one batch."""
    person, firm = pl.col("person"), pl.col("firm")
    return (
        frame.select(
            keys.alias("key"), pl.col("match_key").alias("person"), office().alias("firm"), exact.alias("exact")
        )
        .drop_nulls("key")
        .group_by("key")
        .agg(
            pl.len().alias("rows"),
            person.min().alias("person_low"),
            person.max().alias("person_high"),
            firm.min().alias("office_low"),
            firm.max().alias("office_high"),
            pl.col("exact").any(),
        )
        .cast(pl.Schema(KEYED))
        .select(list(KEYED))
    )


def merge(parts: pl.DataFrame) -> pl.DataFrame:
    """Rows, people and offices per key of the batches together."""
    lows, highs = pl.col("person_low", "office_low").min(), pl.col("person_high", "office_high").max()
    return (
        parts.group_by("key")
        .agg(pl.col("rows").sum(), lows, highs, pl.col("exact").any())
        .select(list(KEYED))
        .sort("key")
    )


def shared(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Values that stand for more than one person, whether one office is behind them, and how many rows had any."""
    return merged.filter(pl.col("person_low") != pl.col("person_high")).select(
        "key",
        "rows",
        (pl.col("office_low") == pl.col("office_high")).fill_null(False).alias("office"),
        "exact",
        pl.lit(merged["rows"].sum(), pl.UInt32).alias("total"),
    )


def shared_survey(name: str, column: str, doc: str, exact: pl.Expr) -> Survey:
    """A survey of the people behind each value of `column`."""

    def observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
        if frame[column].null_count() == frame.height:
            return pl.DataFrame(schema=dict(KEYED))
        return grouped(frame, key(column), exact)

    reads = (column, "match_key", "registrable", "domain_class")
    return Survey(name=name, reads=reads, observe=observe, merge=merge, conclude=shared, doc=doc)


def people(frame: pl.DataFrame, column: str, survey: pl.DataFrame) -> pl.DataFrame:
    """Columns rows (1 when nobody else shares the value; null without a value), office, and part of all rows."""
    keys = frame.select(key(column).alias("key"))
    joined = keys.join(survey, on="key", how="left", maintain_order="left")
    has = pl.col("key").is_not_null()
    return joined.select(
        pl.when(has).then(pl.col("rows").fill_null(1)).alias("rows"),
        pl.when(has).then(pl.col("office").fill_null(False)).alias("office"),
        pl.when(has).then((pl.col("rows") / pl.col("total")).fill_null(0.0)).alias("part"),
    )


TRACES: Dtypes = {
    "consent_ref_rows": pl.UInt32(),
    "consent_time_rows": pl.UInt32(),
    "consent_ip_rows": pl.UInt32(),
    "bulk_consent": pl.String(),
    "shared_connection": pl.String(),
}


def _exactness_of(texts: pl.Series, rows: pl.Series, context: Context) -> pl.Expr:
    """The exactness of the moments that several rows share; the others need none."""
    few = texts.set(rows.fill_null(0) < FEW, None).alias("moment").to_frame()
    if few["moment"].null_count() == few.height:
        return pl.lit(None, pl.String)
    return pl.lit(once_each("exactness", few, context, lambda rows: rows.select(how=exactness("moment")))["how"])


def _references(frame: pl.DataFrame, context: Context) -> list[pl.Series]:
    shared = people(frame, "consent_ref", context.surveys["consent_references"])
    return [shared["rows"].alias("consent_ref_rows")]


def _moments(frame: pl.DataFrame, context: Context) -> list[pl.Series]:
    shared = people(frame, "consent_at_text", context.surveys["consent_times"])
    exact = _exactness_of(frame["consent_at_text"], shared["rows"], context)
    wide = shared.with_columns(exact.alias("exactness"), together=_together(frame))
    same, how = pl.col("rows"), pl.col("exactness")
    crowd = (same >= MANY_ON_A_DAY) & (pl.col("part") >= PART_ON_A_DAY) & ~pl.col("together")
    return wide.select(
        same.alias("consent_time_rows"),
        pl.when((how == "second") & (same >= FEW)).then(pl.lit("same_second"))
        .when((how == "minute") & crowd).then(pl.lit("same_minute"))
        .when((how == "midnight") & crowd).then(pl.lit("same_midnight"))
        .when((how == "day") & crowd).then(pl.lit("same_day")).alias("bulk_consent"),
    ).get_columns()  # fmt: skip


def _lines(frame: pl.DataFrame, context: Context) -> list[pl.Series]:
    wide = people(frame, "consent_ip", context.surveys["consent_connections"]).with_columns(together=_together(frame))
    line = pl.col("rows")
    return wide.select(
        line.alias("consent_ip_rows"),
        pl.when(line < FEW).then(None).when(pl.col("office")).then(pl.lit("shared_office"))
        .when(pl.col("together")).then(pl.lit("event_day")).when(line >= FEW).then(pl.lit("many_companies"))
        .alias("shared_connection"),
    ).get_columns()  # fmt: skip


def _together(frame: pl.DataFrame) -> pl.Series:
    # a test per word costs a third of a list test (measured)
    return frame.select(pl.any_horizontal((pl.col("source_kind") == kind).fill_null(False) for kind in TOGETHER))[
        "source_kind"
    ]


_TRACED = {"consent_ref": _references, "consent_at_text": _moments, "consent_ip": _lines}


def _bulk(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    filled = [trace for column, trace in _TRACED.items() if frame[column].null_count() < frame.height]
    known = {column.name: column for trace in filled for column in trace(frame, context)}
    if "shared_connection" not in known:
        # people who arrive together are told of without a network address too
        event = pl.when(pl.Series(_together(frame))).then(pl.lit("event_day"))
        known["shared_connection"] = pl.select(event.alias("shared_connection")).to_series()
    return frame.select(known.get(name, pl.lit(None, dtype)).alias(name) for name, dtype in TRACES.items())


LISTED: Dtypes = {
    "shared_moment_rows": pl.Int64(),
    "shared_reference_rows": pl.Int64(),
    "shared_line_rows": pl.Int64(),
    "largest_group": pl.Int64(),
}
_OF = ("consent_times", "consent_references", "consent_connections")


def _groups(survey: pl.DataFrame) -> pl.Series:
    return survey.filter((pl.col("rows") >= FEW) & pl.col("exact"))["rows"]


def _listed(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """How many rows of the list share a moment, a reference, a network address, and the largest group of all."""
    groups = [_groups(context.surveys[name]) for name in _OF]
    row = (*(int(rows.sum()) for rows in groups), max((int(rows.max() or 0) for rows in groups), default=0))  # type: ignore[arg-type]
    return pl.DataFrame([row] * frame.height, schema=LISTED, orient="row")


_ANY = pl.lit(True)
SURVEYS = (
    shared_survey("consent_references", "consent_ref", "People behind each evidence reference.", _ANY),
    shared_survey("consent_times", "consent_at_text", "People behind each moment.", to_the_second("consent_at_text")),
    shared_survey("consent_connections", "consent_ip", "People behind each network address.", _ANY),
)
FACTS = (
    Fact(
        name="consent_bulk",
        reads=("consent_ref", "consent_at_text", "consent_ip", "source_kind"),
        adds=TRACES,
        apply=_bulk,
        surveys=("consent_references", "consent_times", "consent_connections"),
        doc="How many rows share this row's reference, moment and network address, and what that looks like.",
    ),
    Fact(
        name="consent_bulk_in_list",
        reads=(),
        adds=LISTED,
        apply=_listed,
        surveys=_OF,
        scope=Scope.LIST,
        doc="How many rows share a moment of consent, a reference, a network address; the largest group.",
    ),
)
