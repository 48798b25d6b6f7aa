"""Whether the mail domain is the company's: compared with the web site or domain the row states."""

import re

import polars as pl
from rapidfuzz import fuzz

from auditor.facts import mailboxes
from auditor.facts.address import host
from auditor.stage import Context, Fact, nothing

ADDS = {"domain_relation": pl.String()}


def _compare(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if frame["company_domain"].null_count() == frame.height:
        return nothing(ADDS)
    work = pl.col("domain_class") == "professional"
    site = pl.col("company_domain").str.to_lowercase()
    same = site.str.contains(pl.col("registrable"), literal=True)
    rows = frame.select((work & site.is_not_null() & pl.col("registrable").is_not_null() & ~same).fill_null(False))
    chosen = rows.to_series().arg_true()
    match = frame.select(pl.when(work & same).then(pl.lit("same")).otherwise(None).alias("m"))["m"]
    pairs = frame.select("company_domain", "registrable")[chosen]
    # a loop over distinct pairs that differ as written
    judged = {pair: relation(*pair) for pair in pairs.unique().rows()}
    answers = pl.Series([judged[pair] for pair in pairs.rows()], dtype=pl.String)
    return pl.DataFrame({"domain_relation": match.scatter(chosen, answers)})


def relation(site: str, domain: str) -> str | None:
    """`same`, `related` (one name holds the other, or nearly so), `other`; null when the site is unreadable."""
    own = mailboxes.registrable(host(site))
    if own is None:
        return None
    if own == domain:
        return "same"
    ours, theirs = (re.sub("[^a-z0-9]", "", name.partition(".")[0]) for name in (own, domain))
    if (len(ours) >= 3 and (ours in theirs or theirs in ours)) or fuzz.ratio(ours, theirs) >= 75:
        return "related"
    return "other"


FACTS = (
    Fact(
        name="domain_relation",
        reads=("company_domain", "registrable", "domain_class"),
        adds=ADDS,
        apply=_compare,
        doc="How the mail domain relates to the company's stated web site: same, related, other; null when not stated.",
    ),
)
