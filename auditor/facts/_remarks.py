"""Which kinds of remark a note makes on a person: words and trade-term guards from `data/notes/`.

Most notes hold none of the needles and are settled by one search for all of them; only the patterns whose needle
stands in a note are tried on it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

import polars as pl

from auditor import resources

# needles, regular expression, kind (empty for a guard)
Line = tuple[tuple[str, ...], str, str]
# how many words after a trade noun still speak of the trade
TRADE, THING = 6, 3
# what stands between a word and the thing it is told of
_LINKS = frozenset(
    "du de des d la le les un une notre nos deux entre a aux ancien ancienne nouveau of to the our its two between "
    "der das dem den unser unsere del della dei delle di il lo gli i el los las lo un una nuestro nostro due dos con "
    "avec tra entre and et und e y enfin difficile dificil cher legale".split()
)
_FREE = frozenset("with from mit von vom sous sans sur seit ohne con per por not has was ist hat est pas plus".split())
_WORDS = re.compile(r"[a-z0-9'-]+|[^a-z0-9'-]")


# a clause counted by the next one names goods or premises ("gay bar chain, 5 sites"), unless it counts age or time
_COUNTED = re.compile(
    r"[^,.;:!?]+(?=, ?\d[\d.,]* ?(?!an|y|j|kid|child|kind|enfant|fi[gl]|hij|nin|mo[in]|mes|h\b|uhr|jour|sem|we|tag|woche"
    r"|set|gio|di|ado|gos|fois|time|mal|vol|vec|x|[ap]m|eur|euro|k\b|%)[a-z]*(?:[,.;]| ?$))"
)


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
def _lines(file: str) -> tuple[str, ...]:
    text = (resources.data() / "notes" / file).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("# "))


@cache
def _peoples() -> dict[str, tuple[list[str], str]]:
    """Needles and alternatives by the name that stands for them in an expression."""
    rows = (line.split("\t") for line in _lines("peoples.tsv"))
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
    rows = (line.split("\t") for line in _lines("indiscreet.tsv"))
    filled = ((kind, *_filled(needles, form)) for kind, needles, form in rows)
    return tuple((needles, rf"\b(?:{form})", kind) for kind, needles, form in filled)


@cache
def guards() -> tuple[Line, ...]:
    """Innocent phrases in the same form."""
    rows = (line.split("\t") for line in _lines("innocent.tsv"))
    return tuple((tuple(needles.split("|")), form, "") for needles, form in rows)


@cache
def compiled(form: str) -> re.Pattern[str]:
    """An expression, compiled when a note first holds one of its needles: thousands never do in one list."""
    return re.compile(form)


@cache
def _nouns(file: str) -> Callable[[str], bool]:
    """Whether a word is in a list of words, beginnings ("beds*") and endings ("*system")."""
    words = _lines(file)
    exact = frozenset(w for w in words if "*" not in w)
    starts, ends = tuple(w[:-1] for w in words if w[-1] == "*"), tuple(w[1:] for w in words if w[0] == "*")
    bare = frozenset(ends)
    return lambda word: word in exact or word.startswith(starts) or (word.endswith(ends) and word not in bare)


@cache
def _by_needle(which: str) -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for number, (needles, _, _) in enumerate(patterns() if which == "patterns" else guards()):
        for needle in needles:
            table[needle] = (*table.get(needle, ()), number)
    return table


@cache
def _told() -> dict[str, int]:
    """Words told of persons and things, with the side their noun stands on."""
    rows = [line.split(" ") for line in _lines("told.txt")]
    return {b: -1 for a, b in rows if a == "..."} | {a: 1 for a, b in rows if b == "..."}


def _told_of(words: list[str], at: int) -> list[int]:
    """Places of what the noun at `at` is told of: the word before it, past articles, or a heading of few words."""
    before = [n for n in range(at) if words[n] != " "]
    if not before:
        return []
    while _nouns("things.txt")(words[at]) and len(before) > 1 and words[before[-1]] in _LINKS:
        before.pop()
    colon = [n for n in before[-4:] if words[n] in ":="]
    if colon and (heading := [n for n in before if n < colon[0]]) and len(heading) <= 3:
        return heading
    word = words[before[-1]]
    return before[-1:] if len(word) > 2 and word not in _FREE and not _nouns("people.txt")(word) else []


def _of_a_thing(words: list[str], at: int) -> bool:
    """Whether a word told of persons and things has a noun beside it that is no person."""
    side = _told().get(words[at])
    beside = words[at + side :: side][:2] if side and at + side >= 0 else []
    return (
        len(beside) == 2
        and beside[0] == " "
        and len(beside[1]) > 2
        and beside[1].isalpha()
        and not (_nouns("people.txt")(beside[1]) or _nouns("plain.txt")(beside[1]))
    )


def _without_trades(note: str) -> str:
    """`note` without nouns of trades and things, what is told of them and the words they reach in the same clause."""
    words = _WORDS.findall(note)
    trade, thing = _nouns("trades.txt"), _nouns("things.txt")
    kept, left = list(words), 0
    for at, word in enumerate(words):
        if word == " ":
            continue
        if not word[0].isalnum() or _nouns("people.txt")(word):
            left = 0
            continue
        if reach := TRADE * trade(word) or THING * thing(word):
            left = max(left, reach + 1)
            for n in _told_of(words, at):
                kept[n] = "_"
        if left or _of_a_thing(words, at):
            kept[at], left = "_", max(0, left - 1)
    return "".join(kept)


def _kinds(note: str, needles: Iterable[str]) -> frozenset[str]:
    """Kinds found in `note` as it stands and again without its trade terms; most look-alikes fail the first search."""
    found = set(needles)
    trying = {number for needle in found for number in _by_needle("patterns").get(needle, ())}
    said = [(form, kind) for _, form, kind in (patterns()[n] for n in trying) if compiled(form).search(note)]
    if not said:
        return frozenset()
    guarding = {number for needle in found for number in _by_needle("guards").get(needle, ())}
    for number in sorted(guarding):
        note = compiled(guards()[number][1]).sub(" . ", note)
    note = _without_trades(_COUNTED.sub("_", note))
    return frozenset(kind for form, kind in said if compiled(form).search(note))


def kinds(notes: pl.Series) -> pl.DataFrame:
    """`row` and `kinds` (list of text) of the notes that remark on a person; each distinct note is judged once."""
    plain = folded(notes)
    words = list(_by_needle("patterns"))
    rows = plain.str.contains_any(words).fill_null(False).arg_true()
    some = plain.gather(rows)
    distinct = some.unique()
    every = list(dict.fromkeys([*words, *_by_needle("guards")]))
    stated = zip(distinct.to_list(), distinct.str.extract_many(every, overlapping=True).to_list(), strict=True)
    # a loop over the distinct notes that hold a needle; the guards need to rewrite the text
    judged = {note: sorted(found) for note, needles in stated if (found := _kinds(note, needles))}
    table = pl.DataFrame(
        {"note": list(judged), "kinds": list(judged.values())},
        schema={"note": pl.String(), "kinds": pl.List(pl.String())},
    )
    return (
        pl.DataFrame({"row": rows, "note": some})
        .join(table, on="note", how="inner", maintain_order="left")
        .drop("note")
    )
