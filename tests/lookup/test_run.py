"""The whole look-up stage over loopback name servers: disclosure, outages, cache, snapshot, interruption."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import dns.rcode
import polars as pl
import pytest

from auditor import lookup
from auditor.errors import InputError, UsageError
from auditor.lookup.cache import FILE, describe
from auditor.settings import build
from auditor.world import World
from tests.lookup.nameserver import absent, answer, mail, send, serve

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def world(folder=None, now=NOW):
    return World(now=now, cache=folder) if folder else World(now=now)


def settings(*resolvers, **more):
    dns = {"resolvers": list(resolvers), "timeout": 0.3, "lifetime": 0.8}
    top = {name: more.pop(name) for name in list(more) if name.startswith("dns_")}
    return build({"dns": dns | more, **top}, "test")


def listed(*names):
    return pl.DataFrame({"domain": names, "n": [1] * len(names)}, schema={"domain": pl.String, "n": pl.Int64})


def statuses(table):
    return dict(table.select("domain", "domain_status").iter_rows())


def plain(asked):
    """gone-*: not there; mute-*: silence; the rest takes mail."""
    if asked.name.startswith("gone"):
        return absent(asked)
    if asked.name.startswith("mute"):
        return []
    return mail(asked)


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_every_domain_of_the_list_has_one_row_in_domain_order():
    with serve(plain) as server:
        table, found, _ = lookup.resolve(
            listed("mail.test", "gone.test", "mute.test"), settings(server.address), world()
        )
    assert table.get_column("domain").to_list() == ["gone.test", "mail.test", "mute.test"]
    assert statuses(table) == {"gone.test": "does_not_exist", "mail.test": "accepts_mail", "mute.test": "unknown"}
    assert table.filter(pl.col("domain") == "mute.test").item(0, "reason") == "timeout"
    assert set(table.get_column("checked_at")) == {NOW}
    assert (found.asked, found.from_cache, found.unknown, found.resolvers) == (3, 0, 1, (server.address,))
    assert found.statuses == {"accepts_mail": 1, "does_not_exist": 1, "unknown": 1}


def test_a_list_without_domains_asks_nothing():
    table, found, snapshot = lookup.resolve(listed(), settings(f"127.0.0.1:{free_port()}"), world())
    assert (table.height, found.asked, found.complete) == (0, 0, True)
    assert json.loads(snapshot)["domains"] == {}


def test_the_server_hears_domains_of_the_list_and_nothing_else():
    names = [f"firm-{i}.test" for i in range(40)] + ["gone.test", "mute.test"]
    with serve(plain) as server:
        lookup.resolve(listed(*names), settings(server.address), world())
    assert {name for name, _ in server.log} == set(names)
    assert not any(b"@" in wire[2:] for wire in server.raw)


def test_domains_are_asked_in_no_order_of_the_list():
    names = [f"firm-{i:03d}.test" for i in range(200)]
    with serve(plain) as server:
        lookup.resolve(listed(*names), settings(server.address, concurrency=1), world())
    first = list(dict.fromkeys(name for name, _ in server.log))
    assert first != names
    assert sorted(first) == names


@pytest.mark.parametrize(
    "name",
    ["localhost", "printer.local", "hidden.onion", "1.168.192.in-addr.arpa", "ana@firm.test", "two words.test",
     "-.test",     "[127.0.0.1]", "é.test", "x" * 64 + ".test", "single", "a..test", "firm.test.", ""],
)  # fmt: skip
def test_what_is_no_public_host_name_is_never_sent(name):
    with serve(plain) as server:
        table, found, _ = lookup.resolve(listed(name, "mail.test"), settings(server.address), world())
    assert {asked for asked, _ in server.log} == {"mail.test"}
    assert statuses(table)[name] == "unknown"
    assert found.asked == 1


def test_a_dead_resolver_makes_everything_unknown_and_nothing_else():
    table, found, _ = lookup.resolve(
        listed("mail.test", "gone.test"), settings(f"127.0.0.1:{free_port()}", timeout=0.1, lifetime=0.2), world()
    )
    assert set(statuses(table).values()) == {"unknown"}
    assert (found.resolver_healthy, found.complete, found.asked) == (False, False, 2)


@pytest.mark.parametrize("code", [dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.NXDOMAIN])
def test_a_resolver_that_fails_or_denies_everything_removes_nobody(code):
    names = [f"firm-{i}.test" for i in range(30)]
    with serve(lambda asked: send(asked, answer(asked, rcode=code))) as server:
        table, found, _ = lookup.resolve(listed(*names), settings(server.address), world())
    assert set(statuses(table).values()) == {"unknown"}
    assert not found.complete


def test_an_outage_half_way_leaves_the_rest_unknown_in_bounded_time():
    names = [f"firm-{i:03d}.test" for i in range(600)]
    heard = []

    def dies(asked):
        heard.append(asked.name)
        return mail(asked) if len(heard) < 100 else []

    with serve(dies) as server:
        chosen = settings(server.address, timeout=0.1, lifetime=0.2, concurrency=32)
        table, found, _ = lookup.resolve(listed(*names), chosen, world())
    given = table.get_column("domain_status").value_counts().rows_by_key("domain_status", unique=True)
    assert set(given) == {"accepts_mail", "unknown"}
    left = table.filter(pl.col("reason") == "resolver_down").height
    assert left > 0
    assert found.asked == len(set(heard))
    assert not found.complete


def test_another_resolver_is_asked_when_the_first_one_fails():
    with serve(lambda asked: send(asked, answer(asked, rcode=2))) as bad, serve(plain) as good:
        table, found, _ = lookup.resolve(listed("mail.test", "gone.test"), settings(bad.address, good.address), world())
    assert statuses(table) == {"gone.test": "does_not_exist", "mail.test": "accepts_mail"}
    assert set(table.get_column("resolver")) == {good.address}
    assert found.resolvers == (bad.address, good.address)


def test_a_healthy_resolver_alone_hears_the_domains():
    with serve(plain) as first, serve(plain) as second:
        lookup.resolve(listed(*(f"f{i}.test" for i in range(50))), settings(first.address, second.address), world())
    # the second one hears the health probe only
    assert len({name for name, _ in second.log}) <= 5


def test_a_resolver_that_dies_half_way_hands_over_to_the_next():
    names = [f"firm-{i:03d}.test" for i in range(600)]
    heard = []

    def dies(asked):
        heard.append(asked.name)
        return mail(asked) if len(heard) < 100 else []

    with serve(dies) as first, serve(plain) as second:
        chosen = settings(first.address, second.address, timeout=0.1, lifetime=1.0, concurrency=64)
        table, found, _ = lookup.resolve(listed(*names), chosen, world())
    assert set(statuses(table).values()) == {"accepts_mail"}
    assert found.complete
    # once it struggles it is no longer asked first
    assert len(heard) < 500


def test_the_run_ends_when_its_budget_is_spent():
    names = [f"mute-{i}.test" for i in range(50)] + ["mail.test"]
    with serve(lambda asked: mail(asked) if asked.name == "mail.test" else []) as server:
        chosen = settings(server.address, budget=1.0, concurrency=1, lifetime=0.4)
        started = time.monotonic()
        table, found, _ = lookup.resolve(listed(*names), chosen, world())
        assert time.monotonic() - started < 5
    assert table.height == 51
    assert not found.complete


def test_more_unknown_than_allowed_makes_the_run_incomplete():
    names = ["mute.test", *(f"firm-{i}.test" for i in range(9))]
    with serve(plain) as server:
        complete = [
            lookup.resolve(listed(*names), settings(server.address, max_unknown=share), world())[1].complete
            for share in (20, 10, 9)
        ]
    assert complete == [True, True, False]


def test_progress_runs_up_to_the_number_of_domains():
    steps = []
    with serve(plain) as server:
        lookup.resolve(
            listed(*(f"f{i}.test" for i in range(20))),
            settings(server.address),
            world(),
            lambda *step: steps.append(step),
        )
    assert steps[0] == (0, 20)
    assert steps[-1] == (20, 20)


def test_the_second_run_asks_only_what_it_does_not_know(tmp_path):
    names = ["mail.test", "gone.test", "mute.test"]
    with serve(plain) as server:
        first = lookup.resolve(listed(*names), settings(server.address), world(tmp_path))
        server.log.clear()
        second = lookup.resolve(listed(*names), settings(server.address), world(tmp_path, NOW + timedelta(minutes=5)))
        heard = {name for name, _ in server.log}
    assert heard == {"mute.test"}
    assert statuses(first[0]) == statuses(second[0])
    assert (second[1].asked, second[1].from_cache) == (1, 2)
    # what came from the cache keeps the day it was learnt
    assert second[0].filter(pl.col("domain") == "mail.test").item(0, "checked_at") == NOW


def test_expired_answers_are_asked_for_again(tmp_path):
    with serve(plain) as server:
        lookup.resolve(listed("mail.test"), settings(server.address), world(tmp_path))
        server.log.clear()
        lookup.resolve(listed("mail.test"), settings(server.address), world(tmp_path, NOW + timedelta(days=4)))
    assert server.log


def test_a_run_without_cache_neither_reads_nor_writes_one(tmp_path):
    with serve(plain) as server:
        for _ in range(2):
            server.log.clear()
            lookup.resolve(listed("mail.test"), settings(server.address, cache=False), world(tmp_path))
            assert server.log
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_does_not_stop_the_run(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with serve(plain) as server:
        table, _, _ = lookup.resolve(listed("mail.test"), settings(server.address), world(tmp_path / "file"))
    assert statuses(table) == {"mail.test": "accepts_mail"}


def test_a_snapshot_repeats_the_run_byte_for_byte_without_the_network(tmp_path, monkeypatch):
    names = ["mail.test", "gone.test", "mute.test", "printer.local"]
    with serve(plain) as server:
        first = lookup.resolve(listed(*names), settings(server.address), world())
    (tmp_path / "s.json").write_bytes(first[2])
    later = world(now=NOW + timedelta(days=100))
    monkeypatch.setattr(socket, "socket", None)
    second = lookup.resolve(listed(*names), settings(dns_snapshot=tmp_path / "s.json"), later)
    assert second[0].equals(first[0])
    assert second[1] == first[1]
    assert second[2] == first[2]


def test_a_domain_missing_in_the_snapshot_is_unknown(tmp_path):
    with serve(plain) as server:
        _, _, kept = lookup.resolve(listed("mail.test"), settings(server.address), world())
    (tmp_path / "s.json").write_bytes(kept)
    table, _, _ = lookup.resolve(listed("mail.test", "new.test"), settings(dns_snapshot=tmp_path / "s.json"), world())
    assert table.filter(pl.col("domain") == "new.test").row(0)[1:4] == ("unknown", None, "not_in_snapshot")


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": "prospect-auditor-dns/2"}', b"[" * 100_000,
     b'{"format": "prospect-auditor-dns/1", "resolvers": [], "asked": 0, "from_cache": 0, "healthy": true,'
     b' "finished": true, "domains": {"a.test": {"status": "surely"}}}'],
)  # fmt: skip
def test_a_file_that_is_no_snapshot_is_one_clear_error(tmp_path, content):
    (tmp_path / "s.json").write_bytes(content)
    with pytest.raises(InputError):
        lookup.resolve(listed("mail.test"), settings(dns_snapshot=tmp_path / "s.json"), world())


def test_a_missing_snapshot_is_one_clear_error(tmp_path):
    with pytest.raises(InputError):
        lookup.resolve(listed("mail.test"), settings(dns_snapshot=tmp_path / "none.json"), world())


def test_a_resolver_that_is_none_is_a_usage_error():
    with pytest.raises(UsageError):
        lookup.resolve(listed("mail.test"), settings("resolver.example"), world())


INTERRUPTED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import polars as pl
from auditor import lookup
from auditor.settings import build
from auditor.world import World

names = [f"firm-{i}.test" for i in range(300_000)]
settings = build({"dns": {"resolvers": [sys.argv[1]], "rate": 500, "timeout": 20, "lifetime": 60}}, "test")
world = World(now=datetime(2026, 3, 1, 12, tzinfo=UTC), cache=Path(sys.argv[2]))
try:
    lookup.resolve(pl.DataFrame({"domain": names, "n": 1}), settings, world, lambda *step: print(*step, flush=True))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.fixture
def running(tmp_path):
    """A run over 300,000 names, most of them unanswered, stopped by the test once it has learnt something."""
    heard = []

    def slow(asked):
        heard.append(asked.name)
        return mail(asked) if len(heard) % 2 else []

    with serve(slow) as server:
        process = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, server.address, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for line in process.stdout:
            if int(line.split()[0]) >= 100:
                break
        # one more report: what the first one counted has been saved by then
        process.stdout.readline()
        process.stdout.readline()
        yield process, tmp_path / FILE
        process.kill()
        process.stdout.close()
        process.wait()


def test_an_interrupted_run_ends_within_five_seconds_and_keeps_what_it_learnt(running):
    process, path = running
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == 130
    assert describe(path, NOW)["domains"] >= 100


def test_a_killed_run_keeps_what_it_had_learnt(running):
    process, path = running
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert describe(path, NOW)["domains"] >= 50


def test_two_runs_at_once_share_one_cache(tmp_path):
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import polars as pl
from auditor import lookup
from auditor.settings import build
from auditor.world import World
names = [f"firm-{i}.test" for i in range(int(sys.argv[3]), int(sys.argv[3]) + 300)]
settings = build({"dns": {"resolvers": [sys.argv[1]], "rate": 100000}}, "test")
world = World(now=datetime(2026, 3, 1, 12, tzinfo=UTC), cache=Path(sys.argv[2]))
found = lookup.resolve(pl.DataFrame({"domain": names, "n": 1}), settings, world)[1]
sys.exit(found.unknown != 0)
"""
    with serve(plain) as server:
        runs = [
            subprocess.Popen([sys.executable, "-c", code, server.address, str(tmp_path), str(start)])
            for start in (0, 150, 300)
        ]
        assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert describe(tmp_path / FILE, NOW)["domains"] == 600
