"""`auditor check` with and without look-ups, as installed."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.lookup.cache import describe
from tests.lookup.nameserver import absent, mail, serve

AUDITOR = Path(sys.executable).with_name("auditor")
PEOPLE = [
    "ana.marin@firm-a.example.com",
    "bo.lind@gone-b.example.com",
    "cy.rao@mute-c.example.com",
    "di.sol@null-d.example.com",
    "ed.fox@firm-a.example.com",
]
# any use of a socket ends the process with a code that nothing else uses
GUARD = """
import os, sys
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        os._exit(77)
sys.addaudithook(watch)
"""


def zone(asked):
    if asked.name.startswith("gone"):
        return absent(asked, "example.com.")
    if asked.name.startswith("mute"):
        return []
    return mail(asked, "." if asked.name.startswith("null") else "mx.mail-demo.test.")


@pytest.fixture
def folder(tmp_path):
    rows = "".join(f"{address},Name,Surname,Firm,France\n" for address in PEOPLE)
    (tmp_path / "list.csv").write_text(f"Email,First Name,Last Name,Company,Country\n{rows}")
    return tmp_path


def check(folder, *options, code=0, guarded=False, wrapper=(), overwrite=True, epoch="1772366400"):
    environ = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "SOURCE_DATE_EPOCH": epoch}
    if guarded:
        (folder / "guard").mkdir(exist_ok=True)
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        environ["PYTHONPATH"] = str(folder / "guard")
    command = [*wrapper, str(AUDITOR), "check", "list.csv", "--no-progress", *options]
    command += ["--overwrite"] if overwrite else []
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


def settings(folder, server, **more):
    limits = {"timeout": 0.3, "lifetime": 0.8} | more
    lines = "".join(f"{name} = {value}\n" for name, value in limits.items())
    (folder / "auditor.toml").write_text(f'[dns]\nresolvers = ["{server.address}"]\n{lines}')


def read(folder):
    return {path.name: path.read_bytes() for path in (folder / "list.audit").iterdir()}


def test_look_ups_remove_only_what_is_proven_and_disclose_only_domains(folder):
    with serve(zone) as server:
        settings(folder, server)
        check(folder, "--dns", "--annotate")
    findings = (folder / "list.audit" / "findings.csv").read_text()
    assert findings.count("domain_does_not_exist") == 1
    assert findings.count("domain_refuses_mail") == 1
    annotated = (folder / "list.audit" / "list.annotated.csv").read_text().splitlines()
    assert [line.rpartition(",")[2].strip('"') for line in annotated[1:]] == [
        "accepts_mail",
        "does_not_exist",
        "unknown",
        "null_mx",
        "accepts_mail",
    ]
    assert {name for name, _ in server.log} == {address.partition("@")[2] for address in PEOPLE}
    for secret in (b"@", b"marin", b"Surname", b"Firm"):
        assert not any(secret in wire[2:] for wire in server.raw)


def test_the_snapshot_of_a_run_repeats_it_byte_for_byte(folder):
    everything = ["--as-of", "2026-03-01", "--annotate", "--report", "md", "--report", "xlsx", "--report", "github"]
    with serve(zone) as server:
        settings(folder, server)
        check(folder, "--dns", *everything)
    first = read(folder)
    (folder / "kept.json").write_bytes(first["dns-snapshot.json"])
    for option in ([], ["--offline"]):
        check(folder, "--dns-snapshot", "kept.json", *option, *everything, guarded=True, epoch="1800000000")
        again = read(folder)
        assert sorted(again) == sorted(first)
        assert [name for name in first if first[name] != again[name]] == []
    told = json.loads(first["report.json"])["lookup"]
    assert (told["domains"], told["asked"], told["from_cache"], told["unknown"]) == (4, 4, 0, 1)
    assert {entry["resolver"] for entry in json.loads(first["dns-snapshot.json"])["domains"].values()} <= {
        *told["resolvers"],
        "",
    }


def test_a_repeat_over_an_earlier_audit_tells_the_same_as_one_in_a_new_place(folder):
    with serve(zone) as server:
        settings(folder, server)
        check(folder, "--dns", "--as-of", "2026-03-01", overwrite=False)
    first = read(folder)
    (folder / "kept.json").write_bytes(first["dns-snapshot.json"])
    check(folder, "--dns-snapshot", "kept.json", "--as-of", "2026-03-01")
    assert read(folder) == first


def test_answers_from_the_cache_disclose_nothing_and_the_report_says_so(folder):
    with serve(lambda asked: mail(asked)) as server:
        settings(folder, server)
        check(folder, "--dns")
        before = len(server.log)
        check(folder, "--dns")
        assert len(server.log) == before
    told = json.loads((folder / "list.audit" / "report.json").read_text())["lookup"]
    assert (told["asked"], told["from_cache"]) == (0, 4)
    assert "No name was disclosed; 4 answers came from the cache." in told["says"]["en"]


def test_without_look_ups_no_socket_is_opened(folder):
    check(folder, "--annotate", guarded=True)
    assert "not_checked" in (folder / "list.audit" / "list.annotated.csv").read_text()


def test_the_guard_would_notice_a_look_up(folder):
    with serve(zone) as server:
        settings(folder, server)
        check(folder, "--dns", guarded=True, code=77)


@pytest.mark.skipif(not shutil.which("strace") and not os.environ.get("CI"), reason="needs strace")
def test_without_look_ups_no_network_call_reaches_the_system(folder):
    trace = folder / "trace"
    check(folder, wrapper=("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,bind", "-o", str(trace)))
    assert [line for line in trace.read_text().splitlines() if "AF_INET" in line] == []


def test_too_many_unknown_domains_make_the_run_incomplete(folder):
    with serve(lambda asked: []) as server:
        settings(folder, server, timeout=0.1, lifetime=0.2)
        check(folder, "--dns", "--require-complete", code=5)
    assert (folder / "list.audit" / "list.clean.csv").exists()


def test_nobody_is_removed_when_the_resolver_is_down(folder):
    with serve(lambda asked: []) as server:
        settings(folder, server, timeout=0.1, lifetime=0.2)
        check(folder, "--dns", "--policy", "strict")
    findings = (folder / "list.audit" / "findings.csv").read_text()
    assert "domain_does_not_exist" not in findings
    assert "domain_refuses_mail" not in findings
    assert findings.count("domain_unresolved") == len(PEOPLE)


def test_a_stopped_run_publishes_nothing_and_keeps_what_it_learnt(folder):
    rows = "".join(f"ana.marin@firm-{i}.example.com,Ana,Marin,Firm,France\n" for i in range(1000))
    with (folder / "list.csv").open("a") as file:
        file.write(rows)
    with serve(lambda asked: mail(asked) if "7" in asked.name else []) as server:
        settings(folder, server, timeout=20, lifetime=60)
        environ = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        command = [str(AUDITOR), "check", "list.csv", "--dns"]
        run = subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True)
        while len(server.log) < 100 and run.poll() is None:
            time.sleep(0.05)
        run.terminate()
        assert run.wait(5) == 143
        assert "Traceback" not in run.stderr.read()
        run.stderr.close()
    assert not (folder / "list.audit").exists()
    caches = list((folder / "cache").rglob("dns.sqlite"))
    assert describe(caches[0], datetime.now(UTC))["domains"] > 0
