"""Frames as .xlsx: text cells only, nothing that a spreadsheet could follow, compute or convert."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from auditor.errors import OutputError

# limits of the format
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL = 32_767
_ROWS_AT_ONCE = 10_000


def write_xlsx(path: Path, header: Sequence[str], frame: pl.DataFrame, sheet: str = "List") -> None:
    """Write `header` and the rows of `frame` (text, null = empty cell) as the only sheet of a new workbook."""
    if frame.height + 1 > MAX_ROWS or len(header) > MAX_COLUMNS:
        raise OutputError(f"{path.name}: too many rows or columns for a workbook", "Use the CSV file instead.")
    longest = frame.select(pl.max_horizontal(pl.all().str.len_chars().max())).item() if frame.width else 0
    if (longest or 0) > MAX_CELL:
        raise OutputError(f"{path.name}: a cell is longer than a workbook allows", "Use the CSV file instead.")
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        raise OutputError(f"{path.name}: workbooks need the excel extra", "Install prospect-auditor[excel].") from None
    # strings_to_*: text stays text; constant_memory: rows go to disk as they come; use_zip64 is of no use here
    options = {
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "tmpdir": str(path.parent),
    }
    try:
        book = xlsxwriter.Workbook(str(path), options)
        _fill(book, header, frame, sheet)
        book.close()
    except (OSError, XlsxWriterException):
        raise OutputError(f"{path.name}: the workbook cannot be written", "Check space and rights.") from None


def _fill(book: object, header: Sequence[str], frame: pl.DataFrame, sheet: str) -> None:
    # format "@" keeps a cell text when somebody edits it later
    text = book.add_format({"num_format": "@"})  # type: ignore[attr-defined]
    page = book.add_worksheet(_sheet_name(sheet))  # type: ignore[attr-defined]
    for column, name in enumerate(header):
        page.write_string(0, column, name, text)
    row = 1
    for part in frame.iter_slices(_ROWS_AT_ONCE):
        # cell by cell: the format's writer has no other door
        for cells in part.iter_rows():
            for column, value in enumerate(cells):
                if value is not None:
                    page.write_string(row, column, value, text)
            row += 1


def _sheet_name(name: str) -> str:
    kept = "".join(c for c in name if c not in "[]:*?/\\'" and c.isprintable())[:31]
    return kept or "List"
