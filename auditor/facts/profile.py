"""What a copied profile or a broken merge leaves in the cells beside the address."""

import re

import polars as pl

from auditor.stage import Context, Fact, Memo, by_value

_EMOJI = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]"
# Slovak-like caps or initials are no emoji: ™ and ® stand for brand signatures in names
_SIGNS = "[™®★☆✓✔►▶◆●■]"
_PROFILE_TEXT = r"(?i)(?:linkedin member|membre de linkedin|utilisateur linkedin|linkedin[- ]mitglied|miembro de linkedin|membro de linkedin|membro do linkedin|utente linkedin|linkedin[- ]lid|open to work|#opentowork|#hiring|\bhiring\b!|à l'écoute d'opportunités|en recherche active|we'?re hiring|\(he/him\)|\(she/her\)|\(they/them\)|\(il/lui\)|\(elle\)|\b(?:1st|2nd|3rd|1er|2e|3e) degree connection|• [123](?:er|e|st|nd|rd)?\b)"
_REGION = r"(?i)(?:^greater .+|.+ metropolitan (?:region|area)$|.+ et périphérie$|^région de .+ france$|^ville de .+ france$|^großraum .+|.+ und umgebung$|^area metropolitana .+|.+ y alrededores$|^área metropolitana .+|.+ e dintorni$|^grande .+ e arredores$|^omgeving .+|.+ en omgeving$|.+ metropolitan region, .+|.+ et périphérie, .+|.+ und umgebung, .+)"
_DEGREE = r"(?:^|[\s,(|/-])(?i:Ph\.? ?D|MBA|EMBA|M\.? ?Sc|B\.? ?Sc|MSc\.|CFA|CPA|PMP|PMI-ACP|CISSP|CISA|CISM|ITIL|PSM I{1,3}|CSM|CSPO|ACCA|FCCA|LL\.? ?M|Dipl\.?-Ing|M\.Eng|B\.Eng|SHRM-CP|SHRM-SCP|Six Sigma)\.?(?:$|[\s,)|/-])"
_MERGE = (
    r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|%%[^%]+%%|\*\|[^|]+\|\*|<<[^>]+>>|«[^»]+»|\[\[.+?\]\]|\{[A-Za-z_]+\}|%[A-Z_]{3,}%"
    r"|\[(?i:first|last|pr[eé]nom|nom|name|vorname|nachname|nombre|firstname|lastname)[^\]]*\]"
    r"|^(?i:first[_ ]?name|last[_ ]?name|pr[eé]nom|full[_ ]?name|vorname|nachname)$"
)
_ERROR = r"(?i)^(?:#(?:n/?a|ref|value|name|null|div/0|num|valeur|nom|nombre|wert|bezug|nv)[!?]?|#nom\?|null|undefined|nan|none|\[object object\]|n/?a|n\.a\.|na|nc|n\.c\.|unknown|inconnu|unbekannt|desconocido|sconosciuto|onbekend|false|true|faux|vrai)$"
_CIVILITY = r"(?i)^(?:m|mr|mrs|ms|mme|mlle|melle|monsieur|madame|mademoiselle|herr|frau|hr|fr|sr|sra|srta|señor|señora|sig|sig\.ra|signor|signora|dhr|mevr|mevrouw|meneer|pan|pani|dr|prof|me|maître)\.?(?:\s+\S.*)?$"
_PLAIN_NAME = r"^[A-ZÀ-Þ][a-zß-ÿ'’]+(?:[ -][A-ZÀ-Þ][a-zß-ÿ'’]+)*$"
_TITLE = r"\|.*|•|·.*·|➤|►|✔|🚀| @ ?\w+.*\|"

ADDS = {"profile_trace": pl.String(), "name_fault": pl.String()}
_JUDGED = {"fault": pl.String(), "trace": pl.String()}


def _traces(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    names = [_name(frame[column], given=column == "first_name") for column in ("first_name", "last_name", "full_name")]
    title = frame["job_title"].str.contains(_EMOJI), frame["job_title"].str.contains(_PROFILE_TEXT)
    text = frame.with_columns(
        **{f"fault_{i}": judged["fault"] for i, judged in enumerate(names)},
        **{f"trace_{i}": judged["trace"] for i, judged in enumerate(names)},
        title_emoji=title[0],
        title_text=title[1],
        bars=frame["job_title"].str.contains(_TITLE),
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
            lambda values: [(re.search(_REGION, v.strip()) is not None,) for v in values],
            memo,
        )["hit"]
        for column in ("city", "country")
    ]
    return (found[0].fill_null(False)) | (found[1].fill_null(False))


def _name(column: pl.Series, given: bool) -> pl.DataFrame:
    """Fault and trace of one name column; plain capitalised names are settled in one vectorised test."""
    odd = (~column.str.contains(_PLAIN_NAME)).fill_null(False).arg_true()
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(column))
    judged = by_value(column.gather(odd), _JUDGED, lambda values: [judge(v, given) for v in values], {})
    return pl.DataFrame({name: none.clone().scatter(odd, judged[name]) if len(odd) else none for name in _JUDGED})


def judge(name: str, given: bool) -> tuple[str | None, str | None]:
    """(fault, trace) of one name cell: what a greeting would show, what a profile left."""
    fault = None
    if re.search(_MERGE, name):
        fault = "merge_field"
    elif re.match(_ERROR, name):
        fault = "error_value"
    elif "@" in name or re.search(r"https?://|www\.|\d{3,}", name):
        fault = "not_a_name"
    elif given and re.match(_CIVILITY, name):
        fault = "civility"
    elif given and _odd_case(name):
        fault = "letter_case"
    return fault, _trace(name)


def _trace(name: str) -> str | None:
    if re.search(_PROFILE_TEXT, name):
        return "profile_text"
    if re.search(_EMOJI, name) or re.search(_SIGNS, name):
        return "emoji"
    if re.search(_DEGREE, name):
        return "degree"
    return "headline" if "|" in name or " - " in name and len(name) > 30 else None


def _odd_case(name: str) -> bool:
    """All capitals or all small letters in a given name of more than two letters; initials are fine."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 3 and (all(c.isupper() for c in letters) or all(c.islower() for c in letters))


# words of profiles that a program carries from the name into the address it builds
_BUILT = (
    r"(?i)\b(phd|mba|emba|msc|bsc|cfa|cpa|pmp|cissp|acca|llm|ing|dr|prof|expert|consultant|coach|freelance|ceo|founder"
    r"|recruiter|manager|director|linkedin|hiring)\b"
)


def _built(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The profile word that stands as a word of its own in the names and again in the local part."""
    words = [frame[c].str.extract(_BUILT).str.to_lowercase() for c in ("last_name", "full_name", "first_name")]
    word = pl.select(pl.coalesce(*words)).to_series()
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
