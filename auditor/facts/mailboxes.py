"""What kind of mailboxes a domain offers, and which list and version says so."""

from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import polars as pl
from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

from auditor import resources
from auditor.facts import word_lists
from auditor.settings import Settings

SCHEMA = {
    "registrable": pl.String(),
    "domain_class": pl.String(),
    "domain_list": pl.String(),
    "domain_country": pl.String(),
    "domain_note": pl.String(),
    # False where only a public list that nobody here has reviewed says so
    "domain_reviewed": pl.Boolean(),
    # "allowed" or "denied" by the user's settings
    "domain_choice": pl.String(),
}
_FILE = "domains.tsv"
# parents that speak for every name below them; an unlisted name below a mailbox provider is only doubtful
_INHERITED = ("disposable", "relay", "shared-professional", "school", "parked", "professional")
# a whole label below somebody's domain: etu.univ-x.fr, but not student-housing.com
_PUPILS = (
    r"(?:^|\.)(?:etu|etud|etudiants?|eleves?|students?|stud|studenti|studenten|alumn[io]s?|alumnes|alu|estudiantes?"
    r"|estudante|aluno|uczen|pupils?|scholar|schueler|leerling|leerlingen)\.[^.]+\."
)


@cache
def version_line() -> str:
    """Version of the compiled table, as written in its head."""
    return dict(word_lists.head(_FILE))["version"]


@cache
def table() -> pl.DataFrame:
    """Every known domain: our own table first, then the throw-away domains of `disposable-email-domains`."""
    own = pl.read_csv(resources.data() / _FILE, separator="\t", comment_prefix="#", infer_schema=False)
    own = own.select(
        "domain",
        pl.col("class").alias("domain_class"),
        pl.col("sources").alias("domain_list"),
        pl.col("country").alias("domain_country"),
        pl.col("note").alias("domain_note"),
        domain_reviewed=pl.col("sources").str.starts_with("curated"),
    )
    thrown = pl.DataFrame({"domain": sorted(blocklist)}).with_columns(
        domain_class=pl.lit("disposable"),
        domain_list=pl.lit(f"disposable-email-domains {version('disposable-email-domains')}"),
        domain_country=pl.lit(None, pl.String),
        domain_note=pl.lit(None, pl.String),
        domain_reviewed=pl.lit(True),
    )
    reviewed = own.filter("domain_reviewed")
    rest = own.filter(~pl.col("domain_reviewed"))
    return pl.concat([reviewed, thrown, rest]).unique("domain", keep="first", maintain_order=True)


@cache
def suffixes() -> PublicSuffixList:
    """The public suffix list; a name below no known top-level domain has no registrable domain."""
    return PublicSuffixList(accept_unknown=False)


