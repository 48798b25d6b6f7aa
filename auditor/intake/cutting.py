"""Records that were found, cut into cells: one frame per way of cutting, put together in file order."""

import re
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from auditor.intake.account import RECORD, UNREADABLE
from auditor.intake.asking import IT, ask, keep
from auditor.intake.mapping import cell
from auditor.intake.order import Placed
from auditor.intake.quotes import FLAT, LOST, MARKED, QUOTE, coded
from auditor.intake.records import CODES, LOSSLESS, SURPLUS, Grammar, Record
from auditor.intake.window import Window


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of the list, in order: parsed ones and unreadable ones."""

    frame: pl.DataFrame
    unreadable: pl.DataFrame


_NONE = pl.lit(None, pl.UInt8())
_NAMES = pl.Series("repair", CODES)
_LOSSLESS = pl.Series("lossless", [code in LOSSLESS for code in CODES])


@dataclass(frozen=True)
class Found:
    """Where the records of a window are: line numbers of regular ones, SPANS, the VERDICT of single lines, the odd
    ones as read. `before` physical lines and `first` - 1 records come earlier in the file; `kept` lines count."""

    lines: Window
    regular: pl.Series
    spans: pl.DataFrame
    told: pl.DataFrame
    odd: list[Placed]
    before: int
    first: int
    kept: int

    @property
    def height(self) -> int:
        """Number of records, parsed and unreadable."""
        return self.regular.len() + self.spans.height + self.told.height + len(self.odd)

    def part(self) -> Part:
        """The records as frames, numbered."""
        told = self._judged(lost=False)
        good = [(i, record) for i, record in self.odd if record.cells is not None]
        plain = not told.height and not good
        frame = self._regular() if plain else self._mended(told, good)
        return self._numbered(frame, self._lost())

    def _judged(self, lost: bool) -> pl.DataFrame:
        """The single lines that were judged: those given up, or the others."""
        if not self.told.height:
            return self.told
        given_up = self.told["kind"] == LOST
        return keep(self.told, given_up if lost else ~given_up)

    @property
    def _grammar(self) -> Grammar:
        return self.lines.grammar

    @property
    def _cells(self) -> dict[str, pl.DataType]:
        return {cell(i): pl.String() for i in range(self._grammar.width)}

    @cached_property
    def _faultless(self) -> pl.DataFrame:
        """`index` and text (`raw`) of the faultless records, single lines and spans of lines, in file order."""
        line, index = self.lines.line, self.regular
        if not self.spans.height:
            return pl.DataFrame({"index": index, "raw": line if index.len() == line.len() else line[index]})
        mask = pl.Series([False]).new_from_index(0, line.len()).scatter(index, True).scatter(self.spans["index"], True)
        line = line.clone().scatter(self.spans["index"], self.spans["text"])
        return pl.DataFrame({"index": mask.arg_true(), "raw": line.filter(mask)})

    def _regular(self, rows: pl.DataFrame | None = None) -> pl.DataFrame:
        """Faultless records (all of them, or some `rows`) parsed together."""
        lines, some = self.lines, self._faultless if rows is None else rows
        if not some.height:
            return pl.DataFrame(schema={**RECORD, **self._cells})
        raw, wide = some["raw"], self._grammar.width
        if not lines.mixed and rows is None and self.regular.len() + int(self.spans["lines"].sum()) == self.kept:
            data, wide = lines.data if self.kept == lines.height else lines.data[: lines.offset(self.kept)], 0
        else:
            data = _joined(self._bodies(raw), self._head(wide))
        cells = self._parsed(data, some.height, end="\n" if wide else self._end, wide=wide)
        if cells is None:
            cut = [self._grammar.cut(text).cells for text in raw.to_list()]
            cells = self._read(cut)
        return self._framed(cells, some["index"], raw)

    def _head(self, wide: int) -> str:
        """A header for the parser, which else takes the number of cells from the first record."""
        return self._grammar.delimiter.join(map(cell, range(wide)))

    def _bodies(self, raw: pl.Series) -> pl.Series:
        """Texts of records without their line ends, but for a carriage return that the parser leaves out."""
        return ask(raw, IT.str.strip_chars_end("\r\n") if self.lines.mixed else IT.str.strip_suffix(self._end))

    @property
    def _end(self) -> str:
        return "\r" if self._grammar.carriage_return else "\n"

    def _parsed(
        self, data: bytes, height: int, quote: str = '"', end: str = "\n", wide: int = 0, longer: bool = False
    ) -> pl.DataFrame | None:
        """Records through polars' parser; its answer counts only when it has the right shape.

        `wide`: the data begin with a header of so many cells. `longer`: some records have more.
        """
        width = wide or self._grammar.width
        try:
            cells = pl.read_csv(
                data,
                has_header=wide > 0,
                separator=self._grammar.delimiter,
                quote_char=quote,
                schema=dict.fromkeys(map(cell, range(width)), pl.String()),
                infer_schema=False,
                null_values=[""],
                eol_char=end,
                truncate_ragged_lines=longer,
            )
        except (pl.exceptions.PolarsError, ValueError, TypeError):
            return None
        return cells if cells.shape == (height, width) else None

    def _split(self, text: pl.Series, wide: int) -> pl.DataFrame:
        """Records without cells in quotes: two thirds of the parser's time (measured)."""
        if b"\r" in self.lines.data:
            text = text.str.strip_suffix("\r")
        cells = text.str.splitn(self._grammar.delimiter, wide).struct.unnest()
        cells.columns = [cell(i) for i in range(wide)]
        return cells.select(pl.when(pl.all() != "").then(pl.all()))

    def _read(self, records: list[list[str]]) -> pl.DataFrame:
        """Cells that were read one by one."""
        columns = zip(*records, strict=True)
        return pl.DataFrame(
            {cell(i): [text or None for text in column] for i, column in enumerate(columns)}, schema=self._cells
        )

    def _mended(self, told: pl.DataFrame, odd: list[Placed]) -> pl.DataFrame:
        """Faultless records and others, parsed together in file order, with QUOTE around cells in quotes."""
        sound, apart = self._requoted()
        near = [(i, record) for i, record in odd if not any(QUOTE in text for text in record.cells or ())]
        some = [rows for rows in (sound, self._told(told), self._odd(near)) if rows.height]
        rows = some[0] if len(some) == 1 else pl.concat(some or [sound]).sort("index")
        most = self._grammar.width - 1
        longest = int(rows["count"].max() or 0) + 1  # type: ignore[arg-type]
        wide = max(min(longest, most + 1 + SURPLUS), most + 1)
        quoted = near or (told["kind"] == MARKED).any() or (sound.height and b'"' in self.lines.data)
        if quoted and rows["text"].str.contains(QUOTE, literal=True).any():
            data = _joined(rows["text"], self._head(wide))
            cells = self._parsed(data, rows.height, QUOTE, wide=wide, longer=longest > wide)
        else:
            cells = self._split(rows["text"], wide)
        if cells is None:
            records = self._one_by_one(rows, told)
            frames = [self._single(sorted(records + odd, key=lambda placed: placed[0]))]
        else:
            cells, empty = self._surplus(cells, rows)
            frames = [self._framed(cells, rows["index"], rows["raw"], self._code(rows, empty))]
            frames.append(self._single([placed for placed in odd if placed not in near]))
        frames.append(self._regular(apart))
        filled = [frame for frame in frames if frame.height]
        return filled[0] if len(filled) == 1 else pl.concat(filled or frames).sort("line")

    def _requoted(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """ROWS of the faultless records, and those records where putting QUOTE for quotes is not so simple."""
        rows, apart = self._faultless, self._faultless.clear()
        text = self._bodies(rows["raw"])
        if any(sign.encode() in self.lines.data for sign in ('"', QUOTE)):
            hard = text.str.contains(f'{QUOTE}|""')
            if hard.any():
                rows, apart, text = rows.filter(~hard), rows.filter(hard), text.filter(~hard)
            text = text.str.replace_all('"', QUOTE, literal=True)
        return rows.select("index", "raw", text.alias("text"), code=_NONE, count=self._most), apart

    @property
    def _most(self) -> pl.Expr:
        return pl.lit(self._grammar.width - 1, pl.UInt32())

    def _told(self, told: pl.DataFrame) -> pl.DataFrame:
        """ROWS of single lines that were judged."""
        text, code, most = told["text"], told["code"], self._grammar.width - 1
        stray = ((told["kind"] == FLAT) & code.is_null() & (told["count"] == most)).arg_true()
        stray = stray.filter(text[stray].str.contains('"', literal=True))
        code = code.scatter(stray, CODES.index("stray_quote_in_text")) if stray.len() else code
        raw = self.lines.line[told["index"]]
        return pl.DataFrame({"index": told["index"], "raw": raw, "text": text, "code": code, "count": told["count"]})

    def _odd(self, odd: list[Placed]) -> pl.DataFrame:
        """ROWS of records that were read one by one."""
        between = QUOTE + self._grammar.delimiter + QUOTE
        texts = [QUOTE + between.join(record.cells or ()) + QUOTE for _, record in odd]
        index = pl.Series("index", [i for i, _ in odd], pl.UInt32())
        code = _codes(odd)
        frame = pl.DataFrame(
            {"index": index, "raw": self._texts(odd), "text": pl.Series(texts, dtype=pl.String()), "code": code}
        )
        return frame.with_columns(count=self._most)

    def _one_by_one(self, rows: pl.DataFrame, told: pl.DataFrame) -> list[Placed]:
        """The same without the parser, but for the records that were read one by one before."""
        grammar, judged, before = self._grammar, set(told["index"].to_list()), {i for i, _ in self.odd}
        records: list[Placed] = []
        many = dict(self.spans.select("index", "lines").iter_rows())
        for index, raw in rows.select("index", "raw").iter_rows():
            if index in judged:
                record = grammar.read(lambda _, raw=raw: [raw], lambda _: True)  # type: ignore[misc]
                records.append((index, record))  # type: ignore[arg-type]
            elif index not in before:
                records.append((index, Record(many.get(index, 1), grammar.cut(raw).cells)))
        return records

    def _surplus(self, cells: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """Cells beyond the width joined to the last one, as they stood in the list, unless they are all blank; and
        whether they are."""
        most, delimiter = self._grammar.width - 1, self._grammar.delimiter
        empty = pl.Series("empty", [True]).new_from_index(0, rows.height)
        places = (rows["count"] > most).arg_true()
        if not places.len():
            return cells, empty
        names = [cell(i) for i in range(most, cells.width)]
        some = pl.DataFrame([rows["count"][places], *(cells[name][places] for name in names)])
        first, *more = (pl.col(name).fill_null("") for name in names)
        ends = [
            pl.when(pl.col("count") >= most + n).then(delimiter + text).otherwise(pl.lit(""))
            for n, text in enumerate(more, 1)
        ]
        blank = ~pl.concat_str(more).str.contains(r"\S")
        last, bare = some.select(pl.concat_str(first, *ends).alias("last"), blank.alias("blank"))
        # the parser has left out what stands beyond its last column
        long = (some["count"] >= cells.width).arg_true()
        if long.len():
            rest = rows["text"][places[long]].str.splitn(delimiter, most + 1).struct.field(f"field_{most}")
            last = last.scatter(long, rest)
            bare = bare.scatter(long, ~rest.str.contains(rf"(?s){re.escape(delimiter)}.*[^\s{re.escape(delimiter)}]"))
        filled = (~bare).arg_true()
        column = cells[cell(most)].scatter(places[filled], last[filled])
        return pl.DataFrame([*cells.get_columns()[:most], column]), empty.scatter(places, bare)

    def _code(self, rows: pl.DataFrame, empty: pl.Series) -> pl.Series:
        """What was repaired, where the judgement left it to the number of cells."""
        most, count = self._grammar.width - 1, pl.col("count")
        nul = pl.lit(False) if self.lines.nul is None else pl.lit(self.lines.nul[rows["index"]])
        code = (
            pl.when(pl.col("code").is_not_null()).then("code")
            .when((count == most) & nul).then(coded("nul_bytes"))
            .when(count == most).then(None)
            .when((count > most) & pl.lit(empty)).then(coded("trailing_delimiters"))
            .when(count > most).then(coded("extra_cells"))
            .when(count + self._grammar.unnamed >= most).then(coded("missing_unnamed_cells"))
            .otherwise(coded("short_row"))
        )  # fmt: skip
        return rows.select(code.cast(pl.UInt8).alias("code"))["code"]

    def _single(self, records: list[Placed]) -> pl.DataFrame:
        """Records that were read one by one."""
        cells = self._read([record.cells or [] for _, record in records])
        index = pl.Series("index", [i for i, _ in records], pl.UInt32())
        code = _codes(records)
        return self._framed(cells, index, self._texts(records), code)

    def _texts(self, records: list[tuple[int, Record]]) -> pl.Series:
        """The text of each record, line ends included."""
        texts = ["".join(self.lines.line.slice(i, record.lines).to_list()) for i, record in records]
        return pl.Series("raw", texts, pl.String())

    def _framed(
        self, cells: pl.DataFrame, index: pl.Series, raw: pl.Series, code: pl.Series | None = None
    ) -> pl.DataFrame:
        """Cells with the record columns; `code`: what was repaired, and so whether without loss."""
        none = code is None or code.null_count() == code.len()
        repair = pl.lit(None, pl.String()) if none else pl.lit(_NAMES.gather(code))
        lossless = pl.lit(None, pl.Boolean()) if none else pl.lit(_LOSSLESS.gather(code))
        return cells.select_seq(
            pl.lit(0, pl.UInt32).alias("audit_row"),
            (index.cast(pl.UInt32) + (self.before + 1)).cast(pl.UInt32).alias("line"),
            raw.alias("raw"),
            repair.alias("repair"),
            lossless.alias("lossless"),
            *self._cells,
        )

    def _lost(self) -> pl.DataFrame:
        """The unreadable records, not yet numbered, in file order."""
        told = self._judged(lost=True)
        records = [(i, record) for i, record in self.odd if record.cells is None]
        if not told.height and not records:
            return pl.DataFrame(schema=UNREADABLE)
        index = pl.Series("index", [i for i, _ in records], pl.UInt32())
        single = pl.DataFrame({"index": index, "code": _codes(records), "raw": self._texts(records)})
        lines = told.select("index", "code", raw=self.lines.line[told["index"]])
        both = pl.concat([single, lines]).sort("index")
        line, code = both["index"] + (self.before + 1), _NAMES.gather(both["code"])
        return both.select(pl.lit(0).alias("audit_row"), line.alias("line"), code.alias("code"), "raw").cast(UNREADABLE)  # type: ignore[arg-type]

    def _numbered(self, frame: pl.DataFrame, lost: pl.DataFrame) -> Part:
        """Record numbers in file order, parsed and unreadable records alike."""
        places = pl.concat([frame["line"], lost["line"]])
        order = places.rank("ordinal") if lost.height else pl.int_range(1, frame.height + 1, eager=True)
        order = (order + (self.first - 1)).cast(pl.UInt32).alias("audit_row")
        return Part(
            frame.with_columns(order.head(frame.height)), lost.with_columns(order.tail(lost.height).alias("audit_row"))
        )


def _joined(text: pl.Series, head: str) -> bytes:
    """Records for the parser, one below the other, below a header."""
    ends = (pl.Series([line], dtype=pl.String()) for line in (head, ""))
    return pl.concat([next(ends), text, next(ends)]).str.join("\n").cast(pl.Binary()).item()  # type: ignore[no-any-return]


def _codes(records: list[Placed]) -> pl.Series:
    """What was wrong with each record, as its place in CODES."""
    places = [None if record.code is None else CODES.index(record.code) for _, record in records]
    return pl.Series("code", places, pl.UInt8())
