"""What the user declared for the whole list (`[list]`), checked against the rows and against the recognised export."""

from datetime import date

import polars as pl

from auditor.facts.provenance import INDIRECT, TAINTED
from auditor.facts.suppliers import SUPPLIED
from auditor.facts.vocabulary import classify
from auditor.intake.mapping import Mapping
from auditor.model import Scope
from auditor.settings import ListFacts, Settings
from auditor.stage import Context, Fact

# sources that claim the person's own part in it
_OWN = ("direct", "customer", "referral")


def missing_declarations(mapping: Mapping) -> list[str]:
    """Keys of `[list]` that would fill what this list has no column for, the most useful first."""
    wanted = ["source", "collected_on", "legal_basis"]
    supplied = mapping.list_class in SUPPLIED or "seller" in mapping.present
    if supplied or mapping.list_class in INDIRECT:
        wanted += ["notice_on", "notice_lang"]
    if supplied:
        wanted += ["seller", "contract_ref"]
    if mapping.present & {"consent_at", "consent_status", "consent_ref", "doi_confirmed_at"}:
        wanted += ["consent_method", "consent_text_id", "consent_purpose", "consent_controller"]
    else:
        wanted.append("lia_ref")
    return [key for key in wanted if key not in mapping.present]


def declared_class(settings: Settings) -> str | None:
    """The source class of what was declared; null when no source, form or event was."""
    text = " ".join(filter(None, (settings.declared.source, settings.declared.source_detail)))
    if settings.declared.seller and not text:
        return "bought"
    if not text:
        return "direct" if settings.declared.event else None
    return classify(text, "source", settings).means


def export_conflict(declared: ListFacts, means: str | None, context: Context) -> str | None:
    """What in the declaration cannot be true of this list, as a code."""
    tells = [strength for strength, _ in context.mapping.tells]
    consent = bool(declared.legal_basis) and (
        classify(declared.legal_basis, "legal_basis", context.settings).means == "consent"
    )
    if means in _OWN and (context.mapping.list_class in TAINTED or "T3" in tells):
        return "source_against_format"
    if consent and (context.mapping.list_class in TAINTED or means in (*TAINTED, "register", "directory")):
        return "consent_against_source"
    if declared.collected_on and declared.collected_on > context.today:
        return "collected_in_future"
    if declared.collected_on and declared.notice_on and declared.notice_on < declared.collected_on:
        return "notice_before_collection"
    if declared != ListFacts() and not declared.declared_by:
        return "nobody_declared"
    return None


def _list(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    code = export_conflict(context.settings.declared, declared_class(context.settings), context)
    return pl.DataFrame({"declaration_conflict": [code] * frame.height}, schema={"declaration_conflict": pl.String()})


def _rows(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows that say something else than the declaration; silent where nothing was declared."""
    declared = context.settings.declared
    means = declared_class(context.settings)
    own = pl.col("source_by").eq("row") & (pl.col("source") != declared.source).fill_null(True)
    other = (
        own & ~pl.col("source_class").is_in(["vague", "missing", "outbound"]) & (pl.col("source_class") != means)
        if means
        else pl.lit(False)
    )
    older = (
        pl.col("record_created_on") < pl.lit(declared.collected_on, pl.Date)
        if isinstance(declared.collected_on, date)
        else pl.lit(False)
    )
    code = (
        pl.when(other.fill_null(False)).then(pl.lit("other_source"))
        .when(older.fill_null(False) & pl.col("declared")).then(pl.lit("record_older_than_collection"))
    )  # fmt: skip
    return frame.select(code.alias("declaration_row_conflict"))


FACTS = (
    Fact(
        name="declaration_conflict",
        reads=(),
        adds={"declaration_conflict": pl.String()},
        apply=_list,
        scope=Scope.LIST,
        doc="What in the declaration for the whole list contradicts the recognised export or itself.",
    ),
    Fact(
        name="declaration_row_conflict",
        reads=("source", "source_class", "source_by", "record_created_on", "declared"),
        adds={"declaration_row_conflict": pl.String()},
        apply=_rows,
        doc="Row that states another source than the declaration, or is older than the declared collection.",
    ),
)
