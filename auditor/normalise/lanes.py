"""Whole columns of dates: vectorised lanes for the layouts that fill millions of rows, the grammar for the rest.

A lane answers what `moments.read` would answer, cell by cell; a test compares them.
"""

import polars as pl

from auditor.normalise.moments import NUMERIC, YEARS, Shape, plain, read
from auditor.stage import values

PRECISION = pl.String()
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MINUTE = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SECOND = rf"{_MINUTE}:[0-5][0-9]"
_HALF = r"(?:0[1-9]|1[0-2]):[0-5][0-9]"
_OFFSET = r"[+-](?:0[0-9]|1[0-4]):?[0-5][0-9]"
_ISO_DAY = rf"^{_DAY}(?:[ T]{_MINUTE}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?Z?)?$"
_ISO = rf"^{_DAY}(?:[ T]{_MINUTE}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z| ?{_OFFSET})?)?$"
# the same sign twice; this regex engine has no back-references
_NUMBERS = r"(?:[0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{2}-[0-9]{2}-[0-9]{4}|[0-9]{2}\.[0-9]{2}\.[0-9]{4})"
_FIXED = rf"^{_NUMBERS}(?: {_SECOND}| {_MINUTE}| {_HALF}(?::[0-5][0-9])? [AaPp][Mm])?$"
_LONE_DIGIT, _PADDED = r"\b([0-9])([/.:\-])", "0${1}${2}"
# (mask, format, precision): disjoint, so their order is a matter of speed only
_ISO_LANES = (
    (rf"^{_DAY} {_SECOND}$", "%Y-%m-%d %H:%M:%S", "second"),
    (rf"^{_DAY}T{_SECOND}(?:\.[0-9]{{1,6}})?Z$", "%Y-%m-%dT%H:%M:%S%.fZ", "zone"),
    (rf"^{_DAY}T{_SECOND}(?:\.[0-9]{{1,6}})?{_OFFSET}$", "%Y-%m-%dT%H:%M:%S%.f%z", "zone"),
    (rf"^{_DAY} {_SECOND} {_OFFSET}$", "%Y-%m-%d %H:%M:%S %z", "zone"),
    (rf"^{_DAY} {_MINUTE}$", "%Y-%m-%d %H:%M", "minute"),
    (rf"^{_DAY}T{_SECOND}$", "%Y-%m-%dT%H:%M:%S", "second"),
    (rf"^{_DAY}$", "%Y-%m-%d", "day"),
)
_FIXED_LANES = (
    (rf"^{_NUMBERS}$", "", "day"),
    (rf"^{_NUMBERS} {_MINUTE}$", " %H:%M", "minute"),
    (rf"^{_NUMBERS} {_SECOND}$", " %H:%M:%S", "second"),
    (rf"^{_NUMBERS} {_HALF} [AaPp][Mm]$", " %I:%M %p", "minute"),
    (rf"^{_NUMBERS} {_HALF}:[0-5][0-9] [AaPp][Mm]$", " %I:%M:%S %p", "second"),
)
_DAYS = {"dmy": "%d-%m-%Y", "mdy": "%m-%d-%Y"}
PARSED: dict[str, pl.DataType] = {
    "value": pl.Datetime("us"),
    "precision": PRECISION,
    "ambiguous": pl.Boolean(),
    "unreadable": pl.Boolean(),
}


def parse(text: pl.Series, order: str, time: bool) -> pl.DataFrame:
    """`value` (Datetime, or Date unless `time`), `precision`, `ambiguous`, `unreadable` of every cell."""
    value, precision = _lanes(text, order, time)
    rest = value.is_null() & text.is_not_null()
    if not rest.any():
        no = pl.Series("no", [False], dtype=pl.Boolean).new_from_index(0, len(text))
        return _table(value, precision, no, no)
    left = text.set(~rest, None)
    distinct = left.drop_nulls().unique()
    moments = [read(cell, order) for cell in distinct.to_list()]
    answers = {
        "value": [m.value if time or m.value is None else m.value.date() for m in moments],
        "precision": [m.precision for m in moments],
        "ambiguous": [m.ambiguous for m in moments],
    }
    dtypes = {"value": value.dtype, "precision": PRECISION, "ambiguous": pl.Boolean()}
    key = pl.DataFrame({"key": distinct, **answers}, schema={"key": pl.String(), **dtypes})
    joined = left.to_frame("key").join(key, on="key", how="left", maintain_order="left")
    value = value.zip_with(~rest, joined.get_column("value"))
    precision = precision.zip_with(~rest, joined.get_column("precision"))
    ambiguous = joined.get_column("ambiguous").fill_null(False)
    return _table(value, precision, ambiguous, rest & value.is_null() & ~ambiguous)


def _table(value: pl.Series, precision: pl.Series, ambiguous: pl.Series, unreadable: pl.Series) -> pl.DataFrame:
    parts = {"value": value, "precision": precision, "ambiguous": ambiguous, "unreadable": unreadable}
    return pl.DataFrame([series.alias(name) for name, series in parts.items()])


