"""The report as a value, version 1: what every format is written from. Frozen; no unmasked personal value.

`python -m auditor.report_model` prints its JSON Schema, which is `schemas/report.v1.schema.json`.
"""

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["prospect-auditor/report/v1"] = "prospect-auditor/report/v1"

VerdictCode = Literal["nothing_found", "partly_usable", "not_usable", "empty"]
Outcome = Literal["passed", "fires", "needs_person", "noted", "not_applicable", "not_run"]
SeverityName = Literal["note", "review", "remove"]


class Frozen(BaseModel):
    """A part of the report: immutable, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Words(Frozen):
    """One text in both languages."""

    en: str
    fr: str

    def in_(self, lang: str) -> str:
        """The text in `lang`."""
        return self.fr if lang == "fr" else self.en


class Counts(Frozen):
    """Records: read = clean + review + removed + unreadable."""

    read: int = Field(ge=0)
    clean: int = Field(ge=0)
    review: int = Field(ge=0)
    removed: int = Field(ge=0)
    unreadable: int = Field(ge=0)


class Slice(Frozen):
    """Rows of one kind (a level, a class, a country), by verdict."""

    key: str
    label: Words
    clean: int = 0
    review: int = 0
    removed: int = 0

    @property
    def rows(self) -> int:
        """All rows of the kind."""
        return self.clean + self.review + self.removed


class Citation(Frozen):
    """One legal or technical reference, and the day it was last read."""

    key: str
    instrument: str
    article: str
    where: str
    checked_on: str
    title: Words
    # instrument and article as they are cited; absent in reports of earlier versions
    cited: Words | None = None


class RuleResult(Frozen):
    """One rule in this run. `count`: rows (row rules), columns (column rules) or 1 (list rules)."""

    id: str
    name: str
    family: str
    lenses: tuple[str, ...]
    scope: Literal["row", "column", "list"]
    strength: str
    outcome: Outcome
    state: str
    count: int
    unknown: int
    waived: int
    severity: SeverityName
    severities: dict[SeverityName, int]
    confidence: Literal["high", "medium", "low"]
    title: Words
    says: Words
    cure: Words
    false_alarms: Words
    citations: tuple[Citation, ...]
    missing_columns: tuple[str, ...] = ()


class Risk(Frozen):
    """One of the weightiest problems: why it stands on page one."""

    rule: str
    severity: SeverityName
    count: int
    share: float
    says: Words


class Lens(Frozen):
    """One of the five questions, or one of the ten families of rules: findings and the rules behind them."""

    key: str
    question: Words
    findings: int
    remove: int
    review: int
    note: int
    rules: tuple[str, ...]


class ListFinding(Frozen):
    """A finding on the list or one of its columns, with its evidence in codes and numbers."""

    rule: str
    column: str | None
    severity: SeverityName
    confidence: str
    strength: str
    detail: str | None
    evidence: str


class CountryTerms(Frozen):
    """What applies to the rows of one country on the audit's day."""

    code: str
    name: Words
    clean: int
    review: int
    removed: int
    named: str
    generic: str
    personal: str
    sole_trader: str
    inactive_months: int
    notice_days: int
    last_checked: str
    citations: tuple[Citation, ...]
    note: Words

    @property
    def rows(self) -> int:
        """All rows of the country."""
        return self.clean + self.review + self.removed


class FirstRow(Frozen):
    """One of the rows to look at first, and why."""

    row: int
    value: str | None
    verdict: str
    rules: tuple[str, ...]
    stands_for: int
    why: Words


class NotChecked(Frozen):
    """Something the audit did not look at, and what to do about it."""

    code: str
    says: Words
    cure: Words
    count: int | None = None


class UnknownSource(Frozen):
    """A source value of which no word is known, folded; `value` null: all the rare ones, counted and not shown."""

    value: str | None
    rows: int


class Month(Frozen):
    """Rows whose information duty (GDPR 13/14) falls due in one month (`YYYY-MM`)."""

    month: str
    rows: int
    overdue: bool


class SupplierLine(Frozen):
    """One supplier of the settings, with what is known of its evidence."""

    name: str
    contract: str
    country: str
    transfer_tool: str
    evidence_on: str | None
    sample_checked_on: str | None
    sample_ok: bool | None
    expires: str | None
    expired: bool


class Setting(Frozen):
    """One setting that is not default, and where it came from."""

    key: str
    value: str
    origin: str


class WaiverLine(Frozen):
    """Findings of one rule accepted by somebody until a day; `state`: active, unused, expired, unknown_rule."""

    rule: str
    scope: str
    reason: str
    owner: str
    expires: str
    covered: int
    state: str


