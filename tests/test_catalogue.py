"""All rules at once: form, words, law, examples."""

import re
from dataclasses import replace

import polars as pl
import pytest

from auditor import legal
from auditor.errors import CatalogueError
from auditor.evaluate import check, rules
from auditor.model import Rule, Scope, Severity
from auditor.widen import schema
from tests.frames import frame

RULES = rules()
IDS = [rule.name for rule in RULES]


def holds(rule: Rule, row: dict) -> bool | None:
    return frame(row, scope=rule.scope).select(rule.when.alias("hit"))["hit"][0]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_fires_on_its_own_examples(rule):
    assert rule.fires, "a rule without an example of what it finds"
    for row in rule.fires:
        assert holds(rule, row) is True, row


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_is_quiet_on_its_counter_examples(rule):
    assert rule.quiet, "a rule without an example of what it leaves alone"
    for row in rule.quiet:
        assert holds(rule, row) is not True, row


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_says_everything_in_both_languages(rule):
    for text in (rule.title, rule.says, rule.cure, rule.false_alarms):
        assert text.en.strip() and text.fr.strip()
        assert text.en != text.fr
    assert rule.says.en.endswith(".") and rule.says.fr.endswith(".")
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", rule.name)
    assert re.fullmatch(rf"{rule.family}\d\d", rule.id)
    assert rule.lenses


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_that_holds_a_row_cites_its_source(rule):
    assert rule.refs
    assert all(legal.REFS[ref.key] is ref for ref in rule.refs)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_no_cure_asks_for_consent_by_mail(rule):
    assert not re.search(r"(mail|message)[^.]{0,40}ask\w* for (their |his |her )?consent", rule.cure.en, re.I)


@pytest.mark.parametrize("rule", [r for r in RULES if r.severity is Severity.REMOVE], ids=lambda rule: rule.name)
def test_removal_is_never_the_default_of_a_statistical_inference(rule):
    assert rule.strength != "statistical"


def test_the_catalogue_covers_all_ten_families():
    assert {str(rule.family) for rule in RULES} == set("ABCDEFGHIJ")


def test_evidence_columns_exist():
    for rule in RULES:
        assert set(rule.evidence) <= set(schema(rule.scope)), rule.name
        assert rule.scope in Scope


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"when": pl.col("audit_row") + 1}, "is not Boolean"),
        ({"when": pl.col("no_such_column") == "x"}, "does not evaluate: ColumnNotFoundError"),
        ({"when": pl.col("email").str.contains("(")}, "does not evaluate: ComputeError"),
        ({"severity_when": ((Severity.NOTE, pl.col("email")),)}, "is not Boolean"),
        ({"evidence": ("no_such_column",)}, "names no_such_column, which nothing adds"),
        ({"detail": "no_such_column"}, "names no_such_column, which nothing adds"),
    ],
)
def test_a_rule_that_cannot_be_asked_is_named_among_all_the_others(change, told):
    known = [rule for rule in rules() if rule.scope is Scope.ROW]
    check(Scope.ROW, known)
    wrong = replace(known[7], **change)
    with pytest.raises(CatalogueError, match=f"^rule {wrong.name} {told}$"):
        check(Scope.ROW, [*known[:7], wrong, *known[8:]])
