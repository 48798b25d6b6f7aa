"""The look-ups of one audit: snapshot or cache first, then the network, then a table."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from auditor.lookup import endpoints, snapshot
from auditor.lookup.answers import Failure
from auditor.lookup.cache import FILE, Cache, Entry
from auditor.lookup.classify import Finding, unknown
from auditor.lookup.client import Client, Limits
from auditor.lookup.interrupt import HeldSignals
from auditor.result import Lookup
from auditor.settings import Settings
from auditor.world import World

Progress = Callable[[int, int], None]

TABLE: dict[str, pl.DataType] = {
    "domain": pl.String(),
    "domain_status": pl.String(),
    "mx_class": pl.String(),
    "reason": pl.String(),
    "mx_host": pl.String(),
    "checked_at": pl.Datetime("us", "UTC"),
    "resolver": pl.String(),
}
# what may be asked at all: host names of two labels or more, nothing that never leaves a private network
HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\Z")
PRIVATE = frozenset({"local", "localhost", "localdomain", "internal", "onion", "lan", "home", "corp", "arpa"})
SAVE_EVERY = 0.5
# seconds before each health probe; after the last one the resolvers count as down
PROBES = (0.0, 0.5, 0.5)


def resolve(
    domains: pl.DataFrame, settings: Settings, world: World, progress: Progress | None = None
) -> tuple[pl.DataFrame, Lookup, bytes]:
    """See `auditor.lookup.resolve`."""
    names = domains.get_column("domain").drop_nulls().unique().sort().to_list()
    if settings.dns_snapshot:
        return _repeat(names, snapshot.read(settings.dns_snapshot), settings)
    askable = [name for name in names if HOST.match(name) and name.rpartition(".")[2] not in PRIVATE]
    chosen = endpoints.chosen(settings.dns.resolvers)
    session = Session(askable, settings, world, progress or (lambda done, total: None))
    healthy, finished = session.run(chosen)
    entries = session.entries | {
        name: Entry(name, unknown(Failure.NOT_ASKED)) for name in set(names).difference(askable)
    }
    found = _lookup(
        entries,
        settings,
        tuple(endpoint.name for endpoint in chosen),
        asked=session.asked,
        from_cache=session.from_cache,
        healthy=healthy,
        finished=finished,
    )
    return table(entries), found, snapshot.write(entries, found, finished)


def _repeat(names: list[str], taken: snapshot.Snapshot, settings: Settings) -> tuple[pl.DataFrame, Lookup, bytes]:
    """The answers of an earlier audit; a domain it did not hold is unknown, nothing is asked."""
    missing = [name for name in names if name not in taken.entries]
    entries = {name: taken.entries[name] for name in names if name in taken.entries}
    entries |= {name: Entry(name, unknown(Failure.NOT_IN_SNAPSHOT)) for name in missing}
    found = _lookup(
        entries,
        settings,
        taken.resolvers,
        asked=taken.asked,
        from_cache=taken.from_cache,
        healthy=taken.healthy,
        finished=taken.finished,
    )
    return table(entries), found, snapshot.write(entries, found, taken.finished)


def _lookup(
    entries: Mapping[str, Entry],
    settings: Settings,
    resolvers: tuple[str, ...],
    *,
    asked: int,
    from_cache: int,
    healthy: bool,
    finished: bool,
) -> Lookup:
    statuses = Counter(entry.finding.status for entry in entries.values())
    share = 100 * statuses["unknown"] / len(entries) if entries else 0.0
    return Lookup(
        resolvers=resolvers,
        asked=asked,
        from_cache=from_cache,
        unknown=statuses["unknown"],
        statuses=dict(sorted(statuses.items())),
        complete=finished and share <= settings.dns.max_unknown,
        resolver_healthy=healthy,
    )


def table(entries: Mapping[str, Entry]) -> pl.DataFrame:
    """One row per domain, in domain order."""
    rows = [
        (name, e.finding.status, e.finding.mx_class, e.finding.reason, e.finding.mx_host, e.checked_at, e.resolver)
        for name, e in sorted(entries.items())
    ]
    return pl.DataFrame(rows, schema=TABLE, orient="row")


class Session:
    """One run over the network; what it learns is in the cache within a second, whatever ends it.

    `asked` counts the names that left the machine.
    """

    def __init__(self, names: list[str], settings: Settings, world: World, progress: Progress) -> None:
        self.settings, self.now, self.progress = settings, world.now, progress
        self.total = len(names)
        self.cache = _open_cache(world.cache) if settings.dns.cache else None
        self.entries = self.cache.get(names, self.now) if self.cache else {}
        self.from_cache = len(self.entries)
        self.asked = 0
        self.left = [name for name in names if name not in self.entries]
        # a list's order tells more than its domains do
        random.SystemRandom().shuffle(self.left)
        self.unsaved: list[Entry] = []

    def run(self, chosen: tuple[endpoints.Endpoint, ...]) -> tuple[bool, bool]:
        """(whether a resolver was in order, whether all domains were examined)."""
        with HeldSignals() as signals:
            try:
                self.progress(self.from_cache, self.total)
                outcome = asyncio.run(self._ask(chosen, signals)) if self.left else (True, True)
                self.progress(self.total, self.total)
                return outcome
            finally:
                # whatever ended the run, what it had learnt is kept
                self._save()
                if self.cache:
                    self.cache.prune(self.now)
                    self.cache.close()

    async def _ask(self, chosen: tuple[endpoints.Endpoint, ...], signals: HeldSignals) -> tuple[bool, bool]:
        signals.cancels(asyncio.current_task(), asyncio.get_running_loop())
        dns = self.settings.dns
        limits = Limits(
            timeout=min(dns.timeout, dns.lifetime),
            lifetime=dns.lifetime,
            budget=dns.budget,
            concurrency=dns.concurrency,
            rate=dns.rate,
        )
        client = Client(chosen, limits)
        keeper = asyncio.create_task(self._keep())
        try:
            for pause in PROBES:
                await asyncio.sleep(pause)
                if await client.probe(self.left):
                    return True, await client.run(self.left, self._learn)
            for name in self.left:
                self._learn(name, unknown(Failure.RESOLVER_DOWN), "")
            return False, False
        finally:
            self.asked = len(client.disclosed)
            keeper.cancel()
            await client.close()

    def _learn(self, domain: str, finding: Finding, resolver: str) -> None:
        entry = Entry(domain, finding, self.now, resolver)
        self.entries[domain] = entry
        self.unsaved.append(entry)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY)
            self.progress(len(self.entries), self.total)
            # in a thread: a lock held by another run must not delay answers
            await asyncio.to_thread(self._save)

    def _save(self) -> None:
        batch, self.unsaved = self.unsaved, []
        if self.cache and batch and not self.cache.put(batch):
            self.unsaved = batch + self.unsaved


def _open_cache(folder: Path) -> Cache | None:
    """The cache in `folder`; null when there is no folder or it cannot be written: then nothing is kept."""
    if folder == Path():
        return None
    try:
        return Cache(folder / FILE)
    except OSError:
        return None
