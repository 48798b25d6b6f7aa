"""Lists of people and domains that must not be written to: compared with the rows by hash, never shown."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import polars as pl

from auditor import fingerprints
from auditor.errors import UsageError
from auditor.mailbox_forms import Keys, folded, spreaded
from auditor.result import ScreenFile
from auditor.settings import Settings
from auditor.suppression_files import Entries, read


class Names:
    """The domains of a list, each asked once however many batches hold it; `ask` says which of some are listed."""

    # beyond this many the memory is emptied and names are asked again
    MANY = 500_000

    def __init__(self, ask: Callable[[list[str]], Iterable[str]]) -> None:
        self._ask = ask
        self._asked: set[str] = set()
        self._listed: set[str] = set()

    def have(self, domains: pl.Series) -> pl.Series:
        """Rows whose domain, or a domain above it, is listed."""
        names = domains.drop_nulls().unique().to_list()
        # loops over distinct domains: each name and its parents
        fresh = {parent for name in names if name not in self._asked for parent in _up(name)} - self._asked
        if len(self._asked) > self.MANY:
            self._asked.clear()
        # batches are judged side by side: what is marked as asked must already be answered
        self._listed.update(self._ask(list(fresh)))
        self._asked |= fresh
        if not self._listed:
            return pl.repeat(False, len(domains), eager=True)
        hit = [name for name in names if not self._listed.isdisjoint(_up(name))]
        return domains.is_in(pl.Series(hit, dtype=pl.String).implode()).fill_null(False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hashed:
    """Digests of addresses and domains; `code` says how they were made, `foreign` that somebody else made them."""

    code: str
    make: fingerprints.Maker
    keys: Keys
    names: Names
    foreign: bool

    def have(self, forms: Iterable[pl.Series]) -> pl.Series:
        """Rows any of whose `forms` is among the digests."""
        first, *others = (self.keys.have(fingerprints.keys(form, self.make)) for form in forms)
        for hit in others:
            first = first | hit
        return first


def _hashed(code: str, make: fingerprints.Maker, keys: Keys, *, foreign: bool) -> Hashed:
    def listed(names: list[str]) -> Iterable[str]:
        # the Austrian list and the keyed store write domains with the @, others may not
        for written in (["@" + name for name in names], names if foreign else []):
            hit = keys.have(fingerprints.keys(pl.Series(written, dtype=pl.String), make))
            yield from (names[row] for row in hit.arg_true())

    return Hashed(code=code, make=make, keys=keys, names=Names(listed), foreign=foreign)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screen:
    """Everything the given files forbid, ready to be compared with batches; `files` describes each file."""

    exact: Keys
    variants: Keys
    domains: Names | None
    hashed: tuple[Hashed, ...] = ()
    # (file name, kind, entries, lines that held nothing understood)
    files: tuple[tuple[str, str, int, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare with."""
        return not (len(self.variants) or self.domains or self.hashed)

    def codes(self, addresses: pl.Series, written: pl.Series | None = None) -> pl.Series:
        """How each address is listed: address, variant, domain, sha256, sha1, md5, keyed; null when it is not.

        `written` is the cell as the list has it: foreign digests may have been made of that.
        """
        plain = folded(addresses)
        return _first(self._hits(plain, spreaded(plain), written), len(addresses))

    def codes_of_keys(self, exact: pl.Series, variant: pl.Series, domains: pl.Series) -> pl.Series:
        """`codes` from hashes of the normal form and its variant, for lists without digests: no text is touched."""
        hits = [("address", self.exact.have(exact)), ("variant", self.variants.have(variant))]
        return _first([*hits, *self._in_domains(domains)], len(exact))

    def _hits(self, plain: pl.Series, spreads: pl.Series, written: pl.Series | None) -> Iterable[tuple[str, pl.Series]]:
        if len(self.variants):
            yield "address", self.exact.have(plain.hash().set(plain.is_null(), None))
            yield "variant", self.variants.have(spreads.hash().set(spreads.is_null(), None))
        domain = plain.str.split_exact("@", 1).struct.field("field_1")
        yield from self._in_domains(domain)
        for kind in self.hashed:
            forms = _forms(plain, spreads, written) if kind.foreign else (spreads,)
            yield kind.code, kind.have(forms) | kind.names.have(domain)

    def _in_domains(self, names: pl.Series) -> Iterable[tuple[str, pl.Series]]:
        if self.domains:
            yield "domain", self.domains.have(names)


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


def _forms(plain: pl.Series, spreads: pl.Series, written: pl.Series | None) -> Iterable[pl.Series]:
    """What a foreign list may have hashed: normal form, other spellings of it, the cell as written."""
    yield plain
    yield _unless(spreads, plain)
    yield _unless(spreads.str.replace("@gmail.com", "@googlemail.com", literal=True), spreads)
    coded = plain.str.contains("xn--", literal=True).fill_null(False)
    if coded.any():
        yield plain.set(~coded, None).map_elements(_unicode, return_dtype=pl.String)
    if written is not None:
        yield _unless(written, plain)
        yield _unless(written.str.to_lowercase(), plain)


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
    return hmac.digest(secret, b"prospect-auditor key id", "sha256").hex()[:16]


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
    keyed = [_opened(path, entries, given) for path, entries in read_in if entries.kind == "store"]
    plain = [entries for _, entries in read_in if entries.kind != "store"]
    addresses = pl.concat([entries.addresses for entries in plain]) if plain else pl.Series([], dtype=pl.String)
    domains = frozenset(name for entries in plain for name in entries.domains)
    return Screen(
        exact=Keys(addresses.hash()),
        variants=Keys(spreaded(addresses).hash()),
        domains=Names(domains.intersection) if domains else None,
        hashed=(*_foreign(plain), *keyed),
        files=tuple((path.name, entries.kind, entries.count, entries.ignored) for path, entries in read_in),
    )


def _opened(path: Path, entries: Entries, given: str) -> Hashed:
    """A keyed store with its secret."""
    secret = read_key(path, given)
    if key_id(secret) != entries.key_id:
        raise UsageError(f"{path.name}: the suppression key is not the one this store was written with")
    return _hashed("keyed", fingerprints.keyed(secret), Keys(entries.digests["keyed"]), foreign=False)


def _foreign(files: list[Entries]) -> Iterable[Hashed]:
    for name in sorted({name for entries in files for name in entries.digests}):
        keys = Keys(pl.concat([entries.digests[name] for entries in files if name in entries.digests]))
        yield _hashed(name, fingerprints.UNKEYED[name], keys, foreign=True)
