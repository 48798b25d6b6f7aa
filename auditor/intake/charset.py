"""Which legacy code page a list was written in, by the words that hold bytes above 0x7F.

A closed list of candidates. Under each one the odd words are decoded and weighed against the alphabets of the
languages that use it: a page is right when its letters make words of one language, in one case, without symbols
in the middle. What two pages decode alike needs no decision.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# letters beyond ASCII of each language, commonest first
_ALPHABETS: dict[str, str] = {
    "fr": "éèêàçôîëïûâùœüæÿ",
    "de": "üäößé",
    "es": "óíáéñúü",
    "it": "èàùòìé",
    "pt": "ãçáéíóêõâúôà",
    "nordic": "öäåøæéü",
    "pl": "łóąęśżćńź",
    "cs": "áíéěřščžýůúťňďó",
    "sk": "áíéčšžýľťúôňďóäĺŕ",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "hr": "čćšžđ",
    "tr": "ıüöçşğâî",
    "baltic": "šžčąęėįųūāēīļņģķõäöü",
    "el": "αοιετσνηυρπκμλςωθδγάίόέήύχφβώξζψϊϋΐΰ",
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў",
}
_PAGES: dict[str, tuple[str, ...]] = {
    "cp1252": ("fr", "de", "es", "it", "pt", "nordic"),
    "iso8859-15": ("fr", "de", "es", "it", "pt", "nordic"),
    "mac-roman": ("fr", "de", "es", "it", "pt", "nordic"),
    "cp850": ("fr", "de", "es", "it", "pt", "nordic"),
    "cp1250": ("pl", "cs", "sk", "hu", "ro", "hr"),
    "iso8859-2": ("pl", "cs", "sk", "hu", "ro", "hr"),
    "cp1253": ("el",),
    "iso8859-7": ("el",),
    "cp1251": ("ru",),
    "cp1254": ("tr",),
    "cp1257": ("baltic",),
}
# commoner pages win a tie
_PRIOR: dict[str, float] = {"cp1252": 0.6, "cp1250": 0.3, "iso8859-15": 0.2, "cp1253": 0.2, "cp1251": 0.2}
# signs that stand beside words in lists written by people
_SIGNS = frozenset("€°’‘“”«»–—…·•™®©§¿¡ºª£\u00a0²³×")
# languages of country domains: addresses tell what names to expect
_DOMAINS = {
    "fr": "fr", "be": "fr", "de": "de", "at": "de", "ch": "de", "es": "es", "it": "it", "pt": "pt", "se": "nordic",
    "dk": "nordic", "no": "nordic", "fi": "nordic", "pl": "pl", "cz": "cs", "sk": "sk", "hu": "hu", "ro": "ro",
    "hr": "hr", "si": "hr", "tr": "tr", "lt": "baltic", "lv": "baltic", "ee": "baltic", "gr": "el", "cy": "el",
    "ru": "ru", "ua": "ru", "bg": "ru",
}  # fmt: skip
# bounded, or a long run of letters is tried from every start
_WORD = re.compile(rb"[A-Za-z]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
_TLD = re.compile(rb"@[A-Za-z0-9.\-]{1,120}\.([a-z]{2})\b")
MAX_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Guess:
    """The chosen page and how sure the choice is: high, medium or low."""

    encoding: str
    confidence: str


def guess(lines: list[bytes]) -> Guess:
    """The page of `lines` (lines that hold bytes above 0x7F, any line ends removed)."""
    text = b"\n".join(lines)
    words = dict(Counter(_WORD.findall(text)).most_common(MAX_WORDS))
    expected = Counter(_DOMAINS[t] for t in (m.decode() for m in _TLD.findall(text)) if t in _DOMAINS)
    scores = {page: _score(page, words, expected) for page in _PAGES}
    order = sorted(scores, key=lambda page: -scores[page])
    best = order[0]
    rivals = [page for page in order[1:] if not _same(best, page, words)]
    margin = (scores[best] - scores[rivals[0]]) if rivals else 10.0
    if margin < 0.3:
        best = _second_opinion(text, best, rivals[0])
    confidence = "high" if margin > 4 and scores[best] > 0 else "medium" if margin > 1 and scores[best] > 0 else "low"
    return Guess(best, confidence)


def _score(page: str, words: Mapping[bytes, int], expected: Counter[str]) -> float:
    """Evidence for `page`: the best of its languages; repeated words count little more than single ones."""
    languages = _PAGES[page]
    totals = dict.fromkeys(languages, 0.0)
    common = 0.0
    for word, count in words.items():
        weight = 1 + min(count, 8) / 8
        text = word.decode(page, "replace")
        common += weight * _shape(text)
        for language in languages:
            totals[language] += weight * _letters(text, _ALPHABETS[language])
    known = sum(expected.values()) or 1
    hints = {language: 3.0 * expected[language] / known for language in languages}
    return common + _PRIOR.get(page, 0.0) + max(totals[language] + hints[language] for language in languages)


def _shape(text: str) -> float:
    """Penalties for what no word of any language looks like."""
    score = 0.0
    for at, char in enumerate(text):
        if char == "\ufffd" or "\x80" <= char <= "\x9f":
            score -= 5
        elif not char.isalpha() and char > "\x7f":
            inside = 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha()
            score -= 3 if inside and char not in "’‘·" else 0 if char in _SIGNS else 1.5
        elif char > "\x7f" and char.isupper() and at and text[at - 1].islower():
            score -= 2
        elif char > "\x7f" and char.isupper() and at == 1 and text[0].isupper() and text[2:3].islower():
            score -= 1.5
        elif char > "\x7f" and char.islower() and at and text[at - 1].isupper() and at > 1 and text[at - 2].isupper():
            score -= 1
    return score


def _letters(text: str, alphabet: str) -> float:
    """How well the letters beyond ASCII fit one alphabet, commoner letters a little better."""
    score = 0.0
    for char in text:
        if char <= "\x7f" or not char.isalpha():
            continue
        place = alphabet.find(char.lower() if len(char.lower()) == 1 else "i")
        score += 1.5 - place / len(alphabet) if place >= 0 else -1.5
    return score


def _same(one: str, other: str, words: Mapping[bytes, int]) -> bool:
    """Whether both pages decode every word alike."""
    return all(word.decode(one, "replace") == word.decode(other, "replace") for word in words)


def _second_opinion(text: bytes, best: str, rival: str) -> str:
    """charset-normalizer's choice between two pages that the alphabets cannot tell apart."""
    from charset_normalizer import from_bytes

    chosen = from_bytes(text[:65536], cp_isolation=[best.replace("-", "_"), rival.replace("-", "_")]).best()
    names = {page.replace("-", "_"): page for page in (best, rival)}
    return names.get(chosen.encoding if chosen else "", best)
