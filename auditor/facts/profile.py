"""What a copied profile or a broken merge leaves in the cells beside the address."""

import re
from functools import cache

import polars as pl

from auditor.facts import word_lists
from auditor.stage import Context, Fact, Memo, by_value

_FILE = "profile_words.tsv"
_EMOJI = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]"
_SIGNS = "[™®★☆✓✔►▶◆●■]"
_MERGE = (
    r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|%%[^%]+%%|\*\|[^|]+\|\*|<<[^>]+>>|«[^»]+»|\[\[.+?\]\]|\{[A-Za-z_]+\}|%[A-Z_]{3,}%"
    r"|\[(?i:first|last|pr[eé]nom|nom|name|vorname|nachname|nombre|firstname|lastname)[^\]]*\]"
    r"|^(?i:first[_ ]?name|last[_ ]?name|pr[eé]nom|full[_ ]?name|vorname|nachname)$"
)
_PLAIN_NAME = r"^[A-ZÀ-Þ][a-zß-ÿ'’]+(?:[ -][A-ZÀ-Þ][a-zß-ÿ'’]+)*$"
# bars and bullets between the parts of a headline
_BARS = r"\||•|·.*·|➤|►|✔"

ADDS = {"profile_trace": pl.String(), "name_fault": pl.String()}
_JUDGED = {"fault": pl.String(), "trace": pl.String()}


@cache
def words(kind: str, whole: bool = False) -> str:
    """One expression for all words of a kind, valid in polars and in Python; `whole`: the cell is nothing else."""
    inner = "|".join(word_lists.read(_FILE, "§")[kind])
    return f"(?i)^(?:{inner})$" if whole else f"(?i)(?:{inner})"


@cache
def _civility() -> str:
    return rf"(?i)^(?:{'|'.join(word_lists.read(_FILE, '§')['civility'])})\.?(?:\s+\S.*)?$"


@cache
def _degree() -> str:
    return rf"(?:^|[\s,(|/-])(?i:{'|'.join(word_lists.read(_FILE, '§')['degree'])})\.?(?:$|[\s,)|/-])"


@cache
def _suspect() -> str:
    """Capitalised words that are no name although they look like one: Madame, Inconnu, Null."""
    listed = word_lists.read(_FILE, "§")
    return rf"(?i)^(?:{'|'.join(listed['civility'] + listed['error'])})\.?(?:\s|$)"


def _traces(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    names = [_name(frame[column], given=column == "first_name") for column in ("first_name", "last_name", "full_name")]
    title = frame["job_title"].str.contains(_EMOJI), frame["job_title"].str.contains(words("profile_text"))
    text = frame.with_columns(
        **{f"fault_{i}": judged["fault"] for i, judged in enumerate(names)},
        **{f"trace_{i}": judged["trace"] for i, judged in enumerate(names)},
        title_emoji=title[0],
        title_text=title[1],
        bars=frame["job_title"].str.contains(_BARS),
        region=_region(frame),
    )
    return text.select(
        profile_trace=pl.coalesce(
            *(f"trace_{i}" for i in range(3)),
            pl.when("title_text").then(pl.lit("profile_text")),
            pl.when("region").then(pl.lit("profile_region")),
            pl.when("title_emoji").then(pl.lit("emoji")),
            pl.when("bars").then(pl.lit("headline")),
        ),
        name_fault=pl.coalesce(*(f"fault_{i}" for i in range(3))),
    )


def _region(frame: pl.DataFrame) -> pl.Series:
    memo: Memo = {}
    found = [
        by_value(
            frame[column],
            {"hit": pl.Boolean()},
            lambda values: [(re.search(words("region"), v.strip()) is not None,) for v in values],
            memo,
        )["hit"]
        for column in ("city", "country")
    ]
    return (found[0].fill_null(False)) | (found[1].fill_null(False))


def _name(column: pl.Series, given: bool) -> pl.DataFrame:
    """Fault and trace of one name column; plain capitalised names are settled in one vectorised test."""
    flags = pl.DataFrame({"name": column}).select(
        ~pl.col("name").str.contains(_PLAIN_NAME) | pl.col("name").str.contains(_suspect())
    )
    odd = flags.to_series().fill_null(False).arg_true()
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(column))
    judged = by_value(column.gather(odd), _JUDGED, lambda values: [judge(v, given) for v in values], {})
    return pl.DataFrame({name: none.clone().scatter(odd, judged[name]) if len(odd) else none for name in _JUDGED})


def judge(name: str, given: bool) -> tuple[str | None, str | None]:
    """(fault, trace) of one name cell: what a greeting would show, what a profile left."""
    fault = None
    if re.search(_MERGE, name):
        fault = "merge_field"
    elif re.match(words("error", whole=True), name):
        fault = "error_value"
    elif "@" in name or re.search(r"https?://|www\.|\d{3,}", name):
        fault = "not_a_name"
    elif given and re.match(_civility(), name):
        fault = "civility"
    elif given and _odd_case(name):
        fault = "letter_case"
    return fault, None if fault == "merge_field" else _trace(name)


def _trace(name: str) -> str | None:
    if re.search(words("profile_text"), name):
        return "profile_text"
    if re.search(_EMOJI, name) or re.search(_SIGNS, name):
        return "emoji"
    if re.search(_degree(), name):
        return "degree"
    return "headline" if "|" in name or (" - " in name and len(name) > 30) else None


def _odd_case(name: str) -> bool:
    """All capitals or all small letters in a given name of more than two letters; initials are fine."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 3 and (all(c.isupper() for c in letters) or all(c.islower() for c in letters))


def _built(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The profile word that stands as a word of its own in the names and again in the local part."""
    pattern = rf"(?i)\b({'|'.join(word_lists.read(_FILE, '§')['built'])})\b"
    found = [frame[c].str.extract(pattern).str.to_lowercase() for c in ("last_name", "full_name", "first_name")]
    word = pl.select(pl.coalesce(*found)).to_series()
    return frame.with_columns(word=word).select(built_residue=pl.when(_carried()).then("word"))


def _carried() -> pl.Expr:
    local = pl.col("local").str.to_lowercase()
    loose = pl.col("word").str.len_bytes() >= 3
    ends = local.str.ends_with(pl.col("word")) | local.str.starts_with(pl.col("word"))
    names = pl.col("first_letters").is_not_null() & pl.col("last_letters").is_not_null()
    return loose & ends & names & (pl.col("address_kind") == "nominative")


FACTS = (
    Fact(
        name="built_residue",
        reads=("local", "address_kind", "first_name", "last_name", "full_name", "first_letters", "last_letters"),
        adds={"built_residue": pl.String()},
        apply=_built,
        doc="A degree or job word that stands in the name columns and in the local part built from them.",
    ),
    Fact(
        name="profile_traces",
        reads=("first_name", "last_name", "full_name", "job_title", "city", "country"),
        adds=ADDS,
        apply=_traces,
        doc="What a social profile left in names, title and place, and what makes a name unfit for a greeting.",
    ),
)
