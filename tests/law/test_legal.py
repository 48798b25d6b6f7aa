"""Every reference resolves, says where it can be read, and is used."""

import re
from datetime import date

import pytest

from auditor import legal, packs
from auditor.evaluate import rules
from auditor.legal import REFS
from auditor.model import Severity


def used() -> set[str]:
    by_rules = {ref.key for rule in rules() for ref in rule.refs}
    by_packs = {r.key for p in packs.load().values() for t in p.terms for refs in t.refs.values() for r in refs}
    return by_rules | by_packs


def test_every_reference_is_used_by_a_rule_or_a_pack():
    assert set(REFS) - used() == set()


def test_every_reference_that_is_used_is_in_the_list():
    assert used() <= set(REFS)


def test_no_key_is_taken_twice():
    constants = [value for name, value in vars(legal).items() if name.isupper() and isinstance(value, legal.Ref)]
    assert len({ref.key for ref in constants}) == len(constants) == len(REFS)


@pytest.mark.parametrize("ref", REFS.values(), ids=lambda ref: ref.key)
def test_a_reference_says_what_where_and_when(ref):
    assert ref.instrument and ref.article and ref.where
    assert date(2026, 11, 1) <= ref.checked_on <= date(2026, 11, 30)
    assert ref.title.en.endswith(".") and ref.title.fr.endswith(".") and ref.title.en != ref.title.fr
    assert re.fullmatch(r"https://[^\s]+|[^\s].{5,}", ref.where)


def test_no_rule_removes_a_row_on_a_text_that_nobody_has_read_again():
    for rule in rules():
        if rule.severity is Severity.REMOVE:
            assert any(ref.confirmed for ref in rule.refs), rule.name


def test_packs_name_rules_that_exist():
    names = {rule.name for rule in rules()}
    for pack in packs.load().values():
        for terms in pack.terms:
            assert set(terms.severities) <= names, pack.code
    assert set(packs.PARTS) <= names


@pytest.mark.parametrize(
    ("key", "english", "french"),
    [
        ("GDPR 9", "Regulation (EU) 2016/679 (GDPR), 9", "Règlement (UE) 2016/679 (RGPD), 9"),
        (
            "GDPR recital 47",
            "Regulation (EU) 2016/679 (GDPR), recital 47",
            "Règlement (UE) 2016/679 (RGPD), considérant 47",
        ),
        ("CJEU C-673/17", "CJEU, C-673/17 Planet49, 2019-10-01", "CJUE, C-673/17 Planet49, 2019-10-01"),
        ("RFC 2142", "RFC 2142 (technical, not law)", "RFC 2142 (norme technique, non un texte de loi)"),
    ],
)  # fmt: skip
def test_a_law_is_cited_in_the_readers_language(key, english, french):
    assert (REFS[key].cited("en"), REFS[key].cited("fr")) == (english, french)


def test_every_citation_names_its_article():
    for ref in REFS.values():
        assert ref.article == "whole" or ref.article in ref.cited("en"), ref.key
