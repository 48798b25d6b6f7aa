"""Cells of a recognised list onto the canonical columns: trimmed, empties made null, flags read in five languages.

Nothing is guessed per row: dates and counts stay text here (`<name>_text`) until the whole list has been seen.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from auditor import columns
from auditor.columns import Kind
from auditor.intake.formats import fold
from auditor.intake.mapping import ColumnUse, Mapping
from auditor.normalise import flags
from auditor.settings import ListFacts, Settings

# cells that mean "nothing" in exports of five languages (folded); `?` is a vague answer, not an empty one
EMPTY = frozenset(
    {
        "-", "--", "---", "–", "—", ".", "n/a", "#n/a", "#na", "n/d", "n.d.", "nd", "null", "(null)", "[null]", "nil",
        "none", "(none)", "nan", "k.a.", "k. a.", "nc", "n.c.", "s/o", "#ref!", "#value!", "#name?", "#valeur!",
        "#nom?", "(blank)", "(empty)", "(vide)", "undefined", "sin datos", "0000-00-00", "0000-00-00 00:00:00",
        "non renseigné", "non renseigne", "not specified", "no data", "keine angabe", "<na>",
    }
)  # fmt: skip
# the family name Null and the given name Nan exist: in name columns only signs are empty
EMPTY_NAME = frozenset({"-", "--", "---", "–", "—", ".", "n/a", "#n/a", "#ref!", "#value!", "(null)", "k.a."})
_NAMES = frozenset({"first_name", "last_name", "full_name"})
# canonical columns that keep every filled input column, joined; the others keep the first filled one
_JOINED = {"notes": " | ", "tags": ";", "source_detail": " | ", "list_name": ";"}
# between two addresses of one cell
_EMAIL_GLUE = r"@[^@]*[;,|/\s][^@]*@"
_DATE = re.compile(r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4})(?:[ T].*)?")
_SHORTEST_DATE = len("1/1/24")
# an objection that covers more stands for the ones that cover less
_SCOPES = ("processing", "all", "email", "post", "sms", "phone")
_COVERS_EMAIL = frozenset({"processing", "all", "email", None})
# [list] keys whose canonical column has another name
_DECLARED_AS = {"event": "source_detail"}
_NOT_PROVENANCE = frozenset({"declared_by", "country"})


def _variants(words: Iterable[str]) -> list[str]:
    """The spellings of `words` found in files: a list test on the raw cell is cheaper than folding every cell."""
    return sorted({form for word in words for form in (word, word.upper(), word.title(), word.capitalize(), "k.A.")})


_EMPTY_CELLS = _variants(EMPTY)
_EMPTY_NAMES = _variants(EMPTY_NAME)


def trim(cells: pl.Series, name: str = "") -> pl.Series:
    """Cells without outer blanks and spreadsheet armour; null where nothing is said."""
    text = cells.str.strip_chars()
    if text.str.starts_with("=").any() or text.str.starts_with("'").any():
        text = _unarmour(text)
    void = text.is_in(_EMPTY_NAMES if name in _NAMES else _EMPTY_CELLS) | (text == "")
    return text.set(void.fill_null(False), None) if void.any() else text


def _unarmour(text: pl.Series) -> pl.Series:
    """`="+33…"` and `'+33…` as the spreadsheet showed them; a real formula stays as it is."""
    plain = text.str.replace(r'^="([^"]*)"$', "$1").str.replace(r"^'([+=@\-\d].*[^'])$", "$1")
    return plain.str.strip_chars()


def map_batch(frame: pl.DataFrame, mapping: Mapping, settings: Settings) -> pl.DataFrame:
    """The batch with every column of `columns.mapped_schema()`; RECORD and cell columns stay."""
    parts: dict[str, pl.Series] = {}
    for canonical in columns.CANONICAL:
        uses = mapping.uses(canonical.name)
        if uses and canonical.name not in ("email", "opt_out", "source"):
            _READERS[canonical.kind](parts, frame, canonical.name, uses)
    _emails(parts, frame, mapping.uses("email"))
    _sources(parts, frame, mapping.uses("source"))
    _objections(parts, frame, mapping.uses("opt_out"))
    _consent_dates(parts)
    for name, value in mapping.defaults.items():
        _fill(parts, frame.height, name, value)
    _declare(parts, frame.height, settings.declared)
    schema = columns.mapped_schema()
    blank = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in parts]
    order = [*frame.columns, *schema]
    return frame.with_columns([series.alias(name) for name, series in parts.items()]).with_columns(blank).select(order)


def _cells(frame: pl.DataFrame, use: ColumnUse) -> pl.Series:
    text = trim(frame.get_column(use.cell), use.canonical or "")
    if use.values and not _is_flag(use):
        text = by_distinct(text, lambda cell: use.values.get(fold(cell), cell) or None, pl.String())
    return text


def _is_flag(use: ColumnUse) -> bool:
    return use.canonical is not None and columns.BY_NAME[use.canonical].kind is Kind.FLAG


def by_distinct(text: pl.Series, judge: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """`judge` of every cell, called once per distinct value."""
    distinct = text.drop_nulls().unique()
    answers = pl.Series([judge(cell) for cell in distinct.to_list()], dtype=dtype)
    return text.replace_strict(distinct, answers, default=None, return_dtype=dtype)


def _first(series: list[pl.Series]) -> pl.Series:
    result = series[0]
    for other in series[1:]:
        result = result.zip_with(result.is_not_null(), other)
    return result


def _read_text(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    filled = [_cells(frame, use) for use in uses]
    if name in _JOINED and len(filled) > 1:
        parts[name] = _join(filled, _JOINED[name])
    else:
        parts[name] = _first(filled)


def _join(filled: list[pl.Series], glue: str) -> pl.Series:
    table = pl.DataFrame([series.alias(f"s{i}") for i, series in enumerate(filled)])
    text = table.select(pl.concat_str(pl.all(), separator=glue, ignore_nulls=True)).to_series()
    return text.set(text == "", None)


def _read_late(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    parts[f"{name}_text"] = _first([_cells(frame, use) for use in uses])


def _read_flag(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    parts[name] = _any([_flag(frame, use).said for use in uses])


def _read_list(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    split = [_cells(frame, use).str.split(use.separator or ";") for use in uses]
    parts[name] = _first(split)


_READERS = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_late,
    Kind.TIME: _read_late,
    Kind.COUNT: _read_late,
    Kind.FLAG: _read_flag,
    Kind.LIST: _read_list,
}


@dataclass(frozen=True, slots=True)
class _Answers:
    """One flag column read: yes, no or unknown, and the dates that stand in it instead of a yes."""

    said: pl.Series
    dates: pl.Series | None


def _flag(frame: pl.DataFrame, use: ColumnUse) -> _Answers:
    """Tri-state reading of one column; a date in it means that it happened on that day."""
    text = trim(frame.get_column(use.cell))

    def judge(cell: str) -> bool | None:
        if _DATE.fullmatch(cell):
            return use.positive
        return flags.read(cell, objection=use.canonical == "opt_out", positive=use.positive, values=use.values)

    said = by_distinct(text, judge, pl.Boolean())
    # no yes or no of any language is as long as the shortest date
    if _longest(text) < _SHORTEST_DATE:
        return _Answers(said, None)
    dated = text.str.contains(f"^(?:{_DATE.pattern})$").fill_null(False)
    return _Answers(said, text.set(~dated, None) if dated.any() else None)


def _longest(text: pl.Series) -> int:
    longest = text.str.len_bytes().max()
    return longest if isinstance(longest, int) else 0


def _any(answers: list[pl.Series]) -> pl.Series:
    """True where one says true, else false where one says false, else unknown."""
    if len(answers) == 1:
        return answers[0]
    table = pl.DataFrame([answer.alias(f"o{i}") for i, answer in enumerate(answers)])
    known = pl.any_horizontal(pl.all().is_not_null())
    return table.select(pl.when(known).then(pl.any_horizontal(pl.all().fill_null(False)))).to_series()


def _emails(parts: dict[str, pl.Series], frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> None:
    """First filled e-mail column into `email`, all further addresses of the row into `email_others`."""
    if not uses:
        return
    texts = [trim(frame.get_column(use.cell)) for use in uses]
    labels = [use.label or "" for use in uses]
    if len(uses) == 1 and not _glued(texts[0]).any():
        parts["email"] = texts[0]
        if labels[0]:
            filled = pl.when(texts[0].is_not_null()).then(pl.lit(labels[0]))
            parts["email_label"] = frame.select(filled.alias("email_label")).to_series()
        return
    table = pl.DataFrame([_addresses(text).alias(f"a{i}") for i, text in enumerate(texts)]).with_columns(
        pl.lit(label).repeat_by(pl.col(f"a{i}").list.len()).alias(f"l{i}") for i, label in enumerate(labels)
    )
    both = table.select(
        pl.concat_list(pl.col(f"a{i}").fill_null([]) for i in range(len(uses))).alias("a"),
        pl.concat_list(pl.col(f"l{i}").fill_null([]) for i in range(len(uses))).alias("l"),
    )
    more = pl.col("a").list.len() > 1
    done = both.select(
        pl.col("a").list.first().alias("email"),
        pl.col("l").list.first().replace("", None).alias("email_label"),
        pl.when(more).then(pl.col("a").list.slice(1)).alias("email_others"),
        pl.when(more).then(pl.col("l").list.slice(1)).alias("email_other_labels"),
    )
    parts.update({name: done.get_column(name) for name in done.columns})


def _glued(text: pl.Series) -> pl.Series:
    """Which cells hold several addresses; the at-signs are counted first because the pattern costs more."""
    several = (text.str.count_matches("@", literal=True) > 1).fill_null(False)
    return several & text.str.contains(_EMAIL_GLUE).fill_null(False) if several.any() else several


def _addresses(text: pl.Series) -> pl.Series:
    """The addresses of each cell as a list: several only where separators stand between two at-signs."""
    glued = _glued(text)
    single = (
        text.to_frame("t").select(pl.when(pl.col("t").is_not_null()).then(pl.concat_list("t")).alias("t")).to_series()
    )
    if not glued.any():
        return single
    pieces = text.str.replace_all(r"[;,|/\s]+", ";").str.split(";")
    several = (
        pieces.to_frame("p")
        .select(pl.col("p").list.eval(pl.element().filter(pl.element().str.contains("@", literal=True))))
        .to_series()
    )
    return single.zip_with(~glued, several)


def _sources(parts: dict[str, pl.Series], frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> None:
    """First filled source column into `source`; what the others add goes before the stated detail."""
    if not uses:
        return
    filled = [_cells(frame, use) for use in uses]
    parts["source"] = _first(filled)
    if len(filled) == 1:
        return
    others = [text.set((text == parts["source"]).fill_null(False), None) for text in filled[1:]]
    details = [parts["source_detail"]] if "source_detail" in parts else []
    parts["source_detail"] = _join([*others, *details], _JOINED["source_detail"])


def _objections(parts: dict[str, pl.Series], frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> None:
    """`opt_out` over all its columns: a refusal anywhere wins, and its widest scope is kept.

    A "no" to calls or letters says nothing of e-mail: only columns that cover e-mail may answer false. A day of
    objection without any answer is an objection.
    """
    answers = [_flag(frame, use) for use in uses]
    for answer, use in zip(answers, uses, strict=True):
        if answer.dates is not None and use.positive:
            _keep(parts, "opted_out_on_text", answer.dates)
    if uses:
        said = [answer.said for answer in answers]
        _scope(parts, said, uses)
        result = _any(
            [text if use.scope in _COVERS_EMAIL else _only_true(text) for text, use in zip(said, uses, strict=True)]
        )
        parts["opt_out"] = result
    dated = parts.get("opted_out_on_text")
    if dated is not None:
        _keep(parts, "opt_out", _only_true(dated.is_not_null()))


def _only_true(answers: pl.Series) -> pl.Series:
    return answers.set(~answers.fill_null(False), None)


def _keep(parts: dict[str, pl.Series], name: str, more: pl.Series) -> None:
    """What is known of `name` stays; `more` fills its gaps."""
    known = parts.get(name)
    parts[name] = more if known is None else _first([known, more])


def _scope(parts: dict[str, pl.Series], answers: list[pl.Series], uses: tuple[ColumnUse, ...]) -> None:
    scoped = [(_SCOPES.index(use.scope), i, use.scope) for i, use in enumerate(uses) if use.scope]
    if scoped:
        table = pl.DataFrame([answer.alias(f"o{i}") for i, answer in enumerate(answers)])
        widest = [pl.when(pl.col(f"o{i}")).then(pl.lit(scope)) for _, i, scope in sorted(scoped)]
        _keep(parts, "opt_out_scope", table.select(pl.coalesce(widest).alias("scope")).to_series())


def _consent_dates(parts: dict[str, pl.Series]) -> None:
    """A date in a consent column is a consent given on that day; the day moves to `consent_at_text`."""
    status = parts.get("consent_status")
    if status is None or _longest(status) < _SHORTEST_DATE:
        return
    dated = status.str.contains(f"^(?:{_DATE.pattern})$").fill_null(False)
    if dated.any():
        _keep(parts, "consent_at_text", status.set(~dated, None))
        parts["consent_status"] = status.set(dated, "given")


def _fill(parts: dict[str, pl.Series], height: int, name: str, value: str) -> pl.Series:
    """Blank cells of the canonical column `name` filled with `value`; returns which rows were blank."""
    column = columns.BY_NAME[name]
    key = f"{name}_text" if column.kind in columns.LATE else name
    dtype = columns.mapped_schema()[key]
    content: object = flags.read(value) if column.kind is Kind.FLAG else value
    known = parts.get(key)
    if known is None:
        parts[key] = pl.Series(key, [content], dtype=dtype).new_from_index(0, height)
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, height)
    blank = known.is_null()
    parts[key] = known.zip_with(~blank, pl.Series(key, [content], dtype=dtype).new_from_index(0, height))
    return blank


def _declare(parts: dict[str, pl.Series], height: int, declared: ListFacts) -> None:
    """`[list]` fills blank cells only and says in `declared` which rows it helped."""
    helped: pl.Series | None = None
    for key in ListFacts.model_fields:
        value = getattr(declared, key)
        if key == "declared_by" or not value:
            continue
        blank = _fill(parts, height, _DECLARED_AS.get(key, key), str(value))
        if key not in _NOT_PROVENANCE:
            helped = blank if helped is None else helped | blank
    if helped is None:
        helped = pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)
    parts["declared"] = helped
