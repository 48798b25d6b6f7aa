"""What the supplied consent log says of each row: it confirms, it is silent, it is incomplete, or it contradicts."""

import polars as pl

from auditor import consentlog
from auditor.facts.vocabulary import fold
from auditor.stage import Context, Dtypes, Fact

# how far two clocks may be apart
TOLERANCE = 120
# what the log says when it and the row cannot both be right
AGAINST = ("withdrawn", "unconfirmed", "other_time", "other_text", "other_scope", "disordered")
_READS = (
    "address", "consent_at", "consent_at_precision", "doi_confirmed_at", "consent_text_id", "legal_basis_class",
    "consent_stated",
)  # fmt: skip

# `consent_logged`: the state that the log gives a row which it confirms
ADDS: Dtypes = {"consent_log": pl.String(), "consent_logged": pl.String()}


def _near(moment: str) -> pl.Expr:
    """The row's consent is the one logged at `moment`: to the minute, whole zones apart, or on the day."""
    apart = (pl.col("consent_at") - pl.col(moment)).dt.total_seconds().abs()
    quarter = apart % 900
    zone = (apart <= 14 * 3600 + TOLERANCE) & ((quarter <= TOLERANCE) | (quarter >= 900 - TOLERANCE))
    days = (pl.col("consent_at").cast(pl.Date) - pl.col(moment).cast(pl.Date)).dt.total_days().abs()
    written = pl.col("consent_at_precision")
    return (
        pl.when((written == "zone") & pl.col("log_exact")).then(apart <= TOLERANCE)
        .when(written.is_in(["second", "minute"]) & pl.col("log_exact")).then(zone)
        .when(written == "month").then(days <= 31)
        .otherwise(days <= 1)
    )  # fmt: skip


def _compare(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    log = consentlog.load(context.settings, context.today)
    if log.empty:
        return pl.DataFrame({name: [None] for name in ADDS}, schema=ADDS)
    text = fold(frame["consent_text_id"], digits=True).hash().set(frame["consent_text_id"].is_null(), None)
    wide = frame.select(_READS).with_columns(text.alias("text_key")).hstack(log.find(frame["address"]))
    # a row that names no basis may rest on the consent that the log shows
    claims = pl.col("legal_basis_class").is_in(["consent", "missing", "void"]) & ~(
        pl.col("consent_stated").is_in(["refused", "never"]).fill_null(False)
    )
    same_time = pl.any_horizontal(_near(at).fill_null(False) for at in ("log_first", "log_last", "log_confirmed"))
    known_text = pl.col("log_text").is_not_null() | pl.col("text_key").is_not_null()
    state = pl.col("log_state")
    whole = pl.col("log_whole") | (state == "confirmed")
    code = (
        pl.when(state.is_null()).then(pl.lit("absent"))
        .when(state == "refused").then(pl.lit("withdrawn"))
        .when(~claims).then(pl.lit("silent"))
        .when(state == "pending").then(pl.lit("unconfirmed"))
        .when(~pl.col("log_order")).then(pl.lit("disordered"))
        .when(~pl.col("log_scope")).then(pl.lit("other_scope"))
        .when((pl.col("log_text") != pl.col("text_key")).fill_null(False)).then(pl.lit("other_text"))
        .when(pl.col("consent_at").is_not_null() & ~same_time).then(pl.lit("other_time"))
        .when((state == "unknown") | ~known_text | ~whole | ~pl.col("log_exact")).then(pl.lit("incomplete"))
        .otherwise(pl.lit("confirmed"))
    )  # fmt: skip
    return wide.with_columns(code.alias("consent_log")).select(
        "consent_log", pl.when(pl.col("consent_log") == "confirmed").then(state).alias("consent_logged")
    )


FACTS = (
    Fact(
        name="consent_log",
        reads=_READS,
        adds=ADDS,
        apply=_compare,
        doc="What the supplied log says: confirmed, incomplete, silent, absent, or how it contradicts the row.",
    ),
)
