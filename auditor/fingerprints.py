"""Digests of whole columns of text, as 64-bit keys: hashing needs Python, so it is one tight loop a column."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from auditor.mailbox_forms import heads

Maker = Callable[[Sequence[bytes]], list[bytes]]
BLOCK = 64

_ALGORITHMS: Mapping[str, Callable[[bytes], Any]] = {
    # foreign lists are made with these; we only compare
    "sha256": hashlib.sha256,
    "sha1": partial(hashlib.sha1, usedforsecurity=False),
    "md5": partial(hashlib.md5, usedforsecurity=False),
}


def _unkeyed(algorithm: str) -> Maker:
    new = _ALGORITHMS[algorithm]
    return lambda texts: [new(text).digest() for text in texts]


UNKEYED: Mapping[str, Maker] = {name: _unkeyed(name) for name in _ALGORITHMS}


def keyed(secret: bytes) -> Maker:
    """HMAC-SHA-256 (RFC 2104) of many texts; the two contexts that hold the key are made once and copied, which
    takes two fifths of the time of `hmac.digest` (measured)."""
    padded = (hashlib.sha256(secret).digest() if len(secret) > BLOCK else secret).ljust(BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def make(texts: Sequence[bytes]) -> list[bytes]:
        made = []
        for text in texts:
            within, around = inner.copy(), outer.copy()
            within.update(text)
            around.update(within.digest())
            made.append(around.digest())
        return made

    return make


def keys(texts: pl.Series, make: Maker) -> pl.Series:
    """The first 64 bits of the digest of each text; null where there is no text."""
    found = heads(pl.Series(make(texts.drop_nulls().cast(pl.Binary).to_list()), dtype=pl.Binary))
    if len(found) == len(texts):
        return found
    none = pl.repeat(None, len(texts), dtype=pl.UInt64, eager=True)
    return none.scatter(texts.is_not_null().arg_true(), found) if len(found) else none
