"""Every source format: a fictional export is recognised, mapped, and comes out importable there again."""

import csv
import io
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


def audited(path: Path) -> bytes:
    """The clean file of a list in which no rule holds a row; every record must end up there."""
    settings = Settings.model_validate({"as_of": "2026-11-01", "rules": everything_a_note()})
    audit, _ = pipeline.audit(path, settings, WORLD, {})
    assert audit.counts.conserved
    assert audit.counts.clean == audit.counts.read > 0
    return (path.parent / f"{path.stem}.audit" / f"{path.stem}.clean.csv").read_bytes()


def same_again(path: Path, clean: bytes) -> None:
    """What the clean file says is what the list said."""
    again = path.parent / "again" / path.name
    again.parent.mkdir()
    again.write_bytes(clean)
    before, rows = mapped(path)
    after, kept = mapped(again)
    assert after == before
    names = list(columns.mapped_schema())
    assert kept.select(names).equals(rows.select(names))


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_what_an_audit_keeps_is_an_export_of_the_same_tool(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / sample.file
    path.write_bytes(sample.raw)
    clean = audited(path)
    same_again(path, clean)
    assert sample.raw.startswith(clean.rstrip())


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


GENERIC_HEADER = ["Prénom", "Nom", "Courriel", "Société", "Origine de la donnée"]
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


def made_up(name: str) -> tuple[list[str], str]:
    """Header and text of a small export as the format's file describes it, with what stands around its records."""
    known = formats()[name]
    header = header_of(known, known.signatures[0]) if known.signatures else GENERIC_HEADER
    uses = recognise(tuple(header), pl.DataFrame(), "list.csv", Settings()).columns
    text = io.StringIO()
    writer = csv.writer(text, delimiter=known.layout.delimiter or ",", lineterminator="\r\n")
    for line in known.layout.preamble:
        text.write(f"{line} 2026\r\n")
    writer.writerow(header)
    for number, first in enumerate(("Zoé", "Ada", "Jürgen")):
        person = {"first_name": first, "email": f"contact{number}@acme-demo.example"}
        writer.writerow([person.get(use.canonical or "", said(use.canonical)) for use in uses])
    text.write("".join(f"{line} 3\r\n" for line in known.layout.footer))
    return header, text.getvalue()


@pytest.mark.parametrize("name", formats())
def test_what_an_audit_keeps_of_any_known_export_can_be_imported_there_again(name: str, tmp_path: Path) -> None:
    header, text = made_up(name)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(formats()[name].layout.encoding or "utf-8"))
    clean = audited(path)
    same_again(path, clean)
    assert mapped(path)[0].source == name
    layout = formats()[name].layout
    records = text.splitlines(keepends=True)[: len(layout.preamble) + 4]
    assert clean == "".join(records).encode(layout.encoding or "utf-8")
    with intake.open_list(tmp_path / "again" / "list.csv", Settings()) as opened:
        assert opened.dialect.header == tuple(header)
