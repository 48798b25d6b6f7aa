"""Cells of a recognised list onto the canonical columns: trimmed, empties made null, flags read in five languages.

Nothing is guessed per row: dates and counts stay text here (`<name>_text`) until the whole list has been seen.
"""

import polars as pl

from auditor import columns
from auditor.columns import Kind
from auditor.intake import flags
from auditor.intake.formats import fold
from auditor.intake.mapping import ColumnUse, Mapping
from auditor.normalise import answers, emails, names
from auditor.normalise.trimming import by_distinct, first, join, trim
from auditor.settings import ListFacts, Settings

# canonical columns that keep every filled input column, joined; the others keep the first filled one
_JOINED = {"notes": " | ", "tags": ";", "source_detail": " | ", "list_name": ";"}
# [list] keys whose canonical column has another name
_DECLARED_AS = {"event": "source_detail"}
_NOT_PROVENANCE = frozenset({"declared_by", "country"})


def map_batch(frame: pl.DataFrame, mapping: Mapping, settings: Settings) -> pl.DataFrame:
    """The batch with every column of `columns.mapped_schema()`; RECORD and cell columns stay."""
    parts: dict[str, pl.Series] = {}
    for canonical in columns.CANONICAL:
        uses = mapping.uses(canonical.name)
        if uses and canonical.name not in ("email", "opt_out", "source"):
            _READERS[canonical.kind](parts, frame, canonical.name, uses)
    parts.update(emails.read(frame, mapping.uses("email")))
    _sources(parts, frame, mapping.uses("source"))
    answers.objections(parts, frame, mapping.uses("opt_out"))
    answers.consent_dates(parts)
    names.complete(parts, any(use.label == names.FAMILY_FIRST for use in mapping.uses("full_name")))
    # what the user declares is more exact than what a format says of all its files
    _declare(parts, frame.height, settings.declared)
    for name, value in mapping.defaults.items():
        _fill(parts, frame.height, name, value)
    schema = columns.mapped_schema()
    blank = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in parts]
    order = [*frame.columns, *schema]
    return frame.hstack([series.alias(name) for name, series in parts.items()]).with_columns(blank).select(order)


def tellers(mapping: Mapping) -> dict[str, pl.Expr]:
    """Text columns of a mapped batch that mostly say what a cell says, and that cell."""
    found: dict[str, pl.Expr] = {}
    for use in mapping.columns:
        if use.canonical:
            late = columns.BY_NAME[use.canonical].kind in columns.LATE
            name = f"{use.canonical}_text" if late else use.canonical
            if columns.mapped_schema()[name] == pl.String():
                found.setdefault(name, pl.col(use.cell))
    return found


def _cells(frame: pl.DataFrame, use: ColumnUse) -> pl.Series:
    text = trim(frame.get_column(use.cell), use.canonical or "")
    if use.values and not _is_flag(use):
        text = by_distinct(
            text, lambda cell: use.values.get(fold(cell), use.values.get("*", cell)) or None, pl.String()
        )
    return text


def _is_flag(use: ColumnUse) -> bool:
    return use.canonical is not None and columns.BY_NAME[use.canonical].kind is Kind.FLAG


def _read_text(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    filled = [_cells(frame, use) for use in uses]
    if name in _JOINED and len(filled) > 1:
        parts[name] = join(filled, _JOINED[name])
    else:
        parts[name] = first(filled)


def _read_late(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    parts[f"{name}_text"] = first([_cells(frame, use) for use in uses])


def _read_flag(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    parts[name] = answers.any_of([answers.read(frame, use).said for use in uses])


def _read_list(parts: dict[str, pl.Series], frame: pl.DataFrame, name: str, uses: tuple[ColumnUse, ...]) -> None:
    split = [_cells(frame, use).str.split(use.separator or ";") for use in uses]
    parts[name] = first(split)


_READERS = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_late,
    Kind.TIME: _read_late,
    Kind.COUNT: _read_late,
    Kind.FLAG: _read_flag,
    Kind.LIST: _read_list,
}


def _sources(parts: dict[str, pl.Series], frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> None:
    """First filled source column into `source`; what the others add goes before the stated detail."""
    if not uses:
        return
    filled = [_cells(frame, use) for use in uses]
    parts["source"] = first(filled)
    if len(filled) == 1:
        return
    others = [text.set((text == parts["source"]).fill_null(False), None) for text in filled[1:]]
    details = [parts["source_detail"]] if "source_detail" in parts else []
    parts["source_detail"] = join([*others, *details], _JOINED["source_detail"])


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
