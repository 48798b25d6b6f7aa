"""What a free-text value means: source, legal basis, consent status, method, purpose, channel, controller, activity.

The words are data (`auditor/data/vocabulary/*.toml`), extended by the user's `[vocabulary]`. A value is folded
(case, accents, punctuation, final s; digits read as 0 where they carry no meaning), its longest known phrases are
found, small typing errors forgiven, and the hit whose class stands first in the file's `order` decides.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl
from rapidfuzz.distance import OSA

from auditor import resources
from auditor.errors import CatalogueError, UsageError
from auditor.settings import Settings
from auditor.stage import MEMO_LIMIT, Dtypes, Memo, blank, by_value

LANGUAGES = ("any", "en", "fr", "de", "es", "it")
# a word this short is never taken for a misspelling of another
FUZZY_FROM = 6
MAX_PHRASE = 7

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one phrase stands for; `rank` is the place of its class in the order (0 decides first)."""

    means: str
    kind: str | None
    named: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One value understood: its class, finer kind, whether it names something, whether a word was known at all."""

    means: str
    kind: str | None
    named: bool
    known: bool


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The phrases of one kind of column, compiled; `memo` keeps the readings of a run."""

    phrases: Mapping[Phrase, Entry]
    whole: Mapping[Phrase, Entry]
    prefixes: Mapping[str, Entry]
    ignored: frozenset[str]
    words: Mapping[tuple[str, int], tuple[str, ...]]
    known: frozenset[str]
    default: str
    digits: bool
    memo: Memo = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)

    def read(self, folded: str) -> Reading:
        """The reading of one folded value."""
        tokens = tuple(map(stem, folded.split()))
        if not tokens:
            return Reading("missing", None, False, True)
        if entry := self.whole.get(tokens):
            return Reading(entry.means, entry.kind, entry.named, True)
        tokens = tuple(map(self.correct, tokens))
        hits, rest = self.hits(tokens)
        if not hits:
            return Reading(self.default, None, False, False)
        best = min(hits, key=lambda entry: entry.rank)
        same = [entry for entry in hits if entry.means == best.means]
        kind = next((entry.kind for entry in same if entry.kind), None)
        named = any(entry.named for entry in same) or any(self.names(token) for token in rest)
        return Reading(best.means, kind, named, True)

    def names(self, token: str) -> bool:
        """Whether a word outside all phrases is a proper name rather than a filler or a number."""
        return len(token) > 2 and "0" not in token and token not in self.ignored

    def hits(self, tokens: Phrase) -> tuple[list[Entry], list[str]]:
        """Entries of the longest phrases found, and the words that belong to none.

        Of phrases of one length that share a word, the one whose class decides first has it.
        """
        free = [True] * len(tokens)
        found: list[tuple[int, Entry]] = []
        for length in range(min(MAX_PHRASE, len(tokens)), 0, -1):
            starts = range(len(tokens) - length + 1)
            spans = [(e.rank, i, e) for i in starts if (e := self.phrase(tokens[i : i + length]))]
            for _, start, entry in sorted(spans, key=lambda span: span[:2]):
                if all(free[start : start + length]):
                    free[start : start + length] = [False] * length
                    found.append((start, entry))
        found.sort(key=lambda item: item[0])
        return [entry for _, entry in found], [t for t, unused in zip(tokens, free, strict=True) if unused]

    def phrase(self, tokens: Phrase) -> Entry | None:
        """The entry of a phrase, or of a word that begins like a known one."""
        if entry := self.phrases.get(tokens):
            return entry
        if len(tokens) > 1 or tokens[0] in self.ignored:
            return None
        word = tokens[0]
        for end in range(len(word), 3, -1):
            if entry := self.prefixes.get(word[:end]):
                return entry
        return None

    def correct(self, word: str) -> str:
        """The known word that `word` misspells, or `word`: one slip from six letters, two from ten."""
        if len(word) < FUZZY_FROM or word in self.known or word in self.ignored:
            return word
        if word not in self.corrections:
            if len(self.corrections) > MEMO_LIMIT:
                self.corrections.clear()
            self.corrections[word] = self.nearest(word)
        return self.corrections[word]

    def nearest(self, word: str) -> str:
        """The closest known word with the same first letter, within the slips allowed."""
        allowed = 1 if len(word) < 10 else 2
        best, distance = word, allowed + 1
        for size in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate in self.words.get((word[0], size), ()):
                away = OSA.distance(word, candidate, score_cutoff=allowed)
                if away < distance:
                    best, distance = candidate, away
        return best


def stem(token: str) -> str:
    """`token` without a plural s."""
    return token[:-1] if len(token) > 4 and token[-1] == "s" and token[-2] != "s" else token


def fold(values: pl.Series, digits: bool) -> pl.Series:
    """Lower case, no accents, words only, single blanks; without `digits` every number reads 0; a cell of question
    marks stays "?"."""
    asked = values.str.contains(r"^\s*\?+\s*$")
    text = (
        values.str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_many(["ß", "œ", "æ", "ø", "ł", "đ"], ["ss", "oe", "ae", "o", "l", "d"])
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
    )
    if not digits:
        text = text.str.replace_all(r"([\p{L}]{4})\p{N}+", "$1 0").str.replace_all(r"\p{N}+", "0")
    return pl.select(pl.when(asked).then(pl.lit("?")).otherwise(text.str.strip_chars())).to_series()


