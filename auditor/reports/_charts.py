"""Geometry of the report's pictures: numbers in, SVG coordinates out. Drawn by templates/charts.html.j2."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.report_model import Counts, Month, Slice, TrendPoint

KINDS = ("clean", "review", "removed", "unreadable")
BAR = 200.0


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar: kind, left edge and width in 0..BAR."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Band:
    """One stream of the flow picture: its path, the block where it ends, the middle for its label."""

    kind: str
    count: int
    path: str
    y: float
    height: float
    middle: float


def parts(numbers: Sequence[tuple[str, int]], whole: int) -> list[Part]:
    """A stacked bar: widths proportional to `whole`; what is not zero stays visible."""
    found: list[Part] = []
    x = 0.0
    for kind, n in numbers:
        if n:
            width = max(1.5, BAR * n / max(1, whole))
            found.append(Part(kind, round(x, 2), round(width, 2)))
            x += width
    return found


def split(slice_: Slice, whole: int) -> list[Part]:
    """The stacked bar of one kind of rows."""
    return parts([(kind, getattr(slice_, kind)) for kind in KINDS[:3]], whole)


def flow(counts: Counts, height: float = 224, left: float = 18, right: float = 176) -> list[Band]:
    """Bands from one block of all records to four: as thick as their share, apart enough for their labels."""
    least = 42.0
    numbers = [(kind, getattr(counts, kind)) for kind in KINDS]
    whole = max(1, counts.read)
    # room that labels need beyond the band itself is taken from the bands' common height
    scale = height
    for _ in range(8):
        scale -= sum(max(least, scale * n / whole) for _, n in numbers) - height
    bands: list[Band] = []
    from_y = slot = 0.0
    for kind, n in numbers:
        thick, tall = height * n / whole, max(1.5, scale * n / whole) if n else 0.0
        room = max(least, scale * n / whole)
        to_y = slot + (room - tall) / 2
        bottom, end, bend = from_y + thick, to_y + tall, (left + right) / 2
        path = (
            f"M{left:.1f} {from_y:.1f}C{bend:.1f} {from_y:.1f} {bend:.1f} {to_y:.1f} {right:.1f} {to_y:.1f}"
            f"V{end:.1f}C{bend:.1f} {end:.1f} {bend:.1f} {bottom:.1f} {left:.1f} {bottom:.1f}Z"
        )
        bands.append(Band(kind, n, path if n else "", round(to_y, 1), round(tall, 1), round(slot + room / 2, 1)))
        from_y, slot = bottom, slot + room
    return bands


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar: label, parts from the ground up as (kind, y, height)."""

    label: str
    x: float
    width: float
    total: int
    parts: tuple[tuple[str, float, float], ...]
    top: float


def months(calendar: Sequence[Month], height: float = 110, width: float = 560) -> list[Column]:
    """Upright bars by month, at most the 18 around now; overdue rows are the hatched kind."""
    merged: dict[str, dict[str, int]] = {}
    for entry in calendar:
        merged.setdefault(entry.month, {"removed": 0, "clean": 0})["removed" if entry.overdue else "clean"] += (
            entry.rows
        )
    if len(merged) > 18:
        names = sorted(merged)
        old = names[: len(names) - 17]
        first = {"removed": sum(merged[n]["removed"] for n in old), "clean": sum(merged[n]["clean"] for n in old)}
        merged = {f"≤ {old[-1]}": first, **{n: merged[n] for n in names[len(names) - 17 :]}}
    return columns([(name, list(kinds.items())) for name, kinds in merged.items()], height, width)


def trend(points: Sequence[TrendPoint], height: float = 120, width: float = 560) -> list[Column]:
    """One bar a report, all of one height: shares of the four verdicts."""
    tall = [(p.as_of, [(kind, getattr(p.counts, kind) / max(1, p.counts.read)) for kind in KINDS]) for p in points]
    return columns(tall, height, width, [p.counts.read for p in points])


def levels(points: Sequence[TrendPoint], height: float = 120, width: float = 560) -> list[Column]:
    """One bar a report, all of one height: shares of the provenance levels, V0 at the foot."""
    known = [point for point in points if sum(point.levels.values())]
    tall = [(p.as_of, [(k, n / sum(p.levels.values())) for k, n in sorted(p.levels.items())]) for p in known]
    return columns(tall, height, width, [sum(p.levels.values()) for p in known])


def columns(
    groups: Sequence[tuple[str, Sequence[tuple[str, float]]]],
    height: float,
    width: float,
    totals: Sequence[int] | None = None,
) -> list[Column]:
    """Stacked upright bars over the full width; the tallest reaches `height`."""
    most = max((sum(n for _, n in parts_) for _, parts_ in groups), default=0) or 1
    step = width / max(1, len(groups))
    thick = min(44.0, step * 0.66)
    found = []
    for position, (label, numbers) in enumerate(groups):
        y, stacked = height, []
        for kind, n in numbers:
            if n:
                tall = max(1.5, height * n / most)
                y -= tall
                stacked.append((kind, round(y, 1), round(tall, 1)))
        total = totals[position] if totals else int(sum(n for _, n in numbers))
        x = position * step + (step - thick) / 2
        found.append(Column(label, round(x, 1), round(thick, 1), total, tuple(stacked), round(y, 1)))
    return found
