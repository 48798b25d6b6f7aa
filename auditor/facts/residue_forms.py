"""The residue grammar: one recogniser per trace, each with the address that remains without it."""

import re

from auditor.facts.residue_glued import (
    digits_after,
    label_glued,
    link_after,
    phone_glued,
    reserved_name,
    spam_word,
    word_after,
)
from auditor.facts.residue_text import Explained, Form, Names, well_formed
from auditor.facts.residue_traces import (
    backslash_escape,
    entity,
    file_name,
    hex_escape,
    mailto,
    masked,
    obfuscation_text,
    percent_escape,
    tracker_key,
    unicode_escape,
    weak_escape,
)
from auditor.facts.residue_writing import (
    ats,
    bare_pair,
    display_name,
    doubled,
    edge_punctuation,
    inside,
    mixed_script,
    several,
    spaces,
    spelled_out,
    twice,
    wrapping,
)

# zero-width, bidirectional and other invisible characters, and spaces that are no plain space
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


def hidden(cell: str, names: Names) -> Explained | None:
    """Invisible or bidirectional characters."""
    if not _HIDDEN.search(cell):
        return None
    shown = _HIDDEN.sub("", cell)
    again = next((f for _, form in (*BEFORE[1:], *BROKEN) if "@" in shown and (f := form(shown, names)) and f[1]), None)
    return "hidden_character", well_formed(shown) or (again[1] if again else None)


_DOMAIN_AHEAD = r"@.*\."
# a domain, and what brackets, quotes or marks around an address begin or end with
_EDGE = r"(?s)^[^0-9A-Za-z].*@.*\.|@.*\..*[^0-9A-Za-z]$"
# an at-word and no @, or a bracketed or spoken mark beside one
_SPELLED = (
    r"(?i)^[^@]*(?:at|ät|ad|chez|arr?oba|chiocciola|staart|ma[lł]pa|klammeraffe|bei|à)[^@]*$"
    r"|[\[({<_*-]\s*(?:@|at|ät|ad|chez|arr?oba|chiocc|a[ap]en?staart|ma[lł]pa|klammer|bei|à|a|dot|p[ou]n[kt]t?o?|kropka|pt|\.)"
    r"|\s(?:dot|point|punkt|punto|ponto|punt|kropka)\s"
)
# (what a cell must show before a form is tried, form), in the order in which they are believed
BEFORE: tuple[tuple[str, Form], ...] = (
    (_HIDDEN.pattern, hidden),
    (r"(?i)^(?:[{\[]|%7b)?[0-9a-f]{8}|sentry|wixpress|bugsnag|rollbar|amazonses|mandrill|mailgun|sparkpost|mcsv|rsgsv",
     tracker_key),
    (r"[^\x00-\x7f]", mixed_script),
    (r"(?i)^[^@]*$|prot|gesch|javascript|show|affich|voir|click|cliq|anzeig|mostr|toon|poka|reveal|unlock|hidden|masqu|beveil"
     r"|chroni|access|spam", obfuscation_text),
    (r"&[#A-Za-z]", entity),
    (r"[uU]00[2-7aA]", unicode_escape),
    (r"^\\?[xX][23]", hex_escape),
    (r"^\\|\\(?:.|[xX]..)$", backslash_escape),
    (r"%[0-9a-fA-F]{2}", percent_escape),
    (r"(?i)mail\s?to", mailto),
    (r"(?i)@[0-9.]*[0-9]|@[~^v]|\.(?:[a-z]{2,4}[0-9]?|scss|woff2?|html?)$|^[^@]*@[a-z-]+(?:[\s{(\"';]|$)", file_name),
    (r"\*|[•…●]|[xX]{3}|\.{3}|#{3}|_{4}|\?{2}", masked),
    (r"^=?(?:25)?(?:20|3[ACDE]|2F|22|27|40|0[AD])", weak_escape),
    (r"(?i)spam|remove|delete|enleve|supprim|retire|efface|entfern|loesch|quita|borra|elimina|togli|rimuov"
     r"|verwijder|apaga|usun|depub|sanspub", spam_word),
    (r"(?i)^[+0-9(]|^[a-zéó]{1,9}[ .:]*[+(]*[0-9]", phone_glued),
    (r"(?i)^(?:e-?mail|mail|courriel|m[eé]l|adresse|[ck]onta|correo|posta|e-post|t[eé]l|[0-9]{4,5} ?[a-z])",
     label_glued),
)  # fmt: skip
BROKEN: tuple[tuple[str, Form], ...] = (
    (r"(?s)<.*@|@.*\(", display_name),
    (r"@.*@", twice),
    (r"@.*@", several),
    (r"@.*@", ats),
    (_SPELLED, spelled_out),
    (_EDGE, wrapping),
    (r"(?i)\.(?:test|invalid|local|localhost|onion|arpa)$|@localhost$", reserved_name),
    (r"^[^@\s]+@[^@\s.]+$", bare_pair),
    (r"(?i)@.*(?:http|www)", link_after),
    (_DOMAIN_AHEAD, digits_after),
    (r"@.*[.,;\s]", doubled),
    (r"\s", spaces),
    (_DOMAIN_AHEAD, inside),
)  # fmt: skip
AFTER: tuple[tuple[str, Form], ...] = (
    (r"^[^\w\x00-\x7f]|[^\w\x00-\x7f]$", wrapping),
    (r"(?i)@.*(?:http|www)", link_after),
    (r"@.*\.[A-Z][A-Za-z]+$|\.(?:com|net|org)\.[a-z]+$", word_after),
    (r"^[^A-Za-z0-9]|[^A-Za-z0-9]@", edge_punctuation),
    (r"[\[({<_*-]\s*(?i:at|chez|@)", spelled_out),
)
