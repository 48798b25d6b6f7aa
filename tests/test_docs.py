"""Pages made from the code are up to date; what the pages say exists."""

import re

import click
import pytest

from auditor import cli
from auditor.errors import ExitCode
from auditor.registry import collect
from tests.regenerate import ROOT, generated


@pytest.mark.parametrize("name", sorted(generated()))
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / name).read_text("utf-8") == generated()[name](), "run: make docs"


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/design.md", "docs/ten-minutes.md", "docs/dix-minutes.fr.md"]
)
def test_every_path_that_a_page_names_exists(page):
    text = (ROOT / page).read_text("utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []


def console_blocks():
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(r"```console\n\$ auditor ([^\n]+)\n(.*?)\n```", text, re.S)


@pytest.mark.parametrize(("command", "shown"), console_blocks(), ids=lambda value: value.split()[0])
def test_a_command_of_the_readme_prints_what_the_readme_shows(command, shown, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    arguments = [str(tmp_path) if word == "/tmp/audits" else word for word in command.split()]
    assert cli.run(arguments) == 0
    printed = capsys.readouterr().out.replace(str(tmp_path), "/tmp/audits")
    assert [line.rstrip() for line in printed.splitlines()] == [line.rstrip() for line in shown.splitlines()]


def test_the_readme_names_every_command_and_every_exit_code():
    text = (ROOT / "README.md").read_text("utf-8")
    names = {command.name for command in collect("auditor.commands", "COMMAND", click.Command)}
    assert {name for name in names if f"`{name}" not in text} == set()
    assert {code for code in ExitCode if f"**{int(code)}**" not in text} == set()


def test_every_option_the_pages_name_exists():
    known = {"--help", "--version"}
    for command in collect("auditor.commands", "COMMAND", click.Command):
        subs = command.commands.values() if isinstance(command, click.Group) else [command]
        known |= {flag for sub in subs for p in sub.params for flag in (*p.opts, *p.secondary_opts)}
    for page in ("README.md", "CONTRIBUTING.md", "docs/design.md", "docs/ten-minutes.md", "docs/dix-minutes.fr.md"):
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / page).read_text("utf-8")))
        assert named - known == set(), page


# words of the pages that stand for a user's own
PAGES = ("README.md", "docs/ten-minutes.md", "docs/dix-minutes.fr.md")
OWN = {
    "LIST...": "leads.csv",
    "LIST": "leads.csv",
    "[CC]": "FR",
    "[NAME]": "apollo",
    "RULE": "personal_mailbox",
    "RÈGLE": "personal_mailbox",
    "ADDRESS": "contact@mairie-saintfictif.fr",
    "ADRESSE": "contact@mairie-saintfictif.fr",
    "DIR": "leads.audit",
    "OLD": "leads.audit",
    "NEW": "leads.audit",
    "ANCIEN": "leads.audit",
    "NOUVEAU": "leads.audit",
    "exports/*.csv": "exports/leads.csv",
}


def documented_commands():
    """Every command line a page shows, once."""
    found = {}
    for page in PAGES:
        text = (ROOT / page).read_text("utf-8")
        spans = re.findall(r"`auditor ([^`\n]+)`", text) + re.findall(r"^auditor ([^\n]+)$", text, re.M)
        found |= dict.fromkeys(span for span in spans if " " in span or span in ("settings", "rules", "sources"))
    return list(found)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder as the pages suppose it: a list, its audit with a decision, an exports folder."""
    monkeypatch.chdir(tmp_path)
    sample = (ROOT / "sample_lists" / "hubspot-formulaires.csv").read_bytes()
    (tmp_path / "leads.csv").write_bytes(sample)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "leads.csv").write_bytes(sample)
    assert cli.run(["check", "leads.csv", "--quiet"]) == 0
    return tmp_path


@pytest.mark.parametrize("command", documented_commands())
def test_a_documented_command_runs(command, desk, capsys):
    words = [OWN.get(word, word) for word in command.split()]
    if words[:2] == ["check", "leads.csv"] and "--overwrite" not in words:
        words.append("--overwrite")
    # the scheduled job of the README is written to fail on removed rows, and the sample has some
    expected = 1 if "--fail-on" in words else 0
    assert cli.run(words) == expected, capsys.readouterr().err
