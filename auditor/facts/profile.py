"""What a copied profile or a broken merge leaves in the cells beside the address."""

import re
from functools import cache

import polars as pl

from auditor.facts import word_lists
from auditor.stage import Context, Fact, by_value, nothing, passing

_FILE = "profile_words.tsv"
_EMOJI = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]"
_SIGNS = "[™®★☆✓✔►▶◆●■]"
_MERGE = (
    r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|%%[^%]+%%|\*\|[^|]+\|\*|<<[^>]+>>|«[^»]+»|\[\[.+?\]\]|\{[A-Za-z_]+\}|%[A-Z_]{3,}%"
    r"|\[(?i:first|last|pr[eé]nom|nom|name|vorname|nachname|nombre|firstname|lastname)[^\]]*\]"
    r"|^(?i:first[_ ]?name|last[_ ]?name|pr[eé]nom|full[_ ]?name|vorname|nachname|nombre|nome|voornaam|imi[eę])$"
)
_PLAIN_NAME = r"^[A-ZÀ-Þ][a-zß-ÿ'’]+(?:[ -][A-ZÀ-Þ][a-zß-ÿ'’]+)*$"
# machines write nan and NULL; so written these are people's names
_NAMES_TOO = ("Nan", "Null", "Faux")
# bars and bullets between the parts of a headline
_BARS = r"\||•|·.*·|➤|►|✔"

ADDS = {"profile_trace": pl.String(), "name_fault": pl.String()}
_JUDGED = {"name_fault": pl.String(), "profile_trace": pl.String()}
_BUILT = {"built_residue": pl.String()}
_FOUND = {"row": pl.UInt32(), **ADDS}


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
    return rf"(?i)^(?:{'|'.join(listed['civility'] + listed['error'] + listed['field'])})\.?(?:\s|$)"


def _traces(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # most cells hold no trace: only what was found is put together, the weightier place first
    names = [_name(frame[column], given=column == "first_name") for column in ("first_name", "last_name", "full_name")]
    found = pl.concat([*names, _region(frame["city"]), _region(frame["country"]), _title(frame["job_title"])])
    if not found.height:
        return nothing(ADDS)
    found = found.group_by("row").agg(pl.col(*ADDS).drop_nulls().first())
    return pl.DataFrame({name: _nothing(frame.height).scatter(found["row"], found[name]) for name in ADDS})


def _title(column: pl.Series) -> pl.DataFrame:
    """Trace in a job title: words of a profile, emojis, the bars of a headline."""
    value = pl.col("value")
    told, signs, bars = (value.str.contains(pattern) for pattern in (words("profile_text"), _EMOJI, _BARS))
    rows = passing(column, told | signs | bars)
    if not len(rows):
        return pl.DataFrame(schema=_FOUND)
    trace = pl.when(told).then(pl.lit("profile_text")).when(signs).then(pl.lit("emoji")).otherwise(pl.lit("headline"))
    titles = column.gather(rows).to_frame("value")
    return titles.select(row=rows, profile_trace=trace, name_fault=pl.lit(None, pl.String))


def _region(column: pl.Series) -> pl.DataFrame:
    """Whether town or country is worded as a network words regions."""
    rows = passing(column, pl.col("value").str.contains(words("region")))
    return rows.to_frame("row").with_columns(profile_trace=pl.lit("profile_region"), name_fault=pl.lit(None, pl.String))


def _nothing(height: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, height)


def _name(column: pl.Series, given: bool) -> pl.DataFrame:
    """Fault and trace of the cells of a name column that are not plainly names."""
    value = pl.col("value")
    plain = value.str.contains(_PLAIN_NAME)
    rows = passing(column, ~plain | value.str.contains(_suspect()) if given else ~plain)
    if not len(rows):
        return pl.DataFrame(schema=_FOUND)
    judged = by_value(column.gather(rows), _JUDGED, lambda values: [judge(v, given) for v in values], {})
    return judged.select(*ADDS).insert_column(0, rows.alias("row"))


def judge(name: str, given: bool) -> tuple[str | None, str | None]:
    """(fault, trace) of one name cell: what a greeting would show, what a profile left."""
    fault = None
    if re.search(_MERGE, name):
        fault = "merge_field"
    elif re.match(words("error", whole=True), name) and name not in _NAMES_TOO:
        fault = "error_value"
    elif "@" in name or re.search(r"https?://|www\.|\d{3,}", name):
        fault = "not_a_name"
    elif given and re.match(_civility(), name):
        fault = "civility"
    elif given and _odd_case(name):
        fault = "letter_case"
    return fault, None if fault == "merge_field" else _trace(name)


def _trace(name: str) -> str | None:
    if re.search(words("profile_text"), name) or name.lower() == "linkedin":
        return "profile_text"
    if re.search(_EMOJI, name) or re.search(_SIGNS, name):
        return "emoji"
    if re.search(_degree(), name):
        return "degree"
    return "headline" if "|" in name or (" - " in name and len(name) > 30) else None


def _odd_case(name: str) -> bool:
    """All capitals, all small letters, or capitals behind small ones (cAMILLE); initials and McKenna are fine."""
    letters = [c for c in name if c.isalpha()]
    turned = re.search(r"\b[a-zß-ÿ][A-ZÀ-Þ]{2,}", name) is not None
    return turned or (len(letters) > 3 and (all(c.isupper() for c in letters) or all(c.islower() for c in letters)))


def _built(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The profile word that stands as a word of its own in the names and again at an end of the local part."""
    listed = word_lists.read(_FILE, "§")["built"]
    pattern = rf"(?i)\b({'|'.join(listed)})\b"
    columns = ("last_name", "full_name", "first_name")
    # the words anywhere first: a third of the cost of looking for them between other letters
    filled = [c for c in columns if frame[c].null_count() < frame.height]
    near = pl.any_horizontal(False, *(pl.col(c).str.contains_any(listed, ascii_case_insensitive=True) for c in filled))
    rows = frame.select(pl.arg_where(near & (pl.col("address_kind") == "nominative"))).to_series()
    if not len(rows):
        return nothing(_BUILT)
    word = pl.coalesce(pl.col(c).str.extract(pattern) for c in columns).str.to_lowercase()
    local = pl.col("local").str.to_lowercase()
    both = pl.col("first_letters").is_not_null() & pl.col("last_letters").is_not_null()
    names = frame.select(*columns, "local", "first_letters", "last_letters")[rows].with_columns(word=word)
    ends = local.str.ends_with(pl.col("word")) | local.str.starts_with(pl.col("word"))
    carried = names.select(pl.when(ends & both).then("word"))
    return pl.DataFrame({"built_residue": _nothing(len(frame)).scatter(rows, carried.to_series())})


FACTS = (
    Fact(
        name="built_residue",
        reads=("local", "address_kind", "first_name", "last_name", "full_name", "first_letters", "last_letters"),
        adds=_BUILT,
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
