"""Whether the seller or vendor of a row stands in the user's register, with evidence that was checked."""

from functools import lru_cache

import polars as pl

from auditor.facts.vocabulary import words_of
from auditor.settings import Supplier
from auditor.stage import Context, Dtypes, Fact, once_each

# sources that somebody supplied; the others have no supplier
SUPPLIED = ("bought", "vendor", "partner")

STATE: Dtypes = {"supplier_state": pl.String(), "supplier_transfer": pl.Boolean()}


@lru_cache(maxsize=16)
def _register(suppliers: tuple[Supplier, ...]) -> tuple[tuple[str, Supplier], ...]:
    pairs = [(name, s) for s in suppliers for name in words_of(pl.Series([s.name, *s.aliases]))]
    return tuple(sorted((pair for pair in pairs if pair[0].strip()), key=lambda pair: (-len(pair[0]), pair[0])))


def standing(supplier: Supplier | None, context: Context) -> str:
    """checked: evidence seen and a sample verified; unproven: a contract and nothing else; expired; unregistered."""
    if supplier is None:
        return "unregistered"
    if supplier.expires is not None and supplier.expires < context.today:
        return "expired"
    days = (supplier.evidence_on, supplier.sample_checked_on)
    if supplier.sample_ok is True and all(day is not None and day <= context.today for day in days):
        return "checked"
    return "refuted" if supplier.sample_ok is False else "unproven"


def _suppliers(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    columns = ("source_class", "source", "source_detail", "seller")
    return once_each("supplier_state", frame.select(columns), context, lambda rows: _judge(rows, context))


def _judge(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    supplied = frame["source_class"].is_in(SUPPLIED) | frame["seller"].is_not_null()
    stated = frame.select(
        pl.when(supplied).then(pl.concat_str("seller", "source", "source_detail", separator=" | ", ignore_nulls=True))
    ).to_series()
    register = _register(context.settings.suppliers)
    distinct = stated.drop_nulls().unique()
    rows = []
    for words in words_of(distinct):  # one turn per distinct supplier text, not per row
        found = next((supplier for name, supplier in register if name in words), None)
        rows.append((standing(found, context), found is not None and bool(found.transfer_tool)))
    table = pl.DataFrame(rows, schema=STATE, orient="row").with_columns(distinct.alias("text"))
    return stated.to_frame("text").join(table, on="text", how="left", maintain_order="left").select(list(STATE))


FACTS = (
    Fact(
        name="supplier_state",
        reads=("source_class", "source", "source_detail", "seller"),
        adds=STATE,
        apply=_suppliers,
        doc="Standing of the row's supplier in the register: checked, unproven, refuted, expired, unregistered.",
    ),
)
