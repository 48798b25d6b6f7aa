"""Traces that programs leave: escapes, mailto:, page texts, masks, file names, keys."""

import html
import re
from functools import cache
from urllib.parse import unquote

from auditor.facts import word_lists
from auditor.facts.residue_text import PUNCTUATION, WRAP, Explained, Names, first_inside, self_explaining, well_formed

_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|commat|period|lt|gt|amp|quot|apos|nbsp|lpar|rpar|colon|shy|zwnj);?"
)
_UNICODE = re.compile(r"\\?[uU]00(?:[2-7][0-9a-fA-F]|[aA]0)")
_BACKSLASH = re.compile(r"^(?:\\[tnrv\"'/])+|(?:\\[tnrv\"'/])+$")
_HEX = re.compile(r"^\\?[xX](?:2[0-9a-fA-F]|3[a-cA-Ce-fE-F])(?=[A-Za-z])")
_PERCENT = re.compile(r"%(?:[2-7][0-9a-fA-F]|[cC][23]%[0-9a-fA-F]{2}|0[9aAdD])")
_WEAK = re.compile(r"^(?:25)?(?:20|=?3[DE]|=20|2F|3A|3C|22|27|40|0A|0D)(?=[A-Za-z])")
_MAILTO = re.compile(r"(?i)\bmail\s?to(?:\s?(?::|%3a|=)(?://)?\s*|(?=[a-z]))(?=\S*@)")
_MAILTO_ALONE = re.compile(r"(?i)mailto:")
_MASK = re.compile(r"\*{2,}|\*+@|@\*|[•…●]|(?<![A-Za-z])[xX]{3,}(?![A-Za-z]|-[a-z])|\.{3,}|#{3,}|_{4,}|\?{2,}")
_IMAGE = re.compile(
    r"(?i)@[0-9.]+x[^@]*\.(?:png|jpe?g|gif|webp|svg|avif|ico)$|\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|avif|ico|css|js|mjs|scss|woff2?|pdf|php|html?|mp4)$"
)
_PACKAGE = re.compile(r"^@?[a-z0-9][a-z0-9._/-]*@[\^~v]?[0-9]+(?:\.[0-9xX]+)+(?:[-+.][0-9A-Za-z.-]+)?(?:/.*)?$")
_CSS = re.compile(
    r"(?i)^[^@\s]*@(?:media|import|font-face|charset|keyframes|page|supports|namespace|layer|apply|include|extend|mixin"
    r"|-webkit-keyframes|-moz-document|viewport|container|property|context|type|graph|id)(?=[\s{(\"';]|$)"
    r"|^@(?:tailwind|screen|use|forward|if|else|each|for|function|return|font-feature-values|counter-style)(?=[\s{(.;]|$)"
    r"|^[\w.#-]+@(?:desktop|laptop|tablet|mobile|phone|screen|print|hover|focus|active|visited|small|medium|large|wide"
    r"|x{0,2}[sl]|sm|md|lg|xl)$"
)
# a run of hexadecimal digits too long for a name, or a GUID, also in braces
_KEY = re.compile(
    r"(?i)^(?:[{\[]|%7b)?(?:[0-9a-f]{20,}(?::[0-9a-f]{20,})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[}\]]|%7d)?@"
)
# error trackers and mailing machines: nobody reads mail there
_TRACKER = re.compile(
    r"(?i)@(?:[a-z0-9.-]+\.)?(?:sentry\.io|wixpress\.com|sentry-cdn\.com|bugsnag\.com|rollbar\.com|amazonses\.com"
    r"|mandrillapp\.com|mailgun\.org|sparkpostmail\.com|mcsv\.net|rsgsv\.net)$"
)


@cache
def _page_texts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    listed = word_lists.read("placeholders.tsv", "|")
    whole = "|".join(re.escape(text) for text in sorted(listed["text"], key=len, reverse=True))
    thing, act = (rf"\b(?:{'|'.join(listed[kind])})" for kind in ("page_thing", "page_act"))
    return re.compile(whole), re.compile(thing), re.compile(act)


