"""Columns that only their cells explain: addresses where no header names any, and states of consent."""

import polars as pl

from auditor.intake import flags
from auditor.intake.formats import GENERIC, FormatColumn, fold
from auditor.intake.headers import Claim
from auditor.intake.mapping import cell

# share of filled sample cells that must look like addresses or dates before a header is guessed to mean them
SHARE = 0.8
# a column of states has few of them
MAX_STATES = 12
CONSENT_WORDS = (
    flags.REFUSED | flags.ALLOWED | {"bounced", "cleaned", "pending", "unconfirmed", "active", "inactive", "unknown"}
)
_NO_CELLS = pl.Series(dtype=pl.String)
# what the cells of a guessed column must hold
_PROOFS = {"email": "@", "phone": "[0-9]", "mobile": "[0-9]", "postcode": "[0-9]", "consent_ip": "[0-9]"}


def _filled(sample: pl.DataFrame, index: int) -> pl.Series:
    """The filled sample cells of one input column."""
    cells = sample.get_column(cell(index), default=_NO_CELLS).drop_nulls().str.strip_chars()
    return cells.filter(cells != "")


def _email_by_values(claims: list[Claim | None], sample: pl.DataFrame) -> int | None:
    """Index of the first column, unknown or taken for a name, whose sample cells are mostly addresses."""
    for index, claim in enumerate(claims):
        if claim is not None and (claim.by != GENERIC or claim.column.to != "full_name"):
            continue
        cells = _filled(sample, index)
        if cells.len() and cells.str.contains("@", literal=True).sum() >= SHARE * cells.len():
            return index
    return None


def _says_consent(sample: pl.DataFrame, index: int) -> bool:
    """Whether cells under an unknown header ("Status") say nothing but who may be written to and who may not."""
    # one cell settles the question for most of thousands of columns
    first = sample.get_column(cell(index), default=_NO_CELLS).drop_nulls().head(1).to_list()
    if not first or (first[0].strip() and fold(first[0]) not in CONSENT_WORDS):
        return False
    cells = _filled(sample, index)
    words = cells.unique()
    if not 0 < words.len() <= MAX_STATES:
        return False
    folded = {fold(word) for word in words.to_list()}
    return folded <= CONSENT_WORDS and not folded.isdisjoint(flags.REFUSED | flags.ALLOWED)


def doubt(claims: list[Claim | None], sample: pl.DataFrame) -> None:
    """Takes back what was guessed from the words of a header where the cells say otherwise."""
    for index, claim in enumerate(claims):
        if claim is None or claim.column.hint is None:
            continue
        proof = _PROOFS.get(claim.column.to or "", r"[0-9]" if claim.dated else "")
        cells = _filled(sample, index)
        if proof and cells.len() and cells.str.contains(proof).sum() < SHARE * cells.len():
            claims[index] = None


def explain(header: tuple[str, ...], claims: list[Claim | None], sample: pl.DataFrame) -> None:
    """Fills `claims` where the sample's cells speak and no header did."""
    found: dict[int, str] = {}
    if not any(claim and claim.column.to == "email" for claim in claims):
        index = _email_by_values(claims, sample)
        found |= {} if index is None else {index: "email"}
    for index, claim in enumerate(claims):
        if claim is None and index not in found and _says_consent(sample, index):
            found[index] = "consent_status"
    for index, name in found.items():
        column = FormatColumn(to=name, headers={"any": (header[index] or "?",)}, status="unverified")
        claims[index] = Claim(column, "values", "any")
