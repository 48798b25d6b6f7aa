"""Lines with quotes: judged together they come out as the grammar reads them one by one."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.intake.quotes import ODD, VERDICT
from auditor.intake.records import Grammar
from auditor.intake.window import Window
from tests.intake.reading import body

# what goes wrong with quotes, next to what is in order
SCRAPS = ['"', '""', "|", '"|', '|"', "a", "p@x.example", '\\"', " ", '"q|r"', '"q ""x"" r"', "\0", "\r", "\x02"]
CELLS = st.lists(st.sampled_from(SCRAPS), max_size=5).map("".join)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=5).map("|".join), min_size=1, max_size=8)


def one_by_one(window: Window, some: pl.DataFrame) -> pl.DataFrame:
    return some.with_columns(kind=pl.lit(ODD, pl.UInt8()), code=pl.lit(None, pl.UInt8())).select(list(VERDICT))


def outcome(text, width, delimiter, carriage_return):
    try:
        done = body(text, width, 1 << 20, delimiter, carriage_return)[1]
    except InputError as error:
        return error.message
    return done.frame.rows(), done.unreadable.rows(), done.account


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    lines=LINES,
    width=st.integers(1, 5),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    closed=st.booleans(),
)
def test_lines_judged_together_are_the_records_that_the_grammar_reads(lines, width, delimiter, end, closed):
    text = (end.join(lines) + end * closed).replace("|", delimiter)
    together = outcome(text, width, delimiter, end == "\r")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Window, "_quoted", one_by_one)
        assert outcome(text, width, delimiter, end == "\r") == together


def test_most_damaged_lines_need_no_look_at_the_lines_around_them():
    lines = [
        '1,"Zoé" bis,a@acme.example\n',
        '2,"Zoé "la" brave",b@acme.example\n',
        '3,5" Zoé,c@acme.example\n',
        '4,"Zoé,d@acme.example\n',
        '5,"Zoé \\"X\\", née Y",e@acme.example\n',
        '6, "Zoé" ,f@acme.example\n',
        '7,"Zoé, née Y"\n',
        '8,"Zoé, née Y",g@acme.example,,\n',
    ]
    window = Window.of("".join(lines * 3).encode(), Grammar(",", 3), last=True)
    kinds, asked, _ = window.judged("no header")
    assert asked.height == window.height == kinds.len() == 24
    assert kinds.to_list().count(ODD) == 0


def test_signs_that_stand_for_quotes_are_text_in_a_list():
    rows = [
        "1,\x01Zoé\x01,a@acme.example",
        "-,\x01Zoé,b@acme.example",
        '3,"Zoé \\"X\\", née Y",c@acme.example',
        '4,"Zoé, née \x01",d@acme.example',
        '5,"Zoé ""X""",e@acme.example,,',
        "6,\x01Zoé,f@acme.example,,",
    ]
    done = body("".join(row + "\n" for row in rows), 3, 1 << 20)[1]
    assert [row[1] for row in done.cells] == [
        "\x01Zoé\x01", "\x01Zoé", 'Zoé \\"X\\", née Y', "Zoé, née \x01", 'Zoé "X"', "\x01Zoé",
    ]  # fmt: skip


def test_a_record_is_whole_whatever_the_cells_beyond_its_width():
    rows = ["a,b,c" + ",d" * more for more in (0, 1, 7, 8, 9, 40)] + ['"x,y",b', "a,b,c" + "," * 40]
    done = body("".join(row + "\n" for row in rows), 3, 1 << 20)[1]
    assert [row[2] for row in done.cells] == [
        "c", "c,d", "c" + ",d" * 7, "c" + ",d" * 8, "c" + ",d" * 9, "c" + ",d" * 40, None, "c",
    ]  # fmt: skip
    assert done.raws == [row + "\n" for row in rows]
