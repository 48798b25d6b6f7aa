"""What earlier runs learnt: one SQLite file, private, shared by runs, kept only as long as the DNS allows."""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.errors import InputError
from auditor.lookup.classify import Finding

FILE = "dns.sqlite"
SCHEMA = """
create table if not exists domain (
    domain text primary key, status text not null, mx_class text, mx_host text,
    expires integer not null, checked_at integer not null, resolver text not null
) without rowid, strict
"""
COLUMNS = "select domain, status, mx_class, mx_host, expires, checked_at, resolver from domain"
VERSION = 1
# seconds an answer is kept: its TTL within these bounds; denials shorter, unknown never (RFC 2308 section 5)
POSITIVE = (3_600, 3 * 86_400)
NEGATIVE = (600, 3 * 3_600)
NEGATIVE_STATUSES = frozenset({"does_not_exist", "no_mail"})
CHUNK = 500
WAIT = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One domain as it was learnt: finding, moment in UTC (null: never asked), resolver ("" likewise)."""

    domain: str
    finding: Finding
    checked_at: datetime | None = None
    resolver: str = ""


def lifetime(finding: Finding) -> int:
    """Seconds that `finding` may be used again; 0 for what is unknown."""
    if finding.status == "unknown":
        return 0
    low, high = NEGATIVE if finding.status in NEGATIVE_STATUSES else POSITIVE
    return max(low, min(high, finding.ttl))


class Cache:
    """An open cache file; losing it never fails a run, it only asks again."""

    def __init__(self, path: Path) -> None:
        """Opens or creates `path` (0600, in a folder 0700); a damaged file is started afresh. Raises OSError."""
        self.path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self.base = self._open()
        except sqlite3.DatabaseError:
            remove(path)
            try:
                self.base = self._open()
            except sqlite3.Error:
                raise OSError("cache cannot be used") from None

    def _open(self) -> sqlite3.Connection:
        # created by us first: SQLite would follow the umask, and its -wal and -shm files take this file's mode
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)
        base = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            base.execute("pragma journal_mode=wal")
            base.execute("pragma synchronous=normal")
            version = base.execute("pragma user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError
            if version == 0:
                base.execute(SCHEMA)
                base.execute(f"pragma user_version={VERSION}")
            base.execute(f"{COLUMNS} limit 1")
        except sqlite3.OperationalError:
            base.close()
            raise OSError("cache is locked or not writable") from None
        except BaseException:
            base.close()
            raise
        return base

    def get(self, domains: Sequence[str], now: datetime) -> dict[str, Entry]:
        """Entries of `domains` that still hold at `now`."""
        moment = int(now.timestamp())
        found: dict[str, Entry] = {}
        with contextlib.suppress(sqlite3.Error):
            for start in range(0, len(domains), CHUNK):
                self._read(domains[start : start + CHUNK], moment, found)
        return found

    def _read(self, part: Sequence[str], moment: int, found: dict[str, Entry]) -> None:
        marks = ",".join("?" * len(part))
        rows = self.base.execute(
            # only question marks are spliced in
            f"{COLUMNS} where expires > ? and checked_at <= ? and domain in ({marks})",
            (moment, moment, *part),
        )
        for domain, status, mx_class, mx_host, expires, checked, resolver in rows:
            finding = Finding(status, mx_class, None, mx_host, expires - moment)
            found[domain] = Entry(domain, finding, datetime.fromtimestamp(checked, UTC), resolver)

    def put(self, entries: Iterable[Entry]) -> bool:
        """Writes what is known of `entries` in one transaction; false when another run holds the file too long."""
        rows = [_row(entry, entry.checked_at) for entry in entries if lifetime(entry.finding) and entry.checked_at]
        try:
            self.base.execute("begin immediate")
            self.base.executemany("insert or replace into domain values (?,?,?,?,?,?,?)", rows)
            self.base.execute("commit")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self.base.execute("rollback")
            return False
        return True

    def prune(self, now: datetime) -> None:
        """Forgets what no longer holds."""
        with contextlib.suppress(sqlite3.Error):
            self.base.execute("delete from domain where expires <= ?", (int(now.timestamp()),))

    def close(self) -> None:
        """Ends the use of the file."""
        self.base.close()


def _row(entry: Entry, checked_at: datetime) -> tuple[str | int | None, ...]:
    moment = int(checked_at.timestamp())
    found = entry.finding
    kept = moment + lifetime(found)
    return entry.domain, found.status, found.mx_class, found.mx_host, kept, moment, entry.resolver


def remove(path: Path) -> bool:
    """Deletes a cache file with its companions; whether there was one."""
    existed = path.exists()
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return existed


def entries(path: Path) -> Iterator[Entry]:
    """All entries of a cache file in domain order, expired ones included; none when there is no such file."""
    with _reading(path) as base:
        rows = base.execute(f"{COLUMNS} order by domain") if base else ()
        for domain, status, mx_class, mx_host, _, checked, resolver in rows:
            moment = datetime.fromtimestamp(checked, UTC)
            yield Entry(domain, Finding(status, mx_class, None, mx_host), moment, resolver)


def describe(path: Path, now: datetime) -> dict[str, Any]:
    """Counts of a cache file: domains, expired, statuses; oldest and newest answer (ISO 8601, null when empty)."""
    with _reading(path) as base:
        if base is None:
            return {"domains": 0, "expired": 0, "oldest": None, "newest": None, "statuses": {}}
        total, expired, oldest, newest = base.execute(
            "select count(*), total(expires <= ?), min(checked_at), max(checked_at) from domain",
            (int(now.timestamp()),),
        ).fetchone()
        statuses = dict(base.execute("select status, count(*) from domain group by status order by status"))
    ends = [datetime.fromtimestamp(end, UTC).isoformat() if end is not None else None for end in (oldest, newest)]
    return {"domains": total, "expired": int(expired), "oldest": ends[0], "newest": ends[1], "statuses": statuses}


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that creates nothing; null when there is no file. InputError when it is no cache."""
    if not path.is_file():
        yield None
        return
    try:
        base = sqlite3.connect(path, timeout=WAIT)
        try:
            base.execute("pragma query_only=on")
            yield base
        finally:
            base.close()
    except sqlite3.Error:
        raise InputError("the cache is damaged or in use", "`auditor dns-cache clear` starts it afresh.") from None
