"""The compiled page is kept beside the compiled modules, and nothing depends on that."""

import sys

import pytest

from auditor.reports import html


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(html, "COMPILED", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    forget()
    yield html.COMPILED
    forget()


def forget():
    html.template.cache_clear()
    html._environment.cache_clear()


def kept(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_second_run_takes_what_the_first_one_kept(folder, monkeypatch):
    html.template()
    before = kept(folder)
    assert before and all(name.endswith(".page") for name in before)
    forget()
    monkeypatch.setattr(html.Environment, "compile", None)
    assert html.template().filename.endswith("report.html.j2")
    assert kept(folder) == before


def test_what_is_damaged_is_made_anew(folder):
    html.template()
    before = kept(folder)
    for name in before:
        (folder / name).write_bytes(b"no bytecode")
    forget()
    html.template()
    assert kept(folder) == before


def test_nothing_is_kept_where_python_keeps_nothing_or_nothing_can_be_written(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    html.template()
    assert not folder.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder.write_text("a file where the folder would be")
    forget()
    html.template()
    assert folder.read_text() == "a file where the folder would be"
