"""How long ago the person last gave a sign; what does not count as one; how often we wrote."""

import polars as pl

from auditor.facts.vocabulary import readings
from auditor.stage import Context, Dtypes, Fact

# an opened message is no act of the person (CNIL, Spartoo); a change of job is none either (Kaspr)
_KINDS = {"inbound": "act", "open": "open", "update": "update"}

ADDED: Dtypes = {
    "activity_kind": pl.String(),
    "last_sign_on": pl.Date(),
    "consent_used_on": pl.Date(),
    "contact_pressure": pl.String(),
}


def _retention(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    activity = readings(frame["last_activity_type"], "activity", context.settings)["means"]
    kind = activity.replace_strict(_KINDS, default=None, return_dtype=pl.String)
    table = frame.with_columns(activity_kind=kind)
    passive = pl.col("activity_kind").is_in(["open", "update"]).fill_null(False)
    inbound = pl.when(~passive).then("last_inbound_on")
    days = [pl.col("consent_at").dt.date(), pl.col("doi_confirmed_at").dt.date()]
    # days in the future are errors of the list; they prove no sign
    known = [
        pl.when(day <= pl.col("today")).then(day)
        for day in (inbound, pl.col("last_purchase_on"), pl.col("collected_on"), *days)
    ]
    limit = context.settings.offer.max_contacts
    pressed = (pl.col("contact_count") > limit) & inbound.is_null() & pl.col("last_purchase_on").is_null()
    sequences = pl.col("list_name").str.count_matches(r"[;|]") + 1
    return table.select(
        "activity_kind",
        last_sign_on=pl.max_horizontal(known),
        consent_used_on=pl.max_horizontal(
            pl.coalesce("doi_confirmed_at", "consent_at").dt.date(), "first_contact_on", "last_contact_on", inbound
        ),
        contact_pressure=pl.when(pressed)
        .then(pl.lit("count"))
        .when((sequences >= 3) & inbound.is_null() & pl.col("last_contact_on").is_not_null())
        .then(pl.lit("sequences")),
    )


FACTS = (
    Fact(
        name="retention",
        reads=(
            "last_activity_type", "last_inbound_on", "last_purchase_on", "collected_on", "consent_at",
            "doi_confirmed_at",
            "first_contact_on", "last_contact_on", "contact_count", "list_name", "today",
        ),
        adds=ADDED,
        apply=_retention,
        doc="Last sign of life (opens, enrichment, job changes do not count), last use of consent, pressure.",
    ),
)  # fmt: skip
