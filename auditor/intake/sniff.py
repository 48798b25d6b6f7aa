"""Delimiter and header by evidence: known column names first, then how evenly the lines are cut."""

import re
from collections import Counter
from dataclasses import dataclass

from auditor.errors import InputError, UsageError
from auditor.intake.edges import is_header, is_note
from auditor.intake.records import Grammar

# in order of preference when the evidence is equal
CANDIDATES = (",", ";", "\t", "|", "^", ":")
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "caret": "^"}
# lines in which the header is looked for, and lines that are cut to compare delimiters
HEADER_LINES = 60
SAMPLE_LINES = 1000
# share of rows with another number of cells than the header from which on no single reading is right
MISFIT = 0.8
# bounded: an unbounded local part would try every start of a long line
_ADDRESS = re.compile(r"[^\s@,;|\t\"<>]@[^\s@,;|\t\"<>]{1,255}\.[^\s@,;|\t\"<>.]")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_DATA = re.compile(r"https?://|\d{4}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]\d{2,4}|(?:\d[ .\-]?){8}")
# titles of the table that lists the people, in files with several tables
_WANTED = re.compile(r"attendee|participant|registrant|inscrit|teilnehmer|asistente|partecipant", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table begins and how it is cut; `lines` physical lines (`head`) stand before the first record."""

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    head: str
    header_text: str
    lines: int
    skipped: tuple[tuple[int, int, str], ...]
    carriage_return: bool
    newline: str
    # the header was chosen among those of several tables
    chosen: bool = False


def delimiter_of(text: str) -> str:
    """The delimiter that the user named."""
    found = _NAMED.get(text.lower(), text)
    if len(found) != 1 or found in '"\r\n':
        raise UsageError("the delimiter must be one character", "Examples: ';' ',' tab '|'.")
    return found


@dataclass(frozen=True)
class _Sheet:
    """The first lines of a list, cut into physical lines."""

    name: str
    lines: list[str]
    carriage_return: bool

    def grammar(self, delimiter: str, width: int = 1) -> Grammar:
        return Grammar(delimiter, width, carriage_return=self.carriage_return)

    def record(self, grammar: Grammar, index: int) -> tuple[list[str], int]:
        """Cells of the record that begins at line `index`, and how many lines it takes (at most 20)."""
        line = self.lines[index]
        if '"' not in line:
            return line.removesuffix("\n").removesuffix("\r").split(grammar.delimiter), 1
        for count in range(1, 21):
            cut = grammar.cut("".join(self.lines[index : index + count]))
            if cut.end is not None:
                return cut.cells, count
            if cut.broken:
                break
        return grammar.unescaped(line) or grammar.flat(line), 1

    def row(self, grammar: Grammar, index: int, width: int) -> list[str]:
        """Cells of the record at line `index`; of several readings the one that gives `width` cells."""
        cells, _ = self.record(grammar, index)
        if len(cells) == width:
            return cells
        loose = grammar.cut(self.lines[index], tolerant=True)
        return loose.cells if loose.end is not None and len(loose.cells) == width else cells


def sniff(
    name: str,
    text: str,
    delimiter: str | None,
    header_row: int | None,
    whole: bool = True,
    notes: tuple[str, ...] = (),
) -> Layout:
    """The layout of a list that begins with `text`; unless it is the `whole` list its last line may be cut.

    `notes`: how lines above a header begin, folded; an address in them is not yet a person.
    """
    carriage = "\n" not in text and "\r" in text
    lines = re.findall(r"[^\r]*\r|[^\r]+$" if carriage else r"[^\n]*\n|[^\n]+$", text)
    if len(lines) > 1 and not whole:
        lines.pop()
    if not any(line.strip("\ufeff \t\r\n") for line in lines):
        raise InputError(f"{name}: holds no text", "Export the list again.")
    sheet = _Sheet(name, lines, carriage)
    named = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n"))
    start = 1 if named else 0
    if named:
        delimiter = delimiter or named.group(1)
    candidates = (delimiter,) if delimiter else CANDIDATES
    if header_row:
        if header_row > len(lines) or not lines[header_row - 1].strip():
            raise InputError(f"{name}: line {header_row} is no header line", "Check --header-row.")
        found, index = _delimiter_at(sheet, candidates, header_row - 1), header_row - 1
        chosen = True
    else:
        found, index, chosen = _find(sheet, candidates, start, notes)
    return _layout(sheet, found, index, start, chosen)


def _find(sheet: _Sheet, candidates: tuple[str, ...], start: int, notes: tuple[str, ...]) -> tuple[str, int, bool]:
    """Delimiter, header line, and whether it was chosen among several tables."""
    from auditor.intake.sources import fold, known_headers

    best: tuple[tuple[float, ...], str, int] | None = None
    places = [i for i in range(start, min(len(sheet.lines), start + HEADER_LINES)) if sheet.lines[i].strip()]
    # a header stands above the first person
    people = (i for i in places if _ADDRESS.search(sheet.lines[i]) and not is_note(sheet.lines[i], notes))
    first_person = next(people, len(sheet.lines))
    tables = [i for i in places if i < first_person and not _ADDRESS.search(sheet.lines[i])]
    for order, candidate in enumerate(candidates):
        width, share = _even(sheet, candidate, start)
        for index in tables:
            cells, _ = sheet.record(sheet.grammar(candidate), index)
            known = sum(fold(cell) in known_headers() for cell in cells)
            fits = share if len(cells) == width and width > 1 else 0.0
            named = sum(bool(cell.strip()) for cell in cells) * 2 > len(cells)
            score = (float(known), fits, fits and float(width), float(named), -float(index), -float(order))
            if best is None or score > best[0]:
                best = (score, candidate, index)
    if best is None:
        raise _headless(sheet, places[0] if places else start)
    _, delimiter, index = best
    return _among_tables(sheet, delimiter, index, start)


def _among_tables(sheet: _Sheet, delimiter: str, first: int, start: int) -> tuple[str, int, bool]:
    """The header of the table that lists the people, when the file holds several tables."""
    grammar = sheet.grammar(delimiter)
    blank = [not line.strip() for line in sheet.lines]
    tables: list[int] = []
    for index in range(start, len(sheet.lines)):
        near = index < start + HEADER_LINES or blank[index - 1] or (index > 1 and blank[index - 2])
        if near and (index == first or is_header(sheet.lines[index], grammar)):
            tables.append(index)
    texts = [sheet.lines[i].strip() for i in tables]
    # the same header again, and a second line of names right below the first, are no further table
    tables = [i for n, i in enumerate(tables) if texts[n] not in texts[:n] and i - 1 not in tables[:n]]
    if len(tables) < 2:
        return delimiter, first, False
    titled = [i for i in tables if _WANTED.search("".join(sheet.lines[max(0, i - 2) : i]))]
    ends = [*tables[1:], len(sheet.lines)]
    peopled = [i for i, end in zip(tables, ends, strict=True) if any(map(_ADDRESS.search, sheet.lines[i:end]))]
    for found in (titled, peopled):
        if len(found) == 1:
            return delimiter, found[0], True
    where = ", ".join(str(i + 1) for i in tables[:5])
    raise InputError(
        f"{sheet.name}: holds several tables (header lines {where})",
        "Split the file, or name one header line with --header-row N.",
    )


def _delimiter_at(sheet: _Sheet, candidates: tuple[str, ...], index: int) -> str:
    from auditor.intake.sources import fold, known_headers

    def score(candidate: str) -> tuple[int, float, int]:
        cells, _ = sheet.record(sheet.grammar(candidate), index)
        width, share = _even(sheet, candidate, index)
        return sum(fold(c) in known_headers() for c in cells), share * (len(cells) == width > 1), len(cells)

    return max(candidates, key=score)


def _even(sheet: _Sheet, delimiter: str, start: int) -> tuple[int, float]:
    """The commonest number of cells above one, and the share of lines that have it."""
    grammar = sheet.grammar(delimiter)
    lines = [line for line in sheet.lines[start : start + SAMPLE_LINES] if line.strip()]
    # a line without the delimiter gives one cell or none, one without quotes is cut by each of them
    some = [line for line in lines if delimiter in line]
    widths = Counter(len(grammar.cut(line).cells) if '"' in line else line.count(delimiter) + 1 for line in some)
    widths.pop(0, None), widths.pop(1, None)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return width, count / max(len(lines), 1)


def _layout(sheet: _Sheet, delimiter: str, index: int, start: int, chosen: bool) -> Layout:
    grammar = sheet.grammar(delimiter)
    cells, count = sheet.record(grammar, index)
    after = index + count
    while (
        after < len(sheet.lines)
        and is_header(sheet.lines[index], grammar)
        and _second_names(sheet, grammar, cells, after)
    ):
        after += 1
    body = [sheet.row(grammar, i, len(cells)) for i in range(after, min(len(sheet.lines), after + SAMPLE_LINES))]
    body = [row for row in body if any(cell.strip() for cell in row)]
    _check_header(sheet, cells, body, index, grammar)
    skipped = [(1, 1, "separator line")] if start else []
    for line in range(start, index):
        if sheet.lines[line].strip():
            people = chosen and _ADDRESS.search(sheet.lines[line]) is not None
            skipped.append((line + 1, line + 1, "further table" if people else "preamble"))
    skipped += [(line + 1, line + 1, "second header line") for line in range(index + count, after)]
    feeds = sum(line.endswith("\r\n") for line in sheet.lines)
    return Layout(
        delimiter=delimiter,
        header=tuple(cells),
        header_line=index + 1,
        head="".join(sheet.lines[:after]),
        header_text="".join(sheet.lines[index : index + count]).rstrip("\r\n"),
        lines=after,
        skipped=tuple(skipped),
        carriage_return=sheet.carriage_return,
        newline="\r" if sheet.carriage_return else "\r\n" if feeds * 2 > len(sheet.lines) else "\n",
        chosen=chosen,
    )


def _second_names(sheet: _Sheet, grammar: Grammar, header: list[str], index: int) -> bool:
    """Whether the line below a header names the same columns again (labels above, programme names below)."""
    line = sheet.lines[index]
    return len(grammar.cut(line).cells) == len(header) and is_header(line, grammar)


def _check_header(sheet: _Sheet, header: list[str], body: list[list[str]], index: int, grammar: Grammar) -> None:
    """Raise InputError where the line is a person, or where its cells do not name the columns below."""
    if any(_ADDRESS.search(cell) for cell in header):
        raise _headless(sheet, index)
    if not is_header(sheet.lines[index], grammar) and _is_data(header, body):
        raise _headless(sheet, index)
    widths = Counter(len(row) for row in body)
    width, count = widths.most_common(1)[0] if widths else (len(header), 0)
    if width == len(header) or count < MISFIT * len(body) or len(body) < 3:
        return
    unnamed = len(header) - len("\0".join(header).rstrip("\0 ").split("\0"))
    spare = width > len(header) and not any(cell.strip() for row in body for cell in row[len(header) :])
    if spare or len(header) - unnamed <= width < len(header):
        return
    if len(header) == 1:
        return
    raise InputError(
        f"{sheet.name}: the header (line {index + 1}) names {len(header)} columns, but most rows hold {width} cells",
        "Correct the header line, or name the delimiter with --delimiter.",
    )


def _is_data(header: list[str], body: list[list[str]]) -> bool:
    """Whether an unknown header line looks like a row: values that recur below it, dates, links, phone numbers."""
    if any(_DATA.search(cell) for cell in header):
        return True
    others = [row for row in body if row != header]
    return any(cell.strip() and any(len(row) > n and row[n] == cell for row in others) for n, cell in enumerate(header))


def _headless(sheet: _Sheet, index: int) -> InputError:
    return InputError(
        f"{sheet.name}: no header line: line {index + 1} already holds a person",
        "Put a line with the column names on top.",
    )
