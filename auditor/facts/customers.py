"""Whether a row that relies on the customer exception, or on a contract, shows a customer."""

import polars as pl

from auditor.facts.vocabulary import readings
from auditor.packs import STRICTEST
from auditor.stage import Context, Fact, once_each

# whoever came from here was nobody's customer when the data were obtained
_THIRD_PARTY = ("bought", "vendor", "scraped", "guessed", "partner", "directory", "register")


def _lifecycle(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    def judge(rows: pl.DataFrame) -> pl.DataFrame:
        means = pl.col("means")
        found = readings(rows["lifecycle"], "lifecycle", context.settings)
        return found.select(pl.when(means.is_in(["customer", "prospect"])).then(means).alias("lifecycle_class"))

    return once_each("lifecycle_class", frame.select("lifecycle"), context, judge)


def _issue(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if not frame.select((pl.col("legal_basis_class") == "customer").any()).item():
        return pl.DataFrame({"customer_issue": [None]}, schema={"customer_issue": pl.String()})
    bought_on = pl.col("last_purchase_on")
    window_end = bought_on.dt.offset_by(pl.format("{}mo", "pack_customer_window_months"))
    sign = (pl.col("lifecycle_class") == "customer").fill_null(False) | (
        pl.col("source_class") == "customer"
    ).fill_null(False)
    known = pl.col("pack_code") != STRICTEST
    issue = (
        pl.when(pl.col("legal_basis_class") != "customer").then(None)
        .when(pl.col("seller").is_not_null() | pl.col("source_class").is_in(_THIRD_PARTY)).then(pl.lit("third_party"))
        .when(known & ~pl.col("pack_customer_exception")).then(pl.lit("no_such_exception"))
        .when(window_end < pl.col("today")).then(pl.lit("too_long_ago"))
        .when(bought_on.is_null() & (pl.col("lifecycle_class") == "prospect")).then(pl.lit("still_a_prospect"))
        # where consent is not asked for, a customer's stage or source is sign enough
        .when(bought_on.is_null() & (~sign | (pl.col("regime") == "in").fill_null(True))).then(pl.lit("no_sale"))
    )  # fmt: skip
    return frame.select(issue.alias("customer_issue"))


FACTS = (
    Fact(
        name="lifecycle_class",
        reads=("lifecycle",),
        adds={"lifecycle_class": pl.String()},
        apply=_lifecycle,
        doc="Stage of the person: customer, prospect, or null.",
    ),
    Fact(
        name="customer_issue",
        reads=(
            "legal_basis_class", "seller", "source_class", "lifecycle_class", "last_purchase_on", "pack_code",
            "pack_customer_exception", "pack_customer_window_months", "regime", "today",
        ),
        adds={"customer_issue": pl.String()},
        apply=_issue,
        doc="Why the customer exception is not shown to hold: third_party, no_such_exception, too_long_ago, "
        "still_a_prospect, no_sale; null when it is, or is not relied on.",
    ),
)  # fmt: skip
