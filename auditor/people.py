"""Who is in an audit folder, and what was found about each: read back from the lists of that folder.

Runs are compared by person, not by row number. The lists of an audit folder hold the addresses in clear, so nothing
needs to be stored for a comparison, and no report carries a fingerprint that could be tried out on guesses.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pydantic import ValidationError

from auditor import intake
from auditor.errors import AuditorError, UsageError
from auditor.intake.mapping import cell
from auditor.objections import OBJECTIONS
from auditor.report_model import Report
from auditor.settings import Settings

REPORT = "report.json"
WANTED = "Name an .audit folder or its report.json."
LISTS = ("clean", "review", "removed")
PEOPLE: dict[str, pl.DataType] = {"person": pl.String(), "verdict": pl.String()}
FOUND: dict[str, pl.DataType] = {"person": pl.String(), "rule": pl.String(), "severity": pl.String()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One finished audit: its report, and who is in its lists (None when they are not beside the report)."""

    report: Report
    folder: Path
    people: pl.DataFrame | None
    findings: pl.DataFrame | None


def read_report(path: Path) -> Report:
    """The report of a folder or of a `report.json`."""
    file = path / REPORT if path.is_dir() else path
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{path.name}: no report to compare with ({error.strerror})", WANTED) from None
    except ValidationError:
        raise UsageError(f"{path.name}: not a report of this version", WANTED) from None


def read(path: Path) -> Audited:
    """A finished audit from its folder or its `report.json`."""
    report = read_report(path)
    folder = path if path.is_dir() else path.parent
    return Audited(report=report, folder=folder, **lists(folder, report))


def lists(folder: Path, report: Report) -> dict[str, pl.DataFrame | None]:
    """`people` (PEOPLE, one line each) and `findings` (FOUND) of the lists in `folder`; None when not all are there."""
    try:
        parts = [_rows(next(folder.glob(f"*.{kind}.csv")), kind, report) for kind in LISTS]
        columns = ["audit_row", "rule", "severity", "verdict"]
        found = pl.read_csv(folder / "findings.csv", infer_schema=False, columns=columns)
    except (OSError, StopIteration, AuditorError, pl.exceptions.PolarsError):
        return {"people": None, "findings": None}
    rows = pl.concat(parts)
    held = found.filter(pl.col("verdict").is_in(["review", "removed"]) & (pl.col("severity") != "note"))
    findings = held.join(rows, on="audit_row").select(list(FOUND)).unique().sort("person", "rule")
    # a person with several rows counts once, with the heaviest verdict
    order = pl.Enum(LISTS)
    people = rows.group_by("person").agg(pl.col("verdict").cast(order).max().cast(pl.String)).sort("person")
    return {"people": people, "findings": findings}


def _rows(path: Path, kind: str, report: Report) -> pl.DataFrame:
    """audit_row (text, null in the clean list), person and verdict of every row of one list."""
    chosen = Settings(encoding=report.source.encoding, delimiter=report.source.delimiter)
    if path.stat().st_size == 0:
        return pl.DataFrame(schema={"audit_row": pl.String(), **PEOPLE})
    with intake.open_list(path, chosen) as opened:
        header = opened.dialect.header
        frames = [batch.frame for batch in opened.batches(100_000)]
    # columns may have been dropped from the clean list: addresses are found by their place, or else by name
    addresses = [i for i, column in enumerate(report.source.columns) if column.canonical == "email"]
    if kind == "clean" and len(header) != len(report.source.columns):
        names = {report.source.columns[i].header for i in addresses}
        addresses = [i for i, name in enumerate(header) if name in names]
    if not frames:
        return pl.DataFrame(schema={"audit_row": pl.String(), **PEOPLE})
    frame = pl.concat(frames)
    row = pl.col(cell(header.index("audit_row"))) if "audit_row" in header else pl.lit(None, pl.String)
    cells = [person(pl.col(cell(i))) for i in addresses]
    known = pl.coalesce(cells) if cells else pl.lit(None, pl.String)
    return frame.select(row.alias("audit_row"), known.alias("person"), pl.lit(kind).alias("verdict")).filter(
        pl.col("person").is_not_null()
    )


def person(address: pl.Expr) -> pl.Expr:
    """What two runs know a person by: the address as written, without case, outer spaces and a neutralising quote."""
    plain = address.str.strip_prefix("'").str.strip_chars().str.to_lowercase()
    return pl.when(plain != "").then(plain)


def objected(audited: Audited) -> pl.Series:
    """Persons of that audit who said no."""
    if audited.findings is None:
        return pl.Series("person", [], pl.String())
    said = pl.col("rule").is_in(sorted(OBJECTIONS))
    return audited.findings.filter(said)["person"].unique().sort()
