"""What a list arrives in: file, gzip, workbook or stream; opened once, watched, refused by its first bytes."""

import hashlib
import os
import stat
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from auditor.errors import InputError
from auditor.settings import Limits

STREAM = "-"
CHUNK = 1 << 20
# below this many expanded bytes the compression ratio says nothing
RATIO_FLOOR = 64 << 20

# first bytes -> (what it is, what to do)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Export the list as CSV from the tool it comes from."),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old .xls or password-protected workbook",
        "Save it as .xlsx or CSV UTF-8.",
    ),
    (b"PAR1", "a Parquet file", "Export it as CSV."),
    (b"SQLite format 3\x00", "a SQLite database", "Export the table as CSV."),
    (b"\x89PNG", "a picture", "Export the list as CSV."),
    (b"\xff\xd8\xff", "a picture", "Export the list as CSV."),
    (b"GIF8", "a picture", "Export the list as CSV."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and give the CSV inside."),
    (b"Rar!", "a RAR archive", "Unpack it and give the CSV inside."),
    (b"BZh", "a bzip2 file", "Unpack it, or compress the list with gzip."),
    (b"\xfd7zXZ\x00", "an xz file", "Unpack it, or compress the list with gzip."),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "Unpack it, or compress the list with gzip."),
    (b"{\\rtf", "a rich-text document", "Save it as plain CSV."),
    (b"\x7fELF", "a program", "Give the list as CSV."),
    (b"MZ\x90\x00", "a program", "Give the list as CSV."),
)
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<?xml", b"<svg")


@dataclass(slots=True)
class Carrier:
    """One opened input: its bytes can be read again and again, and it is known whether they changed meanwhile."""

    name: str
    kind: str
    size: int
    handle: IO[bytes]
    limits: Limits
    # None for a stream, which was copied and cannot change any more
    path: Path | None
    identity: tuple[int, int, int, int]
    # the list was refused: nobody waits for its digest
    left: bool = False

    def raw(self) -> Iterator[bytes]:
        """The bytes as they lie on the disk."""
        self.handle.seek(0)
        while chunk := self.handle.read(CHUNK):
            yield chunk

    def content(self) -> Iterator[bytes]:
        """The bytes of the list itself: expanded when compressed, within the limits."""
        return self._expanded() if self.kind == "csv.gz" else self.raw()

    def digest(self) -> str:
        """SHA-256 of the input's bytes; moves nobody's place in the file."""
        total, place = hashlib.sha256(), 0
        while not self.left and (chunk := os.pread(self.handle.fileno(), CHUNK, place)):
            total.update(chunk)
            place += len(chunk)
        return total.hexdigest()

    def check_unchanged(self) -> None:
        """Raise InputError when the file is no longer the one that was opened."""
        if self.path is None:
            return
        try:
            same = self.identity == _identity(os.fstat(self.handle.fileno())) == _identity(self.path.stat())
        except OSError:
            same = False
        if not same:
            raise InputError(f"{self.name}: the file changed while it was read", "Run again when nothing writes to it.")

    def _expanded(self) -> Iterator[bytes]:
        taken = given = 0
        engine = zlib.decompressobj(wbits=31)
        begun = False
        for chunk in self.raw():
            taken += len(chunk)
            data = chunk
            while data:
                if not begun and not data.lstrip(b"\0"):
                    break  # zero padding after the last member (RFC 1952 readers tolerate it)
                begun = True
                piece = self._inflate(engine, data)
                given += len(piece)
                self._check_expansion(taken, given)
                if piece:
                    yield piece
                if engine.eof:
                    data = engine.unused_data
                    engine, begun = zlib.decompressobj(wbits=31), False
                else:
                    data = engine.unconsumed_tail
        if begun:
            raise InputError(
                f"{self.name}: the gzip file is cut off after {given} bytes", "Fetch or compress it again."
            )

    def _inflate(self, engine: "zlib._Decompress", data: bytes) -> bytes:
        try:
            return engine.decompress(data, CHUNK)
        except zlib.error:
            raise InputError(f"{self.name}: the gzip file is damaged", "Fetch or compress it again.") from None

    def _check_expansion(self, taken: int, given: int) -> None:
        if given > self.limits.expanded_bytes:
            raise InputError(
                f"{self.name}: expands to more than {self.limits.expanded_bytes} bytes",
                "Raise limits.expanded_bytes if this is right.",
            )
        if given > RATIO_FLOOR and given > taken * self.limits.expanded_ratio:
            raise InputError(
                f"{self.name}: expands more than {self.limits.expanded_ratio:g} times",
                "Raise limits.expanded_ratio if this is right.",
            )


