"""Whether a local part belongs to the row's name: pattern, match, or somebody else's; in doubt null."""

import re

import polars as pl
from rapidfuzz.distance import JaroWinkler

from auditor.facts.identity import fold, fold_second
from auditor.stage import Context, Fact

ADDS = {"name_pattern": pl.String(), "name_match": pl.String()}
# particles that addresses drop or keep at will
_PARTICLES = frozenset(
    "de du des d l le la les von van der den ten ter zu zur da di del della dello dos das do y e el al bin ben st saint mc mac o af av".split()
)
# pet names share no letters with the full name often enough: one list per group, any two members may be one person
_PET_NAMES = (
    "robert bob bobby rob robin bert", "william bill will billy liam wim guillaume willy", "richard dick rick ricky",
    "elizabeth liz lisa beth betty lise elisabeth babette bettina elsa ilse lili sissi", "margaret peggy maggie meg greta rita",
    "james jim jimmy jamie", "john jack johnny jean jon hans ivan juan joao giovanni jan", "edward ted ed ned eddy",
    "charles chuck charlie carlos karl carlo charly", "henry harry hank henri heinrich enrico", "alexander alex sasha sacha xander sandro alexandre alejandro lex",
    "michael mike mick micha michel miguel mikael", "joseph joe jose pepe josef jozef beppe giuseppe sepp zef", "francisco paco pancho francesco francois franz frank frans ciccio",
    "antonio toni tony antoine anton toon", "catherine cathy kate katie kathy katharina katja kasia", "christopher chris christophe christian kris",
    "nicholas nick nicolas nico niko klaus", "thomas tom tommy tomas", "daniel dan danny", "david dave", "matthew matt mathieu matteo matze",
    "andrew andy drew andre andreas andrea", "stephen steve stephan stephane stefan esteban etienne", "anthony tony", "patricia pat patty trish",
    "maria mia marie mary ria mitzi masha", "johannes hans jo johann hannes", "sebastian basti bastien seb", "maximilian max", "friedrich fritz fred frederic",
    "georg jorge george giorgio jerzy yuri jurgen", "dolores lola", "concepcion concha", "rosario charo", "ignacio nacho", "jesus chucho", "manuel manolo lolo",
    "guadalupe lupe", "enrique quique", "eduardo edu lalo", "luigi gigi luis ludwig louis lou", "giovanna gianna joanna jeanne asia", "giuseppina pina josephine jo",
    "malgorzata gosia", "aleksandra ola", "katarzyna kasia", "agnieszka aga", "krzysztof krzys chris", "wojciech wojtek", "piotr peter pierre pedro pietro pieter piet",
    "evgeny eugene zhenya evgenii", "dmitri dima dmitry dmitrii", "tatiana tanya tania", "natalia natasha", "samuel sam", "samantha sam", "benjamin ben benny",
    "philippe phil filip", "gregoire greg gregory", "frederique fred", "jacqueline jacky", "veronique vero", "dominique dom", "emmanuel manu", "emmanuelle manu",
    "valerie val", "vincent vince", "laurence lo", "cornelis kees cees", "gerardus gerard ger", "adrianus adri ad arjan", "hendrik henk rik", "wilhelmus wim", "jacobus jaap koos",
)  # fmt: skip
_PETS: dict[str, frozenset[int]] = {}
for _place, _group in enumerate(_PET_NAMES):
    for _member in _group.split():
        _PETS[_member] = _PETS.get(_member, frozenset()) | {_place}


def _matches(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    wanted = (
        (frame["address_kind"] == "nominative")
        & frame["first_letters"].is_not_null()
        & frame["last_letters"].is_not_null()
    )
    rows = wanted.fill_null(False).arg_true()
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(frame))
    if not len(rows):
        return pl.DataFrame({"name_pattern": none, "name_match": none})
    taken = frame[rows].select("local", "first_name", "last_name", f="first_letters", la="last_letters")
    taken = taken.with_columns(
        flat=pl.col("local").str.to_lowercase().str.replace(r"\+.*$", "").str.replace_all("[^a-z]+", "")
    )
    taken = taken.with_columns(name_pattern=_pattern())
    known = taken.with_columns(name_match=pl.when(pl.col("name_pattern").is_not_null()).then(pl.lit("match")))
    rest = known["name_match"].is_null().arg_true()
    # a loop over names that no plain pattern explains: compounds, particles, initials, other people
    answers = [compare(*row) for row in known[rest].select("local", "first_name", "last_name").rows()]
    match = known["name_match"].scatter(rest, pl.Series(answers, dtype=pl.String))
    return pl.DataFrame(
        {
            "name_pattern": none.clone().scatter(rows, taken["name_pattern"]),
            "name_match": none.clone().scatter(rows, match),
        }
    )


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
        words = [w for w in text.split() if w not in _PARTICLES and len(w) > 1]
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
        or token.startswith(n)
        and len(n) >= 3
        or token in n
        or JaroWinkler.similarity(token, n) >= 0.8
        for n in names
    )


def _pet(token: str, given: set[str]) -> bool:
    groups = _PETS.get(token, frozenset())
    return bool(groups) and any(groups & _PETS.get(name, frozenset()) for name in given)


FACTS = (
    Fact(
        name="name_match",
        reads=("local", "address_kind", "first_name", "last_name", "first_letters", "last_letters"),
        adds=ADDS,
        apply=_matches,
        doc="The pattern that builds the local part from the name columns, and whether the two belong together.",
    ),
)
