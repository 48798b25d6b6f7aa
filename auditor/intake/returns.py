"""Carriage returns inside lines that end with a line feed: ends of records, or text of one record."""

from collections.abc import Callable

import polars as pl

from auditor.intake.records import Grammar


def inside(line: pl.Expr) -> pl.Expr:
    """Whether a carriage return stands elsewhere than before the line feed at the end."""
    rest = line.str.len_bytes() - line.str.find("\r", literal=True)
    return ((rest > 2) | ((rest == 2) & ~line.str.ends_with("\n"))).fill_null(False)


def cut(
    line: pl.Series, count: pl.Series, grammar: Grammar, formed: Callable[[pl.Expr], pl.Expr]
) -> tuple[pl.Series, pl.Series, bool, bool]:
    """The lines and the delimiters in each, cut also where carriage returns end records; whether any was cut, and
    whether a carriage return is left inside a line. `formed`: is it a faultless record?"""
    holding = line.str.contains("\r", literal=True).arg_true()
    some = line.gather(holding)
    near = some.to_frame("line").select(inside(pl.col("line"))).to_series()
    places, some = holding.filter(near), some.filter(near)
    glued = _glued(some, count.gather(places), grammar, formed)
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


def _glued(line: pl.Series, count: pl.Series, grammar: Grammar, formed: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Whether a line with carriage returns inside is several records rather than one with such a cell."""
    text, most = pl.col("line"), grammar.width - 1
    frame = pl.DataFrame({"line": line, "count": count})
    quoted = text.str.contains('"', literal=True)
    within = text.str.strip_chars_end("\r\n").str.contains("\r", literal=True)
    one = ~within | ((pl.col("count") == most) & pl.lit(most > 0))
    sure = pl.when(one).then(False).when(~quoted).then(True)
    answer = frame.select(sure.alias("sure")).to_series()
    if most > 1:
        # the dear question is asked of few lines
        wide = (answer.is_null() & (count >= 2 * most)).arg_true()
        answer = answer.scatter(wide, frame[wide].select(~formed(text)).to_series()) if wide.len() else answer
    unsure = answer.is_null().arg_true()
    # one by one: only the grammar knows how far the damaged quotes of such a line reach
    wrong = [most == 0 or len(grammar.cut(text).cells) != most + 1 for text in line.gather(unsure).to_list()]
    return answer.scatter(unsure, wrong) if wrong else answer
