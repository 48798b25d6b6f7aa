"""How long ago the person last gave a sign; what does not count as one; how often we wrote."""

from collections.abc import Sequence

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


_READS = (
    "last_activity_type", "last_inbound_on", "last_purchase_on", "collected_on", "consent_at", "doi_confirmed_at",
    "first_contact_on", "last_contact_on", "contact_count", "list_name",
)  # fmt: skip
_SIGNS = ("last_inbound_on", "last_purchase_on", "collected_on", "consent_at", "doi_confirmed_at")
_USES = ("consent_used", "first_contact_on", "last_contact_on", "last_inbound_on")


def _retention(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # an expression costs as much on an empty column as on any other: those are left out
    filled = {name for name in _READS if frame[name].null_count() < frame.height}
    activity = readings(frame["last_activity_type"], "activity", context.settings)["means"]
    kind = activity.replace_strict(_KINDS, default=None, return_dtype=pl.String) if activity.count() else activity
    days = {name: pl.col(name).cast(pl.Date) for name in _READS if name in filled and name.endswith(("_on", "_at"))}
    if "last_inbound_on" in days:
        passive = pl.Series(kind.is_in(["open", "update"]).fill_null(False))
        days["last_inbound_on"] = pl.when(~passive).then("last_inbound_on")
    # days in the future are errors of the list; they prove no sign
    signs = [pl.when(days[name] <= pl.col("today")).then(days[name]) for name in _SIGNS if name in days]
    if filled & {"doi_confirmed_at", "consent_at"}:
        days["consent_used"] = pl.coalesce("doi_confirmed_at", "consent_at").cast(pl.Date)
    return frame.select(
        kind.alias("activity_kind"),
        last_sign_on=_latest(signs),
        consent_used_on=_latest([days[name] for name in _USES if name in days]),
        contact_pressure=_pressure(filled, days.get("last_inbound_on", _NO_DAY), context.settings.offer.max_contacts),
    )


_NO_DAY = pl.lit(None, pl.Date)


def _latest(days: Sequence[pl.Expr]) -> pl.Expr:
    return pl.max_horizontal(days) if days else _NO_DAY


def _pressure(filled: set[str], inbound: pl.Expr, limit: int) -> pl.Expr:
    """How the row shows that the person was written to again and again without an answer."""
    if not filled & {"contact_count", "list_name"}:
        return pl.lit(None, pl.String)
    pressed = (pl.col("contact_count") > limit) & inbound.is_null() & pl.col("last_purchase_on").is_null()
    sequences = pl.col("list_name").str.count_matches(r"[;|]") + 1
    return (
        pl.when(pressed).then(pl.lit("count"))
        .when((sequences >= 3) & inbound.is_null() & pl.col("last_contact_on").is_not_null()).then(pl.lit("sequences"))
    )  # fmt: skip


FACTS = (
    Fact(
        name="retention",
        reads=(*_READS, "today"),
        adds=ADDED,
        apply=_retention,
        doc="Last sign of life (opens, enrichment, job changes do not count), last use of consent, pressure.",
    ),
)
