"""Yes-or-no columns of a list: objections with their scope, and the days that stand in place of a yes."""

import re
from dataclasses import dataclass

import polars as pl

from auditor.intake import flags
from auditor.intake.mapping import ColumnUse
from auditor.normalise.trimming import by_distinct, first, longest, trim

_DATE = re.compile(r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4})(?:[ T].*)?")
_SHORTEST_DATE = len("1/1/24")
# an objection that covers more stands for the ones that cover less
_SCOPES = ("processing", "all", "email", "post", "sms", "phone")
_COVERS_EMAIL = frozenset({"processing", "all", "email", None})


@dataclass(frozen=True, slots=True)
class Answers:
    """One flag column read: yes, no or unknown, and the dates that stand in it instead of a yes."""

    said: pl.Series
    dates: pl.Series | None


def read(frame: pl.DataFrame, use: ColumnUse) -> Answers:
    """Tri-state reading of one column; a date in it means that it happened on that day."""
    text = trim(frame.get_column(use.cell))

    def judge(cell: str) -> bool | None:
        if _DATE.fullmatch(cell):
            return use.positive
        return flags.read(cell, objection=use.canonical == "opt_out", positive=use.positive, values=use.values)

    said = by_distinct(text, judge, pl.Boolean())
    # no yes or no of any language is as long as the shortest date
    if longest(text) < _SHORTEST_DATE:
        return Answers(said, None)
    dated = text.str.contains(f"^(?:{_DATE.pattern})$").fill_null(False)
    return Answers(said, text.set(~dated, None) if dated.any() else None)


def any_of(answers: list[pl.Series]) -> pl.Series:
    """True where one says true, else false where one says false, else unknown."""
    if len(answers) == 1:
        return answers[0]
    table = pl.DataFrame([answer.alias(f"o{i}") for i, answer in enumerate(answers)])
    known = pl.any_horizontal(pl.all().is_not_null())
    return table.select(pl.when(known).then(pl.any_horizontal(pl.all().fill_null(False)))).to_series()


def objections(parts: dict[str, pl.Series], frame: pl.DataFrame, uses: tuple[ColumnUse, ...]) -> None:
    """`opt_out` over all its columns: a refusal anywhere wins, and its widest scope is kept.

    A "no" to calls or letters says nothing of e-mail: only columns that cover e-mail may answer false. A day of
    objection without any answer is an objection.
    """
    answers = [read(frame, use) for use in uses]
    for answer, use in zip(answers, uses, strict=True):
        if answer.dates is not None and use.positive:
            _keep(parts, "opted_out_on_text", answer.dates)
    if uses:
        said = [answer.said for answer in answers]
        _scope(parts, said, uses)
        result = any_of(
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
    parts[name] = more if known is None else first([known, more])


def _scope(parts: dict[str, pl.Series], answers: list[pl.Series], uses: tuple[ColumnUse, ...]) -> None:
    scoped = [(_SCOPES.index(use.scope), i, use.scope) for i, use in enumerate(uses) if use.scope]
    if scoped:
        table = pl.DataFrame([answer.alias(f"o{i}") for i, answer in enumerate(answers)])
        widest = [pl.when(pl.col(f"o{i}")).then(pl.lit(scope)) for _, i, scope in sorted(scoped)]
        _keep(parts, "opt_out_scope", table.select(pl.coalesce(widest).alias("scope")).to_series())


def consent_dates(parts: dict[str, pl.Series]) -> None:
    """A date in a consent column is a consent given on that day; the day moves to `consent_at_text`."""
    status = parts.get("consent_status")
    if status is None or longest(status) < _SHORTEST_DATE:
        return
    dated = status.str.contains(f"^(?:{_DATE.pattern})$").fill_null(False)
    if dated.any():
        _keep(parts, "consent_at_text", status.set(~dated, None))
        parts["consent_status"] = status.set(dated, "given")
