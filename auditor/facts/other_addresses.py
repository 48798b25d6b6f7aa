"""Further e-mail columns of a row, and what the labels of all of them say."""

from functools import cache

import polars as pl

from auditor.facts import mailboxes, syntax, word_lists
from auditor.stage import Context, Fact, blank, distinct, nothing

ADDS = {"private_label": pl.Boolean(), "others_class": pl.String()}
# worst first; "home": a label calls the address private, "professional": nothing against it
_ORDER = ("freemail", "disposable", "relay", "isp", "home", "ambiguous", "school", "parked", "professional")


@cache
def _private() -> str:
    """Headers and labels that call an address private: home, perso, privat, particular."""
    return rf"(?i)\b(?:{'|'.join(word_lists.read('profile_words.tsv', '§')['private_label'])})\b"


def _others(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if all(frame[column].null_count() == frame.height for column in ("email_label", "email_others")):
        return nothing(ADDS)
    labels, places = distinct(frame["email_label"])
    private = labels.str.contains(_private()).gather(places)
    filled = (frame["email_others"].list.len() > 0).fill_null(False).arg_true()
    classes = blank(len(frame), pl.String())
    if len(filled):
        others = frame.select("email_others", "email_other_labels")[filled].select(
            row=pl.int_range(pl.len()), cell="email_others", label=_aligned("email_others", "email_other_labels")
        )
        classes = classes.scatter(filled, _worst(others.explode("cell", "label"), context))
    return pl.DataFrame({"private_label": private, "others_class": classes})


def _aligned(cells: str, labels: str) -> pl.Expr:
    """Labels cut or padded with nulls to the number of addresses."""
    wanted = pl.col(labels).list.gather(pl.int_ranges(pl.col(cells).list.len()), null_on_oob=True)
    none = pl.lit(None, pl.String).repeat_by(pl.col(cells).list.len())
    return pl.when(pl.col(labels).is_null()).then(none).otherwise(wanted)


def _worst(others: pl.DataFrame, context: Context) -> pl.Series:
    domains = syntax.decide(others["cell"])["domain"]
    judged = pl.concat([others, mailboxes.classify(domains, context.settings, context.today)], how="horizontal")
    shared = pl.col("domain_class") == "shared-professional"
    kind = pl.when(shared).then(pl.lit("professional")).otherwise("domain_class")
    home = pl.col("label").str.contains(_private()).fill_null(False) & kind.is_in(["professional", "ambiguous"])
    rank = (
        pl.when(home)
        .then(pl.lit("home"))
        .otherwise(kind)
        .replace_strict({name: place for place, name in enumerate(_ORDER)}, default=None, return_dtype=pl.Int8)
    )
    worst = judged.group_by("row", maintain_order=True).agg(rank.min().alias("rank")).sort("row")["rank"]
    return worst.replace_strict(dict(enumerate(_ORDER)), default=None, return_dtype=pl.String)


FACTS = (
    Fact(
        name="other_addresses",
        reads=("email_label", "email_others", "email_other_labels"),
        adds=ADDS,
        apply=_others,
        doc="Whether a label calls the address private, and the worst class among the row's further addresses.",
    ),
)
