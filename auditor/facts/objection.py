"""Objections: what the row itself says, what the user's lists say, and what other rows say of the same person."""

import polars as pl

from auditor import suppression
from auditor.facts import _refusals
from auditor.stage import Context, Fact, Survey, blank

# channels whose refusal leaves e-mail untouched
_OTHER_CHANNELS = r"^(?:phone|sms|post|fax|whatsapp|call|calls|mail_post|[;,|/ ]|and)+$"
# a date that was filled in, whatever its format: exports write 0000-00-00 for "never"
_FILLED_DATE = "[1-9]"
_BOUNCED = (
    r"(?i)\b(?:hard[ _-]?bounce[ds]?|bounced?|cleaned|spam|complain(?:t|ed|er)|plainte|plaint|beschwerde|queja|reclamo|"
    r"abuse[ _-]?report|undeliverable|unzustellbar|npai|invalid[ _-]?email|rebond[ _-]?d[ée]finitif)\b"
)


def _objection(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Restrictive where the row contradicts itself: a dated objection beats an opt-out of "no"."""
    elsewhere = pl.col("opt_out_scope").str.to_lowercase().str.contains(_OTHER_CHANNELS).fill_null(False)
    remark = _refusals.objections(frame["notes"])
    return frame.select(
        objection=pl.when(elsewhere)
        .then(None)
        .when(pl.col("opt_out"))
        .then(pl.lit("flag"))
        .when(pl.col("opted_out_on_text").str.contains(_FILLED_DATE))
        .then(pl.lit("date"))
        .when(pl.col("consent_stated") == "refused")
        .then(pl.lit("status"))
        .when(pl.col("legal_basis_class") == "withdrawn")
        .then(pl.lit("withdrawn"))
        .when(pl.Series(remark))
        .then(pl.lit("wording")),
        complaint=pl.when(pl.col("bounced"))
        .then(pl.lit("flag"))
        .when(pl.col("email_status").str.contains(_BOUNCED))
        .then(pl.lit("status"))
        .when(pl.col("last_activity_type").str.contains(_BOUNCED))
        .then(pl.lit("activity")),
    )


def _suppressed(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Codes of the user's lists and registers; a listed further address of the row counts as `other_address`."""
    forbidden, registers = suppression.screen(context.settings), suppression.registers(context.settings)
    return pl.DataFrame(
        {
            "suppressed": _screened(frame, forbidden),
            "registered": _screened(frame, registers),
            "register_screened": pl.repeat(not registers.empty, frame.height, eager=True),
        }
    )


def _screened(frame: pl.DataFrame, screen: suppression.Screen) -> pl.Series:
    none = blank(frame.height, pl.String())
    if screen.empty:
        return none
    addresses = frame["address"].fill_null(frame["email"])
    if screen.hashed:
        codes = screen.codes(addresses, frame["email"])
    else:
        codes = screen.codes_of_keys(frame["match_key"], frame["variant_key"], frame["domain"])
        # keys are of the normal form as written; names beyond ASCII and cells that are no address need the text
        rows = (frame["address"].is_null() | addresses.str.contains(r"[^\x00-\x7f]")).fill_null(False).arg_true()
        codes = codes.scatter(rows, screen.codes(addresses.gather(rows))) if len(rows) else codes
    others = frame.select("email_others").with_row_index("row").drop_nulls().explode("email_others").drop_nulls()
    if others.height:
        rows = others["row"].filter(screen.codes(others["email_others"]).is_not_null()).unique()
        rows = rows.filter(codes.gather(rows).is_null())
        codes = codes.scatter(rows, "other_address") if len(rows) else codes
    return codes


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    refused = frame.filter(pl.col("objection").is_not_null() | pl.col("suppressed").is_not_null())
    return refused.select("variant_key", "person_key").unique()


def _elsewhere(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The same mailbox, or the same name at the same company, objected in another row of this list."""
    refused = context.surveys["objections"]
    quiet = pl.col("objection").is_null() & pl.col("suppressed").is_null()
    return frame.select(
        objected_elsewhere=pl.when(quiet & pl.col("variant_key").is_in(refused["variant_key"].drop_nulls().implode()))
        .then(pl.lit("same_mailbox"))
        .when(quiet & pl.col("person_key").is_in(refused["person_key"].drop_nulls().implode()))
        .then(pl.lit("same_person"))
    )


SURVEYS = (
    Survey(
        name="objections",
        reads=("variant_key", "person_key", "objection", "suppressed"),
        observe=_observe,
        merge=lambda parts: parts.unique().sort("variant_key", "person_key"),
        doc="Keys of everybody who objected in some row or stands on a suppression list.",
    ),
)
FACTS = (
    Fact(
        name="objection",
        reads=(
            "opt_out", "opt_out_scope", "opted_out_on_text", "consent_stated", "legal_basis_class", "notes",
            "bounced", "email_status", "last_activity_type",
        ),
        adds={"objection": pl.String(), "complaint": pl.String()},
        apply=_objection,
        doc="How the row says that the person refused (flag, date, status, withdrawn, wording) or that the address "
        "failed.",
    ),
    Fact(
        name="suppression",
        reads=("address", "domain", "match_key", "variant_key", "email", "email_others"),
        adds={"suppressed": pl.String(), "registered": pl.String(), "register_screened": pl.Boolean()},
        apply=_suppressed,
        doc="How the address stands on a suppression list or in a national register; null when it does not.",
    ),
    Fact(
        name="objected_elsewhere",
        reads=("variant_key", "person_key", "objection", "suppressed"),
        surveys=("objections",),
        adds={"objected_elsewhere": pl.String()},
        apply=_elsewhere,
        doc="same_mailbox or same_person when another row of the list says that this person objected.",
    ),
)  # fmt: skip
