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
from auditor.stage import Context, Dtypes, Fact, once_each

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


LEVELS = pl.Series(["V0", "V1", "V2", "V3", "V4", "V5"])
# the evidence record of a consent (GDPR 7(1)): what of it a row shows, by the column that would hold it
ELEMENTS = (
    "consent_at", "consent_zone", "consent_text_id", "consent_controller", "consent_purpose", "consent_channel",
    "consent_method", "consent_form", "consent_ref",
)  # fmt: skip
# every set of missing elements as one text: bit n of the index stands for element n
_MISSING = pl.Series(
    [";".join(name for n, name in enumerate(ELEMENTS) if bits >> n & 1) or None for bits in range(1 << len(ELEMENTS))],
    dtype=pl.String,
)


def _yes(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(False)


# what the record rests on as it is written, and what counts by being there
TOLD = (
    "source_class", "source_kind", "source_named", "supplier_state", "legal_basis_class", "consent_state",
    "consent_at_precision", "consent_method_class", "consent_purpose_class", "consent_channel_class",
    "consent_controller_class", "consent_log",
)  # fmt: skip
THERE = ("collected_on", "consent_at", "consent_text_id", "consent_form")


def shown(frame: pl.DataFrame) -> pl.DataFrame:
    """TOLD as it is; true or null for each of THERE, for a reference of one's own and for `pair`, a double opt-in
    confirmed after its request. Many rows show the same."""
    flags = {name: pl.col(name).is_not_null() for name in THERE}
    flags["consent_ref"] = _individual(frame)
    flags["pair"] = pl.coalesce("doi_sent_at", "consent_at") < pl.col("doi_confirmed_at")
    return frame.select(*TOLD, **{name: pl.when(flag).then(True) for name, flag in flags.items()})


def record(rows: pl.DataFrame) -> pl.DataFrame:
    """One Boolean column per element, and `pair`, of what rows show."""
    mailing = pl.col("source_kind") == "newsletter"
    written = pl.col("consent_at_precision")
    own_form = pl.col("source_named") & (pl.col("source_class") == "direct")
    known = rows.select(
        _yes(pl.col("consent_at") & written.is_in(["minute", "second", "zone"])),
        _yes(written == "zone").alias("consent_zone"),
        _yes(pl.col("consent_text_id")),
        _yes(pl.col("consent_controller_class") == "named").alias("consent_controller"),
        _yes((pl.col("consent_purpose_class") == "prospecting") | mailing).alias("consent_purpose"),
        _yes((pl.col("consent_channel_class") == "email") | mailing).alias("consent_channel"),
        _yes(pl.col("consent_method_class").is_in(ACTIVE)).alias("consent_method"),
        _yes(pl.col("consent_form")) | _yes(own_form),
        _yes(pl.col("consent_ref", "pair")),
    )
    return known.with_columns(pl.col("consent_method", "consent_ref") | pl.col("pair"))


def _individual(frame: pl.DataFrame) -> pl.Expr:
    """A reference that is long enough to be one and belongs to this person alone."""
    if frame["consent_ref"].null_count() == frame.height:
        return pl.lit(False)
    text = pl.col("consent_ref")
    return (text.str.len_chars() >= 4) & text.str.contains(r"[0-9]") & (pl.col("consent_ref_rows") <= 1)


def level(rows: pl.DataFrame, has: pl.DataFrame) -> pl.Series:
    """0 to 4 by what rows themselves show; the consent log decides about 5."""
    claim = _yes(pl.col("source_class") != "missing")
    supplier = pl.col("supplier_state").is_null() | (pl.col("supplier_state") == "checked")
    named = claim & _yes(pl.col("source_named")) & supplier
    dated = _yes(pl.col("collected_on")) | _yes(pl.col("consent_at"))
    told = _yes((pl.col("source_class") == "direct") & pl.col("source_kind").is_in(METHODS))
    # a text that the row names says for what and to whom
    aim = has["consent_purpose"] | has["consent_controller"] | has["consent_text_id"]
    third = named & dated & (pl.lit(has["consent_method"]) | told) & pl.lit(aim)
    fourth = third & pl.lit(has["consent_ref"])
    steps = (claim, named, third, fourth)
    return rows.select(level=pl.sum_horizontal(step.cast(pl.UInt8) for step in steps).cast(pl.UInt8)).to_series()


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
    for read in (read_source, read_claims):
        added = read(own, context)
        whole = added if added.height == own.height else added[[0] * own.height]
        own = own.with_columns(whole.get_columns())
    return own


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
    own = pl.lit(None, pl.UInt8)
    if frame["declared"].any():
        bare = shown(_without_declared(frame, context))
        own = pl.lit(once_each("own_level", bare, context, lambda rows: level(rows, record(rows)).to_frame())["level"])
    return once_each("evidence", shown(frame).with_columns(own=own), context, _weigh)


def _weigh(rows: pl.DataFrame) -> pl.DataFrame:
    """EVIDENCE of what rows show; `own` is the level without the declared cells, where some are."""
    has = record(rows)
    found = level(rows, has)
    capped = pl.min_horizontal(found, pl.lit(3, pl.UInt8))
    own = pl.col("own")
    found = rows.select(pl.when(own.is_null()).then(found).otherwise(pl.max_horizontal(own, capped))).to_series()
    # the log is evidence of its own: it alone makes V5
    logged = (rows["consent_log"] == "confirmed").fill_null(False)
    claims = rows.select(claims_consent()).to_series()
    bits = has.select(
        pl.sum_horizontal((~pl.col(name)).cast(pl.UInt16) * (1 << n) for n, name in enumerate(ELEMENTS))
    ).to_series()
    return pl.DataFrame(
        {
            "provenance_level": LEVELS.gather(found.set(logged, 5)),
            "consent_grade": rows.select(_grade(found, has, logged, claims)).to_series(),
            "missing_evidence": _MISSING.gather(bits.set(~claims | logged, 0)),
        },
        schema=dict(EVIDENCE),
    )


def claims_consent() -> pl.Expr:
    """The row rests on consent, or says that consent was given."""
    says = pl.col("consent_state").is_in(["confirmed", "given", "asserted", "pending"])
    return _yes(pl.col("legal_basis_class") == "consent") | _yes(says)


def _grade(found: pl.Series, has: pl.DataFrame, logged: pl.Series, claims: pl.Series) -> pl.Expr:
    """verifiable: level V4 and the text, or the mailbox's own confirmation, known; partial: moment, controller and
    one of text and method; asserted: said so; contradicted: the row itself, or the log, says otherwise."""
    denied = (
        pl.col("consent_state").is_in(["refused", "never"])
        | pl.col("source_class").is_in(["scraped", "guessed", "register"])
        | ((pl.col("source_class") == "bought") & (pl.col("supplier_state") != "checked"))
    )
    whole = (found >= 4) & has["consent_at"] & (has["consent_text_id"] | has["pair"])
    partial = (
        _yes(pl.col("consent_at"))
        & (pl.lit(has["consent_controller"]) | _yes(pl.col("source_class") == "direct"))
        & pl.lit(has["consent_text_id"] | has["consent_method"])
    )
    return (
        pl.when(pl.lit(~claims)).then(pl.lit("none"))
        .when(_yes(pl.col("consent_log").is_in(AGAINST))).then(pl.lit("contradicted"))
        .when(pl.lit(logged)).then(pl.lit("verifiable"))
        .when(_yes(denied)).then(pl.lit("contradicted"))
        .when(pl.lit(whole)).then(pl.lit("verifiable"))
        .when(partial).then(pl.lit("partial"))
        .otherwise(pl.lit("asserted"))
    )  # fmt: skip


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
