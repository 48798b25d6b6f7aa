"""Columns asked and filtered on the calling thread.

Windows are read on several threads as it is. Polars hands a lone question, and every filter of a frame, to threads of
its own: that takes five times as long as the call itself on a few rows (measured), and there were seventy per window.
"""

import polars as pl

# the column that `ask` puts its questions to
IT = pl.col("it")
# polars keeps several questions on the calling thread, and hands over a single one
_SECOND = pl.lit(None).alias("second")


def ask(column: pl.Series, question: pl.Expr) -> pl.Series:
    """The answer to a question about IT, of each value of `column`."""
    return ask_rows(column.alias("it").to_frame(), question)


def ask_rows(frame: pl.DataFrame, question: pl.Expr) -> pl.Series:
    """The answer to a question about the columns of `frame`, of each row."""
    return frame.select_seq(question.alias("answer"), _SECOND).to_series()


def keep(frame: pl.DataFrame, mask: pl.Series) -> pl.DataFrame:
    """The rows of `frame` where `mask` is true."""
    return pl.DataFrame([column.filter(mask) for column in frame.get_columns()])


def occurrences(text: pl.Series, signs: str) -> list[pl.Series]:
    """How often each of `signs` stands in each value of `text`."""
    # comparing all bytes at once takes a third of the time of a search through each text (measured)
    octets = text.cast(pl.Binary()).cast(pl.List(pl.UInt8()))
    return [
        ask(octets, IT.list.count_matches(pl.lit(ord(sign), pl.UInt8())))
        if sign.isascii()
        else ask(text, IT.str.count_matches(sign, literal=True))
        for sign in signs
    ]
