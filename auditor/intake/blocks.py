"""Text to frames: regular stretches go to polars' parser, everything else through the record grammar.

A window of physical lines is classified with vector operations. A regular line holds the header's number of
well-formed cells; polars reads those. Ragged lines without quotes are cut by vector operations too. Lines whose
quotes need judgement are read one record at a time. No decision depends on where a window ends: a record that is
not complete is read again with the next window.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from auditor.errors import InputError
from auditor.intake.account import RECORD, UNREADABLE
from auditor.intake.encoding import DAMAGED, DAMAGED_CLASS
from auditor.intake.mapping import cell
from auditor.intake.records import LOSSLESS, Grammar, Record

WINDOW = 16 << 20
# the end of the file in which footers are looked for, always read in one window
TAIL = 16 << 10
FOOTER_LINES = 20
# above this many columns a counted regex grows too large to compile
COUNTED = 64


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


@dataclass(slots=True)
class Reader:
    """Reads the body of one list; `header` is the header's own text, to be recognised when it is repeated."""

    name: str
    grammar: Grammar
    header: str
    footer: "re.Pattern[str]"
    line_limit: int
    tally: Tally = field(default_factory=Tally)
    window: int = WINDOW

    @property
    def _schema(self) -> dict[str, pl.DataType]:
        return {**RECORD, **{cell(i): pl.String() for i in range(self.grammar.width)}}

    @property
    def _break(self) -> str:
        return "\r" if self.grammar.carriage_return else "\n"

    def parts(self, texts: Iterable[str]) -> Iterator[Part]:
        """All records of `texts` (the body: everything after the header), window by window."""
        pending: list[str] = []
        size = 0
        for text in texts:
            pending.append(text)
            size += len(text)
            if size < self.window:
                continue
            whole = "".join(pending)
            cut = whole.rfind(self._break, 0, len(whole) - TAIL) + 1
            if not cut:
                self._check_line(whole)
            else:
                part, rest = self._read(whole[:cut], last=False)
                yield part
                whole = rest + whole[cut:]
            pending, size = [whole], len(whole) if len(whole) < self.window else self.window - TAIL
        part, _ = self._read("".join(pending), last=True)
        yield part

    def _check_line(self, text: str) -> None:
        if len(text) > self.line_limit:
            line = self.tally.lines + 1
            raise InputError(
                f"{self.name}: line {line} is longer than {self.line_limit} bytes",
                "Is this a list? Raise limits.line_bytes if it is.",
            )

    def _read(self, text: str, last: bool) -> tuple[Part, str]:
        """Records of the lines in `text`, and the text of a last record that needs more lines."""
        lines = Window.of(text, self._break, self.grammar)
        judged, kept = self._judge(lines, last)
        rest = text[lines.offset(text, kept) :] if kept < lines.height else ""
        self.tally.lines += kept
        return judged, rest

    def _judge(self, lines: "Window", last: bool) -> tuple[Part, int]:
        height = lines.height
        if last:
            height = self._footers(lines)
        kinds = lines.kinds(self.header)
        odd, owned, kept = self._odd(lines, kinds, height, last)
        table = kinds.head(min(kept, height)).with_columns(
            owned=pl.Series(owned, dtype=pl.Boolean).head(min(kept, height))
        )
        table = table.filter(~pl.col("owned")) if odd else table
        frames = [self._regular(lines, table.filter(kind="regular")), self._ragged(lines, table.filter(kind="ragged"))]
        frames.append(self._from_records(lines, odd))
        frame = pl.concat([f for f in frames if f.height] or frames[:1])
        if sum(f.height > 0 for f in frames) > 1:
            frame = frame.sort("line")
        bad = [(i, record) for i, record in odd if record.cells is None]
        self._account(table, odd)
        return self._number(frame, lines, bad), (lines.height if last else kept)

    def _odd(
        self, lines: "Window", kinds: pl.DataFrame, height: int, last: bool
    ) -> tuple[list[tuple[int, Record]], list[bool], int]:
        """Records that need judgement, the lines they own, and how many lines of the window are decided."""
        places = kinds["kind"].head(height).eq("odd").arg_true().to_list()
        owned = [False] * lines.height
        found: list[tuple[int, Record]] = []
        cursor = 0
        for place in places:
            if place < cursor:
                continue

            def get(n: int, start: int = place) -> list[str]:
                return lines.raw.slice(start, min(n, height - start)).to_list()

            def whole(n: int, start: int = place) -> bool:
                return last and start + n > height

            record = self.grammar.read(get, whole)
            if record is None:
                return found, owned, place
            cursor = place + record.lines
            owned[place:cursor] = [True] * record.lines
            found.append((place, record))
        return found, owned, lines.height

    def _footers(self, lines: "Window") -> int:
        """How many lines of the last window belong to the body."""
        tail = lines.raw.tail(FOOTER_LINES).to_list()
        keep = len(tail)
        blank_seen = False
        for position in range(len(tail) - 1, -1, -1):
            text = tail[position].strip()
            if not text:
                blank_seen = True
                continue
            if "@" in text or not self.footer.match(text):
                break
            keep = position
        del blank_seen
        cut = lines.height - len(tail) + keep
        for index in range(cut, lines.height):
            text = lines.raw[index].strip()
            if text:
                self.tally.skip(self.tally.lines + index + 1, "footer")
            else:
                self.tally.blank += 1
        return cut

    def _regular(self, lines: "Window", table: pl.DataFrame) -> pl.DataFrame:
        if not table.height:
            return pl.DataFrame(schema=self._schema)
        whole = table.height == lines.height
        raw = lines.raw if whole else lines.raw.gather(table["index"])
        text = lines.text if whole and not lines.split else "".join(raw.to_list())
        names = [cell(i) for i in range(self.grammar.width)]
        try:
            cells = pl.read_csv(
                text.encode(),
                has_header=False,
                separator=self.grammar.delimiter,
                schema=dict.fromkeys(names, pl.String()),
                infer_schema=False,
                null_values=[""],
                eol_char=self._break,
            )
        except pl.exceptions.PolarsError:
            cells = pl.DataFrame()
        if cells.shape != (table.height, self.grammar.width):
            return self._from_records(
                lines, [(i, Record(1, self.grammar.cut(lines.raw[i]).cells)) for i in table["index"]]
            )
        return self._with_record(cells, table["index"], raw, None, None)

    def _with_record(
        self, cells: pl.DataFrame, index: pl.Series, raw: pl.Series, repair: pl.Expr | None, lossless: pl.Expr | None
    ) -> pl.DataFrame:
        return cells.with_columns(
            pl.lit(0, pl.UInt32).alias("audit_row"),
            (index.cast(pl.UInt32) + self.tally.lines + 1).alias("line"),
            raw.alias("raw"),
            (pl.lit(None, pl.String) if repair is None else repair).alias("repair"),
            (pl.lit(None, pl.Boolean) if lossless is None else lossless).alias("lossless"),
        ).select(list(self._schema))

    def _ragged(self, lines: "Window", table: pl.DataFrame) -> pl.DataFrame:
        """Lines without quotes that hold too few or too many cells."""
        if not table.height:
            return pl.DataFrame(schema=self._schema)
        width, delimiter = self.grammar.width, self.grammar.delimiter
        raw = lines.raw.gather(table["index"])
        parts = raw.str.strip_chars_end("\r\n").str.split(delimiter).to_frame("parts")
        cells = [pl.col("parts").list.get(i, null_on_oob=True).alias(cell(i)) for i in range(width - 1)]
        surplus = pl.col("parts").list.slice(width)
        empty = surplus.list.join("").str.strip_chars().eq("")
        long = pl.col("parts").list.len() > width
        final = (
            pl.when(long & ~empty)
            .then(pl.col("parts").list.slice(width - 1).list.join(delimiter))
            .otherwise(pl.col("parts").list.get(width - 1, null_on_oob=True))
        )
        missing = width - pl.col("parts").list.len().cast(pl.Int64)
        code = (
            pl.when(long & empty).then(pl.lit("trailing_delimiters"))
            .when(long).then(pl.lit("extra_cells"))
            .when(missing <= self.grammar.unnamed).then(pl.lit("missing_unnamed_cells"))
            .otherwise(pl.lit("short_row"))
        )  # fmt: skip
        frame = parts.select(*cells, final.alias(cell(width - 1)), code.alias("repair"))
        texts = [pl.col(cell(i)) for i in range(width)]
        frame = frame.with_columns(pl.when(text != "").then(text).alias(text.meta.output_name()) for text in texts)
        return self._with_record(frame, table["index"], raw, pl.col("repair"), pl.col("repair").is_in(LOSSLESS))

    def _from_records(self, lines: "Window", records: list[tuple[int, Record]]) -> pl.DataFrame:
        good = [(i, r) for i, r in records if r.cells is not None]
        if not good:
            return pl.DataFrame(schema=self._schema)
        rows = [[text or None for text in record.cells or ()] for _, record in good]
        cells = (
            pl.DataFrame(rows, schema=[cell(i) for i in range(self.grammar.width)], orient="row", infer_schema_length=0)
            if False
            else pl.DataFrame(
                {cell(i): [row[i] for row in rows] for i in range(self.grammar.width)},
                schema=dict.fromkeys((cell(i) for i in range(self.grammar.width)), pl.String()),
            )
        )
        raw = pl.Series("raw", ["".join(lines.raw.slice(i, r.lines).to_list()) for i, r in good], dtype=pl.String())
        codes = pl.Series("repair", [r.code for _, r in good], dtype=pl.String())
        index = pl.Series("index", [i for i, _ in good], dtype=pl.UInt32())
        lossless = pl.Series("lossless", [r.lossless for _, r in good], dtype=pl.Boolean())
        return self._with_record(cells, index, raw, pl.lit(codes), pl.lit(lossless))

    def _account(self, table: pl.DataFrame, odd: list[tuple[int, Record]]) -> None:
        counts = dict(table["kind"].value_counts().iter_rows())
        self.tally.blank += counts.get("blank", 0)
        for index, kind in (
            table.filter(pl.col("kind").is_in(["comment", "header"])).select("index", "kind").iter_rows()
        ):
            why = "comment" if kind == "comment" else "repeated header"
            self.tally.skip(self.tally.lines + index + 1, why)
            self.tally.defects[why.replace(" ", "_")] += 1
        if counts.get("empty"):
            self.tally.blank += counts["empty"]
            self.tally.defects["empty_rows"] += counts["empty"]

    def _number(self, frame: pl.DataFrame, lines: "Window", bad: list[tuple[int, Record]]) -> Part:
        """Record numbers in file order, parsed and unreadable records alike."""
        frame, damaged = self._mark_damage(frame, lines)
        lost = pl.DataFrame(
            {
                "audit_row": pl.Series([0] * len(bad), dtype=pl.UInt32()),
                "line": pl.Series([self.tally.lines + i + 1 for i, _ in bad], dtype=pl.UInt32()),
                "code": pl.Series([r.code for _, r in bad], dtype=pl.String()),
                "raw": pl.Series(["".join(lines.raw.slice(i, r.lines).to_list()) for i, r in bad], dtype=pl.String()),
            },
            schema=UNREADABLE,
        )
        first = self.tally.records + 1
        if lost.height:
            order = pl.concat([frame["line"], lost["line"]]).rank("ordinal").cast(pl.UInt32) + (first - 1)
            frame = frame.with_columns(order.head(frame.height).alias("audit_row"))
            lost = lost.with_columns(order.tail(lost.height).alias("audit_row"))
        else:
            frame = frame.with_columns(pl.int_range(first, first + frame.height, dtype=pl.UInt32).alias("audit_row"))
        self.tally.records += frame.height + lost.height
        self.tally.unreadable += lost.height
        self.tally.repairs.update(dict(frame["repair"].drop_nulls().value_counts().iter_rows()))
        self.tally.defects.update(r.code or "" for _, r in bad)
        return Part(frame, lost)

    def _mark_damage(self, frame: pl.DataFrame, lines: "Window") -> tuple[pl.DataFrame, int]:
        """Records that hold bytes which are no text of the encoding are repaired ones, and never lossless."""
        if not DAMAGED.search(lines.text):
            return frame, 0
        hit = pl.col("raw").str.contains(DAMAGED_CLASS)
        frame = frame.with_columns(
            repair=pl.when(hit).then(pl.lit("undecodable_bytes")).otherwise("repair"),
            lossless=pl.when(hit).then(pl.lit(False)).otherwise("lossless"),
        )
        return frame, 0


