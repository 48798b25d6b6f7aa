"""What reports say of look-ups and of the files of objections: never silence on what stayed unknown."""

import html as entities
from dataclasses import replace

import pytest

from auditor import report, suppression
from auditor import settings as settings_module
from auditor.report_model import Report
from auditor.reports import html, markdown
from auditor.result import Lookup, ScreenFile
from auditor.terminal import terminal
from tests.report import fiction

LANGS = ("en", "fr")
INCOMPLETE = {"en": "The domain check is incomplete", "fr": "La vérification des domaines est incomplète"}


def built(lookup: Lookup | None, lang: str = "en", **over: object) -> Report:
    return report.build(fiction.audit(rows=40, lang=lang, lookup=lookup, **over))


def formats(one: Report) -> tuple[str, str, str]:
    """Page, Markdown (its escapes undone) and terminal, white space in one form."""
    texts = (
        entities.unescape(html.render(one).decode()),
        markdown.render(one).decode().replace("\\", ""),
        terminal(one, one.lang, color=False, width=1000),
    )
    page, short, drawn = (" ".join(text.split()) for text in texts)
    return page, short, drawn


@pytest.mark.parametrize(
    ("lang", "unknown", "disclosed", "kept"),
    [("en", "34 of 1,220 (2.8%)", "1,200 domain names were disclosed to the resolver 127.0.0.1:5353",
      "20 answers came from the cache"),
     ("fr", "34 sur 1 220 (2,8 %)", "1 200 noms de domaine ont été communiqués au résolveur 127.0.0.1:5353",
      "20 réponses viennent du cache")],
)  # fmt: skip
def test_every_format_says_what_was_disclosed_to_whom_and_what_stayed_unknown(
    lang: str, unknown: str, disclosed: str, kept: str
) -> None:
    for text in formats(built(fiction.LOOKUP, lang)):
        for part in (unknown, disclosed, kept):
            assert part in text
        assert INCOMPLETE[lang] not in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_headline_says_when_the_domain_check_is_incomplete(lang: str) -> None:
    one = built(replace(fiction.LOOKUP, unknown=400, complete=False), lang)
    assert INCOMPLETE[lang] in one.sentence.in_(lang)
    for text in formats(one):
        assert INCOMPLETE[lang] in text


def test_the_unknown_share_stands_on_the_first_screen_before_the_facts_of_the_list() -> None:
    page = html.render(built(fiction.LOOKUP)).decode()
    assert page.index("<h1") < page.index("34 of 1,220") < page.index('class="facts"')


@pytest.mark.parametrize("lang", LANGS)
def test_no_look_ups_no_words_on_them(lang: str) -> None:
    one = built(None, lang)
    assert one.lookup is None
    assert 'class="domains' not in html.render(one).decode()


@pytest.mark.parametrize(
    ("change", "en", "fr"),
    [({"asked": 1}, "1 domain name was disclosed to the resolver", "1 nom de domaine a été communiqué au résolveur"),
     ({"from_cache": 0}, "no answer came from the cache", "aucune réponse ne vient du cache"),
     ({"from_cache": 1}, "1 answer came from the cache", "1 réponse vient du cache"),
     ({"asked": 0}, "No name was disclosed", "Aucun nom de domaine n'a été communiqué"),
     ({"unknown": 0}, "none of 1,220", "aucun sur 1\u202f220"),
     ({"resolver_healthy": True}, "The resolver was in working order", "Le résolveur fonctionnait"),
     ({"resolver_healthy": False}, "No resolver was in working order", "Aucun résolveur n'était en état"),
     ({"resolvers": ("127.0.0.1", "tls://9.9.9.9")}, "the resolvers 127.0.0.1, tls://9.9.9.9",
      "aux résolveurs 127.0.0.1, tls://9.9.9.9")],
)  # fmt: skip
def test_the_words_fit_the_numbers(change: dict[str, object], en: str, fr: str) -> None:
    told = built(replace(fiction.LOOKUP, **change)).lookup
    assert told is not None
    assert en in told.says.en
    assert fr in told.says.fr


def test_names_of_resolvers_from_a_foreign_snapshot_stay_text() -> None:
    one = built(replace(fiction.LOOKUP, resolvers=("<img src=x>\u202e[a](b)",)))
    assert "<img" not in html.render(one).decode()
    assert "<img" not in markdown.render(one).decode()
    assert "[a](b)" not in markdown.render(one).decode()
    assert "\u202e" not in one.model_dump_json()


@pytest.mark.parametrize("lang", LANGS)
def test_every_file_of_objections_shows_what_was_read_of_it(lang: str) -> None:
    screens = (
        ScreenFile(name="stop.csv", use="suppression", kind="list", entries=4321, ignored=17),
        ScreenFile(name="empty.txt", use="suppression", kind="list", entries=0, ignored=0),
    )
    one = built(None, lang, screens=screens)
    assert {gap.code: gap.count for gap in one.not_checked if gap.code.startswith("suppression_")} == {
        "suppression_lines": 17,
        "suppression_empty": 1,
    }
    thousands = "4,321" if lang == "en" else "4 321"
    page, short, _ = formats(one)
    for text in (page, short):
        assert "stop.csv" in text
        assert thousands in text
        assert "empty.txt" in text


def test_the_figures_are_those_of_the_files_read(tmp_path) -> None:
    (tmp_path / "stop.csv").write_text("email\nanna@example.com\njohn (at) example.com\nnobody\n")
    (tmp_path / "register.txt").write_text("stop.example\n")
    given = settings_module.build(
        {"suppression": [tmp_path / "stop.csv"], "registers": [tmp_path / "register.txt"]}, "test"
    )
    assert suppression.described(given) == (
        ScreenFile(name="stop.csv", use="suppression", kind="list", entries=1, ignored=2),
        ScreenFile(name="register.txt", use="register", kind="list", entries=1, ignored=0),
    )
