"""The user's own words on domains that no longer hold."""

import polars as pl

from auditor.model import Scope
from auditor.stage import Context, Fact


def _expired(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    choices = (*context.settings.allow_domains, *context.settings.deny_domains)
    over = sum(choice.expires < context.today for choice in choices)
    return pl.DataFrame({"expired_domain_choices": [over]}, schema={"expired_domain_choices": pl.Int64})


FACTS = (
    Fact(
        name="expired_domain_choices",
        reads=(),
        adds={"expired_domain_choices": pl.Int64()},
        apply=_expired,
        scope=Scope.LIST,
        doc="How many entries of [[allow_domains]] and [[deny_domains]] ended before today and were ignored.",
    ),
)
