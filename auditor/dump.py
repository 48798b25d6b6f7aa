"""Every record of a list as it was read, in one file: what `auditor inspect --dump` writes."""

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from auditor.errors import OutputError


@dataclass(slots=True)
class Dump:
    """A file of all records as they were read; written beside its target, renamed when complete."""

    path: Path | None
    source: Path
    header: tuple[str, ...]
    overwrite: bool
    _file: Any = None

    def __enter__(self) -> "Dump":
        if self.path is None:
            return self
        if self.path.exists() and (not self.overwrite or (self.source.exists() and self.path.samefile(self.source))):
            raise OutputError(f"{self.path.name}: exists already", "Choose another name, or --overwrite.")
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW
        try:
            self._file = os.fdopen(os.open(self._part, flags, 0o600), "wb")
        except OSError as error:
            raise OutputError(f"{self.path.name}: cannot be written ({error.strerror})", "Check the folder.") from None
        self._write([list(self.header)])
        return self

    @property
    def _part(self) -> Path:
        assert self.path is not None
        return self.path.with_name(f".{self.path.name}.{os.getpid()}.part")

    def add(self, frame: pl.DataFrame, unreadable: pl.DataFrame) -> None:
        """Write one batch, unreadable records in their place, as one cell each."""
        if self._file is None:
            return
        cells = [name for name in frame.columns if name.startswith("cell_")]
        if not unreadable.height:
            self._bytes(frame.select(cells).write_csv(include_header=False, line_terminator="\r\n").encode())
            return
        lines = pl.concat([_lines(frame, cells), _lines(unreadable, ["raw"])]).sort("audit_row")
        self._bytes("".join(lines["text"].to_list()).encode())

    def _write(self, rows: list[list[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._bytes(text.getvalue().encode())

    def _bytes(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise _unwritable(error) from None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if self._file is None or self.path is None:
            return
        try:
            self._file.close()
            if kind is None:
                self._part.replace(self.path)
        except OSError as broken:
            raise _unwritable(broken) from None
        finally:
            self._part.unlink(missing_ok=True)


def _unwritable(error: OSError) -> OutputError:
    return OutputError(f"the dump cannot be written ({error.strerror})", "Free some space.")


def _lines(frame: pl.DataFrame, cells: list[str]) -> pl.DataFrame:
    """(audit_row, text) of each row as an RFC 4180 line."""
    text = [pl.col(name).fill_null("").str.strip_chars_end("\r\n" if name == "raw" else "") for name in cells]
    quoted = [
        pl.when(t.str.contains(r'[",\r\n]')).then('"' + t.str.replace_all('"', '""', literal=True) + '"').otherwise(t)
        for t in text
    ]
    return frame.select("audit_row", (pl.concat_str(quoted, separator=",") + "\r\n").alias("text"))
