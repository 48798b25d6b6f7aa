"""Who the person is to the sender: relation of job and offer, minors, sellers outside the European area."""

import re
from functools import cache

import polars as pl

from auditor import resources
from auditor.facts import _places
from auditor.settings import Settings
from auditor.stage import CODE, Context, Dtypes, Fact, blank, values

# words for pupils under eighteen; "student" and "étudiant" are mostly adults
_PUPIL = (
    r"(?i)\b(?:coll[ée]gien(?:ne)?|lyc[ée]en(?:ne)?|stagiaire (?:de )?(?:3|troisi)[èe]?me|[ée]l[èe]ve (?:de|en) "
    r"(?:seconde|premi[èe]re|terminale|[3-6](?:e|[èe]me))|high[- ]school (?:student|pupil)|schoolboy|schoolgirl"
    r"|sch[üu]ler(?:in)?|sch[üu]lerpraktikant(?:in)?|(?:alumn[oa]|estudiante) de (?:la )?(?:eso|bachillerato)"
    r"|liceale|studente(?:ssa)? (?:di|del) liceo|scolar[oa])\b|^(?:[ée]l[èe]ve|pupil)$"
)
# a piece of every such title; one search for all of them settles nearly every row
_PUPIL_HINTS = [
    "collég", "colleg", "lycé", "lyce", "stagiaire", "lève", "leve", "school", "pupil", "schüler", "schuler",
    "eso", "bachiller", "liceal", "liceo", "scolar",
]  # fmt: skip
# third countries whose level of protection the Commission found adequate (GDPR 45); the United States only for
# certified firms, so a US seller needs its certification or another tool named
ADEQUATE = frozenset({"AD", "AR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY"})
EEA = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GP", "GF", "GR", "HR", "HU", "IE", "IS", "IT",
     "LI", "LT", "LU", "LV", "MF", "MQ", "MT", "NL", "NO", "PL", "PT", "RE", "RO", "SE", "SI", "SK", "YT"}
)  # fmt: skip
# sellers of contact data that are established in the United States, by a word of their name
_US_SELLERS = r"(?i)\b(?:apollo(?:\.io)?|zoominfo|rocketreach|lusha|seamless\.?ai|leadiq|uplead|clearbit)\b"
_US_HINTS = ["apollo", "zoominfo", "rocketreach", "lusha", "seamless", "leadiq", "uplead", "clearbit"]
_NO_TOOL = r"(?i)^(?:none|no|non|aucune?|keine?|ninguno|nessuno|n/?a|unknown|inconnu|-|\?)$"

ADDED: Dtypes = {"role_relation": pl.String(), "minor_by": pl.String()}
_READS = ("job_title", "department", "birth_date", "age", "domain_class")


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
    empty = frame["job_title"].is_null() & frame["department"].is_null()
    answer = blank(frame.height, pl.String())
    if empty.any():
        answer = answer.scatter(empty.arg_true(), "unknown")
    wanted = _wanted((*settings.offer.functions, *settings.offer.departments))
    if wanted is None:
        return answer
    said = frame.select(pl.concat_str("job_title", "department", separator=" ", ignore_nulls=True).alias("said"))[
        "said"
    ]
    # a loop over distinct titles: folding needs Unicode tables
    distinct = said.filter(~empty).unique().to_list()
    foreign = [title for title in distinct if not wanted.search(_places.fold(title))]
    other = said.is_in(pl.Series(foreign, dtype=pl.String).implode()).fill_null(False) & ~empty
    return answer.zip_with(~other, pl.repeat("unrelated", frame.height, eager=True))


def _pupils(titles: pl.Series) -> pl.Series:
    """The titles that pupils bear."""
    found = values(titles)
    hinted = found.filter(found.str.contains_any(_PUPIL_HINTS, ascii_case_insensitive=True))
    return hinted.filter(hinted.str.contains(_PUPIL))


