"""What people decided on doubtful rows: read, checked, applied; and told in report and manifest.

A decision names its row in one of two ways, and no fingerprint is ever written to a file that leaves the folder:

- The review CSV (or the same table saved as XLSX) carries the row itself: its cells are its fingerprint. Blank
  cells, letter case, outer spaces, and what a spreadsheet does to dates and leading zeros do not count.
- The page's file and the report workbook hold masked values only: they name the record number and the SHA-256 of
  the list. When the list has changed since, the review CSV of that earlier audit, still in the list's folder,
  gives the row's cells.

The fingerprint is keyed with `suppression_key` when there is one. A row whose cells changed, or that has findings
which were not there when it was decided, asks again. No decision overrides an objection. What was applied is kept
in `decisions.csv` of the audit folder, by fingerprint: hand that file in again and nothing has to be decided twice.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from auditor.decision_files import fingerprint, marks, read
from auditor.errors import AuditorError
from auditor.folder import MANIFEST, write
from auditor.intake.mapping import Mapping
from auditor.objections import OBJECTIONS
from auditor.settings import Settings
from auditor.verdict import Judged, tally

# `outcome`: kept, removed, row_changed, new_findings, objection, rule_removes, expired
APPLIED: dict[str, pl.DataType] = {
    "audit_row": pl.UInt32(),
    "decision": pl.String(),
    "decided_by": pl.String(),
    "note": pl.String(),
    "decided_on": pl.String(),
    "expires": pl.String(),
    "rules": pl.String(),
    "outcome": pl.String(),
}
# the page shows only the first findings of a list this long, so it cannot know all rules of a row
ANY = "*"
KEPT = "decisions.csv"
WORDS = ("audit_rules", "audit_reason", "audit_cure")
_TABLE: dict[str, pl.DataType] = {"id": pl.UInt32(), "key": pl.String(), "number": pl.UInt32(), **APPLIED}


@dataclass(slots=True)
class Decisions:
    """The decisions of one run; `apply` is told every judged batch, `applied` says what became of each."""

    table: pl.DataFrame
    settings: Settings
    mapping: Mapping
    today: date
    _done: list[pl.DataFrame] = field(default_factory=list)

    def apply(self, judged: Judged) -> Judged:
        """The batch with the verdicts that people decided."""
        if not self.table.height:
            return judged
        frame = judged.frame
        met = self._meet(frame)
        if not met.height:
            return judged
        self._done.append(met.select("id", "mark", *APPLIED))
        verdicts = met.filter(pl.col("outcome").is_in(["kept", "removed"])).select(
            "audit_row", pl.col("outcome").replace("kept", "clean").alias("decided")
        )
        frame = frame.join(verdicts, on="audit_row", how="left", maintain_order="left")
        kept = pl.col("decided") == "clean"
        words = [pl.when(~kept.fill_null(False)).then(name).alias(name) for name in WORDS]
        verdict = pl.coalesce("decided", "audit_verdict").alias("audit_verdict")
        frame = frame.with_columns(verdict, *words).drop("decided")
        return replace(judged, frame=frame, tallies=tally(frame))

    def _meet(self, frame: pl.DataFrame) -> pl.DataFrame:
        """APPLIED lines of the batch's rows that somebody decided."""
        held = frame.filter(pl.col("audit_verdict") != "clean")
        marks = fingerprint(held, self.mapping.header, [use.cell for use in self.mapping.columns], self._key)
        held = held.select(
            "audit_row", "audit_verdict", pl.col("audit_rules").cast(pl.String).alias("now")
        ).with_columns(marks)
        known = self.table.drop("audit_row")
        numbered = known.filter(pl.col("key").is_null()).drop("key")
        held = held.rename({"key": "mark"})
        by_row = held.join(numbered, left_on="audit_row", right_on="number")
        named = known.filter(pl.col("key").is_not_null()).drop("number")
        by_key = held.join(named, left_on="mark", right_on="key")
        met = pl.concat([by_row, by_key.select(by_row.columns)]).unique("audit_row", keep="first", maintain_order=True)
        return met.with_columns(self._outcome().alias("outcome")).sort("audit_row")

    def _outcome(self) -> pl.Expr:
        now = pl.col("now").fill_null("").str.split(";")
        then = pl.col("rules").fill_null("").str.split(";")
        return (
            pl.when(pl.col("expires") < self.today.isoformat()).then(pl.lit("expired"))
            .when(pl.col("decision") == "remove").then(pl.lit("removed"))
            .when(now.list.set_intersection(pl.lit(sorted(OBJECTIONS), pl.List(pl.String()))).list.len() > 0)
            .then(pl.lit("objection"))
            .when(pl.col("audit_verdict") == "removed").then(pl.lit("rule_removes"))
            .when((pl.col("rules") != ANY) & (now.list.set_difference(then).list.len() > 0))
            .then(pl.lit("new_findings"))
            .otherwise(pl.lit("kept"))
        )  # fmt: skip

    @property
    def _key(self) -> str:
        return self.settings.suppression_key

    def applied(self) -> pl.DataFrame:
        """APPLIED: every decision of the files with its outcome, in row order; unmatched ones ask again."""
        return self._told().select(list(APPLIED))

    def _told(self) -> pl.DataFrame:
        """`applied` with `mark`, the fingerprint of the row that was decided."""
        met = pl.concat(self._done).drop("id") if self._done else pl.DataFrame(schema={"mark": pl.String(), **APPLIED})
        seen = pl.concat(self._done)["id"] if self._done else pl.Series("id", [], pl.UInt32())
        lost = self.table.filter(~pl.col("id").is_in(seen.implode())).with_columns(
            pl.lit("row_changed").alias("outcome"), pl.col("key").alias("mark")
        )
        return pl.concat([met, lost.select(met.columns)]).sort(
            "audit_row", "decision", "decided_by", "note", nulls_last=True
        )

    def write(self, run: Path) -> None:
        """Keep the decisions that still hold in `run`, to be handed in again; nothing when none was handed in."""
        if not self.table.height:
            return
        hold = pl.col("outcome").is_in(["kept", "removed", "row_changed"]) & pl.col("mark").str.contains("^[0-9a-f]+$")
        kept = self._told().filter(hold).select(
            "audit_row",
            pl.col("mark").alias("audit_key"),
            pl.col("rules").alias("audit_rules"),
            pl.col("decision").alias("audit_decision"),
            pl.col("decided_by").alias("audit_decided_by"),
            pl.col("note").alias("audit_note"),
            pl.col("decided_on").alias("audit_decided_on"),
            pl.col("expires").alias("audit_expires"),
        )  # fmt: skip
        write(run / KEPT, kept.write_csv().encode())


