"""What a full disk, a refused rename or a file limit leaves behind: the old set, or a set that says it is broken."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from auditor import cli, manifest
from tests.regenerate import ROOT

SAMPLE = ROOT / "sample_lists" / "apollo-devinees.csv"


def check(out, day, *more):
    return cli.run(["check", str(SAMPLE), "--out", str(out), "--quiet", "--overwrite", "--as-of", day, *more])


def contents(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != ".lock"}


class Failing:
    """A call that is refused the n-th time."""

    def __init__(self, real, number):
        self.real, self.left = real, number

    def __call__(self, *arguments, **named):
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.real(*arguments, **named)


def test_whichever_sync_fails_the_earlier_audit_stays_whole(tmp_path, monkeypatch, capsys):
    assert check(tmp_path, "2026-11-01") == 0
    folder = tmp_path / "apollo-devinees.audit"
    before = contents(folder)
    files = len(before)
    for number in range(1, files + 1):
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", Failing(os.fsync, number))
            assert check(tmp_path, "2026-11-02") == 4
        assert contents(folder) == before
        assert not list(folder.glob(".run-*"))
        assert "No space left" in capsys.readouterr().err


def test_whichever_rename_fails_a_mixed_set_is_told_by_verify_and_mended_by_a_new_run(tmp_path, monkeypatch):
    assert check(tmp_path, "2026-11-01") == 0
    folder = tmp_path / "apollo-devinees.audit"
    first = contents(folder)
    mixed = 0
    for number in range(1, len(first) + 1):
        with monkeypatch.context() as patch:
            refused = Failing(Path.replace, number)
            patch.setattr(Path, "replace", lambda self, target, refused=refused: refused(self, target))
            assert check(tmp_path, "2026-11-02") == 4
        if contents(folder) != first:
            mixed += 1
            assert manifest.verify(folder, None), "a mixed set must not pass for an audit"
        assert check(tmp_path, "2026-11-01") == 0
        assert contents(folder) == first
    assert mixed, "the sweep never met a half-renamed set"


@pytest.mark.parametrize("size", [0, 1000, 4000, 20_000])
def test_a_file_limit_gives_one_line_and_exit_4(tmp_path, size):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-m", "auditor", "check", str(SAMPLE), "--out", str(tmp_path), "--quiet"]
    done = subprocess.run(command, preexec_fn=limited, capture_output=True, text=True)
    assert done.returncode == 4, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_link_in_place_of_an_output_is_replaced_not_followed(tmp_path):
    folder = tmp_path / "apollo-devinees.audit"
    folder.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    (folder / "apollo-devinees.clean.csv").symlink_to(victim)
    assert check(tmp_path, "2026-11-01") == 0
    assert victim.read_text() == "untouched"
    assert not (folder / "apollo-devinees.clean.csv").is_symlink()
