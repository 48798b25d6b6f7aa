"""One record at a time: what is read, what is repaired, what is given up."""

import pytest

from tests.intake.reading import body

ROW = "1,Zoé,a@acme.example\n"


def one(text, width=3, delimiter=","):
    _, done = body(text, width, 1 << 20, delimiter)
    return done


@pytest.mark.parametrize(
    ("line", "cells", "code", "lossless"),
    [
        ("1,Zoé,a@b.example\n", ("1", "Zoé", "a@b.example"), None, None),
        ('1,"Zoé, née ""X""",a\n', ("1", 'Zoé, née "X"', "a"), None, None),
        ('1,"",a\n', ("1", None, "a"), None, None),
        ("1,Zoé\n", ("1", "Zoé", None), "short_row", False),
        ("1,Zoé,a,,\n", ("1", "Zoé", "a"), "trailing_delimiters", True),
        ("1,Zoé,a,b\n", ("1", "Zoé", "a,b"), "extra_cells", False),
        ('1,5" pipe,a\n', ("1", '5" pipe', "a"), "stray_quote_in_text", True),
        ('1,"Zoé" bis,a\n', ("1", '"Zoé" bis', "a"), "stray_quote", False),
        ('1,"Zoé,a\n', ("1", '"Zoé', "a"), "unclosed_quote", False),
        ('1, "Zoé, X" ,a\n', ("1", "Zoé, X", "a"), "stray_quote", False),
        ('1,"dit \\"oui\\"",a\n', ("1", 'dit \\"oui\\"', "a"), "stray_quote", False),
        ("1;Zoé;a\n", ("1", "Zoé", "a"), "other_delimiter", False),
        ("1,Z\0oé,a\n", ("1", "Zoé", "a"), "nul_bytes", False),
        ("1,Zo\ré,a\n", ("1", "Zo\ré", "a"), None, None),
        ("1,Zoé\r,a\n", ("1", "Zoé\r", "a"), None, None),
        ('1,Zoé\r,"a"\n', ("1", "Zoé\r", "a"), None, None),
    ],
)
def test_a_record_is_read_with_its_repair_code(line, cells, code, lossless):
    done = one(ROW + line + ROW)
    assert done.cells == [("1", "Zoé", "a@acme.example"), cells, ("1", "Zoé", "a@acme.example")]
    assert done.frame["repair"].to_list() == [None, code, None]
    assert done.frame["lossless"].to_list() == [None, lossless, None]
    assert done.raws == [ROW, line, ROW]


def test_a_record_that_no_reading_fits_is_kept_as_it_is_and_costs_one_row():
    done = one(ROW + '2,"Zoé" x,"a,b\n' + ROW)
    assert done.cells == [("1", "Zoé", "a@acme.example")] * 2
    assert done.unreadable.rows() == [(2, 2, "unbalanced_quotes", '2,"Zoé" x,"a,b\n')]
    assert done.frame["audit_row"].to_list() == [1, 3]


def test_line_numbers_count_physical_lines():
    done = one(ROW + '2,"a\nb\nc",d\n' + "\n" + ROW)
    assert done.frame["line"].to_list() == [1, 2, 6]
    assert done.account.physical_lines == 6 and done.account.blank_lines == 1


def test_a_quote_opened_in_one_record_and_closed_rows_later_costs_these_two_rows():
    lines = [f"{i},Zoé,p{i}@acme.example\n" for i in range(9)]
    lines[2], lines[6] = '2,"Zoé,p2@acme.example\n', '6,Zoé",p6@acme.example\n'
    done = one("".join(lines))
    assert len(done.cells) == 9
    assert [i for i, code in enumerate(done.frame["repair"]) if code] == [2, 6]


def test_a_long_note_over_many_lines_stays_one_record():
    note = "\n".join(f"ligne {n}, suite" for n in range(300))
    done = one(ROW + f'2,"{note}",b@acme.example\n' + ROW)
    assert [row[1] for row in done.cells] == ["Zoé", note, "Zoé"]
    assert done.account.repairs == {}


def test_a_note_with_as_many_commas_as_the_list_has_columns_stays_one_record():
    done = one('1,"12 rue X, 75001 Paris, France\nBât. B, étage 2, porte 3",a@acme.example\n' + ROW)
    assert done.account.records == 2 and done.account.repairs == {}


def test_rows_that_leave_out_unnamed_last_columns_are_complete(tmp_path):
    from tests.intake.reading import read, written

    done = read(written(tmp_path, "Email;Prénom;\na@acme.example;Zoé\nb@acme.example;Léo;x\n"))
    assert done.frame["repair"].to_list() == ["missing_unnamed_cells", None]
    assert done.frame["lossless"].to_list() == [True, None]


def test_mixed_line_ends_end_records_each_in_its_own_way():
    done = one("1,a,b\r\n2,a,b\n3,a,b\r4,a,b\r\n")
    assert [row[0] for row in done.cells] == ["1", "2", "3", "4"]
    assert done.raws == ["1,a,b\r\n", "2,a,b\n", "3,a,b\r", "4,a,b\r\n"]


@pytest.mark.parametrize(
    ("line", "cells", "code"),
    [
        (r'1,"dit \"oui\", puis non",a' + "\n", ("1", r"dit \"oui\", puis non", "a"), "stray_quote"),
        (r'1,"dit \"oui\", puis \"non\"",a' + "\n", ("1", r"dit \"oui\", puis \"non\"", "a"), "stray_quote"),
        (r'1,"C:\",a' + "\n", ("1", "C:\\", "a"), None),
        (r"1,dit \"oui\",a" + "\n", ("1", r"dit \"oui\"", "a"), "stray_quote_in_text"),
    ],
)
def test_a_backslash_before_a_quote_is_an_escape_where_only_that_gives_the_right_cells(line, cells, code):
    done = one(ROW + line + ROW)
    assert done.cells[1] == cells
    assert done.frame["repair"].to_list() == [None, code, None]


def test_a_list_of_escaped_quotes_is_read_though_its_commas_seem_to_give_another_width(tmp_path):
    from tests.intake.reading import read, written

    rows = "".join(f'{i},"Directrice \\"achats\\", adjointe",p{i}@acme.example\n' for i in range(9))
    done = read(written(tmp_path, "Id,Poste,Email\n" + rows))
    assert done.account.repairs == {"stray_quote": 9} and done.cells[4][2] == "p4@acme.example"


def test_carriage_returns_below_a_header_with_a_line_feed_end_records(tmp_path):
    from tests.intake.reading import read, written

    rows = "".join(f"{i},Zoé,p{i}@acme.example\r" for i in range(3000))
    done = read(written(tmp_path, "Id,Prénom,Email\n" + rows), limits={"line_bytes": 20_000})
    assert done.account.records == 3000 and done.account.repairs == {}
    assert done.cells[-1] == ("2999", "Zoé", "p2999@acme.example")


def test_a_carriage_return_in_a_damaged_cell_does_not_cut_the_record():
    done = one(ROW + '2,"Zo\ré" bis,b@acme.example\n' + ROW)
    assert done.cells[1] == ("2", '"Zo\ré" bis', "b@acme.example")
    assert done.frame["repair"].to_list() == [None, "stray_quote", None]
