"""What the name servers said of each mail domain; "not_checked" unless the user allowed look-ups."""

import polars as pl

from auditor.stage import Context, Fact, Survey

ADDS: dict[str, pl.DataType] = {"domain_status": pl.String(), "mx_class": pl.String()}


def _count(batch: pl.DataFrame, context: Context) -> pl.DataFrame:
    if not (context.settings.dns_lookup or context.settings.dns_snapshot):
        return pl.DataFrame(schema={"domain": pl.String(), "n": pl.Int64()})
    return batch["domain"].drop_nulls().value_counts(name="n").cast({"n": pl.Int64})


def _merge(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.group_by("domain").agg(pl.col("n").sum()).sort("domain")


def _status(batch: pl.DataFrame, context: Context) -> pl.DataFrame:
    if context.domains is None:
        return batch.select(
            domain_status=pl.when(pl.col("domain").is_not_null()).then(pl.lit("not_checked")),
            mx_class=pl.lit(None, pl.String),
        )
    answers = context.domains.select("domain", *ADDS)
    joined = batch.select("domain").join(answers, on="domain", how="left", maintain_order="left")
    # a domain that was never asked (deleted from a snapshot, say) is unknown, not absent
    missing = pl.col("domain").is_not_null() & pl.col("domain_status").is_null()
    return joined.select(
        domain_status=pl.when(missing).then(pl.lit("unknown")).otherwise("domain_status"),
        mx_class="mx_class",
    )


FACTS = (
    Fact(
        name="domain_status",
        reads=("domain",),
        adds=ADDS,
        apply=_status,
        domains=True,
        doc="Whether the mail domain exists and accepts mail, as its name servers say; the kind of its mail hosts.",
    ),
)

SURVEYS = (
    Survey(
        name="domains",
        reads=("domain",),
        observe=_count,
        merge=_merge,
        doc="Every distinct mail domain of the list with its number of rows, the only thing look-ups ever see; "
        "empty unless they are allowed.",
    ),
)
