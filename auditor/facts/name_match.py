"""Whether a local part belongs to the row's name: pattern, match, or somebody else's; in doubt null."""

import re
from functools import cache

import polars as pl
from rapidfuzz.distance import JaroWinkler

from auditor.facts import word_lists
from auditor.facts.identity import fold, fold_second
from auditor.stage import Context, Fact, code

ADDS = {"name_pattern": pl.String(), "name_match": pl.String()}
_FILE = "pet_names.tsv"
# every code `name_pattern` may hold; the mark between two parts belongs to the code
PATTERNS = tuple(
    dict.fromkeys(
        form.format(mark)
        for form in ("first{}last", "last{}first", "f{}last", "last{}f", "first{}l", "f{}l", "first", "last")
        for mark in ("", ".", "-")
    )
)


@cache
def _particles() -> frozenset[str]:
    """Words that addresses drop or keep at will (de, van, von)."""
    return frozenset(word_lists.read(_FILE)["particle"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(word_lists.read(_FILE)["title"])


@cache
def _pets() -> dict[str, frozenset[int]]:
    """Given name -> numbers of the groups in which it may stand for another."""
    groups = [words.split() for kind, words in word_lists.rows(_FILE) if kind == "group"]
    found: dict[str, set[int]] = {}
    for place, group in enumerate(groups):
        for member in group:
            found.setdefault(member, set()).add(place)
    return {member: frozenset(places) for member, places in found.items()}


def _matches(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    first, last = pl.col("first_letters"), pl.col("last_letters")
    named = (pl.col("address_kind") == "nominative") & pl.col("residue").is_null()
    wanted = named & first.is_not_null() & last.is_not_null()
    # the commonest pattern is tested before anything is folded
    common = wanted & (pl.col("local") == pl.concat_str(first, pl.lit("."), last))
    tested = frame.select(common=common, wanted=wanted)
    found = tested.select(
        name_pattern=pl.when("common").then(code("first.last")), name_match=pl.when("common").then(code("match"))
    )
    rows = tested.select(pl.arg_where(pl.col("wanted") & ~pl.col("common"))).to_series()
    if not len(rows):
        return found
    taken = frame.select("local", "first_name", "last_name", f=first, la=last)[rows]
    pattern = _patterns(taken)
    match = pl.repeat("match", len(rows), eager=True)
    if pattern.null_count():
        rest = pattern.is_null().arg_true()
        # a loop over names that no plain pattern explains: compounds, particles, initials, other people
        answers = [compare(*row) for row in taken[rest].select("local", "first_name", "last_name").rows()]
        match = match.scatter(rest, pl.Series(answers, dtype=pl.String))
    return found.with_columns(found["name_pattern"].scatter(rows, pattern), found["name_match"].scatter(rows, match))


def _patterns(taken: pl.DataFrame) -> pl.Series:
    """Code of the pattern that builds each local part."""
    taken = taken.select("f", "la", local=pl.col("local").str.to_lowercase().str.replace(r"\+.*$", ""))
    return taken.with_columns(flat=pl.col("local").str.replace_all("[^a-z]+", "")).select(_pattern()).to_series()


def _pattern() -> pl.Expr:
    """Code of the plain pattern ("first.last", "flast"); the separator belongs to it."""
    f, la, flat = pl.col("f"), pl.col("la"), pl.col("flat")
    n, n_f, n_l = flat.str.len_bytes(), f.str.len_bytes(), la.str.len_bytes()
    opens_f, closes_l = flat.str.starts_with(f), flat.str.ends_with(la)
    opens_l, closes_f = flat.str.starts_with(la), flat.str.ends_with(f)
    initial_f, initial_l = f.str.slice(0, 1), la.str.slice(0, 1)
    dot = pl.col("local").str.contains(".", literal=True)
    other = pl.col("local").str.contains("[-_]")
    sep = pl.when(dot).then(pl.lit(".")).when(other).then(pl.lit("-")).otherwise(pl.lit(""))
    head = pl.when(opens_f & closes_l & (n == n_f + n_l)).then(pl.lit("first{}last"))
    return (
        head.when(opens_l & closes_f & (n == n_f + n_l)).then(pl.lit("last{}first"))
        .when(closes_l & (n == n_l + 1) & flat.str.starts_with(initial_f)).then(pl.lit("f{}last"))
        .when(opens_l & (n == n_l + 1) & flat.str.ends_with(initial_f)).then(pl.lit("last{}f"))
        .when(opens_f & (n == n_f + 1) & flat.str.ends_with(initial_l)).then(pl.lit("first{}l"))
        .when(opens_f & (n == n_f)).then(pl.lit("first"))
        .when(opens_l & (n == n_l)).then(pl.lit("last"))
        .when((n == 2) & flat.str.starts_with(initial_f) & flat.str.ends_with(initial_l)).then(pl.lit("f{}l"))
        .otherwise(None)
        .str.replace("{}", sep, literal=True)
    )  # fmt: skip


def compare(local: str, first: str, last: str) -> str | None:
    """`match`, `wrong_first` (the family name fits, the given name is another), `other` (nobody fits) or null."""
    tokens = [t for t in re.findall(r"[a-z]+", fold(local.partition("+")[0]).replace(" ", ".")) if t]
    # a title is nobody's given name: maitre.roussel@, prof.dr.lenz@
    tokens = [t for t in tokens if t not in _titles()] or tokens
    flat = "".join(tokens)
    given, family = _parts(first), _parts(last)
    if not tokens or not given or not family:
        return None
    has_family = any(len(p) >= 3 and p in flat for p in family) or _built(flat, given, family)
    has_given = any(len(p) >= 3 and p in flat for p in given)
    if has_family and (has_given or _initials(flat, given, family)):
        return "match"
    if has_given or (len(tokens) == 1 and not has_family):
        # married name, nickname, or a handle: cannot tell
        return "match" if has_family else None
    long = [t for t in tokens if len(t) >= 3]
    if has_family:
        strange = [t for t in long if not _near(t, family)]
        return "wrong_first" if strange and all(not _near(t, given) and not _pet(t, given) for t in strange) else None
    if len(long) < 2 or len(tokens) != len(long):
        return None
    foreign = all(not _near(t, given | family) and not _pet(t, given) for t in long)
    return "other" if foreign else None


def _parts(name: str) -> set[str]:
    """Words of a name in both spellings, particles aside, and the whole glued."""
    found: set[str] = set()
    for text in {fold(name), fold_second(name)}:
        words = [w for w in text.split() if w not in _particles() and len(w) > 1]
        found |= {*words, text.replace(" ", ""), "".join(words)}
    return {f for f in found if f}


def _built(flat: str, given: set[str], family: set[str]) -> bool:
    return any(flat in (g[0] + f, f + g[0]) for g in given for f in family if len(f) >= 2)


def _initials(flat: str, given: set[str], family: set[str]) -> bool:
    """Whether what stands beside the family name is short: initials of one or more given names, or the start of one."""
    for part in sorted(family, key=len, reverse=True):
        if len(part) >= 3 and part in flat:
            rest = flat.replace(part, "", 1)
            return len(rest) <= 2 or any(g.startswith(rest) for g in given) or any(rest in f for f in family)
    return True


def _near(token: str, names: set[str]) -> bool:
    return any(
        n.startswith(token)
        or (token.startswith(n) and len(n) >= 3)
        or token in n
        or JaroWinkler.similarity(token, n) >= 0.8
        for n in names
    )


def _pet(token: str, given: set[str]) -> bool:
    groups = _pets().get(token, frozenset())
    return bool(groups) and any(groups & _pets().get(name, frozenset()) for name in given)


FACTS = (
    Fact(
        name="name_match",
        reads=("local", "address_kind", "residue", "first_name", "last_name", "first_letters", "last_letters"),
        adds=ADDS,
        apply=_matches,
        doc="The pattern that builds the local part from the name columns, and whether the two belong together.",
    ),
)
