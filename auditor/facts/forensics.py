"""Traces of consent that was set in bulk: one reference, one second, one midnight, one address of the network for many.

Each survey keeps, per distinct value, a hash, a count and the lowest and highest key of the people (and of their
domains) behind it: enough to tell "many people" from "the same person twice" and "one office" from "the whole list",
in about forty bytes per distinct value.
"""

import polars as pl

from auditor.stage import Context, Dtypes, Fact, Survey

# fewer people than this behind one second or one network address are a coincidence
FEW = 3

KEYED: Dtypes = {
    "key": pl.UInt64(),
    "rows": pl.UInt32(),
    "person_low": pl.UInt64(),
    "person_high": pl.UInt64(),
    "domain_low": pl.UInt64(),
    "domain_high": pl.UInt64(),
}

# seconds of the day written in a text such as "2024-02-21 10:00:00 +0100" or "08/02/2026 10:45:00 AM"
_CLOCK = r"(?:^|[T\s,])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp])?\.?[Mm]?"


def key(column: str) -> pl.Expr:
    """The u64 under which a survey keeps a cell of `column`; null stays null."""
    text = pl.col(column).str.strip_chars()
    return pl.when(text.str.len_bytes() > 0).then(text.hash(seed=0))


def _grouped(frame: pl.DataFrame, keys: pl.Expr) -> pl.DataFrame:
    return (
        frame.select(
            keys.alias("key"),
            pl.col("match_key").alias("person"),
            pl.col("registrable").hash(seed=0).alias("domain"),
        )
        .drop_nulls("key")
        .group_by("key")
        .agg(
            pl.len().cast(pl.UInt32).alias("rows"),
            pl.col("person").min().alias("person_low"),
            pl.col("person").max().alias("person_high"),
            pl.col("domain").min().alias("domain_low"),
            pl.col("domain").max().alias("domain_high"),
        )
        .cast(dict(KEYED))
        .select(list(KEYED))
    )


def _merge(parts: pl.DataFrame) -> pl.DataFrame:
    return (
        parts.group_by("key")
        .agg(
            pl.col("rows").sum(),
            pl.col("person_low").min(),
            pl.col("person_high").max(),
            pl.col("domain_low").min(),
            pl.col("domain_high").max(),
        )
        .cast(dict(KEYED))
        .select(list(KEYED))
        .sort("key")
    )


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=dict(KEYED))


def _shared(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Only values that stand for more than one person."""
    return merged.filter(pl.col("person_low") != pl.col("person_high"))


def shared_survey(name: str, column: str, doc: str) -> Survey:
    """A survey of the people behind each value of `column`."""

    def observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
        if frame[column].null_count() == frame.height:
            return _empty()
        return _grouped(frame, key(column))

    return Survey(
        name=name,
        reads=(column, "match_key", "registrable"),
        observe=observe,
        merge=_merge,
        conclude=_shared,
        doc=doc,
    )


def _people(frame: pl.DataFrame, column: str, survey: pl.DataFrame) -> pl.DataFrame:
    """Columns rows (1 when nobody shares the value; null without a value) and office (one domain behind it)."""
    keys = frame.select(key(column).alias("key"))
    table = survey.select(
        "key", "rows", (pl.col("domain_low") == pl.col("domain_high")).fill_null(False).alias("office")
    )
    joined = keys.join(table, on="key", how="left", maintain_order="left")
    return joined.select(
        pl.when(pl.col("key").is_not_null()).then(pl.col("rows").fill_null(1)).alias("rows"),
        pl.when(pl.col("key").is_not_null()).then(pl.col("office").fill_null(False)).alias("office"),
    )


SHARED: Dtypes = {
    "consent_ref_rows": pl.UInt32(),
    "consent_time_rows": pl.UInt32(),
    "consent_time_precision": pl.String(),
    "consent_ip_rows": pl.UInt32(),
    "consent_ip_office": pl.Boolean(),
}


def precision(column: str) -> pl.Expr:
    """How exactly a time is written: "second", "minute", "midnight" (00:00) or "day"; null without a value."""
    clock = pl.col(column).str.extract_groups(_CLOCK).struct
    hour, minute, second = clock["1"], clock["2"], clock["3"]
    midnight = hour.is_in(["0", "00"]) & (minute == "00") & (second.fill_null("00") == "00")
    epoch = pl.col(column).str.contains(r"^\s*\d{10}(\d{3})?(\.\d+)?\s*$")
    return (
        pl.when(pl.col(column).str.strip_chars().str.len_bytes().fill_null(0) == 0).then(None)
        .when(epoch).then(pl.lit("second"))
        .when(hour.is_null()).then(pl.lit("day"))
        .when(midnight).then(pl.lit("midnight"))
        .when(second.is_null()).then(pl.lit("minute"))
        .otherwise(pl.lit("second"))
    )  # fmt: skip


def _bulk(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    surveys = context.surveys
    address = _people(frame, "consent_ip", surveys["consent_addresses"])
    return pl.DataFrame(
        {
            "consent_ref_rows": _people(frame, "consent_ref", surveys["consent_references"])["rows"],
            "consent_time_rows": _people(frame, "consent_at_text", surveys["consent_times"])["rows"],
            "consent_time_precision": frame.select(precision("consent_at_text")).to_series(),
            "consent_ip_rows": address["rows"],
            "consent_ip_office": address["office"],
        },
        schema=dict(SHARED),
    )


SURVEYS = (
    shared_survey("consent_references", "consent_ref", "People behind each evidence reference."),
    shared_survey("consent_times", "consent_at_text", "People behind each written moment of consent."),
    shared_survey("consent_addresses", "consent_ip", "People and domains behind each network address."),
)
FACTS = (
    Fact(
        name="consent_bulk",
        reads=("consent_ref", "consent_at_text", "consent_ip"),
        adds=SHARED,
        apply=_bulk,
        surveys=("consent_references", "consent_times", "consent_addresses"),
        doc="How many rows share this row's evidence reference, moment of consent and network address.",
    ),
)
