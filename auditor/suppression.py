"""Lists of people and domains that must not be written to: read once, matched by hash, never shown.

A file may hold addresses, domains (`example.com`, `@example.com`, `*@example.com`), hexadecimal SHA-256, SHA-1 or
MD5 digests, raw SHA-1 digests of 20 bytes (Austrian ECG list), or be a keyed store of `auditor suppress`. CSV
exports work too: every address and digest on a line counts.

Normal form, version 1: NFC, trimmed, no `mailto:`, quotes or angle brackets, lower case, domain as A-labels.
Variants, for suppression only: `+tag` dropped, for Gmail also dots, googlemail.com is gmail.com. RFC 5321 lets local
parts differ by case and tag; ignoring that errs toward suppressing.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

import polars as pl

from auditor.errors import UsageError
from auditor.settings import Settings

NORMALISATION = 1
STORE_HEAD = "# prospect-auditor suppression store"
ECG_BYTES = 20
_HEX = {64: "sha256", 40: "sha1", 32: "md5"}
_ADDRESS = r"[^\s,;|\"'<>()\[\]:@]+@[^\s,;|\"'<>()\[\]:@]+"
# a normal form already: lower case, ASCII, nothing around it
_PLAIN = r"^[a-z0-9_.%+'-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]+$"
_DIGEST = r"(?:^|[^0-9A-Fa-f])((?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32}))(?:$|[^0-9A-Fa-f])"
_DOMAIN = r"^[\"']?(?:\*?@)?((?:[^\s,;|\"'<>()\[\]:@/.]+\.)+[^\s,;|\"'<>()\[\]:@/.]{2,})[\"']?[,;\t]*$"
_GMAIL = r"@g(?:oogle)?mail\.com$"
_HASHES: Mapping[str, Callable[[bytes], bytes]] = {
    # foreign lists are made with these; we only compare
    "sha256": lambda text: hashlib.sha256(text).digest(),
    "sha1": lambda text: hashlib.sha1(text, usedforsecurity=False).digest(),
    "md5": lambda text: hashlib.md5(text, usedforsecurity=False).digest(),
}


def fold(text: str) -> str:
    """The normal form of one address, or of one domain written with a leading @."""
    plain = unicodedata.normalize("NFC", text).strip().strip("<>\"'").strip()
    if plain.lower().startswith("mailto:"):
        plain = plain[len("mailto:") :].partition("?")[0]
    local, at, domain = plain.lower().rpartition("@")
    domain = domain.rstrip(".")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return unicodedata.normalize("NFC", local) + at + domain


def spread(text: str) -> str:
    """The normal form without what makes no difference to the mailbox: tag, Gmail dots, googlemail.com."""
    local, at, domain = fold(text).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return local + at + domain


def folded(cells: pl.Series) -> pl.Series:
    """`fold` over a column: vectorised for plain ASCII, cell by cell for the rest."""
    plain = cells.str.strip_chars(" \t\r\n<>\"'").str.to_lowercase()
    odd = plain.str.contains(r"[^\x00-\x7f]|^mailto:|\.$").fill_null(False).arg_true()
    if len(odd):
        # a loop over the few cells that polars cannot bring to A-labels
        plain = plain.scatter(odd, pl.Series([fold(cell) for cell in cells.gather(odd).to_list()], dtype=pl.String))
    return plain


def spreaded(plain: pl.Series) -> pl.Series:
    """`spread` over a column already in normal form; only tagged and Gmail addresses change."""
    varies = plain.str.contains(r"\+|" + _GMAIL).fill_null(False).arg_true()
    if not len(varies):
        return plain
    # scatter writes in place
    return plain.clone().scatter(
        varies, pl.Series([spread(cell) for cell in plain.gather(varies).to_list()], dtype=pl.String)
    )


class Keys:
    """A set of 64-bit keys that many batches are compared with; built once, read only."""

    # above this many keys a bit table of their low bits answers most rows before the search
    SMALL = 20_000
    BITS = 25

    def __init__(self, keys: pl.Series) -> None:
        self.sorted = keys.drop_nulls().cast(pl.UInt64).unique().sort()
        self.table: pl.Series | None = None
        if len(self.sorted) > self.SMALL:
            low = (self.sorted & ((1 << self.BITS) - 1)).cast(pl.UInt32)
            self.table = pl.repeat(False, 1 << self.BITS, eager=True).scatter(low, True)

    def __len__(self) -> int:
        return len(self.sorted)

    def have(self, keys: pl.Series) -> pl.Series:
        """Which of `keys` belong to the set; null belongs to none."""
        if not len(self.sorted):
            return pl.repeat(False, len(keys), eager=True)
        if self.table is None:
            return keys.is_in(self.sorted.implode()).fill_null(False)
        maybe = self.table.gather((keys.fill_null(0) & ((1 << self.BITS) - 1)).cast(pl.UInt32))
        rows = (maybe & keys.is_not_null()).arg_true()
        found = keys.gather(rows)
        at = self.sorted.search_sorted(found, side="left").clip(0, len(self.sorted) - 1)
        sure = rows.filter(self.sorted.gather(at) == found)
        answer = pl.repeat(False, len(keys), eager=True)
        return answer.scatter(sure, True) if len(sure) else answer


def heads(digests: pl.Series) -> pl.Series:
    """The first 64 bits of binary digests as keys."""
    return digests.bin.slice(0, 8).bin.reinterpret(dtype=pl.UInt64, endianness="little")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screen:
    """Everything the given files forbid, ready to be compared with batches; `files` describes each file."""

    exact: Keys
    variants: Keys
    domains: frozenset[str]
    digests: Mapping[str, Keys] = field(default_factory=dict)
    # (secret key, keys of its digests)
    keyed: tuple[tuple[bytes, Keys], ...] = ()
    # (file name, kind, entries, lines that held nothing understood)
    files: tuple[tuple[str, str, int, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare with."""
        return not (len(self.variants) or self.domains or self.digests or self.keyed)

    def codes(self, addresses: pl.Series, written: pl.Series | None = None) -> pl.Series:
        """How each address is listed: address, variant, domain, sha256, sha1, md5, keyed; null when it is not.

        `written` is the cell as the list has it: foreign digests may have been made of that.
        """
        plain = folded(addresses)
        return _first(self._hits(plain, spreaded(plain), written), len(addresses))

    def codes_of_keys(self, exact: pl.Series, variant: pl.Series, domains: pl.Series) -> pl.Series:
        """`codes` from hashes of the normal form and its variant, for lists without digests: no text is touched."""
        hits = [("address", self.exact.have(exact)), ("variant", self.variants.have(variant))]
        if self.domains:
            hits.append(("domain", self._in_domains(domains)))
        return _first(hits, len(exact))

    @property
    def hashed(self) -> bool:
        """Whether some list holds digests, so that texts must be hashed."""
        return bool(self.digests or self.keyed)

    def _hits(self, plain: pl.Series, spreads: pl.Series, written: pl.Series | None) -> Iterable[tuple[str, pl.Series]]:
        if len(self.variants):
            yield "address", self.exact.have(plain.hash().set(plain.is_null(), None))
            yield "variant", self.variants.have(spreads.hash().set(spreads.is_null(), None))
        if self.domains:
            yield "domain", self._in_domains(plain.str.split_exact("@", 1).struct.field("field_1"))
        for algorithm, keys in self.digests.items():
            yield algorithm, _listed(_forms(plain, spreads, written), _HASHES[algorithm], keys)
        for secret, keys in self.keyed:
            yield "keyed", _listed((spreads, *("@" + name for name in _domains(plain))), partial(_sign, secret), keys)

    def _in_domains(self, names: pl.Series) -> pl.Series:
        # a loop over distinct domains: each name and its parents
        listed = [name for name in names.drop_nulls().unique().to_list() if any(p in self.domains for p in _up(name))]
        return names.is_in(listed).fill_null(False)