def _recipients(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    filled = {name for name in _READS if frame[name].null_count() < frame.height}
    signs = [pl.when(pl.col("domain_class") == "school").then(pl.lit("school_domain"))]
    pupils = _pupils(frame["job_title"])
    if len(pupils):
        signs.insert(0, pl.when(pl.col("job_title").is_in(pupils.implode())).then(pl.lit("title")))
    if filled & {"birth_date", "age"}:
        adult_from = pl.col("birth_date").dt.offset_by("18y")
        young = (adult_from > pl.col("today")) & (pl.col("birth_date") < pl.col("today"))
        signs.insert(0, pl.when(young | pl.col("age").is_between(1, 17)).then(pl.lit("age")))
    return frame.select(role_relation=_relation(frame, context.settings), minor_by=pl.coalesce(signs))


_SELLERS = ("seller", "source", "source_detail")
_TRANSFER = ("vendor_country", *_SELLERS, "transfer_tool", "supplier_transfer")


def _named(frame: pl.DataFrame, hints: list[str], form: str) -> pl.Series | None:
    """Rows whose seller or source holds a match of `form`; None when there is no such row."""
    rows = None
    for name in _SELLERS:
        stated = values(frame[name])
        hinted = stated.filter(stated.str.contains_any(hints, ascii_case_insensitive=True))
        # the other engine compiles the form anew for every batch, which costs more than these few searches
        found = [text for text in hinted.to_list() if re.search(form, text)]
        if found:
            held = frame[name].is_in(found).fill_null(False)
            rows = held if rows is None else rows | held
    return rows


def _seller_country(frame: pl.DataFrame, settings: Settings) -> pl.Series:
    """Country of the seller as stated, as in the user's register of suppliers, or as known of a US seller."""
    distinct = {cell: _places.country(cell) for cell in values(frame["vendor_country"]).to_list()}
    known = [cell for cell, code in distinct.items() if code]
    code = blank(frame.height, CODE)
    if known:
        codes = [distinct[cell] for cell in known]
        code = frame["vendor_country"].replace_strict(known, codes, default=None, return_dtype=pl.String).cast(CODE)
    registered = [
        (own, [supplier.name, *supplier.aliases])
        for supplier in settings.suppliers
        if (own := _places.country(supplier.country) if supplier.country else None)
    ]
    signs = [(own, names, rf"(?i){'|'.join(map(re.escape, names))}") for own, names in registered]
    for own, hints, form in (*signs, ("US", _US_HINTS, _US_SELLERS)):
        rows = _named(frame, hints, form)
        if rows is not None:
            code = code.scatter((rows & code.is_null()).arg_true(), own)
    return code.alias("seller_country")


def _transfer(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    seller = _seller_country(frame, context.settings)
    rows = seller.is_not_null().arg_true()
    few = frame.select("transfer_tool", "supplier_transfer", seller=seller)[rows]
    tool = pl.col("transfer_tool").is_not_null() & ~pl.col("transfer_tool").str.contains(_NO_TOOL)
    covered = tool | pl.col("supplier_transfer").fill_null(False)
    third = ~pl.col("seller").is_in([*EEA, *ADEQUATE])
    none = pl.Series("transfer_gap", [False]).new_from_index(0, frame.height)
    return pl.DataFrame([seller, none.scatter(rows, few.select(gap=third & ~covered)["gap"])])


FACTS = (
    Fact(
        name="recipient",
        reads=(*_READS, "today"),
        adds=ADDED,
        apply=_recipients,
        doc="Whether job and offer are related (unrelated, unknown, null) and what says that the person is a minor.",
    ),
    Fact(
        name="transfer",
        reads=_TRANSFER,
        adds={"seller_country": pl.String(), "transfer_gap": pl.Boolean()},
        apply=_transfer,
        doc="Country of the seller, and whether it lies outside the EEA and adequate states with no tool named.",
    ),
)