def obfuscation_text(cell: str, _: Names) -> Explained | None:
    """What a page shows in place of an address: known texts, or words for mail beside words for hiding and showing."""
    text = cell.lower().replace("\u00a0", " ")
    whole, thing, act = _page_texts()
    said = whole.search(text) or ("@" not in text and thing.search(text) and act.search(text))
    return ("obfuscation_text", None) if said else None


def entity(cell: str, _: Names) -> Explained | None:
    """HTML entities: `&#64;`, `&commat;`, `&gt;`."""
    if not _ENTITY.search(cell):
        return None
    return _decoded("html_entity", html.unescape(html.unescape(cell)))


def unicode_escape(cell: str, _: Names) -> Explained | None:
    """Escapes of scripts that lost their backslash: `u003e`, `\\u0040`."""
    if not _UNICODE.search(cell) or ("@" not in cell and "40" not in cell):
        return None
    text = _UNICODE.sub(lambda m: chr(int(m.group()[-4:], 16)), cell)
    return _decoded("unicode_escape", text)


def backslash_escape(cell: str, _: Names) -> Explained | None:
    """`\\tname@\u2026`: white space of a script as it was written."""
    text = re.sub(r"\\[xX]([2-7][0-9a-fA-F])", lambda m: chr(int(m.group(1), 16)), cell)
    bare = _BACKSLASH.sub("", text).strip(WRAP)
    rest = well_formed(bare) if bare != cell else None
    return ("escape_rest", rest) if rest else None


def hex_escape(cell: str, names: Names) -> Explained | None:
    """`x22name@…`: a hexadecimal escape before the local part."""
    if not _HEX.search(cell):
        return None
    rest = well_formed(_HEX.sub("", cell))
    return ("hex_escape", rest) if rest and len(rest.partition("@")[0]) >= 3 else None


def percent_escape(cell: str, _: Names) -> Explained | None:
    """`%20`, `%40`, `%3E` as in links."""
    if not _PERCENT.search(cell):
        return None
    return _decoded("percent_escape", unquote(unquote(cell)))


def weak_escape(cell: str, names: Names) -> Explained | None:
    """`20`, `3D`, `=3D`: the rest of an escape; counts only where what remains explains itself."""
    if not _WEAK.search(cell):
        return None
    rest = well_formed(_WEAK.sub("", cell))
    return ("escape_rest", rest) if rest and self_explaining(rest, names) else None


def mailto(cell: str, names: Names) -> Explained | None:
    """`mailto:`, also with its query."""
    found = _MAILTO.search(cell)
    if not found:
        return None
    text = cell[found.end() :].partition("?")[0]
    # without its colon it may open a name: mailtown@
    if found.group().isalpha() and not ((rest := well_formed(text)) and self_explaining(rest, names)):
        return None
    return "mailto", well_formed(text.strip(WRAP + PUNCTUATION)) or first_inside(text)


def _decoded(code: str, text: str) -> Explained:
    text = _MAILTO_ALONE.sub("", text)
    cleaned = text.strip(WRAP + "\u00a0").strip(PUNCTUATION + WRAP)
    return code, well_formed(cleaned) or first_inside(text)


def masked(cell: str, _: Names) -> Explained | None:
    """`j***@…`: an address hidden by the seller or the page."""
    if not ("@" in cell or "*" in cell) or not _MASK.search(cell):
        return None
    # dots behind a whole address are what a page shortened, not what it hid
    if re.match(r"[•●*-]\s", cell) and well_formed(cell[2:].strip()):
        return None
    shortened = cell.endswith(("...", "…")) and well_formed(cell.rstrip(".…"))
    return None if shortened else ("masked", None)


def file_name(cell: str, _: Names) -> Explained | None:
    """Image, package and style sheet names that hold an @."""
    if "@" in cell and (_IMAGE.search(cell) or _PACKAGE.match(cell)):
        return "file_name", None
    selector = cell[0] in ".#" and well_formed(cell.lstrip(".#")) is None
    return ("code_rule", None) if _CSS.match(cell) or selector else None


def tracker_key(cell: str, _: Names) -> Explained | None:
    """Keys of error trackers, made like an address."""
    return ("tracker_key", None) if _KEY.match(cell) or _TRACKER.search(cell) else None
