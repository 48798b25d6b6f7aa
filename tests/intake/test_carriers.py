"""What a list arrives in: files, gzip, workbooks, streams; limits, refusals, changes while reading."""

import gzip
import io
import os
import stat
import tempfile
import zipfile
import zlib

import polars as pl
import pytest
import xlsxwriter

from auditor.errors import AuditorError, InputError, OutputError
from auditor.intake import open_list
from auditor.settings import Settings
from auditor.workbook import write_xlsx
from tests.intake.reading import read, written

LIST = "Prénom;Email\nZoé;a@acme.example\nLéo;b@acme.example\n"


def refusal(path, **settings):
    with pytest.raises(InputError) as error:
        read(path, **settings)
    assert error.value.hint and "\n" not in error.value.message
    return error.value.message


def workbook(path, rows, sheets=("Contacts",)):
    book = xlsxwriter.Workbook(str(path))
    for name in sheets:
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(r, c, value)
                elif value is not None:
                    page.write(r, c, value)
    book.close()
    return path


@pytest.mark.parametrize(
    ("first", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".xls"),
        (b"<!DOCTYPE html><html><table>", "web page"),
        (b"\xef\xbb\xbf  <html>", "web page"),
        (b"<?xml version='1.0'?>", "web page or XML"),
        (b'[{"email": "a@acme.example"}]', "JSON"),
        (b'{\n "contacts": []}', "JSON"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "vCard"),
        (b"PAR1\x00\x00", "Parquet"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1", "rich-text"),
        (b"", "empty"),
        (b"\n\n  \n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (bytes(range(1, 9)) * 500, "no text"),
    ],
    ids=range(16),
)
def test_what_is_no_list_is_refused_by_its_first_bytes(tmp_path, first, word):
    assert word in refusal(written(tmp_path, first))
    if first:
        assert word in refusal(written(tmp_path, gzip.compress(first), "list.csv.gz"))


def test_a_header_in_brackets_is_no_json(tmp_path):
    assert read(written(tmp_path, "[Email];Nom\na@acme.example;Zoé\n")).account.records == 1


def test_missing_files_folders_and_devices_are_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.csv")
    assert "folder" in refusal(tmp_path)
    assert "no regular file" in refusal(type(tmp_path)("/dev/zero"))


def test_a_file_name_cannot_forge_a_message(tmp_path):
    assert "\x1b" not in refusal(tmp_path / "a\x1b[31m\nb.csv")


def test_gzip_is_read_also_in_several_members_and_with_padding(tmp_path):
    data = gzip.compress(LIST[:20].encode()) + gzip.compress(LIST[20:].encode()) + b"\0" * 100
    done = read(written(tmp_path, data, "list.csv.gz"))
    assert done.account.records == 2 and done.dialect.carrier == "csv.gz"


@pytest.mark.parametrize("damage", ["cut", "bytes"])
def test_damaged_gzip_is_refused(tmp_path, damage):
    data = gzip.compress((LIST * 500).encode())
    data = data[: len(data) // 2] if damage == "cut" else data[:30] + b"\xff\x00\xff\x00" + data[34:]
    assert "gzip" in refusal(written(tmp_path, data, "list.csv.gz"))


def test_a_gzip_bomb_is_refused_before_it_is_expanded(tmp_path):
    engine = zlib.compressobj(9, wbits=31)
    path = tmp_path / "bomb.csv.gz"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(engine.compress(b"a;b@acme.example\n" * 65536))
        file.write(engine.flush())
    assert "20 times" in refusal(path)
    assert "1048576 bytes" in refusal(path, limits={"expanded_bytes": 1 << 20})


def test_standard_input_is_copied_to_a_file_that_nobody_else_can_open(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with open_list(type(tmp_path)("-"), Settings()) as opened:
        assert opened.name == "stdin" and opened.size == len(LIST.encode())
        state = os.fstat(opened.carrier.handle.fileno())
        assert stat.S_IMODE(state.st_mode) == 0o600 and state.st_nlink == 0
        assert sum(batch.frame.height for batch in opened.batches(10)) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_read_like_standard_input(tmp_path):
    inner, outer = os.pipe()
    os.write(outer, LIST.encode())
    os.close(outer)
    assert read(type(tmp_path)(f"/dev/fd/{inner}")).account.records == 2
    os.close(inner)


@pytest.mark.parametrize("change", ["append", "replace"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, change):
    path = written(tmp_path, LIST)
    with open_list(path, Settings()) as opened:
        if change == "append":
            with path.open("ab") as file:
                file.write(b"x;c@acme.example\n")
        else:
            written(tmp_path, LIST, "other.csv").replace(path)
        with pytest.raises(InputError, match="changed"):
            list(opened.batches(10))


def test_the_account_is_known_only_at_the_end(tmp_path):
    with open_list(written(tmp_path, LIST), Settings()) as opened, pytest.raises(ValueError, match="end"):
        _ = opened.account


@pytest.mark.parametrize(
    ("limit", "text", "word"),
    [
        ({"line_bytes": 2048}, LIST + "x" * 3000 + ";c@acme.example\n", "line 4 is longer than 2048 bytes"),
        ({"cell_bytes": 2048}, LIST + "x" * 3000 + ";c@acme.example\n", "line 4 holds a cell of more than 2048 bytes"),
        ({"columns": 1}, LIST, "more than 1 columns"),
    ],
)
def test_limits_are_refused_with_their_line_and_never_with_a_cell(tmp_path, limit, text, word):
    message = refusal(written(tmp_path, text), limits=limit)
    assert word in message and "acme" not in message and "xxx" not in message


def test_a_line_without_end_is_refused_within_the_memory_of_the_limit(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(LIST.encode())
        for _ in range(40):
            file.write(b"x" * (1 << 20))
    assert "line 4 is longer" in refusal(path)


def test_workbook_cells_are_kept_as_text_under_their_row_numbers(tmp_path):
    rows = [
        ["Liste du salon"],
        [],
        ["Email", "Téléphone", "SIRET", "Notes"],
        ["a@acme.example", "+33 6 12", 12345678900012, "ligne 1\nligne 2"],
        [],
        ["b@acme.example", "007", None, '=1+1, "x"'],
    ]
    done = read(workbook(tmp_path / "list.xlsx", rows))
    assert done.dialect.header == ("Email", "Téléphone", "SIRET", "Notes")
    assert done.dialect.header_line == 3 and done.dialect.sheet == "Contacts"
    assert done.cells == [
        ("a@acme.example", "+33 6 12", "12345678900012", "ligne 1\nligne 2"),
        ("b@acme.example", "007", None, '=1+1, "x"'),
    ]
    assert done.frame["line"].to_list() == [4, 6]
    assert (1, 2, "preamble") in done.account.skipped or (1, 1, "preamble") in done.account.skipped


def test_the_sheet_is_the_users_choice_when_several_hold_people(tmp_path):
    path = workbook(tmp_path / "list.xlsx", [["Email"], ["a@acme.example"]], ("Mars", "Avril"))
    assert "2 sheets" in refusal(path)
    assert read(path, sheet="avril").dialect.sheet == "Avril"
    assert "no sheet of that name" in refusal(path, sheet="Mai")
    assert "no workbook" in refusal(written(tmp_path, LIST), sheet="Mars")


def test_zip_files_that_are_no_workbooks_are_refused_by_name(tmp_path):
    for part, word in (
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "text document"),
        ("a.csv", "zip archive"),
    ):
        path = tmp_path / "list.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert word in refusal(path)
    assert "damaged" in refusal(written(tmp_path, b"PK\x03\x04" + b"junk" * 50))


def test_a_workbook_with_a_document_type_or_a_bomb_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')
    assert "document type" in refusal(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"a" * (300 << 20))
    assert "expands" in refusal(path)


def test_a_workbook_that_the_parser_rejects_gives_our_words_only(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<canary-cell>")
    assert "canary" not in refusal(path)


def test_a_written_workbook_holds_text_only_and_reads_back_alike(tmp_path):
    frame = pl.DataFrame({"a": ["=1+1", "007", None, "http://acme.example"], "b": ["+33 6", "", "é\nx", "1e5"]})
    path = tmp_path / "out.xlsx"
    write_xlsx(path, ("Email", "Email"), frame)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "<hyperlink" not in sheet and "<v>7</v>" not in sheet
    opened = read(path)
    assert opened.dialect.header == ("Email", "Email")
    assert opened.cells == [("=1+1", "+33 6"), ("007", None), (None, "é\nx"), ("http://acme.example", "1e5")]
    with pytest.raises(OutputError):
        write_xlsx(path, ("a",), pl.DataFrame({"a": ["x" * 40_000]}))


CANARY = "Kanarienvogel-7Q"


def test_no_cell_and_no_foreign_error_text_reaches_the_user(tmp_path):
    row = f"{CANARY};{CANARY}@acme.example\n"
    bad = [
        CANARY.encode() + b"\x00\x01\x02\x03" * 99,
        (row * 5).encode(),
        f"Prénom;Email\n{row}".encode() + b"x" * (17 << 20),
        gzip.compress(row.encode() * 99)[:-20],
        b"PK\x03\x04" + row.encode() * 20,
        f"Prénom;Email\n{row}\nFirst Name;Email;Phone\n{row}".encode(),
        f"Prénom;Nom;Email\n{row * 9}".encode(),
        ("[\n{" + row).encode(),
        b"%PDF" + row.encode(),
    ]
    for data in bad:
        with pytest.raises(AuditorError) as error:
            read(written(tmp_path, data))
        told = error.value.message + error.value.hint
        assert CANARY not in told and "acme" not in told
        assert error.value.__cause__ is None and (error.value.__context__ is None or error.value.__suppress_context__)
        assert not any(
            word in told.lower() for word in ("polars", "codec", "calamine", "zlib", "error -3", "traceback")
        )


def test_the_carrier_is_opened_once_and_hashed_as_it_lies_on_the_disk(tmp_path):
    import hashlib

    data = gzip.compress(LIST.encode())
    with open_list(written(tmp_path, data, "l.csv.gz"), Settings()) as opened:
        assert opened.sha256 == hashlib.sha256(data).hexdigest()
    with open_list(written(tmp_path, LIST), Settings()) as opened:
        assert opened.sha256 == hashlib.sha256(LIST.encode()).hexdigest()