def words_of(values: pl.Series) -> list[str]:
    """Each value as its folded, stemmed words between blanks, so that ` name ` can be looked for whole."""
    return [f" {' '.join(map(stem, text.split()))} " for text in fold(values.cast(pl.String), digits=True).to_list()]


def _fold_words(words: Iterable[str], digits: bool) -> list[str]:
    return fold(pl.Series(list(words), dtype=pl.String), digits).to_list()


def _load(name: str) -> dict[str, object]:
    try:
        return tomllib.loads((resources.data() / "vocabulary" / f"{name}.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        raise CatalogueError(f"vocabulary {name} cannot be read") from None


def _groups(table: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    groups = table["group"]
    if not isinstance(groups, list):
        raise CatalogueError(f"vocabulary {name} has no groups")
    for group in groups:
        strange = set(group) - {"class", "kind", "named", "maps", *LANGUAGES}
        if strange or group["class"] not in table["order"]:  # type: ignore[operator]
            raise CatalogueError(f"vocabulary {name}: group {group.get('class')!r} is malformed")
    return groups


@lru_cache(maxsize=32)
def _compiled(name: str, extra: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    table = _load(name)
    order = list(table["order"])  # type: ignore[call-overload]
    digits = bool(table["digits"])
    phrases: dict[Phrase, Entry] = {}
    whole: dict[Phrase, Entry] = {}
    prefixes: dict[str, Entry] = {}

    def add(words: list[tuple[str, Entry]], override: bool) -> None:
        # all at once: a call costs more than folding a hundred words
        bare = [word.removeprefix("=").removesuffix("*") for word, _ in words]
        for (word, entry), folded in zip(words, _fold_words(bare, digits), strict=True):
            key = tuple(stem(token) for token in folded.split())
            if not key or (not digits and "0" in key):
                fault = UsageError if override else CatalogueError
                raise fault(f"vocabulary {name}: a word of {entry.means} is nothing but a number or a sign")
            target = whole if word.startswith("=") else phrases
            if word.endswith("*"):
                prefixes.setdefault(folded.strip(), entry)
            elif override or key not in target or entry.rank < target[key].rank:
                target[key] = entry

    shipped: list[tuple[str, Entry]] = []
    for group in _groups(table, name):
        means = str(group["class"])
        entry = Entry(
            str(group.get("maps", means)), _opt(group.get("kind")), bool(group.get("named")), order.index(means)
        )
        shipped += [(word, entry) for language in LANGUAGES for word in group.get(language, ())]  # type: ignore[attr-defined]
    add(shipped, override=False)
    for means, own in extra:
        if means not in order:
            raise UsageError(f"[vocabulary.{name}]: no class {means!r}", f"Known classes: {', '.join(order)}.")
        entry = Entry(means, None, True, order.index(means))
        add([(word, entry) for word in own], override=True)
    known = frozenset(token for key in (*phrases, *whole) for token in key)
    words_by: dict[tuple[str, int], list[str]] = {}
    for token in sorted(known):
        if len(token) >= FUZZY_FROM:
            words_by.setdefault((token[0], len(token)), []).append(token)
    return Vocabulary(
        phrases=phrases,
        whole=whole,
        prefixes=prefixes,
        ignored=frozenset(stem(word) for word in " ".join(_fold_words(table["ignored"], digits)).split()),  # type: ignore[arg-type]
        words={key: tuple(tokens) for key, tokens in words_by.items()},
        known=known,
        default=str(table["default"]),
        digits=digits,
    )


def _opt(value: object) -> str | None:
    return None if value is None else str(value)


def vocabulary(name: str, settings: Settings) -> Vocabulary:
    """The vocabulary `name` with the user's own words; compiled once per set of words."""
    extra = getattr(settings.vocabulary, name, {})
    return _compiled(name, tuple(sorted((means, tuple(words)) for means, words in extra.items())))


READING: Dtypes = {"means": pl.String(), "kind": pl.String(), "named": pl.Boolean(), "known": pl.Boolean()}


def readings(values: pl.Series, name: str, settings: Settings) -> pl.DataFrame:
    """Columns means, kind, named, known for each cell of `values`; null and empty cells give nulls."""
    if values.null_count() == values.len():
        return pl.DataFrame({column: blank(values.len(), d) for column, d in READING.items()})
    words = vocabulary(name, settings)
    distinct = values.drop_nulls().unique()
    folded = distinct.to_frame("value").with_columns(fold(distinct, words.digits).alias("folded"))

    def judge(fresh: list[str]) -> list[tuple[object, ...]]:
        found = map(words.read, fresh)
        return [(reading.means, reading.kind, reading.named, reading.known) for reading in found]

    judged = folded.hstack(by_value(folded["folded"], READING, judge, words.memo))
    return values.to_frame("value").join(judged, on="value", how="left", maintain_order="left").select(list(READING))


def classify(value: str, name: str, settings: Settings | None = None) -> Reading:
    """The reading of one value; for single questions (tests, one person's trace)."""
    words = vocabulary(name, settings or Settings())
    return words.read(str(fold(pl.Series([value]), words.digits).item()))
