"""The duty to inform (GDPR 14(3)): the day by which each person of indirect origin has to know."""

import polars as pl

from auditor.facts.vocabulary import fold
from auditor.stage import Context, Dtypes, Fact, once_each


def _due(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    open_duty = (frame["indirect"] & frame["notice_on"].is_null()).fill_null(False).arg_true()
    few = frame.select("collected_on", "first_contact_on", "pack_notice_days")[open_duty]
    due = pl.Series([None], dtype=pl.Date).new_from_index(0, frame.height)
    return due.scatter(open_duty, _limits(few)).alias("notice_due_on").to_frame()


def _limits(frame: pl.DataFrame) -> pl.Series:
    """The day by which each person has to know."""
    days = pl.col("pack_notice_days").fill_null(30)
    # "one month" is a calendar month (Regulation 1182/71, art. 3); other limits are counted in days
    limit = (
        pl.when(days.is_between(28, 31)).then(pl.col("collected_on").dt.offset_by("1mo"))
        .otherwise(pl.col("collected_on") + pl.duration(days=days))
    )  # fmt: skip
    return frame.select(due=pl.min_horizontal(limit, "first_contact_on")).to_series()


# names and codes of the languages a notice may be written in, folded
LANGUAGES: dict[str, str] = {
    **{code: code for code in (
        "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lb", "lt", "lv",
        "mt", "nl", "no", "nb", "pl", "pt", "rm", "ro", "sk", "sl", "sv",
    )},
    "english": "en", "anglais": "en", "englisch": "en", "ingles": "en", "inglese": "en",
    "french": "fr", "francais": "fr", "franzosisch": "fr", "frances": "fr", "francese": "fr",
    "german": "de", "allemand": "de", "deutsch": "de", "aleman": "de", "tedesco": "de",
    "spanish": "es", "espagnol": "es", "spanisch": "es", "espanol": "es", "castellano": "es", "spagnolo": "es",
    "italian": "it", "italien": "it", "italienisch": "it", "italiano": "it",
    "dutch": "nl", "neerlandais": "nl", "nederlands": "nl", "niederlandisch": "nl",
    "portuguese": "pt", "portugais": "pt", "portugues": "pt", "polish": "pl", "polonais": "pl", "polski": "pl",
    "danish": "da", "dansk": "da", "swedish": "sv", "svenska": "sv", "norwegian": "no", "norsk": "no",
    "finnish": "fi", "suomi": "fi", "czech": "cs", "cestina": "cs", "greek": "el", "romanian": "ro", "hungarian": "hu",
}  # fmt: skip


LANGUAGE: Dtypes = {"notice_language_known": pl.Boolean(), "notice_language_fits": pl.Boolean()}


def _language(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Whether the notice's language is known (one language, country resolved) and spoken in the country."""
    if frame["notice_lang"].null_count() == frame.height:
        return pl.DataFrame({name: [False] for name in LANGUAGE})
    columns = ("notice_lang", "country_code", "pack_languages")
    return once_each("notice_language", frame.select(columns), context, _spoken)


def _spoken(frame: pl.DataFrame) -> pl.DataFrame:
    first = fold(frame["notice_lang"], digits=True).str.split(" ").list.first()
    code = first.replace_strict(LANGUAGES, default=None, return_dtype=pl.String)
    return frame.select(
        (code.is_not_null() & pl.col("country_code").is_not_null() & pl.col("pack_languages").is_not_null()).alias(
            "notice_language_known"
        ),
        pl.col("pack_languages").str.split(" ").list.contains(code).fill_null(False).alias("notice_language_fits"),
    )


FACTS = (
    Fact(
        name="notice_due_on",
        reads=("indirect", "notice_on", "collected_on", "first_contact_on", "pack_notice_days"),
        adds={"notice_due_on": pl.Date()},
        apply=_due,
        doc="Day by which a notice not yet given is due for data not obtained from the person: one month after "
        "collection, or the first contact.",
    ),
    Fact(
        name="notice_language",
        reads=("notice_lang", "country_code", "pack_languages"),
        adds=LANGUAGE,
        apply=_language,
        doc="Whether the language of the notice is known, and whether it is one of the country's.",
    ),
)
