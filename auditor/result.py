"""What an audit of one list yields: the value that outputs and reports are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from auditor.intake.account import Account, Dialect
from auditor.intake.mapping import Mapping as ColumnMapping
from auditor.model import Rule, Severity
from auditor.settings import Settings

# one line per finding; `notice_due_on`: the day by which the person must have been informed (GDPR 14(3)), null when the
# data come from the person; `audit_row` null and `column` set for findings on a column, both null for the list
FINDINGS: dict[str, pl.DataType] = {
    "audit_row": pl.UInt32(),
    "column": pl.String(),
    "rule": pl.String(),
    "rule_id": pl.String(),
    "family": pl.String(),
    "severity": pl.String(),
    "confidence": pl.String(),
    "strength": pl.String(),
    "detail": pl.String(),
    "evidence": pl.String(),
    "value": pl.String(),
    "suggestion": pl.String(),
    "country": pl.String(),
    "verdict": pl.String(),
    "notice_due_on": pl.Date(),
}

# counts of rows by what was judged: about = "address_class", "provenance_level", "source_class", "country" …
TALLIES: dict[str, pl.DataType] = {
    "about": pl.String(),
    "key": pl.String(),
    "verdict": pl.String(),
    "n": pl.Int64(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The conservation law: read = clean + review + removed + unreadable."""

    read: int
    clean: int
    review: int
    removed: int
    unreadable: int

    @property
    def conserved(self) -> bool:
        """Whether every record ended in exactly one place."""
        return self.read == self.clean + self.review + self.removed + self.unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleState:
    """What became of one rule in this run; never silence.

    `state`: "ran", "column_absent" (an input column it needs is not in the list), "offline", "off" (by the
    user's settings). `missing` names the absent columns.
    """

    rule: Rule
    state: str
    fired: int = 0
    unknown: int = 0
    waived: int = 0
    severities: Mapping[Severity, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What was asked of the network: resolver, names disclosed, names left unknown."""

    resolvers: tuple[str, ...]
    asked: int
    from_cache: int
    unknown: int
    statuses: Mapping[str, int] = field(default_factory=dict)
    complete: bool = True
    resolver_healthy: bool = True

    @property
    def domains(self) -> int:
        """All domains of the list, whether or not their names left the machine."""
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFile:
    """One file of objections or one national register: entries read, and lines that held nothing understood.

    `kind`: "list" (text), "ecg" (raw SHA-1 digests) or "store" (keyed).
    """

    name: str
    use: Literal["suppression", "register"]
    kind: str
    entries: int
    ignored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One list, judged. Frames hold no unmasked personal value; cells stay in the four CSVs."""

    name: str
    stem: str
    size: int
    sha256: str
    folder: Path
    dialect: Dialect
    account: Account
    mapping: ColumnMapping
    settings: Settings
    origins: Mapping[str, str]
    today: date
    now: datetime
    counts: Counts
    states: tuple[RuleState, ...]
    tallies: pl.DataFrame
    # findings on columns and on the list; row findings are in findings.csv, the first ones here
    list_findings: pl.DataFrame
    row_findings: pl.DataFrame
    row_findings_total: int
    surveys: Mapping[str, pl.DataFrame]
    lookup: Lookup | None
    versions: Mapping[str, str]
    waivers: pl.DataFrame
    decisions: pl.DataFrame
    screens: tuple[ScreenFile, ...] = ()
    notes: tuple[str, ...] = ()