def _first(hits: Iterable[tuple[str, pl.Series]], height: int) -> pl.Series:
    """The first code whose rows hold each row; null where none does."""
    found = pl.repeat(None, height, dtype=pl.String, eager=True)
    for code, hit in hits:
        rows = (hit & found.is_null()).arg_true()
        found = found.scatter(rows, code) if len(rows) else found
    return found


def _up(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def _sign(secret: bytes, text: bytes) -> bytes:
    return hmac.digest(secret, text, "sha256")


def _listed(forms: Iterable[pl.Series], digest: Callable[[bytes], bytes], keys: Keys) -> pl.Series:
    """Rows any of whose `forms` has a digest in `keys`; hashing needs Python, so once per distinct text."""
    rows: pl.Series | None = None
    for form in forms:
        distinct = form.drop_nulls().unique()
        digests = pl.Series([digest(text.encode()) for text in distinct.to_list()], dtype=pl.Binary)
        hit = form.is_in(distinct.filter(keys.have(heads(digests))).implode()).fill_null(False)
        rows = hit if rows is None else rows | hit
    assert rows is not None
    return rows


def _forms(plain: pl.Series, spreads: pl.Series, written: pl.Series | None) -> Iterable[pl.Series]:
    """What a foreign list may have hashed: normal form, other spellings of it, the cell as written, the domain."""
    yield plain
    yield _unless(spreads, plain)
    yield _unless(spreads.str.replace("@gmail.com", "@googlemail.com", literal=True), spreads)
    for domain in _domains(plain):
        yield "@" + domain
        yield domain
    coded = plain.str.contains("xn--", literal=True).fill_null(False)
    if coded.any():
        yield plain.set(~coded, None).map_elements(_unicode, return_dtype=pl.String)
    if written is not None:
        yield _unless(written, plain)
        yield _unless(written.str.to_lowercase(), plain)


def _domains(plain: pl.Series) -> Iterable[pl.Series]:
    """The domain of each address, then its parents while any row still has one."""
    domain = plain.str.split_exact("@", 1).struct.field("field_1")
    while domain.drop_nulls().len():
        yield domain
        parent = domain.str.replace(r"^[^.]+\.", "")
        # a top-level domain is no entry
        domain = parent.set(~parent.str.contains(".", literal=True).fill_null(False) | (parent == domain), None)


def _unless(form: pl.Series, same: pl.Series) -> pl.Series:
    return form.set((form == same).fill_null(False), None)


def _unicode(address: str) -> str:
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode().decode('idna')}"
    except UnicodeError:
        return address


