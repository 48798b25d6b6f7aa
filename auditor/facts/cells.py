"""What is wrong with cells as such: formulas, hidden characters, damaged text, numbers a spreadsheet destroyed.

One regex over the record's text picks the few records that deserve a closer look; only their cells are judged.
"""

from collections.abc import Callable

import polars as pl

from auditor.stage import Context, Dtypes, Fact

Test = Callable[[pl.Expr], pl.Expr]

# what may stand before a formula sign without disarming it: blanks, controls, zero-width signs, a quote sign
_LEAD = r"[\s\x00-\x20\x7f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
_SIGN = r"[=+\-@\u02d7\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]"
_EQUALS = r"[=\uff1d\ufe66]"
# a function call, a DDE link, a reference to another file, a bare cell reference after a sign
_CALL = r"[\p{L}_][\p{L}\p{N}_.]*\("
_DDE = r"[\p{L}\p{N}_]\s*\|.*!"
_REFERENCE = rf"^{_LEAD}{_SIGN}+\s*(?:\$?[A-Z]{{1,3}}\$?[0-9]{{1,7}}\b|'[^']*'!|\[)"
# spreadsheet armour around plain text: it evaluates to that text and nothing else
_ARMOUR = r'^\s*="[^"]*"\s*$'
_HANDLE = r"^\s*@[\p{L}\p{N}_.]+\s*$"
_HANDLE_LENGTH = 40
_ONLY_SIGNS = rf"^{_LEAD}[=+\-–—>)( ]*$"

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f]"
BIDI = r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
# U+200C and U+200D are letters' business in Persian, Hindi and emoji: only beside Latin letters and signs
INVISIBLE = (
    r"[\u00ad\u200b\u2060-\u2064\ufeff\u180e\U000e0000-\U000e007f]"
    r"|[A-Za-z0-9@._\-][\u200c\u200d]|[\u200c\u200d][A-Za-z0-9@._\-]"
)
# UTF-8 read as a Western code page, Mac and DOS pages read as each other, replacement characters
MOJIBAKE = (
    r"Ã[\u0080-\u00bf©¨ªŠ«¢¤§¹»´®¯¶¼‰€‡œŸ“”šž¡±²³]|â€[\u0090-\u009d™œ“”˜¦\u0098-\u00a6]|Â[\u00a0«»°©®€]"
    r"|[Ð][\u0080-\u00bf°±²³´µ¶·¸¹º»¼½¾¿]|\p{Ll}[ŽŠÈÍÌÏ‚‡ˆ‰]\p{Ll}"
)
# a question mark inside a word, in a cell that holds nothing but words: no URL, no sentence
REPLACED = r"\ufffd|^[\p{L}' ?\-]*\p{L}\?\p{Ll}[\p{L}' ?\-]*$"
DESTROYED = r"^\s*[+\-]?[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}\s*$"
SPREADSHEET_ERROR = (
    r"^\s*#(?:REF|VALUE|VALEUR|NAME|NOM|DIV/0|NULL|NUL|NUM|NOMBRE|WERT|BEZUG|ZAHL|CALC|SPILL)[!?]?\s*$|^#{4,}$"
)

_SUSPECT = (
    rf'(?:^|[,;\t|^:"\'\n\r\u200b\ufeff\u00a0 ])[\s\u200b\ufeff\u00a0]*'
    rf"[=@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
    # a bracket calls nothing unless a sign that may begin a cell, after whatever delimiter, stands before it
    rf"|(?:^|[^0-9A-Za-z])(?:{_EQUALS}|{_SIGN}(?s:.*)[^\s(]\()|[^\s|]\s*\||{_SIGN}\s*(?:\$?[A-Z]{{1,3}}\$?[0-9]|['\[])"
    rf"|{CONTROL}|{BIDI}|[\u00ad\u200b-\u200d\u2060-\u2064\ufeff\u180e\U000e0000-\U000e007f]"
    rf"|Ã|â€|Â[^a-zâàéèêîôûç]|Ð|\ufffd|\p{{Ll}}[ŽŠÈÍÌÏ‚‡ˆ‰?]\p{{Ll}}|[0-9][eE]\+?[0-9]|#[A-Z#]"
)

