"""Domain look-ups side by side: our client, a raw dns.asyncquery loop, aiodns, and dnsperf as the ceiling.

    python benchmarks/lookup.py [--domains 50000] [--rounds 3] [--json FILE]

Starts nsd (Debian package `nsd`; `dnsperf` for the ceiling) on a free loopback port with zones of invented
names, asks it from one process per client, and prints domains per second, ratios, CPU and peak memory.
Nothing leaves 127.0.0.1.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ZONES = 18
SEED = 7
CLIENTS = ("auditor", "asyncquery", "aiodns")
# shares of a cleaned business list: mail hosts, null MX, address only, nothing, alias, not there
KINDS = ("mx", "null", "web", "bare", "alias", "gone")
WEIGHTS = (78, 5, 5, 3, 2, 7)
NSD_CONF = """\
server:
  ip-address: 127.0.0.1@{port}
  server-count: 1
  do-ip6: no
  username: ""
  zonesdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  pidfile: "{folder}/nsd.pid"
  logfile: "{folder}/nsd.log"
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  cpu-affinity-disabled: 0
remote-control:
  control-enable: no
"""


def names(count: int) -> list[tuple[str, str]]:
    """(domain, kind), the same on every machine."""
    chance = random.Random(SEED)
    kinds = chance.choices(KINDS, WEIGHTS, k=count)
    return [(f"firm-{i:06d}.zone-{i % ZONES:02d}.test", kind) for i, kind in enumerate(kinds)]


def write_zones(folder: Path, listed: list[tuple[str, str]]) -> None:
    """Zone files and the settings of the name server."""
    zones = [[f"$ORIGIN zone-{z:02d}.test.\n$TTL 3600\n@ SOA ns root 1 3600 600 86400 900\n@ NS ns\nns A 127.0.0.1\n"]
             for z in range(ZONES)]  # fmt: skip
    for index, (domain, kind) in enumerate(listed):
        label = domain.partition(".")[0]
        records = {
            "mx": f"{label} MX 10 mx1.{label}\n{label} MX 20 mx2.{label}\n",
            "null": f"{label} MX 0 .\n",
            "web": f"{label} A 93.184.216.34\n",
            "bare": f'{label} TXT "nothing here"\n',
            "alias": f"{label} CNAME target\n",
            "gone": "",
        }
        zones[index % ZONES].append(records[kind])
    for number, lines in enumerate(zones):
        text = "".join([*lines, "target MX 10 mx.target\n"])
        (folder / f"zone-{number:02d}.zone").write_text(text)


@contextlib.contextmanager
def name_server(listed: list[tuple[str, str]]) -> Iterator[int]:
    """A running nsd; its port on 127.0.0.1."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        write_zones(folder, listed)
        conf = NSD_CONF.format(port=port, folder=folder).replace("  cpu-affinity-disabled: 0\n", "")
        conf += "".join(f"zone:\n  name: zone-{z:02d}.test\n  zonefile: zone-{z:02d}.zone\n" for z in range(ZONES))
        (folder / "nsd.conf").write_text(conf)
        process = subprocess.Popen(["nsd", "-d", "-c", str(folder / "nsd.conf")], stderr=subprocess.DEVNULL)
        try:
            wait_for(port, listed[0][0])
            yield port
        finally:
            process.terminate()
            process.wait(10)


def wait_for(port: int, domain: str) -> None:
    """Returns when the server answers."""
    import dns.exception
    import dns.message
    import dns.query

    for _ in range(100):
        with contextlib.suppress(dns.exception.DNSException, OSError):
            dns.query.udp(dns.message.make_query(domain, "MX"), "127.0.0.1", 0.2, port)
            return
        time.sleep(0.1)
    sys.exit("nsd does not answer; see its settings in this script")


async def ask_auditor(port: int, domains: list[str]) -> Counter[str]:
    """Our client with its limits opened."""
    from auditor.lookup.client import Client, Limits
    from auditor.lookup.endpoints import parse

    statuses: Counter[str] = Counter()
    client = Client([parse(f"127.0.0.1:{port}")], Limits(concurrency=256, rate=1e6, lifetime=10, timeout=3))
    await client.run(domains, lambda domain, finding, resolver: statuses.update((finding.status,)))
    await client.close()
    return statuses


async def ask_asyncquery(port: int, domains: list[str]) -> Counter[str]:
    """The plain loop over dnspython: a socket per task, MX, then A and AAAA where there is none."""
    import dns.asyncbackend
    import dns.asyncquery
    import dns.message

    statuses: Counter[str] = Counter()
    left = iter(domains)
    backend = dns.asyncbackend.get_default_backend()

    async def work() -> None:
        async with await backend.make_socket(socket.AF_INET, socket.SOCK_DGRAM, 0, ("127.0.0.1", 0)) as sock:
            for domain in left:
                status = "no_mail"
                for kind in ("MX", "A", "AAAA"):
                    query = dns.message.make_query(domain, kind)
                    answer = await dns.asyncquery.udp(query, "127.0.0.1", 3, port, sock=sock)
                    if answer.rcode() == 3:
                        status = "does_not_exist"
                        break
                    if answer.answer:
                        null = str(answer.answer[-1][0]) == "0 ."
                        status = "null_mx" if null else "accepts_mail"
                        break
                statuses[status] += 1

    await asyncio.gather(*(work() for _ in range(128)))
    return statuses


