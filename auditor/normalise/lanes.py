"""Whole columns of dates: vectorised lanes for the layouts that fill millions of rows, the grammar for the rest.

A lane answers what `moments.read` would answer, cell by cell; a test compares them.
"""

import polars as pl

from auditor.normalise.moments import NUMERIC, YEARS, Shape, plain, read

PRECISION = pl.String()
_HOUR = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_CLOCK = rf"(?:[ T]{_HOUR}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?Z?)?"
_ISO_LANE = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_CLOCK}$"
_FIXED = r"^[0-9]{2}[/.\-][0-9]{2}[/.\-][0-9]{4}"
_FIXED_LANE = rf"{_FIXED}(?: {_HOUR}(?::[0-5][0-9])?)?$"
# (mask, format, precision): disjoint, so their order is a matter of speed only
_ISO_TIMES = (
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$", "%Y-%m-%d %H:%M:%S", "second"),
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z$", "%Y-%m-%dT%H:%M:%S%.fZ", "zone"),
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$", "%Y-%m-%d %H:%M", "minute"),
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$", "%Y-%m-%dT%H:%M:%S", "second"),
)
_FIXED_TIMES = (
    (rf"{_FIXED} [0-9]{{2}}:[0-9]{{2}}$", "%H:%M", "minute"),
    (rf"{_FIXED} [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}$", "%H:%M:%S", "second"),
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
    if not time:
        value = _day_lanes(text, order)
        return value, _blank(len(text), PRECISION)
    value = _blank(len(text), pl.Datetime("us"))
    precision = _blank(len(text), PRECISION)
    lanes = [(mask, layout, kind, False) for mask, layout, kind in _ISO_TIMES]
    if order in _DAYS:
        lanes += [(mask, f"{_DAYS[order]} {layout}", kind, True) for mask, layout, kind in _FIXED_TIMES]
    for mask, layout, kind, numeric in lanes:
        if value.null_count() == text.null_count():
            break
        fits = text.str.contains(mask).fill_null(False)
        if not fits.any():
            continue
        cells = text.set(~fits, None)
        cells = cells.str.replace_all(r"[/.]", "-") if numeric else cells
        found = cells.str.to_datetime(layout, strict=False, time_unit="us")
        value = _sane(found) if value.null_count() == len(value) else value.zip_with(~fits, _sane(found))
        precision = precision.set(fits & value.is_not_null(), kind)
    return value, precision


def _day_lanes(text: pl.Series, order: str) -> pl.Series:
    fits = text.str.contains(_ISO_LANE).fill_null(False)
    cells = text.str.slice(0, 10)
    value = cells.set(~fits, None).str.to_date("%Y-%m-%d", strict=False)
    if value.null_count() == text.null_count() or order not in _DAYS:
        return _sane(value)
    fits = text.str.contains(_FIXED_LANE).fill_null(False)
    if fits.any():
        days = cells.set(~fits, None).str.replace_all(r"[/.]", "-").str.to_date(_DAYS[order], strict=False)
        value = value.zip_with(~fits, days)
    return _sane(value)


def _sane(value: pl.Series) -> pl.Series:
    year = value.dt.year()
    wrong = ((year < YEARS.start) | (year >= YEARS.stop)).fill_null(False)
    return value.set(wrong, None) if wrong.any() else value


def _blank(height: int, dtype: pl.DataType) -> pl.Series:
    return pl.Series("", [None], dtype=dtype).new_from_index(0, height)


def shapes(text: pl.Series) -> dict[str, int]:
    """How many cells write their date in which shape, and what numeric ones tell of the order of day and month."""
    count = dict.fromkeys([*Shape, "first_over_12", "second_over_12", "undecided", "dotted"], 0)
    iso = text.str.contains(_ISO_LANE).fill_null(False)
    count[Shape.ISO] = int(iso.sum())
    rest = text.filter(~iso).drop_nulls()
    if rest.len():
        fixed = rest.str.contains(_FIXED_LANE)
        _count_fixed(rest.filter(fixed), count)
        for cell, times in rest.filter(~fixed).value_counts().iter_rows():
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
