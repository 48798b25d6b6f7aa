"""`auditor data show` names what the judgement rests on."""

import json

from click.testing import CliRunner

from auditor.commands.data import COMMAND
from auditor.facts import mailboxes


def test_data_show_names_lists_versions_hashes_and_counts() -> None:
    result = CliRunner().invoke(COMMAND, ["show", "--format", "json"])
    shown = json.loads(result.output)
    lists = {entry["name"]: entry for entry in shown["lists"]}
    assert result.exit_code == 0
    assert lists["mailbox domains"]["version"] == mailboxes.version_line()
    assert len(lists["mailbox domains"]["sha256"]) == 64
    assert any("sha256:" in line for line in lists["mailbox domains"]["inputs"])
    assert lists["disposable-email-domains"]["entries"] > 9000
    assert shown["domains"]["countries"]["FR"] > 100


def test_data_show_prints_a_table() -> None:
    result = CliRunner().invoke(COMMAND, ["show"])
    assert result.exit_code == 0
    assert "mailbox domains" in result.output
    assert "By country" in result.output
