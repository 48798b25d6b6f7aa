"""The lists that go out: clean, review, removed, unreadable, findings and, when asked for, annotated.

The clean list is made of the input's own text, record by record. Review and removed keep that text too and gain
audit columns; only a record that was repaired, or that a spreadsheet would execute, is written anew from its cells.
"""

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from auditor.facts.cells import neutralise
from auditor.intake import encode, is_plain
from auditor.intake.account import Dialect
from auditor.intake.mapping import Mapping as ColumnMapping
from auditor.settings import Settings
from auditor.stage import distinct
from auditor.workbook import write_xlsx

ADDED = ("audit_row", "audit_rules", "audit_reason", "audit_cure")
DECISION = ("audit_decision", "audit_decided_by", "audit_note")
ANNOTATED = {
    "audit_row": "audit_row",
    "audit_verdict": "audit_verdict",
    "audit_rules": "audit_rules",
    "audit_address_class": "address_class",
    "audit_source_class": "source_class",
    "audit_legal_basis": "legal_basis_class",
    "audit_consent_status": "consent_state",
    "audit_provenance_level": "provenance_level",
    "audit_country": "country_code",
    "audit_domain_status": "domain_status",
}

# what a legacy encoding has no sign for, in signs that every encoding has
PLAIN = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " ",
    "→": "->", "≥": ">=", "≤": "<=", "œ": "oe", "Œ": "OE", "€": "EUR", "•": "-",
})  # fmt: skip


def quoted(expression: pl.Expr, delimiter: str) -> pl.Expr:
    """A cell as RFC 4180 writes it: in quotes when it holds a delimiter, quote, line end or leading trigger."""
    text = expression.fill_null("")
    return (
        pl.when(text.str.contains(r'^[=+\-@\t\r]|["\r\n,;\t|]') | text.str.contains(delimiter, literal=True))
        .then(pl.concat_str(pl.lit('"'), text.str.replace_all('"', '""', literal=True), pl.lit('"')))
        .otherwise(text)
    )


def fit(text: str, encoding: str) -> str:
    """`text` in signs that `encoding` has."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one batch adds: per list its lines and what ends each of them, findings, clean rows of a workbook."""

    lines: Mapping[str, tuple[pl.DataFrame, str]]
    findings: pl.DataFrame
    sheet: pl.DataFrame | None