async def ask_aiodns(port: int, domains: list[str]) -> Counter[str]:
    """aiodns (c-ares) with the same questions."""
    import aiodns

    statuses: Counter[str] = Counter()
    left = iter(domains)
    resolver = aiodns.DNSResolver(nameservers=[f"127.0.0.1:{port}"], timeout=3, tries=2)

    async def work() -> None:
        for domain in left:
            status = "no_mail"
            for kind in ("MX", "A", "AAAA"):
                try:
                    found = await resolver.query_dns(domain, kind)
                except aiodns.error.DNSError as error:
                    if error.args[0] == 4:
                        status = "does_not_exist"
                        break
                    continue
                records = [record for record in found.answer if hasattr(record.data, "exchange")] or found.answer
                if records:
                    null = getattr(records[0].data, "exchange", "?") in ("", ".")
                    status = "null_mx" if null else "accepts_mail"
                    break
            statuses[status] += 1

    await asyncio.gather(*(work() for _ in range(128)))
    return statuses


def one_client(which: str, port: int, count: int) -> None:
    """Runs in a process of its own: prints one line of JSON."""
    domains = [domain for domain, _ in names(count)]
    random.Random(SEED).shuffle(domains)
    ask = {"auditor": ask_auditor, "asyncquery": ask_asyncquery, "aiodns": ask_aiodns}[which]
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    statuses = asyncio.run(ask(port, domains))
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({
        "rate": count / seconds, "cpu_us": 1e6 * cpu / count, "mib": after.ru_maxrss / 1024,
        "statuses": dict(sorted(statuses.items())),
    }))  # fmt: skip


def whole_run(port: int, count: int) -> None:
    """`lookup.resolve` with cache and snapshot, cold then warm; prints one line of JSON."""
    import polars as pl

    from auditor import lookup
    from auditor.settings import build
    from auditor.world import World

    domains = pl.DataFrame({"domain": [domain for domain, _ in names(count)], "n": 1})
    limits = {"resolvers": [f"127.0.0.1:{port}"], "rate": 1_000_000}
    with tempfile.TemporaryDirectory() as folder:
        world = World(now=datetime.now(UTC), cache=Path(folder))
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            _, found, _ = lookup.resolve(domains, build({"dns": limits}, "benchmark"), world)
            seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cold": seconds[0], "warm": seconds[1], "mib": peak, "statuses": dict(found.statuses)}))


def child(*arguments: str) -> dict[str, object]:
    """The JSON line of this script run as another process."""
    command = [sys.executable, str(Path(__file__)), *arguments]
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def ceiling(port: int, listed: list[tuple[str, str]]) -> float | None:
    """Queries per second of dnsperf over the same names; null when it is not installed."""
    if not shutil.which("dnsperf"):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{domain} MX\n" for domain, _ in listed)
        file.flush()
        command = ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", file.name, "-l", "3", "-c", "8", "-T", "1"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Queries per second:\s+([\d.]+)", text)
    return float(found[1]) if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domains", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--client", choices=(*CLIENTS, "whole"), help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client == "whole":
        return whole_run(given.port, given.domains)
    if given.client:
        return one_client(given.client, given.port, given.domains)
    if not shutil.which("nsd"):
        sys.exit("nsd is missing: apt-get install nsd dnsperf")
    listed = names(given.domains)
    results: dict[str, list[dict[str, object]]] = {client: [] for client in CLIENTS}
    with name_server(listed) as port:
        top = [rate for _ in range(given.rounds) if (rate := ceiling(port, listed))]
        for _ in range(given.rounds):
            for client in CLIENTS:
                results[client].append(child("--client", client, "--port", str(port), "--domains", str(given.domains)))
        whole = child("--client", "whole", "--port", str(port), "--domains", str(given.domains))
        # six times the names; those beyond the zones do not exist
        grown = child("--client", "auditor", "--port", str(port), "--domains", str(6 * given.domains))
    report(given, results, top, whole, grown)
    return None


def report(given, results, top, whole, grown) -> None:
    """Prints the comparison."""
    rates = {client: statistics.median(run["rate"] for run in runs) for client, runs in results.items()}
    fastest = max(rate for client, rate in rates.items() if client != "auditor")
    ceiling_rate = statistics.median(top) if top else None
    print(f"{given.domains} domains, median of {given.rounds}; nsd and client share this machine's cores")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} over the last five minutes")
    print(f"{'client':<12}{'domains/s':>12}{'CPU us':>9}{'MiB':>7}{'of fastest other':>18}{'of dnsperf':>12}")
    for client, rate in rates.items():
        cpu = statistics.median(run["cpu_us"] for run in results[client])
        mib = max(run["mib"] for run in results[client])
        share = f"{rate / ceiling_rate:.1%}" if ceiling_rate else "-"
        print(f"{client:<12}{rate:>12.0f}{cpu:>9.0f}{mib:>7.0f}{rate / fastest:>18.0%}{share:>12}")
    print(
        f"dnsperf     {ceiling_rate:>12.0f} queries/s"
        if ceiling_rate
        else "dnsperf is missing: apt-get install dnsperf"
    )
    print(f"whole look-up stage: {whole['cold']:.2f} s cold, {whole['warm']:.2f} s from cache, {whole['mib']:.0f} MiB")
    print(f"client alone with {6 * given.domains} domains: {grown['rate']:.0f}/s, {grown['mib']:.0f} MiB")
    agreed = {json.dumps(run["statuses"]) for runs in results.values() for run in runs}
    print("all clients counted the same statuses" if len(agreed) == 1 else f"statuses differ: {sorted(agreed)}")
    if given.json:
        facts = {"domains": given.domains, "rates": rates, "dnsperf": ceiling_rate, "whole": whole, "grown": grown}
        given.json.write_text(json.dumps(facts, indent=2))


if __name__ == "__main__":
    main()
