"""Opening a list: carrier, encoding, layout; then its records in batches."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import polars as pl

from auditor.errors import InputError
from auditor.intake import encoding as encodings
from auditor.intake.account import UNREADABLE, Account, Batch, Dialect, OpenedList
from auditor.intake.blocks import Part, Reader, Tally
from auditor.intake.carriers import Carrier, open_carrier
from auditor.intake.charset import guess
from auditor.intake.encoding import Encoding
from auditor.intake.records import Grammar
from auditor.intake.scan import Scan, scan, wide_encoding
from auditor.intake.sniff import Layout, delimiter_of, sniff
from auditor.settings import Settings


@dataclass(slots=True)
class TextList:
    """An opened CSV list."""

    carrier: Carrier
    settings: Settings
    dialect: Dialect
    layout: Layout
    sha256: str
    # whether the encoding leaves bytes that are no text
    damaged: bool = False
    _account: Account | None = field(default=None)

    @property
    def name(self) -> str:
        """File name without folders."""
        return self.carrier.name

    @property
    def size(self) -> int:
        """Bytes of the input file."""
        return self.carrier.size

    @property
    def account(self) -> Account:
        """Totals; known once `batches` is exhausted."""
        if self._account is None:
            raise ValueError("the list has not been read to its end")
        return self._account

    def __enter__(self) -> "TextList":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.carrier.handle.close()

    def batches(self, rows: int) -> Iterator[Batch]:
        """Batches of at most `rows` records, in order; raises InputError where no reading is right."""
        limits = self.settings.limits
        unnamed = len(self.dialect.header) - len("\0".join(self.dialect.header).rstrip("\0 ").split("\0"))
        grammar = Grammar(
            self.dialect.delimiter,
            len(self.dialect.header),
            limits.cell_bytes,
            unnamed,
            self.layout.carriage_return,
        )
        reader = Reader(
            self.name,
            grammar,
            self.layout.header_text,
            limits,
            alone=self.layout.chosen,
            damaged=self.damaged,
        )
        reader.tally.lines = self.layout.lines
        reader.tally.skipped.extend(self.layout.skipped)
        yield from self._sized(reader, rows)
        self.carrier.check_unchanged()
        self._account = _closed(reader.tally)

    def _sized(self, reader: Reader, rows: int) -> Iterator[Batch]:
        """Parts cut into batches of `rows` records; bytes are told with the first batch of each part."""
        held: list[Part] = []
        first, told = 1, 0
        for part in reader.parts(self._body()):
            held.append(part)
            while reader.tally.records >= first + rows - 1 and held:
                whole = _join(held)
                end = first + rows - 1
                if whole.frame.height + whole.unreadable.height == 0:
                    break
                at = self.carrier.handle.tell()
                yield _batch(whole, pl.col("audit_row") <= end, at - told)
                told = at
                held = [_filtered(whole, pl.col("audit_row") > end)]
                first = end + 1
        whole = _join(held)
        if whole.frame.height + whole.unreadable.height or first == 1:
            yield _batch(whole, pl.lit(True), self.carrier.size - told)

    def _body(self) -> Iterator[bytes]:
        """UTF-8 text after the header."""
        content = _without(self.carrier.content(), len(self.dialect.bom))
        if self.dialect.encoding == "utf-8" and not self.damaged:
            return _without(content, len(self.dialect.head.encode()))
        texts = encodings.decode(content, self.dialect.encoding)
        return _without((text.encode() for text in texts), len(self.dialect.head.encode()))


def _without(chunks: Iterator[bytes], count: int) -> Iterator[bytes]:
    """`chunks` without their first `count` bytes."""
    for chunk in chunks:
        if count < len(chunk):
            yield chunk[count:] if count else chunk
        count = max(0, count - len(chunk))


def _join(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    return Part(pl.concat([p.frame for p in parts]), pl.concat([p.unreadable for p in parts]))


def _filtered(part: Part, condition: pl.Expr) -> Part:
    return Part(part.frame.filter(condition), part.unreadable.filter(condition))


def _batch(part: Part, condition: pl.Expr, read: int) -> Batch:
    chosen = _filtered(part, condition)
    return Batch(frame=chosen.frame, unreadable=chosen.unreadable, bytes_read=read)


def _closed(tally: Tally) -> Account:
    return Account(
        records=tally.records,
        parsed=tally.records - tally.unreadable,
        unreadable=tally.unreadable,
        repairs=dict(sorted(tally.repairs.items())),
        defects=dict(sorted(tally.defects.items())),
        physical_lines=tally.lines,
        blank_lines=tally.blank,
        skipped=tuple(sorted(tally.skipped)),
    )


def open_list(path: Path, settings: Settings) -> OpenedList:
    """The list at `path` ("-": standard input), its dialect known; InputError when it is no readable list."""
    carrier = open_carrier(path, settings.limits)
    try:
        return _opened(carrier, settings)
    except BaseException:
        carrier.handle.close()
        raise


def _opened(carrier: Carrier, settings: Settings) -> OpenedList:
    if carrier.kind == "xlsx":
        raise InputError(f"{carrier.name}: workbooks cannot be read", "Save it as CSV UTF-8.")
    seen = scan(carrier)
    chosen = _encoding(seen, settings)
    text = next(encodings.decode(iter([seen.head]), chosen.name), "")
    delimiter = delimiter_of(settings.delimiter) if settings.delimiter else None
    whole = seen.expanded - len(seen.bom) <= len(seen.head)
    layout = sniff(carrier.name, text, delimiter, settings.header_row, whole)
    if len(layout.header) > settings.limits.columns:
        raise InputError(
            f"{carrier.name}: the header has more than {settings.limits.columns} columns", "Raise limits.columns."
        )
    dialect = Dialect(
        carrier=carrier.kind,
        encoding=chosen.name,
        encoding_confidence=chosen.confidence,
        bom=chosen.bom,
        delimiter=layout.delimiter,
        newline=layout.newline,
        header=layout.header,
        header_line=layout.header_line,
        head=layout.head,
    )
    return TextList(carrier, settings, dialect, layout, seen.sha256, damaged=_damaged(seen, chosen))


def _damaged(seen: Scan, chosen: Encoding) -> bool:
    """Whether some byte may be no text of the encoding: single-byte pages without gaps and valid UTF-8 have none."""
    return not (chosen.name == "utf-8" and seen.utf8)


def _encoding(seen: Scan, settings: Settings) -> Encoding:
    """Given by the user, else told by the byte order mark, NUL pattern, UTF-8 validity, words, in this order."""
    if settings.encoding:
        return Encoding(name=encodings.known(settings.encoding), bom=seen.bom, confidence="given", reason="--encoding")
    wide = wide_encoding(seen.head)
    if seen.bom_encoding.startswith(("utf-16", "utf-32")) and b"\0" in seen.head and wide in ("", seen.bom_encoding):
        return Encoding(name=seen.bom_encoding, bom=seen.bom, confidence="certain", reason="byte order mark")
    if wide:
        return Encoding(name=wide, bom=seen.bom, confidence="high", reason="pattern of NUL bytes")
    if seen.utf8:
        confidence = "high" if seen.ascii_only and not seen.bom else "certain"
        return Encoding(name="utf-8", bom=seen.bom, confidence=confidence, reason="valid UTF-8 throughout")
    if seen.wide >= 2 * seen.damaged:
        return Encoding(name="utf-8", bom=seen.bom, confidence="medium", reason="UTF-8 with damaged bytes")
    found = guess(seen.odd)
    return Encoding(name=found.encoding, bom=seen.bom, confidence=found.confidence, reason="words beyond ASCII")


__all__ = ["UNREADABLE", "TextList", "open_list"]
