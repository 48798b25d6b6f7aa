"""The first look at every byte of a list: UTF-8 validity, NUL pattern, samples for the judges of encoding."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.intake.carriers import Carrier
from auditor.intake.encoding import BOMS, DAMAGED

# text for delimiter, header and NUL pattern
HEAD_BYTES = 1 << 20
# lines with bytes above 0x7F, kept for the detector
ODD_BYTES = 512 << 10
# how much of a file that is no valid UTF-8 is counted before the judgement
COUNTED_BYTES = 64 << 20
AROUND = 2048
_HIGH = re.compile(rb"[\x80-\xff]+")
_PLAIN = re.compile(r"[\x00-\x7f]+")


@dataclass(slots=True)
class Scan:
    """What one reading of all bytes shows; `bom` is what stands at the start, whether it tells the truth or not."""

    expanded: int = 0
    head: bytes = b""
    bom: bytes = b""
    bom_encoding: str = ""
    utf8: bool = True
    ascii_only: bool = True
    # characters beyond ASCII that are valid UTF-8, and bytes that are not, as far as counted
    wide: int = 0
    damaged: int = 0
    odd: list[bytes] = field(default_factory=list)


def scan(carrier: Carrier) -> Scan:
    """Read the whole input once."""
    seen = Scan()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    counting = codecs.getincrementaldecoder("utf-8")("auditor-keep")
    for chunk in carrier.content():
        if not seen.expanded:
            seen.bom, seen.bom_encoding = next(((b, e) for b, e in BOMS if chunk.startswith(b)), (b"", ""))
            chunk = chunk[len(seen.bom) :]
            seen.expanded = len(seen.bom)
        seen.expanded += len(chunk)
        if len(seen.head) < HEAD_BYTES:
            seen.head += chunk[: HEAD_BYTES - len(seen.head)]
        _check(seen, chunk, decoder)
        if not seen.utf8 and seen.wide + seen.damaged < COUNTED_BYTES >> 3 and seen.expanded < COUNTED_BYTES:
            _count(seen, chunk, counting)
    seen.utf8 = seen.utf8 and _closed(decoder)
    seen.odd = [] if seen.utf8 else _odd(carrier, len(seen.bom))
    return seen


def _check(seen: Scan, chunk: bytes, decoder: codecs.IncrementalDecoder) -> None:
    if chunk.isascii() and not decoder.getstate()[0]:
        return
    seen.ascii_only = False
    if seen.utf8:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            seen.utf8 = False


def _odd(carrier: Carrier, bom: int) -> list[bytes]:
    """The first lines around bytes above 0x7F, cut to AROUND bytes on both sides; a list in UTF-8 needs no look."""
    odd: list[bytes] = []
    size = 0
    for chunk in carrier.content():
        for piece in _around(chunk[bom:]):
            odd.append(piece)
            size += len(piece)
            if size >= ODD_BYTES:
                return odd
        bom = 0
    return odd


def _around(chunk: bytes) -> Iterator[bytes]:
    place = 0
    while found := _HIGH.search(chunk, place):
        left, right = max(place, found.start() - AROUND), found.end() + AROUND
        start = max(chunk.rfind(b"\n", left, found.start()), chunk.rfind(b"\r", left, found.start()), left - 1) + 1
        ends = [end for mark in (b"\n", b"\r") if (end := chunk.find(mark, found.end(), right)) >= 0]
        place = min(ends, default=right)
        yield chunk[start:place]


def _count(seen: Scan, chunk: bytes, counting: codecs.IncrementalDecoder) -> None:
    text = _PLAIN.sub("", counting.decode(chunk))
    damaged = sum(len(run) for run in DAMAGED.findall(text))
    seen.damaged += damaged
    seen.wide += len(text) - damaged


def _closed(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 by where the NUL bytes stand; "" when the text has one byte per ASCII sign."""
    sample = head[: 64 << 10]
    units = len(sample) // 4
    zeros = [sample[place : units * 4 : 4].count(0) / max(units, 1) for place in range(4)]
    if max(zeros) < 0.2:
        return ""
    if min(zeros[1:]) > 0.9 > zeros[0]:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 > zeros[3]:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > 0.2 and max(zeros[0], zeros[2]) < 0.05:
        return "utf-16-le"
    if min(zeros[0], zeros[2]) > 0.2 and max(zeros[1], zeros[3]) < 0.05:
        return "utf-16-be"
    return ""
