"""A stretch of physical lines, classified with vector operations: what is plainly a record, what needs judgement.

Cheap questions are asked of every line; the others only of the lines that the cheap ones leave open.
"""

import re
from dataclasses import dataclass, replace

import polars as pl

from auditor.intake.quotes import (
    BLANK,
    COMMENT,
    EMPTY,
    FLAT,
    HEADER,
    ODD,
    OTHER,
    REGULAR,
    SIGNS,
    VERDICT,
    Quotes,
)
from auditor.intake.records import OTHER_DELIMITERS, Grammar

# above this many columns a counted regex grows too large to compile
COUNTED = 64
# a quoted line break is looked for over this many lines at once; longer cells are read one by one
SPAN = 12
END_MARK = "\x1a"


@dataclass(frozen=True, slots=True)
class Window:
    """Physical lines with their line ends (`line`) and the UTF-8 text they are cut from.

    `nul`: lines that hold a NUL; `strange`: lines with other signs that a plain split would treat in its own way;
    None: no line. `last`: the list ends with this window.
    """

    data: bytes
    line: pl.Series
    grammar: Grammar
    nul: pl.Series | None
    strange: pl.Series | None
    last: bool = False

    @classmethod
    def of(cls, data: bytes, grammar: Grammar, last: bool = False) -> "Window":
        """The physical lines of `data`."""
        mark = "\r" if grammar.carriage_return else "\n"
        if not data:
            return cls(data, pl.Series("line", [], pl.String()), grammar, None, None, last)
        line = pl.Series("line", [data], pl.Binary()).cast(pl.String()).str.split(mark, inclusive=True).explode()
        return cls(data, line, grammar, _nul(data, line), _strange(data, line, grammar), last)

    def recut(self, places: pl.Series) -> "Window | None":
        """The window with its lines cut at carriage returns that end records, when one of `places` holds such."""
        if self.grammar.carriage_return or b"\r" not in self.data:
            return None
        some = self.line.gather(places).to_frame("line").with_columns(index=places)
        some = some.filter(_inner_return(pl.col("line")))
        some = some.filter(self._glued(some["line"])) if some.height else some
        if not some.height:
            return None
        pieces = some.with_columns(pl.col("line").str.split("\r", inclusive=True)).explode("line")
        # "\r\n" ends one piece, not two
        feed = (pl.col("line") == "\n") & (pl.col("index") == pl.col("index").shift(1))
        joined = pl.when(feed.shift(-1).fill_null(False)).then(pl.col("line") + "\n").otherwise("line")
        pieces = pieces.select("index", line=joined, feed=feed.fill_null(False)).filter(~pl.col("feed")).drop("feed")
        kept = self.line.to_frame("line").with_row_index("index").join(some.select("index"), on="index", how="anti")
        line = pl.concat([kept, pieces.select(kept.columns)]).sort("index", maintain_order=True)["line"]
        return replace(self, line=line, nul=_nul(self.data, line), strange=_strange(self.data, line, self.grammar))

    def _glued(self, line: pl.Series) -> pl.Series:
        """Whether a line with carriage returns inside is several records rather than one with such a cell."""
        text, most = pl.col("line"), self.grammar.width - 1
        count = text.str.count_matches(self.grammar.delimiter, literal=True)
        quoted = text.str.contains('"', literal=True)
        inside = text.str.strip_chars_end("\r\n").str.contains("\r", literal=True)
        plain = pl.when(~inside).then(False).when(~quoted).then((count != most) | pl.lit(most == 0))
        sure = plain.when(pl.lit(most > 1) & (count >= 2 * most)).then(~self.formed(text))
        answer = line.to_frame("line").select(sure).to_series()
        unsure = answer.is_null().arg_true()
        # one by one: only the grammar knows how far the damaged quotes of such a line reach
        cut = [most == 0 or len(self.grammar.cut(text).cells) != most + 1 for text in line.gather(unsure).to_list()]
        return answer.scatter(unsure, cut)

    @property
    def height(self) -> int:
        """Number of physical lines."""
        return self.line.len()

    def offset(self, index: int) -> int:
        """Bytes of the lines before line `index`."""
        return len(self.data) - int(self.line.slice(index).str.len_bytes().sum())

    def judged(self, header: str) -> "tuple[Window, pl.Series, pl.DataFrame]":
        """The window, its lines cut again where needed, the kind of every line as the first of a record, and the
        VERDICT of those that are no faultless records."""
        places, count = self._irregular(header)
        again = self.recut(places) if places.len() else None
        if again:
            return again.judged(header)
        kinds = pl.Series("kind", [REGULAR], pl.UInt8()).new_from_index(0, self.height)
        if not places.len():
            return self, kinds, pl.DataFrame(schema=VERDICT)
        asked = self._asked(places, count, header)
        return self, kinds.scatter(asked["index"], asked["kind"]), asked

    def _irregular(self, header: str) -> tuple[pl.Series, pl.Series]:
        """The lines that are not plainly faultless records, and the number of delimiters of every line."""
        line, delimiter = pl.col("line"), self.grammar.delimiter
        count = line.str.count_matches(delimiter, literal=True)
        quoted = line.str.contains('"', literal=True) if b'"' in self.data else pl.lit(False)
        # first signs of blank and empty lines, comments, quotes: all below "0" but for some delimiters
        special = (line < "0") | ((line >= delimiter) & (line < chr(ord(delimiter) + 1)))
        special = special | line.is_in([header + end for end in ("\n", "\r\n", "\r", "")])
        if self.grammar.width == 1 and b"\r" in self.data:
            # in a single column nothing else tells two records from one
            special = special | _inner_return(line)
        fits = pl.col("count") == self.grammar.width - 1
        seen = self.line.to_frame("line").with_columns(count=count)
        regular = seen.select(fits & ~quoted & ~special).to_series()
        for signs in (self.nul, self.strange):
            regular = regular if signs is None else regular & ~signs
        places = (~regular).arg_true()
        if b'"' in self.data and places.len():
            places = places.filter(~self._faultless(places, header))
        return places, seen["count"]

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

    def _asked(self, places: pl.Series, count: pl.Series, header: str) -> pl.DataFrame:
        """VERDICT of the lines at `places`, which are not plainly regular."""
        line, width = pl.col("line"), self.grammar.width
        some = self.line.gather(places).to_frame("line").with_columns(index=places, count=count.gather(places))
        body = line.str.strip_chars_end("\r\n")
        text = body if self.nul is None else body.str.replace_all("\0", "", literal=True)
        nul = pl.lit(False) if self.nul is None else pl.lit(self.nul.gather(places))
        strange = pl.lit(False) if self.strange is None else pl.lit(self.strange.gather(places))
        inner = _inner_return(line) if b"\r" in self.data else pl.lit(False)
        some = some.with_columns(text=text, nul=nul, strange=strange, inner=inner)
        fits, quoted = pl.col("count") == width - 1, pl.col("text").str.contains('"', literal=True)
        signs = pl.col("text").str.contains(SIGNS)
        opened = pl.col("text").str.contains(rf'(?:^|{re.escape(self.grammar.delimiter)})\s*"')
        comment = pl.col("text").str.starts_with("#") & ~line.str.contains("@", literal=True) & ~fits & ~opened
        bare = pl.when(line.str.contains(r"^\s*$")).then(BLANK).otherwise(EMPTY)
        # a plain split cuts these lines rightly; a single cell may be a whole row in another delimiter
        flat = (pl.col("count") > 0) | pl.lit(width <= 2)
        kind = (
            pl.when(line.str.contains(self._empty)).then(bare)
            .when(pl.col("strange") | (pl.col("inner") & (quoted | ~fits))).then(ODD)
            .when((body == header) & ~pl.col("nul")).then(HEADER)
            .when(fits & ~quoted).then(FLAT)
            .when(comment & ~pl.col("nul")).then(COMMENT)
            .when(quoted & signs).then(ODD)
            .when(quoted).then(None)
            .when(flat).then(FLAT)
            .otherwise(OTHER)
        )  # fmt: skip
        some = some.with_columns(kind=kind.cast(pl.UInt8), code=pl.lit(None, pl.String()))
        told = some.filter(pl.col("kind").is_not_null() & (pl.col("kind") != OTHER)).select(list(VERDICT))
        rest = [self._other(some.filter(kind=OTHER)), self._quoted(some.filter(pl.col("kind").is_null()))]
        return pl.concat([told, *rest])

    def _other(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines without the list's delimiter: perhaps they have another one, which stands in `code`."""
        code = pl.lit(None, pl.String())
        for other in reversed([d for d in OTHER_DELIMITERS if d != self.grammar.delimiter]):
            many = pl.col("text").str.count_matches(other, literal=True) == self.grammar.width - 1
            code = pl.when(many).then(pl.lit(other)).otherwise(code)
        kind = pl.when(pl.col("code").is_null()).then(FLAT).otherwise(OTHER)
        return some.with_columns(code=code).with_columns(kind=kind.cast(pl.UInt8)).select(list(VERDICT))

    def _quoted(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines with quotes."""
        if not some.height:
            return pl.DataFrame(schema=VERDICT)
        return Quotes(self.grammar, self._ahead).judged(some.select("index", "text", "count"))

    def _ahead(self, places: pl.Series) -> pl.DataFrame:
        """Of each line: whether the next one could stand alone (`whole`), and whether a quote that it leaves open is
        surely not closed below in a way that would be believed (`broken`)."""
        d, text = re.escape(self.grammar.delimiter), pl.col("text")
        # the same question as Grammar.looks_whole
        surplus = text.str.count_matches(self.grammar.delimiter, literal=True).cast(pl.Int64) - (self.grammar.width - 1)
        whole = (surplus >= 0) & (
            text.str.contains("@", literal=True) | ((surplus == 0) & pl.lit(self.grammar.width > 3))
        )
        quotes = text.str.count_matches('"', literal=True)
        # how the first quote of a line would deal with a quote left open above
        first = (
            pl.when(quotes == 0).then(None)
            .when(~text.str.contains(rf'^[^"]*"(?:"|{d}|[\r\n]|$)')).then(0)
            .when((quotes == 1) & text.str.contains(rf'^[^"]*"(?:{d}|\r?\n?$)')).then(1)
            .otherwise(2)
        )  # fmt: skip
        lines = self.line.to_frame("text")
        if self.nul is not None:
            lines = lines.select(text.str.replace_all("\0", "", literal=True))
        seen = lines.select(whole=whole, first=first.cast(pl.UInt8)).with_row_index("index")
        torn = (~pl.col("whole")).cast(pl.UInt32).cum_sum()
        at = pl.when(pl.col("first").is_not_null()).then(torn)
        seen = seen.select(
            whole=pl.col("whole").shift(-1, fill_value=self.last),
            # the next line with a quote: how it begins, and whether a line up to it could not stand alone
            first=pl.col("first").shift(-1).fill_null(strategy="backward"),
            torn=at.shift(-1).fill_null(strategy="backward") - torn + (~pl.col("whole")).cast(pl.UInt32),
        )
        closed = (pl.col("first") == 1) & (pl.col("torn") == 0)
        broken = (
            (pl.col("first") == 0) | closed
            if not self.last
            else (pl.col("first") == 0) | closed | pl.col("first").is_null()
        )
        return seen.select("whole", broken=broken.fill_null(False))[places]

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


def _nul(data: bytes, line: pl.Series) -> pl.Series | None:
    return line.str.contains("\0", literal=True) if b"\0" in data else None


def _strange(data: bytes, line: pl.Series, grammar: Grammar) -> pl.Series | None:
    text = pl.col("line")
    signs = []
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