def _lanes(text: pl.Series, order: str, time: bool) -> tuple[pl.Series, pl.Series]:
    """What the vectorised layouts read; null is left to `read`."""
    if time:
        return _moments(text, order)
    fits = text.str.contains(_ISO_DAY).fill_null(False)
    value = _sane(text.set(~fits, None).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False))
    if value.null_count() > text.null_count():
        later, _ = _moments(text.set(fits, None), order)
        value = value.zip_with(fits, later.dt.date())
    return value, _blank(len(text), PRECISION)


def _moments(text: pl.Series, order: str) -> tuple[pl.Series, pl.Series]:
    found = (_blank(len(text), pl.Datetime("us")), _blank(len(text), PRECISION))
    for mask, layout, kind in _ISO_LANES:
        found = _ride(text, mask, layout, kind, *found)
    if order in _DAYS:
        found = _fixed(text, order, *found)
        if found[0].null_count() > text.null_count():
            # 1/4/2025 3:45 PM as 01/04/2025 03:45 PM
            rest = text.set(found[0].is_not_null(), None)
            found = _fixed(rest.str.replace_all(_LONE_DIGIT, _PADDED), order, *found)
    return found


def _fixed(text: pl.Series, order: str, value: pl.Series, precision: pl.Series) -> tuple[pl.Series, pl.Series]:
    for mask, layout, kind in _FIXED_LANES:
        value, precision = _ride(text, mask, _DAYS[order] + layout, kind, value, precision)
    return value, precision


def _ride(
    text: pl.Series, mask: str, layout: str, kind: str, value: pl.Series, precision: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """`value` and `precision` with the cells of one lane added."""
    if value.null_count() == text.null_count():
        return value, precision
    fits = text.str.contains(mask).fill_null(False)
    if not fits.any():
        return value, precision
    cells = text.set(~fits, None)
    if not layout.startswith("%Y"):
        cells = cells.str.replace_all(r"[/.]", "-")
    if kind == "day":
        found = cells.str.to_date(layout, strict=False).cast(pl.Datetime("us"))
    else:
        found = cells.str.to_datetime(layout, strict=False, time_unit="us")
    found = _sane(found.dt.replace_time_zone(None))
    return value.zip_with(~fits, found), precision.set(fits & found.is_not_null(), kind)


def _sane(value: pl.Series) -> pl.Series:
    year = value.dt.year()
    wrong = ((year < YEARS.start) | (year >= YEARS.stop)).fill_null(False)
    return value.set(wrong, None) if wrong.any() else value


def _blank(height: int, dtype: pl.DataType) -> pl.Series:
    return pl.Series("", [None], dtype=dtype).new_from_index(0, height)


def shapes(text: pl.Series) -> dict[str, int]:
    """How many cells write their date in which shape, and what numeric ones tell of the order of day and month."""
    count = dict.fromkeys([*Shape, "first_over_12", "second_over_12", "undecided", "dotted"], 0)
    distinct = values(text)
    if len(distinct) * 2 < len(text) and distinct.str.contains(_ISO).all():
        count[Shape.ISO] = text.count()
        return {str(key): number for key, number in count.items()}
    iso = text.str.contains(_ISO).fill_null(False)
    count[Shape.ISO] = int(iso.sum())
    rest = text.filter(~iso).drop_nulls()
    for pad in (False, True):
        if rest.len():
            cells = rest.str.replace_all(_LONE_DIGIT, _PADDED) if pad else rest
            fixed = cells.str.contains(_FIXED)
            _count_fixed(cells.filter(fixed), count)
            rest = rest.filter(~fixed)
    for cell, times in rest.value_counts().iter_rows():
        _count_one(cell, times, count)
    return {str(key): value for key, value in count.items()}


def _count_fixed(cells: pl.Series, count: dict[str, int]) -> None:
    """`dd/mm/yyyy` cells: two slices tell the order."""
    if not cells.len():
        return
    first, second = cells.str.slice(0, 2), cells.str.slice(3, 2)
    over, under = first > "12", second > "12"
    count[Shape.NUMERIC] += cells.len()
    count["first_over_12"] += int((over & ~under).sum())
    count["second_over_12"] += int((under & ~over).sum())
    count["undecided"] += int((~over & ~under & (first != second)).sum())
    count["dotted"] += int((cells.str.slice(2, 1) == ".").sum())


def _count_one(cell: str, times: int, count: dict[str, int]) -> None:
    count[read(cell, "").shape] += times
    if found := NUMERIC.fullmatch(plain(cell)):
        first, second = int(found["a"]), int(found["b"])
        count["dotted"] += times * (found["sep"] == ".")
        if first > 12 >= second:
            count["first_over_12"] += times
        elif second > 12 >= first:
            count["second_over_12"] += times
        elif first != second:
            count["undecided"] += times