@dataclass(slots=True)
class Window:
    """Physical lines of a stretch of text: `raw` with line ends, `body` as split."""

    text: str
    body: pl.Series
    raw: pl.Series
    grammar: Grammar
    # True when lines were split at carriage returns, so that `raw` no longer equals the text cut at line feeds
    split: bool = False

    @classmethod
    def of(cls, text: str, line_break: str, grammar: Grammar) -> "Window":
        """The lines of `text`."""
        body = pl.Series("line", [text]).str.split(line_break).explode() if text else pl.Series("line", [], pl.String())
        if text.endswith(line_break):
            body = body.head(body.len() - 1)
            raw = body + line_break
        elif text:
            raw = (body.head(body.len() - 1) + line_break).append(body.tail(1))
        else:
            raw = body
        split = False
        if line_break == "\n" and text.count("\r") != text.count("\r\n"):
            lines = [piece for line in raw.to_list() for piece in pieces(line, grammar)]
            split = len(lines) != raw.len()
            raw = pl.Series("line", lines, dtype=pl.String())
            body = raw.str.strip_suffix("\n")
        return cls(text, body, raw, grammar, split)

    @property
    def height(self) -> int:
        """Number of physical lines."""
        return self.raw.len()

    def offset(self, text: str, line: int) -> int:
        """Where physical line `line` begins in `text`."""
        return len(text) - sum(map(len, self.raw.slice(line).to_list()))

    def kinds(self, header: str) -> pl.DataFrame:
        """(index, kind) of every line: regular, ragged, odd, blank, empty, comment or header."""
        d, width = re.escape(self.grammar.delimiter), self.grammar.width
        line = pl.col("line")
        quotes = '"' in self.text
        count = line.str.count_matches(self.grammar.delimiter, literal=True)
        fits = count == width - 1
        cell_pattern = rf'(?:[^"{d}]*|"(?:[^"]|"")*")'
        if width <= COUNTED:
            formed = line.str.contains(rf"(?s)^{cell_pattern}(?:{d}{cell_pattern}){{{width - 1}}}\r?$")
        else:
            bare = line.str.replace_all(r'"[^"]*"', "").str.count_matches(self.grammar.delimiter, literal=True)
            formed = line.str.contains(rf"(?s)^{cell_pattern}(?:{d}{cell_pattern})*\r?$") & (bare == width - 1)
        quoted = line.str.contains('"', literal=True) if quotes else pl.lit(False)
        strange = pl.lit(False)
        if "\0" in self.text:
            strange = strange | line.str.contains("\0", literal=True)
        if "\r" in self.text and not self.grammar.carriage_return:
            strange = strange | line.str.contains(r"\r(?s:.)")
        if self.grammar.carriage_return and "\n" in self.text:
            strange = strange | line.str.contains("\n", literal=True)
        if "\ufeff" in self.text:
            strange = strange | line.str.starts_with("\ufeff")
        blank = line.str.contains(r"^\s*$")
        empty = line.str.contains(rf'^\s*(?:"")?(?:{d}\s*(?:"")?\s*)*$')
        comment = line.str.starts_with("#") & ~line.str.contains("@", literal=True) & ~fits
        alone = ~line.str.contains(r"[,;\t|]") & (width == 1) | (count > 0) | (width == 2)
        kind = (
            pl.when(blank).then(pl.lit("blank"))
            .when(strange).then(pl.lit("odd"))
            .when(empty).then(pl.lit("empty"))
            .when(line.str.strip_chars_end("\r") == header).then(pl.lit("header"))
            .when(~quoted & fits).then(pl.lit("regular"))
            .when(comment).then(pl.lit("comment"))
            .when(quoted & formed).then(pl.lit("regular"))
            .when(~quoted & alone).then(pl.lit("ragged"))
            .otherwise(pl.lit("odd"))
        )  # fmt: skip
        frame = self.body.alias("line").to_frame().with_row_index("index")
        return frame.select("index", kind.alias("kind"))


def pieces(line: str, grammar: Grammar) -> list[str]:
    """A line feed line cut at carriage returns, when these end records rather than stand in a cell."""
    bare = line.rstrip("\r\n")
    if "\r" not in bare:
        return [line]
    if len(grammar.cut(line).cells) == grammar.width and '"' not in bare and grammar.width > 1:
        return [line]
    return re.findall(r"[^\r]*(?:\r\n|\r|\n)|[^\r]+$", line)
