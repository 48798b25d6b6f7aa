"""Many domains, few resolvers: concurrency, time limits, retries, and what to do when nothing answers."""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from auditor.lookup import wire
from auditor.lookup.answers import Answer, Failure, Kind, Reply
from auditor.lookup.channels import Channel, open_channel
from auditor.lookup.classify import FORMERR, NOTIMP, Finding, classify, doubt, next_question, unknown
from auditor.lookup.endpoints import Endpoint
from auditor.lookup.pace import Pace

PROBES = 5
TRIES = 3
# seconds before the same resolver is asked the same again, doubled each time
RETRY_AFTER = 0.1
# faults that another resolver or another moment may cure
SILENT = frozenset({Failure.TIMEOUT, Failure.UNREACHABLE, Failure.SERVFAIL, Failure.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and numbers: one try, one domain, the whole run; domains at once; questions a second."""

    timeout: float = 2.0
    lifetime: float = 6.0
    budget: float = 3600.0
    concurrency: int = 256
    rate: float = 2000.0


class Upstream:
    """One resolver with its channel, pace and recent fate."""

    def __init__(self, endpoint: Endpoint, rate: float) -> None:
        self.name = endpoint.name
        self.channel: Channel = open_channel(endpoint)
        self.pace = Pace(rate)
        self.healthy = True


class Client:
    """Looks up domains through `endpoints`; to be used inside one event loop, closed at the end."""

    def __init__(self, endpoints: Iterable[Endpoint], limits: Limits) -> None:
        self.loop = asyncio.get_running_loop()
        self.limits = limits
        self.upstreams = [Upstream(endpoint, limits.rate) for endpoint in endpoints]
        # names that some resolver has heard
        self.disclosed: set[str] = set()
        # look-ups since one last ended with something definite, and when that was
        self.silence = 0
        self.heard = self.loop.time()
        # questions of the probe: those still open when a resolver is known to be in order go on beside the run, since
        # to give up a question while its connection opens can leave a socket open (seen with HTTPS)
        self.probes: list[asyncio.Task[bool]] = []

    async def close(self) -> None:
        """Gives all sockets back at once."""
        for task in self.probes:
            task.cancel()
        await asyncio.gather(*self.probes, return_exceptions=True)
        for upstream in self.upstreams:
            await upstream.channel.close()
        # closed transports let go of their sockets in the loop's next turn
        await asyncio.sleep(0)

    async def probe(self, domains: list[str]) -> bool:
        """Whether some resolver gives any sensible answer for some of `domains`; mute ones are asked last.

        Only domains of the list are asked, so that a probe discloses nothing more than the run itself.
        """
        sample = random.SystemRandom().sample(domains, min(PROBES, len(domains)))
        await asyncio.gather(*(self._probe(upstream, sample) for upstream in self.upstreams))
        self.upstreams.sort(key=lambda upstream: not upstream.healthy)
        return any(upstream.healthy for upstream in self.upstreams)

    async def _probe(self, upstream: Upstream, sample: list[str]) -> None:
        until = self.loop.time() + self.limits.lifetime
        self.disclosed.update(sample)
        tries = [asyncio.create_task(self._sensible(upstream, domain, until)) for domain in sample]
        self.probes += tries
        upstream.healthy = False
        for answered in asyncio.as_completed(tries):
            if await answered:
                upstream.healthy = True
                return

    async def _sensible(self, upstream: Upstream, domain: str, until: float) -> bool:
        return doubt(domain, await self._try(upstream, wire.question(domain, Kind.MX), until)) is None

    async def run(self, domains: list[str], learnt: Callable[[str, Finding, str], None]) -> bool:
        """Looks up `domains` in their order, tells `learnt(domain, finding, resolver)` each; whether all were asked."""
        ends = self.loop.time() + self.limits.budget
        names = iter(domains)
        workers = min(self.limits.concurrency, len(domains))
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._work(names, ends, learnt))
        reason = Failure.RESOLVER_DOWN if self._down() else Failure.BUDGET
        complete = True
        for domain in names:
            learnt(domain, unknown(reason), "")
            complete = False
        return complete

    async def _work(self, names: Iterator[str], ends: float, learnt: Callable[[str, Finding, str], None]) -> None:
        while (now := self.loop.time()) < ends and not self._down():
            start = self._line()[0].pace.book(now)
            if start > now:
                # the lifetime of a domain starts when its first question may leave
                await asyncio.sleep(min(start, ends) - now)
            if start >= ends or (domain := next(names, None)) is None:
                return
            finding, resolver = await self.look_up(domain, ends)
            learnt(domain, finding, resolver)

    def _down(self) -> bool:
        """Nothing definite for as long as three lifetimes, although a whole round was asked."""
        mute = self.silence >= max(64, self.limits.concurrency)
        return mute and self.loop.time() - self.heard > 3 * self.limits.lifetime

    async def look_up(self, domain: str, ends: float = float("inf")) -> tuple[Finding, str]:
        """The fact about one domain and the resolver that said it; done within the lifetime."""
        until = min(self.loop.time() + self.limits.lifetime, ends)
        answers: dict[Kind, Answer] = {}
        resolver = ""
        self.disclosed.add(domain)
        while kind := next_question(domain, answers):
            answers[kind], resolver = await self._ask(wire.question(domain, kind), until)
        finding = classify(domain, answers)
        if finding.status == "unknown":
            self.silence += 1
        else:
            self.silence, self.heard = 0, self.loop.time()
        return finding, resolver

    async def _ask(self, asked: wire.Question, until: float) -> tuple[Answer, str]:
        """The first definite answer of TRIES or more, else the last doubtful one."""
        given: Answer = Failure.TIMEOUT
        name = ""
        line = self._line()
        tries = max(TRIES, len(line) + 1)
        for turn in range(tries):
            upstream = line[turn % len(line)]
            if turn:
                upstream.pace.book(self.loop.time())
            given, name = await self._try(upstream, asked, until), upstream.name
            fault = doubt(asked.domain, given)
            upstream.pace.note(fault not in SILENT)
            if fault is None or turn == tries - 1:
                break
            again = turn + 1 - len(line)
            pause = RETRY_AFTER * 2**again if again >= 0 else 0.0
            if self.loop.time() + pause >= until:
                break
            await asyncio.sleep(pause)
        return given, name

    def _line(self) -> list[Upstream]:
        """The resolvers in the order to ask: the user's, those that struggle last."""
        if len(self.upstreams) == 1:
            return self.upstreams
        return sorted(self.upstreams, key=lambda upstream: upstream.pace.struggling)

    async def _try(self, upstream: Upstream, asked: wire.Question, until: float) -> Answer:
        end = min(until, self.loop.time() + self.limits.timeout)
        given = await upstream.channel.ask(asked, end)
        if isinstance(given, Reply) and given.code in (FORMERR, NOTIMP):
            # servers older than EDNS (RFC 6891 section 7)
            return await upstream.channel.ask(asked, end, extended=False)
        return given
