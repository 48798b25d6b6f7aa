"""Opening a list: carrier, encoding, layout; then its records in batches."""

import ctypes
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

import polars as pl

from auditor.errors import InputError
from auditor.intake import encoding as encodings
from auditor.intake.account import UNREADABLE, Account, Batch, Dialect, OpenedList
from auditor.intake.blocks import Reader, Tally
from auditor.intake.carriers import Carrier, open_carrier
from auditor.intake.charset import guess
from auditor.intake.cutting import Part
from auditor.intake.encoding import Encoding
from auditor.intake.records import Grammar
from auditor.intake.scan import Scan, scan, wide_encoding
from auditor.intake.sheets import DELIMITER, render
from auditor.intake.sniff import Layout, delimiter_of, sniff
from auditor.intake.sources import lines_around
from auditor.settings import Settings

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r")


@dataclass(slots=True)
class TextList:
    """An opened list: CSV text, or a sheet in its CSV rendition."""

    carrier: Carrier
    # where the text is read from: the carrier itself, or the rendition of a sheet
    text: Carrier
    settings: Settings
    dialect: Dialect
    layout: Layout
    # SHA-256 of the input, made while it is looked over and its records are read
    hashed: Future[str]
    # whether the encoding leaves bytes that are no text
    damaged: bool = False
    # sheet row of every physical line, for workbooks
    rows: pl.Series | None = None
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
    def sha256(self) -> str:
        """SHA-256 of the input's bytes, hexadecimal."""
        return self.hashed.result()

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
        wait([self.hashed])
        self.carrier.handle.close()
        self.text.handle.close()

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
            footers=lines_around(self.settings)[1],
        )
        reader.tally.lines = self.layout.lines
        reader.tally.skipped.extend(self.layout.skipped)
        yield from self._sized(reader, rows)
        _give_memory_back()
        self.carrier.check_unchanged()
        account = _closed(reader.tally)
        if self.rows is not None:
            skipped = tuple((self._place(a), self._place(b), why) for a, b, why in account.skipped)
            account = replace(account, physical_lines=self._place(account.physical_lines), skipped=skipped)
        self._account = account

    def _place(self, line: int) -> int:
        """The number under which the user finds a physical line: the sheet row, for workbooks."""
        return line if self.rows is None or not line else int(self.rows[min(line, self.rows.len()) - 1])

    def _sized(self, reader: Reader, rows: int) -> Iterator[Batch]:
        """Parts cut into batches of `rows` records each but for the last."""
        held: list[Part] = []
        end, told, known = rows, 0, 0
        for part in reader.parts(self._body()):
            held.append(self._placed(part))
            known += part.frame.height + part.unreadable.height
            while known >= end:
                first, rest = _split(_join(held), end)
                at = self.text.handle.tell()
                yield Batch(frame=first.frame, unreadable=first.unreadable, bytes_read=at - told)
                held, told, end = [rest], at, end + rows
        last = _join(held)
        if last.frame.height + last.unreadable.height or end == rows:
            yield Batch(frame=last.frame, unreadable=last.unreadable, bytes_read=self.text.size - told)

    def _placed(self, part: Part) -> Part:
        if self.rows is None:
            return part
        frames = (part.frame, part.unreadable)
        frame, lost = (f.with_columns(self.rows[f["line"] - 1].cast(pl.UInt32).alias("line")) for f in frames)
        return Part(frame, lost)

    def _body(self) -> Iterator[bytes]:
        """UTF-8 text after the header."""
        content = _without(self.text.content(), len(self.dialect.bom))
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


def _split(part: Part, last: int) -> tuple[Part, Part]:
    """Records up to number `last`, and the others; both frames are in record order."""
    places = [int(f["audit_row"].search_sorted(last, side="right")) for f in (part.frame, part.unreadable)]
    pairs = list(zip((part.frame, part.unreadable), places, strict=True))
    return Part(*(f.head(n) for f, n in pairs)), Part(*(f.slice(n) for f, n in pairs))


