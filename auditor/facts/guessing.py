"""Whether an address was built rather than given: vendors' own words, several builds for one person, one pattern."""

import re
from functools import cache

import polars as pl

from auditor.facts import name_match, word_lists
from auditor.facts.identity import fold
from auditor.stage import Context, Fact, Survey, by_value

# fewer addresses of one domain cannot show that one pattern builds them all
MIN_UNIFORM = 8
# the bits of a key that hold the number of a pattern
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


def _observe_patterns(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # only a professional domain has one maker of addresses
    named = (pl.col("domain_class") == "professional") & pl.col("name_match").is_not_null()
    keyed = frame.select(
        pl.when(named).then(pl.col("registrable").hash()).alias("domain_key"), pl.col("name_pattern").fill_null("none")
    )
    counted = keyed.group_by("domain_key", "name_pattern").agg(pl.len().cast(pl.UInt32).alias("n"))
    return counted.filter(pl.col("domain_key").is_not_null())


def _merge_patterns(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.group_by("domain_key", "name_pattern").agg(pl.col("n").sum()).sort("domain_key", "name_pattern")


def _conclude_patterns(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Per domain with enough named addresses: how many, the commonest pattern and its share."""
    return (
        merged.sort("domain_key", "n", "name_pattern", descending=[False, True, False])
        .group_by("domain_key", maintain_order=True)
        .agg(pattern_n=pl.col("n").sum(), pattern=pl.col("name_pattern").first(), top=pl.col("n").first())
        .filter(pl.col("pattern_n") >= MIN_UNIFORM)
        .select(
            "domain_key",
            "pattern",
            pl.col("pattern_n").cast(pl.Int64),
            pattern_share=pl.col("top") / pl.col("pattern_n"),
        )
    )


def _uniformity(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    keys = frame.select(
        pl.when(pl.col("name_pattern").is_not_null()).then(pl.col("registrable").hash()).alias("domain_key")
    )
    joined = keys.join(context.surveys["name_patterns"], on="domain_key", how="left", maintain_order="left")
    own = joined["pattern"] == frame["name_pattern"]
    return joined.select(pattern_n=pl.when(own).then("pattern_n"), pattern_share=pl.when(own).then("pattern_share"))


def _build_keys() -> pl.Expr:
    """One key per person and domain; its last bits are free for the number of a pattern."""
    both = pl.col("person_key").is_not_null() & pl.col("registrable").is_not_null()
    key = pl.col("person_key").hash(seed=3) ^ pl.col("registrable").hash(seed=4)
    return pl.when(both & pl.col("name_pattern").is_not_null()).then(key & ~_NUMBER).alias("build_key")


def _observe_builds(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # eight bytes per person: the number of the pattern stands in the key
    number = pl.col("name_pattern").cast(pl.Enum(name_match.PATTERNS)).to_physical().cast(pl.UInt64)
    return frame.select(build=_build_keys() | number).drop_nulls().unique()


def _merge_builds(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.unique().sort("build")


def _conclude_builds(merged: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Persons with more than one differently built address at one domain, and how many."""
    key = merged.select(build_key=pl.col("build") & ~_NUMBER)
    # sorted by person: only the few who stand there twice are grouped
    twice = (pl.col("build_key") == pl.col("build_key").shift(1)) | (
        pl.col("build_key") == pl.col("build_key").shift(-1)
    )
    return key.filter(twice).group_by("build_key").agg(candidates=pl.len().cast(pl.Int64)).sort("build_key")


def _candidates(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    keys = frame.select(_build_keys())
    return keys.join(context.surveys["name_builds"], on="build_key", how="left", maintain_order="left").select(
        "candidates"
    )


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
        adds={"pattern_n": pl.Int64(), "pattern_share": pl.Float64()},
        apply=_uniformity,
        surveys=("name_patterns",),
        doc="Named addresses of the row's domain in this list and the share built like this one; null when too few.",
    ),
    Fact(
        name="built_candidates",
        reads=("person_key", "registrable", "name_pattern"),
        adds={"candidates": pl.Int64()},
        apply=_candidates,
        surveys=("name_builds",),
        doc="How many differently built addresses of this person at this domain stand in the list.",
    ),
)
