"""Notes: what is indiscreet is found, trade terms are not, the text never travels."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from auditor.facts import _remarks, _things
from auditor.facts.notes import ADDED, SPECIAL, judge
from tests.law.corpus import notes
from tools import note_needles

KINDS = {*SPECIAL, "offence", "insult"}
FILES = ["tuning", "held_out", "second", "blind", "trades"]


def judged(texts):
    found = judge(pl.Series(texts, dtype=pl.String))
    said = found["notes_special"].is_not_null() | found["notes_offence"] | found["notes_insult"]
    return (said | found["notes_private"]).to_list()


def test_the_corpus_is_large_and_its_halves_share_nothing():
    tuning, held_out = notes("tuning"), notes("held_out")
    every = tuning + held_out
    assert sum(kind != "none" for _, kind, _ in every) >= 400
    assert sum(kind == "none" for _, kind, _ in every) >= 400
    assert not {text for _, _, text in tuning} & {text for _, _, text in held_out}
    assert {kind for _, kind, _ in every} == KINDS | {"none"}
    assert {language for language, _, _ in held_out} == {"en", "fr", "de", "es", "it"}


@pytest.mark.parametrize("half", FILES)
def test_recall_is_95_and_precision_90_percent(half):
    items = notes(half)
    hits = judged([text for _, _, text in items])
    true = sum(hit and kind != "none" for hit, (_, kind, _) in zip(hits, items, strict=True))
    said = sum(hits)
    meant = sum(kind != "none" for _, kind, _ in items)
    assert true / meant >= 0.95
    assert true / said >= 0.90


@pytest.mark.parametrize("half", FILES)
def test_the_kind_is_named_right_nearly_always(half):
    items = [item for item in notes(half) if item[1] != "none"]
    rows = judge(pl.Series([text for _, _, text in items])).to_dicts()
    right = sum(
        row["notes_special"] == kind
        or (kind == "offence" and row["notes_offence"])
        or (kind == "insult" and row["notes_insult"])
        or (kind == "private" and row["notes_private"])
        for row, (_, kind, _) in zip(rows, items, strict=True)
    )
    assert right / len(items) >= 0.9


def test_every_word_needs_one_of_its_needles():
    """What a pattern matches in the corpus holds one of the needles that let the pattern be tried."""
    texts = _remarks.folded(
        pl.Series([text for half in FILES for _, kind, text in notes(half) if kind != "none"])
    ).to_list()
    for needles, form, kind in (*_remarks.patterns(), *_remarks.guards()):
        for text in texts:
            if _remarks.compiled(form).search(text):
                assert any(needle in text for needle in needles), (kind, form)


@pytest.mark.parametrize("number", range(0, len(_remarks.patterns()), 400))
def test_what_a_pattern_can_match_holds_a_needle(number):
    needles, form, _ = _remarks.patterns()[number]
    expression = _remarks.compiled(form)

    @limits(max_examples=20)
    @given(st.from_regex(expression, alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
    def holds(text):
        found = expression.search(text)
        assert found and any(needle in found.group() for needle in needles)

    holds()


def test_needles_are_those_of_the_tool():
    """Every tenth line: the needles are derived from the expression, never written by hand."""
    for file in ("indiscreet.tsv", "innocent.tsv", "peoples.tsv"):
        for line in _things.lines(file)[::10]:
            *_, written, form = line.split("\t")
            assert written.split("|") == note_needles.needles(form), form


def test_no_word_is_both_a_person_and_a_thing():
    for file in ("people.txt", "plain.txt"):
        both = [word for word in _things.lines(file) if word in _things.Words("things.txt")]
        assert not both, file


@pytest.mark.parametrize(
    ("note", "rest"),
    [
        ("marche paralyse, attendre", "marche _, attendre"),
        ("smelly drains in unit 4 of the park", "_ _ _ _ _ of the park"),
        ("paralyse depuis mars", "paralyse depuis mars"),
        ("gerant paralyse, rampe", "gerant paralyse, rampe"),
        ("dumb waiter serviced", "_ waiter serviced"),
        ("gay bar chain, 5 sites", "_, 5 _"),
        ("race blanche, 45 ans", "race blanche, 45 ans"),
        ("serveur en panne, son fils autiste", "_ _ _, son fils autiste"),
        ("autisme : brochures", "_ : _"),
    ],
)
def test_what_is_told_of_things_is_left_out(note, rest):
    assert _things.left_out(note) == rest


@pytest.mark.parametrize(
    "note",
    [
        "Mme Dubois, à gauche de l'entrée", "pack de 6, livraison lundi", "évasion ordini lenta", "salida de almacén",
        "Fußballfan, Loge im Mai", "golf invitation, June", "en arrêt pour maintenance", "pièces d'origine seulement",
        "separado por comas", "traffico web in calo", "single site, 12 users", "lifting equipment, 2 cranes",
        "rechte Seite ändern", "mostra a Milano, stand 12", "autista arriva alle 8", "voile de spi, devis",
        "victime de fraude à la facture", "anti-money laundering training", "usine de chocolat, 3 lignes",
    ],
)  # fmt: skip
def test_words_that_mean_something_else_in_another_language_say_nothing(note):
    assert judged([note]) == [False]


def test_private_life_is_told_apart():
    found = judge(pl.Series(["En plein divorce", "Messy divorce, call later", "geht fremd", "budget validé"]))
    assert found["notes_private"].to_list() == [True, True, True, False]
    assert found["notes_special"].is_null().to_list()[0]


def test_no_note_is_unknown_not_innocent():
    assert judge(pl.Series([None, "Café noir"], dtype=pl.String)).rows() == [
        (None, None, None, None),
        (None, False, False, False),
    ]


def test_only_codes_leave_the_notes():
    found = judge(pl.Series(["Diabétique, appeler Madame Secret"]))
    assert found.schema == pl.Schema(ADDED)
    assert found.rows() == [("health", False, False, False)]


@limits(max_examples=50)
@given(st.text(max_size=80))
def test_no_note_breaks_the_search(text):
    assert judge(pl.Series([text])).height == 1


@limits(max_examples=15)
@given(st.permutations([text for _, _, text in notes("tuning")][:60]))
def test_a_note_is_judged_alike_in_any_company(texts):
    alone = dict(zip(texts, judged(texts), strict=True))
    assert [alone[text] for text in sorted(texts)] == judged(sorted(texts))


def test_accents_and_apostrophes_make_no_difference():
    assert (
        judged(
            ["arrêt maladie", "ARRET MALADIE", "arre\u0302t maladie", "d’origine algérienne", "d'origine algerienne"]
        )
        == [True] * 5
    )
