"""Delimiter and header by evidence: known header words first, then how evenly the lines are cut."""

import re
from collections import Counter
from dataclasses import dataclass

from auditor.errors import InputError, UsageError
from auditor.intake.records import Grammar

CANDIDATES = (",", ";", "\t", "|", "^", ":")
NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "caret": "^"}
# lines in which the header is looked for, and records that are cut to compare delimiters
HEADER_LINES = 60
SAMPLE_RECORDS = 500
_ADDRESS = re.compile(r"[^\s@,;|\t\"<>]+@[^\s@,;|\t\"<>]+\.[^\s@,;|\t\"<>]+")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table begins and how it is cut. `lines` physical lines and `head` are before the first record."""

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    head: str
    header_text: str
    lines: int
    skipped: tuple[tuple[int, int, str], ...]
    carriage_return: bool
    newline: str


def delimiter_of(text: str) -> str:
    """The delimiter that the user named."""
    found = NAMED.get(text.lower(), text)
    if len(found) != 1 or found in '"\r\n':
        raise UsageError("the delimiter must be one character", "Examples: ';' ',' tab '|'.")
    return found


def sniff(name: str, text: str, delimiter: str | None, header_row: int | None) -> Layout:
    """The layout of a list that begins with `text` (the first part of it, cut anywhere)."""
    carriage = "\n" not in text and "\r" in text
    newline = "\r" if carriage else ("\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n")
    lines = re.findall(r"[^\r]*\r|[^\r]+$" if carriage else r"[^\n]*\n|[^\n]+$", text)
    if not any(line.strip() for line in lines):
        raise InputError(f"{name}: holds no text", "Export the list again.")
    start = 0
    skipped: list[tuple[int, int, str]] = []
    named = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n"))
    if named:
        delimiter = delimiter or named.group(1)
        start = 1
        skipped.append((1, 1, "separator line"))
    best: tuple[tuple[float, ...], str, int] | None = None
    for candidate in (delimiter,) if delimiter else CANDIDATES:
        for index, score in _header_scores(lines, start, candidate, header_row, carriage):
            if best is None or score > best[0]:
                best = (score, candidate, index)
    if best is None:
        raise InputError(f"{name}: no header line found", "Name it with --header-row N.")
    _, chosen, index = best
    grammar = Grammar(chosen, 1, carriage_return=carriage)
    cells, count = _record(grammar, lines, index)
    if any(_ADDRESS.search(c) for c in cells):
        raise InputError(
            f"{name}: no header line: line {index + 1} already holds a person", "Add a line with the column names."
        )
    for line in range(start, index):
        if lines[line].strip():
            skipped.append((line + 1, line + 1, "preamble"))
    return Layout(
        delimiter=chosen,
        header=tuple(cells),
        header_line=index + 1,
        head="".join(lines[: index + count]),
        header_text="".join(lines[index : index + count]).rstrip("\r\n"),
        lines=index + count,
        skipped=tuple(skipped),
        carriage_return=carriage,
        newline=newline,
    )


def _record(grammar: Grammar, lines: list[str], index: int) -> tuple[list[str], int]:
    """Cells of the record that begins at line `index`, and how many lines it takes (at most 20)."""
    for count in range(1, 21):
        cut = grammar.cut("".join(lines[index : index + count]))
        if cut.end is not None:
            return cut.cells, count
        if cut.broken:
            break
    return grammar.flat(lines[index]), 1


def _header_scores(
    lines: list[str], start: int, delimiter: str, header_row: int | None, carriage: bool
) -> list[tuple[int, tuple[float, ...]]]:
    """(line index, score) of possible header lines under one delimiter."""
    from auditor.intake.sources import fold, known_headers

    grammar = Grammar(delimiter, 1, carriage_return=carriage)
    body = lines[:-1] if len(lines) > 1 and not lines[-1].endswith(("\n", "\r")) else lines
    widths = Counter(
        len(grammar.cut(line).cells or [""]) for line in body[start : start + SAMPLE_RECORDS] if line.strip()
    )
    total = sum(widths.values()) or 1
    found = []
    places = [header_row - 1] if header_row else range(start, min(len(lines), start + HEADER_LINES))
    first = True
    for index in places:
        if index >= len(lines) or not lines[index].strip():
            continue
        cells, _ = _record(grammar, lines, index)
        known = sum(fold(c) in known_headers() for c in cells)
        share = widths[len(cells)] / total
        people = any("@" in c for c in cells)
        first_bonus = 1.0 if first and not people else 0.0
        first = False
        found.append(
            (
                index,
                (
                    float(known) if not people else 0.0,
                    first_bonus,
                    share * (len(cells) > 1),
                    float(len(cells)),
                    -float(index),
                ),
            )
        )
    return found
