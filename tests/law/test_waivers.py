"""Waivers cover what they say, until they expire, and nothing else."""

from datetime import date

import polars as pl
import pytest

from auditor import settings as settings_module
from auditor import waivers
from auditor.errors import UsageError
from auditor.settings import Waiver
from tests.frames import frame
from tests.law.house import context


def waiver(scope="all", rule="source_missing", expires=date(2027, 1, 1)):
    return Waiver(rule=rule, scope=scope, reason="old event list", owner="dpo", expires=expires)


def covered(scope, **kwargs):
    table = frame(
        {"audit_row": 1, "domain": "acme.example", "country_code": "FR", "source": "Salon 2026"},
        {"audit_row": 2, "domain": "mail.acme.example", "country_code": "DE", "source": "salon 2026"},
        {"audit_row": 3, "domain": "macme.example", "source": "Web"},
    )
    return table.select(waivers.applies(waiver(scope, **kwargs), context()).alias("hit"))["hit"].to_list()


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        ("domain:acme.example", [True, True, False]),
        ("domain:@ACME.example", [True, True, False]),
        ("country:fr", [True, False, False]),
        ("row:2", [False, True, False]),
        ("source:Salon 2026", [True, True, False]),
        ("row:1, row:3", [True, False, True]),
        ("country:FR,country:DE", [True, True, False]),
    ],
)
def test_a_scope_covers_its_rows(scope, rows):
    assert covered(scope) == rows


def test_all_covers_every_row():
    table = frame({"audit_row": 1}, {"audit_row": 2})
    assert table.filter(waivers.applies(waiver("all"), context())).height == 2


def test_an_expired_waiver_covers_nothing():
    table = frame({"audit_row": 1, "country_code": "FR"})
    last = context(today=date(2027, 1, 1))
    assert table.filter(waivers.applies(waiver("country:FR"), last)).height == 1
    assert table.filter(waivers.applies(waiver("country:FR"), context(today=date(2027, 1, 2)))).height == 0


@pytest.mark.parametrize("scope", ["everything", "domain:", "row:x", "colour:red", ",", "all:yes", "country"])
def test_a_scope_that_nobody_understands_is_an_error(scope):
    with pytest.raises(UsageError):
        waivers.applies(waiver(scope), context())


@pytest.mark.parametrize("missing", ["rule", "scope", "reason", "owner", "expires"])
def test_every_part_of_a_waiver_is_mandatory(missing):
    full = {"rule": "source_missing", "scope": "all", "reason": "r", "owner": "o", "expires": date(2027, 1, 1)}
    with pytest.raises(UsageError, match=missing):
        settings_module.build({"waivers": [{key: value for key, value in full.items() if key != missing}]}, "test")
    if missing != "expires":
        with pytest.raises(UsageError, match=missing):
            settings_module.build({"waivers": [{**full, missing: ""}]}, "test")


def test_the_summary_tells_active_unused_expired_and_unknown_waivers():
    listed = [waiver(), waiver("row:1"), waiver(expires=date(2026, 1, 1)), waiver(rule="no_such_rule")]
    where = context(waivers=[item.model_dump() for item in listed])
    table = waivers.summary(where, [4, 0, 0, 0])
    assert table["state"].to_list() == ["active", "unused", "expired", "unknown_rule"]
    assert table["covered"].to_list() == [4, 0, 0, 0]
    assert table.schema == pl.Schema(waivers.SUMMARY)


@pytest.mark.parametrize("part", [{}, {"reason": "no such data here"}, {"expires": date(2027, 1, 1)}, {"reason": " "}])
def test_a_rule_is_switched_off_only_with_a_reason_and_an_expiry(part):
    with pytest.raises(UsageError, match="reason and an expiry"):
        settings_module.build({"rules": {"source_missing": {"off": True, **part}}}, "test")


def test_a_rule_switched_off_runs_again_after_the_expiry():
    from auditor.evaluate import rules
    from auditor.verdict import active

    rule = next(rule for rule in rules() if rule.name == "source_missing")
    off = {"source_missing": {"off": True, "reason": "declared elsewhere", "expires": date(2026, 12, 31)}}
    assert not active(rule, context(today=date(2026, 12, 31), rules=off))
    assert active(rule, context(today=date(2027, 1, 1), rules=off))


def test_the_user_s_severity_outweighs_the_country_pack():
    from tests.law.house import through, verdicts

    row = {"country": "DE", "address_class": "nominative@professional"}
    for severity in ("note", "review", "remove"):
        where = context(rules={"named_address_needs_consent": {"severity": severity}})
        table = through([row], ["country", "terms", "permission"], where)
        assert verdicts(table, ["named_address_needs_consent"], where) == [{"named_address_needs_consent": severity}]


def test_a_severity_of_the_settings_ends_with_its_last_day():
    from tests.law.house import through, verdicts

    row = {"country": "DE", "address_class": "nominative@professional"}
    rules = {"named_address_needs_consent": {"severity": "note", "expires": date(2026, 12, 31)}}
    for day, severity in ((date(2026, 12, 31), "note"), (date(2027, 1, 1), "remove")):
        where = context(rules=rules, today=day)
        table = through([row], ["country", "terms", "permission"], where)
        assert verdicts(table, ["named_address_needs_consent"], where) == [{"named_address_needs_consent": severity}]
