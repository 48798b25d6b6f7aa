"""Small lists for the normalise tests: header and rows in, the mapped batch out."""

import polars as pl

from auditor.intake.account import RECORD
from auditor.intake.mapping import Mapping
from auditor.intake.sources import recognise
from auditor.normalise.cells import map_batch
from auditor.settings import Settings

Row = tuple[str | None, ...]


def batch(width: int, rows: list[Row]) -> pl.DataFrame:
    """A batch as intake hands it over."""
    cells = {f"cell_{i}": [row[i] for row in rows] for i in range(width)}
    record = {
        "audit_row": list(range(1, len(rows) + 1)),
        "line": list(range(2, len(rows) + 2)),
        "raw": [""] * len(rows),
        "repair": [None] * len(rows),
        "lossless": [None] * len(rows),
    }
    return pl.DataFrame({**record, **cells}, schema={**RECORD, **dict.fromkeys(cells, pl.String())}, strict=True)


def mapped(
    header: tuple[str, ...], rows: list[Row], settings: Settings | None = None, file: str = "list.csv"
) -> tuple[Mapping, pl.DataFrame]:
    """What was understood of the header, and the batch with its canonical columns."""
    settings = settings or Settings()
    frame = batch(len(header), rows)
    mapping = recognise(header, frame, file, settings)
    return mapping, map_batch(frame, mapping, settings)


def column(name: str, header: tuple[str, ...], *rows: Row, settings: Settings | None = None) -> list[object]:
    """One canonical column of a small list."""
    return mapped(header, list(rows), settings)[1].get_column(name).to_list()