# ---- reading files


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
    head, *lines = text.splitlines()
    facts = dict(part.split("=", 1) for part in head.split() if "=" in part)
    if facts.get("normalisation") != str(NORMALISATION):
        raise UsageError(
            f"{name}: suppression store of another normal form", "Export it with the version that wrote it."
        )
    digests = pl.Series([line.partition(",")[0] for line in lines[1:] if line], dtype=pl.String)
    try:
        keys = heads(digests.str.slice(0, 16).str.decode("hex"))
    except pl.exceptions.PolarsError:
        raise UsageError(f"{name}: suppression store is damaged") from None
    return Entries(
        kind="store", addresses=pl.Series([], dtype=pl.String), digests={"keyed": keys}, key_id=facts.get("key", "")
    )


# ---- keys and the run's screen


def key_id(secret: bytes) -> str:
    """A name for a key that says nothing about it."""
    return _sign(secret, b"prospect-auditor key id").hex()[:16]


def read_key(store: Path, given: str) -> bytes:
    """The secret of a keyed store: the file named in the settings, else `<store>.key` beside it."""
    path = Path(given) if given else store.with_name(store.name + ".key")
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        raise UsageError(
            f"{store.name}: the key of this suppression store cannot be read ({path.name})",
            "Set suppression_key to the key file.",
        ) from None


def screen(settings: Settings) -> Screen:
    """What `settings.suppression` forbids; files are read once per process and state."""
    return _load(settings.suppression, settings.suppression_key, _state(settings.suppression))


def registers(settings: Settings) -> Screen:
    """What the national registers given in `settings.register_files` forbid."""
    return _load(settings.register_files, settings.suppression_key, _state(settings.register_files))


def _state(paths: tuple[Path, ...]) -> tuple[tuple[int, int], ...]:
    try:
        return tuple((path.stat().st_size, path.stat().st_mtime_ns) for path in paths)
    except OSError:
        return ()


@lru_cache(maxsize=4)
def _load(paths: tuple[Path, ...], given: str, state: tuple[tuple[int, int], ...]) -> Screen:
    read_in = [(path, read(path)) for path in paths]
    keyed = []
    for path, entries in read_in:
        if entries.kind == "store":
            secret = read_key(path, given)
            if key_id(secret) != entries.key_id:
                raise UsageError(f"{path.name}: the suppression key is not the one this store was written with")
            keyed.append((secret, Keys(entries.digests["keyed"])))
    plain = [entries for _, entries in read_in if entries.kind != "store"]
    addresses = pl.concat([entries.addresses for entries in plain]) if plain else pl.Series([], dtype=pl.String)
    names = sorted({name for entries in plain for name in entries.digests})
    return Screen(
        exact=Keys(addresses.hash()),
        variants=Keys(spreaded(addresses).hash()),
        domains=frozenset(name for entries in plain for name in entries.domains),
        digests={
            name: Keys(pl.concat([entries.digests[name] for entries in plain if name in entries.digests]))
            for name in names
        },
        keyed=tuple(keyed),
        files=tuple((path.name, entries.kind, entries.count, entries.ignored) for path, entries in read_in),
    )
