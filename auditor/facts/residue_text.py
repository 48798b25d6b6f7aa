"""What the residue grammar shares: well-formed addresses, made-up words, what explains itself."""

import re
from collections.abc import Callable
from functools import cache

from auditor.facts import local_parts, mailboxes, syntax, word_lists

Names = tuple[str, str]
Explained = tuple[str | None, str | None]
Form = Callable[[str, Names], Explained | None]
_PLAIN = re.compile(syntax.PLAIN.strip("^$"))
INSIDE = re.compile(r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~.À-ÿ]+@(?:[A-Za-z0-9À-ÿ-]+\.)+[A-Za-z]{2,}")
WRAP = " \t\r\n<>()[]{}\"'`«»“”„‚‘’‹›|"
PUNCTUATION = ".,;:!?/\\=~$^-_*&#%"


@cache
def made_up() -> dict[str, frozenset[str]]:
    """kind (local, domain, word, pair, mask) -> words; a made-up word on both sides is a pair as well."""
    listed = {kind: frozenset(words) for kind, words in word_lists.read("placeholders.tsv").items()}
    twins = {f"{word}@{word}" for kind in ("local", "word", "mask") for word in listed[kind]}
    return {**listed, "pair": listed["pair"] | twins}


def well_formed(text: str) -> str | None:
    """The normal form of `text` when it is an address below a known top-level domain."""
    # plain ASCII is decided as in `syntax`; a hyphen pair or another script goes to the validator
    if _PLAIN.fullmatch(text) and "--" not in text and len(text) <= syntax.MAX_BYTES:
        local, _, domain = text.rpartition("@")
        domain = domain.lower()
        return f"{local}@{domain}" if mailboxes.registrable(domain) else None
    address, _, named = syntax.validate(text)
    return address if address and named and mailboxes.registrable(named) else None


@cache
def suffix(label: str) -> bool:
    """Whether a label is a known top-level domain."""
    return mailboxes.suffixes().publicsuffix(label) is not None


def first_inside(text: str) -> str | None:
    """The first well-formed address in the middle of other text."""
    found = INSIDE.search(text)
    return well_formed(found.group().strip(".'-")) if found else None


def self_explaining(rest: str, names: Names) -> bool:
    """Whether what remains looks like a local part in its own right: a role word, first.last, or the row's names."""
    local = rest.partition("@")[0].lower()
    if local_parts.kind(local)[0] in ("generic", "reserved", "technical"):
        return True
    if any(token in local_parts.words()["place"] for token in re.findall("[a-z]+", local)):
        return False
    letters = re.sub("[^a-z]", "", local)
    if any(len(name) >= 3 and name in letters for name in names):
        return True
    return re.fullmatch(r"(?:[a-z]|[a-z]{3,})[._-][a-z]{3,}(?:-[a-z]{2,})?\d{0,2}", local) is not None
