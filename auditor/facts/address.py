"""The address of a row: normal form, domain, what kind of mailbox it is and whom it names."""

import re

import polars as pl

from auditor.facts import local_parts, mailboxes, syntax
from auditor.stage import Context, Fact

# second axis of an address by the class of its domain; a pupil's or student's mailbox is neither work nor quite private
AXIS = {
    "professional": "professional",
    "freemail": "personal",
    "isp": "personal",
    "relay": "relay",
    "disposable": "disposable",
    "ambiguous": "ambiguous",
    "shared-professional": "shared-professional",
    "school": "ambiguous",
    "parked": "professional",
}
KINDS = {"nominative": "nominative", "unknown": "nominative", "generic": "generic", "technical": "technical"} | {
    "reserved": "reserved-purpose"
}
# their staff writes from other domains: a "company domain" equal to one of these was filled from the address
_WEBMAIL = (
    r"^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|gmx|aol|protonmail|proton|tutanota|tuta)\."
)
# a local part that no person could be called by: digits only, or a run of hexadecimal digits
_MACHINE = r"(?i)^(?:[0-9._+-]+|[0-9a-f]{16,})$"
_GMAIL = ("gmail.com", "googlemail.com")

CLASSES = {
    "address_class": pl.String(),
    "address_kind": pl.String(),
    "role_word": pl.String(),
    **mailboxes.SCHEMA,
    "own_domain": pl.Boolean(),
}
_READS = ("email", "address", "domain", "local", "company_domain", "first_letters", "last_letters")
KEYS = {"match_key": pl.UInt64(), "variant_key": pl.UInt64()}