def load(
    settings: Settings, mapping: Mapping, today: date | None = None, sha256: str = "", folder: Path | None = None
) -> Decisions:
    """The decisions that the settings name; empty when none.

    `sha256` is the list's hash and `folder` its audit folder as the earlier run left it: both serve decisions
    that name rows by number (page and workbook).
    """
    day = today or settings.as_of or date.max
    table = pl.DataFrame(schema=_TABLE)
    if settings.decisions:
        dated = pl.coalesce("decided_on", pl.lit(None if day == date.max else day.isoformat(), pl.String()))
        files = [
            _resolve(read(path, settings.suppression_key), settings, sha256, folder) for path in settings.decisions
        ]
        # on one row the later file replaces the earlier; within a file the restrictive word wins
        table = pl.concat(files[::-1]).unique(["key", "number"], keep="first", maintain_order=True)
        table = table.with_columns(dated.alias("decided_on")).with_row_index("id")
    return Decisions(table=table, settings=settings, mapping=mapping, today=day)


def _resolve(said: pl.DataFrame, settings: Settings, sha256: str, folder: Path | None) -> pl.DataFrame:
    """`read`'s decisions as _TABLE: `key` for rows named by their cells, `number` for rows of this very list."""
    if "key" not in said.columns:
        same = said.filter(pl.col("audit_list") == sha256)
        other = said.filter(pl.col("audit_list") != sha256)
        said = pl.concat(
            [same.with_columns(pl.lit(None, pl.String).alias("key")), _recall(other, folder, settings.suppression_key)]
        )
    number = pl.col("audit_row").cast(pl.UInt32)
    table = said.select(
        "key",
        pl.when(pl.col("key").is_null()).then(number).alias("number"),
        number.alias("audit_row"),
        pl.col("audit_decision").alias("decision"),
        pl.col("audit_decided_by").alias("decided_by"),
        pl.col("audit_note").alias("note"),
        pl.col("audit_decided_on").alias("decided_on"),
        pl.col("audit_expires").alias("expires"),
        pl.col("audit_rules").alias("rules"),
        pl.lit(None, pl.String).alias("outcome"),
    )
    return table.sort("decision", descending=True, maintain_order=True).unique(
        ["key", "number"], keep="first", maintain_order=True
    )


def _recall(said: pl.DataFrame, folder: Path | None, key: str) -> pl.DataFrame:
    """Decisions on an earlier state of the list, with the key of the row they were about.

    The earlier audit's review list knows the cells; a row that is not found there can match nothing.
    """
    nothing = pl.concat_str(pl.lit("unknown:"), "audit_row")
    if folder is None or not said.height:
        return said.with_columns(nothing.alias("key"))
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        reviews = sorted(folder.glob("*.review.csv"))
        known = marks(reviews[0], key)
    except (OSError, ValueError, IndexError, AuditorError):
        return said.with_columns(nothing.alias("key"))
    then = pl.col("audit_list") == manifest.get("input", {}).get("sha256")
    found = said.join(known, on="audit_row", how="left", maintain_order="left")
    return found.with_columns(pl.when(then).then(pl.coalesce("key", nothing)).otherwise(nothing).alias("key"))
