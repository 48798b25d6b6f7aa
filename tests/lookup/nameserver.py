"""A name server on loopback that answers as a test wants it to, well or badly, over UDP, TCP and TLS."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

SOA = "ns.test. root.test. 1 3600 600 86400 900"
# what goes out: (seconds to wait, bytes); over TCP the bytes are sent as they are, frame and all
Parts = list[tuple[float, bytes]]


@dataclass
class Asked:
    """One query as it came in."""

    name: str
    kind: str
    tcp: bool
    wire: bytes
    message: dns.message.Message
    client: tuple[str, int]


Handler = Callable[[Asked], Parts]


@dataclass
class NameServer:
    """A running server: where it listens and what it was asked."""

    handler: Handler
    port: int = 0
    log: list[tuple[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def respond(self, wire: bytes, tcp: bool, client: tuple[str, int]) -> Parts:
        message = dns.message.from_wire(wire)
        question = message.question[0]
        name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
        asked = Asked(name, kind, tcp, wire, message, client)
        self.log.append((asked.name, asked.kind))
        self.raw.append(wire)
        return self.handler(asked)


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: NameServer) -> None:
        self.server = server

    def connection_made(self, transport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address) -> None:
        loop = asyncio.get_running_loop()
        after = 0.0
        for delay, part in self.server.respond(data, False, address):
            after += delay
            if after:
                loop.call_later(after, self._send, part, address)
            else:
                self._send(part, address)

    def _send(self, part: bytes, address) -> None:
        if not self.transport.is_closing():
            self.transport.sendto(part, address)


async def _stream(server: NameServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    server.connections += 1
    client = writer.get_extra_info("peername")
    try:
        while True:
            length = int.from_bytes(await reader.readexactly(2), "big")
            for delay, part in server.respond(await reader.readexactly(length), True, client):
                await asyncio.sleep(delay)
                if not part:
                    return
                writer.write(part)
                await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        return
    finally:
        # lets what was written leave, but waits for nobody
        writer.close()


@contextlib.contextmanager
def serve(handler: Handler, tls: ssl.SSLContext | None = None) -> Iterator[NameServer]:
    """Runs a server in a thread of its own; same port for UDP and TCP, or TLS only."""
    server = NameServer(handler)
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()

    async def live() -> None:
        streams = await asyncio.start_server(
            lambda reader, writer: _stream(server, reader, writer), "127.0.0.1", 0, ssl=tls
        )
        server.port = streams.sockets[0].getsockname()[1]
        datagrams = None
        if tls is None:
            datagrams, _ = await loop.create_datagram_endpoint(
                lambda: _Udp(server), local_addr=("127.0.0.1", server.port)
            )
        ready.set()
        await stop.wait()
        streams.close()
        if datagrams:
            datagrams.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)

    thread = threading.Thread(target=lambda: loop.run_until_complete(live()))
    thread.start()
    try:
        while not ready.wait(0.1):
            if not thread.is_alive():
                raise RuntimeError("name server did not start")
        yield server
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def framed(message: bytes) -> bytes:
    return len(message).to_bytes(2, "big") + message


def answer(
    asked: Asked,
    *records: str,
    rcode: int = 0,
    authority: tuple[str, ...] = (),
    additional: tuple[str, ...] = (),
    flags: int = 0,
    options: tuple = (),
) -> dns.message.Message:
    """A response to `asked`; records as in a zone file: "owner ttl type data"."""
    message = dns.message.make_response(asked.message, recursion_available=True)
    message.set_rcode(rcode)
    message.flags |= flags
    for section, texts in ((message.answer, records), (message.authority, authority), (message.additional, additional)):
        for text in texts:
            owner, ttl, kind, data = text.split(" ", 3)
            section.append(dns.rrset.from_text(owner, int(ttl), "IN", kind, data))
    if options:
        message.use_edns(0, options=options)
    return message


def send(asked: Asked, message: dns.message.Message | bytes, delay: float = 0.0) -> Parts:
    """One well-framed message."""
    wire = message if isinstance(message, bytes) else message.to_wire(max_size=65_535)
    return [(delay, framed(wire) if asked.tcp else wire)]


def absent(asked: Asked, zone: str = "test.") -> Parts:
    """A proper NXDOMAIN."""
    return send(asked, answer(asked, rcode=dns.rcode.NXDOMAIN, authority=(f"{zone} 900 SOA {SOA}",)))


def empty(asked: Asked, owner: str = "") -> Parts:
    """A proper NODATA: the name is there, records of this type are not."""
    return send(asked, answer(asked, authority=(f"{owner or asked.name + '.'} 900 SOA {SOA}",)))


def mail(asked: Asked, host: str = "mx.mail-demo.test.") -> Parts:
    """An ordinary MX answer, NODATA for every other type."""
    if asked.kind != "MX":
        return empty(asked)
    return send(asked, answer(asked, f"{asked.name}. 3600 MX 10 {host}"))
