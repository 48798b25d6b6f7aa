"""One text, one moment: every way of writing dates found in exports, in five languages.

`read` is the whole grammar for one text; `parse` gives the same answers for a column, with vectorised lanes for
the layouts that fill millions of rows and `read` once per distinct value for the rest.
"""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from auditor.intake.formats import fold

PRECISION = pl.String()
# years that a date of a prospect list may name; outside of them a text is a number or a slip
_YEARS = range(1900, 2101)
# two digits up to this one are of this century
_PIVOT = 69
# serial days of spreadsheets between 1954 and 2119; day 0 is 1899-12-30
_SERIALS = range(20_000, 80_001)
_EPOCH = datetime(1970, 1, 1)


class Shape(StrEnum):
    """How a text writes its date."""

    ISO = "iso"
    NUMERIC = "numeric"
    NAMED = "named"
    SERIAL = "serial"
    EPOCH = "epoch"
    PARTIAL = "partial"
    OTHER = "other"


class Moment(NamedTuple):
    """What one text says; `value` is UTC without zone, null when ambiguous or unreadable."""

    value: datetime | None
    precision: str | None
    ambiguous: bool
    shape: Shape


# month words of EN, FR, DE, ES, IT without accents; a word is a month when it is one of these or a prefix of
# at least three letters of one of these
_MONTHS = (
    "january janvier januar janner enero gennaio", "february fevrier februar febrero febbraio",
    "march mars marz maerz marzo mrz", "april avril abril aprile avr", "may mai mayo maggio",
    "june juin juni junio giugno", "july juillet juli julio luglio", "august aout agosto",
    "september septembre septiembre settembre sept", "october octobre oktober octubre ottobre",
    "november novembre noviembre", "december decembre dezember diciembre dicembre",
)  # fmt: skip


def _month_words() -> dict[str, int]:
    words: dict[str, int] = {}
    clash: set[str] = set()
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            for size in range(3, len(name) + 1):
                word = name[:size]
                if words.setdefault(word, number) != number:
                    clash.add(word)
    return {word: number for word, number in words.items() if word not in clash}


_MONTH_OF = _month_words()
_FILLER = frozenset(
    {"de", "del", "di", "le", "the", "of", "a", "at", "um", "uhr", "alle", "ore", "las", "den", "il", "el", "h"}
)
_TIME = (
    r"(?P<h>\d{1,2})(?:[:h.](?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?|h)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
)
_TAIL = rf"(?:(?:t|[\s,]+){_TIME})?"
_ISO = re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TAIL}")
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[-/. ])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TAIL}")
_NAMED = (
    re.compile(rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?[\s.,-]*m(?P<m>\d\d)[\s.,-]*(?P<y>\d{{4}}|\d{{2}}){_TAIL}"),
    re.compile(rf"m(?P<m>\d\d)[\s.,-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(?P<y>\d{{4}}){_TAIL}"),
    re.compile(rf"(?P<y>\d{{4}})[\s.,-]*m(?P<m>\d\d)[\s.,-]*(?P<d>\d{{1,2}}){_TAIL}"),
    re.compile(r"m(?P<m>\d\d)[\s.,-]*(?P<y>\d{4})"),
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:t?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?(?P<zone>z)?)?"
)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_EPOCHS = re.compile(r"(\d{9,10}|\d{12,13})(?:\.0)?")
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})|(?P<y2>\d{4})[-/.](?P<m2>\d{1,2})")
_WEEK = re.compile(r"(\d{4})-?w(\d{2})")
_WORD = re.compile(r"[a-z]+\.?")


@lru_cache(maxsize=1 << 16)
def read(text: str, order: str) -> Moment:
    """The moment that `text` writes, with `order` (dmy, mdy or anything else: undecided) for numeric dates."""
    plain = fold(text).strip(" .,;'\"")
    if not plain or len(plain) > 64:
        return Moment(None, None, False, Shape.OTHER)
    if found := _ISO.fullmatch(plain):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]), Shape.ISO)
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(found, order)
    return _digits(plain) or _worded(plain) or Moment(None, None, False, Shape.OTHER)


def _numeric(found: re.Match[str], order: str) -> Moment:
    first, second = int(found["a"]), int(found["b"])
    year = _century(found["y"])
    if first > 12 or second > 12 or first == second:
        # one place can only be the day; in a column of the other order such a value is a slip, not a date
        dmy = first > 12 or (second <= 12 and order != "mdy")
        if order in ("dmy", "mdy") and first != second and dmy != (order == "dmy"):
            return Moment(None, None, False, Shape.NUMERIC)
    elif order in ("dmy", "mdy"):
        dmy = order == "dmy"
    else:
        return Moment(None, None, True, Shape.NUMERIC)
    month, day = (second, first) if dmy else (first, second)
    return _moment(found, year, month, day, Shape.NUMERIC)


def _century(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= _PIVOT else 1900)


def _moment(found: re.Match[str], year: int, month: int, day: int, shape: Shape) -> Moment:
    parts = found.groupdict()
    try:
        value = datetime(year, month, day)
        value, precision = _clock(value, parts)
    except (ValueError, OverflowError):
        return Moment(None, None, False, shape)
    return Moment(value if value.year in _YEARS else None, precision if value.year in _YEARS else None, False, shape)


