"""The evidence record of a row, its grade and the level V0 to V5 of its provenance.

A declaration for the whole list lifts a row to V3 at most: the level is reckoned once with the declared cells and
once without, and what is above V3 must hold without them.
"""

import polars as pl

from auditor.columns import BY_NAME, Kind
from auditor.facts.consent import ACTIVE, read_claims
from auditor.facts.consent_log import AGAINST
from auditor.facts.provenance import read_source
from auditor.settings import ListFacts
from auditor.stage import Context, Dtypes, Fact

# kinds of a direct source that say how the data were obtained
METHODS = ("form", "newsletter", "download", "event", "card", "inbound", "meeting", "prize")

EVIDENCE: Dtypes = {
    "provenance_level": pl.String(),
    "consent_grade": pl.String(),
    "missing_evidence": pl.String(),
}

READS = (
    "source", "source_detail", "source_url", "list_name", "seller", "source_class", "source_kind", "source_named",
    "supplier_state", "collected_on", "legal_basis", "legal_basis_class", "consent_status", "consent_state",
    "consent_at", "consent_at_precision", "consent_text_id", "consent_method", "consent_method_class",
    "consent_purpose", "consent_purpose_class", "consent_channel", "consent_channel_class", "consent_controller",
    "consent_controller_class", "consent_ref", "consent_ref_rows", "consent_form", "consent_log", "doi_sent_at",
    "doi_confirmed_at", "declared",
)  # fmt: skip


# the log is evidence of its own: it alone makes V5
_LOGGED = (pl.col("consent_log") == "confirmed").fill_null(False)


def pair() -> pl.Expr:
    """A double opt-in whose confirmation follows the request by at least a second."""
    asked = pl.coalesce("doi_sent_at", "consent_at")
    return (asked < pl.col("doi_confirmed_at")).fill_null(False)


def reference() -> pl.Expr:
    """A reference that is long enough to be one and belongs to this person alone."""
    text = pl.col("consent_ref").str.strip_chars()
    return ((text.str.len_chars() >= 4) & text.str.contains(r"\p{N}") & (pl.col("consent_ref_rows") <= 1)).fill_null(
        False
    )