def _closed(tally: Tally) -> Account:
    return Account(
        records=tally.records,
        parsed=tally.records - tally.unreadable,
        unreadable=tally.unreadable,
        repairs=dict(sorted(tally.repairs.items())),
        defects=dict(sorted(tally.defects.items())),
        physical_lines=tally.lines,
        blank_lines=tally.blank,
        skipped=_merged(tally.skipped),
    )


def _merged(skipped: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Line ranges in file order, neighbours of one kind as one."""
    ranges: list[tuple[int, int, str]] = []
    for first, last, why in sorted(skipped):
        if ranges and ranges[-1][2] == why and ranges[-1][1] == first - 1:
            ranges[-1] = (ranges[-1][0], last, why)
        else:
            ranges.append((first, last, why))
    return tuple(ranges)


def _hold_memory() -> None:
    """Have glibc keep the memory of freed buffers for the next ones, up to twice this size.

    It learns from the largest block freed. Handing each window's pages back and fetching them again costs a tenth of
    the reading (measured). The block itself is never touched, so it takes no memory.
    """
    bytes(31 << 20)


def _give_memory_back() -> None:
    """Have glibc give back what it holds: some 50 MiB that nothing after the reading asks for."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def open_list(path: Path, settings: Settings) -> OpenedList:
    """The list at `path` ("-": standard input), its dialect known; InputError when it is no readable list."""
    _hold_memory()
    carrier = open_carrier(path, settings.limits)
    hashed = _hashed(carrier)
    try:
        return _opened(carrier, hashed, settings)
    except BaseException:
        carrier.left = True
        wait([hashed])
        carrier.handle.close()
        raise


def _opened(carrier: Carrier, hashed: Future[str], settings: Settings) -> OpenedList:
    text, sheet = carrier, None
    if carrier.kind == "xlsx":
        sheet = render(carrier, settings.sheet)
        text = replace(carrier, kind="csv", handle=sheet.handle, size=sheet.size, path=None)
        settings = settings.model_copy(update={"encoding": None, "delimiter": None})
    elif settings.sheet:
        raise InputError(f"{carrier.name}: is no workbook, it has no sheets", "Leave --sheet out.")
    seen = scan(text)
    chosen = _encoding(seen, settings)
    start = next(encodings.decode(iter([seen.head]), chosen.name), "")
    check_text(carrier.name, start)
    delimiter = DELIMITER if sheet else delimiter_of(settings.delimiter) if settings.delimiter else None
    whole = seen.expanded - len(seen.bom) <= len(seen.head)
    header_row = settings.header_row
    if sheet and header_row:
        header_row = (sheet.rows.search_sorted(header_row) if header_row <= sheet.rows[-1] else header_row) + 1
    layout = sniff(carrier.name, start, delimiter, header_row, whole, lines_around(settings)[0])
    if len(layout.header) > settings.limits.columns:
        raise InputError(
            f"{carrier.name}: the header has more than {settings.limits.columns} columns", "Raise limits.columns."
        )
    dialect = Dialect(
        carrier=carrier.kind,
        encoding=chosen.name,
        encoding_confidence="certain" if sheet else chosen.confidence,
        bom=chosen.bom,
        delimiter=layout.delimiter,
        newline=layout.newline,
        header=layout.header,
        header_line=int(sheet.rows[layout.header_line - 1]) if sheet else layout.header_line,
        head=layout.head,
        sheet=sheet.sheet if sheet else None,
    )
    return TextList(
        carrier,
        text,
        settings,
        dialect,
        layout,
        hashed,
        damaged=_damaged(seen, chosen),
        rows=sheet.rows if sheet else None,
    )


def _hashed(carrier: Carrier) -> Future[str]:
    """The digest of the input, to come; hashing lets go of the interpreter's lock."""
    thread = ThreadPoolExecutor(1)
    job = thread.submit(carrier.digest)
    thread.shutdown(wait=False)
    return job


def check_text(name: str, start: str) -> None:
    """Raise InputError when the first part of a list is no text: too many control characters."""
    data = start.encode(errors="surrogatepass")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(16, len(start) // 50):
        raise InputError(f"{name}: this is no text", "Give the list as CSV or .xlsx, or name its --encoding.")


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
