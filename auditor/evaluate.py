"""Rules × frame: which finding fires on which row, with what weight, and the state of every rule."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import polars as pl

from auditor import registry
from auditor.columns import BY_NAME
from auditor.errors import CatalogueError
from auditor.model import Rule, Scope, Severity
from auditor.packs import terms_on
from auditor.result import FINDINGS
from auditor.stage import Context
from auditor.widen import facts, schema, surveys

__all__ = ["Fired", "Weighed", "facts", "findings", "fire", "rules", "schema", "surveys", "weigh"]

# columns of the row that every finding shows
SHARED = ("country_code", "audit_verdict", "notice_due_on")
# a rule's findings that reach the report page; all of them are in findings.csv
SHOWN_PER_RULE = 1000


@cache
def rules() -> tuple[Rule, ...]:
    """The whole catalogue in id order; ids and names are unique, every condition type-checks."""
    found = sorted(
        registry.collect("auditor.rules", "RULES", Rule),
        key=lambda rule: (rule.family, len(rule.id), rule.id),
    )
    for attribute in ("id", "name"):
        values = [getattr(rule, attribute) for rule in found]
        if len(set(values)) != len(values):
            raise CatalogueError(f"rule {attribute} taken twice: {next(v for v in values if values.count(v) > 1)}")
    for scope in Scope:
        check(scope, [rule for rule in found if rule.scope is scope])
    return tuple(found)


def check(scope: Scope, some: Iterable[Rule]) -> None:
    """Raise CatalogueError unless every condition of `some` is Boolean over known columns of `scope`."""
    dtypes, chosen = schema(scope), tuple(some)
    empty = pl.DataFrame(schema=dtypes)
    for rule in chosen:
        for column in (*rule.evidence, *(c for c in (rule.detail, rule.suggests) if c)):
            if column not in dtypes:
                raise CatalogueError(f"rule {rule.name} names {column}, which nothing adds")
    # all in one go takes a tenth of the time of one by one, which is for telling the rule at fault
    with suppress(pl.exceptions.PolarsError):
        if _boolean(empty, chosen):
            return
    for rule in chosen:
        try:
            sound = _boolean(empty, (rule,))
        except pl.exceptions.PolarsError as error:
            raise CatalogueError(f"rule {rule.name} does not evaluate: {type(error).__name__}") from None
        if not sound:
            raise CatalogueError(f"rule {rule.name} is not Boolean")


def _boolean(empty: pl.DataFrame, some: Sequence[Rule]) -> bool:
    """Whether every condition of `some` is; an error of polars when one does not evaluate."""
    conditions = [condition for rule in some for condition in (rule.when, *(when for _, when in rule.severity_when))]
    types = empty.select(c.alias(str(i)) for i, c in enumerate(conditions)).dtypes
    return all(dtype == pl.Boolean() for dtype in types)


def weight(rule: Rule, context: Context) -> Severity | pl.Expr:
    """The severity of `rule`, row by row where it varies: user > country pack > severity_when > default."""
    chosen = context.settings.rules.get(rule.name)
    if chosen and chosen.severity and chosen.holds(context.today):
        return Severity[chosen.severity.upper()]
    by_country: dict[Severity, list[str]] = {}
    if rule.scope is Scope.ROW:
        for code, pack in sorted(context.packs.items()):
            severity = terms_on(pack, context.today).severities.get(rule.name)
            if severity is not None:
                by_country.setdefault(severity, []).append(code)
    cases = [(pl.col("pack_code").is_in(codes), severity) for severity, codes in by_country.items()]
    cases += [(condition.fill_null(False), severity) for severity, condition in rule.severity_when]
    if not cases:
        return rule.severity
    expression = pl.lit(int(rule.severity), pl.UInt8)
    for condition, severity in reversed(cases):
        expression = pl.when(condition).then(pl.lit(int(severity), pl.UInt8)).otherwise(expression)
    return expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Rules and what each weighs in this run: a severity, or an expression where it varies by row."""

    rules: tuple[Rule, ...]
    weights: Mapping[str, Severity | pl.Expr]


def weigh(some: Iterable[Rule], context: Context) -> Weighed:
    """`some` rules with their weights under the settings and packs of the run."""
    chosen = tuple(some)
    return Weighed(rules=chosen, weights={rule.name: weight(rule, context) for rule in chosen})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """Rules on one frame: `hits` has a Boolean column per rule (null = unknown), `weights` a UInt8 column for
    each rule that fired and whose severity varies by row, `constant` the severity of the rules that do not vary."""

    rules: tuple[Rule, ...]
    hits: pl.DataFrame
    weights: pl.DataFrame
    constant: Mapping[str, Severity]

    def severity(self, rule: Rule) -> pl.Expr:
        """Severity of `rule` per row, over hits and weights side by side; null where it fired on no row."""
        if rule.name in self.constant:
            return pl.lit(int(self.constant[rule.name]), pl.UInt8)
        column = f"{rule.name}:severity"
        return pl.col(column) if column in self.weights.columns else pl.lit(None, pl.UInt8)


