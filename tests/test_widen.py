"""Facts and surveys say what they read, and answer the same wherever they stand."""

from dataclasses import replace

import polars as pl
import pytest

from auditor import intake, packs, widen
from auditor.columns import mapped_schema
from auditor.intake import sources
from auditor.intake.account import RECORD
from auditor.model import Scope
from auditor.normalise.cells import map_batch
from auditor.settings import Settings
from auditor.stage import CODE, CODES, Context, passing, repeats
from tests.law import house
from tests.regenerate import samples


@pytest.fixture(scope="module", params=samples(), ids=lambda path: path.stem)
def judged(request):
    """(frame before facts, context with surveys) of one sample list."""
    from datetime import date

    chosen = Settings()
    with intake.open_list(request.param, chosen) as opened:
        cells = pl.concat([batch.frame for batch in opened.batches(1000)])
        mapping = sources.recognise(opened.dialect.header, cells, opened.name, chosen)
    day = date(2026, 11, 1)
    context = Context(today=day, settings=chosen, mapping=mapping, packs=packs.load())
    frame = map_batch(cells, mapping, chosen).with_columns(pl.lit(day).alias("today"))
    early, _ = widen.stages(Scope.ROW)
    seen = widen.widen(frame, early, context)
    merged = widen.merge([widen.observe(seen, context)])
    return frame, replace(context, surveys=widen.conclude(merged, context))


def test_a_fact_reads_no_more_than_it_says(judged):
    frame, context = judged
    for fact in (step for stage in widen.stages(Scope.ROW) for step in stage):
        own = [*RECORD, *context.cells, *fact.reads, "today"]
        narrow = frame.select(list(dict.fromkeys(own)))
        alone = widen.widen(narrow, [fact], context).select(list(fact.adds))
        frame = widen.widen(frame, [fact], context)
        assert alone.equals(frame.select(list(fact.adds))), fact.name


def test_a_survey_reads_no_more_than_it_says_and_merges_in_any_grouping(judged):
    frame, context = judged
    early, _ = widen.stages(Scope.ROW)
    bare = replace(context, surveys={})
    frame = widen.widen(frame, early, bare)
    for survey in widen.surveys():
        own = frame.select(list(dict.fromkeys([*RECORD, *context.cells, *survey.reads, "today"])))
        whole = survey.merge(survey.observe(own, bare))
        rows = [survey.observe(own[i : i + 1], bare) for i in range(own.height)]
        left = survey.merge(pl.concat(rows[: own.height // 2]))
        right = survey.merge(pl.concat(rows[own.height // 2 :]))
        assert survey.merge(pl.concat([right, left])).equals(whole), survey.name


def test_rows_in_another_order_get_the_same_facts(judged):
    frame, context = judged
    steps = [step for stage in widen.stages(Scope.ROW) for step in stage if step.name != "duplicates"]
    straight = widen.widen(frame, [s for s in steps if not set(s.reads) & {"duplicate_rank"}], context)
    turned = widen.widen(frame.reverse(), [s for s in steps if not set(s.reads) & {"duplicate_rank"}], context)
    assert turned.reverse().equals(straight)


def test_codes_are_facts_about_rows_and_are_kept_as_numbers(judged):
    frame, context = judged
    made = {name for fact in widen.facts() if fact.scope is Scope.ROW for name in fact.adds}
    assert made >= CODES
    assert {name for name, dtype in widen.schema(Scope.ROW).items() if dtype == CODE} == CODES
    wide = widen.widen(frame, [step for stage in widen.stages(Scope.ROW) for step in stage], context)
    assert {name for name, dtype in wide.schema.items() if dtype == CODE} == CODES


def test_no_text_of_a_row_becomes_a_code():
    """Findings show codes, so whatever a person could have typed must not stand there."""
    texts = {name for name, dtype in mapped_schema().items() if dtype == pl.String()}
    said = {**dict.fromkeys(texts, "qzx7canary"), "email": "qzx7canary@qzx7canary.fr", "country": "Qzx7canary"}
    rows = [said, *({name: "qzx7canary", "email": "q@qzx7canary.fr"} for name in sorted(texts - {"email"}))]
    where = house.context()
    steps = [step for stage in widen.stages(Scope.ROW) for step in stage if not step.domains]
    wide = house.through(rows, [step.name for step in steps], where)
    shown = {name: [text for text in wide[name].to_list() if text and "qzx7" in text.lower()] for name in CODES}
    assert {name: found for name, found in shown.items() if found} == {}
    # the text did go through the facts
    assert "qzx7canary" in wide["local"].to_list() and wide["source_class"].null_count() < wide.height


def test_a_test_picks_the_same_rows_whether_values_repeat_or_not():
    few = pl.Series(["a1", "b", None, "c2", "b"] * 2000)
    many = pl.Series([f"{text}{place}" if text else None for place, text in enumerate(few.to_list())])
    assert repeats(few) and not repeats(many)
    test = pl.col("value").str.contains("^[ac]")
    wanted = [place for place, text in enumerate(few.to_list()) if text and text[0] in "ac"]
    assert passing(few, test).to_list() == passing(many, test).to_list() == wanted
    assert passing(few.clear(), test).to_list() == []
