"""Bytes to text and back: the encoding by evidence, every byte kept, also the ones that are no text.

A byte that the encoding cannot read becomes one character of a private range (U+10F700 + byte) and becomes
that byte again on the way out, so one damaged name costs one row and `encode` gives back the input's bytes.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from auditor.errors import InputError, UsageError
from auditor.intake.account import Dialect

# U+10F700..U+10F7FF, private use plane 16: no font or tool is known to write there
_FIRST = 0x10F700
DAMAGED = re.compile("[\U0010f700-\U0010f7ff]+")
DAMAGED_CLASS = "[\U0010f700-\U0010f7ff]"
# how every character of that range begins as UTF-8
_PRIVATE = b"\xf4\x8f"
_HANDLER = "auditor-keep"

BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_FIRST + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_HANDLER, _keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The chosen encoding, the BOM that stands in the file, and how sure the choice is (certain … low)."""

    name: str
    bom: bytes
    confidence: str
    reason: str


def known(name: str) -> str:
    """The encoding's own name for what the user wrote, or a usage error."""
    try:
        found = codecs.lookup(name.strip())
    except LookupError:
        raise UsageError(f"unknown encoding {name!r}", "Examples: utf-8, cp1252, latin-9, mac_roman, utf-16.") from None
    if not getattr(found, "_is_text_encoding", True):
        raise UsageError(f"{name!r} is no text encoding", "Examples: utf-8, cp1252, latin-9, mac_roman, utf-16.")
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(found.name, found.name)


def decode(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Text of `chunks` (BOM already removed), piece by piece; nothing is dropped or replaced."""
    decoder = codecs.getincrementaldecoder(encoding)(_HANDLER)
    for chunk in chunks:
        text = decoder.decode(chunk)
        if text:
            yield text
    rest = decoder.decode(b"", True)
    if rest:
        yield rest


def encode_text(text: str, encoding: str) -> bytes:
    """The bytes that `decode` read `text` from; a character the encoding lacks is an error."""
    if encoding == "utf-8":
        # a byte search costs a tenth of the pattern (measured)
        plain = text.encode()
        if _PRIVATE not in plain:
            return plain
    elif text.isascii() or not DAMAGED.search(text):
        return text.encode(encoding)
    parts = re.split(f"({DAMAGED.pattern})", text)
    return b"".join(
        bytes(ord(char) - _FIRST for char in part) if position % 2 else part.encode(encoding)
        for position, part in enumerate(parts)
    )


def is_plain(texts: pl.Series, dialect: Dialect) -> bool:
    """Whether UTF-8 of these texts is what the list itself would hold: its encoding, and no byte that is no text."""
    return dialect.encoding == "utf-8" and not texts.cast(pl.Binary).bin.contains(_PRIVATE).any()


def encode(text: str, dialect: Dialect) -> bytes:
    """`text` as bytes of the list's own encoding, without BOM."""
    try:
        return encode_text(text, dialect.encoding)
    except UnicodeEncodeError:
        raise InputError(
            f"text cannot be written in {dialect.encoding}", "Convert the list to UTF-8 and run again."
        ) from None
