"""Suppression and register files as people have them, read into entries in normal form.

A file may hold addresses, domains (`example.com`, `@example.com`, `*@example.com`), hexadecimal SHA-256, SHA-1 or
MD5 digests, raw SHA-1 digests of 20 bytes (Austrian ECG list), or be a keyed store of `auditor suppress`. CSV
exports work too: every address and digest on a line counts.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from auditor.errors import UsageError
from auditor.mailbox_forms import NORMALISATION, fold, folded, heads, heads_of_hex

STORE_HEAD = "# prospect-auditor suppression store"
ECG_BYTES = 20
STORE_HEX = 64
_HEX = {64: "sha256", 40: "sha1", 32: "md5"}
_ADDRESS = r"[^\s,;|\"'<>()\[\]:@]+@[^\s,;|\"'<>()\[\]:@]+"
# a normal form already: lower case, ASCII, nothing around it
_PLAIN = r"^[a-z0-9_.%+'-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]+$"
_BARE_DIGEST = r"^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})$"
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
        return _store_entries(content, path.name)
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
    lines = pl.read_lines(io.BytesIO(ends.encode()), name="line").to_series()
    return lines.filter((lines.str.strip_chars() != "") & ~lines.str.starts_with("#"))


def _text_entries(lines: pl.Series) -> Entries:
    """Lines that are one plain address or one bare digest are entries as they are; the others may hold several."""
    hashed = lines.str.contains(_BARE_DIGEST)
    others = lines.filter(~hashed)
    plain = others.str.contains(_PLAIN)
    headless = bool(hashed[:1].any() or plain[:1].any())
    rest = _mixed_entries(others.filter(~plain), headless)
    return replace(
        rest,
        addresses=pl.concat([others.filter(plain).rename("address"), rest.addresses]),
        digests=_joined(_by_size(lines.filter(hashed)), rest.digests),
    )


def _mixed_entries(lines: pl.Series, headless: bool) -> Entries:
    """Addresses first, then digests, then whole-line domains; `headless` when the file's first line is an entry."""
    has_at = lines.str.contains("@", literal=True)
    rows = lines.filter(has_at)
    found = rows.str.extract_all(_ADDRESS)
    hashed = lines.str.extract(_DIGEST, 1)
    domains = lines.str.strip_chars().str.extract(_DOMAIN, 1)
    understood = hashed.is_not_null() | domains.is_not_null()
    understood = understood.scatter(has_at.arg_true(), (found.list.len() > 0) | understood.filter(has_at))
    return Entries(
        kind="list",
        addresses=folded(found.explode().drop_nulls().rename("address")),
        domains=tuple(sorted({fold("@" + name)[1:] for name in domains.drop_nulls().unique().to_list()})),
        digests=_by_size(hashed.drop_nulls()),
        # the first line may be a header
        ignored=int((~understood).sum()) - int(not headless and not understood[:1].all()),
    )


def _by_size(digests: pl.Series) -> dict[str, pl.Series]:
    """Keys of hexadecimal digests by the algorithm that makes digests of their length."""
    sizes = digests.str.len_bytes()
    return {name: heads_of_hex(digests.filter(sizes == size)) for size, name in _HEX.items() if (sizes == size).any()}


def _joined(one: Mapping[str, pl.Series], other: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    return {name: pl.concat([keys[name] for keys in (one, other) if name in keys]) for name in {**one, **other}}


def _store_entries(content: bytes, name: str) -> Entries:
    head, _, body = content.partition(b"\n")
    facts = dict(part.split("=", 1) for part in head.decode("ascii", errors="replace").split() if "=" in part)
    if facts.get("normalisation") != str(NORMALISATION):
        raise UsageError(
            f"{name}: suppression store of another normal form", "Export it with the version that wrote it."
        )
    try:
        digests = pl.read_csv(io.BytesIO(body), columns=["digest"], infer_schema=False).to_series()
    except pl.exceptions.PolarsError:
        raise UsageError(f"{name}: suppression store is damaged") from None
    keys = heads_of_hex(digests)
    if keys.null_count() or not (digests.str.len_bytes() == STORE_HEX).all():
        raise UsageError(f"{name}: suppression store is damaged")
    return Entries(
        kind="store", addresses=pl.Series([], dtype=pl.String), digests={"keyed": keys}, key_id=facts.get("key", "")
    )
