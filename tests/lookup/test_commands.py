"""`auditor dns-cache`: shows and clears, creates nothing."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from auditor import world
from auditor.commands.dns_cache import COMMAND
from auditor.lookup.cache import FILE, Cache, Entry
from auditor.lookup.classify import Finding

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(world, "real", lambda: world.World(now=NOW, cache=tmp_path))
    return tmp_path / FILE


@pytest.fixture
def filled(cache):
    opened = Cache(cache)
    opened.put(
        [
            Entry("gone.test", Finding("does_not_exist", ttl=900), NOW, "127.0.0.1:53"),
            Entry("mail.test", Finding("accepts_mail", "own", None, "mx.mail.test", 7200), NOW, "127.0.0.1:53"),
        ]
    )
    opened.close()
    return cache


def run(*arguments):
    done = CliRunner().invoke(COMMAND, arguments)
    assert done.exit_code == 0, done.output
    return done


def test_show_counts_by_status(filled):
    shown = run("show").stdout
    assert str(filled) in shown
    assert [line.split() for line in shown.splitlines()[-2:]] == [["accepts_mail", "1"], ["does_not_exist", "1"]]


def test_show_as_json_is_one_object(filled):
    facts = json.loads(run("show", "--format", "json").stdout)
    assert (facts["domains"], facts["statuses"]) == (2, {"accepts_mail": 1, "does_not_exist": 1})
    assert facts["oldest"] == facts["newest"] == "2026-03-01T12:00:00+00:00"


def test_show_domains_gives_a_line_each(filled):
    lines = run("show", "--domains").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["gone.test", "does_not_exist"], ["mail.test", "accepts_mail"]]
    records = [json.loads(line) for line in run("show", "--domains", "--format", "json").stdout.splitlines()]
    assert records[1]["mx_host"] == "mx.mail.test"


def test_an_absent_cache_is_shown_as_empty_and_stays_absent(cache):
    assert json.loads(run("show", "--format", "json").stdout)["domains"] == 0
    assert not cache.exists()


def test_clear_deletes_the_file(filled):
    assert "deleted" in run("clear").stderr
    assert not filled.exists()
    assert "no cache" in run("clear").stderr