def _clock(day: datetime, parts: dict[str, str | None]) -> tuple[datetime, str]:
    if parts.get("h") is None:
        return day, "day"
    hour = int(parts["h"] or 0)
    half = (parts.get("half") or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = (parts.get("f") or "").ljust(6, "0")[:6]
    value = day.replace(hour=hour, minute=int(parts.get("mi") or 0), second=int(parts.get("s") or 0))
    value = value.replace(microsecond=int(fraction))
    zone = parts.get("zone")
    if zone:
        return value - _offset(zone), "zone"
    return value, "second" if parts.get("s") else "minute"


def _offset(zone: str) -> timedelta:
    if zone in ("z", "utc", "gmt"):
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _digits(plain: str) -> Moment | None:
    if found := _COMPACT.fullmatch(plain):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]), Shape.ISO)
    if found := _EPOCHS.fullmatch(plain):
        whole = found[1]
        seconds = int(whole) / (1000 if len(whole) > 10 else 1)
        value = _EPOCH + timedelta(seconds=seconds)
        return Moment(value if value.year in _YEARS else None, "zone", False, Shape.EPOCH)
    if (found := _SERIAL.fullmatch(plain)) and int(found[1]) in _SERIALS:
        value = datetime(1899, 12, 30) + timedelta(days=int(found[1]))
        if not found[2]:
            return Moment(value, "day", False, Shape.SERIAL)
        value += timedelta(seconds=round(86_400 * float(f"0.{found[2]}")))
        return Moment(value, "second", False, Shape.SERIAL)
    if found := _MONTH_YEAR.fullmatch(plain):
        return _month(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]))
    if found := _WEEK.fullmatch(plain):
        return _week(int(found[1]), int(found[2]))
    return None


def _month(year: int, month: int) -> Moment:
    """A month alone counts from its first day: the strictest reading for every time limit."""
    if year not in _YEARS or not 1 <= month <= 12:
        return Moment(None, None, False, Shape.PARTIAL)
    return Moment(datetime(year, month, 1), "month", False, Shape.PARTIAL)


def _week(year: int, week: int) -> Moment:
    try:
        day = date.fromisocalendar(year, week, 1)
    except ValueError:
        return Moment(None, None, False, Shape.PARTIAL)
    return Moment(datetime(day.year, day.month, day.day), "month", False, Shape.PARTIAL)


def _worded(plain: str) -> Moment | None:
    """Month names; a weekday before the date, articles and "at" are passed over."""
    words = [word.rstrip(".") for word in _WORD.findall(plain)]
    months = [word for word in words if word in _MONTH_OF]
    if not months:
        return None
    # "mar. 12 mars": the first of two month words is a Tuesday
    month = months[-1]
    seen = 0

    def token(found: re.Match[str]) -> str:
        nonlocal seen
        word = found[0].rstrip(".")
        if word in _MONTH_OF:
            seen += 1
            return f" m{_MONTH_OF[month]:02} " if seen == len(months) else " "
        if word in _FILLER:
            return " "
        return found[0]

    glued = re.sub(r"(?<=\d)\s?h\s?(?=\d)", ":", plain)
    text = re.sub(r"\s+", " ", _WORD.sub(token, glued)).strip(" ,")
    text = re.sub(r"^[a-z]+\.?,?\s+(?=\d|m\d)", "", text)
    for pattern in _NAMED:
        if found := pattern.fullmatch(text):
            if "d" not in pattern.groupindex:
                return _month(int(found["y"]), int(found["m"]))._replace(shape=Shape.NAMED)
            return _moment(found, _century(found["y"]), int(found["m"]), int(found["d"]), Shape.NAMED)
    return None


# --- columns ------------------------------------------------------------------------------------------------------

_CLOCK = r"(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?"
_ISO_LANE = rf"^\d{{4}}-\d{{2}}-\d{{2}}{_CLOCK}$"
_FIXED = r"^\d{2}[/.\-]\d{2}[/.\-]\d{4}"
_FIXED_LANE = rf"{_FIXED}(?: \d{{2}}:\d{{2}}(?::\d{{2}})?)?$"
# (mask, format, precision): disjoint, so their order is a matter of speed only
_ISO_TIMES = (
    (r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$", "%Y-%m-%d %H:%M:%S", "second"),
    (r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$", "%Y-%m-%dT%H:%M:%S%.fZ", "zone"),
    (r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$", "%Y-%m-%d %H:%M", "minute"),
    (r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$", "%Y-%m-%dT%H:%M:%S", "second"),
)
_FIXED_TIMES = (
    (rf"{_FIXED} \d{{2}}:\d{{2}}$", "%H:%M", "minute"),
    (rf"{_FIXED} \d{{2}}:\d{{2}}:\d{{2}}$", "%H:%M:%S", "second"),
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
    wrong = ((year < _YEARS.start) | (year >= _YEARS.stop)).fill_null(False)
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
    if found := _NUMERIC.fullmatch(fold(cell).strip(" .,;'\"")):
        first, second = int(found["a"]), int(found["b"])
        count["dotted"] += times * (found["sep"] == ".")
        if first > 12 >= second:
            count["first_over_12"] += times
        elif second > 12 >= first:
            count["second_over_12"] += times
        elif first != second:
            count["undecided"] += times
