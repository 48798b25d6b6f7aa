"""The duty to inform (GDPR 14(3)): the day by which each person of indirect origin has to know."""

import polars as pl

from auditor.stage import Context, Fact


def _due(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    days = pl.col("pack_notice_days").fill_null(30)
    # "one month" is a calendar month (Regulation 1182/71, art. 3); other limits are counted in days
    limit = (
        pl.when(days.is_between(28, 31)).then(pl.col("collected_on").dt.offset_by("1mo"))
        .otherwise(pl.col("collected_on") + pl.duration(days=days))
    )  # fmt: skip
    due = pl.when(pl.col("indirect")).then(pl.min_horizontal(limit, "first_contact_on"))
    return frame.select(due.alias("notice_due_on"))


FACTS = (
    Fact(
        name="notice_due_on",
        reads=("indirect", "collected_on", "first_contact_on", "pack_notice_days"),
        adds={"notice_due_on": pl.Date()},
        apply=_due,
        doc="Day by which notice is due for data not obtained from the person: one month, or the first contact.",
    ),
)
