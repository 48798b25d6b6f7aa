"""What a note tells of trades and things, left out before it is searched for remarks on a person.

"Marché paralysé", "smelly drains", "fabricant de prothèses": the word beside a thing is told of the thing, and so are
the words a trade noun reaches in its clause, until a word for a person turns the note back to one.
"""

import re
from functools import cache

from auditor import resources

# how many words after a noun still speak of the trade or the thing
TRADE, THING = 6, 3
# a clause counted by the next one names goods or premises ("gay bar chain, 5 sites"), unless it counts age or time
_COUNTED = re.compile(
    r"[^,.;:!?]+(?=, ?\d[\d.,]* ?(?!an|y|j|kid|child|kind|enfant|fi[gl]|hij|nin|mo[in]|mes|h\b|uhr|jour|sem|we|tag"
    r"|woche|set|gio|di|ado|gos|fois|time|mal|vol|vec|x|[ap]m|eur|euro|k\b|%)[a-z]*(?:[,.;]| ?$))"
)
_WORDS = re.compile(r"[a-z0-9'-]+|[^a-z0-9'-]")


@cache
def lines(file: str) -> tuple[str, ...]:
    """The lines of one file of `data/notes/` below its head."""
    text = (resources.data() / "notes" / file).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("# "))


class Words:
    """A list of words, beginnings ("beds*") and endings ("*system"), asked about each word once."""

    def __init__(self, file: str) -> None:
        words = lines(file)
        self.exact = frozenset(word for word in words if "*" not in word)
        self.starts = tuple(word[:-1] for word in words if word[-1] == "*")
        self.ends = tuple(word[1:] for word in words if word[0] == "*")

    def __contains__(self, word: str) -> bool:
        ends = word.endswith(self.ends) and word not in self.ends
        return word in self.exact or word.startswith(self.starts) or ends


@cache
def _list(file: str) -> Words:
    return Words(file)


@cache
def _told() -> dict[str, int]:
    """Words told of persons and things, with the side their noun stands on."""
    rows = [line.split(" ") for line in lines("told.txt")]
    return {b: -1 for a, b in rows if a == "..."} | {a: 1 for a, b in rows if b == "..."}


@cache
def _reach(word: str) -> int:
    """How many words after `word` speak of it: none unless it names a trade or a thing."""
    return TRADE * (word in _list("trades.txt")) or THING * (word in _list("things.txt"))


def _told_of(words: list[str], at: int) -> list[int]:
    """Places of what the noun at `at` is told of: the word before it, past articles, or a heading of few words."""
    before = [n for n in range(at) if words[n] != " "]
    while words[at] in _list("things.txt") and len(before) > 1 and words[before[-1]] in _list("links.txt"):
        before.pop()
    colon = [n for n in before[-4:] if words[n] in ":="]
    if colon and 0 < len(heading := [n for n in before if n < colon[0]]) <= 3:
        return heading
    word = words[before[-1]] if before else ""
    return before[-1:] if len(word) > 2 and word not in _list("plain.txt") and word not in _list("people.txt") else []


def _of_a_thing(words: list[str], at: int) -> bool:
    """Whether a word told of persons and things has a noun beside it that is no person."""
    side = _told().get(words[at], 0)
    place = at + 2 * side
    if not side or not 0 <= place < len(words) or words[at + side] != " ":
        return False
    beside = words[place]
    return (
        len(beside) > 2 and beside.isalpha() and not any(beside in _list(file) for file in ("people.txt", "plain.txt"))
    )


def left_out(note: str) -> str:
    """`note` without nouns of trades and things, what is told of them and the words they reach in the same clause."""
    words = _WORDS.findall(_COUNTED.sub("_", note))
    kept, left = list(words), 0
    for at, word in enumerate(words):
        if not word[0].isalnum() or word in _list("people.txt"):
            left = left if word == " " else 0
            continue
        if reach := _reach(word):
            left = max(left, reach + 1)
            for n in _told_of(words, at):
                kept[n] = "_"
        if left or _of_a_thing(words, at):
            kept[at], left = "_", max(0, left - 1)
    return "".join(kept)