def registrable(domain: str) -> str | None:
    """The registrable domain of an A-label domain; the domain itself where it is a public suffix (notaires.fr)."""
    single, longer = _endings()
    tail = ".".join(domain.rsplit(".", 2)[-2:])
    if tail not in longer and tail.rpartition(".")[2] in single and "." in tail and "xn--" not in domain:
        return tail if all(domain.split(".")) else None
    listed = suffixes()
    found: str | None = listed.privatesuffix(domain)
    return found or (domain if listed.publicsuffix(domain) == domain and "." in domain else None)


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """Top-level domains with rules for one label only at most, and the last two labels of every longer rule."""
    text = (files("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8")
    rules = [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//")]
    wild = {rule[2:] for rule in rules if rule.startswith("*.") and rule.count(".") == 1}
    single = frozenset(rule for rule in rules if "." not in rule and rule.isascii()) - wild
    return single, frozenset(".".join(rule.lstrip("!").split(".")[-2:]) for rule in rules if "." in rule)


def registrables(domains: pl.Series) -> pl.Series:
    """`registrable` of distinct domains: vectorised where no rule below the top level can apply."""
    single, longer = _endings()
    frame = domains.alias("domain").to_frame().with_columns(two=pl.col("domain").str.extract(r"([^.]+\.[^.]+)$"))
    ending = pl.col("two").str.split_exact(".", 1).struct.field("field_1")
    plain = frame.select(
        ending.is_in(list(single))
        & ~pl.col("two").is_in(list(longer))
        & ~pl.col("domain").str.contains("xn--", literal=True)
    ).to_series()
    rest = (~plain.fill_null(False)).arg_true()
    # a loop over the distinct domains left, about 3 microseconds each
    asked = [registrable(domain) for domain in domains.gather(rest).to_list()]
    return frame["two"].scatter(rest, pl.Series(asked, dtype=pl.String)) if len(rest) else frame["two"]


def describe(domains: pl.Series, settings: Settings, today: date) -> pl.DataFrame:
    """`domain` and the columns of SCHEMA, one row per distinct domain."""
    distinct = domains.drop_nulls().unique().alias("domain")
    frame = (
        distinct.to_frame()
        .with_columns(
            registrable=registrables(distinct),
            two=pl.col("domain").str.extract(r"([^.]+\.[^.]+)$"),
            three=pl.col("domain").str.extract(r"([^.]+\.[^.]+\.[^.]+)$"),
            pupils=pl.col("domain").str.contains(_PUPILS),
        )
        .with_columns(pupils=pl.col("pupils") & (pl.col("domain") != pl.col("registrable")).fill_null(False))
    )
    exact = frame.join(table(), on="domain", how="left", maintain_order="left")
    found = exact.filter(pl.col("domain_class").is_not_null())
    rest = exact.filter(pl.col("domain_class").is_null()).select(frame.columns)
    return _own_word(pl.concat([found, _below(rest)]), settings, today).select("domain", *SCHEMA)


def _below(frame: pl.DataFrame) -> pl.DataFrame:
    """Names that are on no list: what the listed name above them says, else a company's own domain."""
    known = table().rename({"domain": "parent"})
    above = frame.with_columns(
        parent=pl.coalesce(
            *(pl.when(pl.col(c).is_in(known["parent"].implode())).then(c) for c in ("registrable", "three", "two"))
        )
    ).join(known, on="parent", how="left", maintain_order="left")
    kind = pl.col("domain_class")
    return above.with_columns(
        pl.when("pupils")
        .then(pl.lit("school"))
        .when(kind.is_in(_INHERITED))
        .then(kind)
        .when(kind.is_not_null())
        .then(pl.lit("ambiguous"))
        .otherwise(pl.lit("professional"))
        .alias("domain_class"),
        pl.when("pupils").then(pl.lit(f"pattern {version_line()}")).otherwise("domain_list").alias("domain_list"),
        domain_reviewed=pl.col("domain_reviewed").fill_null(True),
    ).select(frame.columns + known.columns[1:])


def _own_word(frame: pl.DataFrame, settings: Settings, today: date) -> pl.DataFrame:
    """The user's allowed and denied domains come last and win until they expire."""
    frame = frame.with_columns(domain_choice=pl.lit(None, pl.String))
    choices = [(c, "allowed") for c in settings.allow_domains] + [(c, "denied") for c in settings.deny_domains]
    for choice, word in choices:
        if choice.expires < today:
            continue
        name = choice.domain.lower()
        hit = (pl.col("domain") == name) | pl.col("domain").str.ends_with(f".{name}")
        # a denied domain keeps its class unless the user names another one
        kind = pl.lit(choice.as_class) if word == "allowed" or choice.as_class != "professional" else "domain_class"
        frame = frame.with_columns(
            pl.when(hit).then(kind).otherwise("domain_class").alias("domain_class"),
            pl.when(hit)
            .then(pl.lit(f"settings, until {choice.expires}"))
            .otherwise("domain_list")
            .alias("domain_list"),
            pl.when(hit).then(pl.lit(word)).otherwise("domain_choice").alias("domain_choice"),
            (hit | pl.col("domain_reviewed")).alias("domain_reviewed"),
        )
    return frame