def fire(frame: pl.DataFrame, weighed: Weighed) -> Fired:
    """Evaluate rules on `frame`."""
    hits = frame.select(rule.when.alias(rule.name) for rule in weighed.rules)
    fired = hits.select(pl.all().any()).row(0, named=True) if weighed.rules else {}
    varying = {name: w for name, w in weighed.weights.items() if isinstance(w, pl.Expr) and fired[name]}
    return Fired(
        rules=weighed.rules,
        hits=hits,
        weights=frame.select(expression.alias(f"{name}:severity") for name, expression in varying.items()),
        constant={name: w for name, w in weighed.weights.items() if isinstance(w, Severity)},
    )


# columns of the reader and of the format whose every value is a code, so that reports may show it
READ_CODES = frozenset({"canonical", "repair", "tell"})


@cache
def evidence(rule: Rule) -> pl.Expr:
    """The rule's evidence columns as `name=value; name`, personal values left out."""
    parts: list[pl.Expr] = []
    text = ""
    for column in rule.evidence:
        text += f"; {column}" if parts or text else column
        if _shown(column, schema(rule.scope)[column]):
            parts += [pl.lit(f"{text}="), pl.col(column).cast(pl.String).fill_null("?")]
            text = ""
    return pl.concat_str(*parts, pl.lit(text))


def _shown(column: str, dtype: pl.DataType) -> bool:
    """Whether the values of `column` may be shown: dates, numbers, flags and codes, nothing that may be personal."""
    known = BY_NAME.get(column)
    text = dtype == pl.String() and column not in READ_CODES
    return not (text or dtype.is_nested() or (known is not None and known.personal))


def findings(frame: pl.DataFrame, fired: Fired, masked: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """One line per finding on a row, in row then catalogue order; `masked` gives value and suggestion columns."""
    side = pl.concat([fired.hits, fired.weights], how="horizontal")
    some = [rule for rule in fired.rules if fired.hits[rule.name].any()]
    if not some:
        return pl.DataFrame(schema=FINDINGS)
    # first the few rows and columns that findings speak of: the judged frame is wide
    hit = side.select(pl.any_horizontal(rule.name for rule in some).fill_null(False)).to_series()
    columns = dict.fromkeys(column for rule in some for column in (*_own_columns(rule), *SHARED, "email"))
    weights = [f"{rule.name}:severity" for rule in some if rule.name not in fired.constant]
    # a column may have the name of a rule
    hits = [pl.col(rule.name).alias(f"rule:{rule.name}") for rule in some]
    wide = frame.select(columns.keys()).hstack(side.select(*hits, *weights)).filter(hit)
    # one number says where a finding stands: its row, and its rule among those that fired
    rows = wide.with_row_index("place").with_columns(pl.col("place") * len(some)).lazy()
    found = pl.concat([_found(n, rule, rows, fired, masked) for n, rule in enumerate(some)]).collect()
    found = found[found["place"].arg_sort()]
    constants = pl.DataFrame(
        [(r.name, r.id, str(r.family), str(r.confidence), str(r.strength)) for r in some],
        schema=["rule", "rule_id", "family", "confidence", "strength"],
        orient="row",
    )
    shared = wide.select(
        "audit_row", "notice_due_on", country="country_code", verdict="audit_verdict", value=masked["value"]
    )
    own, row = constants[found["place"] % len(some)], shared[found["place"] // len(some)]
    table = pl.concat([found, own, row], how="horizontal")
    return table.with_columns(severity=named(pl.col("severity")), column=pl.lit(None, pl.String)).select(list(FINDINGS))


def _found(position: int, rule: Rule, rows: pl.LazyFrame, fired: Fired, masked: Mapping[str, pl.Expr]) -> pl.LazyFrame:
    """What the findings of one rule do not share with others."""
    nothing = pl.lit(None, pl.String)
    return rows.filter(pl.col(f"rule:{rule.name}").fill_null(False)).select(
        pl.col("place") + position,
        fired.severity(rule).alias("severity"),
        (pl.col(rule.detail).cast(pl.String) if rule.detail else nothing).alias("detail"),
        evidence(rule).alias("evidence"),
        (masked[f"suggestion:{rule.suggests}"] if rule.suggests else nothing).alias("suggestion"),
    )


def _own_columns(rule: Rule) -> list[str]:
    """The columns that a finding of `rule` shows of its row."""
    return list(dict.fromkeys([*rule.evidence, *(c for c in (rule.detail, rule.suggests) if c), "audit_row"]))


def named(severity: pl.Expr) -> pl.Expr:
    """Severity numbers as their names."""
    return (
        pl.when(severity == int(Severity.REMOVE)).then(pl.lit("remove"))
        .when(severity == int(Severity.REVIEW)).then(pl.lit("review"))
        .otherwise(pl.lit("note"))
    )  # fmt: skip
