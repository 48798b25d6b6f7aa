"""What every reader of cells shares: trimming, empty answers, judging once per distinct value."""

from collections.abc import Callable, Iterable

import polars as pl

from auditor.stage import repeats, values

# cells that mean "nothing" in exports of five languages (folded); `?` is a vague answer, not an empty one
EMPTY = frozenset(
    {
        "-", "--", "---", "–", "—", ".", "n/a", "#n/a", "#na", "n/d", "n.d.", "nd", "null", "(null)", "[null]", "nil",
        "none", "(none)", "nan", "k.a.", "k. a.", "nc", "n.c.", "s/o", "#ref!", "#value!", "#name?", "#valeur!",
        "#nom?", "(blank)", "(empty)", "(vide)", "undefined", "sin datos", "0000-00-00", "0000-00-00 00:00:00",
        "00/00/0000", "00/00/00", "0/0/00",
        "non renseigné", "non renseigne", "not specified", "no data", "keine angabe", "<na>",
    }
)  # fmt: skip
# the family name Null and the given name Nan exist: in name columns only signs are empty
EMPTY_NAME = frozenset({"-", "--", "---", "–", "—", ".", "n/a", "#n/a", "#ref!", "#value!", "(null)", "k.a."})
_NAMES = frozenset({"first_name", "last_name", "full_name"})


def _variants(words: Iterable[str]) -> list[str]:
    """The spellings of `words` found in files: a list test on the raw cell is cheaper than folding every cell."""
    return sorted({form for word in words for form in (word, word.upper(), word.title(), word.capitalize(), "k.A.")})


_EMPTY_CELLS = pl.Series(["", *_variants(EMPTY)]).implode()
_EMPTY_NAMES = pl.Series(["", *_variants(EMPTY_NAME)]).implode()


def trim(cells: pl.Series, name: str = "") -> pl.Series:
    """Cells without outer blanks and spreadsheet armour; null where nothing is said."""
    void = _EMPTY_NAMES if name in _NAMES else _EMPTY_CELLS
    if repeats(cells):
        # the distinct values cost a fifth of the column, and mostly there is nothing to trim (measured)
        stated = values(cells)
        if _trimmed(stated, void) is stated:
            return cells
    return _trimmed(cells, void)


def _trimmed(cells: pl.Series, empty: pl.Series) -> pl.Series:
    """The same of any cells, by the `empty` answers; `cells` itself where nothing is to be changed."""
    text = cells.str.strip_chars()
    cell, bare = pl.col("cell"), pl.col("bare")
    blanks, signs, void = (
        pl.DataFrame({"cell": cells, "bare": text})
        .select_seq(
            blanks=(bare.str.len_bytes() != cell.str.len_bytes()).any(),
            # order tests cost a quarter of prefix tests (measured): whether any cell begins between ' and =
            signs=((bare >= "'") & (bare < ">")).any(),
            void=bare.is_in(empty).any(),
        )
        .row(0)
    )
    if not blanks:
        # most columns have nothing to trim: the same text twice would double the memory of a batch
        text = cells
    if signs and (text.str.starts_with("=") | text.str.starts_with("'")).any():
        text = _unarmour(text)
        void = True
    return text.set(text.is_in(empty).fill_null(False), None) if void else text


def _unarmour(text: pl.Series) -> pl.Series:
    """`="+33…"` and `'+33…` as the spreadsheet showed them; a real formula stays as it is."""
    plain = text.str.replace(r'^="([^"]*)"$', "$1").str.replace(r"^'([+=@\-\d].*[^'])$", "$1")
    return plain.str.strip_chars()


def by_distinct(text: pl.Series, judge: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """`judge` of every cell, called once per distinct value."""
    distinct = text.drop_nulls().unique()
    answers = pl.Series([judge(cell) for cell in distinct.to_list()], dtype=dtype)
    return text.replace_strict(distinct, answers, default=None, return_dtype=dtype)


def first(series: list[pl.Series]) -> pl.Series:
    """The first filled cell of each row."""
    result = series[0]
    for other in series[1:]:
        result = result.zip_with(result.is_not_null(), other)
    return result


def join(filled: list[pl.Series], glue: str) -> pl.Series:
    """All filled cells of each row, with `glue` between them; null where none is filled."""
    table = pl.DataFrame([series.alias(f"s{i}") for i, series in enumerate(filled)])
    text = table.select(pl.concat_str(pl.all(), separator=glue, ignore_nulls=True)).to_series()
    return text.set(text == "", None)


def longest(text: pl.Series) -> int:
    """Bytes of the longest cell."""
    longest = text.str.len_bytes().max()
    return longest if isinstance(longest, int) else 0
