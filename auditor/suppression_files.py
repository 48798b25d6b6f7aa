"""Suppression and register files as people have them, read into entries in normal form.

A file may hold addresses, domains (`example.com`, `@example.com`, `*@example.com`), hexadecimal SHA-256, SHA-1 or
MD5 digests, raw SHA-1 digests of 20 bytes (Austrian ECG list), or be a keyed store of `auditor suppress`. CSV
exports work too: every address and digest on a line counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from auditor.errors import UsageError
from auditor.mailbox_forms import NORMALISATION, fold, folded, heads

STORE_HEAD = "# prospect-auditor suppression store"
ECG_BYTES = 20
_HEX = {64: "sha256", 40: "sha1", 32: "md5"}
_ADDRESS = r"[^\s,;|\"'<>()\[\]:@]+@[^\s,;|\"'<>()\[\]:@]+"
# a normal form already: lower case, ASCII, nothing around it
_PLAIN = r"^[a-z0-9_.%+'-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]+$"
_DIGEST = r"(?:^|[^0-9A-Fa-f])((?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32}))(?:$|[^0-9A-Fa-f])"
_DOMAIN = r"^[\"']?(?:\*?@)?((?:[^\s,;|\"'<>()\[\]:@/.]+\.)+[^\s,;|\"'<>()\[\]:@/.]{2,})[\"']?[,;\t]*$"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entries:
    """What one file holds, in normal form."""

    kind: str
    addresses: pl.Series
    domains: tuple[str, ...] = ()
    digests: Mapping[str, pl.Series] = field(default_factory=dict)
    key_id: str = ""
    ignored: int = 0

    @property
    def count(self) -> int:
        """Number of entries understood."""
        return len(self.addresses) + len(self.domains) + sum(len(keys) for keys in self.digests.values())


def read(path: Path) -> Entries:
    """Entries of one file; UsageError when it cannot be read or holds nothing understood."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name}: suppression file cannot be read ({error.strerror})") from None
    if content.startswith(STORE_HEAD.encode()):
        return _store_entries(content.decode("utf-8"), path.name)
    if content and len(content) % ECG_BYTES == 0 and _binary(content):
        return _ecg(content)
    entries = _text_entries(_lines(content))
    if not entries.count and content.strip():
        raise UsageError(
            f"{path.name}: no address, domain or digest found in this suppression file",
            "One entry a line, or a CSV export with an e-mail column.",
        )
    return entries


def _binary(content: bytes) -> bool:
    # no text file holds NUL or most control bytes; twenty random bytes nearly always do
    return re.search(rb"[\x00-\x08\x0e-\x1f]", content[:4096]) is not None and not content.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    )


def _ecg(content: bytes) -> Entries:
    digests = [content[i : i + 8] for i in range(0, len(content), ECG_BYTES)]
    keys = heads(pl.Series(digests, dtype=pl.Binary))
    return Entries(kind="ecg", addresses=pl.Series([], dtype=pl.String), digests={"sha1": keys})


def _lines(content: bytes) -> pl.Series:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    ends = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    lines = pl.Series("line", [ends]).str.split("\n").explode()
    return lines.filter((lines.str.strip_chars() != "") & ~lines.str.starts_with("#"))


def _text_entries(lines: pl.Series) -> Entries:
    """Lines that are one plain address are entries as they are; the others may hold several things."""
    plain = lines.str.contains(_PLAIN)
    rest = _mixed_entries(lines.filter(~plain), bool(plain[:1].any()))
    return replace(rest, addresses=pl.concat([lines.filter(plain).rename("address"), rest.addresses]))


def _mixed_entries(lines: pl.Series, headless: bool) -> Entries:
    """Addresses first, then digests, then whole-line domains; `headless` when the file's first line is an entry."""
    has_at = lines.str.contains("@", literal=True)
    rows = lines.filter(has_at)
    found = rows.str.extract_all(_ADDRESS)
    hashed = lines.str.extract(_DIGEST, 1)
    domains = lines.str.strip_chars().str.extract(_DOMAIN, 1)
    understood = hashed.is_not_null() | domains.is_not_null()
    understood = understood.scatter(has_at.arg_true(), (found.list.len() > 0) | understood.filter(has_at))
    texts = hashed.drop_nulls().str.to_lowercase()
    sizes = texts.str.len_bytes()
    return Entries(
        kind="list",
        addresses=folded(found.explode().drop_nulls().rename("address")),
        domains=tuple(sorted({fold("@" + name)[1:] for name in domains.drop_nulls().unique().to_list()})),
        digests={
            name: heads(texts.filter(sizes == size).str.slice(0, 16).str.decode("hex"))
            for size, name in _HEX.items()
            if (sizes == size).any()
        },
        # the first line may be a header
        ignored=int((~understood).sum()) - int(not headless and not understood[:1].all()),
    )


def _store_entries(text: str, name: str) -> Entries:
    head, _, body = text.partition("\n")
    facts = dict(part.split("=", 1) for part in head.split() if "=" in part)
    if facts.get("normalisation") != str(NORMALISATION):
        raise UsageError(
            f"{name}: suppression store of another normal form", "Export it with the version that wrote it."
        )
    # a million Python strings would weigh more than the keys they become
    lines = pl.Series([body]).str.split("\n").explode().slice(1)
    digests = lines.filter(lines != "")
    try:
        keys = heads(digests.str.slice(0, 16).str.decode("hex"))
    except pl.exceptions.PolarsError:
        raise UsageError(f"{name}: suppression store is damaged") from None
    return Entries(
        kind="store", addresses=pl.Series([], dtype=pl.String), digests={"keyed": keys}, key_id=facts.get("key", "")
    )
