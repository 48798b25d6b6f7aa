"""What a local part names: a person, a function, a machine, a purpose; from role words in eight languages."""

import re
from functools import cache

import polars as pl

from auditor.facts import word_lists
from auditor.stage import Memo, by_value

_FILE = "roles.tsv"
_TOWNS = "towns.tsv"
# towns that are given names first
_GIVEN = {"nancy", "florence", "sofia", "lourdes", "carmen", "chelsea"}
# a generic word this short stands for a person's initials as often as for a department (rh, it, be)
_SHORT = 3
# a local part that no person could be called by: digits only, or a run of hexadecimal digits
_MACHINE = "^(?:[0-9._+-]+|[0-9a-f]{16,})$"
_KINDS = {"role": pl.String(), "word": pl.String()}
_memo: Memo = {}
# the strictest duty comes first where a local part holds words of several kinds
_ORDER = ("technical", "reserved", "generic")


@cache
def words() -> dict[str, frozenset[str]]:
    """kind -> role words, letters only; a word written with hyphens in the data also stands glued."""
    listed = {kind: frozenset(w.replace("-", "") for w in found) for kind, found in word_lists.read(_FILE).items()}
    towns = {town for _, town in word_lists.rows(_TOWNS) if town.isalpha()}
    return {**listed, "place": listed["place"] | (towns - _GIVEN)}


@cache
def candidates() -> str:
    """A pattern over small letters: a role word stands between other signs, or a name-like one alone, or no name."""
    listed = word_lists.read(_FILE)
    # plain characters only: compiled for every batch, it costs a third of the same with whole scripts and both cases
    roles = sorted({word.replace("-", "[._0-9-]?") for which in _ORDER for word in listed[which]})
    alone = "|".join(sorted(listed["name"]))
    return rf"(?:^|[^a-z])(?:{'|'.join(roles)})(?:[^a-z]|$)|^[^a-z]*(?:{alone})[^a-z]*$|{_MACHINE}"


def kinds(local: pl.Series) -> pl.DataFrame:
    """The local parts, in small letters, that name no person for sure: `row`, `role` and the `word` that says so.

    The role is technical, reserved, generic or name; unknown where no person could be called so.
    """
    rows = local.to_frame("local").select(pl.arg_where(pl.col("local").str.contains(candidates()))).to_series()
    # a list has few role words, whatever its length
    known = by_value(local.gather(rows), _KINDS, lambda found: [_told(lower) for lower in found], _memo)
    return known.insert_column(0, rows.alias("row")).drop_nulls("role")


def _told(local: str) -> tuple[str | None, str | None]:
    role, word = kind(local)
    return role or ("unknown" if re.match(_MACHINE, local) else None), word


def kind(local: str) -> tuple[str | None, str | None]:
    """(kind, word) of one lower-case local part; `name` where the only role word is also a person's name."""
    tokens = re.findall(r"[a-z]+", local.partition("+")[0])
    if not tokens:
        return None, None
    listed = words()
    # whole first ("no-reply"), then what opens it, longest run of words first ("service-client.lyon")
    for end in range(len(tokens), 0, -1):
        word = "".join(tokens[:end])
        rest = tokens[end:]
        for which in _ORDER:
            if word in listed[which] and (not rest or len(word) > _SHORT or _unnamed(rest)):
                weak = word in listed["name"] and which == "generic"
                return ("name" if weak else which), word
    # a role word that closes counts only where nothing before it can be a person: martin.rh@ may be Mr Martin
    for which in _ORDER:
        if tokens[-1] in listed[which] and _unnamed(tokens[:-1]):
            return which, tokens[-1]
    return ("name", tokens[0]) if tokens[0] in listed["name"] and len(tokens) == 1 else (None, None)


def _unnamed(tokens: list[str]) -> bool:
    listed = words()
    return all(t in listed["place"] or any(t in listed[which] for which in _ORDER) for t in tokens)