def open_carrier(path: Path, limits: Limits) -> Carrier:
    """The input behind `path` ("-" is standard input), opened once; InputError when it is no list."""
    if str(path) == STREAM:
        return _spooled(sys.stdin.buffer, "stdin", limits)
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        raise InputError(f"{shown(path)}: no such file", "Check the path.") from None
    except IsADirectoryError:
        raise InputError(f"{shown(path)}: is a folder", "Name the list inside it.") from None
    except OSError as error:
        raise InputError(
            f"{shown(path)}: cannot be opened ({error.strerror})", "Check the rights on the file."
        ) from None
    except ValueError:
        raise InputError("the path holds a NUL character", "Check the path.") from None
    state = os.fstat(handle.fileno())
    if stat.S_ISFIFO(state.st_mode):
        with handle:
            return _spooled(handle, shown(path), limits)
    if not stat.S_ISREG(state.st_mode):
        handle.close()
        raise InputError(f"{shown(path)}: is no regular file", "Copy the list into a file first.")
    return _typed(Carrier(shown(path), "csv", state.st_size, handle, limits, path, _identity(state)))


def shown(path: Path) -> str:
    """The file's name as messages may show it: no control characters, no folders."""
    return "".join(c if c.isprintable() else "?" for c in path.name)[:200]


def _identity(state: os.stat_result) -> tuple[int, int, int, int]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def _spooled(stream: IO[bytes], name: str, limits: Limits) -> Carrier:
    """A stream as a private file without a name (0600, gone when closed)."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the opened list)
    try:
        while chunk := stream.read(CHUNK):
            copy.write(chunk)
            if copy.tell() > limits.expanded_bytes:
                raise InputError(f"{name}: larger than {limits.expanded_bytes} bytes", "Raise limits.expanded_bytes.")
        copy.flush()
    except OSError as error:
        raise InputError(f"{name}: cannot be copied to a private file ({error.strerror})", "Free some space.") from None
    state = os.fstat(copy.fileno())
    return _typed(Carrier(name, "csv", state.st_size, copy, limits, None, _identity(state)))


def _typed(carrier: Carrier) -> Carrier:
    """`carrier` with its kind set from the first bytes; what is no list is refused with a hint, and closed."""
    try:
        return _with_kind(carrier)
    except BaseException:
        carrier.handle.close()
        raise


def _with_kind(carrier: Carrier) -> Carrier:
    carrier.handle.seek(0)
    first = carrier.handle.read(4096)
    if not first:
        raise InputError(f"{carrier.name}: the file is empty", "Export the list again.")
    if first[:2] == b"\x1f\x8b":
        carrier.kind = "csv.gz"
        refuse(carrier.name, next(carrier.content(), b"")[:4096])
    elif first[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        carrier.kind = "xlsx"
    else:
        refuse(carrier.name, first)
    return carrier


def refuse(name: str, first: bytes) -> None:
    """Raise InputError when the first bytes show something else than a text table."""
    for magic, what, hint in (*_MAGIC, (b"PK\x03\x04", "a zip archive", "Unpack it and give the CSV inside.")):
        if first.startswith(magic):
            raise InputError(f"{name}: this is {what}, not a list", hint)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:512]
    if start.lower().startswith(_MARKUP):
        raise InputError(
            f"{name}: this is a web page or XML saved under another name", "Download the CSV export itself."
        )
    if start[:1] in (b"{", b"[") and start[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]"):
        raise InputError(f"{name}: this is JSON, not a table", "Export it as CSV.")
    if start[:11].upper() == b"BEGIN:VCARD":
        raise InputError(f"{name}: these are vCards, not a table", "Export the contacts as CSV.")
