"""The normal form of an address, its variants, and sets of 64-bit keys of either; for suppression only.

Normal form, version 1: NFC, trimmed, no `mailto:`, quotes or angle brackets, lower case, domain as A-labels.
Variants: `+tag` dropped, for Gmail also dots, googlemail.com is gmail.com. RFC 5321 lets local parts differ by case
and tag; ignoring that errs toward suppressing.
"""

import unicodedata
from contextlib import suppress

import polars as pl

NORMALISATION = 1
_GMAIL = r"@g(?:oogle)?mail\.com$"


def fold(text: str) -> str:
    """The normal form of one address, or of one domain written with a leading @."""
    plain = unicodedata.normalize("NFC", text).strip().strip("<>\"'").strip()
    if plain.lower().startswith("mailto:"):
        plain = plain[len("mailto:") :].partition("?")[0]
    local, at, domain = plain.lower().rpartition("@")
    domain = domain.rstrip(".")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return unicodedata.normalize("NFC", local) + at + domain


def spread(text: str) -> str:
    """The normal form without what makes no difference to the mailbox: tag, Gmail dots, googlemail.com."""
    local, at, domain = fold(text).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return local + at + domain


def folded(cells: pl.Series) -> pl.Series:
    """`fold` over a column: vectorised for plain ASCII, cell by cell for the rest."""
    plain = cells.str.strip_chars(" \t\r\n<>\"'").str.to_lowercase()
    odd = plain.str.contains(r"[^\x00-\x7f]|^mailto:|\.$").fill_null(False).arg_true()
    if len(odd):
        # a loop over the few cells that polars cannot bring to A-labels
        plain = plain.scatter(odd, pl.Series([fold(cell) for cell in cells.gather(odd).to_list()], dtype=pl.String))
    return plain


def spreaded(plain: pl.Series) -> pl.Series:
    """`spread` over a column already in normal form; only tagged and Gmail addresses change."""
    varies = plain.str.contains(r"\+|" + _GMAIL).fill_null(False).arg_true()
    if not len(varies):
        return plain
    # scatter writes in place
    return plain.clone().scatter(
        varies, pl.Series([spread(cell) for cell in plain.gather(varies).to_list()], dtype=pl.String)
    )


class Keys:
    """A set of 64-bit keys that many batches are compared with; built once, read only."""

    # above this many keys a bit table of their low bits answers most rows before the search
    SMALL = 20_000
    BITS = 25

    def __init__(self, keys: pl.Series) -> None:
        self.sorted = keys.drop_nulls().cast(pl.UInt64).unique().sort()
        self.table: pl.Series | None = None
        if len(self.sorted) > self.SMALL:
            low = (self.sorted & ((1 << self.BITS) - 1)).cast(pl.UInt32)
            self.table = pl.repeat(False, 1 << self.BITS, eager=True).scatter(low, True)

    def __len__(self) -> int:
        return len(self.sorted)

    def have(self, keys: pl.Series) -> pl.Series:
        """Which of `keys` belong to the set; null belongs to none."""
        if not len(self.sorted):
            return pl.repeat(False, len(keys), eager=True)
        if self.table is None:
            return keys.is_in(self.sorted.implode()).fill_null(False)
        maybe = self.table.gather((keys.fill_null(0) & ((1 << self.BITS) - 1)).cast(pl.UInt32))
        rows = (maybe & keys.is_not_null()).arg_true()
        found = keys.gather(rows)
        at = self.sorted.search_sorted(found, side="left").clip(0, len(self.sorted) - 1)
        sure = rows.filter(self.sorted.gather(at) == found)
        answer = pl.repeat(False, len(keys), eager=True)
        return answer.scatter(sure, True) if len(sure) else answer


def heads(digests: pl.Series) -> pl.Series:
    """The first 64 bits of binary digests as keys."""
    return digests.bin.slice(0, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big")


def heads_of_hex(digests: pl.Series) -> pl.Series:
    """`heads` of digests written in hexadecimal; null where the first 16 characters are no such number."""
    return digests.str.head(16).str.to_integer(base=16, dtype=pl.UInt64, strict=False)
