"""Every source format: a fictional export is recognised, mapped, and comes out importable there again."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from auditor import columns, intake, pipeline
from auditor.evaluate import rules
from auditor.intake.formats import formats
from auditor.intake.mapping import Mapping
from auditor.intake.sources import recognise
from auditor.normalise.cells import map_batch
from auditor.settings import Settings
from auditor.world import World
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
