"""Records that were found, cut into cells: one frame per way of cutting, put together in file order."""

from dataclasses import dataclass

import polars as pl

from auditor.intake.account import RECORD, UNREADABLE
from auditor.intake.mapping import cell
from auditor.intake.quotes import FLAT, LOST, MARKED, OTHER, QUOTE
from auditor.intake.records import LOSSLESS, Grammar, Record
from auditor.intake.window import Window


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of the list, in order: parsed ones and unreadable ones."""

    frame: pl.DataFrame
    unreadable: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Found:
    """Where the records of a window are: line numbers of regular ones, SPANS, the VERDICT of single lines, the odd
    ones as read. `before` physical lines and `first` - 1 records come earlier in the file; `kept` lines count."""

    lines: Window
    regular: pl.Series
    spans: pl.DataFrame
    told: pl.DataFrame
    odd: list[tuple[int, Record]]
    before: int
    first: int
    kept: int

    @property
    def height(self) -> int:
        """Number of records, parsed and unreadable."""
        return self.regular.len() + self.spans.height + self.told.height + len(self.odd)

    def part(self) -> Part:
        """The records as frames, numbered."""
        good = [(i, record) for i, record in self.odd if record.cells is not None]
        frames = [self._regular(), self._flat(self._of(FLAT)), self._marked(self._of(MARKED))]
        frames.append(self._other(self._of(OTHER)))
        frames.append(self._single(good))
        filled = [frame for frame in frames if frame.height]
        frame = pl.concat(filled or frames[:1])
        return self._numbered(self._repaired(frame.sort("line") if len(filled) > 1 else frame), self._lost())

    def _of(self, kind: int) -> pl.DataFrame:
        """The single lines of one kind."""
        alike = self.told["kind"] == kind
        return self.told if alike.all() else self.told.filter(alike)

    @property
    def _grammar(self) -> Grammar:
        return self.lines.grammar

    @property
    def _cells(self) -> dict[str, pl.DataType]:
        return {cell(i): pl.String() for i in range(self._grammar.width)}

    def _regular(self) -> pl.DataFrame:
        """Faultless records: single lines and spans of lines, parsed together in file order."""
        lines, index = self.lines, self.regular
        if not index.len() and not self.spans.height:
            return self._none
        raw = lines.line if index.len() == lines.height else lines.line.gather(index)
        if self.spans.height:
            both = pl.DataFrame({"index": index, "raw": raw})
            more = self.spans.select("index", raw="text")
            both = pl.concat([both, more]).sort("index")
            index, raw = both["index"], both["raw"]
        if lines.mixed:
            data = raw.str.strip_chars_end("\r\n").str.join("\n").cast(pl.Binary).item() + b"\n"
        elif self.regular.len() + int(self.spans["lines"].sum()) == self.kept:
            data = lines.data if self.kept == lines.height else lines.data[: lines.offset(self.kept)]
        else:
            data = raw.str.join("").cast(pl.Binary).item()
        cells = self._parsed(data, raw.len(), self._grammar.width, "\r" if self._grammar.carriage_return else "\n")
        if cells is None:
            cut = [self._grammar.cut(text).cells for text in raw.to_list()]
            return self._single([(i, Record(1, c)) for i, c in zip(index.to_list(), cut, strict=True)], raw)
        return self._framed(cells, index, raw)

    def _parsed(self, data: bytes, height: int, width: int, end: str, quote: str = '"') -> pl.DataFrame | None:
        """Well-formed records through polars' parser; its answer counts only when it has the right shape."""
        try:
            cells = pl.read_csv(
                data,
                has_header=False,
                separator=self._grammar.delimiter,
                quote_char=quote,
                schema=dict.fromkeys(map(cell, range(width)), pl.String()),
                infer_schema=False,
                null_values=[""],
                eol_char=end,
            )
        except (pl.exceptions.PolarsError, ValueError, TypeError):
            return None
        return cells if cells.shape == (height, width) else None

    def _flat(self, told: pl.DataFrame) -> pl.DataFrame:
        """Lines that a plain split cuts rightly, with too few or too many cells or a quote inside a text."""
        if not told.height:
            return self._none
        width, delimiter = self._grammar.width, self._grammar.delimiter
        fields = told.select(pl.col("text").str.splitn(delimiter, width).alias("f")).unnest("f")
        cells = fields.rename(dict(zip(fields.columns, self._cells, strict=True)))
        count, code, last = told["count"], told["code"], cells[cell(width - 1)]
        more, empty = self._surplus(last, count)
        cells = cells.with_columns(more.alias(last.name))
        cells = cells.with_columns(pl.when(pl.all() != "").then(pl.all()))
        stray = told["text"].str.contains('"', literal=True)
        known = pl.DataFrame({"count": count, "code": code, "empty": empty, "stray": stray})
        return self._framed(cells, told["index"], self.lines.line.gather(told["index"]), self._code(known))

    def _surplus(self, last: pl.Series, count: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The last column, given as the rest of the line, and whether that rest is but delimiters."""
        if not (count >= self._grammar.width).any():
            return last, pl.Series("empty", [False], pl.Boolean()).new_from_index(0, count.len())
        first = last.str.splitn(self._grammar.delimiter, 2).struct.field("field_0")
        filled = last.str.slice(first.str.len_chars()).str.replace_all(self._grammar.delimiter, "", literal=True)
        frame = pl.DataFrame({"last": last, "first": first, "empty": ~filled.str.contains(r"\S").fill_null(False)})
        return frame.select(pl.when("empty").then("first").otherwise("last").alias("last"))["last"], frame["empty"]

    def _code(self, known: pl.DataFrame) -> pl.Series:
        """What was repaired, where the judgement left it to the number of cells."""
        most, count = self._grammar.width - 1, pl.col("count")
        code = (
            pl.when(pl.col("code").is_not_null()).then("code")
            .when((count == most) & pl.col("stray")).then(pl.lit("stray_quote_in_text"))
            .when(count == most).then(None)
            .when((count > most) & pl.col("empty")).then(pl.lit("trailing_delimiters"))
            .when(count > most).then(pl.lit("extra_cells"))
            .when(count + self._grammar.unnamed >= most).then(pl.lit("missing_unnamed_cells"))
            .otherwise(pl.lit("short_row"))
        )  # fmt: skip
        return known.select(code.cast(pl.String).alias("repair"))["repair"]

    def _marked(self, told: pl.DataFrame) -> pl.DataFrame:
        """Lines whose cells in quotes are marked."""
        if not told.height:
            return self._none
        width, count = self._grammar.width, told["count"]
        wide = max(width, int(count.max() or 0) + 1)  # type: ignore[arg-type]
        data = told["text"].str.join("\n").cast(pl.Binary).item() + b"\n"
        cells = self._parsed(data, told.height, wide, "\n", QUOTE)
        raw = self.lines.line.gather(told["index"])
        if cells is None:
            texts = raw.str.replace_all("\0", "", literal=True).to_list()
            records = [self._grammar.read(lambda _, text=text: [text], lambda _: True) for text in texts]  # type: ignore[misc]
            return self._single(list(zip(told["index"].to_list(), records, strict=True)), raw)  # type: ignore[arg-type]
        empty = pl.Series("empty", [True], pl.Boolean()).new_from_index(0, told.height)
        if wide > width:
            more = [pl.col(cell(i)).fill_null("") for i in range(width - 1, wide)]
            empty = cells.select(~pl.concat_str(more[1:]).str.contains(r"\S"))[:, 0]
            surplus = (count >= width) & ~empty
            ends = [
                pl.when(count > i - 1)
                .then(self._grammar.delimiter + pl.col(cell(i)).fill_null(""))
                .otherwise(pl.lit(""))
                for i in range(width, wide)
            ]
            joined = pl.concat_str(more[0], *ends)
            last = pl.when(surplus).then(joined).otherwise(cell(width - 1)).alias(cell(width - 1))
            cells = cells.with_columns(last).select(list(self._cells))
        known = pl.DataFrame({"count": count, "code": told["code"], "empty": empty}).with_columns(stray=pl.lit(False))
        return self._framed(cells, told["index"], raw, self._code(known))

    def _other(self, told: pl.DataFrame) -> pl.DataFrame:
        """Lines cut by another delimiter than the list's, which is their `code`."""
        if not told.height:
            return self._none
        frames = []
        for (other,), part in told.partition_by("code", as_dict=True).items():
            fields = part.select(pl.col("text").str.splitn(str(other), self._grammar.width).alias("f")).unnest("f")
            cells = fields.rename(dict(zip(fields.columns, self._cells, strict=True)))
            cells = cells.with_columns(pl.when(pl.all() != "").then(pl.all()))
            code = pl.Series("repair", ["other_delimiter"]).new_from_index(0, part.height)
            frames.append(self._framed(cells, part["index"], self.lines.line.gather(part["index"]), code))
        return pl.concat(frames)

    def _single(self, records: list[tuple[int, Record]], raw: pl.Series | None = None) -> pl.DataFrame:
        """Records that were read one by one."""
        if not records:
            return self._none
        columns = zip(*(record.cells or () for _, record in records), strict=True)
        cells = pl.DataFrame(
            {cell(i): [text or None for text in column] for i, column in enumerate(columns)}, schema=self._cells
        )
        index = pl.Series("index", [i for i, _ in records], pl.UInt32())
        code = pl.Series("repair", [record.code for _, record in records], pl.String())
        return self._framed(cells, index, self._texts(records) if raw is None else raw, code)

    def _texts(self, records: list[tuple[int, Record]]) -> pl.Series:
        """The text of each record, line ends included."""
        texts = ["".join(self.lines.line.slice(i, record.lines).to_list()) for i, record in records]
        return pl.Series("raw", texts, pl.String())

    def _framed(
        self, cells: pl.DataFrame, index: pl.Series, raw: pl.Series, repair: pl.Series | None = None
    ) -> pl.DataFrame:
        """Cells with the record columns."""
        code = pl.lit(None, pl.String()) if repair is None else repair
        return cells.select(
            pl.lit(0, pl.UInt32).alias("audit_row"),
            (index.cast(pl.UInt32) + (self.before + 1)).cast(pl.UInt32).alias("line"),
            raw.alias("raw"),
            code.alias("repair"),
            pl.lit(None, pl.Boolean).alias("lossless"),
            *self._cells,
        )

    @property
    def _none(self) -> pl.DataFrame:
        return pl.DataFrame(schema={**RECORD, **self._cells})

    def _repaired(self, frame: pl.DataFrame) -> pl.DataFrame:
        """NUL bytes are left out of the cells, which is a repair too; each repair is lossless or not."""
        repair = pl.col("repair")
        if self.lines.nul is not None:
            cut = repair.is_null() & pl.col("raw").str.contains("\0", literal=True)
            frame = frame.with_columns(repair=pl.when(cut).then(pl.lit("nul_bytes")).otherwise("repair"))
        if frame["repair"].null_count() == frame.height:
            return frame
        return frame.with_columns(lossless=pl.when(repair.is_not_null()).then(repair.is_in(sorted(LOSSLESS))))

    def _lost(self) -> pl.DataFrame:
        """The unreadable records, not yet numbered, in file order."""
        told = self._of(LOST)
        records = [(i, record) for i, record in self.odd if record.cells is None]
        index = pl.Series("index", [i for i, _ in records], pl.UInt32())
        code = pl.Series("code", [record.code for _, record in records], pl.String())
        single = pl.DataFrame({"index": index, "code": code, "raw": self._texts(records)})
        lines = told.select("index", "code", raw=self.lines.line.gather(told["index"]))
        both = pl.concat([single, lines]).sort("index")
        line = (pl.col("index") + (self.before + 1)).cast(pl.UInt32)
        return both.select(pl.lit(0, pl.UInt32).alias("audit_row"), line.alias("line"), "code", "raw").cast(UNREADABLE)  # type: ignore[arg-type]

    def _numbered(self, frame: pl.DataFrame, lost: pl.DataFrame) -> Part:
        """Record numbers in file order, parsed and unreadable records alike."""
        places = pl.concat([frame["line"], lost["line"]])
        order = places.rank("ordinal") if lost.height else pl.int_range(1, frame.height + 1, eager=True)
        order = (order + (self.first - 1)).cast(pl.UInt32).alias("audit_row")
        return Part(
            frame.with_columns(order.head(frame.height)), lost.with_columns(order.tail(lost.height).alias("audit_row"))
        )
