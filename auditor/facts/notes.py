"""Free text on people: special categories, offences, insults, private life, as codes; the text is never passed on.

Words and trade-term guards are data (`data/notes/`): French, English, German, Spanish, Italian. A guard blanks a
trade term ("health insurer", "syndic de copropriété") before the words are searched.
"""

import polars as pl

from auditor.facts import _remarks
from auditor.stage import Context, Dtypes, Fact, blank

SPECIAL = ("health", "religion", "politics", "union", "ethnicity", "sexual")
ADDED: Dtypes = {
    "notes_special": pl.String(),
    "notes_offence": pl.Boolean(),
    "notes_insult": pl.Boolean(),
    "notes_private": pl.Boolean(),
}


def judge(notes: pl.Series) -> pl.DataFrame:
    """ADDED for each note; null where there is no note. The first kind in SPECIAL order names the category."""
    found = _remarks.kinds(notes)
    kinds = found["kinds"]
    category = found.select(
        pl.coalesce(pl.when(pl.col("kinds").list.contains(kind)).then(pl.lit(kind)) for kind in SPECIAL)
    ).to_series()
    none = blank(len(notes), pl.String())
    flag = pl.repeat(False, len(notes), eager=True).set(notes.is_null(), None)
    return pl.DataFrame(
        {
            "notes_special": none.scatter(found["row"], category),
            "notes_offence": flag.clone().scatter(found["row"], kinds.list.contains("offence")),
            "notes_insult": flag.clone().scatter(found["row"], kinds.list.contains("insult")),
            "notes_private": flag.clone().scatter(found["row"], kinds.list.contains("private")),
        }
    )


def _notes(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if frame["notes"].null_count() == frame.height:
        return pl.DataFrame(schema=ADDED).clear(1)
    return judge(frame["notes"])


FACTS = (
    Fact(
        name="notes",
        reads=("notes",),
        adds=ADDED,
        apply=_notes,
        doc="Kind of special-category remark in the notes, and whether they speak of offences, insult the person or "
        "tell of private life.",
    ),
)
