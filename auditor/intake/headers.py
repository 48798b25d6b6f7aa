"""A format turned round: which of its columns a header belongs to, and whether its signature holds."""

import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache

from auditor import columns
from auditor.columns import Kind
from auditor.intake.formats import Format, FormatColumn, Signature, compile_pattern, fold, formats, loosen

# language of a word that several languages share
SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Claim:
    """One header of the input, understood: by which column of which vocabulary, in which language."""

    column: FormatColumn
    by: str
    language: str

    @property
    def dated(self) -> bool:
        """Whether the cells are dates or moments."""
        return self.column.to in columns.BY_NAME and columns.BY_NAME[self.column.to].kind in (Kind.DATE, Kind.TIME)


@dataclass(frozen=True, slots=True)
class Headers:
    """A format turned round: headers to columns."""

    exact: MappingOf[tuple[str, int | None], tuple[FormatColumn, str]]
    patterns: tuple[tuple[re.Pattern[str], FormatColumn], ...]
    # loosened headers that mean one column only
    loose: MappingOf[str, tuple[FormatColumn, str]]
    hints: tuple[FormatColumn, ...]

    def find(self, header: str, occurrence: int) -> tuple[FormatColumn, str] | None:
        """Column that claims the folded `header` at its n-th `occurrence`, with the alias's language."""
        found = self.exact.get((header, occurrence)) or self.exact.get((header, None))
        if found:
            return found
        for pattern, column in self.patterns:
            if pattern.fullmatch(header):
                return column, "any"
        return None

    def guess(self, header: str) -> tuple[FormatColumn, str] | None:
        """Column of a header as written, by its loosened form, then by its words."""
        text = loosen(header)
        hinted = (column for column in self.hints if column.hint and column.hint.fits(text))
        return self.loose.get(text) or next(((column, "any") for column in hinted), None)


def turned(known: Format) -> Headers:
    """Headers of a format."""
    exact: dict[tuple[str, int | None], tuple[FormatColumn, str]] = {}
    loose: dict[str, tuple[FormatColumn, str]] = {}
    shared: set[str] = set()
    for column in known.columns:
        for name, language in column.names():
            key = (fold(name), column.occurrence)
            exact[key] = (column, _common(language, exact.get(key)))
            second = loosen(name)
            if second in loose and loose[second][0] is not column:
                shared.add(second)
            loose[second] = (column, _common(language, loose.get(second)))
    patterns = tuple((compile_pattern(text), column) for column in known.columns for text in column.patterns)
    return Headers(
        exact,
        patterns,
        {key: found for key, found in loose.items() if key and key not in shared},
        tuple(column for column in known.columns if column.hint),
    )


def _common(language: str, before: tuple[FormatColumn, str] | None) -> str:
    """A word of two languages says nothing of the language; a plain spelling listed under `any` adds nothing."""
    if before is None or before[1] == "any" or before[1] == language:
        return language
    return before[1] if language == "any" else SEVERAL


@cache
def shipped(name: str) -> Headers:
    """Headers of the shipped format `name`."""
    return turned(formats()[name])


def holds(signature: Signature, present: frozenset[str]) -> bool:
    """Whether the folded headers `present` carry the signature."""

    def there(text: str) -> bool:
        if "*" not in text and "{n}" not in text:
            return fold(text) in present
        pattern = compile_pattern(text)
        return any(pattern.fullmatch(header) for header in present)

    found = sum(map(there, signature.any)) if signature.any else signature.at_least
    return all(map(there, signature.all)) and found >= signature.at_least and not any(map(there, signature.none))
