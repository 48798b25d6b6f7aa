"""Every source format: a fictional export is recognised, mapped, and comes out importable there again."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from auditor import columns, intake, pipeline
from auditor.columns import Kind
from auditor.evaluate import rules
from auditor.intake.formats import formats
from auditor.intake.mapping import Mapping
from auditor.intake.sources import recognise
from auditor.normalise.cells import map_batch
from auditor.settings import Settings
from auditor.world import World
from tests.sources.format_headers import header_of
from tests.sources.samples import SAMPLES, Sample

WORLD = World(now=datetime(2026, 11, 1, tzinfo=UTC))

NAMES = [f"{sample.source}-{sample.file}" for sample in SAMPLES]


def mapped(path: Path) -> tuple[Mapping, pl.DataFrame]:
    settings = Settings()
    with intake.open_list(path, settings) as opened:
        frame = pl.concat([batch.frame for batch in opened.batches(1000)])
        mapping = recognise(opened.dialect.header, frame, path.name, settings)
        return mapping, map_batch(frame, mapping, settings)


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_an_export_is_recognised_and_its_cells_reach_the_canonical_columns(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / sample.file
    path.write_bytes(sample.raw)
    mapping, frame = mapped(path)
    assert mapping.source == sample.source
    for name, values in sample.expected:
        assert frame.get_column(name).to_list() == list(values), name


def test_the_hand_written_exports_cover_the_formats_that_matter_most() -> None:
    assert {sample.source for sample in SAMPLES} <= set(formats())
    assert len(SAMPLES) >= 18


def everything_a_note() -> dict[str, dict[str, str]]:
    return {rule.name: {"severity": "note"} for rule in rules()}


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_what_an_audit_keeps_is_an_export_of_the_same_tool(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / sample.file
    path.write_bytes(sample.raw)
    settings = Settings.model_validate({"as_of": "2026-11-01", "rules": everything_a_note()})
    audit, _ = pipeline.audit(path, settings, WORLD, {})
    assert audit.counts.conserved
    assert audit.counts.clean == audit.counts.read > 0
    clean = tmp_path / f"{path.stem}.audit" / f"{path.stem}.clean.csv"
    again = tmp_path / "again" / sample.file
    again.parent.mkdir()
    again.write_bytes(clean.read_bytes())
    before, rows = mapped(path)
    after, kept = mapped(again)
    assert after == before
    names = list(columns.mapped_schema())
    assert kept.select(names).equals(rows.select(names))
    assert sample.raw.startswith(clean.read_bytes().rstrip())


# what a made-up person says in a column of each kind
SAID = {
    "email": "ada.northwood@acme-demo.example",
    "first_name": "Ada",
    "last_name": "Northwood",
    "full_name": "Ada Northwood",
    "company": "Acme Demo; Sons",
    "opt_out": "no",
    "bounced": "no",
    "age": "44",
}


def said(canonical: str | None) -> str:
    if canonical in SAID:
        return SAID[canonical]
    dated = canonical in columns.BY_NAME and columns.BY_NAME[canonical].kind in (Kind.DATE, Kind.TIME)
    return "2026-03-04" if dated else "" if canonical is None else "said"


CASES = [(name, number) for name, known in formats().items() for number in range(len(known.signatures))]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_every_known_format_survives_being_cut_into_records(name: str, number: int, tmp_path: Path) -> None:
    known = formats()[name]
    header = header_of(known, known.signatures[number])
    first = recognise(tuple(header), pl.DataFrame(), "list.csv", Settings())
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=known.layout.delimiter or ",")
        writer.writerow(header)
        writer.writerows([[said(use.canonical) for use in first.columns]] * 3)
    with intake.open_list(path, Settings()) as opened:
        frame = pl.concat([batch.frame for batch in opened.batches(1000)])
        assert opened.dialect.header == tuple(header)
        assert opened.dialect.head + "".join(frame.get_column("raw")) == path.read_bytes().decode()
    mapping, mapped_frame = mapped(path)
    assert mapping.source == name
    assert mapped_frame.height == 3
    if mapping.uses("email"):
        assert set(mapped_frame.get_column("email")) == {SAID["email"]}
