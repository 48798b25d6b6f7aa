"""Findings to one verdict a row: clean, review or removed, with the words a person needs to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import polars as pl

from auditor.evaluate import Fired, Weighed, fire, rules, weigh
from auditor.intake.mapping import cell
from auditor.masking import mask_email
from auditor.model import Rule, Scope, Severity, Text
from auditor.result import FINDINGS, TALLIES
from auditor.stage import Context, Fact, blank
from auditor.waivers import applies
from auditor.widen import widen

VERDICTS = ("clean", "review", "removed")
PROPOSED = Text(en="Proposed value:", fr="Valeur proposée :")

# facts whose distribution the report shows
TALLIED = (
    "address_class",
    "domain_class",
    "source_class",
    "legal_basis_class",
    "consent_state",
    "consent_grade",
    "provenance_level",
    "notice_due_on",
    "country_code",
    "regime",
    "recipient_kind",
    "domain_status",
    "supplier_state",
)

WORDS = ("audit_rules", "audit_reason", "audit_cure")
# rules fit into one 64-bit key in groups of this many
LANE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A list or column rule that fired: rows of the list (`cells` None) or those that fill one of `cells`."""

    rule: Rule
    severity: Severity
    cells: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Findings on the list and its columns, and what they hold."""

    findings: pl.DataFrame
    held: tuple[Held, ...]
    unknown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A batch with its verdicts: `frame` gained audit_verdict, audit_rules, audit_reason and audit_cure."""

    frame: pl.DataFrame
    fired: Fired
    tallies: pl.DataFrame
    waived: Mapping[str, int]
    # per waiver, in settings order: findings it covers
    covered: tuple[int, ...]


def judge_list(columns: pl.DataFrame, whole: pl.DataFrame, context: Context) -> Listed:
    """Evaluate the COLUMN rules on one row per input column and the LIST rules on the single list row."""
    parts, held, unknown = [], [], {}
    for frame, scope in ((columns, Scope.COLUMN), (whole, Scope.LIST)):
        fired = fire(frame, active_rules(scope, context))
        side = pl.concat([frame, fired.hits, fired.weights], how="horizontal")
        for rule in fired.rules:
            unknown[rule.name] = fired.hits[rule.name].null_count()
            rows = side.filter(pl.col(rule.name).fill_null(False))
            if not rows.height:
                continue
            rows = rows.with_columns(fired.severity(rule).alias("rule:severity"))
            parts.append(_list_findings(rule, rows, scope))
            severity = Severity(max(rows["rule:severity"].to_list()))
            cells = tuple(cell(i) for i in rows["index"].to_list()) if scope is Scope.COLUMN else None
            held.append(Held(rule=rule, severity=severity, cells=cells))
    table = pl.concat(parts) if parts else pl.DataFrame(schema=FINDINGS)
    return Listed(findings=table, held=tuple(held), unknown=unknown)


