"""What lines look like: faultless records, cells in quotes that open and close, signs that are peculiar."""

import re

import polars as pl

from auditor.intake.asking import IT, ask
from auditor.intake.quotes import COUNTED
from auditor.intake.records import Grammar

END_MARK = "\x1a"


def opening(grammar: Grammar) -> str:
    """A quote where it can open a cell, as a regex for lines."""
    return rf'(?:^|{re.escape(grammar.delimiter)})"'


def closing(grammar: Grammar) -> str:
    """A quote where it can close a cell, as a regex for lines."""
    return rf'"(?:{re.escape(grammar.delimiter)}|[\r\n]|$)'


def formed(grammar: Grammar, text: pl.Series) -> pl.Series:
    """Whether each text (one or several lines) is a faultless record of the right width."""
    d, width = re.escape(grammar.delimiter), grammar.width
    one = rf'(?:[^"{d}\r\n\x00]*|"(?:[^"\x00]|"")*")'
    end = r"\r?" if grammar.carriage_return else r"\r?\n?"
    if width <= COUNTED:
        return ask(text, IT.str.contains(rf"^{one}(?:{d}{one}){{{width - 1}}}{end}$"))
    bare = IT.str.replace_all(r'"[^"]*"', "").str.count_matches(grammar.delimiter, literal=True)
    return ask(text, IT.str.contains(rf"^{one}(?:{d}{one})*{end}$") & (bare == width - 1))


def nul(data: bytes, line: pl.Series) -> pl.Series | None:
    """Which lines hold a NUL; None: no line."""
    return ask(line, IT.str.contains("\0", literal=True)) if b"\0" in data else None


def strange(data: bytes, line: pl.Series, grammar: Grammar, inner: bool) -> pl.Series | None:
    """Which lines hold other signs that a plain split would treat in its own way; None: no line."""
    signs = []
    if inner:
        # polars' parser drops a carriage return at the end of a cell (measured)
        signs.append(IT.str.contains("\r" + grammar.delimiter, literal=True))
    if grammar.carriage_return and b"\n" in data:
        signs.append(IT.str.contains("\n", literal=True))
    if b"\xef" in data:
        signs.append(IT.str.starts_with("\ufeff"))
    if data.endswith(END_MARK.encode()):
        signs.append(IT == END_MARK)
    return ask(line, pl.any_horizontal(signs)) if signs else None
