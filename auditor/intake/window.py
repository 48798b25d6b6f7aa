"""A stretch of physical lines, classified with vector operations: what is plainly a record, what needs judgement.

Cheap questions are asked of every line; the others only of the lines that the cheap ones leave open.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property, partial

import polars as pl

from auditor.intake import forms, returns
from auditor.intake.asking import IT, ask, ask_rows, keep, occurrences
from auditor.intake.quotes import (
    BLANK,
    COMMENT,
    EMPTY,
    FLAT,
    HEADER,
    ODD,
    REGULAR,
    SIGNS,
    VERDICT,
    Quotes,
)
from auditor.intake.records import CODES, OTHER_DELIMITERS, Grammar

# a quoted line break is looked for over this many lines at once; longer cells are read one by one
SPAN = 12
# a line without the delimiter, while it is not known whether it has another one
_LONE_CELL = 99
_LONE = re.compile(rb"\r(?!\n)")
# a line without its end
_BODY = IT.str.strip_chars_end("\r\n")
# a record over several lines: its first line, how many it takes, their text
SPANS = {"index": pl.UInt32(), "lines": pl.UInt32(), "text": pl.String()}


@dataclass(frozen=True)
class Window:
    """Physical lines with their line ends (`line`), how many delimiters (`count`) and `quotes` stand in each, and the
    UTF-8 text they are cut from.

    `nul`: lines that hold a NUL; `strange`: lines with other signs that a plain split would treat in its own way;
    None: no line. `last`: the list ends with this window.
    """

    data: bytes
    line: pl.Series
    count: pl.Series
    quotes: pl.Series
    grammar: Grammar
    nul: pl.Series | None
    strange: pl.Series | None
    last: bool = False
    # some lines end with a carriage return where others end with a line feed
    mixed: bool = False
    # a carriage return may stand inside a line
    inner: bool = False

    @classmethod
    def of(cls, data: bytes, grammar: Grammar, last: bool = False) -> "Window":
        """The physical lines of `data`, cut also at carriage returns that end records."""
        mark = "\r" if grammar.carriage_return else "\n"
        if not data:
            none, zero = pl.Series("line", [], pl.String()), pl.Series([], dtype=pl.UInt32())
            return cls(data, none, zero, zero, grammar, None, None, last)
        # a lone value would be copied at each step, as the same for all rows (measured): it has an empty one beside it
        text = pl.Series([data, None], dtype=pl.Binary()).cast(pl.String())
        line = ask(text, IT.str.split(mark, inclusive=True)).explode()[:-1].rename("line")
        held = b'"' in data
        count, *quotes = occurrences(line, grammar.delimiter + '"' * held)
        mixed = inner = False
        # most lists have no carriage return, or one before each line feed
        if not grammar.carriage_return and b"\r" in data and _LONE.search(data):
            line, count, mixed, inner = returns.cut(line, count, grammar, partial(forms.formed, grammar))
            quotes = occurrences(line, '"') if held and mixed else quotes
        some = quotes[0] if held else pl.Series([0], dtype=pl.UInt32()).new_from_index(0, line.len())
        nul, strange = forms.nul(data, line), forms.strange(data, line, grammar, inner)
        return cls(data, line, count, some, grammar, nul, strange, last, mixed, inner)

    @property
    def height(self) -> int:
        """Number of physical lines."""
        return self.line.len()

    def behind(self, index: int, used: int) -> "Window":
        """The lines from `index` on, which begin at byte `used`."""
        nul, strange = (None if signs is None else signs.slice(index) for signs in (self.nul, self.strange))
        line, count, quotes = (column.slice(index) for column in (self.line, self.count, self.quotes))
        return replace(self, data=self.data[used:], line=line, count=count, quotes=quotes, nul=nul, strange=strange)

    def above(self, other: "Window") -> "Window":
        """These lines and those of `other`, which follow them."""
        return replace(
            other,
            data=self.data + other.data,
            line=pl.concat([self.line, other.line], rechunk=True),
            count=pl.concat([self.count, other.count], rechunk=True),
            quotes=pl.concat([self.quotes, other.quotes], rechunk=True),
            nul=_above(self.nul, other.nul, self.height, other.height),
            strange=_above(self.strange, other.strange, self.height, other.height),
            mixed=self.mixed or other.mixed,
            inner=self.inner or other.inner,
        )

    def offset(self, index: int) -> int:
        """Bytes of the lines before line `index`."""
        return len(self.data) - int(self.line.slice(index).str.len_bytes().sum())

    def judged(self, header: str) -> tuple[pl.Series, pl.DataFrame, pl.DataFrame]:
        """The kind of every line as the first of a record, the VERDICT of those that are no faultless records, and
        the faultless records over several lines (`spans`)."""
        places = self._irregular(header)
        kinds = pl.Series("kind", [REGULAR], pl.UInt8()).new_from_index(0, self.height)
        spans = self.spans(self._ends(places, header))
        if spans.height:
            # lines at either end of a span are left to be read in order
            held = pl.concat([spans["index"], spans["index"] + (spans["lines"] - 1)])
            kinds = kinds.scatter(held, ODD)
            places = places.filter(kinds[places] != ODD)
        if not places.len():
            return kinds, pl.DataFrame(schema=VERDICT), spans
        asked = self._asked(places, header)
        return kinds.scatter(asked["index"], asked["kind"]), asked, spans

    @cached_property
    def _holding(self) -> pl.Series:
        """Whether each line holds a quote."""
        return self.quotes > 0

    def _irregular(self, header: str) -> pl.Series:
        """The lines that are not plainly faultless records."""
        line, delimiter, most = self.line, self.grammar.delimiter, self.grammar.width - 1
        # first signs of blank and empty lines, comments, quotes: all below "0" but for some delimiters
        special = (line < "0") | ((line >= delimiter) & (line < chr(ord(delimiter) + 1)))
        if not most and b"\r" in self.data:
            # in a single column nothing else tells two records from one
            special = special | ask(line, IT.str.contains(returns.INSIDE))
        again = ask(line, IT.is_in([header + end for end in ("\n", "\r\n", "\r", "")]))
        fits, sound = self.count == most, ~again
        for signs in (self.nul, self.strange):
            sound = sound if signs is None else sound & ~signs
        doubtful = ~(fits & ~self._holding & ~special & sound)
        if not self._holding.any():
            return doubtful.arg_true()
        unsure = doubtful & sound & (self.count >= most) & (self._holding | fits)
        return doubtful.scatter(self._faultless(unsure.arg_true()), False).arg_true()

    def _faultless(self, places: pl.Series) -> pl.Series:
        """Those of `places` whose lines are well-formed records and not empty."""
        places = places.filter(self._formed(places))
        # rows of empty quotes are short
        short = self.line[places].str.len_bytes() <= 4 * self.grammar.width + 8
        near = short.arg_true()
        if not near.len():
            return places
        empty = ask(self.line[places[near]], IT.str.contains(self._empty))
        return places.filter(~short.scatter(near, empty)) if empty.any() else places

    def _formed(self, places: pl.Series) -> pl.Series:
        """Whether the lines at `places` are well-formed records; none of them holds a NUL."""
        line, d, most = self.line[places], self.grammar.delimiter, self.grammar.width - 1
        if self.inner:
            return forms.formed(self.grammar, line)
        # most have one cell in quotes: what stands around it is asked in half the time of the pattern (measured)
        quotes = self.quotes[places]
        single, several = quotes == 2, (quotes != 2) & (quotes % 2 == 0)
        parts = ask(line.filter(single), IT.str.splitn('"', 3)).struct.unnest()
        parts.columns = ["left", "cell", "right"]
        before = (pl.col("left") == "") | pl.col("left").str.ends_with(d)
        behind = pl.col("right").str.starts_with(d) | pl.col("right").is_in(["", "\n", "\r\n", "\r"])
        outside = self.count[places].filter(single) - ask(parts["cell"], IT.str.count_matches(d, literal=True))
        good = single.scatter(single.arg_true(), ask_rows(parts, before & behind) & (outside == most))
        return good.scatter(several.arg_true(), forms.formed(self.grammar, line.filter(several)))

    def _ends(self, places: pl.Series, header: str) -> pl.Series:
        """Those of `places` where a span may begin or end: an odd number of quotes, in what may be a record."""
        places = places.filter(self.quotes[places] % 2 == 1)
        line = self.line[places]
        apart = self._comment(line, self.count[places])
        if header.count('"') % 2:
            apart = apart | (ask(line, _BODY) == header)
        if not apart.any():
            return places
        # these are records after all
        near = self._peculiar(places) if self.nul is None else self._peculiar(places) | self.nul[places]
        return places.filter(near | ~apart)

    def crossing(self, seam: int, header: str) -> pl.DataFrame:
        """The span that begins above line `seam` and ends below, if there is one."""
        start = max(seam - SPAN, 0)
        odd = (self.quotes.slice(start, 2 * SPAN) % 2 == 1).arg_true() + start
        ends = self._ends(odd, header)
        return self.spans(pl.concat([ends.filter(ends < seam).tail(1), ends.filter(ends >= seam).head(1)]))

    def _peculiar(self, places: pl.Series) -> pl.Series:
        """Whether the lines at `places` hold signs that a plain split would treat in its own way."""
        odd = pl.Series([False]).new_from_index(0, places.len()) if self.strange is None else self.strange[places]
        if not self.inner:
            return odd
        # a carriage return in a cell is text like any other, but for two of them at the end
        line, count = self.line[places], self.count[places]
        ends = ask(line, IT.str.ends_with("\r\r\n") | IT.str.ends_with("\r\r"))
        return odd | (ask(line, IT.str.contains(returns.INSIDE)) & (ends | (count != self.grammar.width - 1)))

    def _asked(self, places: pl.Series, header: str) -> pl.DataFrame:
        """VERDICT of the lines at `places`, which are neither plainly regular nor at the ends of spans."""
        width, line, count = self.grammar.width, self.line[places], self.count[places]
        text = body = ask(line, _BODY)
        quoted, no = self._holding[places], pl.Series([False]).new_from_index(0, places.len())
        nul = no if self.nul is None else self.nul[places]
        if nul.any():
            at = nul.arg_true()
            text = text.clone().scatter(at, ask(text[at], IT.str.replace_all("\0", "", literal=True)))
        empty, bare = self._blank(line), no
        if empty.any():
            at = empty.arg_true()
            bare = no.clone().scatter(at, ask(line[at], IT.str.contains(r"^\s*$")))
        some = pl.DataFrame(
            {
                "index": places,
                "text": text,
                "count": count,
                "quoted": quoted,
                "fits": count == width - 1,
                "odd": self._peculiar(places),
                "empty": empty,
                "bare": bare,
                "signs": ask(text, IT.str.contains(f"[{SIGNS}]")),
                "again": (body == header) & ~nul,
                "comment": self._comment(line, count) & ~nul,
            }
        )
        # a plain split cuts these lines rightly; a single cell may be a whole row in another delimiter
        flat = (pl.col("count") > 0) | pl.lit(width <= 2)
        kind = (
            pl.when("bare").then(BLANK)
            .when("empty").then(EMPTY)
            .when("odd").then(ODD)
            .when("again").then(HEADER)
            .when(pl.col("fits") & ~pl.col("quoted") & ~pl.col("signs")).then(FLAT)
            .when("comment").then(COMMENT)
            .when("signs").then(ODD)
            .when("quoted").then(None)
            .when(flat).then(FLAT)
            .otherwise(_LONE_CELL)
        )  # fmt: skip
        some = some.select_seq(
            "index", kind.cast(pl.UInt8).alias("kind"), pl.lit(None, pl.UInt8()).alias("code"), "text", "count"
        )
        kinds = some["kind"]
        open_ = kinds.is_null()
        alone = ~open_ & (kinds == _LONE_CELL)
        parts = [keep(some, ~open_ & ~alone)]
        if alone.any():
            parts.append(self._other(keep(some, alone)))
        if open_.any():
            parts.append(self._quoted(keep(some, open_)))
        return pl.concat(parts)

    def _comment(self, line: pl.Series, count: pl.Series) -> pl.Series:
        """Whether each line is a remark of the tool that wrote the list, rather than a damaged record."""
        near = ((line >= "#") & (line < "$") & (count != self.grammar.width - 1)).arg_true()
        answer = pl.Series([False]).new_from_index(0, line.len())
        if not near.len():
            return answer
        opened = IT.str.contains(rf'(?:^|{re.escape(self.grammar.delimiter)})\s*"')
        return answer.scatter(near, ask(line[near], ~opened & ~IT.str.contains("@", literal=True)))

    def _other(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines without the list's delimiter: those with another one are read by it."""
        d, most, text = self.grammar.delimiter, self.grammar.width - 1, some["text"]
        code, count = some["code"], some["count"]
        left = pl.Series([True]).new_from_index(0, some.height)
        for other in OTHER_DELIMITERS:
            if other == d:
                continue
            near = left.arg_true()
            places = near.filter(occurrences(text[near], other)[0] == most)
            if places.len():
                text = text.scatter(places, ask(text[places], IT.str.replace_all(other, d, literal=True)))
                code, count = code.scatter(places, CODES.index("other_delimiter")), count.scatter(places, most)
                left = left.scatter(places, False)
        kind = pl.lit(FLAT, pl.UInt8()).alias("kind")
        return some.select_seq("index", kind, code.alias("code"), text.alias("text"), count.alias("count"))

    def _quoted(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines with quotes."""
        return Quotes(self.grammar, self.stand, self.unclosed).judged(some.select("index", "text", "count"))

    def stand(self, places: pl.Series) -> pl.Series:
        """Whether the line below each of `places` could stand alone; true at the end of the list."""
        return self._whole.extend_constant(self.last, 1)[places + 1]

    def unclosed(self, places: pl.Series) -> pl.Series:
        """Whether a quote left open at each of `places` is surely not closed below in a way that would be believed."""
        quoted = self._holding.arg_true()
        # the next line with a quote
        at = quoted.search_sorted(places, side="right")
        known = at < quoted.len()
        below = quoted[at.clip(0, quoted.len() - 1)]
        # whether its first quote ends no cell; or ends one and is the only one, and no line on the way is a part
        d = re.escape(self.grammar.delimiter)
        next_ = self.line[below]
        next_ = next_ if self.nul is None else ask(next_, IT.str.replace_all("\0", "", literal=True))
        broken = ~ask(next_, IT.str.contains(rf'^[^"]*"(?:"|{d}|[\r\n]|$)'))
        if not broken.all():
            closed = ask(next_, IT.str.contains(rf'^[^"]*"(?:(?:{d})[^"]*|\r?\n?)$'))
            broken = broken | (closed & self._all_whole(places, below))
        return (broken & known) | ~known if self.last else broken & known

    def _all_whole(self, first: pl.Series, last: pl.Series) -> pl.Series:
        """Whether every line from `first` to `last` could stand alone."""
        answer = self._stands(first) & self._stands(last)
        near = answer.arg_true()
        if not near.len():
            return answer
        torn = (~self._whole).cast(pl.UInt32).cum_sum()
        return answer.scatter(near, torn[last[near]] == torn[first[near]])

    @cached_property
    def _whole(self) -> pl.Series:
        """Whether each line could stand alone."""
        return self._stands(None)

    def _stands(self, places: pl.Series | None) -> pl.Series:
        """Whether each line, or those at `places`, could stand alone."""
        line, count = (column if places is None else column[places] for column in (self.line, self.count))
        most = self.grammar.width - 1
        fits, more = (count == most) & (most > 2), count >= most
        # the same question as `Grammar.looks_whole`; the address matters to few lines
        unsure = (more & ~fits).arg_true()
        return fits.scatter(unsure, ask(line[unsure], IT.str.contains("@", literal=True))) if unsure.len() else fits

    @property
    def _empty(self) -> str:
        d = re.escape(self.grammar.delimiter)
        return rf'^\s*(?:"")?(?:{d}\s*(?:"")?\s*)*$'

    def _blank(self, line: pl.Series) -> pl.Series:
        """Whether each line holds nothing but blanks, delimiters and empty quotes."""
        # first signs of such lines: below "0", the delimiter, or blanks beyond ASCII
        d = self.grammar.delimiter
        near = ((line < "0") | ((line >= d) & (line < chr(ord(d) + 1))) | (line >= "\x80")).arg_true()
        answer = pl.Series([False]).new_from_index(0, line.len())
        return answer.scatter(near, ask(line[near], IT.str.contains(self._empty))) if near.len() else answer

    def spans(self, ends: pl.Series) -> pl.DataFrame:
        """SPANS: faultless records with quoted line breaks that begin and end at lines with an odd number of quotes.

        `ends`: these lines, ascending; a span runs from one to the next one. It is no record when every line of it
        could stand alone: then the quotes are strays that happen to match.
        """
        first, last = ends.head(max(ends.len() - 1, 0)), ends.slice(1)
        near = (last - first) < SPAN
        first, last = first.filter(near), last.filter(near)
        torn = ~self._all_whole(first, last)
        first, last = first.filter(torn), last.filter(torn)
        opened = ask(self.line[first], IT.str.contains(forms.opening(self.grammar)))
        both = opened & ask(self.line[last], IT.str.contains(forms.closing(self.grammar)))
        first, last = first.filter(both), last.filter(both)
        if not first.len():
            return pl.DataFrame(schema=SPANS)
        text, many = self.line[first] + self.line[last], last - first + 1
        long = (many > 2).arg_true()
        if long.len():
            text = text.scatter(long, self._texts(first[long], many[long]))
        joined = pl.DataFrame({"index": first, "lines": many, "text": text})
        return keep(joined, forms.formed(self.grammar, text)).cast(SPANS)  # type: ignore[arg-type]

    def _texts(self, first: pl.Series, many: pl.Series) -> pl.Series:
        """The text of `many` lines from each of `first` on."""
        text = self.line[first]
        for number in range(1, int(many.max())):  # type: ignore[arg-type]
            more = (many > number).arg_true()
            text = text.scatter(more, text[more] + self.line[first[more] + number])
        return text


def _above(first: pl.Series | None, second: pl.Series | None, *heights: int) -> pl.Series | None:
    """Answers to lines and to those below them."""
    if first is None and second is None:
        return None
    no = pl.Series([False])
    both = (
        no.new_from_index(0, height) if mask is None else mask
        for mask, height in zip((first, second), heights, strict=True)
    )
    return pl.concat(both, rechunk=True)
