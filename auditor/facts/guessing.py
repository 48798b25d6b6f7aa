"""Whether an address was built rather than given: vendors' own words, several builds for one person, one pattern."""

import re
from functools import cache

import polars as pl

from auditor.facts import name_match, word_lists
from auditor.facts.identity import fold
from auditor.stage import Context, Dtypes, Fact, Survey, by_value, nothing

# fewer addresses of one domain cannot show that one pattern builds them all
MIN_UNIFORM = 8
CANDIDATES: Dtypes = {"candidates": pl.Int64()}
UNIFORMITY: Dtypes = {"pattern_n": pl.Int64(), "pattern_share": pl.Float64()}
# patterns by number, in the order of their names; a key of a survey holds the number in its last bits
_NUMBERED = pl.Enum(sorted((*name_match.PATTERNS, "none")))
_NONE = _NUMBERED.categories.to_list().index("none")
_NUMBER = pl.lit(31, pl.UInt64)


@cache
def _vocabulary() -> list[tuple[str, re.Pattern[str]]]:
    """(code, words) of what vendors write of an address, the most telling code first."""
    listed = word_lists.read("address_claims.tsv", "|")
    return [(code, re.compile(rf"\b(?:{'|'.join(words)})\b".replace("*", r"\w*"))) for code, words in listed.items()]


def claim(value: str) -> str | None:
    """The code of what a status or confidence cell says; null where it says nothing of guessing."""
    folded = fold(re.sub(r"[_\-/@]", " ", value))
    if "nominative pro" in folded:
        return None
    return next((code for code, words in _vocabulary() if words.search(folded)), None)


def _claims(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    judged = [
        by_value(frame[c], {"claim": pl.String()}, lambda values: [(claim(v),) for v in values], {})["claim"].alias(c)
        for c in ("email_status", "email_confidence")
    ]
    return pl.DataFrame(judged).select(email_claim=pl.coalesce("email_status", "email_confidence"))


def _number() -> pl.Expr:
    return pl.col("name_pattern").cast(_NUMBERED).to_physical().fill_null(_NONE).cast(pl.UInt64)


def _pattern_key() -> pl.Expr:
    """One key per domain and pattern."""
    return (pl.col("registrable").hash() & ~_NUMBER | _number()).alias("key")


def _observe_patterns(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # only a professional domain has one maker of addresses
    named = (pl.col("domain_class") == "professional") & pl.col("name_match").is_not_null()
    keys = frame.select(pl.when(named).then(_pattern_key())).to_series().drop_nulls()
    # runs of sorted keys cost less than counting by group
    return keys.sort().rle().struct.unnest().select(key="value", n="len")


def _merge_patterns(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.group_by("key").agg(pl.col("n").sum()).sort("key")


def _conclude_patterns(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Per domain with enough named addresses: the key of its commonest pattern, how many there are and its share."""
    counted = merged.with_columns(domain=pl.col("key") & ~_NUMBER)
    return (
        counted.sort("domain", "n", "key", descending=[False, True, False])
        .group_by("domain", maintain_order=True)
        .agg(pl.col("key").first(), pattern_n=pl.col("n").sum(), top=pl.col("n").first())
        .filter((pl.col("pattern_n") >= MIN_UNIFORM) & (pl.col("key") & _NUMBER != _NONE))
        .select("key", pl.col("pattern_n").cast(pl.Int64), pattern_share=pl.col("top") / pl.col("pattern_n"))
    )


def _uniformity(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    patterns = context.surveys["name_patterns"]
    if not patterns.height:
        return nothing(UNIFORMITY)
    keys = frame.select(pl.when(pl.col("name_pattern").is_not_null()).then(_pattern_key()))
    return keys.join(patterns, on="key", how="left", maintain_order="left").select(*UNIFORMITY)


def _build_keys() -> pl.Expr:
    """One key per person and domain; its last bits are free for the number of a pattern."""
    both = pl.col("person_key").is_not_null() & pl.col("registrable").is_not_null()
    key = pl.col("person_key").hash(seed=3) ^ pl.col("registrable").hash(seed=4)
    return pl.when(both & pl.col("name_pattern").is_not_null()).then(key & ~_NUMBER).alias("build_key")


def _observe_builds(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # eight bytes per person: the number of the pattern stands in the key
    return frame.select(build=_build_keys() | _number()).drop_nulls()


def _merge_builds(partials: pl.DataFrame) -> pl.DataFrame:
    # sorted first, what stands there twice is next to itself: a fifth of the cost of `unique`
    build = pl.col("build")
    return partials.sort(build).filter((build != build.shift(1)).fill_null(True))


def _conclude_builds(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Persons with more than one differently built address at one domain, and how many."""
    key = merged.select(build_key=pl.col("build") & ~_NUMBER)
    # sorted by person: only the few who stand there twice are grouped
    twice = (pl.col("build_key") == pl.col("build_key").shift(1)) | (
        pl.col("build_key") == pl.col("build_key").shift(-1)
    )
    return key.filter(twice).group_by("build_key").agg(candidates=pl.len().cast(pl.Int64)).sort("build_key")


def _candidates(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    builds = context.surveys["name_builds"]
    if not builds.height:
        return nothing(CANDIDATES)
    keys = frame.select(_build_keys())
    return keys.join(builds, on="build_key", how="left", maintain_order="left").select("candidates")


SURVEYS = (
    Survey(
        name="name_patterns",
        reads=("registrable", "domain_class", "name_pattern", "name_match"),
        observe=_observe_patterns,
        merge=_merge_patterns,
        conclude=_conclude_patterns,
        doc="How the named addresses of each domain are built, with counts.",
    ),
    Survey(
        name="name_builds",
        reads=("person_key", "registrable", "name_pattern"),
        observe=_observe_builds,
        merge=_merge_builds,
        conclude=_conclude_builds,
        doc="Persons who stand in the list with several addresses built from their name at one domain.",
    ),
)

FACTS = (
    Fact(
        name="email_claim",
        reads=("email_status", "email_confidence"),
        adds={"email_claim": pl.String()},
        apply=_claims,
        doc="What a vendor's status or confidence cell admits: guessed, catch_all, unverified, risky.",
    ),
    Fact(
        name="pattern_uniformity",
        reads=("registrable", "name_pattern"),
        adds=UNIFORMITY,
        apply=_uniformity,
        surveys=("name_patterns",),
        doc="Named addresses of the row's domain in this list and the share built like this one; null when too few.",
    ),
    Fact(
        name="built_candidates",
        reads=("person_key", "registrable", "name_pattern"),
        adds=CANDIDATES,
        apply=_candidates,
        surveys=("name_builds",),
        doc="How many differently built addresses of this person at this domain stand in the list.",
    ),
)
