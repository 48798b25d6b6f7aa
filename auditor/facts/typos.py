"""Mail domains one slip of the finger away from a well-known provider; a suggestion, never a correction."""

from functools import cache

import polars as pl

from auditor.facts import mailboxes, word_lists
from auditor.stage import Context, Fact, Survey, blank, nothing

_FILE = "slips.tsv"
ADDS = {"typo_of": pl.String()}
# a name met this often in one list is somebody's domain, not a slip
FREQUENT = 3


@cache
def _words() -> dict[str, list[str]]:
    return word_lists.read(_FILE)


def slips(name: str, word: bool) -> set[str]:
    """Strings one slip away from a label: swapped, doubled, dropped or neighbouring letters."""
    pairs = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    found = {a + b[1] + b[0] + b[2:] for a, b in pairs if len(b) > 1} | {a + b[0] + b for a, b in pairs if b}
    if not word:
        found |= {a + b[1:] for a, b in pairs if b and a}
        found |= {a + key + b[1:] for a, b in pairs if b for key in _words().get(f"near.{b[0]}", ())}
    return found - {name}


@cache
def table() -> pl.DataFrame:
    """domain as misspelt -> provider; reviewed providers are never on it, collectors of misdirected mail are."""
    reviewed = mailboxes.table().filter("domain_reviewed", pl.col("domain_class") != "disposable")
    known = set(reviewed["domain"].to_list())
    found: dict[str, str] = {}
    for target in _words()["target"]:
        for name in _misspelt(target) - known:
            found.setdefault(name, target)
    return pl.DataFrame({"domain": list(found), "provider": list(found.values())})


def _misspelt(target: str) -> set[str]:
    label, _, ending = target.partition(".")
    last = ending.rpartition(".")[2]
    stem = ending.removesuffix(last)
    wrong = [stem + form for form in _words().get(f"ending.{last}", ())]
    labels = slips(label, label in _words()["word"])
    doubled = {f"{label}{ending}.{ending}", f"{label}.{ending}.{ending}"}
    twice = {f"{slip}.{form}" for slip in slips(label, True) for form in wrong[:3]}
    return {f"{slip}.{ending}" for slip in labels} | {f"{label}.{form}" for form in wrong} | doubled | twice


@cache
def _hashes() -> pl.Series:
    return table()["domain"].hash().implode()


def _near(domains: pl.Series) -> pl.Series:
    """The few rows whose domain looks misspelt; hashes are compared first, which costs less than comparing texts."""
    domain = pl.col("domain")
    rows = domains.to_frame("domain").select(pl.arg_where(domain.hash().is_in(_hashes()))).to_series()
    return rows.filter(domains.gather(rows).is_in(table()["domain"].implode())) if len(rows) else rows


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # only misspelt candidates are counted: the survey stays small whatever the list
    near = frame["domain"].gather(_near(frame["domain"]))
    return near.hash().alias("domain_key").value_counts(name="n")


def _merge(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.group_by("domain_key").agg(pl.col("n").sum()).sort("domain_key")


def _typos(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    rows = _near(frame["domain"])
    if not len(rows):
        return nothing(ADDS)
    counts = context.surveys["misspelt_domains"].filter(pl.col("n") >= FREQUENT)
    near = frame.select("local", "domain", "domain_choice")[rows]
    frequent = pl.col("domain").hash().is_in(counts["domain_key"].implode())
    allowed = (pl.col("domain_choice") == "allowed").fill_null(False)
    meant = near.join(table(), on="domain", how="left", maintain_order="left").select(
        pl.when(~frequent & ~allowed).then(pl.concat_str("local", pl.lit("@"), "provider"))
    )
    none = blank(len(frame), pl.String())
    return pl.DataFrame({"typo_of": none.scatter(rows, meant.to_series())})


SURVEYS = (
    Survey(
        name="misspelt_domains",
        reads=("domain",),
        observe=_observe,
        merge=_merge,
        doc="How often each domain that looks misspelt occurs in the list.",
    ),
)
FACTS = (
    Fact(
        name="typo_domains",
        reads=("local", "domain", "domain_choice"),
        adds=ADDS,
        apply=_typos,
        surveys=("misspelt_domains",),
        doc="The address at the provider that a rare domain is one slip away from; null for frequent or known domains.",
    ),
)
