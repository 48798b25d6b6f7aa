"""The whole way of a list: conservation, determinism, byte identity."""

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor import pipeline
from auditor.settings import Settings
from auditor.world import World
from tests.regenerate import AS_OF, ROOT, samples

WORLD = World(now=datetime(2026, 11, 1, 8, 30, tzinfo=UTC))


def audit(path, out, **chosen):
    options = {"as_of": date.fromisoformat(AS_OF), "out": out, "overwrite": True, "annotate": True, **chosen}
    result, _ = pipeline.audit(path, Settings(**options), WORLD, {})
    return result


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("source", samples(), ids=lambda path: path.stem)
def test_every_record_ends_in_exactly_one_place(source, tmp_path):
    result = audit(source, tmp_path)
    counts = result.counts
    assert counts.read == counts.clean + counts.review + counts.removed + counts.unreadable > 0
    annotated = read(result, "annotated")
    numbers = [int(row["audit_row"]) for row in annotated]
    assert numbers == list(range(1, counts.read + 1))
    verdicts = [row["audit_verdict"] for row in annotated]
    assert verdicts.count("review") == counts.review == len(read(result, "review"))
    assert verdicts.count("removed") == counts.removed == len(read(result, "removed"))
    assert verdicts.count("unreadable") == counts.unreadable == len(read(result, "unreadable"))


def read(result, kind):
    path = result.folder / f"{result.stem}.{kind}.csv"
    text = path.read_bytes().decode(result.dialect.encoding).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=result.dialect.delimiter))


@pytest.mark.parametrize("source", samples(), ids=lambda path: path.stem)
def test_every_line_of_the_clean_list_stands_in_the_input_in_the_same_order(source, tmp_path):
    result = audit(source, tmp_path)
    rest = iter(source.read_bytes().splitlines(keepends=True))
    clean = (result.folder / f"{result.stem}.clean.csv").read_bytes().splitlines(keepends=True)
    assert all(line in rest for line in clean)


@pytest.mark.parametrize("source", samples(), ids=lambda path: path.stem)
def test_the_size_of_a_batch_changes_no_byte(source, tmp_path):
    one = digests(audit(source, tmp_path / "one", batch_rows=1).folder)
    three = digests(audit(source, tmp_path / "three", batch_rows=3).folder)
    whole = digests(audit(source, tmp_path / "whole").folder)
    assert one == three == whole


@pytest.mark.parametrize("lost", [(0, 1), (3,), (6, 7, 8), (0, 4, 8)])
def test_unreadable_records_that_fill_whole_batches_are_kept_where_they_stood(lost, tmp_path):
    rows = [f'{i};"Zoé;x;y\n' if i in lost else f"{i};Zoé;p{i}@made-up.example\n" for i in range(9)]
    source = tmp_path / "list.csv"
    source.write_text("Id;Prénom;Email\n" + "".join(rows), encoding="utf-8")
    whole = audit(source, tmp_path / "whole")
    assert whole.counts.unreadable == len(lost)
    assert [int(row["audit_row"]) for row in read(whole, "unreadable")] == [i + 1 for i in lost]
    for size in (1, 2, 3):
        small = audit(source, tmp_path / str(size), batch_rows=size)
        assert digests(small.folder) == digests(whole.folder)


def test_a_wide_list_goes_in_smaller_batches_and_says_the_same(tmp_path, monkeypatch):
    source = ROOT / "sample_lists" / "hubspot-formulaires.csv"
    whole = digests(audit(source, tmp_path / "whole").folder)
    heights = []
    mapped = pipeline.map_batch
    monkeypatch.setattr(pipeline, "CELLS", 40)
    monkeypatch.setattr(
        pipeline, "map_batch", lambda frame, *rest: (heights.append(frame.height), mapped(frame, *rest))[1]
    )
    assert digests(audit(source, tmp_path / "narrow").folder) == whole
    assert max(heights) == 40 // len(pl.read_csv(source, n_rows=1, infer_schema=False).columns)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_two_runs_with_the_same_date_give_the_same_bytes(lang, tmp_path):
    source = ROOT / "sample_lists" / "hubspot-formulaires.csv"
    first = digests(audit(source, tmp_path / "first", lang=lang).folder)
    assert first == digests(audit(source, tmp_path / "second", lang=lang).folder)


def test_the_order_of_rows_does_not_change_verdicts(tmp_path):
    source = ROOT / "sample_lists" / "hubspot-formulaires.csv"
    head, *lines = source.read_bytes().splitlines(keepends=True)
    turned = tmp_path / "turned.csv"
    turned.write_bytes(head + b"".join(reversed(lines)))

    def verdicts(result):
        rows = read(result, "annotated")
        return {row["ID de fiche d'informations"]: row["audit_verdict"] for row in rows}

    straight, reverse = verdicts(audit(source, tmp_path)), verdicts(audit(turned, tmp_path))
    # of two copies of one person the first stays: exactly that may change with the order
    copies = {"90210000", "90210014"}
    assert {k: v for k, v in straight.items() if k not in copies} == {
        k: v for k, v in reverse.items() if k not in copies
    }


def test_strict_policy_leaves_nothing_to_review(tmp_path):
    source = ROOT / "sample_lists" / "hubspot-formulaires.csv"
    standard, strict = audit(source, tmp_path / "a"), audit(source, tmp_path / "b", policy="strict")
    assert standard.counts.review > 0
    assert strict.counts.review == 0
    assert strict.counts.clean == standard.counts.clean
    assert strict.counts.removed == standard.counts.removed + standard.counts.review


def test_the_manifest_names_every_file_with_its_hash_and_rows(tmp_path):
    result = audit(ROOT / "sample_lists" / "apollo-devinees.csv", tmp_path)
    manifest = json.loads((result.folder / "manifest.json").read_text())
    found = digests(result.folder)
    found.pop("manifest.json")
    assert {name: entry["sha256"] for name, entry in manifest["outputs"].items()} == found
    assert manifest["counts"]["read"] == result.counts.read


def test_outputs_are_for_the_owner_alone(tmp_path):
    folder = audit(ROOT / "sample_lists" / "apollo-devinees.csv", tmp_path).folder
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=5))
def test_any_text_is_accounted_for(rows, tmp_path):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("Email", "First name", "Notes"))
    writer.writerow(("ada@fictive-works.fr", "Ada", "first"))
    writer.writerows(rows)
    path = tmp_path / "any.csv"
    path.write_bytes(buffer.getvalue().encode())
    counts = audit(path, tmp_path).counts
    assert counts.conserved
    assert counts.read >= 1


def test_findings_hold_no_unmasked_cell(tmp_path):
    for source in samples():
        result = audit(source, tmp_path)
        text = (result.folder / "findings.csv").read_text()
        cells = pl.read_csv(result.folder / "findings.csv", infer_schema=False)
        assert not cells["value"].drop_nulls().str.contains(r"^[^@*]{2,}@").any()
        for row in read(result, "annotated"):
            addresses = [v for k, v in row.items() if k and v and "@" in v and k.lower().startswith(("e-m", "email"))]
            assert all(address not in text for address in addresses)
