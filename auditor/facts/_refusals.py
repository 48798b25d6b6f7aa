"""Words by which a note says that the person refused to be contacted, in five languages."""

import re
from functools import cache

import polars as pl

from auditor import resources
from auditor.facts._remarks import folded

# one of these pieces, without accents, is in every refusal; notes without any are not looked at again
_HINTS = [
    "abgemeldet", "akquise", "angeschrieben", "anrufen", "anschreiben", "approach", "baja", "basta", "cancell",
    "chiamare", "contact", "contatt", "correo", "courriel", "deleted", "demarch", "desabo", "desinscri", "disiscri",
    "disturbare", "dsgvo", "ecrire", "enviar", "escrib", "gdpr", "inviare", "kontakt", "llamar", "mail", "market",
    "molestar", "newsletter", "objected", "opone", "oposi", "oppos", "opt out", "opt-out", "opted", "optout",
    "plus aucun", "plus de", "prospec", "pubblicit", "publicidad", "rappeler", "receive", "recevoir", "recibir",
    "refus", "relancer", "remove", "retire", "revocat", "rgpd", "ricevere", "scriver", "sollicit", "stop",
    "suppression", "supprim", "unsub", "werbung", "widerruf", "widerspr", "write",
]  # fmt: skip
# a refusal that speaks of calls alone leaves e-mail open
_CALLS = re.compile(
    r"\b(?:by phone|par t[ée]l[ée]phone|au t[ée]l[ée]phone|telefonisch|por tel[ée]fono|per telefono|r?appeler|anrufen|"
    r"angerufen|llamar|chiamare)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:do not|don|never|must|ne|nicht|nie|no|non)\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\bne\s+(?:plus|pas)\s", re.IGNORECASE)
_MAILS = re.compile(r"\b(?:e-?mails?|mails?|courriels?|correos?|contact\w*|kontakt\w*|contatt\w*)\b", re.IGNORECASE)


@cache
def _wordings() -> re.Pattern[str]:
    lines = (resources.data() / "notes" / "refusals.txt").read_text("utf-8").splitlines()
    parts = [line for line in lines if line and not line.startswith("# ")]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


def refuses(note: str) -> bool:
    """Whether a note says that the person refused messages; a refusal of calls alone is none."""
    found = _wordings().search(note)
    if not found:
        return False
    # a wish is judged by what it says no to: "demande par téléphone à ne plus être contacté"
    wish = _NO_MORE.search(found.group())
    around = note[found.start() + (wish.start() if wish else 0) : found.end() + 24]
    return not (_NOT.match(around) and _CALLS.search(around) and not _MAILS.search(around))


def objections(notes: pl.Series) -> pl.Series:
    """Which notes state a refusal; judged once per distinct note that holds one of the hints."""
    answer = pl.repeat(False, len(notes), eager=True)
    if notes.null_count() == len(notes):
        return answer
    rows = folded(notes).str.contains_any(_HINTS).fill_null(False).arg_true()
    if not len(rows):
        return answer
    some = notes.gather(rows)
    refused = [note for note in some.unique().to_list() if refuses(note)]
    return answer.scatter(rows, some.is_in(pl.Series(refused, dtype=pl.String).implode()))
