"""Lines with quotes that are no faultless records, judged with vector operations.

The answers are those of `Grammar.read` for a record that takes one line; where the grammar would have to read on in
the lines below, or where this look is too coarse, the answer is ODD and the grammar is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from auditor.intake.records import ESCAPE, ESCAPED, Grammar, blanks

# kinds of a physical line that begins a record: what it is, and how it is cut into cells
REGULAR, FLAT, MARKED, OTHER, LOST, ODD, BLANK, EMPTY, COMMENT, HEADER = range(10)
# what stands in `text` for a quote that opens a cell, for one that may close it, and for two in a row
QUOTE, CLOSES, PAIR, KEPT = "\x01", "\x03", "\x04", "\x05"
SIGNS = f"[{QUOTE}{CLOSES}{PAIR}{KEPT}{ESCAPED}]"
VERDICT = {
    "index": pl.UInt32(),
    "kind": pl.UInt8(),
    "code": pl.String(),
    "text": pl.String(),
    "count": pl.UInt32(),
}
_NONE = pl.lit(None, pl.String())
_COUNT = pl.col("count")
# cells beyond the header's width that are cut with vector operations
_SURPLUS = 8


@dataclass(frozen=True, slots=True)
class Quotes:
    """Judges lines of one list. `ahead(index)` tells of the lines below each line: whether the next one could stand
    alone (`whole`), and whether a quote left open is surely not closed there (`broken`)."""

    grammar: Grammar
    ahead: Callable[[pl.Series], pl.DataFrame]

    def judged(self, some: pl.DataFrame) -> pl.DataFrame:
        """VERDICT of lines given as `index`, `text` (no line end, no NUL) and `count` of delimiters, in any order.

        FLAT lines are cut by a plain split of `text`, MARKED ones by a split that knows QUOTE. `code` is null where
        the number of cells tells what was repaired.
        """
        d, framed = self.grammar.delimiter, pl.col("framed")
        some = some.with_columns(framed=pl.concat_str(pl.lit(d), "text", pl.lit(d)))
        opens = framed.str.contains(d + '"', literal=True)
        closes = framed.str.contains('"' + d, literal=True)
        b = f"{blanks(d)}+"
        wide = framed.str.contains(rf'{re.escape(d)}{b}"|"{b}{re.escape(d)}')
        fits = pl.col("count") == self.grammar.width - 1
        way = pl.when(~opens & (~wide | fits)).then(0).when(wide).then(1).when(closes).then(2).otherwise(3)
        ways = some.with_columns(way=way, fits=fits).partition_by("way", as_dict=True, include_key=False)
        steps = (self._plain, self._wide, self._enclosed, self._opened)
        return pl.concat([steps[key[0]](part) for key, part in ways.items()])

    def _plain(self, some: pl.DataFrame) -> pl.DataFrame:
        """No quote stands where it could open a cell: a plain split is the one reading."""
        alone = (pl.col("count") == 0) & pl.lit(self.grammar.width > 2)
        return _verdict(some, pl.when(alone).then(ODD).otherwise(FLAT), _NONE, pl.col("text"))

    def _opened(self, some: pl.DataFrame) -> pl.DataFrame:
        """A quote opens a cell and none can close it."""
        broken = pl.col("framed").str.contains(re.escape(self.grammar.delimiter) + '"[^"]*"')
        doubt = pl.col("text").str.contains('""', literal=True)
        return self._given_up(some.select("index", "text", "count", "fits", open=True, broken=broken, doubt=doubt))

    def _enclosed(self, some: pl.DataFrame) -> pl.DataFrame:
        """Quotes that open cells and quotes that close them."""
        some = self._spans(some, pl.col("framed"))
        strict, fits = ~pl.col("open") & ~pl.col("broken"), pl.col("seps") == self.grammar.width - 1
        alone = (pl.col("seps") == 0) & pl.lit(self.grammar.width > 2)
        stray = pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        doubt, read = pl.col("doubt"), strict | (~pl.col("open") & fits)
        some = some.with_columns(read=read | doubt, fitting=fits)
        cut = some.filter("read")
        code = pl.when(~strict).then(pl.lit("stray_quote")).when(fits & stray).then(pl.lit("stray_quote_in_text"))
        many = pl.col("seps") >= self.grammar.width + _SURPLUS
        kind = pl.when(doubt | many | (alone & ~fits)).then(ODD).otherwise(MARKED)
        rest = some.filter(~pl.col("read")).select("index", "text", "count", "fits", "open", "broken", "doubt")
        return pl.concat([_cut(cut, kind, code), self._given_up(rest)])

    def _wide(self, some: pl.DataFrame) -> pl.DataFrame:
        """Blanks between quotes and delimiters: the strict reading takes them as text, the tolerant one does not."""
        d, b, width = self.grammar.delimiter, f"{blanks(self.grammar.delimiter)}+", self.grammar.width
        strict = self._spans(some, pl.col("framed"))
        right = ~pl.col("open") & ~pl.col("broken") & ~pl.col("doubt") & (pl.col("seps") == width - 1)
        strict = strict.with_columns(right=right, unsure="doubt")
        stray = pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        code = pl.when(stray).then(pl.lit("stray_quote_in_text"))
        first = _cut(strict.filter("right"), pl.lit(MARKED), code)
        framed = pl.col("framed").str.replace_all(rf'{re.escape(d)}{b}"', f'{d}"')
        framed = framed.str.replace_all(rf'"{b}{re.escape(d)}', f'"{d}')
        loose = self._spans(strict.filter(~pl.col("right")), framed)
        clear = (
            ~pl.col("unsure") & ~pl.col("open") & ~pl.col("nested") & ~pl.col("doubt") & (pl.col("seps") == width - 1)
        )
        clear = clear & ~pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        return pl.concat([first, _cut(loose, pl.when(clear).then(MARKED).otherwise(ODD), pl.lit("stray_quote"))])

    def _spans(self, some: pl.DataFrame, framed: pl.Expr) -> pl.DataFrame:
        """Lines with their cells in quotes marked, and what the marks tell.

        A quote behind a delimiter opens a cell, the next one before a delimiter closes it; `bare` is the line without
        such cells. `broken`: another quote stands in such a cell, which the strict reading does not allow.
        """
        d = self.grammar.delimiter
        marks = framed.str.replace_all(d + '"', d + QUOTE, literal=True)
        marks = marks.str.replace_all('"' + d, CLOSES + d, literal=True).str.replace_all('""', PAIR, literal=True)
        some = some.with_columns(marks=marks.str.strip_prefix(d).str.strip_suffix(d))
        marks, bare = pl.col("marks"), pl.col("bare")
        some = some.with_columns(bare=marks.str.replace_all(f"{QUOTE}[^{CLOSES}]*{CLOSES}", ""))
        # the strict reading takes two quotes before a delimiter as one of the text
        late = marks.str.contains(f'"{CLOSES}', literal=True) & ~marks.str.contains(
            f'^[^"{QUOTE}]*(?:{QUOTE}[^{CLOSES}{QUOTE}"]*{CLOSES}[^"{QUOTE}]*)*{QUOTE}[^"{CLOSES}]*"[^{CLOSES}]'
        )
        both = bare.str.contains(PAIR, literal=True)
        return some.with_columns(
            open=bare.str.contains(QUOTE, literal=True),
            seps=bare.str.count_matches(d, literal=True),
            nested=bare.str.contains(CLOSES, literal=True)
            | (marks.str.count_matches(QUOTE, literal=True) != marks.str.count_matches(CLOSES, literal=True)),
            broken=(marks.str.count_matches('"', literal=True) != bare.str.count_matches('"', literal=True))
            | bare.str.contains(f'(?s){QUOTE}.*["{QUOTE}]')
            | marks.str.contains(f"{QUOTE}[^{CLOSES}{QUOTE}]*{QUOTE}"),
            doubt=marks.str.contains(QUOTE + d, literal=True)
            | marks.str.ends_with(QUOTE)
            | marks.str.contains(f'{QUOTE}[^{CLOSES}{QUOTE}]*{QUOTE}["{CLOSES}{PAIR}]')
            | late
            | both,
        )

    def _given_up(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines that no plain reading of their quotes fits: escapes are tried, then quotes are signs like others.

        `open`: a cell is not closed; `broken`: text follows a quote in it, so that no line below can be part of it.
        """
        below = self.ahead(some["index"]) if some["open"].any() else None
        if below is None:
            known = some.with_columns(sure=~pl.col("doubt"))
        else:
            held = below["whole"] & (some["broken"] | below["broken"])
            known = some.with_columns(sure=~pl.col("doubt") & (~pl.col("open") | held))
        escaped = pl.col("sure") & pl.col("text").str.contains(ESCAPE, literal=True)
        known = known.with_columns(escaped=escaped)
        odd = pl.col("text").str.count_matches('"', literal=True) % 2 == 1
        kind = pl.when(~pl.col("sure")).then(ODD).when("fits").then(FLAT).otherwise(LOST)
        code = pl.when(~pl.col("fits")).then(pl.lit("unbalanced_quotes")).when(odd).then(pl.lit("unclosed_quote"))
        done = _verdict(known, kind, code.otherwise(pl.lit("stray_quote")), pl.col("text"))
        if not known["escaped"].any():
            return done
        return pl.concat(
            [done.filter(~known["escaped"]), self._escaped(known.filter("escaped"), done.filter(known["escaped"]))]
        )

    def _escaped(self, some: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
        """Lines in which a backslash stands before a quote; `other`: what they are when that is no reading."""
        d = self.grammar.delimiter
        framed = pl.concat_str(pl.lit(d), pl.col("text").str.replace_all(ESCAPE, ESCAPED, literal=True), pl.lit(d))
        wide = rf'{re.escape(d)}{blanks(d)}+"|"{blanks(d)}+{re.escape(d)}'
        seen = self._spans(some.select("index", framed=framed), pl.col("framed"))
        plain = ~pl.col("doubt") & ~pl.col("framed").str.contains(wide)
        fits = ~pl.col("open") & (pl.col("seps") == self.grammar.width - 1)
        seen = seen.with_columns(plain=plain, right=plain & fits)
        cut = _cut(seen, pl.when("plain").then(MARKED).otherwise(ODD), pl.lit("stray_quote"))
        cut = cut.with_columns(pl.col("text").str.replace_all(ESCAPED, ESCAPE, literal=True))
        mine = seen["right"] | ~seen["plain"]
        return pl.concat([cut.filter(mine), other.filter(~mine)])


def _cut(some: pl.DataFrame, kind: pl.Expr, code: pl.Expr) -> pl.DataFrame:
    """MARKED lines, their quotes as the parser is to take them."""
    marks = pl.col("marks")
    simple = marks.str.replace_all(CLOSES, QUOTE, literal=True)
    if some["nested"].any():
        kept = marks.str.replace_all(f"{QUOTE}([^{CLOSES}]*){CLOSES}", f"{KEPT}${{1}}{KEPT}")
        kept = kept.str.replace_all(f"[{QUOTE}{CLOSES}]", '"').str.replace_all(KEPT, QUOTE, literal=True)
        simple = pl.when("nested").then(kept).otherwise(simple)
    return _verdict(some, kind, code, simple.str.replace_all(PAIR, '"', literal=True), pl.col("seps"))


def _verdict(some: pl.DataFrame, kind: pl.Expr, code: pl.Expr, text: pl.Expr, count: pl.Expr = _COUNT) -> pl.DataFrame:
    return some.select(
        "index",
        kind.cast(pl.UInt8).alias("kind"),
        code.cast(pl.String).alias("code"),
        text.alias("text"),
        count.alias("count"),
    )
