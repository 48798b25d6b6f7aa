"""Carriage returns inside lines that end with a line feed: ends of records, or text of one record."""

from collections.abc import Callable

import polars as pl

from auditor.intake.records import Grammar

# whether texts are faultless records
Formed = Callable[[pl.Series], pl.Series]


# a carriage return elsewhere than before the line feed at the end
INSIDE = r"\r[^\n]"


def cut(line: pl.Series, count: pl.Series, grammar: Grammar, formed: Formed) -> tuple[pl.Series, pl.Series, bool, bool]:
    """The lines and the delimiters in each, cut also where carriage returns end records; whether any was cut, and
    whether a carriage return is left inside a line."""
    places = line.str.contains("\r", literal=True).arg_true()
    some = line[places]
    near = some.str.contains(INSIDE)
    places, some = places.filter(near), some.filter(near)
    glued = _glued(some, count[places], grammar, formed)
    if not glued.any():
        return line, count, False, places.len() > 0
    lines = pl.DataFrame({"line": line, "count": count}).with_row_index("index")
    pieces = _pieces(lines[places.filter(glued)].select("index", "line"), grammar)
    kept = pl.Series([True]).new_from_index(0, line.len()).scatter(places.filter(glued), False)
    both = pl.concat([lines.filter(kept), pieces]).sort("index", maintain_order=True)
    return both["line"], both["count"], True, not glued.all()


def _pieces(lines: pl.DataFrame, grammar: Grammar) -> pl.DataFrame:
    """The lines cut behind every carriage return; "\\r\\n" ends one piece, not two."""
    pieces = lines.with_columns(pl.col("line").str.split("\r", inclusive=True)).explode("line")
    feed = ((pl.col("line") == "\n") & (pl.col("index") == pl.col("index").shift(1))).fill_null(False)
    joined = pl.when(feed.shift(-1, fill_value=False)).then(pl.col("line") + "\n").otherwise("line")
    pieces = pieces.select("index", line=joined, feed=feed).filter(~pl.col("feed")).drop("feed")
    return pieces.with_columns(count=pl.col("line").str.count_matches(grammar.delimiter, literal=True))


def _glued(line: pl.Series, count: pl.Series, grammar: Grammar, formed: Formed) -> pl.Series:
    """Whether a line with carriage returns inside is several records rather than one with such a cell."""
    most = grammar.width - 1
    # more than one of them at the end, and none before
    within = line.str.contains(r"\r[^\r\n]")
    several = within & (count != most) if most else within
    unsure = several & line.str.contains('"', literal=True)
    if most > 1:
        # the dear question is asked of few lines
        wide = (unsure & (count >= 2 * most)).arg_true()
        several = several.scatter(wide, ~formed(line[wide])) if wide.len() else several
        unsure = unsure & (count < 2 * most)
    places = unsure.arg_true()
    # one by one: only the grammar knows how far the damaged quotes of such a line reach
    wrong = [most == 0 or len(grammar.cut(text).cells) != most + 1 for text in line[places].to_list()]
    return several.scatter(places, wrong) if wrong else several
