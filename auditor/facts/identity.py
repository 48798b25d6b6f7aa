"""Names as keys: folded letters for comparing, one key per person; unknown stays null."""

import re
import unicodedata

import polars as pl

from auditor.stage import Context, Fact

# letters that NFKD does not take apart
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n",
    "ĸ": "k", "ŧ": "t", "ĳ": "ij", "ſ": "s", "ə": "e",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
# German umlauts have a second spelling in addresses: Müller -> mueller
_SECOND = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
# Cyrillic and Greek as passports write them (ICAO Doc 9303, ELOT 743), enough to compare with a local part
_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфъыэіїєґўј",
        "a b v g d e z i i k l m n o p r s t u f  y e i i ie g u j".split(" "),
        strict=True,
    )
) | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ё": "e"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "a v g d e z i i k l m n x o p r s t y f o".split(" "), strict=True)) | {
    "θ": "th", "χ": "ch", "ψ": "ps", "ς": "s",
}  # fmt: skip
_SCRIPTS = str.maketrans(_CYRILLIC | _GREEK)


def fold(text: str) -> str:
    """`text` in lower-case a-z with single spaces: accents dropped, Cyrillic and Greek transliterated."""
    lower = unicodedata.normalize("NFC", text).lower().translate(_TABLE).translate(_SCRIPTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+", plain.translate(_SCRIPTS)))


def fold_second(text: str) -> str:
    """The other spelling of Germanic vowels (ue, oe, ae, aa), equal to `fold` where there is none."""
    return fold(unicodedata.normalize("NFC", text).lower().translate(_SECOND))


def letters(column: pl.Series) -> pl.Series:
    """`fold` without spaces, vectorised for ASCII cells; null where no letter is left."""
    plain = column.str.to_lowercase().str.replace_all("[^a-z]+", "")
    odd = column.str.contains(r"[^\x00-\x7f]").fill_null(False).arg_true()
    if len(odd):
        distinct = column.gather(odd).unique()
        # a loop over distinct non-ASCII names; polars cannot transliterate
        folded = {name: fold(name).replace(" ", "") for name in distinct.to_list()}
        plain = plain.scatter(odd, pl.Series([folded[n] for n in column.gather(odd).to_list()], dtype=pl.String))
    return plain.set(plain.str.len_bytes() == 0, None)


def _people(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    first, last = letters(frame["first_name"]), letters(frame["last_name"])
    full = letters(frame["full_name"].set((first.is_not_null() & last.is_not_null()), None))
    names = pl.DataFrame({"first_letters": first, "last_letters": last, "full": full})
    firm = letters(frame["company"])
    names = names.with_columns(firm=firm)
    both = pl.concat_str("first_letters", pl.lit(" "), "last_letters", pl.lit("\n"), "firm")
    whole = pl.concat_str("full", pl.lit("\n"), "firm")
    keys = names.select(person=pl.coalesce(both, whole))["person"]
    return names.select("first_letters", "last_letters").with_columns(
        person_key=pl.when(keys.is_not_null()).then(keys.hash())
    )


FACTS = (
    Fact(
        name="people",
        reads=("first_name", "last_name", "full_name", "company"),
        adds={"first_letters": pl.String(), "last_letters": pl.String(), "person_key": pl.UInt64()},
        apply=_people,
        doc="Folded name columns and one key per person: names and company without case, accents, punctuation.",
    ),
)
