"""A list read to its end, and the question whether anything of it is lost."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from auditor.intake import encode, open_list
from auditor.intake.account import Account, Dialect
from auditor.intake.blocks import Reader
from auditor.intake.records import Grammar
from auditor.settings import Limits, Settings


@dataclass(frozen=True)
class Read:
    """All records of one list, and its account."""

    frame: pl.DataFrame
    unreadable: pl.DataFrame
    dialect: Dialect
    account: Account
    head_lines: int

    @property
    def cells(self) -> list[tuple[str | None, ...]]:
        return self.frame.select(name for name in self.frame.columns if name.startswith("cell_")).rows()

    @property
    def raws(self) -> list[str]:
        both = [self.frame.select("audit_row", "raw"), self.unreadable.select("audit_row", "raw")]
        return pl.concat(both).sort("audit_row")["raw"].to_list()


def read(path: Path, rows: int = 1000, **settings: object) -> Read:
    """The list at `path`, all batches in one."""
    with open_list(path, Settings.model_validate(settings)) as opened:
        batches = list(opened.batches(rows))
        return Read(
            pl.concat([batch.frame for batch in batches]),
            pl.concat([batch.unreadable for batch in batches]),
            opened.dialect,
            opened.account,
            opened.layout.lines,
        )


def written(folder: Path, data: bytes | str, name: str = "list.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def body(
    text: str, width: int, window: int, delimiter: str = ",", carriage_return: bool = False
) -> tuple[Reader, Read]:
    """Records of `text` without header, read in windows of that size."""
    grammar = Grammar(delimiter, width, carriage_return=carriage_return)
    reader = Reader("list.csv", grammar, "no such header", Limits(), window=window)
    data = text.encode()
    parts = list(reader.parts(data[i : i + window] for i in range(0, len(data), window)))
    frame = pl.concat([part.frame for part in parts])
    unreadable = pl.concat([part.unreadable for part in parts])
    dialect = Dialect(
        carrier="csv", encoding="utf-8", encoding_confidence="", bom=b"", delimiter=delimiter, newline="\n",
        header=("x",) * width, header_line=0, head="",
    )  # fmt: skip
    tally = reader.tally
    account = Account(
        records=tally.records, parsed=frame.height, unreadable=tally.unreadable, repairs=tally.repairs,
        defects=tally.defects, physical_lines=tally.lines, blank_lines=tally.blank, skipped=tuple(tally.skipped),
    )  # fmt: skip
    return reader, Read(frame, unreadable, dialect, account, 0)


def losses(done: Read, text: str) -> list[str]:
    """What is wrong with the account of `text` (the whole file decoded, without BOM); empty when all is there."""
    found = []
    account, frame = done.account, done.frame
    numbers = sorted(frame["audit_row"].to_list() + done.unreadable["audit_row"].to_list())
    if numbers != list(range(1, account.records + 1)) or account.records != account.parsed + account.unreadable:
        found.append("records do not add up")
    if not text.startswith(done.dialect.head):
        found.append("the head is not the input's")
    rest, place, gaps = text[len(done.dialect.head) :], 0, []
    for raw in done.raws:
        at = rest.find(raw, place)
        if at < 0:
            return [*found, "a record is not in the input, or not in its place"]
        gaps.append(rest[place:at])
        place = at + len(raw)
    gaps.append(rest[place:])
    left = [line for gap in gaps for line in gap.replace("\r", "\n").split("\n") if line.strip(' \t,;|"')]
    noted = sum(last - first + 1 for first, last, _ in account.skipped if first > done.head_lines)
    if len(left) != noted:
        found.append(f"{len(left)} lines are no records, {noted} are noted")
    found += _lost_letters(done)
    return found


def _lost_letters(done: Read) -> list[str]:
    """Letters and digits of every parsed record stand in its cells."""
    names = [name for name in done.frame.columns if name.startswith("cell_")]
    for row in done.frame.iter_rows(named=True):
        kept = Counter(c for name in names for c in row[name] or "" if c.isalnum())
        if kept != Counter(c for c in row["raw"] if c.isalnum()):
            return ["letters of a record are lost"]
    return []


def spoilt(done: Read, rows: Iterable[tuple[str, ...]]) -> int:
    """How many of `rows` did not come out as they went in."""
    got = Counter(done.cells)
    count = 0
    for row in rows:
        key = tuple(text or None for text in row)
        if got[key]:
            got[key] -= 1
        else:
            count += 1
    return count


def rewritten(done: Read, keep: Callable[[str], bool] = lambda raw: True) -> bytes:
    """The clean file made of the head and the records that `keep` accepts."""
    text = done.dialect.head + "".join(filter(keep, done.raws))
    return done.dialect.bom + encode(text, done.dialect)
