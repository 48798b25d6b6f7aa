"""Every source format: a fictional export is recognised, mapped, and comes out importable there again."""

from pathlib import Path

import polars as pl
import pytest

from auditor import intake
from auditor.intake.formats import formats
from auditor.intake.sources import recognise
from auditor.normalise.cells import map_batch
from auditor.settings import Settings
from tests.sources.samples import SAMPLES, Sample

NAMES = [f"{sample.source}-{sample.file}" for sample in SAMPLES]


def mapped(path: Path) -> tuple[object, pl.DataFrame]:
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
