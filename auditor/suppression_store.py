"""The keyed suppression store: fingerprints of addresses and domains that must not be written to.

    # prospect-auditor suppression store version=1 algorithm=hmac-sha256 normalisation=1 key=<id>
    digest,kind,added_on,keep_until,reason
    <64 hexadecimal digits>,address,2026-11-01,,unsubscribed

One line per entry, sorted by digest, each digest once. The digest is HMAC-SHA-256 of the normal form without tags
and Gmail dots (`mailbox_forms.spread`), or of `@domain`. Without the key, which lives in a file of its own, the store
cannot be turned back into people, nor compared with another list. `keep_until` empty: kept while prospecting goes
on; a date is never earlier than the legal time (36 months in France, 48 in Slovakia).
"""

import csv
import hmac
import io
import os
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditor import suppression
from auditor.errors import OutputError, UsageError
from auditor.mailbox_forms import NORMALISATION, fold, spread
from auditor.suppression_files import STORE_HEAD

FIELDS = ("digest", "kind", "added_on", "keep_until", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fingerprint; `keep_until` None: no end."""

    digest: str
    kind: str
    added_on: date
    keep_until: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """All entries by digest, and the key they were made with."""

    secret: bytes
    entries: Mapping[str, Entry]


def key_path(store: Path, given: str) -> Path:
    """Where the key of `store` is: the file named in the settings, else `<store>.key`."""
    return Path(given) if given else store.with_name(store.name + ".key")


def load(path: Path, given: str) -> Store:
    """The store at `path`; a new one with a new key when there is none."""
    if not path.exists():
        return Store(secret=_own_key(key_path(path, given)), entries={})
    try:
        head, _, body = path.read_text("utf-8").partition("\n")
    except OSError as error:
        raise UsageError(f"{path.name}: the suppression store cannot be read ({error.strerror})") from None
    except UnicodeError:
        raise UsageError(f"{path.name}: suppression store is damaged") from None
    if not head.startswith(STORE_HEAD):
        raise UsageError(f"{path.name}: not a suppression store", "Use `auditor suppress import` for a plain list.")
    secret = suppression.read_key(path, given)
    if f"key={suppression.key_id(secret)}" not in head.split():
        raise UsageError(f"{path.name}: the suppression key is not the one this store was written with")
    try:
        rows = [_entry(row) for row in csv.DictReader(io.StringIO(body))]
    except (KeyError, ValueError, TypeError):
        raise UsageError(f"{path.name}: suppression store is damaged") from None
    return Store(secret=secret, entries={entry.digest: entry for entry in rows})


def _entry(row: Mapping[str, str]) -> Entry:
    if len(bytes.fromhex(row["digest"])) != 32:
        raise ValueError
    until = row["keep_until"]
    return Entry(
        digest=row["digest"],
        kind=row["kind"],
        added_on=date.fromisoformat(row["added_on"]),
        keep_until=date.fromisoformat(until) if until else None,
        reason=row["reason"],
    )


def _own_key(path: Path) -> bytes:
    """The key at `path`, made with 256 random bits and readable by its owner only when there is none."""
    if path.exists():
        return suppression.read_key(path, str(path))
    secret = secrets.token_bytes(32)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
    except OSError as error:
        raise OutputError(f"{path.name}: the suppression key cannot be written ({error.strerror})") from None
    return secret


def digest(secret: bytes, text: str) -> str:
    """Fingerprint of an address, or of a domain written with a leading @."""
    # all of googlemail.com is not all of gmail.com: a domain has no variants
    form = fold(text) if text.startswith("@") else spread(text)
    return hmac.digest(secret, form.encode(), "sha256").hex()


def add(store: Store, texts: Iterable[str], reason: str, today: date, keep_until: date | None = None) -> Store:
    """`store` with the fingerprints of `texts`; what is there stays, and stays at least as long."""
    entries = dict(store.entries)
    for text in texts:
        kind = "domain" if text.startswith("@") else "address"
        new = Entry(digest=digest(store.secret, text), kind=kind, added_on=today, keep_until=keep_until, reason=reason)
        entries[new.digest] = _longer(entries.get(new.digest), new)
    return replace(store, entries=entries)


def merge(store: Store, other: Store) -> Store:
    """The entries of both; the keys must be the same."""
    if not hmac.compare_digest(store.secret, other.secret):
        raise UsageError("the two suppression stores have different keys", "Import the list they were made from.")
    entries = dict(store.entries)
    for entry in other.entries.values():
        entries[entry.digest] = _longer(entries.get(entry.digest), entry)
    return replace(store, entries=entries)


def _longer(old: Entry | None, new: Entry) -> Entry:
    """The older entry, kept as long as either asks."""
    if old is None:
        return new
    first = min((old, new), key=lambda entry: entry.added_on)
    days = [entry.keep_until for entry in (old, new) if entry.keep_until]
    return replace(first, keep_until=max(days) if len(days) == 2 else None)


def current(store: Store, today: date) -> Store:
    """`store` without the entries whose time is over."""
    kept = {name: e for name, e in store.entries.items() if e.keep_until is None or e.keep_until >= today}
    return replace(store, entries=kept)


def render(store: Store) -> str:
    """The store as text: what `load` reads."""
    out = io.StringIO()
    key = suppression.key_id(store.secret)
    normal = NORMALISATION
    out.write(f"{STORE_HEAD} version=1 algorithm=hmac-sha256 normalisation={normal} key={key}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for name in sorted(store.entries):
        entry = store.entries[name]
        until = entry.keep_until.isoformat() if entry.keep_until else ""
        writer.writerow((entry.digest, entry.kind, entry.added_on.isoformat(), until, entry.reason))
    return out.getvalue()


def save(store: Store, path: Path) -> None:
    """Write the store beside itself and rename, so that no half of it is ever seen."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(render(store))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise OutputError(f"{path.name}: the suppression store cannot be written ({error.strerror})") from None
