"""Files in which people hand back decisions: the review CSV or XLSX, the report workbook, the page's JSON.

The review CSV carries the row itself: its cells are its fingerprint. Blank cells, letter case, outer spaces, and
what a spreadsheet does to dates and leading zeros do not count.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from auditor import intake
from auditor.errors import AuditorError, UsageError
from auditor.intake.mapping import cell
from auditor.settings import Settings

MAX_BYTES = 256 << 20
PAGE_FORMAT = "prospect-auditor/decisions/v1"
CHOICES = {
    **dict.fromkeys(("keep", "garder", "conserver"), "keep"),
    **dict.fromkeys(("remove", "retirer", "supprimer", "écarter", "ecarter"), "remove"),
}
FILLED = ("audit_decision", "audit_decided_by", "audit_note")
AUDIT = ("audit_row", "audit_rules", *FILLED, "audit_decided_on", "audit_expires", "audit_list")
# cells that a spreadsheet rewrites: dates, times, phone numbers, numbers
_REWRITTEN = r"^[0-9\s/.:,+()TZ-]+$"


def fingerprint(frame: pl.DataFrame, headers: Sequence[str], cells: Sequence[str], key: str = "") -> pl.Series:
    """One keyed mark a row (hexadecimal) over its filled cells, whatever the order of the columns."""
    parts = []
    for header, name in sorted(zip(headers, cells, strict=True)):
        plain = _plain(pl.col(name))
        parts.append(pl.when(plain != "").then(pl.concat_str(pl.lit(f"{header.strip().casefold()}="), plain)))
    text = frame.select(pl.concat_str(parts, separator="\x1f", ignore_nulls=True).alias("text"))["text"]
    secret = hashlib.blake2b(key.encode()).digest()
    # row by row: polars has no keyed hash, and this runs on held rows only, when decisions are given
    marks = [hashlib.blake2b(value.encode(), key=secret, digest_size=16).hexdigest() for value in text.to_list()]
    return pl.Series("key", marks, pl.String())


def _plain(text: pl.Expr) -> pl.Expr:
    """A cell without what changes when a spreadsheet opens and saves it."""
    trimmed = text.str.strip_chars().str.strip_prefix("'").str.strip_chars().str.to_lowercase()
    groups = trimmed.str.extract_all(r"[1-9][0-9]*").list.sort().list.join(" ")
    return pl.when(trimmed.str.contains(_REWRITTEN)).then(groups).otherwise(trimmed.str.replace_all(r"\s+", " "))


def read(path: Path, key: str = "") -> pl.DataFrame:
    """The filled-in decisions of a file: columns AUDIT (text), and `key` when the file carries the rows' cells.

    Refuses, with the record numbers, decisions that are unknown words or lack a name or a reason.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path.name}: decisions file is larger than 256 MiB")
        raw = path.read_bytes() if path.suffix.lower() == ".json" else None
    except OSError as error:
        raise UsageError(f"{path.name}: decisions cannot be read ({error.strerror})") from None
    frame = _from_page(raw, path.name) if raw is not None else _from_table(path, key)
    frame = frame.with_columns(pl.col(name).str.strip_chars().replace("", None) for name in AUDIT)
    frame = frame.filter(pl.col("audit_decision").is_not_null()).with_columns(
        # a spreadsheet may hand numbers back as decimals
        pl.col("audit_row").str.strip_suffix(".0")
    )
    return _checked(frame, path.name)


