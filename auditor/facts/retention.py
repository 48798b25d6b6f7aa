"""How long ago the person last gave a sign; what does not count as one; how often we wrote."""

import polars as pl

from auditor.stage import Context, Dtypes, Fact

# an opened message is no act of the person (CNIL, Spartoo); a change of job is none either (Kaspr)
_OPEN = (
    r"(?i)\b(?:open(?:ed|s)?|ouvert(?:e|ure)?s?|ge[öo]ffnet|[öo]ffnung|apert[ao]|apertura|abiert[ao]|viewed"
    r"|vu|seen)\b"
)
_UPDATE = (
    r"(?i)(?:job|role|title|position|company|employer|poste|emploi|stelle|puesto|cargo|ruolo)[ _-]?"
    r"(?:change[ds]?|update[ds]?|move[ds]?|changement|wechsel|cambio)"
    r"|changement de (?:poste|soci[ée]t[ée]|fonction)|nouveau poste|new (?:job|role|position)"
    r"|cambio (?:de|di) (?:puesto|trabajo|ruolo|lavoro)|enrich(?:ed|ment)?|enrichi(?:ssement)?|anreicherung|angereichert"
    r"|enriquecid[oa]|arricchit[oa]|refresh(?:ed)?|data[ _-]?update|mise [àa] jour|aktualisier(?:t|ung)"
    r"|actualizaci[óo]n|aggiornamento|verified|synced|import(?:ed)?"
)
# what a person does: wins when a cell names both
_ACT = (
    r"(?i)\b(?:click(?:ed|s)?|clic|cliqu[ée]|repl(?:y|ied|ies)|r[ée]pon(?:se|du)|answer(?:ed)?|antwort|risposta"
    r"|respuesta|form|formulaire|purchase[ds]?|achat|call(?:ed)?|appel|meeting|rdv|visit(?:ed)?|download(?:ed)?|registered"
    r"|inscription)\b"
)

ADDED: Dtypes = {
    "activity_kind": pl.String(),
    "last_sign_on": pl.Date(),
    "consent_used_on": pl.Date(),
    "contact_pressure": pl.String(),
}


def _retention(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    activity = pl.col("last_activity_type")
    kind = (
        pl.when(activity.str.contains(_ACT))
        .then(pl.lit("act"))
        .when(activity.str.contains(_OPEN))
        .then(pl.lit("open"))
        .when(activity.str.contains(_UPDATE))
        .then(pl.lit("update"))
    )
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
            "last_activity_type", "last_inbound_on", "last_purchase_on", "collected_on", "consent_at", "doi_confirmed_at",
            "first_contact_on", "last_contact_on", "contact_count", "list_name", "today",
        ),
        adds=ADDED,
        apply=_retention,
        doc="Last sign of life (opens, enrichment, job changes do not count), last use of a consent, pressure.",
    ),
)  # fmt: skip
