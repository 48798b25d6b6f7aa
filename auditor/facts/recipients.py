"""Who the person is to the sender: relation of job and offer, minors, sellers outside the European area."""

import re
from functools import cache

import polars as pl

from auditor import resources
from auditor.facts import _places
from auditor.settings import Settings
from auditor.stage import Context, Dtypes, Fact

# words for pupils under eighteen; "student" and "étudiant" are mostly adults
_PUPIL = (
    r"(?i)\b(?:coll[ée]gien(?:ne)?|lyc[ée]en(?:ne)?|stagiaire (?:de )?(?:3|troisi)[èe]?me|[ée]l[èe]ve (?:de|en) "
    r"(?:seconde|premi[èe]re|terminale|[3-6](?:e|[èe]me))|high[- ]school (?:student|pupil)|schoolboy|schoolgirl"
    r"|sch[üu]ler(?:in)?|sch[üu]lerpraktikant(?:in)?|(?:alumn[oa]|estudiante) de (?:la )?(?:eso|bachillerato)"
    r"|liceale|studente(?:ssa)? (?:di|del) liceo|scolar[oa])\b|^(?:[ée]l[èe]ve|pupil)$"
)
# third countries whose level of protection the Commission found adequate (GDPR 45); the United States only for
# certified firms, so a US seller needs its certification or another tool named
ADEQUATE = frozenset({"AD", "AR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY"})
EEA = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GP", "GF", "GR", "HR", "HU", "IE", "IS", "IT",
     "LI", "LT", "LU", "LV", "MF", "MQ", "MT", "NL", "NO", "PL", "PT", "RE", "RO", "SE", "SI", "SK", "YT"}
)  # fmt: skip
# sellers of contact data that are established in the United States, by a word of their name
_US_SELLERS = r"(?i)\b(?:apollo(?:\.io)?|zoominfo|rocketreach|lusha|seamless\.?ai|leadiq|uplead|clearbit)\b"
_NO_TOOL = r"(?i)^(?:none|no|non|aucune?|keine?|ninguno|nessuno|n/?a|unknown|inconnu|-|\?)$"

ADDED: Dtypes = {"role_relation": pl.String(), "minor_by": pl.String()}


@cache
def _functions() -> dict[str, frozenset[str]]:
    """Function -> its words in five languages, folded, from `data/functions.tsv`."""
    lines = (resources.data() / "functions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(_places.fold(word) for word in words.split("|")) for name, words in rows}


@cache
def _wanted(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """What a job title must hold to belong to the offer; a known function stands for its words in all languages."""
    asked = {_places.fold(word) for word in words if word.strip()}
    known = [spoken for name, spoken in _functions().items() if _places.fold(name) in asked or asked & spoken]
    every = asked.union(*known) if known else asked
    parts = "|".join(re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![a-z0-9])(?:{parts})") if parts else None


def _relation(frame: pl.DataFrame, settings: Settings) -> pl.Series:
    """unrelated: the title names none of the functions addressed; unknown: no title and no department."""
    said = frame.select(pl.concat_str("job_title", "department", separator=" ", ignore_nulls=True).alias("said"))[
        "said"
    ]
    empty = frame["job_title"].is_null() & frame["department"].is_null()
    wanted = _wanted((*settings.offer.functions, *settings.offer.departments))
    answer = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    answer = answer.zip_with(~empty, pl.repeat("unknown", frame.height, eager=True))
    if wanted is None:
        return answer
    # a loop over distinct titles: folding needs Unicode tables
    distinct = said.filter(~empty).unique().to_list()
    foreign = [title for title in distinct if not wanted.search(_places.fold(title))]
    other = said.is_in(pl.Series(foreign, dtype=pl.String).implode()).fill_null(False) & ~empty
    return answer.zip_with(~other, pl.repeat("unrelated", frame.height, eager=True))


def _recipients(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    adult_from = pl.col("birth_date").dt.offset_by("18y")
    young = (adult_from > pl.col("today")) & (pl.col("birth_date") < pl.col("today"))
    minor = (
        pl.when(young | pl.col("age").is_between(1, 17))
        .then(pl.lit("age"))
        .when(pl.col("job_title").str.contains(_PUPIL))
        .then(pl.lit("title"))
        .when(pl.col("domain_class") == "school")
        .then(pl.lit("school_domain"))
    )
    return frame.select(minor_by=minor).with_columns(role_relation=_relation(frame, context.settings)).select(*ADDED)


def _seller_country(frame: pl.DataFrame, settings: Settings) -> pl.Series:
    """Country of the seller as stated, as in the user's register of suppliers, or as known of a US seller."""
    table = frame.select(named=pl.concat_str("seller", "source", "source_detail", separator=" ", ignore_nulls=True))
    stated = frame["vendor_country"]
    distinct = {cell: _places.country(cell) for cell in stated.drop_nulls().unique().to_list()}
    known = [cell for cell, code in distinct.items() if code]
    code = stated.replace_strict(known, [distinct[cell] for cell in known], default=None, return_dtype=pl.String)
    for supplier in settings.suppliers:
        own = _places.country(supplier.country) if supplier.country else None
        if own:
            words = "|".join(re.escape(name) for name in (supplier.name, *supplier.aliases))
            code = code.fill_null(
                table.select(pl.when(pl.col("named").str.contains(f"(?i){words}")).then(pl.lit(own))).to_series()
            )
    seller = table.select(pl.when(pl.col("named").str.contains(_US_SELLERS)).then(pl.lit("US"))).to_series()
    return code.fill_null(seller)


def _transfer(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    seller = _seller_country(frame, context.settings)
    tool = pl.col("transfer_tool").is_not_null() & ~pl.col("transfer_tool").str.contains(_NO_TOOL)
    covered = tool | pl.col("supplier_transfer").fill_null(False)
    third = ~pl.col("seller_country").is_in([*EEA, *ADEQUATE])
    return frame.with_columns(seller_country=seller).select(
        "seller_country", transfer_gap=(third & ~covered).fill_null(False)
    )


FACTS = (
    Fact(
        name="recipient",
        reads=("job_title", "department", "birth_date", "age", "domain_class", "today"),
        adds=ADDED,
        apply=_recipients,
        doc="Whether job and offer are related (unrelated, unknown, null) and what says that the person is a minor.",
    ),
    Fact(
        name="transfer",
        reads=("vendor_country", "seller", "source", "source_detail", "transfer_tool", "supplier_transfer"),
        adds={"seller_country": pl.String(), "transfer_gap": pl.Boolean()},
        apply=_transfer,
        doc="Country of the seller, and whether it lies outside the EEA and adequate states with no tool named.",
    ),
)
