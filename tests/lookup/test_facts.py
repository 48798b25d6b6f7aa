"""The domain fact of the frame: joined by domain, "not_checked" without look-ups."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from auditor.facts.domains import FACTS, SURVEYS
from auditor.intake.mapping import Mapping
from auditor.model import Text
from auditor.settings import Settings
from auditor.stage import Context

MAPPING = Mapping(source="generic", title=Text(en="", fr=""), confidence=1.0, columns=())
ANSWERS = pl.DataFrame(
    {"domain": ["a.test", "b.test"], "domain_status": ["accepts_mail", "null_mx"], "mx_class": ["own", None]},
    schema={"domain": pl.String, "domain_status": pl.String, "mx_class": pl.String},
)


def context(domains=None):
    return Context(today=date(2026, 3, 1), settings=Settings(), mapping=MAPPING, domains=domains)


def frame(*domains):
    return pl.DataFrame({"domain": domains}, schema={"domain": pl.String})


def test_offline_every_domain_is_not_checked_and_no_domain_stays_null():
    found = FACTS[0].apply(frame("a.test", None), context())
    assert found.rows() == [("not_checked", None), (None, None)]


def test_answers_are_joined_in_row_order():
    found = FACTS[0].apply(frame("b.test", None, "a.test", "b.test"), context(ANSWERS))
    assert found.rows() == [("null_mx", None), (None, None), ("accepts_mail", "own"), ("null_mx", None)]


def test_a_domain_nobody_asked_about_is_unknown():
    assert FACTS[0].apply(frame("c.test"), context(ANSWERS)).rows() == [("unknown", None)]


@pytest.mark.parametrize("domains", [None, ANSWERS])
def test_the_added_columns_are_as_declared(domains):
    for batch in (frame(), frame("a.test")):
        assert dict(FACTS[0].apply(batch, context(domains)).schema) == dict(FACTS[0].adds)


def test_the_survey_counts_rows_by_domain_however_batches_are_cut():
    survey, allowed = SURVEYS[0], replace(context(), settings=Settings(dns_lookup=True))
    rows = ["b.test", None, "a.test", "b.test", "a.test", "b.test"]
    merged = [
        survey.merge(pl.concat([survey.observe(frame(*rows[i : i + size]), allowed) for i in range(0, 6, size)]))
        for size in (1, 2, 4, 6)
    ]
    assert all(table.rows() == [("a.test", 2), ("b.test", 3)] for table in merged)


def test_without_look_ups_no_domain_is_counted():
    assert SURVEYS[0].observe(frame("a.test"), context()).height == 0
