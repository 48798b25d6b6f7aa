"""The answers one audit used, as a file that repeats the audit byte for byte without the network."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from auditor.errors import InputError
from auditor.lookup.cache import Entry
from auditor.lookup.classify import Finding
from auditor.result import Lookup

FORMAT = "prospect-auditor-dns/1"
STATUSES = frozenset({"accepts_mail", "null_mx", "no_mail", "does_not_exist", "unknown"})
MAX_BYTES = 1 << 30
HINT = "Use the dns-snapshot.json that an earlier audit wrote."


class Snapshot(NamedTuple):
    """Entries by domain and the circumstances of the run that took them."""

    entries: dict[str, Entry]
    resolvers: tuple[str, ...]
    asked: int
    from_cache: int
    healthy: bool
    finished: bool


def write(entries: dict[str, Entry], lookup: Lookup, finished: bool) -> bytes:
    """The snapshot file: JSON, sorted by domain, one domain a line."""
    head = {
        "format": FORMAT,
        "resolvers": lookup.resolvers,
        "asked": lookup.asked,
        "from_cache": lookup.from_cache,
        "healthy": lookup.resolver_healthy,
        "finished": finished,
    }
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(_record(entries[name]))}" for name in sorted(entries))
    opening = json.dumps(head, indent=2).removesuffix("\n}")
    return f'{opening},\n  "domains": {{\n{lines}\n  }}\n}}\n'.encode()


def _record(entry: Entry) -> dict[str, str]:
    values = {
        "status": entry.finding.status,
        "mx_class": entry.finding.mx_class,
        "reason": entry.finding.reason,
        "mx_host": entry.finding.mx_host,
        "checked_at": entry.checked_at.isoformat() if entry.checked_at else None,
        "resolver": entry.resolver,
    }
    return {name: value for name, value in values.items() if value}


def read(path: Path) -> Snapshot:
    """The snapshot in `path`; InputError when it is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: DNS snapshot is larger than 1 GiB", HINT)
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}: DNS snapshot cannot be read ({error.strerror})", HINT) from None
    try:
        values = json.loads(raw)
        if values["format"] != FORMAT:
            raise ValueError
        return Snapshot(
            entries={str(name): _entry(str(name), record) for name, record in values["domains"].items()},
            resolvers=tuple(str(name) for name in values["resolvers"]),
            asked=int(values["asked"]),
            from_cache=int(values["from_cache"]),
            healthy=bool(values["healthy"]),
            finished=bool(values["finished"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{path.name}: not a DNS snapshot of this version", HINT) from None


def _entry(domain: str, record: dict[str, Any]) -> Entry:
    status = record["status"]
    mx_class, reason, mx_host, checked = (record.get(name) for name in ("mx_class", "reason", "mx_host", "checked_at"))
    moment = datetime.fromisoformat(checked) if checked is not None else None
    texts = all(isinstance(value, str | None) for value in (mx_class, reason, mx_host))
    if status not in STATUSES or not texts or (moment and moment.tzinfo is None):
        raise ValueError
    return Entry(domain, Finding(status, mx_class, reason, mx_host), moment, str(record.get("resolver", "")))
