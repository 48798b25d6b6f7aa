"""What kind of mailboxes a domain offers, and which list and version says so."""

import re
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files

import polars as pl
from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList, encode_idn

from auditor import resources
from auditor.facts import word_lists
from auditor.settings import DomainChoice, Settings
from auditor.stage import CODE, CODES, Memo, by_value, code, passing

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
# what the table says, whatever the user's settings; told once per name and kept for the next batches
_TOLD = {name: dtype for name, dtype in SCHEMA.items() if name != "domain_choice"}
_told: Memo = {}
_FILE = "domains.tsv"
_GENERIC = {"com", "net", "org", "info", "biz", "pro", "app", "dev", "shop", "site", "online", "store", "xyz"}
# second levels that registries offer companies beside their own name
_SECOND = {
    "uk": ("co", "org", "ltd", "plc", "me", "ac", "gov"), "pl": ("com", "net", "org"), "at": ("co", "or", "ac", "gv"),
    "es": ("com", "org"), "pt": ("com",), "ro": ("com",), "gr": ("com",), "cy": ("com",), "mt": ("com",),
    "tr": ("com",), "ua": ("com",), "fr": ("asso", "gouv"),
}  # fmt: skip
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
    # the library writes every rule in A-labels too; nine in ten stand so already, and are most of its time (measured)
    names = [rule.lower() for rule in _rules()]
    ascii_forms = ["!" * rule.startswith("!") + encode_idn(rule.lstrip("!")) for rule in names if not rule.isascii()]
    return PublicSuffixList("\n".join(names + ascii_forms), accept_unknown=False, accept_encoded_idn=False)


@lru_cache(maxsize=1 << 16)
def registrable(domain: str) -> str | None:
    """The registrable domain of an A-label domain; the domain itself where it is a public suffix (notaires.fr)."""
    single, longer = _endings()
    head, dot, ending = domain.rpartition(".")
    tail = f"{head.rpartition('.')[2]}.{ending}"
    if dot and tail not in longer and ending in single and "xn--" not in domain:
        return tail if head and head[0] != "." and ".." not in domain else None
    listed = suffixes()
    found: str | None = listed.privatesuffix(domain)
    return found or (domain if listed.publicsuffix(domain) == domain and "." in domain else None)


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """Top-level domains with rules for one label only at most, and the last two labels of every longer rule."""
    rules = _rules()
    wild = {rule[2:] for rule in rules if rule.startswith("*.") and rule.count(".") == 1}
    single = frozenset(rule for rule in rules if "." not in rule and rule.isascii()) - wild
    return single, frozenset(".".join(rule.lstrip("!").split(".")[-2:]) for rule in rules if "." in rule)


@cache
def _rules() -> list[str]:
    text = (files("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8")
    return [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//")]


@cache
def _plain() -> str:
    """A name directly below a top-level domain or a common second level of one: its own registrable domain."""
    second = {f"{label}.{country}" for country, labels in _SECOND.items() for label in labels}
    # countries and the commonest others: every ending makes the pattern dearer to compile
    short = {ending for ending in _endings()[0] if len(ending) == 2 or ending in _GENERIC}
    endings = (short | second & set(_rules())) - set(table()["domain"])
    return rf"^[a-z0-9-]+\.(?:{'|'.join(re.escape(ending) for ending in sorted(endings))})$"


@cache
def _listed() -> pl.Series:
    """Hashes of all listed names: cheaper to compare than the names."""
    return table()["domain"].hash().implode()


def classify(domains: pl.Series, settings: Settings, today: date) -> pl.DataFrame:
    """The columns of SCHEMA for each cell of `domains`; null stays null.

    A plain name on no list is a company's own; only the others are described, once per distinct name.
    """
    domain = pl.col("value")
    own = domain.str.contains(_plain()) & ~domain.hash().is_in(_listed())
    for choice, _ in _choices(settings, today):
        own &= ~_chosen(choice, domain)
    given = pl.when(pl.col("domain").is_not_null())
    common = {"domain_class": given.then(code("professional")), "domain_reviewed": given.then(pl.lit(True))}
    frame = domains.to_frame("domain")
    found = frame.select(
        pl.col("domain").alias("registrable"),
        *(
            common.get(name, pl.lit(None, CODE if name in CODES else dtype)).alias(name)
            for name, dtype in SCHEMA.items()
            if name != "registrable"
        ),
    )
    rest = passing(domains, ~own)
    if not len(rest):
        return found
    known = by_value(domains.gather(rest), _TOLD, _tell, _told)
    known = _own_word(known.insert_column(0, domains.gather(rest).alias("domain")), settings, today)
    return found.with_columns(found[name].scatter(rest, known[name]) for name in SCHEMA)


def _tell(names: list[str]) -> list[tuple[object, ...]]:
    """What the table says of distinct names; the user's choices come on top."""
    domains = pl.Series("domain", names, dtype=pl.String)
    table = domains.to_frame().join(_describe(domains), on="domain", how="left", maintain_order="left")
    return table.select(*_TOLD).rows()


def describe(domains: pl.Series, settings: Settings, today: date) -> pl.DataFrame:
    """`domain` and the columns of SCHEMA, one row per distinct domain."""
    return _own_word(_describe(domains), settings, today).select("domain", *SCHEMA)


def _describe(domains: pl.Series) -> pl.DataFrame:
    names = domains.drop_nulls().unique().alias("domain")
    frame = (
        names.to_frame()
        .with_columns(
            registrable=pl.Series([registrable(name) for name in names.to_list()], dtype=pl.String),
            two=pl.col("domain").str.extract(r"([^.]+\.[^.]+)$"),
            three=pl.col("domain").str.extract(r"([^.]+\.[^.]+\.[^.]+)$"),
            pupils=pl.col("domain").str.contains(_PUPILS),
        )
        .with_columns(pupils=pl.col("pupils") & (pl.col("domain") != pl.col("registrable")).fill_null(False))
    )
    exact = frame.join(_known(names), on="domain", how="left", maintain_order="left")
    found = exact.filter(pl.col("domain_class").is_not_null())
    rest = exact.filter(pl.col("domain_class").is_null()).select(frame.columns)
    return pl.concat([found, _below(rest)]).select("domain", *_TOLD)


def _known(names: pl.Series) -> pl.DataFrame:
    """The part of the table that speaks of `names`: a join with few rows is cheaper than one with all."""
    return table().filter(pl.col("domain").is_in(names.implode()))


def _below(frame: pl.DataFrame) -> pl.DataFrame:
    """Names that are on no list: what the listed name above them says, else a company's own domain."""
    parents = pl.concat([frame[column].drop_nulls() for column in ("registrable", "three", "two")])
    known = _known(parents).rename({"domain": "parent"})
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


def _choices(settings: Settings, today: date) -> list[tuple[DomainChoice, str]]:
    """The user's allowed and denied domains that have not expired, and which of the two each is."""
    choices = [(c, "allowed") for c in settings.allow_domains] + [(c, "denied") for c in settings.deny_domains]
    return [(choice, word) for choice, word in choices if choice.expires >= today]


def _chosen(choice: DomainChoice, domain: pl.Expr) -> pl.Expr:
    name = choice.domain.lower()
    return (domain == name) | domain.str.ends_with(f".{name}")


def _own_word(frame: pl.DataFrame, settings: Settings, today: date) -> pl.DataFrame:
    """The user's allowed and denied domains come last and win until they expire."""
    frame = frame.with_columns(domain_choice=pl.lit(None, pl.String))
    for choice, word in _choices(settings, today):
        hit = _chosen(choice, pl.col("domain"))
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