_ADDS: Dtypes = {"unsafe_cell": pl.String(), "hidden_characters": pl.String(), "cell_damage": pl.String()}


def neutralise(cells: pl.Expr) -> pl.Expr:
    """`cells` with an apostrophe before a dangerous first sign; phones, numbers and dashes stay as they are.

    Reversible: the apostrophe is the first character and nothing else changes.
    """
    return pl.when(is_formula(cells)).then(pl.concat_str(pl.lit("'"), cells)).otherwise(cells)


def is_formula(cells: pl.Expr) -> pl.Expr:
    """Whether a spreadsheet would evaluate the cell; null cells are null."""
    signed = cells.str.contains(rf"^{_LEAD}{_SIGN}")
    active = cells.str.contains(rf"^{_LEAD}{_EQUALS}") | _is_active(cells) | cells.str.contains(_REFERENCE)
    # the length stands apart: counted in the pattern, it costs thirty times as much to compile
    handle = cells.str.contains(_HANDLE) & (cells.str.strip_chars().str.len_chars() <= _HANDLE_LENGTH + 1)
    harmless = cells.str.contains(rf"{_ARMOUR}|{_ONLY_SIGNS}") & ~cells.str.contains(rf'^\s*="{_LEAD}{_EQUALS}')
    return signed & active & ~(harmless | handle)


def _is_active(cells: pl.Expr) -> pl.Expr:
    return cells.str.contains(rf"(?s){_CALL}|{_DDE}")


def _inner(cells: pl.Expr) -> pl.Expr:
    """A formula that begins after a delimiter inside the cell: it runs when the file is opened with that delimiter."""
    return cells.str.contains(rf"(?s)[,;\t|\r\n]\s*[\"']?{_SIGN}[^,;\t|]*(?:{_CALL}|{_DDE})")


def _holds(pattern: str) -> Test:
    return lambda cells: cells.str.contains(pattern)


# for each fact: its codes, gravest first
_TESTS: dict[str, tuple[tuple[str, Test], ...]] = {
    "unsafe_cell": (("formula", is_formula), ("inner_formula", _inner)),
    "hidden_characters": (("bidi", _holds(BIDI)), ("control", _holds(CONTROL)), ("invisible", _holds(INVISIBLE))),
    "cell_damage": (
        ("mojibake", _holds(MOJIBAKE)),
        ("replaced", _holds(REPLACED)),
        ("number_destroyed", _holds(DESTROYED)),
        ("spreadsheet_error", _holds(SPREADSHEET_ERROR)),
    ),
}


def _judge(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    answer = {name: pl.Series([None], dtype=d).new_from_index(0, frame.height) for name, d in _ADDS.items()}
    rows = frame["raw"].str.contains(_SUSPECT).fill_null(False).arg_true()
    if not len(rows) or not context.cells:
        return pl.DataFrame(answer)
    # one long column, screened again: a test per cell column would cost more than the cells
    few = pl.concat([frame[name].gather(rows) for name in context.cells]).alias("cell")
    places = few.str.contains(_SUSPECT).fill_null(False).arg_true()
    cells, owners = few.gather(places).to_frame(), rows.gather(places % len(rows))
    hits = cells.select(test(pl.col("cell")).alias(code) for tests in _TESTS.values() for code, test in tests)
    for name, tests in _TESTS.items():
        for code, _ in reversed(tests):
            found = owners.filter(hits[code].fill_null(False))
            answer[name] = answer[name].scatter(found, code) if len(found) else answer[name]
    return pl.DataFrame(answer)


FACTS = (
    Fact(
        name="cells",
        reads=("raw",),
        adds=_ADDS,
        apply=_judge,
        cells=True,
        doc="Formulas, hidden characters and damaged text in any cell of the row.",
    ),
)
