"""Every address of a row: the first filled e-mail column, and all the others with their labels."""

import polars as pl

from auditor.intake.mapping import ColumnUse
from auditor.normalise.trimming import trim

# between two addresses of one cell
_EMAIL_GLUE = r"@[^@]*[;,|/\s][^@]*@"


def read(frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> dict[str, pl.Series]:
    """`email` and, where columns or cells hold several, `email_label`, `email_others`, `email_other_labels`."""
    if not uses:
        return {}
    texts = [_trimmed(frame.get_column(use.cell)) for use in uses]
    labels = [use.label or "" for use in uses]
    if len(uses) == 1 and not _glued(texts[0]).any():
        plain = pl.DataFrame([texts[0].alias("email")])
        label = pl.when(pl.col("email").is_not_null()).then(pl.lit(labels[0])).alias("email_label")
        return {"email": texts[0], **({"email_label": plain.select(label).to_series()} if labels[0] else {})}
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
    return {name: done.get_column(name) for name in done.columns}


def _trimmed(cells: pl.Series) -> pl.Series:
    """Cells without outer blanks; one that stands between blanks of another kind keeps them, to be seen as a trace."""
    text = trim(cells)
    rows = (cells.str.len_bytes() != cells.str.len_chars()).fill_null(False).arg_true()
    bare = cells.gather(rows).str.strip_chars(" \t\r\n")
    kept = (bare.str.contains(r"^[^\x00-\x7f\w]|[^\x00-\x7f\w]$") & text.gather(rows).is_not_null()).fill_null(False)
    return text.scatter(rows.filter(kept), bare.filter(kept)) if kept.any() else text


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
