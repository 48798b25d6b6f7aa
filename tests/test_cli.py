"""The command line from outside: exit codes, one clear line, nothing leaked."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor import cli
from tests.regenerate import ROOT

SAMPLE = ROOT / "sample_lists" / "hubspot-formulaires.csv"
CANARY = "zyxcanary"
LIST = f"Email,First name,Notes\n{CANARY}.one@fictive-works.fr,{CANARY},{CANARY}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for key in [key for key in os.environ if key.startswith("AUDITOR_")]:
        monkeypatch.delenv(key)
    return tmp_path


def run(capsys, *arguments):
    code = cli.run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def wrong_inputs(folder):
    """(name, arguments, exit code) of everything a list or a call can be wrong in."""
    (folder / "good.csv").write_text(LIST)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 8)
    (folder / "page.csv").write_bytes(b"%PDF-1.7\n" + CANARY.encode())
    (folder / "header.csv").write_text("Email,First name\n")
    (folder / "none.csv").write_text(f"Town,Colour\n{CANARY},{CANARY}\n")
    (folder / "folder").mkdir()
    (folder / "unknown.toml").write_text(f'polcy = "{CANARY}"\n')
    (folder / "broken.toml").write_text(f"= {CANARY}\n")
    (folder / "value.toml").write_text(f'policy = "{CANARY}"\n')
    (folder / "file").write_text("x")
    return [
        ("missing file", ["missing.csv"], 3),
        ("a folder", ["folder"], 3),
        ("an empty file", ["empty.csv"], 3),
        ("a binary file", ["binary.csv"], 3),
        ("a PDF", ["page.csv"], 3),
        ("no e-mail column", ["none.csv"], 3),
        ("output not writable", ["good.csv", "--out", "file/below"], 4),
        ("unknown setting", ["good.csv", "--config", "unknown.toml"], 2),
        ("broken settings", ["good.csv", "--config", "broken.toml"], 2),
        ("wrong value in settings", ["good.csv", "--config", "value.toml"], 2),
        ("missing settings", ["good.csv", "--config", "absent.toml"], 2),
        ("unknown option", ["good.csv", "--colour"], 2),
        ("wrong choice", ["good.csv", "--policy", "harsh"], 2),
        ("declaration without value", ["good.csv", "--declare", "source"], 2),
        ("unknown declaration", ["good.csv", "--declare", "colour=red"], 2),
        ("unknown encoding", ["good.csv", "--encoding", "klingon"], 2),
        ("unknown source", ["good.csv", "--source", "no-such-crm"], 2),
        ("missing suppression file", ["good.csv", "--suppression", "absent.txt"], 2),
        ("missing consent log", ["good.csv", "--consent-log", "absent.csv"], 2),
        ("missing decisions", ["good.csv", "--decisions", "absent.csv"], 2),
        ("no list at all", [], 2),
    ]


def test_whatever_is_wrong_gets_one_line_and_its_own_exit_code(here, capsys):
    for name, arguments, expected in wrong_inputs(here):
        code, out, err = run(capsys, "check", *arguments)
        assert (name, code) == (name, expected), err
        assert len(err.strip().splitlines()) == 1, (name, err)
        assert out == "" and "Traceback" not in err and CANARY not in err, (name, err)
    assert not list(here.glob("*.audit")), "a failed run leaves nothing"


def test_a_good_run_ends_with_five_lines_and_exit_0(here, capsys):
    (here / "good.csv").write_bytes(SAMPLE.read_bytes())
    code, out, err = run(capsys, "check", "good.csv")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 5
    assert "15" in out.splitlines()[0]


def test_json_is_one_object_whose_counts_add_up(here, capsys):
    code, out, _ = run(capsys, "check", SAMPLE, "--out", here, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["read"] == found["clean"] + found["review"] + found["removed"] + found["unreadable"] == 15


def test_findings_fail_the_run_only_when_asked(here, capsys):
    assert run(capsys, "check", SAMPLE, "--out", here)[0] == 0
    assert run(capsys, "check", SAMPLE, "--out", here, "--overwrite", "--fail-on", "removed")[0] == 1
    assert run(capsys, "check", SAMPLE, "--out", here, "--overwrite", "--max-removed", "1")[0] == 1
    assert run(capsys, "check", SAMPLE, "--out", here, "--overwrite", "--max-removed", "90")[0] == 0


def test_an_earlier_audit_is_only_replaced_when_asked(here, capsys):
    assert run(capsys, "check", SAMPLE, "--out", here)[0] == 0
    before = sorted((p.name, p.read_bytes()) for p in (here / "hubspot-formulaires.audit").iterdir())
    code, _, err = run(capsys, "check", SAMPLE, "--out", here)
    assert code == 4 and "--overwrite" in err
    assert before == sorted((p.name, p.read_bytes()) for p in (here / "hubspot-formulaires.audit").iterdir())


def test_verify_tells_a_changed_output_and_a_changed_input(here, capsys):
    (here / "good.csv").write_bytes(SAMPLE.read_bytes())
    run(capsys, "check", "good.csv")
    assert run(capsys, "verify", "good.audit")[0] == 0
    with (here / "good.csv").open("ab") as file:
        file.write(b"\r\n")
    code, _, err = run(capsys, "verify", "good.audit")
    assert code == 3 and "good.csv" in err
    (here / "good.csv").write_bytes(SAMPLE.read_bytes())
    (here / "good.audit" / "good.clean.csv").write_bytes(b"x")
    code, _, err = run(capsys, "verify", "good.audit")
    assert code == 3 and "good.clean.csv" in err


def test_the_environment_and_the_settings_file_are_heard_in_order(here, capsys, monkeypatch):
    (here / "auditor.toml").write_text('policy = "strict"\nlang = "fr"\n')
    monkeypatch.setenv("AUDITOR_LANG", "en")
    _, out, _ = run(capsys, "settings", "--format", "json")
    found = json.loads(out)
    assert found["policy"] == {"value": "strict", "origin": "auditor.toml"}
    assert found["lang"] == {"value": "en", "origin": "AUDITOR_LANG"}
    assert found["fail_on"]["origin"] == "default"


@pytest.mark.parametrize(
    "command", ["check", "rules", "explain", "settings", "verify", "inspect", "sources", "countries"]
)
def test_every_command_has_help(command, capsys):
    code, out, _ = run(capsys, command, "--help")
    assert code == 0 and "Usage" in out


def start(here, *arguments):
    command = [sys.executable, "-m", "auditor", *map(str, arguments)]
    return subprocess.Popen(command, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(condition):
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("the run never started")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_stopped_run_leaves_the_earlier_audit_whole(here, number, code):
    source = here / "big.csv"
    source.write_text("Email,First name\n" + "".join(f"p{i}@fictive-works.fr,P{i}\n" for i in range(200_000)))
    folder = here / "big.audit"
    (here / "small").write_text("Email\na.b@fictive-works.fr\n")
    assert start(here, "check", source, "--quiet", "--as-of", "2026-11-01").wait() == 0
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    process = start(here, "check", source, "--quiet", "--overwrite", "--as-of", "2026-11-02")
    wait_for(lambda: list(folder.glob(".run-*/big.clean.csv")) or process.poll() is not None)
    process.send_signal(number)
    assert process.wait() == code
    left = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != ".lock"}
    assert left == before
    if number != signal.SIGKILL:
        assert not list(folder.glob(".run-*"))
    assert start(here, "check", source, "--quiet", "--overwrite", "--as-of", "2026-11-01").wait() == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before, "the next run clears what was left"


def test_a_second_writer_is_turned_away(here, capsys):
    from auditor.folder import run_folder

    with run_folder(here / "hubspot-formulaires.audit", overwrite=False):
        code, _, err = run(capsys, "check", SAMPLE, "--out", here)
    assert code == 4 and "another run" in err


def test_a_reader_that_goes_away_is_no_crash(here):
    command = f"{sys.executable} -m auditor rules | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=here, capture_output=True, text=True)
    assert done.stderr == "" and done.stdout.startswith("A01")


def test_messages_never_show_control_characters_of_a_file_name(here, capsys):
    name = "bad\x1b[31m\nname.csv"
    Path(name).write_text("x")
    _, _, err = run(capsys, "check", name)
    assert "\x1b" not in err and len(err.strip().splitlines()) == 1


def test_the_rule_that_holds_most_rows_is_told_first(here, capsys):
    path = here / "liste.csv"
    path.write_text(
        "Email,Source,Legal basis,Unsubscribed\n"
        "a@one-fictif.fr,,,\nb@two-fictif.fr,,,\nc@three-fictif.fr,Stand fictif 2026,,yes\n"
    )
    code, out, _ = run(capsys, "check", path)
    assert code == 0
    top = next(line for line in out.splitlines() if "top rules" in line)
    told = re.findall(r"([a-z_]+) \((\d+)\)", top)
    assert [int(n) for _, n in told] == sorted((int(n) for _, n in told), reverse=True)
    assert told[0][1] == "3"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_output_stream_is_one_line_and_exit_4(here):
    (here / "good.csv").write_text(LIST)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "auditor", "check", "good.csv"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "standard output" in done.stderr


def test_a_page_is_laid_out_on_a_terminal_and_plain_in_a_pipe(here, capsys, monkeypatch):
    _, piped, _ = run(capsys, "explain", "source_missing")
    assert piped.startswith("### ")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _, shown, _ = run(capsys, "explain", "source_missing")
    assert "source_missing" in shown
    assert "###" not in shown
    assert "**" not in shown


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "stopped"), (signal.SIGHUP, 129, "stopped")],
)
def test_a_stop_that_a_library_swallows_is_no_internal_error(here, number, code, told):
    # polars drops what is raised while it asks Python something, and fails with an error of its own
    work = (
        "import contextlib, signal, sys; from auditor import cli\n"
        "def work(*_, **__):\n"
        "    with contextlib.suppress(BaseException): signal.raise_signal(int(sys.argv[1]))\n"
        "    raise TypeError('p1@fictive-works.fr')\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "cli.cli.main = work; sys.exit(cli.run([]))"
    )
    done = subprocess.run([sys.executable, "-c", work, str(int(number))], cwd=here, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (code, f"auditor: {told}; nothing was published.\n")
    done = subprocess.run(
        [sys.executable, "-c", work, str(int(signal.SIGCHLD))], cwd=here, capture_output=True, text=True
    )
    assert done.returncode == 70
    assert "internal error: TypeError" in done.stderr
    assert "p1@" not in done.stderr
