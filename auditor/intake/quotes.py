"""Lines with quotes that are no faultless records, judged with vector operations.

The answers are those of `Grammar.read` for a record that takes one line; where the grammar would have to read on in
the lines below, or where this look is too coarse, the answer is ODD and the grammar is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from auditor.intake.records import CODES, ESCAPE, ESCAPED, Grammar, blanks

# kinds of a physical line that begins a record: what it is, and how it is cut into cells
REGULAR, FLAT, MARKED, LOST, ODD, BLANK, EMPTY, COMMENT, HEADER = range(9)
# what stands in `text` for a quote that opens a cell, for one that may close it, and for two in a row
QUOTE, CLOSES, PAIR, KEPT = "\x01", "\x03", "\x04", "\x05"
SIGNS = QUOTE + CLOSES + PAIR + KEPT + ESCAPED
VERDICT = {
    "index": pl.UInt32(),
    "kind": pl.UInt8(),
    "code": pl.UInt8(),
    "text": pl.String(),
    "count": pl.UInt32(),
}
_NONE = pl.lit(None, pl.UInt8())
_COUNT = pl.col("count")
# above this many columns a counted regex grows too large to compile
COUNTED = 64
# cells beyond the header's width that are cut with vector operations
_SURPLUS = 8


def coded(code: str) -> pl.Expr:
    """The number of a code, which is cheaper to hand on than its name."""
    return pl.lit(CODES.index(code), pl.UInt8())


@dataclass(frozen=True, slots=True)
class Quotes:
    """Judges lines of one list. `stand` tells of lines whether the next one could stand alone, `unclosed` whether a
    quote left open in them is surely not closed below."""

    grammar: Grammar
    stand: Callable[[pl.Series], pl.Series]
    unclosed: Callable[[pl.Series], pl.Series]

    def judged(self, some: pl.DataFrame) -> pl.DataFrame:
        """VERDICT of lines given as `index`, `text` (no line end, no NUL) and `count` of delimiters, in any order.

        FLAT lines are cut by a plain split of `text`, MARKED ones by a split that knows QUOTE. `code` (its place in
        CODES) is null where the number of cells tells what was repaired.
        """
        d, b, text = re.escape(self.grammar.delimiter), blanks(self.grammar.delimiter), some["text"]
        opens, closes = text.str.contains(rf'(?:^|{d})"'), text.str.contains(rf'"(?:{d}|$)')
        near = text.str.contains(f'{b}"|"{b}')
        wide = _asked(some, near, self._frame.str.contains(rf'{d}{b}+"|"{b}+{d}'))
        plain = ~opens & (~wide | (some["count"] == self.grammar.width - 1))
        way = pl.select(pl.when(plain).then(0).when(wide).then(1).when(closes).then(2).otherwise(3).alias("way"))["way"]
        some, found = some.with_columns(way), []
        escapes = text.str.contains(ESCAPE, literal=True) & ~plain
        if escapes.any():
            others, some = some.filter(~escapes), some.filter(escapes)
            tame = self._tame(some["text"])
            done, rest = self._escaped(some.filter(~tame))
            found, some = [self._unescaped(some.filter(tame)), done], pl.concat([others, rest])
        steps = (self._plain, self._wide, self._enclosed, self._opened)
        ways = some["way"].unique().to_list()
        return pl.concat([*found, *(steps[way](some.filter(way=way) if len(ways) > 1 else some) for way in ways)])

    def _unescaped(self, some: pl.DataFrame) -> pl.DataFrame:
        """VERDICT of lines that are tame."""
        text = pl.col("text").str.replace_many([ESCAPE, '"'], [ESCAPE, QUOTE], leftmost=True)
        return _verdict(some, pl.lit(MARKED), coded("stray_quote"), text, pl.lit(self.grammar.width - 1, pl.UInt32()))

    def _slashed(self, some: pl.DataFrame) -> pl.Series:
        """Whether each line has a quote that closes a cell and is not escaped itself."""
        d = self.grammar.delimiter
        framed = self._frame.str.replace_all(ESCAPE + d, d, literal=True)
        return some.select(framed.str.contains(rf'"{blanks(d)}*{re.escape(d)}')).to_series()

    @property
    def _frame(self) -> pl.Expr:
        return pl.concat_str(pl.lit(self.grammar.delimiter), "text", pl.lit(self.grammar.delimiter))

    def _escaped(self, some: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Lines with a backslash before a quote: VERDICT of those that this explains, or may; the others as given."""
        q, c, e, d = QUOTE, CLOSES, ESCAPED, re.escape(self.grammar.delimiter)
        slashed = self._slashed(some)
        some, others = some.filter(slashed), some.filter(~slashed)
        marked = self._spans(some.with_columns(framed=self._frame), escape=True)
        b, marks = blanks(self.grammar.delimiter), pl.col("edged")
        near = marks.str.contains(f'{b}["{c}{PAIR}]|["{q}{PAIR}]{b}')
        wide = _asked(marked, near, marks.str.contains(f'{d}{b}+["{c}{PAIR}]|["{q}{PAIR}]{b}+{d}'))
        doubt = pl.col("doubt") | wide
        fits = ~pl.col("open") & (pl.col("seps") == self.grammar.width - 1)
        # text follows the first quote in a cell: so no other reading is strict, nor gives other cells of that number
        first = f'^(?:[^{q}{e}"]|{q}[^{c}{e}"]*{c})*{q}[^{c}{e}"]*{e}[^{c}{e}{d}" \t]'
        right = fits & ~pl.col("nested") & ~pl.col("broken") & pl.col("marks").str.contains(first)
        marked = marked.with_columns(mine=doubt | fits, right=right & ~doubt)
        cut = _cut(marked.filter("mine"), pl.when("right").then(MARKED).otherwise(ODD), coded("stray_quote"))
        return cut, pl.concat([others, marked.filter(~pl.col("mine")).select(some.columns)])

    def _tame(self, text: pl.Series) -> pl.Series:
        """Whether each line has the right number of cells, every quote in it opens a cell, closes one, or is escaped,
        and nothing at the edges of a cell or behind the first escape lets it be read in another way."""
        d, width, slash = re.escape(self.grammar.delimiter), self.grammar.width, re.escape(ESCAPE)
        if width > COUNTED:
            return pl.Series([False]).new_from_index(0, text.len())
        first, last = rf'(?:{slash}|[^" \t{d}])', rf'[^"\\ \t{d}]'
        one = rf'(?:[^"{d}]*|"(?:{first}(?:[^"]*{slash})*[^"]*)?{last}")'
        behind = text.str.contains(rf'^[^"]*"[^"]*{slash}[^{d}" \t\\]')
        return behind & text.str.contains(rf"^{one}(?:{d}{one}){{{width - 1}}}$")

    def _plain(self, some: pl.DataFrame) -> pl.DataFrame:
        """No quote stands where it could open a cell: a plain split is the one reading."""
        alone = (pl.col("count") == 0) & pl.lit(self.grammar.width > 2)
        return _verdict(some, pl.when(alone).then(ODD).otherwise(FLAT), _NONE, pl.col("text"))

    def _opened(self, some: pl.DataFrame) -> pl.DataFrame:
        """A quote opens a cell and none can close it."""
        text = some["text"]
        broken = text.str.contains(rf'(?:^|{re.escape(self.grammar.delimiter)})"[^"]*"')
        return self._given_up(
            some.with_columns(broken.alias("broken"), open=True, doubt=text.str.contains('""', literal=True))
        )

    def _enclosed(self, some: pl.DataFrame) -> pl.DataFrame:
        """Quotes that open cells and quotes that close them."""
        some = self._spans(some.with_columns(framed=self._frame))
        strict, fits = ~pl.col("open") & ~pl.col("broken"), pl.col("seps") == self.grammar.width - 1
        alone = (pl.col("seps") == 0) & pl.lit(self.grammar.width > 2)
        stray = pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        doubt, read = pl.col("doubt"), strict | (~pl.col("open") & fits)
        some = some.with_columns(read=read | doubt, fitting=fits)
        cut = some.filter("read")
        code = pl.when(~strict).then(coded("stray_quote")).when(fits & stray).then(coded("stray_quote_in_text"))
        many = pl.col("seps") >= self.grammar.width + _SURPLUS
        kind = pl.when(doubt | many | (alone & ~fits)).then(ODD).otherwise(MARKED)
        rest = some.filter(~pl.col("read"))
        return pl.concat([_cut(cut, kind, code), self._given_up(rest)])

    def _wide(self, some: pl.DataFrame) -> pl.DataFrame:
        """Blanks between quotes and delimiters: the strict reading takes them as text, the tolerant one does not."""
        d, b, width = self.grammar.delimiter, f"{blanks(self.grammar.delimiter)}+", self.grammar.width
        strict = self._spans(some.with_columns(framed=self._frame))
        right = ~pl.col("open") & ~pl.col("broken") & ~pl.col("doubt") & (pl.col("seps") == width - 1)
        strict = strict.with_columns(right=right, unsure="doubt")
        stray = pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        code = pl.when(stray).then(coded("stray_quote_in_text"))
        first = _cut(strict.filter("right"), pl.lit(MARKED), code)
        framed = pl.col("framed").str.replace_all(rf'{re.escape(d)}{b}"', f'{d}"')
        framed = framed.str.replace_all(rf'"{b}{re.escape(d)}', f'"{d}')
        loose = self._spans(strict.filter(~pl.col("right")).with_columns(framed))
        clear = (
            ~pl.col("unsure") & ~pl.col("open") & ~pl.col("nested") & ~pl.col("doubt") & (pl.col("seps") == width - 1)
        )
        clear = clear & ~pl.col("bare").str.contains(f'["{CLOSES}{PAIR}]')
        return pl.concat([first, _cut(loose, pl.when(clear).then(MARKED).otherwise(ODD), coded("stray_quote"))])

    def _spans(self, some: pl.DataFrame, escape: bool = False) -> pl.DataFrame:
        """Lines with the quotes of their `framed` text marked, and what the marks tell; in any order.

        A quote behind a delimiter opens a cell, the next one before a delimiter closes it; `bare` is the line without
        such cells, `seps` its delimiters. `open`: a cell is never closed. `broken`: another quote stands in such a
        cell, which the strict reading does not allow. `nested`: signs that were marked without opening or closing.
        `escape`: a backslash before a quote makes it a sign like others.
        """
        d, q, c = self.grammar.delimiter, QUOTE, CLOSES
        some = some.with_columns(edged=pl.col("framed").str.replace_many(*self._marks(escape), leftmost=True))
        some = some.with_columns(marks=pl.col("edged").str.strip_prefix(d).str.strip_suffix(d))
        some, marks = self._bared(some), pl.col("marks")
        # a closing sign right behind an opening one may be the start of a cell that is a quote and nothing else
        unclear = marks.str.contains('"', literal=True) | marks.str.contains(q + d, literal=True)
        rare = some.select(pl.col("again") | unclear | pl.col("bare").str.contains(f"[{q}{c}{PAIR}]")).to_series()
        no = dict.fromkeys(("open", "nested", "broken", "doubt"), pl.lit(False))
        if not rare.any():
            return some.drop("again").with_columns(**no)
        if rare.all():
            return self._tangled(some)
        return pl.concat([some.filter(~rare).drop("again").with_columns(**no), self._tangled(some.filter(rare))])

    def _marks(self, escape: bool) -> tuple[list[str], list[str]]:
        """What is marked in one pass, and how; where several stand at one place the first of them does.

        They give what marking one after the other gives: escapes, quotes behind a delimiter, those before one, pairs.
        """
        d, q, c = self.grammar.delimiter, QUOTE, CLOSES
        signs = {f'""{d}"': f'"{c}{d}{q}', f'""{d}': f'"{c}{d}', f'"{d}"': f"{c}{d}{q}", f'"{d}': f"{c}{d}"}
        signs |= {f'{d}"': f"{d}{q}", '""': PAIR} | ({ESCAPE: ESCAPED} if escape else {})
        return list(signs), list(signs.values())

    def _bared(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines with `bare`, `seps`, and `again`: a quote opens a cell in which another one would open it."""
        d, q, c, marks = self.grammar.delimiter, QUOTE, CLOSES, pl.col("marks")
        # most lines have one cell in quotes: plain splits cost a third of the expressions below (measured)
        cut = some.select(marks.str.splitn(q, 2)).unnest("marks")
        inner = cut.select(pl.col("field_1").str.splitn(c, 2)).unnest("field_1")
        parts = pl.DataFrame({"left": cut["field_0"], "in": inner["field_0"], "right": inner["field_1"]})
        more = pl.col("left").str.contains(c, literal=True) | pl.col("in").str.contains(q, literal=True)
        more = more | pl.col("right").is_null() | pl.col("right").str.contains(f"[{q}{c}]")
        several = parts.select(more.fill_null(True)).to_series()
        within = pl.col("in").str.count_matches(d, literal=True)
        parts = parts.select(bare=pl.concat_str("left", "right"), seps=some["count"] - within, again=pl.lit(False))
        some = some.drop(parts.columns, strict=False)
        single = pl.concat([some, parts], how="horizontal")
        if not several.any():
            return single
        others = some.filter(several).with_columns(bare=marks.str.replace_all(f"{q}[^{c}]*{c}", ""))
        seps, again = pl.col("bare").str.count_matches(d, literal=True), marks.str.contains(f"{q}[^{c}]*{q}")
        others = others.with_columns(seps=seps, again=again)
        return others if several.all() else pl.concat([single.filter(~several), others])

    def _tangled(self, some: pl.DataFrame) -> pl.DataFrame:
        """The same for lines whose marks do not pair off."""
        d, q, c, marks, bare = self.grammar.delimiter, QUOTE, CLOSES, pl.col("marks"), pl.col("bare")
        some = some.with_columns(
            open=bare.str.contains(q, literal=True),
            nested=bare.str.contains(f"[{q}{c}]") | pl.col("again"),
            inner=marks.str.contains(f'{q}[^{c}]*"[^{c}]*{c}'),
            late=marks.str.contains(f'"{c}', literal=True),
        )
        # the strict reading takes two quotes before a delimiter as one of the text, unless it broke off before
        late = ~marks.str.contains(f'^[^"{q}]*(?:{q}[^{c}{q}"]*{c}[^"{q}]*)*{q}[^"{c}]*"[^{c}]')
        late_ = _asked(some, pl.col("late"), late)
        torn = _asked(some, pl.col("open"), bare.str.contains(f'(?s){q}.*["{q}]'))
        paired = _asked(some, pl.col("again"), marks.str.contains(f'{q}[^{c}{q}]*{q}["{c}{PAIR}]'))
        single = marks.str.contains(q + d, literal=True) | marks.str.ends_with(q)
        return some.drop("again", "inner", "late").with_columns(
            broken=some["inner"] | torn | some["again"],
            doubt=single | late_ | paired | bare.str.contains(PAIR, literal=True),
        )

    def _given_up(self, some: pl.DataFrame) -> pl.DataFrame:
        """Lines that no reading of their quotes fits: the quotes are signs like others, or the line is lost.

        `open`: a cell is not closed; `broken`: text follows a quote in it, so that no line below can be part of it.
        """
        sure = ~pl.col("doubt")
        if some["open"].any():
            asked = (some["open"] & ~some["broken"]).arg_true()
            broken = (
                some["broken"].scatter(asked, self.unclosed(some["index"][asked])) if asked.len() else some["broken"]
            )
            sure = sure & (~pl.col("open") | (self.stand(some["index"]) & broken))
        fits = pl.col("count") == self.grammar.width - 1
        odd = pl.col("text").str.count_matches('"', literal=True) % 2 == 1
        kind = pl.when(~sure).then(ODD).when(fits).then(FLAT).otherwise(LOST)
        code = pl.when(~fits).then(coded("unbalanced_quotes")).when(odd).then(coded("unclosed_quote"))
        return _verdict(some, kind, code.otherwise(coded("stray_quote")), pl.col("text"))


def _asked(some: pl.DataFrame, where: pl.Expr | pl.Series, question: pl.Expr) -> pl.Series:
    """The answer to a dear question, asked only of the lines `where` it matters; false for the others."""
    mask = where if isinstance(where, pl.Series) else some.select(where).to_series()
    if not mask.any():
        return pl.Series([False], dtype=pl.Boolean()).new_from_index(0, some.height)
    places = mask.arg_true()
    return mask.fill_null(False).scatter(places, some[places].select(question).to_series())


def _cut(some: pl.DataFrame, kind: pl.Expr, code: pl.Expr) -> pl.DataFrame:
    """MARKED lines, their quotes as the parser is to take them."""
    marks = pl.col("marks")
    plain = {PAIR: '"', ESCAPED: ESCAPE}
    simple = marks.str.replace_all(CLOSES, QUOTE, literal=True)
    if some["marks"].str.contains(f"[{PAIR}{ESCAPED}]").any():
        simple = marks.str.replace_many({CLOSES: QUOTE} | plain)
    if some["nested"].any():
        kept = marks.str.replace_all(f"{QUOTE}([^{CLOSES}]*){CLOSES}", f"{KEPT}${{1}}{KEPT}")
        kept = kept.str.replace_all(f"[{QUOTE}{CLOSES}]", '"').str.replace_many({KEPT: QUOTE} | plain)
        simple = pl.when("nested").then(kept).otherwise(simple)
    return _verdict(some, kind, code, simple, pl.col("seps"))


def _verdict(some: pl.DataFrame, kind: pl.Expr, code: pl.Expr, text: pl.Expr, count: pl.Expr = _COUNT) -> pl.DataFrame:
    return some.select(
        "index",
        kind.cast(pl.UInt8).alias("kind"),
        code.cast(pl.UInt8).alias("code"),
        text.alias("text"),
        count.alias("count"),
    )
