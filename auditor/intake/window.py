"""A stretch of physical lines, classified with vector operations: what is plainly a record, what needs judgement.

Cheap questions are asked of every line; the others only of the lines that the cheap ones leave open.
"""

import re
from dataclasses import dataclass, replace

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
    """Physical lines with their line ends (`line`) and the UTF-8 text they are cut from.

    `strange`: lines with signs that polars' parser or a plain split would treat in their own way; None: no line.
    """

    data: bytes
    line: pl.Series
    grammar: Grammar
    strange: pl.Series | None

    @classmethod
    def of(cls, data: bytes, grammar: Grammar) -> "Window":
        """The physical lines of `data`."""
        mark = "\r" if grammar.carriage_return else "\n"
        if not data:
            return cls(data, pl.Series("line", [], pl.String()), grammar, None)
        line = pl.Series("line", [data], pl.Binary()).cast(pl.String()).str.split(mark, inclusive=True).explode()
        return cls(data, line, grammar, _strange(data, line, grammar))

    def recut(self, places: pl.Series) -> "Window | None":
        """The window with its lines cut at carriage returns that end records, when one of `places` holds such."""
        if self.grammar.carriage_return or b"\r" not in self.data:
            return None
        inner = self.line.gather(places).to_frame("line").select(_inner_return(pl.col("line"))).to_series()
        found = places.filter(inner).to_list()
        cuts = {place: cut for place in found if len(cut := pieces(self.line[place], self.grammar)) > 1}
        if not cuts:
            return None
        lines = [piece for n, text in enumerate(self.line.to_list()) for piece in cuts.get(n, (text,))]
        line = pl.Series("line", lines, pl.String())
        return replace(self, line=line, strange=_strange(self.data, line, self.grammar))

    @property
    def height(self) -> int:
        """Number of physical lines."""
        return self.line.len()

    def offset(self, index: int) -> int:
        """Bytes of the lines before line `index`."""
        return len(self.data) - int(self.line.slice(index).str.len_bytes().sum())

    def judged(self, header: str) -> "tuple[Window, pl.Series]":
        """The window, its lines cut again where needed, and the kind of every line as the first of a record."""
        places = self._irregular(header)
        again = self.recut(places) if places.len() else None
        window, places = (again, again._irregular(header)) if again else (self, places)
        kinds = pl.Series("kind", [REGULAR], pl.UInt8()).new_from_index(0, window.height)
        return window, kinds.scatter(places, window._asked(places, header)) if places.len() else kinds

    def _irregular(self, header: str) -> pl.Series:
        """The lines that are not plainly faultless records."""
        line, delimiter = pl.col("line"), self.grammar.delimiter
        fits = line.str.count_matches(delimiter, literal=True) == self.grammar.width - 1
        quoted = line.str.contains('"', literal=True) if b'"' in self.data else pl.lit(False)
        # first signs of blank and empty lines, comments, quotes: all below "0" but for some delimiters
        special = (line < "0") | ((line >= delimiter) & (line < chr(ord(delimiter) + 1)))
        special = special | line.is_in([header + end for end in ("\n", "\r\n", "\r", "")])
        if self.grammar.width == 1 and b"\r" in self.data:
            # in a single column nothing else tells two records from one
            special = special | _inner_return(line)
        regular = self.line.to_frame("line").select(fits & ~quoted & ~special).to_series()
        if self.strange is not None:
            regular = regular & ~self.strange
        places = (~regular).arg_true()
        if b'"' in self.data and places.len():
            places = places.filter(~self._faultless(places, header))
        return places

    def _faultless(self, places: pl.Series, header: str) -> pl.Series:
        """Whether the lines at `places` are well-formed records that are not empty and not the header."""
        line = pl.col("line")
        some = self.line.gather(places).to_frame("line")
        same = line.is_in([header + end for end in ("\n", "\r\n", "\r", "")])
        answer = some.select(self.formed(line) & ~same).to_series()
        # rows of empty quotes are short: the dear question is asked of few lines
        short = some.select(line.str.len_bytes() <= 4 * self.grammar.width + 8).to_series().arg_true()
        if short.len():
            empty = some.select(line.gather(short)).select(line.str.contains(self._empty)).to_series()
            answer = answer.scatter(short.filter(empty), False) if empty.any() else answer
        return answer if self.strange is None else answer & ~self.strange.gather(places)

    def _asked(self, places: pl.Series, header: str) -> pl.Series:
        """The kinds of the lines at `places` that are not plainly regular."""
        line, d = pl.col("line"), re.escape(self.grammar.delimiter)
        count = line.str.count_matches(self.grammar.delimiter, literal=True)
        fits = count == self.grammar.width - 1
        comment = line.str.starts_with("#") & ~line.str.contains("@", literal=True) & ~fits
        # a plain split cuts these lines rightly; a single cell may be a whole row in another delimiter
        flat = (count > 0) | pl.lit(self.grammar.width <= 2)
        bare = pl.when(line.str.contains(r"^\s*$")).then(BLANK).otherwise(EMPTY)
        opened = line.str.contains(rf'(?:^|{d})\s*"')
        quoted = line.str.contains('"', literal=True)
        kind = (
            pl.when(line.str.contains(self._empty)).then(bare)
            .when(pl.col("strange") | _inner_return(line)).then(ODD)
            .when(line.str.strip_chars_end("\r\n") == header).then(HEADER)
            .when(opened).then(ODD)
            .when(fits & ~quoted).then(REGULAR)
            .when(comment).then(COMMENT)
            .when(flat).then(RAGGED)
            .otherwise(ODD)
        )  # fmt: skip
        strange = pl.lit(False) if self.strange is None else pl.lit(self.strange.gather(places))
        some = self.line.gather(places).to_frame("line").with_columns(strange=strange)
        return some.select(kind.cast(pl.UInt8)).to_series()

    @property
    def _empty(self) -> str:
        d = re.escape(self.grammar.delimiter)
        return rf'^\s*(?:"")?(?:{d}\s*(?:"")?\s*)*$'

    def formed(self, text: pl.Expr) -> pl.Expr:
        """Whether `text` (one or several lines) is a faultless record of the right width."""
        d, width = re.escape(self.grammar.delimiter), self.grammar.width
        one = rf'(?:[^"{d}\r\n\x00]*|"(?:[^"\x00]|"")*")'
        end = r"\r?" if self.grammar.carriage_return else r"\r?\n?"
        if width <= COUNTED:
            return text.str.contains(rf"^{one}(?:{d}{one}){{{width - 1}}}{end}$")
        bare = text.str.replace_all(r'"[^"]*"', "").str.count_matches(self.grammar.delimiter, literal=True)
        return text.str.contains(rf"^{one}(?:{d}{one})*{end}$") & (bare == width - 1)

    def spans(self, kinds: pl.Series) -> dict[int, tuple[int, str]]:
        """First line -> (lines, text) of faultless records with quoted line breaks among the odd lines.

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
        inside = inside.with_columns(line=self.line.gather(inside["index"]))
        line, width = pl.col("line"), self.grammar.width
        surplus = line.str.count_matches(self.grammar.delimiter, literal=True).cast(pl.Int64) - (width - 1)
        # the same question as Grammar.looks_whole
        whole = (surplus >= 0) & (line.str.contains("@", literal=True) | ((surplus == 0) & pl.lit(width > 3)))
        joined = inside.group_by("start", maintain_order=True).agg(
            text=line.str.join(""), lines=pl.len(), whole=whole.all()
        )
        good = joined.filter(~pl.col("whole") & self.formed(pl.col("text")))
        return {start: (lines, text) for start, text, lines in good.select("start", "text", "lines").iter_rows()}


def _strange(data: bytes, line: pl.Series, grammar: Grammar) -> pl.Series | None:
    text = pl.col("line")
    signs = []
    if b"\0" in data:
        signs.append(text.str.contains("\0", literal=True))
    if grammar.carriage_return and b"\n" in data:
        signs.append(text.str.contains("\n", literal=True))
    if b"\xef" in data:
        signs.append(text.str.starts_with("\ufeff"))
    if data.endswith(END_MARK.encode()):
        signs.append(text == END_MARK)
    return line.to_frame("line").select(pl.any_horizontal(signs)).to_series() if signs else None


def _inner_return(line: pl.Expr) -> pl.Expr:
    """Whether a carriage return stands elsewhere than before the line feed at the end."""
    rest = line.str.len_bytes() - line.str.find("\r", literal=True)
    return ((rest > 2) | ((rest == 2) & ~line.str.ends_with("\n"))).fill_null(False)


def pieces(line: str, grammar: Grammar) -> list[str]:
    """A line cut at carriage returns when these end records; whole when they stand in a cell of one record."""
    bare = line.rstrip("\r\n")
    if "\r" not in bare:
        return [line]
    if grammar.width > 1 and len(grammar.cut(line).cells) == grammar.width:
        return [line]
    return re.findall(r"[^\r]*(?:\r\n|\r)|[^\r]+$", line)
