"""Whether the seller or vendor of a row stands in the user's register, with evidence that was checked."""

from functools import lru_cache

import polars as pl

from auditor.facts.vocabulary import words_of
from auditor.settings import Supplier
from auditor.stage import CODE, Context, Dtypes, Fact, blank, nothing, once_each

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
    supplied = pl.any_horizontal(*(pl.col("source_class") == kind for kind in SUPPLIED), pl.col("seller").is_not_null())
    rows = frame.select(supplied=supplied.fill_null(False))["supplied"].arg_true()
    if not len(rows):
        return nothing(STATE)
    few = frame.select("seller", "source", "source_detail")[rows]
    judged = once_each("supplier_state", few, context, lambda stated: _judge(stated, context))
    none = {
        "supplier_state": blank(frame.height, CODE),
        "supplier_transfer": blank(frame.height, pl.Boolean()),
    }
    return pl.DataFrame({name: column.scatter(rows, judged[name]) for name, column in none.items()})


def _judge(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    text = frame.select(pl.concat_str(pl.all(), separator=" | ", ignore_nulls=True)).to_series()
    register = _register(context.settings.suppliers)
    rows = []
    for words in words_of(text):
        found = next((supplier for name, supplier in register if name in words), None)
        rows.append((standing(found, context), found is not None and bool(found.transfer_tool)))
    return pl.DataFrame(rows, schema=STATE, orient="row")


FACTS = (
    Fact(
        name="supplier_state",
        reads=("source_class", "source", "source_detail", "seller"),
        adds=STATE,
        apply=_suppliers,
        doc="Standing of the row's supplier in the register: checked, unproven, refuted, expired, unregistered.",
    ),
)
