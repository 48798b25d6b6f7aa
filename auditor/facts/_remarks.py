"""Which kinds of remark a note makes on a person: words and guards from `data/notes/`.

Most notes hold none of the needles and are settled by one search for all of them; only the patterns whose needle
stands in a note are tried on it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import polars as pl

from auditor.facts import _things

# needles, regular expression, kind (empty for a guard)
Line = tuple[tuple[str, ...], str, str]


@cache
def _accents() -> tuple[list[str], list[str]]:
    """Accented lower-case letters of European languages and their plain forms."""
    pairs = {"ß": "ss", "’": "'", "œ": "oe", "æ": "ae", "\u00ad": ""}
    for letter in map(chr, range(0xE0, 0x250)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        if plain != letter and plain.isascii():
            pairs[letter] = plain
    # decomposed text: the marks themselves go
    pairs |= dict.fromkeys(map(chr, range(0x300, 0x370)), "")
    return list(pairs), list(pairs.values())


def folded(notes: pl.Series) -> pl.Series:
    """Lower case without accents, typographic apostrophes made plain: the form of the patterns."""
    return notes.str.to_lowercase().str.replace_many(*_accents())


@cache
def _peoples() -> dict[str, tuple[list[str], str]]:
    """Needles and alternatives by the name that stands for them in an expression."""
    rows = (line.split("\t") for line in _things.lines("peoples.tsv"))
    return {f"{{{name}}}": (needles.split("|"), f"(?:{form})") for name, needles, form in rows}


def _filled(needles: str, form: str) -> tuple[tuple[str, ...], str]:
    """Needles and expression of a line with the named words in their places."""
    named = [(name, words) for name, words in _peoples().items() if name in form]
    for name, (_, words) in named:
        form = form.replace(name, words)
    return tuple(needle for _, (every, _) in named for needle in every) or tuple(needles.split("|")), form


@cache
def patterns() -> tuple[Line, ...]:
    """Everything searched for; one of its needles stands in every match."""
    rows = (line.split("\t") for line in _things.lines("indiscreet.tsv"))
    filled = ((kind, *_filled(needles, form)) for kind, needles, form in rows)
    return tuple((needles, rf"\b(?:{form})", kind) for kind, needles, form in filled)


@cache
def guards() -> tuple[Line, ...]:
    """Innocent phrases in the same form."""
    rows = (line.split("\t") for line in _things.lines("innocent.tsv"))
    return tuple((tuple(needles.split("|")), form, "") for needles, form in rows)


@cache
def compiled(form: str) -> re.Pattern[str]:
    """An expression, compiled when a note first holds one of its needles: thousands never do in one list."""
    return re.compile(form)


@cache
def _by_needle() -> dict[str, tuple[list[int], list[int]]]:
    """Which patterns and which guards each needle lets be tried."""
    table: dict[str, tuple[list[int], list[int]]] = {}
    for side, searched in enumerate((patterns(), guards())):
        for number, (needles, _, _) in enumerate(searched):
            for needle in needles:
                table.setdefault(needle, ([], []))[side].append(number)
    return table


def _kinds(note: str, needles: Iterable[str]) -> frozenset[str]:
    """Kinds found in `note` as it stands and again without what it tells of things; most look-alikes fail the first."""
    held = [_by_needle()[needle] for needle in set(needles)]
    trying = {number for tried, _ in held for number in tried}
    said = [(form, kind) for _, form, kind in (patterns()[n] for n in trying) if compiled(form).search(note)]
    if not said:
        return frozenset()
    for number in sorted({number for _, guarding in held for number in guarding}):
        note = compiled(guards()[number][1]).sub(" . ", note)
    note = _things.left_out(note)
    return frozenset(kind for form, kind in said if compiled(form).search(note))


def kinds(notes: pl.Series) -> pl.DataFrame:
    """`row` and `kinds` (list of text) of the notes that remark on a person; each distinct note is judged once."""
    plain = folded(notes)
    needles = plain.str.extract_many(list(_by_needle()), overlapping=True)
    rows = (needles.list.len() > 0).fill_null(False).arg_true()
    some = pl.DataFrame({"row": rows, "note": plain.gather(rows), "needles": needles.gather(rows)})
    # a loop over the distinct notes that hold a needle; the guards need to rewrite the text
    stated = some.unique("note").select("note", "needles").iter_rows()
    judged = {note: sorted(said) for note, held in stated if (said := _kinds(note, held))}
    table = pl.DataFrame(
        {"note": list(judged), "kinds": list(judged.values())},
        schema={"note": pl.String(), "kinds": pl.List(pl.String())},
    )
    return some.select("row", "note").join(table, on="note", how="inner", maintain_order="left").drop("note")
