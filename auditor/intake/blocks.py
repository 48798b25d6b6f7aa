"""Text to frames: regular stretches go to polars' parser, everything else through the record grammar.

A window of physical lines is classified with vector operations. A regular line holds the header's number of
well-formed cells; polars reads those. Ragged lines that a plain split cuts rightly are cut by vector operations
too. Lines whose quotes need judgement are read one record at a time. No decision depends on where a window ends:
what is not complete is read again with the next window.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from auditor.errors import InputError
from auditor.intake.asking import keep
from auditor.intake.cutting import Found, Part
from auditor.intake.edges import FOOTER_LINES, TAIL_BYTES, body_end, is_header
from auditor.intake.encoding import DAMAGED_CLASS
from auditor.intake.forms import END_MARK
from auditor.intake.order import in_order, owned_lines
from auditor.intake.quotes import BLANK, COMMENT, EMPTY, FLAT, HEADER, LOST, ODD, REGULAR
from auditor.intake.records import Grammar, Record
from auditor.intake.window import Window
from auditor.settings import Limits

# larger ones take more memory and save nothing (measured)
WINDOW = 7 << 20
# windows that are looked at while the ones before them are dealt with
AHEAD = 2
# lines that may stand between a blank line and the header of a further table: its title
TITLE_LINES = 3


@dataclass(slots=True)
class Tally:
    """Running totals of one reading."""

    records: int = 0
    unreadable: int = 0
    lines: int = 0
    blank: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    defects: Counter[str] = field(default_factory=Counter)
    skipped: list[tuple[int, int, str]] = field(default_factory=list)

    def skip(self, line: int, why: str) -> None:
        """Note one physical line that is no record; neighbours of one kind are one entry."""
        if self.skipped and self.skipped[-1][2] == why and self.skipped[-1][1] == line - 1:
            self.skipped[-1] = (self.skipped[-1][0], line, why)
        else:
            self.skipped.append((line, line, why))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that ends with a line; without `lines` it holds no line end yet, and comes again with the next stretch."""

    data: bytes
    lines: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A window and what `Window.judged` says of it; `long`: a line beyond the limit."""

    lines: Window
    kinds: pl.Series
    asked: pl.DataFrame
    spans: pl.DataFrame
    long: int | None

    def above(self, other: "Looked", header: str) -> "Looked":
        """The same of these lines and those of `other`, which follow them.

        What a line is depends on itself and on lines below; where these were out of sight it was left open, to be read
        in order, and so it stays. Only a span from these lines into the others is still to be found.
        """
        lines, count = self.lines.above(other.lines), self.lines.height
        across = lines.crossing(count, header)
        kinds = pl.concat([self.kinds, other.kinds], rechunk=True)
        asked = pl.concat([self.asked, other.asked.with_columns(other.asked["index"] + count)])
        if across.height:
            first, last = across["index"][0], across["index"][0] + across["lines"][0] - 1
            kinds = kinds.scatter([first, last], ODD)
            asked = keep(asked, (asked["index"] != first) & (asked["index"] != last))
        spans = pl.concat([self.spans, across, other.spans.with_columns(other.spans["index"] + count)])
        long = None if other.long is None else other.long + count
        return Looked(lines, kinds, asked, spans, long)

    def behind(self, kept: int, used: int) -> "Looked":
        """The same of the lines from `kept` on, which begin at byte `used`."""
        asked, spans = (keep(frame, frame["index"] >= kept) for frame in (self.asked, self.spans))
        asked, spans = (frame.with_columns(frame["index"] - kept) for frame in (asked, spans))
        return Looked(self.lines.behind(kept, used), self.kinds.slice(kept), asked, spans, None)


@dataclass(slots=True)
class Reader:
    """Reads the body of one list; `header` is the header's own text, to be recognised when it is repeated.

    `alone`: the user named the header line, so further tables are skipped instead of refused.
    """

    name: str
    grammar: Grammar
    header: str
    limits: Limits
    alone: bool = False
    # whether the encoding leaves bytes that are no text
    damaged: bool = False
    # how lines below the last record begin, folded
    footers: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)
    window: int = WINDOW
    # line on which a further table has begun: what follows belongs to it
    closed: int = 0
    # the last line dealt with was blank
    gap: bool = False

    def parts(self, chunks: Iterable[bytes]) -> Iterator[Part]:
        """All records of `chunks` (UTF-8, everything after the header), window by window.

        One thread looks for the records of the next window while another cuts those of the last one into cells.
        """
        with ThreadPoolExecutor(1) as cutter:
            waiting: Future[Part] | None = None
            for cut in self._cuts(chunks):
                job = cutter.submit(cut)
                if waiting:
                    yield self._told(waiting.result())
                waiting = job
            if waiting:
                yield self._told(waiting.result())

    def _cuts(self, chunks: Iterable[bytes]) -> Iterator[Callable[[], Part]]:
        """The work left to do for each window, once it is known where its records begin and end."""
        left: Looked | None = None
        with ThreadPoolExecutor(AHEAD) as ahead:
            for stretch, coming in self._ahead(chunks, ahead):
                if coming is None:
                    size = len(stretch.data) + (len(left.lines.data) if left else 0)
                    self._check_line(size, self.tally.lines + 1)
                    continue
                looked = left.above(coming.result(), self.header) if left else coming.result()
                work, kept, used = self._read(looked, stretch.last)
                left = looked.behind(kept, used) if kept < looked.lines.height else None
                yield work

    def _ahead(
        self, chunks: Iterable[bytes], ahead: ThreadPoolExecutor
    ) -> Iterator[tuple[Stretch, Future[Looked] | None]]:
        """The stretches, and what is seen of each by itself, looked at while the ones before are dealt with."""
        waiting: deque[tuple[Stretch, Future[Looked] | None]] = deque()
        for stretch in self._stretches(chunks):
            coming = ahead.submit(self._look, stretch.data, stretch.last) if stretch.lines else None
            waiting.append((stretch, coming))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _stretches(self, chunks: Iterable[bytes]) -> Iterator[Stretch]:
        """Stretches of about `window` bytes that end with a line."""
        pending: list[bytes] = []
        size, needed = 0, self.window
        mark = b"\r" if self.grammar.carriage_return else b"\n"
        for chunk in chunks:
            pending.append(chunk)
            size += len(chunk)
            if size < needed:
                continue
            cut = chunk.rfind(mark, 0, max(len(chunk) - TAIL_BYTES, 0)) + 1
            if cut:
                # the common case: one copy of the bytes
                data, left = b"".join([*pending[:-1], chunk[:cut]]), chunk[cut:]
            else:
                data = b"".join(pending)
                cut = data.rfind(mark, 0, size - TAIL_BYTES) + 1
                if not cut and size > self.limits.line_bytes:
                    # a header with its own line end above a list of carriage returns
                    cut = data.rfind(b"\r", 0, size - TAIL_BYTES) + 1
                data, left = data[:cut], data[cut:]
            yield Stretch(data or left, lines=bool(data), last=False)
            pending, size, needed = [left], len(left), len(left) + self.window
        yield Stretch(b"".join(pending), lines=True, last=True)

    def _told(self, part: Part) -> Part:
        if part.frame["repair"].null_count() < part.frame.height:
            self.tally.repairs.update(dict(part.frame["repair"].drop_nulls().value_counts().iter_rows()))
        self.tally.defects.update(dict(part.unreadable["code"].value_counts().iter_rows()))
        self.tally.unreadable += part.unreadable.height
        return part

    def _check_line(self, size: int, line: int) -> None:
        if size > self.limits.line_bytes:
            raise InputError(
                f"{self.name}: line {line} is longer than {self.limits.line_bytes} bytes",
                "Is this a list? Raise limits.line_bytes if it is.",
            )

    def _look(self, data: bytes, last: bool) -> Looked:
        """What is seen of the lines in `data` by themselves, wherever in the list they stand."""
        lines = Window.of(data, self.grammar, last)
        sizes = lines.line.str.len_bytes()
        long = None
        if lines.height and int(sizes.max() or 0) > self.limits.line_bytes:  # type: ignore[arg-type]
            long = int(sizes.arg_max() or 0)
        return Looked(lines, *lines.judged(self.header), long)

    def _read(self, looked: Looked, last: bool) -> tuple[Callable[[], Part], int, int]:
        """What cuts the records of the lines that were looked at into cells, and how many lines and bytes are done."""
        lines, kinds, asked, spans = looked.lines, looked.kinds, looked.asked, looked.spans
        if looked.long is not None:
            self._check_line(self.limits.line_bytes + 1, self.tally.lines + looked.long + 1)
        kinds = kinds.head(self._footers(lines)) if last else kinds
        end = kinds.len()
        end, begun = self._tables(lines, kinds, end, last)
        found, kept = self._find(lines, kinds.head(end), asked, spans, last or begun)
        if kept == end and begun:
            kept = self._skip_table(lines, end, kinds.len())
        if last:
            kept = lines.height
        used = lines.offset(kept) if kept < lines.height else len(lines.data)
        if kept:
            self.gap = not lines.line[kept - 1].strip()
        self.tally.lines += kept
        self.tally.records += found.height
        return lambda: self._cut(found), kept, used

    def _footers(self, lines: Window) -> int:
        """How many lines of the last window belong to the table; the others are noted."""
        tail = lines.line.tail(FOOTER_LINES).to_list()
        end = lines.height - len(tail) + body_end(tail, self.grammar, self.footers)
        for index, text in enumerate(tail[len(tail) - (lines.height - end) :] if end < lines.height else [], end):
            if text.strip():
                self.tally.skip(self.tally.lines + index + 1, "end mark" if text == END_MARK else "footer")
            else:
                self.tally.blank += 1
        return end

    def _tables(self, lines: Window, kinds: pl.Series, end: int, last: bool) -> tuple[int, bool]:
        """Where the table ends in this window, and whether another table begins there.

        A table ends at a blank line that is followed, perhaps after a title, by other column names.
        """
        if self.closed:
            return 0, True
        blank = (kinds == BLANK) | (kinds == EMPTY)
        if not self.gap and not blank.any():
            return end, False
        after = (blank.shift(1, fill_value=self.gap) & ~blank).arg_true()
        if not after.len():
            return end, False
        titles = lines.line[after]
        near = after.filter(~titles.str.contains(r"@|\d{4}")).to_list()
        for start in near:
            ahead = lines.line.slice(start, TITLE_LINES).to_list()
            for offset, text in enumerate(ahead):
                if is_header(text, self.grammar) and text.rstrip("\r\n") != self.header:
                    self.closed = self.tally.lines + start + offset + 1
                    self.tally.defects["further_table"] += 1
                    return start, True
                if not text.strip() or self.grammar.delimiter in text:
                    break
            if not last and start + TITLE_LINES > end:
                return start, False
        return end, False

    def _skip_table(self, lines: Window, start: int, end: int) -> int:
        """Note the lines of a further table; people in it are not skipped unless the user chose the other table."""
        rest = lines.line.slice(start, end - start)
        if not self.alone and rest.str.contains(r"[^\s@]@[^\s@]+\.").any():
            raise InputError(
                f"{self.name}: a second table with other columns begins at line {self.closed}",
                "Split the file, or name one header line with --header-row N.",
            )
        for index, text in enumerate(rest.to_list(), start):
            if text.strip():
                self.tally.skip(self.tally.lines + index + 1, "further table")
            else:
                self.tally.blank += 1
        return end

    def _find(
        self, lines: Window, kinds: pl.Series, asked: pl.DataFrame, spans: pl.DataFrame, last: bool
    ) -> tuple[Found, int]:
        """The records that begin in the lines of `kinds`, and how many lines they and the other lines take."""
        before, first, height = self.tally.lines, self.tally.records + 1, kinds.len()
        if not asked.height and not spans.height:
            index = pl.int_range(0, height, dtype=pl.UInt32, eager=True)
            return Found(lines, index, spans, asked, [], before, first, height), height
        places = (kinds == ODD).arg_true()
        texts = lines.line.to_list() if places.len() > 2 * spans.height + height // 8 else None
        read = partial(self._record, lines, texts, height=height, last=last)
        odd, spans, kept = in_order(places, spans, height, read)
        owned = owned_lines(odd, spans, height)
        kinds, free = kinds.head(kept), ~owned.head(kept)
        self._account(kinds, free)
        if asked.height:
            index, kind = asked["index"], asked["kind"]
            asked = keep(asked, (index < kept) & (kind >= FLAT) & (kind <= LOST))
            asked = keep(asked, free[asked["index"]]).sort("index")
        return Found(lines, ((kinds == REGULAR) & free).arg_true(), spans, asked, odd, before, first, kept), kept

    def _cut(self, found: Found) -> Part:
        """The found records as frames, in file order."""
        part = found.part()
        return Part(self._marked(part.frame), part.unreadable)

    def _record(self, lines: Window, texts: list[str] | None, place: int, *, height: int, last: bool) -> Record | None:
        def get(count: int) -> list[str]:
            stop = min(place + count, height)
            return texts[place:stop] if texts is not None else lines.line.slice(place, stop - place).to_list()

        return self.grammar.read(get, lambda count: last and place + count > height)

    def _account(self, kinds: pl.Series, free: pl.Series) -> None:
        """Note the lines that are no records and, being `free`, no part of one."""
        counts = dict(kinds.filter(free).value_counts().iter_rows())
        self.tally.blank += counts.get(BLANK, 0) + counts.get(EMPTY, 0)
        if counts.get(EMPTY):
            self.tally.defects["empty_rows"] += counts[EMPTY]
        for kind, why in ((COMMENT, "comment"), (HEADER, "repeated header")):
            if counts.get(kind):
                self.tally.defects[why.replace(" ", "_")] += counts[kind]
                for index in ((kinds == kind) & free).arg_true().to_list():
                    self.tally.skip(self.tally.lines + index + 1, why)

    def _marked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Cells beyond the limit are refused; bytes that are no text make a record a repaired one."""
        limit = self.limits.cell_bytes
        if frame.height and int(frame["raw"].str.len_bytes().max() or 0) > limit:  # type: ignore[arg-type]
            long = frame.filter(pl.any_horizontal(pl.col("^cell_.*$").str.len_bytes() > limit))
            if long.height:
                raise InputError(
                    f"{self.name}: line {long['line'][0]} holds a cell of more than {limit} bytes",
                    "Is a quote left open? Raise limits.cell_bytes if the cell is right.",
                )
        if not self.damaged:
            return frame
        hit = pl.col("raw").str.contains(DAMAGED_CLASS)
        return frame.with_columns(
            repair=pl.when(hit).then(pl.lit("undecodable_bytes")).otherwise("repair"),
            lossless=pl.when(hit).then(pl.lit(False)).otherwise("lossless"),
        )
