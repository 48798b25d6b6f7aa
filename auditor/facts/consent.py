"""What a row shows of its consent: basis, state, evidence record, grade, and the level V0 to V5 of its provenance.

Levels and grades only rise with evidence: every condition below asks for something present, never for something
absent, except the contradictions, which evidence that is right cannot create.
"""

import polars as pl

from auditor.facts import _refusals
from auditor.facts.vocabulary import readings, words_of
from auditor.stage import CODE, Context, Dtypes, Fact, code, once_each

# consent methods that are a clear act of the person
ACTIVE = ("form", "double_opt_in", "signed", "spoken", "card")
INVALID = ("pre_ticked", "terms", "implied")

STATED = (
    "legal_basis", "consent_status", "consent_method", "consent_purpose", "consent_channel", "consent_controller",
)  # fmt: skip
CLAIMS: Dtypes = {
    "legal_basis_class": pl.String(),
    "consent_stated": pl.String(),
    "consent_method_class": pl.String(),
    "consent_purpose_class": pl.String(),
    "consent_channel_class": pl.String(),
    "consent_controller_class": pl.String(),
}


def read_claims(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """CLAIMS columns of each row; rows that say the same are read once."""
    return once_each("consent_claims", frame.select(STATED), context, lambda rows: _read_claims(rows, context))


def _read_claims(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    basis = readings(frame["legal_basis"], "legal_basis", context.settings)["means"].fill_null("missing")
    stated = readings(frame["consent_status"], "consent_status", context.settings)["means"]
    # people write a refusal into whatever column is at hand, in a sentence of their own
    found = {
        "legal_basis_class": basis.set(_refusals.objections(frame["legal_basis"]), "withdrawn"),
        "consent_stated": stated.set(_refusals.objections(frame["consent_status"]), "refused"),
    }
    for part in ("method", "purpose", "channel", "controller"):
        found[f"consent_{part}_class"] = readings(frame[f"consent_{part}"], f"consent_{part}", context.settings)[
            "means"
        ]
    claims = pl.DataFrame(found, schema=CLAIMS).with_columns(
        pl.when(pl.col(name) != "missing").then(pl.col(name)).alias(name) for name in list(CLAIMS)[1:]
    )
    if not context.settings.controllers:
        return claims
    named = (pl.col("consent_controller_class") == "named") & ~pl.Series(_ours(frame, context.settings.controllers))
    return claims.with_columns(
        pl.when(named).then(pl.lit("other")).otherwise("consent_controller_class").alias("consent_controller_class")
    )


def _ours(frame: pl.DataFrame, controllers: tuple[str, ...]) -> pl.Series:
    """Whether the stated controller holds one of the sender's names; judged per distinct value."""
    names = words_of(pl.Series(controllers))
    distinct = frame["consent_controller"].drop_nulls().unique()
    ours = [value for value, words in zip(distinct, words_of(distinct), strict=True) if any(n in words for n in names)]
    return frame["consent_controller"].is_in(ours)


def _state(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    stated, method = pl.col("consent_stated"), pl.col("consent_method_class")
    confirmed_time = pl.col("doi_confirmed_at").is_not_null()
    asked_time = pl.col("doi_sent_at").is_not_null() | pl.col("consent_at").is_not_null()
    says_yes = stated.is_in(["given", "confirmed"]) | pl.col("consent_at").is_not_null()
    gone = (pl.col("legal_basis_class") == "withdrawn") | (
        pl.col("withdrawn_at").is_not_null() & ~(pl.col("withdrawn_at") < pl.col("consent_at")).fill_null(False)
    )
    state = (
        pl.when(gone | (pl.col("consent_log") == "withdrawn").fill_null(False)).then(code("refused"))
        .when(stated.is_in(["refused", "unreachable", "never"])).then(stated)
        .when(pl.col("consent_logged").is_not_null()).then(pl.col("consent_logged").cast(CODE))
        .when(confirmed_time & asked_time).then(code("confirmed"))
        .when((stated == "pending") | (pl.col("doi_sent_at").is_not_null() & (stated != "confirmed").fill_null(True)))
        .then(code("pending"))
        .when((stated == "asserted") | (method == "imported")).then(code("asserted"))
        .when((stated == "confirmed") & asked_time).then(code("confirmed"))
        .when((stated == "confirmed") | says_yes).then(code("given"))
        .when(confirmed_time | (pl.col("legal_basis_class") == "consent")).then(code("asserted"))
        .otherwise(code("missing"))
    )  # fmt: skip
    return frame.select(state.alias("consent_state"))


FACTS = (
    Fact(
        name="consent_claims",
        reads=STATED,
        adds=CLAIMS,
        apply=read_claims,
        doc="Stated basis, status, method, purpose, channel and controller in the words of the house.",
    ),
    Fact(
        name="consent_state",
        reads=(
            "consent_stated",
            "consent_method_class",
            "legal_basis_class",
            "consent_at",
            "doi_sent_at",
            "doi_confirmed_at",
            "withdrawn_at",
            "consent_log",
            "consent_logged",
        ),
        adds={"consent_state": pl.String()},
        apply=_state,
        doc="State of the consent from status and times together; what forbids outweighs what allows.",
    ),
)
