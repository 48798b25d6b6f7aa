"""The default engine: both passes in this process, batches spooled to a private file in between."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal, TypeVar

import polars as pl

from auditor import widen

T = TypeVar("T")
R = TypeVar("R")

# batches in work at the same time: with two, a core is idle for a fifth of the time, while one waits for the
# interpreter's lock (measured); more cost memory
WORKERS = 3

# bytes of the batches that wait in memory: whole ones, and all of them
WHOLE, ROOM = 96 << 20, 448 << 20
# bytes of a text cell beside its text
CELL = 16
# the number of the first batch that is packed in the spool
PLAIN = 20

# a column is told by others when at most one row in this many says something else
FEW = 8
Packing = Literal["uncompressed", "lz4"]
_NOTHING = pl.DataFrame(schema={"column": pl.String(), "row": pl.get_index_type(), "text": pl.String()})

# partial tables are merged whenever this many have come together, so that memory stays bounded
MERGE_EVERY = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """What a packed batch is made of beside its files: all columns, the empty ones, those that are told by others."""

    columns: list[str]
    empty: dict[str, pl.DataType]
    told: list[str]


@dataclass(slots=True)
class Spool:
    """Batches kept between the passes: the first ones in memory, so that ordinary lists leave no copy on the disk,
    the next ones too but for the text of their records (column `record`), the others as Arrow files in `folder`.

    `whole` and `room` are the bytes that batches may take in memory, whole and in all. On the disk, columns that are
    all null cost nothing, and of a text column that mostly says what other columns tell (`tellers`: column ->
    expression over columns of the frame or of tellers before it) only the rows that say something else are written.
    """

    folder: Path
    tellers: Mapping[str, pl.Expr] = field(default_factory=dict)
    whole: int = WHOLE
    room: int = ROOM
    record: str = "raw"
    # the room is taken by several threads
    _taking: Lock = field(default_factory=Lock)
    _held: dict[int, pl.DataFrame] = field(default_factory=dict)
    _packed: dict[int, Kept] = field(default_factory=dict)
    # the columns of the batches whose records are on the disk
    _parted: dict[int, list[str]] = field(default_factory=dict)

    def add(self, number: int, frame: pl.DataFrame) -> None:
        """Keep batch `number`; batches may come in any order, and from several threads."""
        counts = frame.null_count().row(0)
        # a frame makes its schema anew whenever it is asked
        schema = frame.schema
        empty = {c: dtype for (c, dtype), n in zip(schema.items(), counts, strict=True) if n == frame.height}
        # a record's text stands once more in its cells, and what they tell shares their memory
        text = int(frame[self.record].estimated_size())
        own = [c for c, dtype in schema.items() if dtype == pl.String() and c not in {*empty, *self.tellers}]
        cells = text + CELL * frame.height * len(own)
        with self._taking:
            whole = self.whole >= text + cells
            held = whole or self.room >= cells
            taken = text * whole + cells * held
            self.whole -= taken * whole
            self.room -= taken
        if not whole:
            self._parted[number] = frame.columns
            self._write(self._path(number, "record"), frame.select(self.record), _packing(number))
            frame = frame.drop(self.record)
        if held:
            self._held[number] = frame
        else:
            self._pack(number, frame, {c: dtype for c, dtype in empty.items() if c != self.record})

    def frames(self) -> Iterator[pl.DataFrame]:
        """The batches again, in order; each is given up once read."""
        for number in sorted({*self._held, *self._packed}):
            frame = self._held.pop(number) if number in self._held else self._unpack(number)
            if number in self._parted:
                frame = frame.hstack(self._read(self._path(number, "record"))).select(self._parted[number])
            yield frame

    def _pack(self, number: int, frame: pl.DataFrame, empty: dict[str, pl.DataType]) -> None:
        """The batch to the disk."""
        other = frame.select(pl.col(c).ne_missing(teller) for c, teller in self.tellers.items() if c not in empty)
        rows = {column.name: column.arg_true() for column in other.get_columns()}
        told = {c: own for c, own in rows.items() if len(own) * FEW <= frame.height}
        self._write(self._path(number), frame.drop(*empty, *told), _packing(number))
        own = [pl.DataFrame({"column": c, "row": r, "text": frame[c].gather(r)}) for c, r in told.items()]
        self._write(self._path(number, "rest"), pl.concat([_NOTHING, *own]), _packing(number))
        self._packed[number] = Kept(columns=frame.columns, empty=empty, told=list(told))

    def _unpack(self, number: int) -> pl.DataFrame:
        """The batch from the disk."""
        kept = self._packed[number]
        frame, rest = self._read(self._path(number)), self._read(self._path(number, "rest"))
        if not frame.width:
            frame = pl.DataFrame(schema=kept.empty)
        frame = frame.with_columns(pl.lit(None, dtype).alias(c) for c, dtype in kept.empty.items())
        own = {name: part for (name,), part in rest.partition_by("column", as_dict=True).items()}
        for column in kept.told:
            text = frame.select(self.tellers[column].alias(column)).to_series()
            if column in own:
                text = text.scatter(own[column]["row"], own[column]["text"])
            frame = frame.hstack([text])
        return frame.select(kept.columns)

    def _path(self, number: int, part: str = "batch") -> Path:
        return self.folder / f"spool-{number:06d}.{part}.arrow"

    def _write(self, path: Path, frame: pl.DataFrame, packing: Packing) -> None:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            frame.write_ipc(file, compression=packing)

    def _read(self, path: Path) -> pl.DataFrame:
        frame = pl.read_ipc(path)
        path.unlink()
        return frame


def _packing(number: int) -> Packing:
    # packing costs twice the time and saves three quarters of the room (measured): long lists need room
    return "uncompressed" if number < PLAIN else "lz4"


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
                # one more waits its turn, so that nobody is idle while the caller deals with an answer
                if len(running) > WORKERS:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            workers.shutdown(wait=True, cancel_futures=True)
