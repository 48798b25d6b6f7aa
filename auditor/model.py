"""The nouns of the house: what a rule, a reference, a text, a country pack and a report format are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

import polars as pl


class Severity(IntEnum):
    """Legal weight of a finding; REMOVE only for facts in the row, inferences stay REVIEW."""

    NOTE = 1
    REVIEW = 2
    REMOVE = 3


class Confidence(StrEnum):
    """How sure the rule is of what it says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Strength(StrEnum):
    """Kind of evidence, strongest first; DECLARED beats STATISTICAL."""

    DECLARED = "declared"
    RESIDUE = "residue"
    STRUCTURAL = "structural"
    STATISTICAL = "statistical"


class Scope(StrEnum):
    """What one evaluation speaks of: a row, an input column, or the list as a whole."""

    ROW = "row"
    COLUMN = "column"
    LIST = "list"


class Family(StrEnum):
    """The ten families of the rule catalogue."""

    ADDRESS = "A"
    SCRAPING = "B"
    GUESSING = "C"
    PROVENANCE = "D"
    CONTRADICTION = "E"
    NOTICE = "F"
    OBJECTION = "G"
    RETENTION = "H"
    MINIMISATION = "I"
    JURISDICTION = "J"


class Lens(StrEnum):
    """The five questions a team asks before it automates."""

    ETHICS = "ethics"
    LAW = "law"
    IMAGE = "image"
    RETURN = "return"
    FAIR_MEANS = "fair_means"


class Regime(StrEnum):
    """What a country asks for before the first commercial e-mail to one kind of address."""

    IN = "in"
    OUT = "out"
    OUT_IF = "out_if"
    NOT_COVERED = "not_covered"
    UNCLEAR = "unclear"


class Verdict(IntEnum):
    """Where a record of the input ends; exactly one each."""

    CLEAN = 0
    REVIEW = 1
    REMOVED = 2
    UNREADABLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence in every language of the product."""

    en: str
    fr: str

    def in_(self, lang: str) -> str:
        """The sentence in `lang` ("en" or "fr")."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """One legal or technical reference: where the sentence can be read, and when we last did."""

    key: str
    instrument: str
    article: str
    where: str
    checked_on: date
    title: Text
    # False: a known text or decision that was not opened again on `checked_on`
    confirmed: bool = True
    # the instrument's name in French, where it has one
    french: str = ""

    def cited(self, lang: str) -> str:
        """Instrument and article, as a citation in `lang`."""
        french = lang == "fr"
        name = (french and self.french) or self.instrument
        # a decision is named by its number, a whole text by its title
        if self.article == "whole" or (len(self.article) > 5 and self.article in self.instrument):
            return name
        return f"{name}, {self.article.replace('recital', 'considérant') if french else self.article}"


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A finding waiting for its row: condition, weight, law, words and its own examples.

    `when` is a Boolean expression over the columns of its scope; null means unknown and never fires.
    `eq=False`: expressions can be neither compared nor hashed.
    """

    id: str
    name: str
    since: str
    family: Family
    lenses: tuple[Lens, ...]
    severity: Severity
    confidence: Confidence
    when: pl.Expr
    refs: tuple[Ref, ...]
    title: Text
    says: Text
    cure: Text
    false_alarms: Text
    evidence: tuple[str, ...]
    fires: tuple[Row, ...]
    quiet: tuple[Row, ...]
    scope: Scope = Scope.ROW
    strength: Strength = Strength.DECLARED
    # (severity, condition): the first condition that holds replaces `severity`; a country pack and the
    # user's settings come after and win.
    severity_when: tuple[tuple[Severity, pl.Expr], ...] = ()
    # a column holding a stable code that says which variant fired ("trailing_escape"); never a cell's text
    detail: str | None = None
    # a column holding a proposed value: whole in review files, masked everywhere else
    suggests: str | None = None
    needs_network: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one country asks at one time; `refs` name entries of `legal`."""

    named: Regime
    generic: Regime
    personal: Regime
    sole_trader: Regime
    customer_exception: bool
    customer_window_months: int | None = None
    inactive_months: int = 36
    consent_dormant_months: int | None = None
    notice_days: int = 30
    email_register: str | None = None
    register_fresh_days: int | None = None
    refs: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    confidence: Mapping[str, Confidence] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    valid_from: date = date(1995, 1, 1)
    valid_to: date | None = None
    note: Text = Text(en="", fr="")
    # what makes an OUT_IF hold, by kind of address: role_related, published, register
    conditions: Mapping[str, str] = field(default_factory=dict)
    # consent passed on by a third party counts for this long; None: no figure known
    indirect_consent_months: int | None = None
    # how long a refusal is kept at least, as a fingerprint
    objection_kept_months: int = 36
    # what calls to consumers need; None: not recorded here
    consumer_calls: Regime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPack:
    """One country's terms over time, in date order; exactly one entry holds on a given day."""

    code: str
    name: Text
    languages: tuple[str, ...]
    last_checked: date
    terms: tuple[Terms, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportFormat:
    """One way to write the report model; `render` returns the whole file, `load` fetches what it is made with."""

    name: str
    suffix: str
    render: Callable[[Any], bytes]
    default: bool = True
    load: Callable[[], object] = lambda: None
