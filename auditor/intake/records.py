"""One record at a time: where it begins and ends, what its cells are, what had to be repaired.

The grammar is RFC 4180 with one delimiter. A record that does not follow it is read again in a tolerant way; if
no reading gives the header's number of cells, only its first physical line is given up, never the lines after it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

# what may be wrong with a record
CODES = (
    "stray_quote", "stray_quote_in_text", "unclosed_quote", "unbalanced_quotes", "trailing_delimiters", "extra_cells",
    "missing_unnamed_cells", "short_row", "other_delimiter", "nul_bytes",
)  # fmt: skip
# repairs after which the record's own text may stand in the clean file: any reader sees the same cells
LOSSLESS = frozenset({"trailing_delimiters", "stray_quote_in_text", "missing_unnamed_cells"})
# cells beyond the header's width after which a record over several lines is no longer believed
SURPLUS = 8
# physical lines over which a badly quoted cell is followed
TOLERATED = 64
OTHER_DELIMITERS = (",", ";", "\t", "|")
# a quote escaped as many databases do, and the sign that stands for it while such a record is cut
ESCAPE, ESCAPED = '\\"', "\x06"


@dataclass(frozen=True, slots=True)
class Record:
    """`cells` is None when unreadable; `lines` physical lines belong to it; `code` says what was wrong."""

    lines: int
    cells: list[str] | None
    code: str | None = None

    @property
    def lossless(self) -> bool | None:
        """Whether the repair leaves no doubt; None without a repair."""
        return None if self.code is None or self.cells is None else self.code in LOSSLESS


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut text into cells: the cells and where the record ends; `end` None when it never closes."""

    cells: list[str]
    end: int | None
    broken: bool = False


