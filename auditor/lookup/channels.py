"""How a question reaches one resolver: shared UDP sockets with TCP for long answers, TLS, or HTTPS.

Every `ask` ends by `until` (event loop time) with a Reply or a Failure and raises nothing but cancellation.
"""

import asyncio
import contextlib
import os
import socket
import ssl
from collections.abc import Iterator
from typing import Protocol

from auditor.errors import UsageError
from auditor.lookup import wire
from auditor.lookup.answers import Failure, Reply
from auditor.lookup.endpoints import Endpoint
from auditor.lookup.wire import Question

LANES = 8
TCP_AT_ONCE = 32
# what one wake-up reads before other tasks get their turn
DRAIN = 256
MEDIA_TYPE = "application/dns-message"
# seconds that saying goodbye to a web server may take
CLOSING = 2.0
# seconds between two looks at what is too late
SWEEP = 0.02


def _identities() -> Iterator[int]:
    """Random query ids from the system's source, some thousand at a time (RFC 5452 section 4.3)."""
    while True:
        yield from memoryview(os.urandom(8192)).cast("H")


_IDENTITIES = _identities()


class Channel(Protocol):
    """One way to one resolver."""

    async def ask(self, asked: Question, until: float, extended: bool = True) -> Reply | Failure:
        """The resolver's reply, or why there is none."""

    async def close(self) -> None:
        """Gives the sockets back at once, without waiting for the other side."""


def open_channel(endpoint: Endpoint) -> Channel:
    """The channel to `endpoint`; needs a running event loop, sends nothing yet."""
    if endpoint.scheme == "udp":
        return Datagrams(endpoint)
    if endpoint.scheme == "tls":
        return Tls(endpoint)
    return Https(endpoint)


class _Pending:
    """Questions in flight on one socket: id -> (future, question, end)."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.waiting: dict[int, tuple[asyncio.Future[bytes | None], Question, float]] = {}
        self.sweeping = False

    def add(self, asked: Question, until: float) -> tuple[int, "asyncio.Future[bytes | None]"]:
        """A fresh random id and the future of its answer; null when none came in time."""
        identity = next(_IDENTITIES)
        while identity in self.waiting:
            identity = next(_IDENTITIES)
        future: asyncio.Future[bytes | None] = self.loop.create_future()
        self.waiting[identity] = (future, asked, until)
        if not self.sweeping:
            self.sweeping = True
            self.loop.call_later(SWEEP, self._sweep)
        return identity, future

    def _sweep(self) -> None:
        """Drops what is too late: one timer for all questions instead of one each."""
        now = self.loop.time()
        for identity in [identity for identity, (_, _, end) in self.waiting.items() if end <= now]:
            self.drop(identity)
        self.sweeping = bool(self.waiting)
        if self.sweeping:
            self.loop.call_later(SWEEP, self._sweep)

    def drop(self, identity: int) -> None:
        """Gives up on one question."""
        entry = self.waiting.pop(identity, None)
        if entry and not entry[0].done():
            entry[0].set_result(None)

    def take(self, data: bytes) -> None:
        """Hands `data` to whoever asked for it; anything nobody asked for is ignored (RFC 5452)."""
        entry = self.waiting.get(data[0] << 8 | data[1]) if len(data) >= 12 else None
        if entry is None or not wire.answers(data, entry[1]):
            return
        del self.waiting[data[0] << 8 | data[1]]
        if not entry[0].done():
            entry[0].set_result(data)

    def fail(self) -> None:
        """Nothing more will come."""
        for identity in list(self.waiting):
            self.drop(identity)


class Lane(_Pending):
    """One connected UDP socket: the kernel only hands over datagrams from the resolver itself."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__()
        family = socket.AF_INET6 if ":" in endpoint.host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        try:
            self.socket.connect((endpoint.host, endpoint.port))
        except OSError:
            self.socket.close()
            raise
        self.loop.add_reader(self.socket.fileno(), self._read)

    def send(self, message: bytes) -> bool:
        """Whether the network took the message; a full buffer counts as a lost datagram."""
        for _ in range(2):
            try:
                self.socket.send(message)
                return True
            except BlockingIOError:
                return True
            except ConnectionRefusedError:
                # an ICMP error for an earlier datagram is reported here and this one is not sent: once more
                continue
            except OSError:
                return False
        return True

    def _read(self) -> None:
        for _ in range(DRAIN):
            try:
                data = self.socket.recv(65_535)
            except BlockingIOError:
                return
            except OSError:
                # ICMP errors can be forged: only time decides that there is no answer
                continue
            self.take(data)

    def close(self) -> None:
        """Ends the lane."""
        self.loop.remove_reader(self.socket.fileno())
        self.socket.close()
        self.fail()


