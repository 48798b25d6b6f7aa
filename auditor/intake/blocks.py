"""Text to frames: regular stretches go to polars' parser, everything else through the record grammar.

A window of physical lines is classified with vector operations. A regular line holds the header's number of
well-formed cells; polars reads those. Ragged lines that a plain split cuts rightly are cut by vector operations
too. Lines whose quotes need judgement are read one record at a time. No decision depends on where a window ends:
what is not complete is read again with the next window.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import polars as pl

from auditor.errors import InputError
from auditor.intake.account import RECORD, UNREADABLE
from auditor.intake.edges import FOOTER_LINES, TAIL_BYTES, body_end, is_header
from auditor.intake.encoding import DAMAGED_CLASS
from auditor.intake.mapping import cell
from auditor.intake.records import LOSSLESS, Grammar, Record
from auditor.intake.window import BLANK, COMMENT, EMPTY, END_MARK, HEADER, ODD, RAGGED, REGULAR, Window
from auditor.settings import Limits

WINDOW = 8 << 20
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
class Part:
    """Some records of the list, in order: parsed ones and unreadable ones."""

    frame: pl.DataFrame
    unreadable: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Found:
    """Where the records of a window are: line numbers of regular and ragged ones, (line, lines, text) of spans, the
    odd ones as read. `before` physical lines and `first` - 1 records come earlier in the file; `kept` lines count."""

    lines: Window
    regular: pl.Series
    spans: list[tuple[int, int, str]]
    ragged: pl.Series
    odd: list[tuple[int, Record]]
    before: int
    first: int
    kept: int

    @property
    def height(self) -> int:
        """Number of records, parsed and unreadable."""
        return self.regular.len() + len(self.spans) + self.ragged.len() + len(self.odd)

    def texts(self, records: list[tuple[int, Record]]) -> pl.Series:
        """The text of each record, line ends included."""
        texts = ["".join(self.lines.line.slice(i, record.lines).to_list()) for i, record in records]
        return pl.Series("raw", texts, pl.String())

    def lost(self) -> pl.DataFrame:
        """The unreadable records, not yet numbered."""
        records = [(i, record) for i, record in self.odd if record.cells is None]
        columns = {
            "audit_row": [0] * len(records),
            "line": [self.before + i + 1 for i, _ in records],
            "code": [record.code for _, record in records],
            "raw": self.texts(records),
        }
        return pl.DataFrame(columns, schema=UNREADABLE)


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
    tally: Tally = field(default_factory=Tally)
    window: int = WINDOW
    # a further table has begun: what follows belongs to it
    closed: bool = False
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
        pending: list[bytes] = []
        size, needed = 0, self.window
        mark = b"\r" if self.grammar.carriage_return else b"\n"
        for chunk in chunks:
            pending.append(chunk)
            size += len(chunk)
            if size < needed:
                continue
            data = b"".join(pending)
            cut = data.rfind(mark, 0, size - TAIL_BYTES) + 1
            if cut:
                work, used = self._read(data[:cut], last=False)
                data = data[used:]
                yield work
            else:
                self._check_line(size, self.tally.lines + 1)
            pending, size, needed = [data], len(data), len(data) + self.window
        yield self._read(b"".join(pending), last=True)[0]

    def _told(self, part: Part) -> Part:
        self.tally.repairs.update(dict(part.frame["repair"].drop_nulls().value_counts().iter_rows()))
        self.tally.defects.update(part.unreadable["code"].to_list())
        self.tally.unreadable += part.unreadable.height
        return part

    def _check_line(self, size: int, line: int) -> None:
        if size > self.limits.line_bytes:
            raise InputError(
                f"{self.name}: line {line} is longer than {self.limits.line_bytes} bytes",
                "Is this a list? Raise limits.line_bytes if it is.",
            )

    def _read(self, data: bytes, last: bool) -> tuple[Callable[[], Part], int]:
        """What cuts the records of the lines in `data` into cells, and how many bytes of it are dealt with."""
        lines, kinds = Window.of(data, self.grammar).judged(self.header)
        sizes = lines.line.str.len_bytes()
        if lines.height and int(sizes.max() or 0) > self.limits.line_bytes:  # type: ignore[arg-type]
            self._check_line(self.limits.line_bytes + 1, self.tally.lines + int(sizes.arg_max() or 0) + 1)
        kinds = kinds.head(self._footers(lines)) if last else kinds
        end = kinds.len()
        end, begun = self._tables(lines, kinds, end, last)
        found, kept = self._find(lines, kinds.head(end), last or begun)
        if kept == end and begun:
            kept = self._skip_table(lines, end, kinds.len())
        if last:
            kept = lines.height
        used = lines.offset(kept) if kept < lines.height else len(data)
        if kept:
            self.gap = not lines.line[kept - 1].strip()
        self.tally.lines += kept
        self.tally.records += found.height
        return lambda: self._cut(found), used

    def _footers(self, lines: Window) -> int:
        """How many lines of the last window belong to the table; the others are noted."""
        tail = lines.line.tail(FOOTER_LINES).to_list()
        end = lines.height - len(tail) + body_end(tail, self.grammar)
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
        after = (blank.shift(1, fill_value=self.gap) & ~blank).arg_true()
        if not after.len():
            return end, False
        titles = lines.line.gather(after)
        near = after.filter(~titles.str.contains(r"@|\d{4}")).to_list()
        for start in near:
            ahead = lines.line.slice(start, TITLE_LINES).to_list()
            for offset, text in enumerate(ahead):
                if is_header(text, self.grammar) and text.rstrip("\r\n") != self.header:
                    self._close(self.tally.lines + start + offset + 1, "mail" in text.lower())
                    return start, True
                if not text.strip() or self.grammar.delimiter in text:
                    break
            if not last and start + TITLE_LINES > end:
                return start, False
        return end, False

    def _close(self, line: int, people: bool) -> None:
        """Another table begins: skipped when it holds no addresses or when the user chose, else refused."""
        if people and not self.alone:
            raise InputError(
                f"{self.name}: a second table with other columns begins at line {line}",
                "Split the file, or name one header line with --header-row N.",
            )
        self.closed = True
        self.tally.defects["further_table"] += 1

    def _skip_table(self, lines: Window, start: int, end: int) -> int:
        for index, text in enumerate(lines.line.slice(start, end - start).to_list(), start):
            if text.strip():
                self.tally.skip(self.tally.lines + index + 1, "further table")
            else:
                self.tally.blank += 1
        return end

    def _find(self, lines: Window, kinds: pl.Series, last: bool) -> tuple["Found", int]:
        """The records that begin in the lines of `kinds`, and how many lines they and the other lines take."""
        before, first = self.tally.lines, self.tally.records + 1
        if not (kinds != REGULAR).any():
            index = pl.int_range(0, kinds.len(), dtype=pl.UInt32, eager=True)
            none = index.head(0)
            return Found(lines, index, [], none, [], before, first, kinds.len()), kinds.len()
        odd, spans, owned, kept = self._odd(lines, kinds, last)
        table = pl.DataFrame({"kind": kinds.head(kept), "owned": owned.head(kept)}).with_row_index("index")
        table = table.filter(~pl.col("owned"))
        self._account(table)
        regular, ragged = (table.filter(kind=kind)["index"] for kind in (REGULAR, RAGGED))
        return Found(lines, regular, spans, ragged, odd, before, first, kept), kept

    def _cut(self, found: "Found") -> Part:
        """The found records as frames, in file order."""
        good = [(i, record) for i, record in found.odd if record.cells is not None]
        frames = [self._regular(found), self._ragged(found), self._single(found, good)]
        filled = [frame for frame in frames if frame.height]
        frame = pl.concat(filled or frames[:1])
        return self._number(frame.sort("line") if len(filled) > 1 else frame, found)

    def _odd(
        self, lines: Window, kinds: pl.Series, last: bool
    ) -> tuple[list[tuple[int, Record]], list[tuple[int, int, str]], pl.Series, int]:
        """Records that begin at odd lines (judged ones, well-formed spans), the lines they own, how far it goes."""
        height = kinds.len()
        places = (kinds == ODD).arg_true().to_list()
        known = lines.spans(kinds)
        texts = lines.line.to_list() if len(places) * 8 > height else None
        judged: list[tuple[int, Record]] = []
        spans: list[tuple[int, int, str]] = []
        owned: list[int] = []
        cursor, kept = 0, height
        # record by record: where one ends decides where the next begins
        for place in places:
            if place < cursor:
                continue
            if place in known:
                count, text = known[place]
                spans.append((place, count, text))
            else:
                record = self._record(lines, texts, place, height, last)
                if record is None:
                    kept = place
                    break
                count = record.lines
                judged.append((place, record))
            owned.extend(range(place, place + count))
            cursor = place + count
        mask = pl.Series("owned", [False], pl.Boolean()).new_from_index(0, height)
        return judged, spans, mask.scatter(owned, True) if owned else mask, kept

    def _record(self, lines: Window, texts: list[str] | None, place: int, height: int, last: bool) -> Record | None:
        def get(count: int) -> list[str]:
            stop = min(place + count, height)
            return texts[place:stop] if texts is not None else lines.line.slice(place, stop - place).to_list()

        return self.grammar.read(get, lambda count: last and place + count > height)

    def _regular(self, found: "Found") -> pl.DataFrame:
        """Faultless records: single lines and spans of lines, parsed together in file order."""
        lines, index = found.lines, found.regular
        if not index.len() and not found.spans:
            return pl.DataFrame(schema=self._schema)
        raw = lines.line.gather(index)
        if found.spans:
            both = pl.DataFrame({"index": index, "raw": raw})
            more = pl.DataFrame(
                [(i, text) for i, _, text in found.spans],
                schema={"index": pl.UInt32(), "raw": pl.String()},
                orient="row",
            )
            both = pl.concat([both, more]).sort("index")
            index, raw = both["index"], both["raw"]
        if found.regular.len() + sum(count for _, count, _ in found.spans) == found.kept:
            data = lines.data if found.kept == lines.height else lines.data[: lines.offset(found.kept)]
        else:
            data = raw.str.join("").cast(pl.Binary).item()
        return self._parsed(found, index, raw, data)

    def _parsed(self, found: "Found", index: pl.Series, raw: pl.Series, data: bytes) -> pl.DataFrame:
        """Well-formed records through polars' parser; its answer counts only when it has the right shape."""
        width = self.grammar.width
        try:
            cells = pl.read_csv(
                data,
                has_header=False,
                separator=self.grammar.delimiter,
                schema=dict.fromkeys(map(cell, range(width)), pl.String()),
                infer_schema=False,
                null_values=[""],
                eol_char="\r" if self.grammar.carriage_return else "\n",
            )
        except pl.exceptions.PolarsError:
            cells = pl.DataFrame()
        if cells.shape != (index.len(), width):
            cut = [self.grammar.cut(text).cells for text in raw.to_list()]
            return self._single(found, [(i, Record(1, c)) for i, c in zip(index.to_list(), cut, strict=True)], raw)
        return self._framed(cells, index, raw, found.before)

    def _framed(self, cells: pl.DataFrame, index: pl.Series, raw: pl.Series, before: int) -> pl.DataFrame:
        """Cells with the record columns; `repair` is taken from `cells` when it is there."""
        repair = pl.col("repair") if "repair" in cells.columns else pl.lit(None, pl.String())
        frame = cells.with_columns(
            pl.lit(0, pl.UInt32).alias("audit_row"),
            (index.cast(pl.UInt32) + (before + 1)).cast(pl.UInt32).alias("line"),
            raw.alias("raw"),
            repair.alias("repair"),
        )
        lossless = pl.when(pl.col("repair").is_not_null()).then(pl.col("repair").is_in(sorted(LOSSLESS)))
        return frame.with_columns(lossless.alias("lossless")).select(list(self._schema))

    def _ragged(self, found: "Found") -> pl.DataFrame:
        """Lines that a plain split cuts rightly, with too few or too many cells or a quote inside a text."""
        if not found.ragged.len():
            return pl.DataFrame(schema=self._schema)
        width, delimiter = self.grammar.width, self.grammar.delimiter
        raw = found.lines.line.gather(found.ragged)
        parts = raw.str.strip_chars_end("\r\n").str.split(delimiter).to_frame("parts")
        part = pl.col("parts")
        count = part.list.len()
        surplus = (count > width) & part.list.slice(width).list.join("").str.contains(r"\S")
        last = pl.when(surplus).then(part.list.slice(width - 1).list.join(delimiter)).otherwise(
            part.list.get(width - 1, null_on_oob=True)
        )  # fmt: skip
        code = (
            pl.when(surplus).then(pl.lit("extra_cells"))
            .when(count > width).then(pl.lit("trailing_delimiters"))
            .when(count == width).then(pl.lit("stray_quote_in_text"))
            .when(count >= width - self.grammar.unnamed).then(pl.lit("missing_unnamed_cells"))
            .otherwise(pl.lit("short_row"))
        )  # fmt: skip
        texts = [part.list.get(i, null_on_oob=True) for i in range(width - 1)] + [last]
        cells = parts.select(
            *(pl.when(text != "").then(text).alias(cell(i)) for i, text in enumerate(texts)), code.alias("repair")
        )
        return self._framed(cells, found.ragged, raw, found.before)

    def _single(self, found: "Found", records: list[tuple[int, Record]], raw: pl.Series | None = None) -> pl.DataFrame:
        """Records that were read one by one."""
        if not records:
            return pl.DataFrame(schema=self._schema)
        columns = zip(*(record.cells or () for _, record in records), strict=True)
        cells = pl.DataFrame(
            {cell(i): [text or None for text in column] for i, column in enumerate(columns)},
            schema=dict.fromkeys(map(cell, range(self.grammar.width)), pl.String()),
        )
        cells = cells.with_columns(pl.Series("repair", [record.code for _, record in records], pl.String()))
        index = pl.Series("index", [i for i, _ in records], pl.UInt32())
        if raw is None:
            raw = found.texts(records)
        return self._framed(cells, index, raw, found.before)

    def _account(self, table: pl.DataFrame) -> None:
        """Note the lines that are no records."""
        counts = dict(table["kind"].value_counts().iter_rows())
        self.tally.blank += counts.get(BLANK, 0) + counts.get(EMPTY, 0)
        if counts.get(EMPTY):
            self.tally.defects["empty_rows"] += counts[EMPTY]
        for kind, why in ((COMMENT, "comment"), (HEADER, "repeated header")):
            if counts.get(kind):
                self.tally.defects[why.replace(" ", "_")] += counts[kind]
                for index in table.filter(kind=kind)["index"].to_list():
                    self.tally.skip(self.tally.lines + index + 1, why)

    def _number(self, frame: pl.DataFrame, found: "Found") -> Part:
        """Record numbers in file order, parsed and unreadable records alike."""
        frame, lost = self._marked(frame), found.lost()
        places = pl.concat([frame["line"], lost["line"]])
        order = places.rank("ordinal") if lost.height else pl.int_range(1, frame.height + 1, eager=True)
        order = (order + (found.first - 1)).cast(pl.UInt32).alias("audit_row")
        return Part(
            frame.with_columns(order.head(frame.height)), lost.with_columns(order.tail(lost.height).alias("audit_row"))
        )

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

    @property
    def _schema(self) -> dict[str, pl.DataType]:
        return {**RECORD, **{cell(i): pl.String() for i in range(self.grammar.width)}}
