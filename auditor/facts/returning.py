"""Who said no on another list: in the baseline audit, or on a list audited in the same run."""

from functools import lru_cache
from pathlib import Path

import polars as pl

from auditor import people
from auditor.baseline import SAID_NO, marks, recall
from auditor.stage import Context, Fact


@lru_cache(maxsize=8)
def _said_no(
    folders: tuple[Path, ...], baseline: Path | None, secret: str, age: int
) -> tuple[pl.Series, bytes, pl.Series]:
    """(persons who said no on a list still there, key of the chain, marks of those who have left since)."""
    found = [people.objected(people.read(path)) for path in folders]
    key, gone = b"", pl.Series("mark", [], pl.String())
    if baseline is not None:
        old = people.read(baseline)
        found.append(people.objected(old))
        history = recall(old, secret)
        key, gone = history.key, history.gone.filter(pl.col("rule") == SAID_NO)["mark"]
    return pl.concat(found).unique().sort(), key, gone


def _age(path: Path | None) -> int:
    """When the baseline was last written, so that a memory of it never outlives it."""
    try:
        return path.stat().st_mtime_ns if path is not None else 0
    except OSError:
        return 0


def _returning(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    chosen = context.settings
    if chosen.baseline is None and not chosen.siblings:
        return pl.DataFrame({"said_no_elsewhere": [None]}, schema={"said_no_elsewhere": pl.String()})
    known, key, gone = _said_no(chosen.siblings, chosen.baseline, chosen.suppression_key, _age(chosen.baseline))
    person = frame.select(people.person(pl.col("email")).alias("person"))["person"]
    hit = person.is_in(known.implode())
    if gone.len():
        distinct = person.drop_nulls().unique()
        left = distinct.filter(marks(distinct, key).is_in(gone.implode()))
        hit = hit | person.is_in(left.implode())
    code = pl.when(hit.fill_null(False)).then(pl.lit("another_list")).otherwise(pl.lit("no"))
    return pl.select(pl.when(person.is_not_null()).then(code).alias("said_no_elsewhere"))


FACTS = (
    Fact(
        name="returning",
        reads=("email",),
        adds={"said_no_elsewhere": pl.String()},
        apply=_returning,
        doc="another_list when the person objected in the baseline audit or on a list of the same run, else no.",
    ),
)
