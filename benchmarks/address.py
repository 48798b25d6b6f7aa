"""The address stage against a per-row email-validator loop on the same seeded list.

    python benchmarks/address.py [--rows 200000] [--seed 7]

Prints CPU seconds per million rows and the ratio; the loop only checks syntax, the stage also judges domain, kind,
residue, names and company.
"""

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

# one core against one core: threads that wait for work would be counted as work
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl
from email_validator import EmailNotValidError, validate_email

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import HEADER, rows

from auditor import widen
from auditor.columns import mapped_schema
from auditor.intake.account import RECORD
from auditor.intake.mapping import Mapping
from auditor.model import Scope, Text
from auditor.settings import Settings
from auditor.stage import Context, Fact

ROOM = (
    "people address_syntax address_classes address_keys address_residue other_addresses built_residue profile_traces "
    "name_match domain_relation email_claim"
).split()
CANONICAL = ("email", "first_name", "last_name", "company", "job_title", "country", "phone", "source")
# what an audit reads at a time: the fixed costs of a batch are part of the price
BATCH = Settings().batch_rows
# rows of each batch that the plain loop is timed on
SAMPLE = 5_000


def batches(count: int, seed: int) -> list[pl.DataFrame]:
    """The generated list as mapped batches."""
    table = pl.DataFrame(list(rows(count, seed)), schema=list(HEADER), orient="row")
    named = table.select(pl.nth(i).alias(name) for i, name in enumerate(CANONICAL))
    schema = {**RECORD, **mapped_schema()}
    whole = named.with_columns(pl.lit(None, dtype).alias(c) for c, dtype in schema.items() if c not in CANONICAL)
    return [whole.slice(start, BATCH).rechunk() for start in range(0, count, BATCH)]


def loop(batch: pl.DataFrame) -> int:
    """The plain way: one call per row."""
    accepted = 0
    for cell in batch["email"].to_list():
        try:
            validate_email(cell, check_deliverability=False)
            accepted += 1
        except EmailNotValidError:
            pass
    return accepted


def stage(facts: list[Fact], frame: pl.DataFrame, run: Context, spent: dict[str, float]) -> None:
    """All facts of the room on one batch; CPU seconds are added to `spent`."""
    for fact in facts:
        begun = time.process_time()
        frame = widen.widen(frame, [fact], run)
        spent[fact.name] = spent.get(fact.name, 0.0) + time.process_time() - begun


def main(count: int, seed: int) -> None:
    """Measure both and print a line each."""
    run = Context(
        today=date(2026, 11, 23),
        settings=Settings(),
        mapping=Mapping(source="bench", title=Text(en="", fr=""), confidence=1.0, columns=()),
    )
    facts = [fact for stage in widen.stages(Scope.ROW) for fact in stage if fact.name in ROOM]
    parts = batches(count, seed)
    spent = dict.fromkeys((fact.name for fact in facts), 0.0)
    plain, accepted = 0.0, 0
    stage(facts, parts[0].head(1000), run, {})
    # turn and turn about, so that both meet the same load of the machine
    for part in parts:
        stage(facts, part, run, spent)
        begun = time.process_time()
        accepted += loop(part.head(SAMPLE))
        plain += (time.process_time() - begun) * len(part) / len(part.head(SAMPLE))
    whole = sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:<20} {seconds * 1e6 / count:7.3f} CPU-s per million rows")
    print(f"{'address stage':<20} {whole * 1e6 / count:7.3f}")
    print(f"{'validator loop':<20} {plain * 1e6 / count:7.3f}   ({accepted} of the sample accepted)")
    print(f"ratio {plain / whole:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    main(arguments.rows, arguments.seed)
