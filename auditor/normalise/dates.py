"""Dates, moments and counts out of text: the day/month order is decided per column over the whole list.

`03/04/2025` alone does not say whether it is March or April. One value above 12 in either place decides for its
column; then what the user, the format or the language of the headers states; then the dots of German writing. A
column that stays undecided is reported, never guessed row by row.
"""

from collections.abc import Mapping

import polars as pl

from auditor import columns
from auditor.columns import Kind
from auditor.normalise.lanes import PRECISION, parse, shapes
from auditor.normalise.moments import Shape
from auditor.stage import Context, Fact, Survey, once_each

DATED = tuple(c.name for c in columns.CANONICAL if c.kind in (Kind.DATE, Kind.TIME))
TIMES = tuple(c.name for c in columns.CANONICAL if c.kind is Kind.TIME)
COUNTS = tuple(c.name for c in columns.CANONICAL if c.kind is Kind.COUNT)
SURVEY = "date_order"
# one contrary value in so many is a slip of the pen, not another order
DOMINANCE = 20

# what the survey counts per column: values by shape, and which place of d/m/y texts exceeds 12
EVIDENCE: dict[str, pl.DataType] = {
    "column": pl.String(),
    **{shape.value: pl.Int64() for shape in Shape},
    "first_over_12": pl.Int64(),
    "second_over_12": pl.Int64(),
    "undecided": pl.Int64(),
    "dotted": pl.Int64(),
}


def observe(batch: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Evidence of one batch: one row per date column that holds anything."""
    rows = [
        {"column": name, **shapes(batch.get_column(f"{name}_text"))}
        for name in DATED
        if batch.get_column(f"{name}_text").null_count() < batch.height
    ]
    return pl.DataFrame(rows, schema=EVIDENCE)


def merge(partials: pl.DataFrame) -> pl.DataFrame:
    """Evidence of stacked partials, added up per column."""
    return partials.group_by("column").sum().select(list(EVIDENCE)).sort("column")


def conclude(total: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The evidence with `order` (dmy, mdy, undecided, none) and `decided_by` (values, stated, dots) of every column."""
    rows = total.iter_rows(named=True)
    decided = [_decide(row, _stated_order(row["column"], context)) for row in rows]
    return total.with_columns(
        pl.Series("order", [order for order, _ in decided], dtype=pl.String),
        pl.Series("decided_by", [by for _, by in decided], dtype=pl.String),
    )


def _stated_order(column: str, context: Context) -> str | None:
    """Order that the user, the format or the language of the headers states for the input columns of `column`."""
    if context.settings.date_order:
        return context.settings.date_order
    orders = {use.date_order for use in context.mapping.uses(column)}
    return orders.pop() if len(orders) == 1 else None


def _decide(row: Mapping[str, int], stated: str | None) -> tuple[str, str | None]:
    first, second = row["first_over_12"], row["second_over_12"]
    if not first + second + row["undecided"]:
        return "none", None
    if max(first, second) and max(first, second) >= DOMINANCE * min(first, second):
        return ("dmy" if first > second else "mdy"), "values"
    if first and second:
        return "undecided", "values"
    if stated in ("dmy", "mdy"):
        return stated, "stated"
    return ("dmy", "dots") if row["dotted"] >= row["undecided"] else ("undecided", None)


SURVEYS = (
    Survey(
        name=SURVEY,
        reads=tuple(f"{name}_text" for name in DATED),
        observe=observe,
        merge=merge,
        conclude=conclude,
        doc="how the dates of every column are written, and in which order day and month stand",
    ),
)


def _typed(batch: pl.DataFrame, context: Context) -> pl.DataFrame:
    order = _orders(context)
    typed: dict[str, pl.Series] = {}
    unclear: dict[str, pl.Series] = {}
    unread: dict[str, pl.Series] = {}
    for name in DATED:
        text = batch.get_column(f"{name}_text")
        if text.null_count() == batch.height:
            continue
        table = _read(text, order.get(name, "undecided"), name in TIMES, context)
        typed[name] = table.get_column("value")
        if name in TIMES:
            typed[f"{name}_precision"] = table.get_column("precision")
        unclear[name], unread[name] = table.get_column("ambiguous"), table.get_column("unreadable")
    for name in COUNTS:
        text = batch.get_column(f"{name}_text")
        if text.null_count() < batch.height:
            typed[name] = _count(text)
    typed["dates_ambiguous"] = _names(unclear, batch.height)
    typed["dates_unreadable"] = _names(unread, batch.height)
    blank = {name: pl.Series([None], dtype=dtype) for name, dtype in ADDS.items() if name not in typed}
    typed |= {name: cell.new_from_index(0, batch.height) for name, cell in blank.items()}
    return pl.DataFrame([typed[name].alias(name) for name in ADDS])


def _read(text: pl.Series, order: str, time: bool, context: Context) -> pl.DataFrame:
    """PARSED columns of each cell; cells that read the same are parsed once."""

    def judge(rows: pl.DataFrame) -> pl.DataFrame:
        return parse(rows.to_series(), order, time)

    return once_each(f"dates, {order}", text.to_frame(), context, judge)


def _orders(context: Context) -> dict[str, str]:
    survey = context.surveys.get(SURVEY)
    return {} if survey is None else dict(survey.select("column", "order").iter_rows())


def _count(text: pl.Series) -> pl.Series:
    """Whole numbers, also as spreadsheets write them (`12.0`, `1 200`); anything else is unknown."""
    plain = text.str.replace_all(r"[\s\u{00A0}\u{202F}]", "").str.replace(r"[.,]0+$", "")
    return plain.str.to_integer(strict=False, dtype=pl.Int64)


def _names(marks: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Names of the marked columns per row, joined by commas; null where none is marked."""
    marked = {name: mark for name, mark in marks.items() if mark.any()}
    if not marked:
        return pl.Series("", [None], dtype=pl.String).new_from_index(0, height)
    table = pl.DataFrame([mark.alias(name) for name, mark in marked.items()])
    named = [pl.when(pl.col(name)).then(pl.lit(name)) for name in marked]
    text = table.select(pl.concat_str(named, separator=",", ignore_nulls=True).alias("names")).to_series()
    return text.set(text == "", None)


ADDS: dict[str, pl.DataType] = {
    **{name: columns.BY_NAME[name].dtype for name in (*DATED, *COUNTS)},
    **{f"{name}_precision": PRECISION for name in TIMES},
    "dates_ambiguous": pl.String(),
    "dates_unreadable": pl.String(),
}

FACTS = (
    Fact(
        name="typed_dates",
        reads=tuple(f"{name}_text" for name in (*DATED, *COUNTS)),
        adds=ADDS,
        apply=_typed,
        surveys=(SURVEY,),
        doc=(
            "typed dates, moments (UTC, with precision month, day, minute, second or zone) and counts; "
            "`dates_ambiguous` names the row's columns whose day and month cannot be told apart, "
            "`dates_unreadable` those that hold no date, both as canonical names joined by commas"
        ),
    ),
)
