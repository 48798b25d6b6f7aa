"""What a local part names: a person, a function, a machine, a purpose; from role words in eight languages."""

import re
from functools import cache

import polars as pl

from auditor.facts import word_lists

_FILE = "roles.tsv"
# a generic word this short stands for a person's initials as often as for a department (rh, it, be)
_SHORT = 3
# the strictest duty comes first where a local part holds words of several kinds
_ORDER = ("technical", "reserved", "generic")


@cache
def words() -> dict[str, frozenset[str]]:
    """kind -> role words, letters only; a word written with hyphens in the data also stands glued."""
    return {kind: frozenset(w.replace("-", "") for w in listed) for kind, listed in word_lists.read(_FILE).items()}


@cache
def candidates() -> str:
    """A pattern over local parts in any case: a role word stands between non-letters, or a name-like one alone."""
    listed = word_lists.read(_FILE)
    roles = sorted({word.replace("-", "[^a-z]?") for which in _ORDER for word in listed[which]})
    return rf"(?i)(?:^|[^a-z])(?:{'|'.join(roles)})(?:[^a-z]|$)|^[^a-z]*(?:{'|'.join(sorted(listed['name']))})[^a-z]*$"


def kinds(local: pl.Series) -> pl.DataFrame:
    """Per local part: `role` (technical, reserved, generic, name, null) and `word` that says so."""
    rows = local.str.contains(candidates()).fill_null(False).arg_true()
    taken = local.gather(rows).str.to_lowercase()
    # a loop over distinct candidates only: a list has few role words, whatever its length
    known = {lower: kind(lower) for lower in taken.unique().to_list()}
    answers = [known[lower] for lower in taken.to_list()]
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(local))
    return pl.DataFrame(
        {
            name: none.clone().scatter(rows, pl.Series([a[place] for a in answers], dtype=pl.String))
            for place, name in enumerate(("role", "word"))
        }
    )


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
