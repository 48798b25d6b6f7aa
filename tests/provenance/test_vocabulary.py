from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.facts import vocabulary
from auditor.facts.vocabulary import classify, readings
from auditor.settings import Settings, Vocabulary

CORPUS = Path(__file__).parent / "corpus"
KINDS = {"last_activity_type": "activity"}
SAID_TO_BE_THE_PERSONS_OWN = ("direct", "customer")
TAINTED = ("scraped", "bought", "guessed")


def corpus(name: str) -> list[tuple[str, str, str]]:
    lines = (CORPUS / name).read_text("utf-8").splitlines()
    rows = [line.split(" | ", 2) for line in lines if line and not line.startswith("#")]
    return [(KINDS.get(kind, kind), wanted, value) for kind, wanted, value in rows]


HELD_OUT, TUNING = corpus("held_out.txt"), corpus("tuning.txt")


def share(rows: list[tuple[str, str, str]]) -> float:
    return sum(classify(value, kind).means == wanted for kind, wanted, value in rows) / len(rows)


def test_the_two_corpora_hold_at_least_eight_hundred_values_and_share_none():
    assert len(HELD_OUT) + len(TUNING) >= 800
    assert not {(kind, value) for kind, _, value in HELD_OUT} & {(kind, value) for kind, _, value in TUNING}


def test_at_least_95_percent_of_the_held_out_values_are_read_as_labelled():
    assert share(HELD_OUT) >= 0.95


def test_at_least_95_percent_of_the_source_values_alone_are_read_as_labelled():
    assert share([row for row in HELD_OUT if row[0] == "source"]) >= 0.95


@pytest.mark.parametrize("wanted", TAINTED)
def test_no_tainted_source_is_ever_taken_for_the_persons_own_word(wanted):
    values = [value for kind, label, value in HELD_OUT + TUNING if kind == "source" and label == wanted]
    assert len(values) > 15
    assert not [value for value in values if classify(value, "source").means in SAID_TO_BE_THE_PERSONS_OWN]


OWN_WORDS = [v for k, w, v in HELD_OUT + TUNING if k == "source" and w in SAID_TO_BE_THE_PERSONS_OWN]
TAINTED_WORDS = [v for k, w, v in HELD_OUT + TUNING if k == "source" and w in TAINTED]


@given(st.sampled_from(OWN_WORDS), st.sampled_from(TAINTED_WORDS), st.sampled_from([" – ", " / ", ", ", " + "]))
def test_no_adornment_makes_a_tainted_source_the_persons_own_word(own, tainted, sign):
    for value in (own + sign + tainted, tainted + sign + own):
        assert classify(value, "source").means not in SAID_TO_BE_THE_PERSONS_OWN


@given(st.sampled_from(HELD_OUT + TUNING))
def test_case_accents_and_blanks_make_no_difference(row):
    kind, _, value = row
    plain = pl.Series([value]).str.normalize("NFKD").str.replace_all(r"\p{M}", "").item()
    for variant in (value.upper(), f"  {plain} ", value.replace(" ", "\u00a0")):
        assert classify(variant, kind).means == classify(value, kind).means


@given(st.text(max_size=60))
def test_any_text_has_a_reading(text):
    for kind in ("source", "legal_basis", "consent_status", "consent_method", "activity"):
        assert classify(text, kind).means


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("Salon Vivatech 2024 – stand B12", True),
        ("salon", False),
        ("Salon 2024", False),
        ("formulaire de contact", True),
        ("webinar", False),
        ("Webinar Trésorerie mars", True),
        ("LinkedIn", False),
        ("partenaires", False),
        ("partenaire Banque Fictive", True),
        ("apollo.io", True),
        ("fichier acheté chez Donnees Fictives", True),
        ("internet", False),
    ],
)
def test_a_source_is_named_when_something_beyond_its_kind_is_said(value, named):
    assert classify(value, "source").named is named


def test_a_misspelt_word_is_read_and_a_different_word_is_not():
    assert classify("formulaire de contcat", "source").means == "direct"
    assert classify("Phantombutser", "source").means == "scraped"
    assert classify("Formosa", "source").means == "vague"


def test_a_word_of_the_users_own_wins_and_unknown_classes_are_refused():
    own = Settings(vocabulary=Vocabulary(source={"direct": ("Apollo Club", "opération ruche")}))
    assert classify("Opération Ruche 2023", "source", own).means == "direct"
    assert classify("Soirée Apollo Club", "source", own).means == "direct"
    assert classify("Apollo", "source", own).means == "vendor"
    with pytest.raises(UsageError, match="no class 'own'"):
        classify("x", "source", Settings(vocabulary=Vocabulary(source={"own": ("x",)})))


def test_a_number_is_no_word_of_the_users_own():
    with pytest.raises(UsageError, match="nothing but a number"):
        classify("x", "source", Settings(vocabulary=Vocabulary(source={"direct": ("2024",)})))


def test_a_column_keeps_its_order_and_its_gaps_and_is_judged_once_per_distinct_value(monkeypatch):
    judged = []
    read = vocabulary.Vocabulary.read
    monkeypatch.setattr(vocabulary.Vocabulary, "read", lambda self, text: judged.append(text) or read(self, text))
    # words of its own give the test a memory of its own
    own = Settings(vocabulary=Vocabulary(source={"direct": ("mot réservé à cet essai",)}))
    values = pl.Series(["Salon Alpha 2021", None, "SALON ALPHA 2022", "scraping", "Salon Alpha 2021"])
    for _ in range(2):
        means = readings(values, "source", own)["means"].to_list()
        assert means == ["direct", None, "direct", "scraped", "direct"]
    assert sorted(judged) == ["salon alpha 0", "scraping"]


def test_every_word_of_every_vocabulary_means_its_own_class():
    """A phrase that another, longer or stronger one swallows would be dead data."""
    for path in sorted((vocabulary.resources.data() / "vocabulary").glob("*.toml")):
        table = vocabulary.tomllib.loads(path.read_text("utf-8"))
        maps = {group["class"]: group.get("maps", group["class"]) for group in table["group"]}
        for group in table["group"]:
            for word in (w for language in vocabulary.LANGUAGES for w in group.get(language, ())):
                if not word.startswith("=") and not word.endswith("*"):
                    assert classify(word, path.stem).means == maps[group["class"]], (path.stem, word)