@dataclass(slots=True)
class Lists:
    """The open output files of one run; `rows` counts what each holds."""

    run: Path
    stem: str
    dialect: Dialect
    mapping: ColumnMapping
    settings: Settings
    rows: dict[str, int] = field(default_factory=dict)
    _files: dict[str, io.BufferedWriter] = field(default_factory=dict)
    _workbook: list[pl.DataFrame] = field(default_factory=list)

    def open(self, listed: pl.DataFrame) -> None:
        """Create the files with their headers; findings on the list itself come first."""
        head = self.dialect.bom + encode(self._clean_head(), self.dialect)
        self._create("clean", head)
        extra = {"review": (*ADDED, *DECISION), "removed": ADDED}
        for kind, names in extra.items():
            self._create(kind, self.dialect.bom + encode(self._header(names), self.dialect))
        unreadable = self.dialect.delimiter.join(("audit_row", "audit_line", "audit_code", "record")) + self._end
        self._create("unreadable", self.dialect.bom + encode(unreadable, self.dialect))
        if self.settings.annotate:
            self._create("annotated", self.dialect.bom + encode(self._header(tuple(ANNOTATED)), self.dialect))
        self._create("findings", listed.write_csv().encode())
        self.rows["findings"] = listed.height

    def lay_out(self, frame: pl.DataFrame, unreadable: pl.DataFrame, findings: pl.DataFrame) -> Page:
        """What one judged batch adds to each file; touches none, so any thread may do it."""
        verdict = frame["audit_verdict"]
        clean = verdict == "clean"
        lines = {"clean": (self._kept(frame, clean), "")}
        for kind, extra in (("review", len(DECISION)), ("removed", 0)):
            rows = (verdict == kind).arg_true()
            lines[kind] = (self._extended(frame, ADDED, rows), self.dialect.delimiter * extra + self._end)
        lines["unreadable"] = (self._unread(unreadable), self._end)
        if self.settings.annotate:
            lines["annotated"] = (self._annotated(frame, unreadable), self._end)
        cells = [use.cell for use in self.mapping.columns]
        sheet = frame.select(cells).filter(clean) if self.dialect.carrier == "xlsx" else None
        return Page(lines=lines, findings=findings, sheet=sheet)

    def write(self, page: Page) -> None:
        """The next batch, each record to its file."""
        for kind, (lines, end) in page.lines.items():
            self._text(kind, lines, end)
        if page.findings.height:
            page.findings.write_csv(self._files["findings"], include_header=False)
            self.rows["findings"] += page.findings.height
        if page.sheet is not None:
            self._workbook.append(page.sheet)

    def finish(self) -> None:
        """Write what can only be written at the end: the clean rows of a workbook, as a workbook."""
        if self._workbook:
            left = self._left
            header = [self.mapping.columns[i].header for i in left]
            rows = pl.concat(self._workbook).select(self.mapping.columns[i].cell for i in left)
            write_xlsx(self.run / f"{self.stem}.clean.xlsx", header, rows)

    def close(self) -> None:
        """Release every file."""
        for file in self._files.values():
            file.close()

    @property
    def _end(self) -> str:
        return self.dialect.newline

    def _path(self, kind: str) -> Path:
        return self.run / ("findings.csv" if kind == "findings" else f"{self.stem}.{kind}.csv")

    def _create(self, kind: str, head: bytes) -> None:
        handle = os.open(self._path(kind), os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        self._files[kind] = os.fdopen(handle, "wb")
        self._files[kind].write(head)
        self.rows[kind] = 0

    def _text(self, kind: str, lines: pl.DataFrame, end: str = "") -> None:
        """Append `lines`: their texts as they are, the delimiter between columns, `end` behind each."""
        if not lines.height:
            return
        self.rows[kind] += lines.height
        # what stands beside the record is ours
        if is_plain(lines["record"], self.dialect):
            self._write(lines, self._files[kind], end)
        else:
            text = io.BytesIO()
            self._write(lines, text, end)
            self._files[kind].write(encode(text.getvalue().decode(), self.dialect))

    def _write(self, lines: pl.DataFrame, file: io.BufferedWriter | io.BytesIO, end: str) -> None:
        lines.write_csv(
            file, include_header=False, separator=self.dialect.delimiter, line_terminator=end, quote_style="never"
        )

    def _clean_head(self) -> str:
        return self._line(self._left) if self.settings.drop_columns else self.dialect.head

    @property
    def _left(self) -> list[int]:
        return [use.index for use in self.mapping.columns if not self.settings.leaves_out(use.header)]

    def _line(self, columns: Sequence[int], added: Sequence[str] = ()) -> str:
        names = [self.mapping.columns[i].header for i in columns] + list(added)
        cells = pl.DataFrame({"name": names}).select(quoted(pl.col("name"), self.dialect.delimiter))
        return self.dialect.delimiter.join(cells.to_series().to_list()) + self._end

    def _header(self, added: Sequence[str]) -> str:
        return self._line(range(len(self.mapping.columns)), added)

    def _kept(self, frame: pl.DataFrame, clean: pl.Series) -> pl.DataFrame:
        """The text of the clean records."""
        if self.settings.drop_columns:
            cells = frame.select(self.mapping.columns[i].cell for i in self._left).filter(clean)
            return cells.select(record=self._cells(self._left, safe=False) + pl.lit(self._end))
        return frame.select(record="raw").filter(clean)

    def _cells(self, columns: Sequence[int], safe: bool) -> pl.Expr:
        cells = [pl.col(self.mapping.columns[i].cell) for i in columns]
        written = [quoted(neutralise(c) if safe else c, self.dialect.delimiter) for c in cells]
        return pl.concat_str(written, separator=self.dialect.delimiter)

    def _extended(self, frame: pl.DataFrame, added: Sequence[str], rows: pl.Series | None = None) -> pl.DataFrame:
        """The records (those at places `rows`), and the audit columns that come behind them, as they are written."""
        sources = [ANNOTATED.get(name, name) for name in added]
        # the judged frame is wide, and few records are written anew
        own = frame.select("raw", "repair", "unsafe_cell", *sources)
        own = own if rows is None else own[rows]
        text = own.select(record=pl.col("raw").str.strip_chars_end("\r\n")).to_series()
        anew = own.select(pl.col("repair").is_not_null() | pl.col("unsafe_cell").is_not_null()).to_series().arg_true()
        if anew.len():
            cells = frame.select(use.cell for use in self.mapping.columns)[anew if rows is None else rows.gather(anew)]
            text = text.scatter(anew, cells.select(self._cells(range(cells.width), safe=True)).to_series())
        return pl.DataFrame([text, *(self._written(own[name]) for name in sources)])

    def _written(self, values: pl.Series) -> pl.Series:
        """A column of ours as text of the list, each distinct one made once."""
        if not isinstance(values.dtype, (pl.String, pl.Categorical)):
            return values
        texts, places = distinct(values)
        if not self.dialect.encoding.lower().replace("_", "-").startswith("utf"):
            texts = pl.Series([fit(text, self.dialect.encoding) for text in texts.to_list()], dtype=pl.String())
        ready = texts.to_frame("text").select(quoted(pl.col("text"), self.dialect.delimiter)).to_series()
        return ready.gather(places).alias(values.name)

    def _unread(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select("audit_row", "line", "code", record=self._record())

    def _record(self) -> pl.Expr:
        """An unreadable record as one cell."""
        return quoted(pl.col("raw").str.strip_chars_end("\r\n"), self.dialect.delimiter)

    def _annotated(self, frame: pl.DataFrame, unreadable: pl.DataFrame) -> pl.DataFrame:
        lines = self._extended(frame, tuple(ANNOTATED))
        gap = self.dialect.delimiter * (len(self.mapping.columns) - 1)
        blank = [pl.lit(None, pl.String).alias(name) for name in lines.columns[4:]]
        lost = unreadable.select(
            (self._record() + pl.lit(gap)).alias("record"),
            "audit_row",
            pl.lit("unreadable").alias("audit_verdict"),
            pl.col("code").alias("audit_rules"),
            *blank,
        )
        return pl.concat([lines, lost]).sort("audit_row")
