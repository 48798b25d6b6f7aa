"""Carriage returns inside lines that end with a line feed: ends of records, or text of one record."""

from collections.abc import Callable

import polars as pl

from auditor.intake.records import Grammar


def inside(line: pl.Expr) -> pl.Expr:
    """Whether a carriage return stands elsewhere than before the line feed at the end."""
    rest = line.str.len_bytes() - line.str.find("\r", literal=True)
    return ((rest > 2) | ((rest == 2) & ~line.str.ends_with("\n"))).fill_null(False)


def cut(line: pl.Series, grammar: Grammar, formed: Callable[[pl.Expr], pl.Expr]) -> pl.Series | None:
    """The lines, cut where carriage returns end records; None when none does. `formed`: is it a faultless record?"""
    lines = line.to_frame("line").with_row_index("index")
    some = lines.filter(inside(pl.col("line")))
    some = some.filter(_glued(some["line"], grammar, formed)) if some.height else some
    if not some.height:
        return None
    pieces = some.with_columns(pl.col("line").str.split("\r", inclusive=True)).explode("line")
    # "\r\n" ends one piece, not two
    feed = ((pl.col("line") == "\n") & (pl.col("index") == pl.col("index").shift(1))).fill_null(False)
    joined = pl.when(feed.shift(-1, fill_value=False)).then(pl.col("line") + "\n").otherwise("line")
    pieces = pieces.select("index", line=joined, feed=feed).filter(~pl.col("feed")).drop("feed")
    kept = lines.join(some.select("index"), on="index", how="anti")
    return pl.concat([kept, pieces]).sort("index", maintain_order=True)["line"]


def _glued(line: pl.Series, grammar: Grammar, formed: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Whether a line with carriage returns inside is several records rather than one with such a cell."""
    text, most = pl.col("line"), grammar.width - 1
    count = text.str.count_matches(grammar.delimiter, literal=True)
    quoted = text.str.contains('"', literal=True)
    within = text.str.strip_chars_end("\r\n").str.contains("\r", literal=True)
    one = ~within | ((count == most) & pl.lit(most > 0))
    sure = (
        pl.when(one)
        .then(False)
        .when(~quoted)
        .then(True)
        .when(pl.lit(most > 1) & (count >= 2 * most))
        .then(~formed(text))
    )
    answer = line.to_frame("line").select(sure).to_series()
    unsure = answer.is_null().arg_true()
    # one by one: only the grammar knows how far the damaged quotes of such a line reach
    wrong = [most == 0 or len(grammar.cut(text).cells) != most + 1 for text in line.gather(unsure).to_list()]
    return answer.scatter(unsure, wrong)
