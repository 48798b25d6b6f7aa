"""What a stage of the pipeline is made of: facts widen the frame, surveys see the whole list.

Two passes. Pass 1: intake -> mapped columns -> early facts -> every survey observes every batch.
Pass 2: late facts (those that need a survey, or columns of late facts) -> rules -> verdict.
Which pass a fact runs in is derived from what it reads. Every function is pure, keeps height and order,
and gives the same row the same answer whatever the batch it stands in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add
from pathlib import Path

import polars as pl

from auditor.intake.mapping import Mapping as ColumnMapping
from auditor.model import CountryPack, Scope
from auditor.settings import Settings

Dtypes = Mapping[str, pl.DataType]

# Facts whose every value is a code of ours: no personal value may stand there, since findings show them. Behind the
# fact they are kept as numbers: rows are a quarter smaller than with text, rules a third faster (measured).
CODE = pl.Categorical(pl.Categories("code", "auditor", pl.UInt16))
CODES = frozenset({
    "address_class", "address_kind", "domain_class", "domain_list", "domain_country", "residue", "name_pattern",
    "name_match", "phone_country", "source_class", "source_kind", "source_by", "source_conflict", "legal_basis_class",
    "consent_stated", "consent_state", "consent_grade", "provenance_level", "missing_evidence", "country_code",
    "country_evidence", "country_confidence", "country_issue", "pack_code", "pack_confidence", "pack_email_register",
    "recipient_kind", "regime", "regime_grounds", "regime_condition", "sole_trader_by", "permission",
    "domain_relation", "domain_status", "mx_class", "supplier_state", "seller_country", "lifecycle_class",
    "suppressed", "unsafe_cell",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a fact may know beyond its rows; `surveys` is empty in pass 1."""

    today: date
    settings: Settings
    mapping: ColumnMapping
    surveys: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    # domain facts from lookup (columns: domain, domain_status, mx_class, checked_at); None when offline
    domains: pl.DataFrame | None = None
    packs: Mapping[str, CountryPack] = field(default_factory=dict)
    # distinct rows that `once_each` has judged in this run, by who judged them and which of their columns are filled
    answers: dict[tuple[str, ...], pl.DataFrame] = field(default_factory=dict, init=False, repr=False)
    # folder of the run's own side files (0700), None in tests
    folder: Path | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Frame columns that hold the input's cells as read, in file order."""
        return tuple(use.cell for use in self.mapping.columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """A mergeable aggregate over the whole list.

    `observe` turns one batch into a partial table; `merge` turns stacked partials into one table of the same
    columns (associative, so engines may merge in any grouping; the result is sorted, so order cannot show);
    `conclude`, when given, turns the final merged table into what facts read.
    """

    name: str
    reads: tuple[str, ...]
    observe: Callable[[pl.DataFrame, Context], pl.DataFrame]
    merge: Callable[[pl.DataFrame], pl.DataFrame]
    doc: str
    conclude: Callable[[pl.DataFrame, Context], pl.DataFrame] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fact:
    """New columns from columns: `apply` returns only the added columns, same height and order.

    `reads` names columns (canonical, `<name>_text`, or of other facts); `cells=True` also reads the input's
    cells (`context.cells`); `surveys` names the surveys it needs, which makes it late; `domains=True` waits
    for the look-ups. A COLUMN fact sees one row per input column (COLUMN_FRAME), a LIST fact a single row
    (LIST_FRAME); both run after the surveys.
    """

    name: str
    reads: tuple[str, ...]
    adds: Dtypes
    apply: Callable[[pl.DataFrame, Context], pl.DataFrame]
    doc: str
    surveys: tuple[str, ...] = ()
    cells: bool = False
    domains: bool = False
    scope: Scope = Scope.ROW


# what a COLUMN fact starts from: one row per input column
COLUMN_FRAME: Dtypes = {
    "index": pl.UInt32(),
    "header": pl.String(),
    "canonical": pl.String(),
    "tell": pl.String(),
    "filled": pl.Int64(),
    "today": pl.Date(),
}
# what a LIST fact starts from: a single row
LIST_FRAME: Dtypes = {"records": pl.Int64(), "source_format": pl.String(), "today": pl.Date()}


def nothing(dtypes: Dtypes) -> pl.DataFrame:
    """A single row of nulls: nothing is said of any row."""
    return pl.DataFrame({name: [None] for name in dtypes}, schema=dict(dtypes))


def code(word: str) -> pl.Expr:
    """A code as frames hold it: chosen so, it costs a thirtieth of text that becomes a code later (measured)."""
    return pl.lit(word, CODE)


def blank(height: int, dtype: pl.DataType) -> pl.Series:
    """A column that says nothing yet; `pl.repeat` makes a query of it, which takes ten times as long (measured)."""
    return pl.Series([None], dtype=dtype).new_from_index(0, height)


Memo = dict[str | None, tuple[object, ...]]
# values and rows are remembered up to this many; what always differs must not fill the memory
MEMO_LIMIT = 200_000


def distinct(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct values of a column of text or codes, and for each cell its place among them; null has no place.

    A column of codes may give values that no cell holds.
    """
    if isinstance(column.dtype, pl.Categorical):
        return column.dtype.categories.to_series(), column.to_physical()
    # categories of its own: the codes count from 0, and nothing outlives the call
    categories = pl.Categories.random("distinct")
    coded = column.cast(pl.Categorical(categories))
    return categories.to_series().alias(column.name), coded.to_physical()


def values(column: pl.Series) -> pl.Series:
    """The distinct values of a column, without null; told apart by hash, which costs half of `unique` (measured)."""
    if column.null_count() == len(column):
        return column.clear()
    return column.gather(column.hash().arg_unique()).drop_nulls()


# cells of a column that are looked at to see whether its values repeat
LOOKED_AT = 2000


def repeats(column: pl.Series) -> bool:
    """Whether a value stands on eight rows and more on the average, as far as some rows tell: to find the distinct
    values first pays for itself then."""
    some = column.gather_every(max(1, len(column) // LOOKED_AT))
    # as many meet among some as among all people of one birthday
    return (len(some) - some.n_unique()) * len(column) >= 4 * len(some) ** 2


def passing(column: pl.Series, test: pl.Expr) -> pl.Series:
    """Rows whose value passes `test`, an expression over "value"; where values repeat, it is asked once of each."""
    if column.null_count() == len(column):
        return pl.Series(dtype=pl.UInt32)
    if not repeats(column):
        return column.to_frame("value").select(pl.arg_where(test)).to_series()
    passed = values(column).to_frame("value").filter(test).to_series()
    if not len(passed):
        return pl.Series(dtype=pl.UInt32)
    return column.to_frame("value").select(pl.arg_where(pl.col("value").is_in(passed.implode()))).to_series()


def by_value(
    column: pl.Series, dtypes: Dtypes, judge: Callable[[list[str]], list[tuple[object, ...]]], memo: Memo
) -> pl.DataFrame:
    """Columns of `dtypes` for each cell of `column`, judged once per distinct value; null stays null.

    `judge` maps a list of distinct values to one tuple (in `dtypes` order) each; `memo` keeps answers between
    batches: what it holds must not depend on a run's settings.
    """
    if column.null_count() == len(column):
        return pl.DataFrame({name: blank(len(column), d) for name, d in dtypes.items()})
    found, places = distinct(column)
    values = found.to_list()
    # batches are judged side by side: whatever another one does to the memo, these answers are ours
    known = {value: answer for value in values if (answer := memo.get(value)) is not None}
    fresh = [value for value in values if value not in known]
    known.update(zip(fresh, judge(fresh), strict=True) if fresh else ())
    if len(memo) > MEMO_LIMIT:
        memo.clear()
    memo.update(known)
    table = pl.DataFrame({n: [known[v][i] for v in values] for i, n in enumerate(dtypes)}, schema=dict(dtypes))
    return table.select(pl.all().gather(places))


def coded(table: pl.DataFrame) -> pl.DataFrame:
    """`table` with its codes as numbers."""
    text = [name for name, dtype in table.schema.items() if name in CODES and dtype == pl.String()]
    return table.cast(dict.fromkeys(text, CODE)) if text else table


def once_each(
    name: str, frame: pl.DataFrame, context: Context, judge: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """`judge` applied to each distinct row of `frame` once in a run, codes as numbers; a single row when nothing is
    said.

    `judge` must answer row by row. Rows are told apart by a 64-bit hash: among ten million distinct ones two meet
    with odds of 3 in a million.
    """
    filled = [column.name for column in frame.get_columns() if column.null_count() < frame.height]
    if not filled:
        return judge(frame.head(1))
    keys = _row_keys(frame, filled)
    rows = keys.arg_unique()
    if len(rows) * 2 > frame.height:
        return judge(frame)
    which = (name, *filled)
    known = context.answers.get(which)
    if known is not None:
        rows = rows.filter(~keys.gather(rows).is_in(known["key"].implode()))
    if known is None or len(rows):
        judged = coded(judge(frame[rows])).insert_column(0, keys.gather(rows))
        known = judged if known is None else pl.concat([known, judged], rechunk=True)
        if known.height <= MEMO_LIMIT:
            # batches are judged side by side: what another one kept meanwhile is judged again, never lost
            context.answers[which] = known
    return keys.to_frame().join(known, on="key", how="left", maintain_order="left").drop("key")


def _row_keys(frame: pl.DataFrame, columns: list[str]) -> pl.Series:
    """A 64-bit hash of each row: the sum of its cells', seeded by place; that of a struct costs twice (measured)."""
    hashes = [pl.col(column).hash(place) for place, column in enumerate(columns)]
    return frame.select(key=reduce(add, hashes)).to_series()