class Datagrams:
    """UDP over a few shared sockets; TCP when the resolver says the answer is longer."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.lanes: list[Lane] = []
        self.turn = 0
        self.tcp = asyncio.Semaphore(TCP_AT_ONCE)

    async def ask(self, asked: Question, until: float, extended: bool = True) -> Reply | Failure:
        """See Channel."""
        lane = self._lane()
        if lane is None:
            return Failure.UNREACHABLE
        identity, future = lane.add(asked, until)
        if not lane.send(wire.query(identity, asked, extended)):
            lane.drop(identity)
            return Failure.UNREACHABLE
        data = await future
        if data is None:
            return Failure.TIMEOUT
        found = wire.read(data, asked)
        if isinstance(found, Reply) and found.truncated:
            return await self._long(asked, until, extended)
        return found

    def _lane(self) -> Lane | None:
        self.turn = (self.turn + 1) % LANES
        if self.turn < len(self.lanes):
            return self.lanes[self.turn]
        try:
            self.lanes.append(Lane(self.endpoint))
        except OSError:
            return self.lanes[0] if self.lanes else None
        return self.lanes[-1]

    async def _long(self, asked: Question, until: float, extended: bool) -> Reply | Failure:
        try:
            async with asyncio.timeout_at(until), self.tcp:
                return await _once(self.endpoint, asked, extended)
        except TimeoutError:
            return Failure.TIMEOUT
        except (OSError, asyncio.IncompleteReadError):
            return Failure.UNREACHABLE

    async def close(self) -> None:
        """See Channel."""
        for lane in self.lanes:
            lane.close()
        self.lanes.clear()


async def _once(endpoint: Endpoint, asked: Question, extended: bool) -> Reply | Failure:
    """One question over one TCP connection (RFC 7766)."""
    reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
    try:
        identity = next(_IDENTITIES)
        writer.write(_framed(wire.query(identity, asked, extended)))
        data = await _frame(reader)
    finally:
        writer.transport.abort()
    if len(data) < 12 or data[0] << 8 | data[1] != identity or not wire.answers(data, asked):
        return Failure.GARBAGE
    found = wire.read(data, asked)
    # a truncated answer over TCP is nonsense, not half an answer
    return Failure.GARBAGE if isinstance(found, Reply) and found.truncated else found


def _framed(message: bytes) -> bytes:
    return len(message).to_bytes(2, "big") + message


async def _frame(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))


class Tls:
    """DNS over TLS (RFC 7858): one connection, many questions in flight, opened again when it breaks."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        # the system's trust, or SSL_CERT_FILE; certificate and name are always checked
        self.context = ssl.create_default_context()
        self.opening = asyncio.Lock()
        self.pending: _Pending | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.reading: asyncio.Task[None] | None = None

    async def ask(self, asked: Question, until: float, extended: bool = True) -> Reply | Failure:
        """See Channel."""
        try:
            async with asyncio.timeout_at(until):
                pending, writer = await self._connection()
        except TimeoutError:
            return Failure.TIMEOUT
        except OSError:
            # ssl.SSLError is an OSError: an untrusted resolver is as good as none
            return Failure.UNREACHABLE
        identity, future = pending.add(asked, until)
        writer.write(_framed(wire.query(identity, asked, extended)))
        data = await future
        if data is None:
            return Failure.TIMEOUT
        found = wire.read(data, asked)
        return Failure.GARBAGE if isinstance(found, Reply) and found.truncated else found

    async def _connection(self) -> tuple[_Pending, asyncio.StreamWriter]:
        async with self.opening:
            if self.pending is None or self.writer is None or self.writer.is_closing():
                await self.close()
                host, port = self.endpoint.host, self.endpoint.port
                reader, self.writer = await asyncio.open_connection(host, port, ssl=self.context, server_hostname=host)
                self.pending = _Pending()
                self.reading = asyncio.create_task(_pump(reader, self.writer, self.pending))
            return self.pending, self.writer

    async def close(self) -> None:
        """See Channel."""
        if self.reading:
            self.reading.cancel()
        if self.writer:
            self.writer.transport.abort()
        if self.pending:
            self.pending.fail()
        self.reading = self.writer = self.pending = None


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pending: _Pending) -> None:
    try:
        while True:
            pending.take(await _frame(reader))
    except (OSError, asyncio.IncompleteReadError):
        return
    finally:
        writer.transport.abort()
        pending.fail()


class Https:
    """DNS over HTTPS (RFC 8484), for which the `doh` extra brings an HTTP/2 client."""

    def __init__(self, endpoint: Endpoint) -> None:
        try:
            import httpx2
        except ImportError:
            raise UsageError(
                "DNS over HTTPS is not installed", "Install prospect-auditor[doh], or use tls:// instead."
            ) from None
        self.endpoint = endpoint
        # trust_env=False: no proxy of the environment learns the domains
        self.client = httpx2.AsyncClient(http2=True, trust_env=False, verify=ssl.create_default_context())
        self.errors = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL)

    async def ask(self, asked: Question, until: float, extended: bool = True) -> Reply | Failure:
        """See Channel."""
        try:
            async with asyncio.timeout_at(until):
                data = await self._post(wire.query(0, asked, extended))
        except TimeoutError:
            return Failure.TIMEOUT
        except (OSError, *self.errors):
            return Failure.UNREACHABLE
        if data is None or not wire.answers(data, asked):
            return Failure.GARBAGE
        found = wire.read(data, asked)
        return Failure.GARBAGE if isinstance(found, Reply) and found.truncated else found

    async def _post(self, message: bytes) -> bytes | None:
        """The body of a good response, null for any other or one longer than a DNS message can be."""
        headers = {"accept": MEDIA_TYPE, "content-type": MEDIA_TYPE}
        async with self.client.stream("POST", self.endpoint.url, content=message, headers=headers) as response:
            if response.status_code != 200 or response.headers.get("content-type") != MEDIA_TYPE:
                return None
            body = b""
            async for part in response.aiter_bytes():
                body += part
                if len(body) > 65_535:
                    return None
            return body

    async def close(self) -> None:
        """See Channel."""
        with contextlib.suppress(TimeoutError, OSError, *self.errors):
            async with asyncio.timeout(CLOSING):
                await self.client.aclose()
