"""Names as keys: folded letters for comparing, one key per person; unknown stays null."""

import re
import unicodedata
from functools import cache

import polars as pl

from auditor.stage import Context, Fact, Memo, by_value

# letters that NFKD does not take apart; Cyrillic as passports write it (ICAO Doc 9303), Greek by ELOT 743: enough to
# compare a name with a local part
_LETTERS: dict[str, str] = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n",
    "ŧ": "t", "ə": "e", "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "є": "ie", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ђ": "dj",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_TABLE = {ord(letter): plain for letter, plain in _LETTERS.items()}
# Germanic vowels have a second spelling in addresses: Müller -> mueller
_MARKS = dict.fromkeys(range(768, 880))
_SECOND = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
# given names met in this process
_memo: Memo = {}


def fold(text: str) -> str:
    """`text` in lower-case a-z with single spaces: accents dropped, Cyrillic and Greek transliterated."""
    return " ".join(
        re.findall(r"[a-z]+", unicodedata.normalize("NFKD", text.lower()).translate(_TABLE).translate(_MARKS))
    )


def fold_second(text: str) -> str:
    """The other spelling of Germanic vowels (ue, oe, ae, aa), equal to `fold` where there is none."""
    return fold(unicodedata.normalize("NFC", text).lower().translate(_SECOND))


@cache
def _composed() -> dict[str, str]:
    """Accented Latin letters as they fold: cheaper than taking every name apart."""
    letters = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    return {letter: fold(letter) for letter in letters if letter == letter.lower() and fold(letter)}


def letters(column: pl.Series) -> pl.Series:
    """`fold` without spaces, vectorised; null where no letter is left."""
    if column.null_count() == len(column):
        return column
    lower = column.str.to_lowercase()
    odd = column.to_frame("name").select(pl.arg_where(~pl.col("name").str.contains("^[A-Za-z]+$"))).to_series()
    return lower.scatter(odd, _folded(lower.gather(odd))) if len(odd) else lower


def _folded(lower: pl.Series) -> pl.Series:
    odd = _beyond_ascii(lower)
    lower = lower.scatter(odd, _spelt(lower.gather(odd), _composed()))
    rest = _beyond_ascii(lower)
    lower = lower.scatter(rest, _spelt(lower.gather(rest).str.normalize("NFKD"), _LETTERS))
    lower = lower.str.replace_all("[^a-z]+", "")
    return lower.set(lower.str.len_bytes() == 0, None)


def _beyond_ascii(column: pl.Series) -> pl.Series:
    return (column.str.len_bytes() != column.str.len_chars()).fill_null(False).arg_true()


def _spelt(column: pl.Series, table: dict[str, str]) -> pl.Series:
    # the table is compiled by every call: not for nothing
    return column.to_frame("text").select(pl.col("text").str.replace_many(table)).to_series() if len(column) else column


def _folded_names(names: list[str]) -> list[tuple[object, ...]]:
    return [(name,) for name in letters(pl.Series(names, dtype=pl.String)).to_list()]


def _people(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # given names repeat, family names hardly do
    given = by_value(frame["first_name"], {"first": pl.String()}, _folded_names, _memo)
    first, last = given["first"], letters(frame["last_name"])
    whole = frame["full_name"]
    if whole.null_count() < len(whole):
        whole = letters(whole.set(first.is_not_null() & last.is_not_null(), None))
    named = pl.DataFrame({"first_letters": first, "last_letters": last, "whole": whole, "company": frame["company"]})
    return named.select("first_letters", "last_letters", person_key=_person())


def _person() -> pl.Expr:
    # names alone are no person: two people of one name work in two firms
    first, last, whole = (pl.col(name) for name in ("first_letters", "last_letters", "whole"))
    firm = pl.col("company").str.to_lowercase()
    both = first.is_not_null() & last.is_not_null()
    name = pl.when(both).then(first.hash(seed=1) ^ last.hash(seed=4)).when(whole.is_not_null()).then(whole.hash(seed=1))
    return pl.when(pl.col("company").is_not_null()).then(name.otherwise(None) ^ firm.hash(seed=2))


FACTS = (
    Fact(
        name="people",
        reads=("first_name", "last_name", "full_name", "company"),
        adds={"first_letters": pl.String(), "last_letters": pl.String(), "person_key": pl.UInt64()},
        apply=_people,
        doc="Folded name columns and one key per person: names and company without case, accents, punctuation.",
    ),
)
