"""The account of an opened list: what it is, and where every physical line of it went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol

import polars as pl

# columns of Batch.frame before the cells: record number in the input from 1 (unreadable records count too),
# first physical line from 1, the record's text with its line end, repair code (null: none), and whether that
# repair is lossless and unambiguous (null: no repair)
RECORD: dict[str, pl.DataType] = {
    "audit_row": pl.UInt32(),
    "line": pl.UInt32(),
    "raw": pl.String(),
    "repair": pl.String(),
    "lossless": pl.Boolean(),
}
UNREADABLE: dict[str, pl.DataType] = {
    "audit_row": pl.UInt32(),
    "line": pl.UInt32(),
    "code": pl.String(),
    "raw": pl.String(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Consecutive records: `frame` holds RECORD plus `cell_0`, `cell_1`, … (text, null when empty);
    `unreadable` those that could not be parsed."""

    frame: pl.DataFrame
    unreadable: pl.DataFrame
    bytes_read: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Totals of one complete reading: records = parsed + unreadable; repaired records are parsed ones."""

    records: int
    parsed: int
    unreadable: int
    repairs: Mapping[str, int] = field(default_factory=dict)
    defects: Mapping[str, int] = field(default_factory=dict)
    physical_lines: int = 0
    blank_lines: int = 0
    # (first line, last line, why) of what was no record: preamble, footer, comment, second table
    skipped: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the file is written, and how sure we are."""

    carrier: str
    encoding: str
    encoding_confidence: str
    bom: bytes
    delimiter: str
    newline: str
    header: tuple[str, ...]
    header_line: int
    # text from the start of the file through the header's line end, as it opens the clean file
    head: str
    quote: str = '"'
    sheet: str | None = None


class OpenedList(Protocol):
    """A list whose dialect is known and whose records can be read, once or again."""

    def __enter__(self) -> "OpenedList":
        """The list itself; its file is closed on exit."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""

    @property
    def name(self) -> str:
        """File name without folders."""

    @property
    def size(self) -> int:
        """Bytes of the input file."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the input's bytes, hexadecimal; known once read to the end."""

    @property
    def dialect(self) -> Dialect:
        """Encoding, delimiter, header."""

    def batches(self, rows: int) -> Iterator[Batch]:
        """Batches of at most `rows` records, in order; raises InputError where no reading is right."""

    @property
    def account(self) -> Account:
        """Totals; known once `batches` is exhausted."""
