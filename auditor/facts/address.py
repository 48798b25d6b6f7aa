"""The address of a row: normal form, domain, what kind of mailbox it is and whom it names."""

import re

import polars as pl

from auditor.facts import local_parts, mailboxes, syntax
from auditor.stage import CODE, Context, Fact, blank, code, distinct

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
_GMAIL = ("gmail.com", "googlemail.com")

CLASSES = {
    "address_class": pl.String(),
    "address_kind": pl.String(),
    "role_word": pl.String(),
    **mailboxes.SCHEMA,
    "own_domain": pl.Boolean(),
}
_READS = (
    "email",
    "address",
    "address_small",
    "domain",
    "local",
    "company",
    "company_domain",
    "first_letters",
    "last_letters",
)
KEYS = {"match_key": pl.UInt64(), "variant_key": pl.UInt64()}


def _classes(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    found = mailboxes.classify(frame["domain"], context.settings, context.today)
    judged = _override(pl.concat([frame.select(_READS), found], how="horizontal"))
    judged = judged.with_columns(_kinds(judged))
    return judged.with_columns(_label(judged)).select(*CLASSES)


def _override(judged: pl.DataFrame) -> pl.DataFrame:
    """The row's own company domain speaks against a free-mail hit: staff of a provider use its domain."""
    own = pl.repeat(False, len(judged), eager=True).alias("own_domain")
    personal = pl.col("domain_class").is_in(["freemail", "isp", "ambiguous"])
    rows = judged.select(pl.arg_where(pl.col("company_domain").is_not_null() & personal)).to_series()
    if not len(rows):
        return judged.with_columns(own)
    sites, places = distinct(judged["company_domain"].gather(rows))
    # a loop over the distinct web sites of rows with a mailbox provider's address
    roots = pl.Series([mailboxes.registrable(host(site)) for site in sites.to_list()], dtype=pl.String)
    rows = rows.filter((roots.gather(places) == judged["registrable"].gather(rows)).fill_null(False))
    kinds = judged.select("domain", "registrable", "domain_class", "company")[rows].select(_own_kind()).to_series()
    return judged.with_columns(own.scatter(rows, True), judged["domain_class"].clone().scatter(rows, kinds))


def _own_kind() -> pl.Expr:
    """Doubtful where the web site may have been filled from the address: webmail, or a firm of another name."""
    label = pl.col("registrable").str.extract(r"^([^.]+)").str.replace_all("[^a-z0-9]", "")
    firm = pl.col("company").str.to_lowercase().str.replace_all("[^a-z0-9]", "")
    another = (pl.col("domain_class") != "ambiguous") & ~firm.str.contains(label, literal=True)
    filled = pl.col("domain").str.contains(_WEBMAIL) | another.fill_null(False)
    return pl.when(filled).then(pl.lit("ambiguous")).otherwise(pl.lit("professional"))


def host(site: str) -> str:
    """The host name in a web address or domain as written, lower case, without www."""
    found = re.match(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([^/:?#\s]*)", site.strip().lower())
    return (found.group(1) if found else "").removeprefix("www.").rstrip(".")


def _kinds(judged: pl.DataFrame) -> list[pl.Series]:
    local = syntax.lowered(judged["local"], judged["address_small"])
    kind = judged.select(pl.when(pl.col("local").is_not_null()).then(code("nominative"))).to_series()
    word = blank(len(local), pl.String())
    roles = local_parts.kinds(local)
    rows = roles["row"]
    if len(rows):
        names = judged.select("first_letters", "last_letters", "company")[rows]
        told = pl.concat([roles, names], how="horizontal").with_columns(lower=local.gather(rows))
        kind, word = kind.scatter(rows, told.select(_against_names()).to_series()), word.scatter(rows, roles["word"])
    return [kind.alias("address_kind"), word.alias("role_word")]


def _against_names() -> pl.Expr:
    """A role word that the name columns claim is a name; one that is often a name needs them to be a role."""
    first, last = pl.col("first_letters"), pl.col("last_letters")
    letters = pl.col("lower").str.replace_all("[^a-z]+", "")
    initial = first.str.head(1)
    pairs = ((first, last), (last, first), (initial, last), (last, initial))
    builds = [one + other for one, other in (*pairs, (first, last.str.head(1)), (initial, last.str.head(1)))]
    word = pl.col("word")
    # Raquel Sales may own sales@; a "name" that repeats the word in both columns was filled from the address
    claimed = ((word == last) | (word == first)) & (first != last) & (first.str.len_bytes() > 1)
    alone = word == letters
    both = pl.any_horizontal(letters == build for build in builds) & ~pl.col("role").is_in(["technical", "unknown"])
    weak = pl.col("role") == "name"
    no_names = first.is_null() & last.is_null()
    # a given name that the address does not hold was not made from it: Kjetil Noreply is a person
    own_given = (first.str.len_bytes() > 2) & ~letters.str.contains(first, literal=True)
    # Bounce Trampolin: the firm's name opens or closes with the word, and goes on
    firm = pl.col("company").str.to_lowercase()
    brand = (firm.str.starts_with(word + " ") | firm.str.ends_with(" " + word)).fill_null(False)
    technical = pl.col("role") == "technical"
    return (
        pl.when(both | (technical & claimed & own_given).fill_null(False))
        .then(pl.lit("nominative"))
        .when(technical & brand)
        .then(pl.lit("generic"))
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
    """The two axes as one word; only the rows beside the commonest are looked up."""
    usual = (pl.col("address_kind") == "nominative") & (pl.col("domain_class") == "professional")
    rows = judged.select(pl.arg_where(~usual.fill_null(False))).to_series()
    words = judged.select("email", "address", "address_kind", "domain_class")[rows].select(_words()).to_series()
    common = pl.Series("address_class", ["nominative@professional"], dtype=CODE).new_from_index(0, len(judged))
    return common.scatter(rows, words)


def _words() -> pl.Expr:
    kind = pl.col("address_kind").replace_strict(KINDS, default="nominative", return_dtype=pl.String)
    axis = pl.col("domain_class").replace_strict(AXIS, default="professional", return_dtype=pl.String)
    return (
        pl.when(pl.col("email").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("address").is_null())
        .then(pl.lit("invalid"))
        .otherwise(pl.concat_str(kind, pl.lit("@"), axis))
    )


def _keys(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    canonical = syntax.lowered(frame["address"], frame["address_small"])
    address = pl.col("address")
    keys = canonical.to_frame().select(match_key=pl.when(address.is_not_null()).then(address.hash()))["match_key"]
    varies = pl.col("domain").is_in(_GMAIL) | address.str.contains("+", literal=True)
    rows = frame.select(pl.arg_where(varies)).to_series()
    plain = canonical.gather(rows).str.replace(r"\+[^@]*@", "@")
    plain = plain.str.replace("@googlemail.com", "@gmail.com", literal=True)
    # dots mean nothing to Gmail alone
    gmail = address.str.strip_suffix("@gmail.com").str.replace_all(".", "", literal=True) + "@gmail.com"
    variants = plain.to_frame().select(
        pl.when(address.str.ends_with("@gmail.com")).then(gmail).otherwise(address).hash()
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
        reads=("address", "domain", "address_small"),
        adds=KEYS,
        apply=_keys,
        doc="Hashes for matching only: the address in lower case; without tags, Gmail dots and googlemail.com.",
    ),
)
