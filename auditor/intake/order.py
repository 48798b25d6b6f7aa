"""Records over several lines: where one ends decides where the next begins."""

from collections.abc import Callable

import polars as pl

from auditor.intake.asking import keep
from auditor.intake.records import Record

# a record that was read, with its first line
Placed = tuple[int, Record]


def in_order(
    places: pl.Series, spans: pl.DataFrame, height: int, read: Callable[[int], Record | None]
) -> tuple[list[Placed], pl.DataFrame, int]:
    """Records that begin at `places` (ascending) in `height` lines: those that `read` gives, those of `spans` that are
    records, and how many lines are dealt with: the rest waits for more text."""
    ends = spans["index"] + spans["lines"]
    inside = ends <= height
    if not inside.all():
        spans, ends = keep(spans, inside), ends.filter(inside)
    if (ends.head(max(spans.height - 1, 0)) <= spans["index"].slice(1)).all():
        taken = owned_lines([], spans, height)
        found = _beside(places.filter(~taken[places]).to_list(), taken, read)
        if found:
            odd, kept = found
            return odd, spans if kept == height else keep(spans, spans["index"] < kept), kept
    odd, first, kept = _in_turn(places.to_list(), dict(spans.select("index", "lines").iter_rows()), height, read)
    return odd, spans.filter(pl.col("index").is_in(first)), kept


def owned_lines(odd: list[Placed], spans: pl.DataFrame, height: int) -> pl.Series:
    """Which lines belong to the records read one by one and to the spans."""
    mask = pl.Series("owned", [False], pl.Boolean()).new_from_index(0, height)
    single = [line for i, record in odd for line in range(i, i + record.lines)]
    mask = mask.scatter(pl.Series(single, dtype=pl.UInt32()), True) if single else mask
    if not spans.height:
        return mask
    first, many = spans["index"], spans["lines"]
    for number in range(int(many.max())):  # type: ignore[arg-type]
        mask = mask.scatter(first.filter(many > number) + number, True)
    return mask


def _beside(
    places: list[int], taken: pl.Series, read: Callable[[int], Record | None]
) -> tuple[list[Placed], int] | None:
    """The records that begin at `places`, all outside the lines `taken` by spans, and how far it goes; None when one
    of them reaches into a span, so that it matters which comes first."""
    found: list[Placed] = []
    cursor = 0
    for place in places:
        if place < cursor:
            continue
        record = read(place)
        if record is None:
            return found, place
        if record.lines > 1 and taken.slice(place, record.lines).any():
            return None
        found.append((place, record))
        cursor = place + record.lines
    return found, taken.len()


def _in_turn(
    places: list[int], spans: dict[int, int], height: int, read: Callable[[int], Record | None]
) -> tuple[list[Placed], list[int], int]:
    """The same one by one: where one record ends decides where the next begins. Also the spans that are records."""
    found: list[Placed] = []
    taken: list[int] = []
    cursor = 0
    for place in places:
        if place < cursor:
            continue
        if place in spans:
            taken.append(place)
            cursor = place + spans[place]
            continue
        record = read(place)
        if record is None:
            return found, taken, place
        found.append((place, record))
        cursor = place + record.lines
    return found, taken, height
