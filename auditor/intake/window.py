"""A stretch of physical lines, classified with vector operations: what is plainly a record, what needs judgement."""

import re
from dataclasses import dataclass

import polars as pl

from auditor.intake.records import Grammar

# kinds of a physical line that begins a record
REGULAR, RAGGED, ODD, BLANK, EMPTY, COMMENT, HEADER = range(7)
# above this many columns a counted regex grows too large to compile
COUNTED = 64
# a quoted line break is looked for over this many lines at once; longer cells are read one by one
SPAN = 12
END_MARK = "\x1a"


@dataclass(frozen=True, slots=True)
class Window:
    """`raw`: physical lines with their ends; `line`: the same without the final line feed (or carriage return)."""

    data: bytes
    line: pl.Series
    raw: pl.Series
    grammar: Grammar

    @classmethod
    def of(cls, data: bytes, grammar: Grammar) -> "Window":
        """The physical lines of UTF-8 `data`."""
        mark = "\r" if grammar.carriage_return else "\n"
        if not data:
            return cls(data, pl.Series("line", [], pl.String()), pl.Series("line", [], pl.String()), grammar)
        line = pl.Series("line", [data], pl.Binary()).cast(pl.String()).str.split(mark).explode()
        if data.endswith(mark.encode()):
            line = line.head(line.len() - 1)
            raw = line + mark
        else:
            raw = (line.head(line.len() - 1) + mark).append(line.tail(1))
        if grammar.carriage_return or b"\r" not in data or not _inner_returns(line).any():
            return cls(data, line, raw, grammar)
        cut = [piece for text in raw.to_list() for piece in pieces(text, grammar)]
        raw = pl.Series("line", cut, pl.String())
        return cls(data, raw.str.strip_suffix("\n"), raw, grammar)

    @property
    def height(self) -> int:
        """Number of physical lines."""
        return self.raw.len()

    def offset(self, index: int) -> int:
        """Bytes of the lines before line `index`."""
        return len(self.data) - int(self.raw.slice(index).str.len_bytes().sum())

    def kinds(self, header: str) -> pl.Series:
        """The kind of every line, taken as the first line of a record."""
        line, width, delimiter = pl.col("line"), self.grammar.width, self.grammar.delimiter
        d = re.escape(delimiter)
        quoted = line.str.contains('"', literal=True) if b'"' in self.data else pl.lit(False)
        count = line.str.count_matches(delimiter, literal=True)
        fits = count == width - 1
        empty = line.str.contains(rf'^\s*(?:"")?(?:{d}\s*(?:"")?\s*)*$')
        kind = (
            pl.when(empty).then(pl.when(line.str.contains(r"^\s*$")).then(BLANK).otherwise(EMPTY))
            .when(self._strange()).then(ODD)
            .when(line.str.strip_suffix("\r") == header).then(HEADER)
            .when(~quoted).then(pl.when(fits).then(REGULAR).when(self._comment()).then(COMMENT)
                                .when(self._flat(count)).then(RAGGED).otherwise(ODD))
            .otherwise(ODD)
        )  # fmt: skip
        kinds = self.line.to_frame().select(kind.cast(pl.UInt8)).to_series()
        return self._quoted_kinds(kinds) if b'"' in self.data else kinds

    def _quoted_kinds(self, kinds: pl.Series) -> pl.Series:
        """Lines with quotes that follow the grammar, or whose quotes all stand inside plain text."""
        places = (kinds == ODD).arg_true()
        if not places.len():
            return kinds
        line, d = pl.col("line"), re.escape(self.grammar.delimiter)
        count = line.str.count_matches(self.grammar.delimiter, literal=True)
        plain = line.str.contains('"', literal=True) & ~line.str.contains(rf'(?:^|{d})\s*"')
        kind = (
            pl.when(self._strange()).then(ODD)
            .when(self.formed(line)).then(REGULAR)
            .when(plain & self._comment() & (count != self.grammar.width - 1)).then(COMMENT)
            .when(plain & self._flat(count)).then(RAGGED)
            .otherwise(ODD)
        )  # fmt: skip
        judged = self.line.gather(places).to_frame("line").select(kind.cast(pl.UInt8)).to_series()
        return kinds.scatter(places, judged)

    def formed(self, text: pl.Expr) -> pl.Expr:
        """Whether `text` (one or several lines, without the last line end) is a record of the right width."""
        d, width = re.escape(self.grammar.delimiter), self.grammar.width
        one = rf'(?:[^"{d}\r\n\x00]*|"(?:[^"\x00]|"")*")'
        if width <= COUNTED:
            return text.str.contains(rf"^{one}(?:{d}{one}){{{width - 1}}}\r?$")
        bare = text.str.replace_all(r'"[^"]*"', "").str.count_matches(self.grammar.delimiter, literal=True)
        return text.str.contains(rf"^{one}(?:{d}{one})*\r?$") & (bare == width - 1)

    def spans(self, kinds: pl.Series) -> dict[int, tuple[int, str]]:
        """First line -> (lines, text) of well-formed records with quoted line breaks among the odd lines.

        A span runs from one line with an odd number of quotes to the next one. It is no record when every line of
        it could stand alone: then the quotes are strays that happen to match.
        """
        odd = (kinds == ODD).arg_true()
        parity = self.line.gather(odd).str.count_matches('"', literal=True) % 2 == 1
        ends = odd.filter(parity)
        if ends.len() < 2:
            return {}
        pairs = pl.DataFrame({"start": ends.head(ends.len() - 1), "end": ends.tail(ends.len() - 1)})
        pairs = pairs.filter(pl.col("end") - pl.col("start") < SPAN)
        if not pairs.height:
            return {}
        inside = pairs.select("start", index=pl.int_ranges("start", pl.col("end") + 1)).explode("index")
        inside = inside.with_columns(raw=self.raw.gather(inside["index"]))
        width = self.grammar.width
        count = pl.col("raw").str.count_matches(self.grammar.delimiter, literal=True)
        # the same question as Grammar.looks_whole
        address = pl.col("raw").str.contains("@", literal=True)
        whole = (count >= width - 1) & (address | ((count == width - 1) & pl.lit(width > 3)))
        joined = inside.group_by("start", maintain_order=True).agg(
            text=pl.col("raw").str.join(""), lines=pl.len(), whole=whole.all()
        )
        mark = "\r" if self.grammar.carriage_return else "\n"
        good = joined.filter(~pl.col("whole") & self.formed(pl.col("text").str.strip_suffix(mark)))
        return {start: (lines, text) for start, text, lines in good.select("start", "text", "lines").iter_rows()}

    def _strange(self) -> pl.Expr:
        """Lines with signs that polars' parser or a plain split would treat in their own way."""
        line, strange = pl.col("line"), pl.lit(False)
        if b"\0" in self.data:
            strange = strange | line.str.contains("\0", literal=True)
        if b"\r" in self.data:
            strange = strange | _inner_return_expr(line)
        if self.grammar.carriage_return and b"\n" in self.data:
            strange = strange | line.str.contains("\n", literal=True)
        if b"\xef\xbb\xbf" in self.data:
            strange = strange | line.str.starts_with("\ufeff")
        if self.data.endswith(END_MARK.encode()):
            strange = strange | (line == END_MARK)
        return strange

    def _comment(self) -> pl.Expr:
        return pl.col("line").str.starts_with("#") & ~pl.col("line").str.contains("@", literal=True)

    def _flat(self, count: pl.Expr) -> pl.Expr:
        """Lines that a plain split cuts rightly; a single cell may be a whole row in another delimiter."""
        return (count > 0) | pl.lit(self.grammar.width <= 2)


def _inner_return_expr(line: pl.Expr) -> pl.Expr:
    return (line.str.find("\r", literal=True) + 1 < line.str.len_bytes()).fill_null(False)


def _inner_returns(line: pl.Series) -> pl.Series:
    return line.to_frame("line").select(_inner_return_expr(pl.col("line"))).to_series()


def pieces(line: str, grammar: Grammar) -> list[str]:
    """A line cut at carriage returns when these end records; whole when they stand in a cell of one record."""
    bare = line.rstrip("\r\n")
    if "\r" not in bare:
        return [line]
    if grammar.width > 1 and len(grammar.cut(line).cells) == grammar.width:
        return [line]
    return re.findall(r"[^\r]*(?:\r\n|\r)|[^\r]+$", line)
