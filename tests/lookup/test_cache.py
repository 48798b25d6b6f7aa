"""The cache file: private, bounded in time, shared by runs, never a reason to fail."""

import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from auditor.errors import InputError
from auditor.lookup.cache import FILE, Cache, Entry, describe, entries, lifetime, remove
from auditor.lookup.classify import Finding

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MAIL = Finding("accepts_mail", "own", None, "mx.firm.test", 7200)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / FILE


def kept(path, now, *domains):
    cache = Cache(path)
    try:
        return cache.get(domains, now)
    finally:
        cache.close()


def fill(path, *found, now=NOW):
    cache = Cache(path)
    try:
        assert cache.put([Entry(domain, finding, now, "127.0.0.1:53") for domain, finding in found])
    finally:
        cache.close()


def test_what_is_learnt_comes_back_with_its_day_and_resolver(path):
    fill(path, ("firm.test", MAIL))
    entry = kept(path, NOW + timedelta(hours=1), "firm.test", "other.test")["firm.test"]
    assert (entry.finding.status, entry.finding.mx_class, entry.finding.mx_host) == (
        "accepts_mail",
        "own",
        "mx.firm.test",
    )
    assert (entry.checked_at, entry.resolver) == (NOW, "127.0.0.1:53")


def test_file_and_folder_are_private_whatever_the_umask(path):
    code = f"""
import os; os.umask(0)
from pathlib import Path
from auditor.lookup.cache import Cache
Cache(Path({str(path)!r}))
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    fill(path, ("firm.test", MAIL))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("status", "ttl", "seconds"),
    [
        ("accepts_mail", 7200, 7200),
        ("accepts_mail", 5, 3600),
        ("accepts_mail", 10**9, 3 * 86400),
        ("null_mx", 10**9, 3 * 86400),
        ("does_not_exist", 900, 900),
        ("does_not_exist", 0, 600),
        ("does_not_exist", 10**9, 3 * 3600),
        ("no_mail", 10**9, 3 * 3600),
        ("unknown", 10**9, 0),
    ],
)
def test_an_answer_is_kept_for_its_ttl_within_bounds_and_denials_shorter(status, ttl, seconds):
    assert lifetime(Finding(status, ttl=ttl)) == seconds


def test_an_answer_is_used_until_it_expires_and_not_before_it_was_given(path):
    fill(path, ("firm.test", MAIL))
    assert kept(path, NOW + timedelta(seconds=7199), "firm.test")
    assert not kept(path, NOW + timedelta(seconds=7200), "firm.test")
    assert not kept(path, NOW - timedelta(seconds=1), "firm.test")


def test_unknown_is_never_kept(path):
    fill(path, ("silent.test", Finding("unknown", None, "timeout")))
    assert describe(path, NOW)["domains"] == 0


def test_thousands_of_domains_are_found_again(path):
    names = [f"firm-{i}.test" for i in range(2_345)]
    fill(path, *((name, MAIL) for name in names))
    assert len(kept(path, NOW, *names, "other.test")) == len(names)


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, just text " * 50, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_file_is_started_afresh(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    fill(path, ("firm.test", MAIL))
    assert kept(path, NOW, "firm.test")


def test_a_file_of_another_version_is_started_afresh(path):
    fill(path, ("firm.test", MAIL))
    base = sqlite3.connect(path)
    base.execute("pragma user_version=99")
    base.close()
    assert not kept(path, NOW, "firm.test")


def test_a_link_in_place_of_the_file_is_not_followed(path, tmp_path):
    path.parent.mkdir()
    target = tmp_path / "target"
    target.write_text("mine")
    path.symlink_to(target)
    with pytest.raises(OSError):
        Cache(path)
    assert target.read_text() == "mine"


def test_many_writers_at_once_lose_nothing(path):
    fill(path)
    failures = []

    def write(number):
        cache = Cache(path)
        for turn in range(10):
            found = [Entry(f"w{number}-{turn}-{i}.test", MAIL, NOW, "r") for i in range(20)]
            if not cache.put(found):
                failures.append(number)
        cache.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert describe(path, NOW)["domains"] == 6 * 10 * 20


def test_a_writer_killed_half_way_leaves_a_whole_cache(path):
    code = f"""
import os, signal
from datetime import UTC, datetime
from pathlib import Path
from auditor.lookup.cache import Cache, Entry
from auditor.lookup.classify import Finding
cache = Cache(Path({str(path)!r}))
now = datetime(2026, 3, 1, 12, tzinfo=UTC)
cache.put([Entry(f"a{{i}}.test", Finding("null_mx", ttl=9999), now, "r") for i in range(500)])
cache.base.execute("begin immediate")
columns = "status, mx_class, mx_host, expires, checked_at, resolver"
cache.base.execute(f"insert into domain select 'half-' || domain, {{columns}} from domain")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert describe(path, NOW)["domains"] == 500
    fill(path, ("firm.test", MAIL))
    assert kept(path, NOW, "firm.test", "a7.test")


def test_a_cache_held_by_another_run_refuses_the_write_and_keeps_reading(path, monkeypatch):
    monkeypatch.setattr("auditor.lookup.cache.WAIT", 0.05)
    fill(path, ("firm.test", MAIL))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    cache = Cache(path)
    try:
        assert not cache.put([Entry("late.test", MAIL, NOW, "r")])
        assert cache.get(["firm.test"], NOW)
        other.execute("rollback")
        assert cache.put([Entry("late.test", MAIL, NOW, "r")])
    finally:
        cache.close()
        other.close()


def test_the_description_counts_what_is_there(path):
    fill(path, ("a.test", MAIL), ("b.test", Finding("does_not_exist", ttl=900)))
    facts = describe(path, NOW + timedelta(seconds=1000))
    assert facts["domains"] == 2
    assert facts["expired"] == 1
    assert facts["statuses"] == {"accepts_mail": 1, "does_not_exist": 1}
    assert [entry.domain for entry in entries(path)] == ["a.test", "b.test"]


def test_describing_creates_nothing_and_says_when_the_file_is_no_cache(path):
    assert describe(path, NOW)["domains"] == 0
    assert not path.exists()
    path.parent.mkdir()
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(InputError):
        describe(path, NOW)


def test_removing_takes_the_companion_files_along(path):
    fill(path, ("a.test", MAIL))
    path.with_name(FILE + "-wal").touch()
    assert remove(path)
    assert list(path.parent.iterdir()) == []
    assert not remove(path)