def _has(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


def _elements() -> dict[str, pl.Expr]:
    """The evidence record: what of a consent is there, by the column that would hold it."""
    method = pl.col("consent_method_class").is_in(ACTIVE).fill_null(False) | pair()
    purpose = (pl.col("consent_purpose_class") == "prospecting") | (pl.col("source_kind") == "newsletter")
    controller = pl.col("consent_controller_class") == "named"
    channel = (pl.col("consent_channel_class") == "email") | (pl.col("source_kind") == "newsletter")
    return {
        "consent_at": _has("consent_at")
        & pl.col("consent_at_precision").is_in(["minute", "second", "zone"]).fill_null(False),
        "consent_zone": (pl.col("consent_at_precision") == "zone").fill_null(False),
        "consent_text_id": _has("consent_text_id"),
        "consent_controller": controller.fill_null(False),
        "consent_purpose": purpose.fill_null(False),
        "consent_channel": channel.fill_null(False),
        "consent_method": method,
        "consent_form": _has("consent_form")
        | (pl.col("source_named") & (pl.col("source_class") == "direct")).fill_null(False),
        "consent_ref": reference() | pair(),
    }


def level(frame: pl.DataFrame) -> pl.Series:
    """0 to 4 by what the row itself shows; the consent log decides about 5."""
    has = _elements()
    claim = (pl.col("source_class") != "missing").fill_null(False)
    supplier = pl.col("supplier_state").is_null() | (pl.col("supplier_state") == "checked")
    named = claim & pl.col("source_named").fill_null(False) & supplier
    dated = _has("collected_on") | _has("consent_at")
    how = (
        has["consent_method"]
        | pl.col("consent_method_class").is_in(ACTIVE).fill_null(False)
        | ((pl.col("source_class") == "direct") & pl.col("source_kind").is_in(METHODS)).fill_null(False)
    )
    # a text that the row names says for what and to whom
    aim = has["consent_purpose"] | has["consent_controller"] | has["consent_text_id"]
    third = named & dated & how & aim
    fourth = third & has["consent_ref"]
    return frame.select(
        sum((step.cast(pl.UInt8) for step in (claim, named, third, fourth)), pl.lit(0, pl.UInt8))
    ).to_series()


def _without_declared(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The frame as it would read without the cells that a declaration filled."""
    declared = context.settings.declared
    keys = {key: str(value) for key in ListFacts.model_fields if (value := getattr(declared, key))}
    if "event" in keys:
        keys["source_detail"] = keys["event"]
    blanks = [
        pl.when(~(pl.col("declared") & ~_own(key, value, context))).then(pl.col(key)).alias(key)
        for key, value in keys.items()
        if key in frame.columns
    ]
    own = frame.with_columns(blanks)
    own = own.with_columns(read_source(own, context).get_columns())
    return own.with_columns(read_claims(own, context).get_columns())


def _own(key: str, value: str, context: Context) -> pl.Expr:
    """Whether the row's cell says it by itself: some cell of the column holds another text, or the very same one."""
    texts = [pl.col(use.cell).str.strip_chars() for use in context.mapping.uses(key)]
    if not texts:
        return pl.lit(key in context.mapping.defaults)
    if BY_NAME[key].kind is Kind.DATE:
        return pl.any_horizontal((text != "").fill_null(False) for text in texts)
    held = pl.any_horizontal((text == value).fill_null(False) for text in texts)
    return held | (pl.col(key) != value).fill_null(True)


def _evidence(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    found = level(frame)
    if frame["declared"].any():
        own = level(_without_declared(frame, context))
        found = pl.select(pl.max_horizontal(own, pl.min_horizontal(found, pl.lit(3, pl.UInt8)))).to_series()
    return (
        frame.select(list(READS))
        .with_columns(found.alias("level"))
        .select(
            pl.format("V{}", pl.when(_LOGGED).then(5).otherwise("level")).alias("provenance_level"),
            _grade().alias("consent_grade"),
            _missing().alias("missing_evidence"),
        )
    )


def claims_consent() -> pl.Expr:
    """The row rests on consent, or says that consent was given."""
    return (pl.col("legal_basis_class") == "consent").fill_null(False) | pl.col("consent_state").is_in(
        ["confirmed", "given", "asserted", "pending"]
    ).fill_null(False)


def _grade() -> pl.Expr:
    """verifiable: level V4 and the text, or the mailbox's own confirmation, known; partial: moment, controller and
    one of text and method; asserted: said so; contradicted: the row itself says otherwise."""
    has = _elements()
    denied = pl.col("consent_state").is_in(["refused", "never"]) | pl.col("source_class").is_in(
        ["scraped", "bought", "guessed", "register"]
    )
    whole = (pl.col("level") >= 4) & has["consent_at"] & (has["consent_text_id"] | pair())
    partial = (
        _has("consent_at")
        & (has["consent_controller"] | (pl.col("source_class") == "direct"))
        & (has["consent_text_id"] | has["consent_method"])
    )
    return (
        pl.when(~claims_consent() & (pl.col("legal_basis_class") != "consent")).then(pl.lit("none"))
        .when(pl.col("consent_log").is_in(AGAINST).fill_null(False)).then(pl.lit("contradicted"))
        .when(_LOGGED).then(pl.lit("verifiable"))
        .when(denied.fill_null(False)).then(pl.lit("contradicted"))
        .when(whole.fill_null(False)).then(pl.lit("verifiable"))
        .when(partial.fill_null(False)).then(pl.lit("partial"))
        .otherwise(pl.lit("asserted"))
    )  # fmt: skip


def _missing() -> pl.Expr:
    """The columns of the evidence record that are not there, joined by `;`; null when no consent is claimed."""
    listed = pl.concat_str(
        [pl.when(~present).then(pl.lit(name)) for name, present in _elements().items()],
        separator=";",
        ignore_nulls=True,
    )
    return pl.when(claims_consent() & ~_LOGGED & (listed != "")).then(listed)


FACTS = (
    Fact(
        name="evidence",
        reads=READS,
        adds=EVIDENCE,
        apply=_evidence,
        cells=True,
        doc="Level V0 to V4, grade of the consent, and what is missing from its evidence record.",
    ),
)
