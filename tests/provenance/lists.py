"""Whole fictional lists: through the audit as a user runs it, or through intake and facts alone."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from auditor import intake, pipeline, widen
from auditor import settings as settings_module
from auditor.model import Scope
from auditor.settings import Settings
from auditor.world import World

WORLD = World(now=datetime(2026, 11, 2, tzinfo=UTC))
# the rules of this room: sources (B10 to B19), provenance, contradictions, notice
OURS = ("B1", "D", "E", "F")


@dataclass(frozen=True)
class Heard:
    """What an audit wrote: rule and severity per row, rules on the list, the annotated table."""

    rows: tuple[Mapping[str, str], ...]
    listed: Mapping[str, str]
    annotated: pl.DataFrame
    findings: pl.DataFrame

    def held(self, row: int) -> set[str]:
        """Rules of this room that hold a row (numbered from 0); a note holds nothing."""
        return {rule for rule, severity in self.rows[row].items() if severity != "note"}

    def detail(self, row: int, rule: str) -> str:
        """The code that says which variant fired."""
        mine = self.findings.filter((pl.col("audit_row") == str(row + 1)) & (pl.col("rule") == rule))
        return str(mine["detail"].item())

    def levels(self) -> list[str]:
        return self.annotated["audit_provenance_level"].to_list()


def build(**values: Any) -> Settings:
    return settings_module.build(values, "test")


def person(number: int, **cells: str) -> dict[str, str]:
    """A row with an address of its own at a company of its own, in France."""
    return {
        "email": f"prenom{number}.nom{number}@societe{number}-fictive.fr",
        "first_name": "Prenom" + "abcdefghij"[number % 10],
        "last_name": f"Nom{number}",
        "job_title": "Directeur commercial",
        "country": "France",
        **cells,
    }


def text_of(rows: Iterable[Mapping[str, str]]) -> str:
    """CSV text of `rows`; columns in the order in which they first appear."""
    table = list(rows)
    header = list(dict.fromkeys(name for row in table for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def audit(folder: Path, rows: Iterable[Mapping[str, str]] | str, name: str = "liste.csv", **settings: Any) -> Heard:
    """The findings of one list, read from what the audit wrote."""
    path = folder / name
    path.write_text(rows if isinstance(rows, str) else text_of(rows), "utf-8")
    chosen = build(annotate=True, overwrite=True, **settings)
    result, _ = pipeline.audit(path, chosen, WORLD, {})
    findings = pl.read_csv(result.folder / "findings.csv", infer_schema=False)
    annotated = pl.read_csv(next(result.folder.glob("*.annotated.csv")), infer_schema=False)
    mine = findings.filter(pl.any_horizontal(pl.col("rule_id").str.starts_with(start) for start in OURS))
    by_row: list[dict[str, str]] = [{} for _ in range(annotated.height)]
    listed = {}
    for row, rule, severity in mine.select("audit_row", "rule", "severity").iter_rows():
        if row:
            by_row[int(row) - 1][rule] = severity
        else:
            listed[rule] = severity
    return Heard(rows=tuple(by_row), listed=listed, annotated=annotated, findings=findings)


def facts(
    folder: Path, rows: Iterable[Mapping[str, str]] | str, name: str = "liste.csv", **settings: Any
) -> pl.DataFrame:
    """Every column of every row after the facts, without rules or outputs."""
    path = folder / name
    path.write_text(rows if isinstance(rows, str) else text_of(rows), "utf-8")
    run = folder / f"run-{name}"
    run.mkdir()
    with intake.open_list(path, build(**settings)) as opened:
        surveyed = pipeline.survey(opened, build(**settings), WORLD, run, pipeline.silent)
        frame = pl.concat(list(surveyed.spool.frames()))
        return widen.widen(frame, widen.stages(Scope.ROW)[1], surveyed.context)