def _list_findings(rule: Rule, rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    column = rows["header"].to_list() if scope is Scope.COLUMN else [None] * rows.height
    detail = rows[rule.detail].cast(pl.String).to_list() if rule.detail else [None] * rows.height
    facts = ["; ".join(f"{name}={row[name]}" for name in rule.evidence if name != "header") for row in rows.to_dicts()]
    severities = [Severity(value).name.lower() for value in rows["rule:severity"].to_list()]
    return pl.DataFrame(
        {
            "column": column,
            "rule": rule.name,
            "rule_id": rule.id,
            "family": str(rule.family),
            "severity": severities,
            "confidence": str(rule.confidence),
            "strength": str(rule.strength),
            "detail": detail,
            "evidence": facts,
        },
        schema_overrides={"column": pl.String(), "detail": pl.String()},
    ).select(
        (pl.col(name) if name in ("column", "rule", "rule_id", "family", "severity", "confidence", "strength", "detail",
                                  "evidence") else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in FINDINGS.items()
    )  # fmt: skip


def active(rule: Rule, context: Context) -> bool:
    """Whether the user's settings leave `rule` on today."""
    chosen = context.settings.rules.get(rule.name)
    return not (chosen and chosen.off and chosen.holds(context.today))


def active_rules(scope: Scope, context: Context) -> Weighed:
    """The rules of `scope` that run."""
    return weigh((rule for rule in rules() if rule.scope is scope and active(rule, context)), context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What pass 2 does to every batch: late facts, row rules, what the list's own findings hold."""

    late: tuple[Fact, ...]
    rules: Weighed
    listed: Listed


def judge(frame: pl.DataFrame, plan: Plan, context: Context) -> Judged:
    """Late facts, rules and verdict for one batch; pure, so any engine may run it anywhere."""
    frame = widen(frame, plan.late, context)
    fired = fire(frame, plan.rules)
    fired, waived, covered = _waive(frame, fired, context)
    held = _held(frame, fired, plan.listed)
    frame = frame.with_columns(_verdict(held, context).alias("audit_verdict"))
    frame = frame.hstack(_words(frame, held, fired, context))
    return Judged(frame=frame, fired=fired, tallies=tally(frame), waived=waived, covered=covered)


def _waive(frame: pl.DataFrame, fired: Fired, context: Context) -> tuple[Fired, dict[str, int], tuple[int, ...]]:
    waived: dict[str, int] = {}
    covered = []
    hits = fired.hits
    for waiver in context.settings.waivers:
        if waiver.rule not in hits.columns or waiver.expires < context.today:
            covered.append(0)
            continue
        hit = hits[waiver.rule].fill_null(False)
        mask = frame.select(applies(waiver, context).fill_null(False).alias("mask"))["mask"] & hit
        covered.append(int(mask.sum()))
        waived[waiver.rule] = waived.get(waiver.rule, 0) + covered[-1]
        hits = hits.with_columns((hits[waiver.rule] & ~mask).alias(waiver.rule))
    return replace(fired, hits=hits), waived, tuple(covered)


def _held(frame: pl.DataFrame, fired: Fired, listed: Listed) -> pl.DataFrame:
    """A Boolean pair of columns per rule that holds some row: NAME (review or worse) and NAME:remove."""
    side = pl.concat([fired.hits.with_columns(pl.all().fill_null(False)), fired.weights], how="horizontal")
    counts = side.select(pl.col(r.name).any() for r in fired.rules).row(0) if fired.rules and side.height else ()
    columns = []
    for rule, some in zip(fired.rules, counts, strict=False):
        constant = fired.constant.get(rule.name)
        if not some or constant is Severity.NOTE:
            continue
        hit, severity = pl.col(rule.name), fired.severity(rule)
        if constant is None:
            columns += [hit & (severity >= int(Severity.REVIEW))]
            columns += [(hit & (severity == int(Severity.REMOVE))).alias(f"{rule.name}:remove")]
        else:
            columns.append(hit)
            if constant is Severity.REMOVE:
                columns.append(hit.alias(f"{rule.name}:remove"))
    held = side.select(columns) if columns else pl.DataFrame()
    extra = []
    for item in listed.held:
        if item.severity is Severity.NOTE:
            continue
        hit = pl.any_horizontal(pl.col(c).is_not_null() for c in item.cells) if item.cells else pl.lit(True)
        extra.append(hit.alias(item.rule.name))
        if item.severity is Severity.REMOVE:
            extra.append(hit.alias(f"{item.rule.name}:remove"))
    if extra:
        added = frame.select(pl.col("audit_row"), *extra).drop("audit_row")
        held = pl.concat([held, added], how="horizontal") if held.width else added
    return held


def _verdict(held: pl.DataFrame, context: Context) -> pl.Expr | pl.Series:
    doubt = "removed" if context.settings.policy == "strict" else "review"
    if not held.width:
        return pl.lit("clean")
    removes = [name for name in held.columns if name.endswith(":remove")]
    removed = pl.any_horizontal(removes) if removes else pl.lit(False)
    reviews = [name for name in held.columns if not name.endswith(":remove")]
    return held.select(
        pl.when(removed).then(pl.lit("removed"))
        .when(pl.any_horizontal(reviews)).then(pl.lit(doubt))
        .otherwise(pl.lit("clean")).alias("audit_verdict")
    )["audit_verdict"]  # fmt: skip


def _words(frame: pl.DataFrame, held: pl.DataFrame, fired: Fired, context: Context) -> pl.DataFrame:
    """audit_rules, audit_reason, audit_cure: null on clean rows; made once per distinct set of rules."""
    names = held.columns
    doubtful = (frame["audit_verdict"] != "clean").arg_true()
    if not len(doubtful):
        return pl.DataFrame({name: blank(frame.height, pl.String()) for name in WORDS})
    lanes = [names[i : i + LANE] for i in range(0, len(names), LANE)]
    keys = held[doubtful].select(
        pl.sum_horizontal(pl.col(name).cast(pl.UInt64) * (1 << bit) for bit, name in enumerate(lane)).alias(f"lane{i}")
        for i, lane in enumerate(lanes)
    )
    distinct = keys.unique().with_row_index("place")
    rows = [_texts(_held_by(key, lanes), context.settings.lang) for key in distinct.drop("place").rows()]
    texts = pl.DataFrame(rows, schema=dict.fromkeys(WORDS, pl.String()), orient="row")
    places = keys.join(distinct, on=keys.columns, how="left", maintain_order="left")["place"]
    proposed = _proposed(frame, fired)
    if proposed is not None:
        texts, places = _offered(texts, places, proposed.gather(doubtful), PROPOSED.in_(context.settings.lang))
    # every batch has categories of its own; who writes them out makes each once
    texts = texts.cast({name: pl.Categorical(pl.Categories.random(name)) for name in WORDS})
    return texts[blank(frame.height, pl.UInt32()).scatter(doubtful, places)]


def _offered(texts: pl.DataFrame, places: pl.Series, proposed: pl.Series, words: str) -> tuple[pl.DataFrame, pl.Series]:
    """`texts` with one more for every row that has a proposal, and `places` pointing there."""
    rows = proposed.is_not_null().arg_true()
    cure = pl.concat_str("audit_cure", pl.lit(f" {words} "), proposed.gather(rows))
    more = texts[places.gather(rows)].with_columns(audit_cure=cure)
    own = pl.int_range(texts.height, texts.height + len(rows), dtype=pl.UInt32(), eager=True)
    return pl.concat([texts, more]), places.scatter(rows, own)


def _held_by(key: tuple[int, ...], lanes: list[list[str]]) -> frozenset[str]:
    """The columns whose bits stand in `key`."""
    return frozenset(
        name for value, lane in zip(key, lanes, strict=True) for bit, name in enumerate(lane) if value >> bit & 1
    )


# a list has some hundred sets of rules, the same in every batch
@lru_cache(maxsize=1 << 12)
def _texts(held: frozenset[str], lang: str) -> tuple[str, str, str]:
    """Names, reasons and cures of the rules that hold a row; what removes it comes first."""
    on = [rule for rule in rules() if rule.name in held]
    on.sort(key=lambda rule: (f"{rule.name}:remove" not in held, rule.family, len(rule.id), rule.id))
    return (
        ";".join(rule.name for rule in on),
        " ".join(dict.fromkeys(rule.says.in_(lang) for rule in on)),
        " ".join(dict.fromkeys(rule.cure.in_(lang) for rule in on)),
    )


def _proposed(frame: pl.DataFrame, fired: Fired) -> pl.Series | None:
    """The first value that a fired rule proposes for the row."""
    offers = [
        pl.when(fired.hits[rule.name].fill_null(False)).then(pl.col(rule.suggests))
        for rule in fired.rules
        if rule.suggests and fired.hits[rule.name].any()
    ]
    return frame.select(pl.coalesce(offers).alias("proposed"))["proposed"] if offers else None


def tally(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows per value and verdict of each fact in TALLIED."""
    # one grouping over all of them, then sums over its few groups: a third of the cost of one grouping each (measured)
    groups = frame.group_by(*TALLIED, "audit_verdict").agg(n=pl.len().cast(pl.Int64))
    return (
        groups.with_columns(pl.col(TALLIED).cast(pl.String))
        .unpivot(TALLIED, index=["audit_verdict", "n"], variable_name="about", value_name="key")
        .group_by("about", "key", verdict="audit_verdict")
        .agg(pl.col("n").sum())
        .cast(pl.Schema(TALLIES))
    )


def masked_columns() -> dict[str, pl.Expr]:
    """Masked value and suggestions of a finding: the row's own address, in part."""
    suggestions = {rule.suggests for rule in rules() if rule.suggests}
    return {
        "value": mask_email(pl.col("email")),
        **{f"suggestion:{name}": mask_email(pl.col(name)) for name in suggestions},
    }
