"""Letters of other scripts that look like Latin ones (Unicode TR39, the part met in addresses)."""

import unicodedata

_PAIRS = {
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h",
    "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "у": "y", "ѵ": "v", "ԝ": "w", "х": "x", "ѐ": "e", "ё": "e",
    "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "І": "I", "К": "K", "М": "M", "О": "O", "Р": "P", "Ѕ": "S",
    "Т": "T", "Х": "X", "У": "Y", "ο": "o", "α": "a", "ρ": "p", "ν": "v", "ι": "i", "κ": "k", "υ": "u", "χ": "x",
    "ε": "e", "τ": "t", "η": "n", "Α": "A", "Β": "B", "Ε": "E", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "Ζ": "Z", "ı": "i", "ɡ": "g", "ɑ": "a", "＠": "@", "﹫": "@",
    "Ј": "J", "Ԁ": "D", "Һ": "H", "Ԛ": "Q", "Ԝ": "W", "Ѵ": "V", "ӏ": "l", "Ӏ": "I", "г": "r", "ԍ": "g", "ո": "n",
    "ⓐ": "@", "օ": "o", "ս": "u", "հ": "h", "ց": "g", "զ": "q", "ϲ": "c", "Ϲ": "C", "ϳ": "j", "Ϳ": "J", "γ": "y",
    "σ": "o", "ω": "w", "ᴏ": "o", "ᴠ": "v", "ᴡ": "w", "ꜱ": "s", "ʏ": "y", "ɩ": "i", "ⅼ": "l", "ⅽ": "c", "ⅾ": "d",
    "ⅿ": "m", "ⅰ": "i", "ⅴ": "v", "ⅹ": "x", "℮": "e",
    "．": ".", "。": ".", "․": ".", "‐": "-", "‑": "-", "–": "-",
}  # fmt: skip
_TABLE = str.maketrans(_PAIRS)


def latin(text: str) -> str | None:
    """`text` in Latin letters when Latin and look-alike letters are mixed in it; null otherwise."""
    wide = "".join(unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" else c for c in text)
    plain = wide.translate(_TABLE)
    if plain == text or not plain.isascii() or not _latin_letter(text.rpartition(".")[0]):
        return None
    # a whole local part in Greek or Cyrillic is a name of its own, not a disguise
    local, _, domain = text.rpartition("@")
    return plain if _latin_letter(local) or not domain.isascii() else None


def _latin_letter(text: str) -> bool:
    return any(c.isascii() and c.isalpha() for c in text)
