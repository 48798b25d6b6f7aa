"""The default engine: both passes in this process, batches spooled to a private file in between."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import polars as pl

from auditor import widen

T = TypeVar("T")
R = TypeVar("R")

# batches in work at the same time: more would cost memory, one leaves a core idle
WORKERS = 2

# batches that are spooled as they are
PLAIN = 20

# partial tables are merged whenever this many have come together, so that memory stays bounded
MERGE_EVERY = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """What a spooled batch is made of beside its file: all columns, the empty ones, those that repeat a twin."""

    columns: list[str]
    empty: dict[str, pl.DataType]
    alike: dict[str, str]


@dataclass(slots=True)
class Spool:
    """Batches kept between the passes: the first in memory, so that ordinary lists leave no copy on the disk, the
    others as Arrow files in `folder`.

    Columns that are all null cost nothing there, nor do those that say the same as their twin (column -> twin).
    """

    folder: Path
    twins: Mapping[str, str] = field(default_factory=dict)
    _first: pl.DataFrame | None = None
    _kept: dict[int, Kept] = field(default_factory=dict)

    def add(self, number: int, frame: pl.DataFrame) -> None:
        """Keep batch `number`; batches may come in any order, and from several threads."""
        if number == 0:
            self._first = frame
            return
        counts = frame.null_count().row(0)
        empty = {c: frame.schema[c] for c, n in zip(frame.columns, counts, strict=True) if n == frame.height}
        alike = {c: twin for c, twin in self.twins.items() if c not in empty and frame[c].equals(frame[twin])}
        handle = os.open(self._path(number), os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            # packing costs twice the time and saves three quarters of the room (measured): long lists need room
            packing: Literal["uncompressed", "lz4"] = "uncompressed" if number < PLAIN else "lz4"
            frame.drop(*empty, *alike).write_ipc(file, compression=packing)
        self._kept[number] = Kept(columns=frame.columns, empty=empty, alike=alike)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The batches again, in order; each is given up once read."""
        if self._first is not None:
            first, self._first = self._first, None
            yield first
            del first
        for number, kept in sorted(self._kept.items()):
            path = self._path(number)
            frame = pl.read_ipc(path)
            path.unlink()
            if not frame.width:
                frame = pl.DataFrame(schema=kept.empty)
            blank = [pl.lit(None, dtype).alias(c) for c, dtype in kept.empty.items()]
            twins = [pl.col(twin).alias(c) for c, twin in kept.alike.items()]
            yield frame.with_columns(*blank, *twins).select(kept.columns)

    def _path(self, number: int) -> Path:
        return self.folder / f"spool-{number:06d}.arrow"


@dataclass(slots=True)
class Merging:
    """Partial survey tables of the batches seen so far."""

    _pending: list[dict[str, pl.DataFrame]] = field(default_factory=list)

    def add(self, partial: dict[str, pl.DataFrame]) -> None:
        """Take in the tables of one batch."""
        self._pending.append(partial)
        if len(self._pending) >= MERGE_EVERY:
            self._pending = [widen.merge(self._pending)]

    def merged(self) -> dict[str, pl.DataFrame]:
        """One table per survey."""
        return widen.merge(self._pending)


def side_by_side(work: Callable[[T], R], items: Iterator[T]) -> Iterator[R]:
    """`work` of each item, WORKERS at a time in threads, answers in the order of the items; the next item is
    fetched meanwhile. Polars and the reader leave Python's lock while they work."""
    nothing = object()
    with ThreadPoolExecutor(1) as fetcher, ThreadPoolExecutor(WORKERS) as workers:
        running: deque[Future[R]] = deque()
        try:
            coming = fetcher.submit(next, items, nothing)
            while (item := coming.result()) is not nothing:
                coming = fetcher.submit(next, items, nothing)
                running.append(workers.submit(work, item))  # type: ignore[arg-type]
                del item
                if len(running) >= WORKERS:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            workers.shutdown(wait=True, cancel_futures=True)

