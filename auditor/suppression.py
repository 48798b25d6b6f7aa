"""Lists of people and domains that must not be written to: compared with the rows by hash, never shown."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock

import polars as pl

from auditor.errors import UsageError
from auditor.mailbox_forms import Keys, folded, heads, spreaded
from auditor.result import ScreenFile
from auditor.settings import Settings
from auditor.suppression_files import read

_HASHES: Mapping[str, Callable[[bytes], bytes]] = {
    # foreign lists are made with these; we only compare
    "sha256": lambda text: hashlib.sha256(text).digest(),
    "sha1": lambda text: hashlib.sha1(text, usedforsecurity=False).digest(),
    "md5": lambda text: hashlib.md5(text, usedforsecurity=False).digest(),
}


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
            people = _listed((spreads,), partial(_sign, secret), keys)
            names = _listed(("@" + name for name in _domains(plain)), partial(_sign_domain, secret), keys)
            yield "keyed", people | names

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


# every batch has the list's domains again: signed once
_sign_domain = lru_cache(maxsize=500_000)(_sign)


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
    return _once(settings.suppression, settings.suppression_key)


def registers(settings: Settings) -> Screen:
    """What the national registers given in `settings.register_files` forbid."""
    return _once(settings.register_files, settings.suppression_key)


def _once(paths: tuple[Path, ...], given: str) -> Screen:
    # batches are judged side by side: the second waits for the files the first one reads
    with _READING:
        return _load(paths, given, _state(paths))


def described(settings: Settings) -> tuple[ScreenFile, ...]:
    """What was read of each suppression and register file."""
    return tuple(
        ScreenFile(
            name=name,
            use="suppression" if position < len(settings.suppression) else "register",
            kind=kind,
            entries=entries,
            ignored=ignored,
        )
        for position, (name, kind, entries, ignored) in enumerate(screen(settings).files + registers(settings).files)
    )


_READING = Lock()


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