@dataclass(frozen=True)
class Grammar:
    """How records of one list are read: delimiter, number of cells, longest cell in characters."""

    delimiter: str
    width: int
    cell_limit: int = 1 << 20
    # cells at the end of the header without a name: a record may leave them out
    unnamed: int = 0
    # True for files whose lines end with a carriage return alone
    carriage_return: bool = False

    @cached_property
    def _end(self) -> str:
        return r"(?:\r|\Z)" if self.carriage_return else r"(?:\r?(?:\n|\Z))"

    @cached_property
    def _plain_cell(self) -> str:
        d = re.escape(self.delimiter)
        run = rf"[^{d}\r\n]*+"
        return rf"[^{d}\r]*+" if self.carriage_return else rf"{run}(?:\r(?!\n|\Z){run})*+"

    @cached_property
    def _strict(self) -> re.Pattern[str]:
        d, end = re.escape(self.delimiter), self._end
        return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)("(?={d}|{end}))?|({self._plain_cell}))({d}|{end})?')

    @cached_property
    def _tolerant(self) -> re.Pattern[str]:
        d, end = re.escape(self.delimiter), self._end
        blank = blanks(self.delimiter)
        close = rf'"{blank}*+(?={d}|{end})'
        quoted = rf'{blank}*+"([^"]*+(?:(?!{close})"[^"]*+)*+)({close})?'
        return re.compile(rf"(?:{quoted}|({self._plain_cell}))({d}|{end})?")

    def cut(self, text: str, tolerant: bool = False, most: int | None = None) -> Cut:
        """Cells of the record at the start of `text`; stops early beyond `most` cells."""
        pattern = self._tolerant if tolerant else self._strict
        cells: list[str] = []
        at = 0
        while True:
            match = pattern.match(text, at)
            assert match is not None  # the unquoted branch matches the empty text
            quoted, closed, plain, end = match.groups()
            if quoted is not None:
                # a line break in a cell beyond the limit: the quote was left open, whatever closes it
                long = len(quoted) > self.cell_limit and ("\n" in quoted or "\r" in quoted)
                if closed is None or long:
                    return Cut(cells, None, broken=long or match.end(1) != len(text))
                cells.append(quoted.replace('""', '"'))
            else:
                cells.append(plain)
            at = match.end()
            if end != self.delimiter:
                return Cut(cells, at)
            if most is not None and len(cells) >= most:
                return Cut(cells, None, broken=True)

    def flat(self, line: str) -> list[str]:
        """Cells of one physical line with every quote taken as a character of its own."""
        return line.rstrip("\r\n").split(self.delimiter)

    def looks_whole(self, line: str) -> bool:
        """Whether a physical line could stand as a record of its own: as many cells as the header, or more and an
        address. Narrow lists always ask for the address, because prose often has as many commas."""
        surplus = line.count(self.delimiter) - (self.width - 1)
        return surplus >= 0 and ("@" in line or (surplus == 0 and self.width > 3))

    def read(self, get: Callable[[int], list[str]], whole: Callable[[int], bool]) -> Record | None:
        """The record at the start of the lines that `get(n)` gives (the next n physical lines, ends included).

        `whole(n)` says that fewer than n lines are left in the file. None: more text is needed to decide.
        """
        record = self._read(lambda n: [line.replace("\0", "") for line in get(n)], whole)
        if record is None or record.code is not None or not any("\0" in line for line in get(record.lines)):
            return record
        return Record(record.lines, record.cells, "nul_bytes")

    def _read(self, get: Callable[[int], list[str]], whole: Callable[[int], bool]) -> Record | None:
        first = get(1)[0]
        if '"' not in first:
            return self._plain(first)
        strict = self._across(get, whole, tolerant=False)
        if strict is None:
            return None
        cut, lines = strict
        fits = cut.end is not None and len(cut.cells) == self.width
        if fits and (len(lines) == 1 or not all(map(self.looks_whole, lines))):
            return self._strict_record(cut, lines)
        loose = self._across(get, whole, tolerant=True)
        if loose is None:
            return None
        return self._repaired(first, strict, loose)

    def _strict_record(self, cut: Cut, lines: list[str]) -> Record:
        stray = any('"' in cell for cell in cut.cells) and not well_formed(self.delimiter).fullmatch("".join(lines))
        return Record(len(lines), cut.cells, "stray_quote_in_text" if stray else None)

    def _repaired(self, first: str, strict: tuple[Cut, list[str]], loose: tuple[Cut, list[str]]) -> Record:
        cut, lines = loose
        if cut.end is not None and len(cut.cells) == self.width and not any(map(self.looks_whole, lines[1:])):
            return Record(len(lines), cut.cells, "stray_quote")
        if escaped := self._escaped(first):
            return escaped
        cut, lines = strict
        if cut.end is not None and len(cut.cells) != self.width and not any(map(self.looks_whole, lines[1:])):
            return self._ragged(cut.cells, len(lines))
        return self._alone(first)

    def _escaped(self, line: str) -> Record | None:
        cells = self.unescaped(line)
        return Record(1, cells, "stray_quote") if cells and len(cells) == self.width else None

    def unescaped(self, line: str) -> list[str] | None:
        """Cells of a line read with a backslash before a quote as its escape; None when it is none. The backslashes
        stay in the cells."""
        if ESCAPE not in line or ESCAPED in line:
            return None
        cut = self.cut(line.replace(ESCAPE, ESCAPED), tolerant=True)
        return None if cut.end is None else [cell.replace(ESCAPED, ESCAPE) for cell in cut.cells]

    def _alone(self, first: str) -> Record:
        """The line with every quote taken as a character of its own, when that gives the right number of cells."""
        alone = self.flat(first)
        if len(alone) == self.width:
            return Record(1, alone, "unclosed_quote" if first.count('"') % 2 else "stray_quote")
        return Record(1, None, "unbalanced_quotes")

    def _across(
        self, get: Callable[[int], list[str]], whole: Callable[[int], bool], tolerant: bool
    ) -> tuple[Cut, list[str]] | None:
        """The cut over as many lines as it needs; None when the text at hand ends first.

        The tolerant reading ends before a line that could stand alone, and after a few lines: beyond them it would
        not be believed, and a stray quote must not cost a look at the whole rest of the file.
        """
        count = 1
        while True:
            lines = get(count)
            stop = next((n for n, line in enumerate(lines) if n and self.looks_whole(line)), 0) if tolerant else 0
            lines = lines[:stop] if stop else lines
            cut = self.cut("".join(lines), tolerant, most=self.width + SURPLUS if count > 1 else None)
            if cut.end is not None:
                return cut, _first_lines(lines, cut.end)
            if cut.broken or stop:
                return cut, lines
            if whole(count + 1):
                return Cut(cut.cells, None, broken=True), lines
            if len(lines) < count:
                return None
            if tolerant and count >= TOLERATED:
                return cut, lines
            count *= 2

    def _plain(self, line: str) -> Record:
        cells = self.flat(line)
        if len(cells) == self.width:
            return Record(1, cells)
        return self._ragged(cells, 1)

    def _ragged(self, cells: list[str], lines: int) -> Record:
        missing = self.width - len(cells)
        if missing > 0:
            if len(cells) == 1 and self.width > 2:
                for other in OTHER_DELIMITERS:
                    again = Grammar(other, self.width).cut(cells[0]).cells if other != self.delimiter else []
                    if len(again) == self.width:
                        return Record(lines, again, "other_delimiter")
            code = "missing_unnamed_cells" if missing <= self.unnamed else "short_row"
            return Record(lines, cells + [""] * missing, code)
        surplus = cells[self.width :]
        if not any(cell.strip() for cell in surplus):
            return Record(lines, cells[: self.width], "trailing_delimiters")
        last = self.delimiter.join(cells[self.width - 1 :])
        return Record(lines, [*cells[: self.width - 1], last], "extra_cells")


def blanks(delimiter: str) -> str:
    """Signs that may stand between a quote and the delimiter, as a regex class."""
    return "[ ]" if delimiter == "\t" else r"[ \t]"


def well_formed(delimiter: str) -> re.Pattern[str]:
    """A whole record without any defect, line end included."""
    d = re.escape(delimiter)
    cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{d}\r\n]*+)'
    return re.compile(rf"{cell}(?:{d}{cell})*+(?:\r?\n|\r)?")


def _first_lines(lines: list[str], end: int) -> list[str]:
    """The lines that hold the first `end` characters."""
    size = 0
    for number, line in enumerate(lines, 1):
        size += len(line)
        if size >= end:
            return lines[:number]
    return lines
