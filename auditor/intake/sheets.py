"""Workbooks: one sheet as a private CSV rendition, every cell as text, row numbers kept."""

import tempfile
import zipfile
from dataclasses import dataclass
from typing import IO, Any

import polars as pl

from auditor.errors import InputError
from auditor.intake.carriers import RATIO_FLOOR, Carrier
from auditor.settings import Limits

DELIMITER = ","
_OTHER_ZIPS = (
    ("content.xml", "an OpenDocument file", "Save the sheet as .xlsx or CSV UTF-8."),
    ("word/document.xml", "a text document", "Save the table as .xlsx or CSV UTF-8."),
    ("xl/workbook.bin", "a binary .xlsb workbook", "Save it as .xlsx or CSV UTF-8."),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A sheet as CSV: `rows` gives the sheet row (from 1) in which each physical line of the CSV stands."""

    handle: IO[bytes]
    size: int
    sheet: str
    rows: pl.Series


def render(carrier: Carrier, wanted: str | None) -> Rendition:
    """The sheet named `wanted`, or the only one that lists people, as CSV in a file without a name."""
    carrier.handle.seek(0)
    check_archive(carrier)
    carrier.handle.seek(0)
    reader = _reader(carrier)
    name, cells = _choose(carrier.name, reader, wanted)
    breaks = cells.select(
        pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True).fill_null(0).cast(pl.Int64))
    ).to_series()
    rows = pl.DataFrame({"row": pl.int_range(1, cells.height + 1, eager=True), "lines": breaks + 1})
    handle = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the opened list)
    try:
        cells.write_csv(handle, include_header=False, separator=DELIMITER)
        handle.flush()
    except OSError as error:
        raise InputError(f"{carrier.name}: no room for a private copy ({error.strerror})", "Free some space.") from None
    size = handle.seek(0, 2)
    return Rendition(handle, size, name, rows.select(pl.col("row").repeat_by("lines").explode()).to_series())


def check_archive(carrier: Carrier) -> None:
    """Raise InputError unless the zip is an .xlsx workbook of bearable size without document types."""
    try:
        with zipfile.ZipFile(carrier.handle) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                what, hint = next(
                    ((what, hint) for part, what, hint in _OTHER_ZIPS if part in names),
                    ("a zip archive", "Unpack it and give the CSV inside."),
                )
                raise InputError(f"{carrier.name}: this is {what}, not a list", hint)
            _measure(carrier, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise InputError(f"{carrier.name}: the workbook is damaged or protected", "Save it again, or as CSV.") from None


def _measure(carrier: Carrier, archive: zipfile.ZipFile) -> None:
    """Expand every part once, piece by piece: sizes in the directory may lie."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            first = True
            while piece := stream.read(1 << 20):
                if first and part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in piece[:4096]:
                    raise InputError(
                        f"{carrier.name}: the workbook declares a document type", "Save it again as .xlsx."
                    )
                first = False
                total += len(piece)
                _check_total(carrier, total, carrier.limits)


def _check_total(carrier: Carrier, total: int, limits: Limits) -> None:
    if total > limits.expanded_bytes or (total > 4 * RATIO_FLOOR and total > carrier.size * limits.expanded_ratio):
        raise InputError(
            f"{carrier.name}: the workbook expands to more than the limit",
            "Raise limits.expanded_bytes or limits.expanded_ratio if this is right.",
        )


def _reader(carrier: Carrier) -> Any:
    try:
        import fastexcel
    except ImportError:
        raise InputError(
            f"{carrier.name}: workbooks need the excel extra",
            "Install prospect-auditor[excel], or save it as CSV UTF-8.",
        ) from None
    try:
        return fastexcel.read_excel(carrier.handle.read())
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # the parser may panic, which is no Exception
        raise InputError(f"{carrier.name}: the workbook cannot be read", "Save it again, or as CSV UTF-8.") from None


def _choose(name: str, reader: Any, wanted: str | None) -> tuple[str, pl.DataFrame]:
    from auditor.intake.sources import fold

    names: list[str] = reader.sheet_names
    if wanted is not None:
        found = next((n for n in names if fold(n) == fold(wanted)), None)
        if found is None:
            raise InputError(f"{name}: has no sheet of that name", f"Sheets: {_shown(names)}.")
        return found, _cells(name, reader, found)
    filled = [(n, cells) for n in names if (cells := _cells(name, reader, n, hidden=False)).height]
    if not filled:
        raise InputError(f"{name}: the workbook holds no rows", "Check the file.")
    if len(filled) > 1:
        people = [(n, cells) for n, cells in filled if _has_address(cells)]
        if len(people) != 1:
            raise InputError(
                f"{name}: holds {len(people) or len(filled)} sheets with data",
                f"Name one with --sheet: {_shown(names)}.",
            )
        filled = people
    return filled[0]


def _cells(name: str, reader: Any, sheet: str, hidden: bool = True) -> pl.DataFrame:
    """All cells of a sheet as text, rows from the first one on, empty columns and rows at the end left out."""
    try:
        loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        frame: pl.DataFrame = loaded.to_polars() if hidden or loaded.visible == "visible" else pl.DataFrame()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # as in _reader
        raise InputError(f"{name}: a sheet cannot be read", "Save it again, or as CSV UTF-8.") from None
    if not frame.width:
        return pl.DataFrame()
    frame = frame.select(pl.col(c).cast(pl.String).alias(f"cell_{i}") for i, c in enumerate(frame.columns))
    while frame.width > 1 and frame.to_series(frame.width - 1).null_count() == frame.height:
        frame = frame.drop(frame.columns[-1])
    used = frame.select(pl.any_horizontal(pl.all().is_not_null()).arg_true().max()).item()
    return frame.head(0 if used is None else int(used) + 1)


def _has_address(cells: pl.DataFrame) -> bool:
    return bool(cells.select(pl.any_horizontal(pl.all().str.contains("@", literal=True).any())).item())


def _shown(names: list[str]) -> str:
    return ", ".join("".join(c if c.isprintable() else "?" for c in n)[:40] for n in names[:8])