class DecisionLine(Frozen):
    """One decision of a person, and what became of it."""

    row: int
    decision: Literal["keep", "remove"]
    decided_by: str
    note: str
    decided_on: str | None
    outcome: str
    rules: tuple[str, ...] = ()


class ColumnLine(Frozen):
    """One input column as it was understood."""

    header: str
    canonical: str | None
    tell: str | None


class Source(Frozen):
    """The list that was audited, and how it was read."""

    name: str
    sha256: str
    size: int
    carrier: str
    encoding: str
    delimiter: str
    header_line: int
    format: Words
    format_key: str
    verified: bool
    repairs: dict[str, int]
    defects: dict[str, int]
    columns: tuple[ColumnLine, ...]


class LookupLine(Frozen):
    """What was asked of the network. `asked`: names disclosed; shares are fractions of `domains`.

    `complete` is false when the share left unknown exceeds `max_unknown` or the look-ups could not be finished.
    """

    resolvers: tuple[str, ...]
    domains: int
    asked: int
    from_cache: int
    unknown: int
    unknown_share: float
    max_unknown: float
    complete: bool
    resolver_healthy: bool
    statuses: dict[str, int]
    says: Words


class ScreenLine(Frozen):
    """One suppression or register file: entries read, and lines that held nothing understood."""

    name: str
    use: Literal["suppression", "register"]
    kind: str
    entries: int
    ignored: int


class TrendPoint(Frozen):
    """One report of a series: totals only."""

    as_of: str
    name: str
    sha256: str
    counts: Counts
    levels: dict[str, int]


class DriftRule(Frozen):
    """Findings of one rule against the baseline, by keyed fingerprint of the person."""

    rule: str
    new: int
    fixed: int
    persisting: int
    reappeared: int


class Drift(Frozen):
    """What changed since the baseline; `returned`: people removed or objecting then, and back now."""

    baseline: TrendPoint
    comparable: bool
    new: int = 0
    fixed: int = 0
    persisting: int = 0
    reappeared: int = 0
    rows_new: int = 0
    rows_gone: int = 0
    returned_objected: int = 0
    returned_removed: int = 0
    rules: tuple[DriftRule, ...] = ()
    trend: tuple[TrendPoint, ...] = ()


class Findings(Frozen):
    """Row findings for the page's table, column by column (all of one length); values masked."""

    row: tuple[int, ...] = ()
    rule: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    detail: tuple[str | None, ...] = ()
    evidence: tuple[str | None, ...] = ()
    value: tuple[str | None, ...] = ()
    country: tuple[str | None, ...] = ()
    verdict: tuple[str, ...] = ()


class Report(Frozen):
    """One audited list. Codes and keys are English; texts carry both languages; `lang` is the reader's."""

    schema_: Literal["prospect-auditor/report/v1"] = Field(default=SCHEMA, alias="schema")
    lang: Literal["en", "fr"]
    as_of: str
    made_at: str
    policy: Literal["standard", "strict"]
    stem: str
    versions: dict[str, str]
    source: Source
    counts: Counts
    verdict: VerdictCode
    sentence: Words
    risks: tuple[Risk, ...]
    not_checked: tuple[NotChecked, ...]
    levels: tuple[Slice, ...]
    sources: tuple[Slice, ...]
    unknown_sources: tuple[UnknownSource, ...] = ()
    address_classes: tuple[Slice, ...]
    consent_states: tuple[Slice, ...]
    countries: tuple[CountryTerms, ...]
    lenses: tuple[Lens, ...]
    families: tuple[Lens, ...]
    rules: tuple[RuleResult, ...]
    list_findings: tuple[ListFinding, ...]
    calendar: tuple[Month, ...]
    suppliers: tuple[SupplierLine, ...]
    supplier_states: tuple[Slice, ...]
    settings: tuple[Setting, ...]
    waivers: tuple[WaiverLine, ...]
    decisions: tuple[DecisionLine, ...]
    lookup: LookupLine | None
    screens: tuple[ScreenLine, ...] = ()
    first_rows: tuple[FirstRow, ...]
    findings_total: int
    findings_shown: int
    limits: tuple[Words, ...]
    keep_until: str
    retention: Words
    drift: Drift | None = None
    # the page's table only; the machine copy points to findings.csv
    findings: Findings = Field(default=Findings(), exclude=True)


def schema() -> str:
    """The JSON Schema of the report as written, with a line end."""
    document = Report.model_json_schema(by_alias=True, mode="serialization")
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["$id"] = "https://prospect-auditor.example/schemas/report.v1.schema.json"
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
