"""`auditor inspect`: what was understood, before anything is judged."""

import csv
import json
import stat

import pytest

from auditor.cli import run
from tests.intake.reading import written

LIST = "Prénom;E-mail;Champ maison\nZoé;zoe@acme.example;42\nLéo;leo@acme.example\n"


def inspected(capsys, *arguments):
    assert run(["inspect", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_the_object_holds_the_documented_keys_and_masked_samples(tmp_path, capsys):
    told = json.loads(inspected(capsys, written(tmp_path, LIST), "--format", "json"))
    assert {k: told[k] for k in ("encoding", "delimiter", "header_line", "records", "repaired", "unreadable")} == {
        "encoding": "utf-8",
        "delimiter": ";",
        "header_line": 1,
        "records": 2,
        "repaired": 1,
        "unreadable": 0,
    }
    assert told["skipped_lines"] == 0 and told["source"] == "generic"
    assert [column["header"] for column in told["columns"]] == ["Prénom", "E-mail", "Champ maison"]
    assert "acme" not in json.dumps(told) and "zoe@" not in json.dumps(told)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_table_ends_with_what_can_be_pasted_into_the_settings(tmp_path, capsys, lang):
    import tomllib

    out = inspected(capsys, written(tmp_path, LIST), "--lang", lang)
    assert "zoe@" not in out and "short_row 1" in out
    pasted = tomllib.loads(out[out.index("[columns]") :])
    assert pasted["columns"] == {"Champ maison": "ignore"}
    assert "# source = " in out and "# collected_on = " in out


def test_the_dump_holds_every_record_as_it_was_read(tmp_path, capsys):
    path = written(tmp_path, LIST + '"x" y;"z\n"Zoé, ""née"" X";a@acme.example;"l1\nl2"\n')
    dump = tmp_path / "dump.csv"
    inspected(capsys, path, "--dump", dump)
    with dump.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Prénom", "E-mail", "Champ maison"],
        ["Zoé", "zoe@acme.example", "42"],
        ["Léo", "leo@acme.example", ""],
        ['"x" y;"z'],
        ['Zoé, "née" X', "a@acme.example", "l1\nl2"],
    ]
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600


def test_the_dump_replaces_nothing_unasked_and_never_its_own_input(tmp_path, capsys):
    path = written(tmp_path, LIST)
    dump = written(tmp_path, "kept", "dump.csv")
    assert run(["inspect", str(path), "--dump", str(dump)]) == 4
    assert dump.read_text() == "kept"
    assert run(["inspect", str(path), "--dump", str(path), "--overwrite"]) == 4
    assert path.read_text("utf-8") == LIST
    inspected(capsys, path, "--dump", dump, "--overwrite")
    assert dump.read_text("utf-8").startswith("Prénom,")


def test_a_refused_list_gives_one_line_exit_three_and_no_dump(tmp_path, capsys):
    path = written(tmp_path, b"%PDF-1.7")
    assert run(["inspect", str(path), "--dump", str(tmp_path / "dump.csv")]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


def test_limits_can_be_given_by_flag(tmp_path, capsys):
    path = written(tmp_path, LIST)
    assert run(["inspect", str(path), "--limit", "columns=2"]) == 3
    assert run(["inspect", str(path), "--limit", "columns"]) == 2
    assert run(["inspect", str(path), "--limit", "colums=2"]) == 2
    assert "columns" in capsys.readouterr().err


def test_a_list_without_addresses_is_inspected_all_the_same(tmp_path, capsys):
    assert "[columns]" in inspected(capsys, written(tmp_path, "Nom;Ville\nNoblet;Lyon\nWeiß;Sète\n"))


def test_control_characters_in_headers_do_not_reach_the_terminal(tmp_path, capsys):
    out = inspected(capsys, written(tmp_path, "E-mail;\x1b[31mrouge[/]\na@acme.example;1\n"))
    assert "\x1b" not in out
