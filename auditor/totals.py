"""What the second pass adds up: verdicts, tallies, the state of every rule, the first findings of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from auditor.columns import BY_NAME
from auditor.evaluate import SHOWN_PER_RULE, Fired, rules
from auditor.model import Rule, Scope, Severity
from auditor.result import FINDINGS, TALLIES, RuleState
from auditor.stage import Context, Fact
from auditor.verdict import Judged, Listed, active
from auditor.widen import facts


@dataclass(slots=True)
class Totals:
    """Sums over the judged batches."""

    judged: int = 0
    _verdicts: Counter[str] = field(default_factory=Counter)
    _fired: Counter[str] = field(default_factory=Counter)
    _unknown: Counter[str] = field(default_factory=Counter)
    _waived: Counter[str] = field(default_factory=Counter)
    _severities: dict[str, Counter[Severity]] = field(default_factory=dict)
    _tallies: list[pl.DataFrame] = field(default_factory=list)
    covered: tuple[int, ...] = ()

    @classmethod
    def of(cls, batch: Judged) -> "Totals":
        """The sums of one judged batch."""
        own = cls(judged=batch.frame.height, covered=batch.covered)
        for key, n in batch.frame["audit_verdict"].value_counts().rows():
            own._verdicts[key] = n
        if batch.frame.height:
            fired = batch.fired.hits.sum().row(0, named=True)
            own._fired.update(fired)
            own._weigh(batch.fired, fired)
            own._unknown.update(batch.fired.hits.null_count().row(0, named=True))
        own._waived.update(batch.waived)
        own._tallies.append(batch.tallies)
        return own

    def add(self, other: "Totals") -> None:
        """Take in the sums of other batches."""
        self.judged += other.judged
        self._verdicts.update(other._verdicts)
        self._fired.update(other._fired)
        self._unknown.update(other._unknown)
        self._waived.update(other._waived)
        for name, weights in other._severities.items():
            self._severities.setdefault(name, Counter()).update(weights)
        self._tallies = [_added([*self._tallies, *other._tallies])]
        self.covered = tuple(
            a + b for a, b in zip(self.covered or (0,) * len(other.covered), other.covered, strict=True)
        )

    def _weigh(self, fired: Fired, counts: Mapping[str, int]) -> None:
        some = [rule.name for rule in fired.rules if counts[rule.name]]
        varying = [name for name in some if name not in fired.constant]
        for name in some:
            own = self._severities.setdefault(name, Counter())
            if name in fired.constant:
                own[fired.constant[name]] += counts[name]
        if varying:
            both = fired.hits.select(varying).hstack(fired.weights)
            asked = {
                (name, severity): (pl.col(name) & (pl.col(f"{name}:severity") == int(severity))).sum()
                for name in varying
                for severity in Severity
            }
            found = both.select_seq(n.alias(f"{place}") for place, n in enumerate(asked.values())).row(0)
            for (name, severity), n in zip(asked, found, strict=True):
                self._severities[name][severity] += n

    def verdicts(self) -> dict[str, int]:
        """Rows per verdict."""
        return {kind: self._verdicts[kind] for kind in ("clean", "review", "removed")}

    def table(self) -> pl.DataFrame:
        """Rows per fact value and verdict, sorted."""
        table = _added(self._tallies) if self._tallies else pl.DataFrame(schema=TALLIES)
        return table.sort("about", "key", "verdict", nulls_last=True)

    def states(self, context: Context, listed: Listed) -> tuple[RuleState, ...]:
        """What became of every rule of the catalogue."""
        return tuple(self._state(rule, context, listed) for rule in rules())

    def _state(self, rule: Rule, context: Context, listed: Listed) -> RuleState:
        if not active(rule, context):
            return RuleState(rule=rule, state="off")
        if rule.scope is not Scope.ROW:
            own = listed.findings.filter(pl.col("rule") == rule.name)
            weights = Counter(Severity[name.upper()] for name in own["severity"].to_list())
            return RuleState(
                rule=rule, state="ran", fired=own.height, unknown=listed.unknown.get(rule.name, 0), severities=weights
            )
        fired, unknown = self._fired[rule.name] or 0, self._unknown[rule.name] or 0
        missing = tuple(sorted(needs(rule) - context.mapping.present)) if not fired else ()
        state = "ran"
        if not fired and self.judged and unknown == self.judged:
            if rule.needs_network and context.domains is None:
                state = "offline"
            elif missing:
                state = "column_absent"
        elif rule.needs_network and context.domains is None:
            state = "offline"
        weights = Counter({s: n for s, n in self._severities.get(rule.name, Counter()).items() if n})
        return RuleState(
            rule=rule, state=state, fired=fired, unknown=unknown, waived=self._waived[rule.name],
            severities=weights, missing=missing if state == "column_absent" else (),
        )  # fmt: skip


def needs(rule: Rule) -> frozenset[str]:
    """The canonical columns that `rule` reads, directly or through facts."""
    maker = _makers(rule.scope)
    found: set[str] = set()
    seen: set[str] = set()
    todo = list(rule.when.meta.root_names())
    while todo:
        column = todo.pop()
        if column in seen:
            continue
        seen.add(column)
        # a typed date is made of its own text, whatever else the fact that types it reads
        name = column.removesuffix("_text").removesuffix("_precision")
        if name in BY_NAME:
            found.add(name)
        elif column in maker:
            todo += maker[column].reads
    return frozenset(found)


@cache
def _makers(scope: Scope) -> Mapping[str, Fact]:
    """Which fact of `scope` makes a column."""
    return {column: fact for fact in facts() if fact.scope is scope for column in fact.adds}


def _added(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts).group_by("about", "key", "verdict").agg(pl.col("n").sum())


@dataclass(slots=True)
class Shown:
    """The first findings of each rule, for the report page; `total` counts all."""

    total: int = 0
    _kept: Counter[str] = field(default_factory=Counter)
    _parts: list[pl.DataFrame] = field(default_factory=list)

    def add(self, found: pl.DataFrame) -> None:
        """Take in the findings of one batch."""
        self.total += found.height
        # most rules have given all that is shown after a batch or two
        full = [rule for rule, n in self._kept.items() if n >= SHOWN_PER_RULE]
        found = found.filter(~pl.col("rule").is_in(full)) if full else found
        if not found.height:
            return
        already = pl.col("rule").replace_strict(dict(self._kept), default=0, return_dtype=pl.Int64)
        position = pl.int_range(pl.len()).over("rule") + (already if self._kept else 0)
        kept = found.filter(position < SHOWN_PER_RULE)
        self._kept.update(dict(kept["rule"].value_counts().rows()))
        if kept.height:
            self._parts.append(kept)

    def table(self) -> pl.DataFrame:
        """The findings kept, in row order."""
        return pl.concat(self._parts) if self._parts else pl.DataFrame(schema=FINDINGS)
