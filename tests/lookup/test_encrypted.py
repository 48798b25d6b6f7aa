"""Encrypted resolvers on loopback: DNS over TLS and over HTTPS."""

import asyncio
import os
import shutil
import ssl
import subprocess
import threading

import dns.flags
import polars as pl
import pytest

from auditor import lookup
from auditor.lookup.client import Client, Limits
from auditor.lookup.endpoints import parse
from auditor.settings import build
from auditor.world import World, real
from tests.lookup.nameserver import NameServer, absent, answer, mail, send, serve

pytestmark = pytest.mark.skipif(
    not shutil.which("openssl") and not os.environ.get("CI"), reason="needs openssl to make a certificate"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """(certificate, key) for 127.0.0.1, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1", "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return files


@pytest.fixture
def server_side(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


def plain(asked):
    if asked.name.startswith("gone"):
        return absent(asked)
    if asked.name.startswith("mute"):
        return []
    if asked.name.startswith("hang-up"):
        return [(0, b"")]
    if asked.name.startswith("cut"):
        return send(asked, answer(asked, flags=dns.flags.TC))
    return mail(asked)


def resolve(resolver, *names):
    settings = build({"dns": {"resolvers": [resolver], "timeout": 1, "lifetime": 2}}, "test")
    table, found, _ = lookup.resolve(pl.DataFrame({"domain": names, "n": 1}), settings, World(now=real().now))
    return dict(table.select("domain", "domain_status").iter_rows()), found


EXPECTED = {"cut.test": "unknown", "gone.test": "does_not_exist", "mail.test": "accepts_mail", "mute.test": "unknown"}


def test_over_tls_the_answers_are_the_same_and_one_connection_serves_all(server_side, trusted):
    names = [f"firm-{i}.test" for i in range(60)]
    with serve(plain, server_side) as server:
        found, told = resolve(f"tls://{server.address}", *names, *EXPECTED)
        assert server.connections == 1
    assert {name: found[name] for name in EXPECTED} == EXPECTED
    assert {found[name] for name in names} == {"accepts_mail"}
    assert told.resolvers == (f"tls://{server.address}",)


def test_a_broken_connection_is_opened_again(server_side, trusted):
    async def ask(address):
        client = Client([parse(f"tls://{address}")], Limits(timeout=1, lifetime=2))
        try:
            return [(await client.look_up(name))[0].status for name in ("hang-up.test", "mail.test")]
        finally:
            await client.close()

    with serve(plain, server_side) as server:
        assert asyncio.run(ask(server.address)) == ["unknown", "accepts_mail"]
        assert server.connections > 1


def test_a_resolver_that_cannot_prove_who_it_is_gets_no_question(server_side):
    with serve(plain, server_side) as server:
        found, told = resolve(f"tls://{server.address}", "mail.test")
    assert found == {"mail.test": "unknown"}
    assert not told.resolver_healthy
    assert server.log == []


class Web:
    """An HTTPS server of one page: POST answers DNS messages, or whatever a test wants instead."""

    def __init__(self, context):
        self.names = NameServer(plain)
        self.context = context
        self.status = "200 OK"
        self.kind = "application/dns-message"
        self.body = None

    async def _serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
                asked = await reader.readexactly(length)
                parts = self.names.respond(asked, False, ("127.0.0.1", 0))
                if not parts:
                    continue
                body = self.body if self.body is not None else parts[0][1]
                lines = f"HTTP/1.1 {self.status}", f"Content-Type: {self.kind}", f"Content-Length: {len(body)}", "", ""
                writer.write("\r\n".join(lines).encode() + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.transport.abort()

    def __enter__(self):
        self.loop, self.ready, self.stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

        async def live():
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.context)
            self.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/dns-query"
            self.ready.set()
            await self.stop.wait()
            server.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0.05)

        self.thread = threading.Thread(target=lambda: self.loop.run_until_complete(live()))
        self.thread.start()
        self.ready.wait(10)
        return self

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join()
        self.loop.close()


@pytest.fixture
def web(server_side):
    pytest.importorskip("httpx2")
    with Web(server_side) as running:
        yield running


def test_over_https_the_answers_are_the_same(web, trusted):
    found, told = resolve(web.url, *EXPECTED)
    assert found == EXPECTED
    assert told.resolvers == (web.url,)
    # RFC 8484: the id is 0, nothing of the caller shows
    assert {wire[:2] for wire in web.names.raw} == {b"\0\0"}


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        ("500 Oops", "application/dns-message", None),
        ("200 OK", "text/html", None),
        ("200 OK", "application/dns-message", b"<html>captive portal</html>"),
        ("200 OK", "application/dns-message", b"x" * 200_000),
        ("302 Found", "application/dns-message", b""),
    ],
)
def test_a_web_server_that_is_no_resolver_leaves_everything_unknown(web, trusted, status, kind, body):
    web.status, web.kind, web.body = status, kind, body
    found, _ = resolve(web.url, "mail.test", "gone.test")
    assert set(found.values()) == {"unknown"}


def test_an_untrusted_web_server_is_not_asked(web):
    found, _ = resolve(web.url, "mail.test")
    assert found == {"mail.test": "unknown"}
    assert web.names.log == []