def _classes(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    table = mailboxes.describe(frame["domain"], context.settings, context.today).with_row_index("place")
    places = frame.select("domain").join(
        table.select("domain", "place"), on="domain", how="left", maintain_order="left"
    )
    # one narrow join, then each column is gathered by its place in the table
    found = table.select(pl.col(list(mailboxes.SCHEMA)).gather(places["place"]))
    judged = pl.concat([frame.select(_READS), found], how="horizontal")
    judged = _override(judged)
    judged = judged.with_columns(_kinds(judged))
    return judged.with_columns(_label(judged)).select(*CLASSES)


def _override(judged: pl.DataFrame) -> pl.DataFrame:
    """The row's own company domain speaks against a free-mail hit: staff of a provider use its domain."""
    personal = pl.col("domain_class").is_in(["freemail", "isp", "ambiguous"])
    rows = judged.select((personal & pl.col("company_domain").is_not_null()).fill_null(False)).to_series().arg_true()
    if not len(rows):
        return judged.with_columns(own_domain=pl.lit(False))
    sites = judged["company_domain"].gather(rows)
    # a loop over the distinct web sites of rows with a mailbox provider's address
    roots = {site: mailboxes.registrable(host(site)) for site in sites.unique().to_list()}
    own = pl.Series([roots[s] for s in sites.to_list()], dtype=pl.String) == judged["registrable"].gather(rows)
    judged = judged.with_columns(
        own_domain=pl.repeat(False, len(judged), eager=True).scatter(rows, own.fill_null(False))
    )
    webmail = pl.col("domain").str.contains(_WEBMAIL)
    return judged.with_columns(
        pl.when(pl.col("own_domain") & webmail)
        .then(pl.lit("ambiguous"))
        .when("own_domain")
        .then(pl.lit("professional"))
        .otherwise("domain_class")
        .alias("domain_class")
    )


def host(site: str) -> str:
    """The host name in a web address or domain as written, lower case, without www."""
    found = re.match(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([^/:?#\s]*)", site.strip().lower())
    return (found.group(1) if found else "").removeprefix("www.").rstrip(".")


def _kinds(judged: pl.DataFrame) -> list[pl.Series]:
    local = judged["local"]
    roles = local_parts.kinds(local)
    rows = roles["role"].is_not_null().arg_true()
    named = pl.concat([roles, judged.select("local", "first_letters", "last_letters")], how="horizontal")[rows]
    decided = named.with_columns(lower=pl.col("local").str.to_lowercase()).select(kind=_against_names())["kind"]
    machine = local.str.contains(_MACHINE).fill_null(False).arg_true()
    kind = pl.Series(["nominative"]).new_from_index(0, len(local)).set(local.is_null(), None)
    kind = kind.scatter(machine, pl.Series(["unknown"]).new_from_index(0, len(machine)))
    return [kind.scatter(rows, decided).alias("address_kind"), roles["word"].alias("role_word")]


def _against_names() -> pl.Expr:
    """A role word that the name columns claim is a name; one that is often a name needs them to be a role."""
    first, last = pl.col("first_letters"), pl.col("last_letters")
    letters = pl.col("lower").str.replace_all("[^a-z]+", "")
    whole = pl.concat_list(
        first + last,
        last + first,
        first.str.head(1) + last,
        last + first.str.head(1),
        first + last.str.head(1),
        first.str.head(1) + last.str.head(1),
    )
    word = pl.col("word")
    # Raquel Sales may own sales@; a "name" that repeats the word in both columns was filled from the address
    claimed = ((word == last) | (word == first)) & (first != last) & (first.str.len_bytes() > 1)
    alone = word == letters
    both = whole.list.contains(letters).fill_null(False) & (pl.col("role") != "technical")
    weak = pl.col("role") == "name"
    no_names = first.is_null() & last.is_null()
    return (
        pl.when(both)
        .then(pl.lit("nominative"))
        .when(weak & no_names)
        .then(pl.when(alone).then(pl.lit("unknown")).otherwise(pl.lit("nominative")))
        .when(weak)
        .then(
            pl.when(((word == last) | (word == first)).fill_null(False))
            .then(pl.lit("nominative"))
            .otherwise(pl.lit("generic"))
        )
        .when((pl.col("role") == "generic") & claimed.fill_null(False))
        .then(pl.lit("nominative"))
        .otherwise("role")
    )


def _label(judged: pl.DataFrame) -> pl.Series:
    """The two axes as one word, gathered from all their combinations: no text is built per row."""
    kinds, axes = list(dict.fromkeys(KINDS.values())), list(dict.fromkeys(AXIS.values()))
    words = [f"{kind}@{axis}" for kind in kinds for axis in axes] + ["missing", "invalid"]
    kind = {name: kinds.index(word) * len(axes) for name, word in KINDS.items()}
    axis = {name: axes.index(word) for name, word in AXIS.items()}
    place = (
        pl.when(pl.col("email").is_null())
        .then(len(words) - 2)
        .when(pl.col("address").is_null())
        .then(len(words) - 1)
        .otherwise(
            pl.col("address_kind").replace_strict(kind, default=0, return_dtype=pl.UInt32)
            + pl.col("domain_class").replace_strict(axis, default=0, return_dtype=pl.UInt32)
        )
    )
    return pl.Series("address_class", words).gather(judged.select(place).to_series())


def _keys(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    canonical = frame.select(
        canonical=syntax.lowered(frame["address"]),
        varies=pl.col("domain").is_in(_GMAIL) | pl.col("local").str.contains("+", literal=True),
    )
    keys = canonical.select(match_key=pl.when(pl.col("canonical").is_not_null()).then(pl.col("canonical").hash()))[
        "match_key"
    ]
    rows = canonical["varies"].fill_null(False).arg_true()
    variants = (
        canonical["canonical"]
        .gather(rows)
        .to_frame()
        .select(
            pl.col("canonical").str.replace(r"\+[^@]*@", "@").str.replace("@googlemail.com", "@gmail.com", literal=True)
        )
    )
    # dots mean nothing to Gmail alone
    variants = variants.select(
        pl.when(pl.col("canonical").str.ends_with("@gmail.com"))
        .then(pl.col("canonical").str.strip_suffix("@gmail.com").str.replace_all(".", "", literal=True) + "@gmail.com")
        .otherwise("canonical")
        .hash()
    )
    return pl.DataFrame({"match_key": keys, "variant_key": keys.clone().scatter(rows, variants.to_series())})


FACTS = (
    Fact(
        name="address_syntax",
        reads=("email",),
        adds=syntax.SCHEMA,
        apply=lambda frame, context: syntax.decide(frame["email"]),
        doc="Normal form as email-validator gives it, local part, A-label domain; null where the cell is no address.",
    ),
    Fact(
        name="address_classes",
        reads=_READS,
        adds=CLASSES,
        apply=_classes,
        doc="Whom the address names and what kind of mailbox it is, with the list and version that said so.",
    ),
    Fact(
        name="address_keys",
        reads=("address", "local", "domain"),
        adds=KEYS,
        apply=_keys,
        doc="Hashes for matching only: the address in lower case; without tags, Gmail dots and googlemail.com.",
    ),
)
