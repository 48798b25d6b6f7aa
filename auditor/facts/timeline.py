"""Dates that cannot stand together: the first conflict found in a row, as a code."""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from auditor.facts.vocabulary import words_of
from auditor.settings import Form, Settings
from auditor.stage import Context, Dtypes, Fact, blank

# dates of the row's own story; birth dates and vendor dates are none
STORY = (
    "collected_on", "consent_at", "doi_sent_at", "doi_confirmed_at", "withdrawn_at", "notice_on", "first_contact_on",
    "last_contact_on", "last_inbound_on", "last_purchase_on", "opted_out_on",
)  # fmt: skip
# nobody was prospected by e-mail before; 1900-01-01 and 1970-01-01 are what programs write for "no date"
EARLIEST = date(1995, 1, 1)
# the GDPR applies from this day (article 99(2))
GDPR_DAY = date(2018, 5, 25)

CONFLICTS: Dtypes = {"date_conflict": pl.String(), "opt_in_conflict": pl.String(), "consent_too_early": pl.String()}
_READS = (
    *STORY, "legal_basis_class", "consent_state", "consent_at_precision", "doi_sent_at_precision",
    "source", "source_detail", "consent_form",
)  # fmt: skip


def _day(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Date)


def _conflict(dated: list[str], today: date) -> pl.Expr:
    """The first conflict of days, among the columns that hold any."""
    # a day of grace: the list's zone may be ahead of ours
    future = pl.any_horizontal(pl.lit(False), *(_day(c) > today + timedelta(days=1) for c in dated))
    ancient = pl.any_horizontal(pl.lit(False), *(_day(c) < EARLIEST for c in dated))
    consent = pl.col("legal_basis_class") == "consent"
    signs = {"placeholder_date": ancient, "future_date": future}
    if {"withdrawn_at", "consent_at"} <= set(dated):
        signs["withdrawal_before_consent"] = _day("withdrawn_at") < _day("consent_at")
    if {"notice_on", "collected_on"} <= set(dated):
        signs["notice_before_collection"] = pl.col("notice_on") < pl.col("collected_on")
    if {"consent_at", "first_contact_on"} <= set(dated):
        signs["consent_after_first_message"] = consent & (_day("consent_at") > pl.col("first_contact_on"))
    if {"last_contact_on", "first_contact_on"} <= set(dated):
        signs["last_message_before_first"] = pl.col("last_contact_on") < pl.col("first_contact_on")
    return pl.coalesce([pl.when(holds).then(pl.lit(code)) for code, holds in signs.items()])


def _opt_in() -> pl.Expr:
    asked = pl.coalesce("doi_sent_at", "consent_at")
    exact = pl.coalesce(
        pl.when(pl.col("doi_sent_at").is_not_null()).then("doi_sent_at_precision"), "consent_at_precision"
    ).is_in(["second", "zone"])
    confirmed = pl.col("doi_confirmed_at")
    return (
        pl.when(confirmed.cast(pl.Date) < asked.cast(pl.Date)).then(pl.lit("confirmed_before_request"))
        .when(exact & (confirmed < asked)).then(pl.lit("confirmed_before_request"))
        .when(exact & (confirmed == asked)).then(pl.lit("confirmed_at_once"))
        .when(confirmed.is_not_null() & asked.is_null()).then(pl.lit("confirmed_without_request"))
    )  # fmt: skip


def _year(column: str) -> pl.Expr:
    """The year written in a text, when it is one of this century; of several the last."""
    return pl.col(column).str.extract(r"(?:^|\D)(20[0-4]\d)(?:\D|$)").cast(pl.Int32)


def _open_days(frame: pl.DataFrame, forms: tuple[Form, ...]) -> pl.DataFrame:
    """Columns since and until: the days on which the form or event that the row names could be filled in."""
    dtypes = {"since": pl.Date(), "until": pl.Date()}
    if not forms:
        return pl.DataFrame({name: blank(frame.height, d) for name, d in dtypes.items()})
    text = frame.select(
        pl.concat_str("consent_form", "source", "source_detail", separator=" | ", ignore_nulls=True)
    ).to_series()
    distinct = text.unique().drop_nulls()
    found = [next((form for name, form in _named(forms) if name in words), None) for words in words_of(distinct)]
    days = [(form.since, form.until) if form else (None, None) for form in found]
    table = pl.DataFrame(days, schema=dtypes, orient="row").with_columns(distinct.alias("text"))
    return text.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left").drop("text")


@lru_cache(maxsize=16)
def _named(forms: tuple[Form, ...]) -> list[tuple[str, Form]]:
    """Each name and alias of `forms` in words, with its form."""
    return [(name, form) for form in forms for name in words_of(pl.Series([form.name, *form.aliases]))]


def _early(settings: Settings) -> pl.Expr:
    """The consent lies outside the days of the form, event or company that the row names, or before the GDPR without
    a refresh since."""
    given, day = pl.col("consent_at"), _day("consent_at")
    named = pl.coalesce(_year("consent_form"), _year("source"), _year("source_detail"))
    refreshed = (_day("doi_confirmed_at") >= GDPR_DAY).fill_null(False)
    return (
        pl.when(day < pl.col("since")).then(pl.lit("before_form"))
        .when(day > pl.col("until")).then(pl.lit("after_form"))
        .when(day < pl.lit(settings.company_since, pl.Date)).then(pl.lit("before_company"))
        .when(given.dt.year() < named).then(pl.lit("before_named_year"))
        .when((day < GDPR_DAY) & ~refreshed).then(pl.lit("before_gdpr"))
    )  # fmt: skip


def _timeline(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    dated = [name for name in STORY if frame[name].null_count() < frame.height]
    answers = {"date_conflict": _conflict(dated, context.today)}
    if "doi_confirmed_at" in dated:
        answers["opt_in_conflict"] = _opt_in()
    # looking for names and years in every source is dear, and nothing comes of it where no consent has a day
    if "consent_at" in dated:
        frame = frame.hstack(_open_days(frame, context.settings.forms))
        answers["consent_too_early"] = _early(context.settings)
    return frame.select(answers.get(name, pl.lit(None, pl.String)).alias(name) for name in CONFLICTS)


FACTS = (
    Fact(
        name="timeline",
        reads=_READS,
        adds=CONFLICTS,
        apply=_timeline,
        doc="First date of the row that cannot be, order of the double opt-in, consent older than its own origin.",
    ),
)
