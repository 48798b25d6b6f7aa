"""One text, one moment: every way of writing dates found in exports, in five languages.

`read` is the whole grammar for one text; `lanes` gives the same answers for whole columns.
"""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from auditor.intake.formats import fold

# years that a date of a prospect list may name; outside of them a text is a number or a slip
YEARS = range(1900, 2101)
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
    r"(?P<h>[0-9]{1,2})(?:[:h.](?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?|h)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?"
)
_TAIL = rf"(?:(?:t|[\s,]+){_TIME})?"
_ISO = re.compile(rf"(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}}){_TAIL}")
NUMERIC = re.compile(
    rf"(?P<a>[0-9]{{1,2}})(?P<sep>[-/. ])(?P<b>[0-9]{{1,2}})(?P=sep)(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TAIL}"
)
_NAMED = (
    re.compile(
        rf"(?P<d>[0-9]{{1,2}})(?:er|st|nd|rd|th)?[\s.,-]*m(?P<m>[0-9][0-9])[\s.,-]*(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TAIL}"
    ),
    re.compile(rf"m(?P<m>[0-9][0-9])[\s.,-]*(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s,-]+(?P<y>[0-9]{{4}}){_TAIL}"),
    re.compile(rf"(?P<y>[0-9]{{4}})[\s.,-]*m(?P<m>[0-9][0-9])[\s.,-]*(?P<d>[0-9]{{1,2}}){_TAIL}"),
    re.compile(r"m(?P<m>[0-9][0-9])[\s.,-]*(?P<y>[0-9]{4})"),
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)[0-9][0-9])(?P<m>[0-9][0-9])(?P<d>[0-9][0-9])"
    r"(?:t?(?P<h>[0-9][0-9])(?P<mi>[0-9][0-9])(?P<s>[0-9][0-9])?(?P<zone>z)?)?"
)
_SERIAL = re.compile(r"([0-9]{5})(?:[.,]([0-9]+))?")
_EPOCHS = re.compile(r"([0-9]{9,10}|[0-9]{12,13})(?:\.0)?")
_MONTH_YEAR = re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})|(?P<y2>[0-9]{4})[-/.](?P<m2>[0-9]{1,2})")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})")
_WORD = re.compile(r"[a-z]+\.?")


def plain(text: str) -> str:
    """`text` as the grammar reads it: folded, without punctuation around it."""
    return fold(text).strip(" .,;'\"")


@lru_cache(maxsize=1 << 16)
def read(text: str, order: str) -> Moment:
    """The moment that `text` writes, with `order` (dmy, mdy or anything else: undecided) for numeric dates."""
    words = plain(text)
    if not words or len(words) > 64:
        return Moment(None, None, False, Shape.OTHER)
    if found := _ISO.fullmatch(words):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]), Shape.ISO)
    if found := NUMERIC.fullmatch(words):
        return _numeric(found, order)
    return _digits(words) or _worded(words) or Moment(None, None, False, Shape.OTHER)


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
    return Moment(value if value.year in YEARS else None, precision if value.year in YEARS else None, False, shape)


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
        return Moment(value if value.year in YEARS else None, "zone", False, Shape.EPOCH)
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
    if year not in YEARS or not 1 <= month <= 12:
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

    glued = re.sub(r"(?<=[0-9])\s?h\s?(?=[0-9])", ":", plain)
    text = re.sub(r"\s+", " ", _WORD.sub(token, glued)).strip(" ,")
    text = re.sub(r"^[a-z]+\.?,?\s+(?=[0-9]|m[0-9])", "", text)
    for pattern in _NAMED:
        if found := pattern.fullmatch(text):
            if "d" not in pattern.groupindex:
                return _month(int(found["y"]), int(found["m"]))._replace(shape=Shape.NAMED)
            return _moment(found, _century(found["y"]), int(found["m"]), int(found["d"]), Shape.NAMED)
    return None
