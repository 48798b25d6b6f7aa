"""The consent log of a run: what the forms and the mailing tool themselves recorded, person by person.

The events of one person are put in order, and the last word counts. People are found by the normal form of their
address, or by a digest of it (SHA-256, or HMAC-SHA-256 under the suppression key).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from auditor import consent_files, fingerprints, mailbox_forms, suppression
from auditor.facts import syntax
from auditor.facts.vocabulary import fold, readings
from auditor.intake.mapping import Mapping
from auditor.model import Text
from auditor.normalise import dates
from auditor.settings import Settings
from auditor.stage import Context

# fields of a log record that hold times, and the canonical columns that read them
TIMES = {"given": "consent_at", "sent": "doi_sent_at", "confirmed": "doi_confirmed_at", "withdrawn": "withdrawn_at"}

# one line per person. `log_state`: given, confirmed, pending, refused, unknown · `log_order`: the confirmation
# follows the request and nothing lies in the future · `log_whole`: time, text, controller or purpose, and reference
# are there · `log_scope`: covers commercial e-mail as far as it says · `log_text`: hash of the text's folded id
PEOPLE: dict[str, pl.DataType] = {
    "key": pl.UInt64(),
    "log_first": pl.Datetime("us"),
    "log_last": pl.Datetime("us"),
    "log_confirmed": pl.Datetime("us"),
    "log_exact": pl.Boolean(),
    "log_state": pl.String(),
    "log_order": pl.Boolean(),
    "log_whole": pl.Boolean(),
    "log_scope": pl.Boolean(),
    "log_text": pl.UInt64(),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConsentLog:
    """All logs of a run: `people` keyed by the hash of the address, `digests` by the head of its digest."""

    people: pl.DataFrame
    digests: pl.DataFrame
    secret: bytes | None

    @property
    def empty(self) -> bool:
        """Whether no log was given."""
        return not (self.people.height or self.digests.height)

    def find(self, addresses: pl.Series) -> pl.DataFrame:
        """What the logs say of each address, PEOPLE columns without `key`; nulls where they say nothing."""
        keys = address_key(addresses).alias("key").to_frame()
        found = keys.join(self.people, on="key", how="left", maintain_order="left").drop("key")
        if not self.digests.height:
            return found
        for secret in (None, self.secret) if self.secret else (None,):
            heads = self._digests(addresses, secret).alias("key").to_frame()
            other = heads.join(self.digests, on="key", how="left", maintain_order="left").drop("key")
            found = pl.select(pl.coalesce(found[name], other[name]).alias(name) for name in found.columns)
        return found

    @staticmethod
    def _digests(addresses: pl.Series, secret: bytes | None) -> pl.Series:
        make = fingerprints.keyed(secret) if secret else fingerprints.UNKEYED["sha256"]
        return fingerprints.keys(mailbox_forms.folded(addresses), make)


def address_key(addresses: pl.Series) -> pl.Series:
    """The key under which an address stands in a log: the hash of its lower-case normal form."""
    return pl.select(pl.when(addresses.is_not_null()).then(addresses.str.to_lowercase().hash())).to_series()


def load(settings: Settings, today: date) -> ConsentLog:
    """The logs named in the settings, read once per state of the files; InputError or UsageError when unreadable."""
    return _load(tuple((path, _stamp(path)) for path in settings.consent_log), settings.suppression_key, today)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _load(state: tuple[tuple[Path, int], ...], given: str, today: date) -> ConsentLog:
    none = pl.DataFrame(schema=PEOPLE)
    if not state:
        return ConsentLog(people=none, digests=none, secret=None)
    table = pl.concat([judge(type_times(consent_files.read(path), today), today) for path, _ in state])
    addresses = syntax.decide(table["email"])["address"]
    digests = table["digest"].str.to_lowercase().str.extract("([0-9a-f]{64})").str.decode("hex", strict=False)
    return ConsentLog(
        people=reduce(table.with_columns(address_key(addresses).alias("key")), today),
        digests=reduce(table.with_columns(mailbox_forms.heads(digests).alias("key")), today),
        secret=suppression.read_key(Path(given), given) if given else None,
    )


def type_times(records: pl.DataFrame, today: date) -> pl.DataFrame:
    """The records with typed times and `exact` (to the minute at least), by the same reading as in lists."""
    names = {f"{name}_text": pl.lit(None, pl.String) for name in (*dates.DATED, *dates.COUNTS)}
    names |= {f"{name}_text": pl.col(field) for field, name in TIMES.items()}
    texts = records.select(expr.alias(name) for name, expr in names.items()).with_row_index("audit_row", 1)
    nowhere = Mapping(source="consent log", title=Text(en="", fr=""), confidence=1.0, columns=())
    blank = Context(today=today, settings=Settings(), mapping=nowhere)
    seen = dates.conclude(dates.merge(dates.observe(texts, blank)), blank)
    context = Context(today=today, settings=Settings(), mapping=nowhere, surveys={dates.SURVEY: seen})
    typed = dates.FACTS[0].apply(texts, context)
    exact = pl.col("consent_at_precision", "doi_confirmed_at_precision").is_in(["minute", "second", "zone"])
    times = typed.select(
        *[pl.col(name).alias(field) for field, name in TIMES.items()],
        pl.any_horizontal(exact).fill_null(False).alias("exact"),
    )
    return records.drop(list(TIMES)).hstack(times)


def judge(records: pl.DataFrame, today: date) -> pl.DataFrame:
    """The records with `said` (what the event says), their times under the right event, and what they hold."""
    plain = Settings()
    said = readings(records["status"], "consent_status", plain)["means"].alias("said")
    purpose = readings(records["purpose"], "consent_purpose", plain)["means"]
    channel = readings(records["channel"], "consent_channel", plain)["means"]
    frame = records.with_columns(
        said,
        (purpose.is_in(["other"]) | channel.is_in(["phone", "sms", "post", "social"])).fill_null(False).alias("other"),
        fold(records["text"], digits=True).hash().set(records["text"].is_null(), None).alias("text_key"),
    )
    gone = pl.col("said").is_in(["refused", "never"]).fill_null(False)
    waits = (pl.col("said") == "pending").fill_null(False)
    twice = (pl.col("said") == "confirmed").fill_null(False) & pl.col("confirmed").is_null()
    whole = (
        pl.col("lacks").is_null()
        & pl.col("text").is_not_null()
        & (pl.col("controller").is_not_null() | pl.col("purpose").is_not_null())
        & (pl.col("ref").is_not_null() | pl.col("confirmed").is_not_null())
    )
    # one generic column of times: the event says which time it is
    return frame.with_columns(
        pl.when(gone).then(pl.coalesce("withdrawn", "given")).otherwise("withdrawn").alias("withdrawn"),
        pl.when(waits).then(pl.coalesce("sent", "given")).otherwise("sent").alias("sent"),
        pl.when(twice).then("given").otherwise("confirmed").alias("confirmed"),
        pl.when(~gone & ~waits & ~twice).then("given").alias("given"),
        (gone & pl.all_horizontal(pl.col(list(TIMES)).is_null())).alias("refused_undated"),
        whole.alias("whole"),
    )


def reduce(records: pl.DataFrame, today: date) -> pl.DataFrame:
    """One PEOPLE line per key: first and last consent, the last word, and what the records hold together."""
    yes = pl.max_horizontal("last", "confirmed_last", "sent_last")
    asked = pl.min_horizontal("first", "sent_first")
    people = (
        records.drop_nulls("key")
        .with_columns(pl.max_horizontal(*TIMES).alias("moment"))
        .sort("key", "moment", nulls_last=False)
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("given").min().alias("first"),
            pl.col("given").max().alias("last"),
            pl.col("sent").min().alias("sent_first"),
            pl.col("sent").max().alias("sent_last"),
            pl.col("confirmed").max().alias("confirmed_last"),
            pl.col("withdrawn").max().alias("gone"),
            pl.col("moment").max(),
            pl.col("exact").any(),
            pl.col("refused_undated").any(),
            pl.col("whole").any(),
            pl.col("other").last(),
            pl.col("text_key").drop_nulls().last(),
        )
    )
    refused = pl.col("refused_undated") | ((pl.col("gone") >= yes) | (pl.col("gone").is_not_null() & yes.is_null()))
    confirmed = pl.col("confirmed_last").is_not_null()
    state = (
        pl.when(refused.fill_null(False)).then(pl.lit("refused"))
        .when(confirmed).then(pl.lit("confirmed"))
        .when(pl.col("sent_last").is_not_null()).then(pl.lit("pending"))
        .when(pl.col("last").is_not_null()).then(pl.lit("given"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip
    ordered = (~confirmed | (pl.col("confirmed_last") > asked)).fill_null(True) & (
        pl.col("moment").cast(pl.Date) <= pl.lit(today) + pl.duration(days=1)
    ).fill_null(False)
    return people.select(
        "key",
        pl.coalesce("first", "sent_first", "confirmed_last").alias("log_first"),
        pl.coalesce("last", "sent_last", "confirmed_last").alias("log_last"),
        pl.col("confirmed_last").alias("log_confirmed"),
        pl.col("exact").alias("log_exact"),
        state.alias("log_state"),
        ordered.alias("log_order"),
        pl.col("whole").alias("log_whole"),
        (~pl.col("other")).alias("log_scope"),
        pl.col("text_key").alias("log_text"),
    )
