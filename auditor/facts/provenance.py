"""Where a row comes from: the class of its source, whether the source has a name, whether the tool says otherwise."""

import polars as pl

from auditor.facts.vocabulary import fold, readings
from auditor.stage import Context, Dtypes, Fact, Survey, once_each

# classes of data that were not obtained from the person: notice under GDPR 14 is due
INDIRECT = (
    "network", "published", "directory", "register", "scraped", "vendor", "bought", "partner", "guessed", "referral",
)  # fmt: skip
# classes on which a consent to the list's owner cannot have been given
NO_CONSENT = ("scraped", "bought", "guessed", "register", "vendor", "directory", "published")
# words that say nothing of the origin: another column may
EMPTY = ("vague", "missing", "outbound")
# origins that taint a row in whatever column they are written
TAINTED = ("scraped", "bought", "guessed", "vendor")

SOURCE: Dtypes = {
    "source_class": pl.String(),
    "source_kind": pl.String(),
    "source_named": pl.Boolean(),
    # who says so: "row" (a cell), "format" (the recognised export), null when nobody does
    "source_by": pl.String(),
    "source_conflict": pl.String(),
    "indirect": pl.Boolean(),
    # a source is stated and no word of it is known
    "source_unknown": pl.Boolean(),
}


def read_source(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """SOURCE columns of each row; rows that say the same are read once."""
    stated = frame.select("source", "source_detail", "source_url", "list_name", "consent_form", "seller")
    return once_each("source_class", stated, context, lambda rows: _read_source(rows, context))


def _read_source(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    wide = pl.concat(
        [_read(frame, column, context) for column in ("source", "source_detail", "list_name", "consent_form")]
        + [frame.select("source_url", "seller"), _read(frame, "source_url", context)],
        how="horizontal",
    )
    listed = pl.lit(context.mapping.list_class, pl.String)
    means, kind, named, by = _stated(listed)
    wide = wide.with_columns(
        means.alias("source_class"), kind.alias("source_kind"), named.alias("source_named"), by.alias("source_by")
    )
    stated = pl.col("source_class")
    return wide.select(
        stated,
        "source_kind",
        pl.col("source_named") & ~stated.is_in(EMPTY),
        "source_by",
        _conflict(stated, listed).alias("source_conflict"),
        pl.when(stated.is_in(INDIRECT)).then(True).when(stated.is_in(["direct", "customer"])).then(False)
        .alias("indirect"),
        ~pl.col("source:known").alias("source_unknown"),
    )  # fmt: skip


def _read(frame: pl.DataFrame, column: str, context: Context) -> pl.DataFrame:
    """The reading of one column under names of its own."""
    return readings(frame[column], "source", context.settings).rename(lambda name: f"{column}:{name}")


def _stated(listed: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Class, kind, name and sayer of a row's source: a taint in any column first, then the first column that says
    something, then a seller, then what the format says of all its rows, then a form that was named."""
    columns = ("source", "source_detail", "source_url", "list_name")
    says = [(pl.col(f"{c}:means").is_in(TAINTED), c) for c in columns]
    says += [(pl.col(f"{c}:means").is_not_null() & ~pl.col(f"{c}:means").is_in(EMPTY), c) for c in columns[:3]]
    form = pl.col("consent_form:means")
    filled = form.is_not_null() & (form != "missing")
    tainted = form.is_in(INDIRECT)
    fallback = pl.coalesce(
        pl.when(pl.col("source:means") != "missing").then("source:means"),
        pl.when(pl.col("source_detail:means") != "missing").then("source_detail:means"),
        pl.when(pl.col("source_url").is_not_null()).then(pl.lit("vague")),
        pl.lit("missing"),
    )
    means, kind = _first(says, "means"), _first(says, "kind")
    known = means.is_not_null()
    details = pl.any_horizontal(
        pl.col("source:named"), pl.col("source_detail:named"), pl.col("source_url").is_not_null(),
        pl.col("seller").is_not_null(), filled,
    )  # fmt: skip
    # somebody who sold or supplied the row was paid for it, whatever the source leaves open
    sold = pl.col("seller").is_not_null()
    return (
        pl.when(known).then(means).when(sold).then(pl.lit("bought")).when(listed.is_not_null()).then(listed)
        .when(filled).then(pl.when(tainted).then(form).otherwise(pl.lit("direct"))).otherwise(fallback),
        pl.when(known).then(kind).when(~sold & listed.is_null() & filled)
        .then(pl.coalesce("consent_form:kind", pl.lit("form"))),
        details.fill_null(False) | (~known & listed.is_not_null()),
        pl.when(known | sold).then(pl.lit("row")).when(listed.is_not_null()).then(pl.lit("format"))
        .when(filled).then(pl.lit("row")),
    )  # fmt: skip


def _first(cases: list[tuple[pl.Expr, str]], part: str) -> pl.Expr:
    return pl.coalesce([pl.when(holds).then(pl.col(f"{column}:{part}")) for holds, column in cases])


def _conflict(stated: pl.Expr, listed: pl.Expr) -> pl.Expr:
    """A code when the row claims the person as its source and the format, or another column, says otherwise."""
    claimed = pl.col("source:means").is_in(["direct", "customer", "referral"])
    return (
        pl.when(claimed & listed.is_in(TAINTED)).then(pl.concat_str(pl.lit("format_"), listed))
        .when(claimed & stated.is_in(TAINTED)).then(pl.concat_str(pl.lit("column_"), stated))
    )  # fmt: skip


# a value that stands on fewer rows may be somebody's name: it is counted, not shown
SHOWN_FROM = 3
SHOWN_AT_MOST = 50
UNKNOWN: Dtypes = {"value": pl.String(), "rows": pl.UInt32()}


def _unknown(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    rows = frame.filter(pl.col("source_unknown"))
    if not rows.height:
        return pl.DataFrame(schema=UNKNOWN)
    address = rows["source"].str.contains("@", literal=True)
    words = fold(rows["source"], digits=False).str.replace_all(r" ?\b0\b", "").str.strip_chars().set(address, "@")
    return words.alias("value").to_frame().group_by("value").agg(pl.len().cast(pl.UInt32).alias("rows"))


def _merge_unknown(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.group_by("value").agg(pl.col("rows").sum()).sort("value")


def _show_unknown(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Unknown source values, the frequent ones in words (folded, digits as 0), the others as one line without value."""
    frequent = (pl.col("rows") >= SHOWN_FROM) & (pl.col("value") != "@")
    shown = merged.filter(frequent).sort("rows", "value", descending=[True, False]).head(SHOWN_AT_MOST)
    rest = int(merged["rows"].sum()) - int(shown["rows"].sum())
    others = pl.DataFrame({"value": [None], "rows": [rest]} if rest else None, schema=UNKNOWN)
    return pl.concat([shown, others])


SURVEYS = (
    Survey(
        name="unknown_sources",
        reads=("source", "source_unknown"),
        observe=_unknown,
        merge=_merge_unknown,
        conclude=_show_unknown,
        doc="Source values of which no word is known, with the rows they stand on; rare ones are only counted.",
    ),
)
FACTS = (
    Fact(
        name="source_class",
        reads=("source", "source_detail", "source_url", "list_name", "seller", "consent_form"),
        adds=SOURCE,
        apply=read_source,
        doc="What the stated source is, whether it has a name, and whether the data came from the person.",
    ),
)