def _from_page(raw: bytes, name: str) -> pl.DataFrame:
    try:
        document: dict[str, Any] = json.loads(raw)
        if document["format"] != PAGE_FORMAT:
            raise ValueError
        rows = [
            {column: None if row.get(column) is None else str(row[column]) for column in AUDIT}
            | {"audit_list": str(document["list_sha256"])}
            for row in document["decisions"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(
            f"{name}: not a decisions file of the report page", "Save it again from report.html."
        ) from None
    return pl.DataFrame(rows, schema=dict.fromkeys(AUDIT, pl.String()))


def _from_table(path: Path, key: str) -> pl.DataFrame:
    sheet = "Review" if path.suffix.lower() == ".xlsx" and _has_sheet(path, "Review") else None
    try:
        with intake.open_list(path, Settings(sheet=sheet)) as opened:
            header = opened.dialect.header
            frames = [batch.frame for batch in opened.batches(100_000)]
    except AuditorError as error:
        raise UsageError(error.message, error.hint) from None
    missing = [name for name in ("audit_row", "audit_rules", *FILLED) if name not in header]
    if missing:
        raise UsageError(
            f"{path.name}: no column {missing[0]}", "Hand back the review file with its audit_ columns as they were."
        )
    frame = pl.concat(frames) if frames else pl.DataFrame(schema={cell(i): pl.String() for i in range(len(header))})
    own = [i for i, name in enumerate(header) if not name.startswith("audit_")]
    audit = [
        (pl.col(cell(header.index(name))) if name in header else pl.lit(None, pl.String)).alias(name) for name in AUDIT
    ]
    key_of = [pl.col(cell(header.index("audit_key"))).alias("audit_key")] if "audit_key" in header else []
    frame = frame.select(*audit, *key_of, *(pl.col(cell(i)).alias(f"own_{i}") for i in own))
    if "audit_list" in header:
        return frame.select(AUDIT)
    if "audit_key" in header:
        return frame.select(AUDIT, key=pl.col("audit_key"))
    marks = fingerprint(frame, [header[i] for i in own], [f"own_{i}" for i in own], key)
    return frame.select(AUDIT).hstack([marks])


def _has_sheet(path: Path, sheet: str) -> bool:
    try:
        import fastexcel
    except ImportError:
        raise UsageError(f"{path.name}: Excel files need an extra", "pip install 'prospect-auditor[excel]'") from None
    try:
        return sheet in fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError:
        raise UsageError(f"{path.name}: not an Excel workbook") from None


def _checked(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The decisions in known words, each with a name and a reason; else a refusal that says which rows."""
    choice = pl.col("audit_decision").str.to_lowercase().replace_strict(CHOICES, default=None, return_dtype=pl.String)
    faults = {
        "audit_decision is neither keep nor remove": choice.is_null(),
        "no name in audit_decided_by": pl.col("audit_decided_by").is_null(),
        "no reason in audit_note": pl.col("audit_note").is_null(),
        "no record number in audit_row": pl.col("audit_row").cast(pl.UInt32, strict=False).is_null(),
        "audit_expires is no date (YYYY-MM-DD)": pl.col("audit_expires").is_not_null()
        & pl.col("audit_expires").str.to_date("%Y-%m-%d", strict=False).is_null(),
    }
    for what, fault in faults.items():
        rows = frame.filter(fault)["audit_row"].fill_null("?").to_list()
        if rows:
            numbers = ", ".join(str(row) if str(row).isdigit() else "?" for row in rows[:10])
            more = f" and {len(rows) - 10} more" if len(rows) > 10 else ""
            raise UsageError(f"{name}: {what} (audit_row {numbers}{more})", "Complete these rows, then run again.")
    return frame.with_columns(choice.alias("audit_decision"))


def marks(path: Path, key: str) -> pl.DataFrame:
    """Columns `audit_row` (text) and `key` of every row of a review list."""
    with intake.open_list(path, Settings()) as opened:
        header = opened.dialect.header
        frames = [batch.frame for batch in opened.batches(100_000)]
    own = [i for i, name in enumerate(header) if not name.startswith("audit_")]
    if not frames or "audit_row" not in header:
        return pl.DataFrame(schema={"audit_row": pl.String(), "key": pl.String()})
    frame = pl.concat(frames)
    found = fingerprint(frame, [header[i] for i in own], [cell(i) for i in own], key)
    return frame.select(pl.col(cell(header.index("audit_row"))).alias("audit_row")).hstack([found])
