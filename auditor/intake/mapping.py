"""What was understood of a header: which input column means which canonical column."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from auditor.model import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """One input column: `index` and `header` as in the file, `canonical` None when not understood."""

    index: int
    header: str
    canonical: str | None = None
    # e-mail and phone columns: work, home, other, secondary …
    label: str | None = None
    # folded cell -> canonical value ("do not allow" -> "true")
    values: MappingOf[str, str] = field(default_factory=dict)
    # FLAG columns: False when a "yes" means the opposite of the canonical column
    positive: bool = True
    # "dmy", "mdy" or "ymd" when the format fixes it; None: decided over the whole column
    date_order: str | None = None
    # what an objection in this column covers: email, all, processing, phone, sms, post
    scope: str | None = None
    # strength of the header as a trace of automated collection: T1 (hint) … T3 (nearly certain)
    tell: str | None = None
    # separator of several values in one cell
    separator: str | None = None
    verified: bool = True
    # what understood the header: a format's name, "generic", "settings", or "values" (by its cells); None: nothing
    by: str | None = None

    @property
    def cell(self) -> str:
        """Name of the frame column that holds the cells as read."""
        return cell(self.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The whole header understood; `source` is the file name of the format in schemas/sources."""

    source: str
    title: Text
    confidence: float
    columns: tuple[ColumnUse, ...]
    # class that the format gives every row (scraped, vendor, network …), None when it says nothing
    list_class: str | None = None
    # constant canonical values the format or the file name gives to blank cells ("consent_status": "unsubscribed")
    defaults: MappingOf[str, str] = field(default_factory=dict)
    # the strongest tells: (strength, header or pattern)
    tells: tuple[tuple[str, str], ...] = ()
    verified: bool = True
    # language of most headers (en, fr, de, es, it); None when they do not say
    language: str | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The input's column names, in order, duplicates included."""
        return tuple(use.header for use in self.columns)

    def uses(self, canonical: str) -> tuple[ColumnUse, ...]:
        """Input columns mapped onto `canonical`, in file order."""
        return tuple(use for use in self.columns if use.canonical == canonical)

    @property
    def present(self) -> frozenset[str]:
        """Canonical columns that some input column or default fills."""
        return frozenset(u.canonical for u in self.columns if u.canonical) | frozenset(self.defaults)


def cell(index: int) -> str:
    """Name of the frame column that holds input column `index` as read."""
    return f"cell_{index}"
