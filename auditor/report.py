"""From an audit to the report that all formats show: one pure function, a section at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

import polars as pl

from auditor import registry, report_lookup, report_run, wording
from auditor.intake.mapping import ColumnUse
from auditor.model import CountryPack, Family, Lens, Ref, Scope, Severity, Text
from auditor.objections import OBJECTIONS
from auditor.report_model import (
    Citation,
    CountryTerms,
    Counts,
    Drift,
    Findings,
    ListFinding,
    Month,
    Outcome,
    Report,
    Risk,
    RuleResult,
    SeverityName,
    Slice,
    UnknownSource,
    VerdictCode,
    Words,
)
from auditor.report_model import Lens as LensResult
from auditor.report_reading import first_rows, not_checked, sentence
from auditor.report_run import header_shown, printable
from auditor.result import Audit, RuleState

KEEP_YEARS = 3
TOP = 5


def build(audit: Audit, drift: Drift | None = None) -> Report:
    """The report of one audited list."""
    judged = audit.counts.read - audit.counts.unreadable
    rules = tuple(_rule(state, judged) for state in audit.states)
    counts = Counts(
        read=audit.counts.read,
        clean=audit.counts.clean,
        review=audit.counts.review,
        removed=audit.counts.removed,
        unreadable=audit.counts.unreadable,
    )
    verdict = _verdict(counts)
    frame = audit.row_findings
    countries = _countries(audit)
    looked_up = report_lookup.line(audit)
    return Report(
        lang=audit.settings.lang,
        as_of=audit.today.isoformat(),
        made_at=audit.now.isoformat().replace("+00:00", "Z"),
        policy=audit.settings.policy,
        stem=printable(audit.stem),
        versions=dict(audit.versions),
        source=report_run.source(audit),
        counts=counts,
        verdict=verdict,
        sentence=report_lookup.headline(sentence(verdict, counts), looked_up),
        risks=tuple(_risks(rules, counts)),
        not_checked=not_checked(audit, rules, countries),
        levels=_slices(audit, "provenance_level", wording.LEVELS, always=True),
        sources=_slices(audit, "source_class", wording.SOURCES),
        unknown_sources=tuple(_unknown_sources(audit)),
        address_classes=_slices(audit, "address_class", {}),
        consent_states=_slices(audit, "consent_state", wording.CONSENT),
        countries=countries,
        lenses=tuple(_lenses(rules)),
        families=tuple(_families(rules)),
        rules=rules,
        list_findings=tuple(_list_findings(audit.list_findings)),
        calendar=_calendar(audit),
        suppliers=report_run.suppliers(audit),
        supplier_states=tuple(
            one for one in _slices(audit, "supplier_state", wording.SUPPLIERS) if one.key in wording.SUPPLIERS
        ),
        settings=report_run.settings(audit),
        waivers=tuple(report_run.waivers(audit)),
        decisions=tuple(report_run.decisions(audit.decisions)),
        lookup=looked_up,
        screens=report_run.screens(audit),
        first_rows=first_rows(frame, rules),
        findings_total=audit.row_findings_total,
        findings_shown=frame.height,
        limits=tuple(_words(text) for text in wording.LIMITS),
        keep_until=_years_later(audit.today, KEEP_YEARS).isoformat(),
        retention=_words(wording.RETENTION),
        drift=drift,
        findings=_findings(frame),
    )


def _words(text: Text) -> Words:
    return Words(en=text.en, fr=text.fr)


def _citation(ref: Ref) -> Citation:
    return Citation(
        key=ref.key,
        instrument=ref.instrument,
        article=ref.article,
        where=ref.where,
        checked_on=ref.checked_on.isoformat(),
        title=_words(ref.title),
        cited=Words(en=ref.cited("en"), fr=ref.cited("fr")),
    )


def _name(severity: Severity) -> SeverityName:
    return cast(SeverityName, severity.name.lower())


def _rule(state: RuleState, judged: int) -> RuleResult:
    rule = state.rule
    heaviest = max((s for s, n in state.severities.items() if n), default=rule.severity)
    return RuleResult(
        id=rule.id,
        name=rule.name,
        family=str(rule.family),
        lenses=tuple(str(lens) for lens in rule.lenses),
        scope=rule.scope.value,
        strength=str(rule.strength),
        outcome=_outcome(state, heaviest, judged),
        state=state.state,
        count=state.fired,
        unknown=state.unknown,
        waived=state.waived,
        severity=_name(heaviest),
        severities={_name(s): n for s, n in sorted(state.severities.items(), reverse=True) if n},
        confidence=rule.confidence.value,
        title=_words(rule.title),
        says=_words(rule.says),
        cure=_words(rule.cure),
        false_alarms=_words(rule.false_alarms),
        citations=tuple(_citation(ref) for ref in rule.refs),
        missing_columns=state.missing,
    )


def _outcome(state: RuleState, heaviest: Severity, judged: int) -> Outcome:
    if state.fired:
        by_severity: dict[Severity, Outcome] = {
            Severity.REMOVE: "fires",
            Severity.REVIEW: "needs_person",
            Severity.NOTE: "noted",
        }
        return by_severity[heaviest]
    # a rule that no row gave anything to judge by has not passed
    blind = state.state == "ran" and state.rule.scope is Scope.ROW and 0 < judged <= state.unknown
    if state.state == "column_absent" or blind:
        return "not_applicable"
    return "passed" if state.state == "ran" else "not_run"


def _verdict(counts: Counts) -> VerdictCode:
    if not counts.read:
        return "empty"
    if counts.clean == counts.read:
        return "nothing_found"
    return "partly_usable" if counts.clean else "not_usable"


def weight(rule: RuleResult) -> tuple[int, int, int, str]:
    """Sort key: heaviest problem first, people who said no before all else of that weight, then how many rows."""
    held = rule.severities.get("remove", 0) or rule.count
    return (-Severity[rule.severity.upper()], int(rule.name not in OBJECTIONS), -held, rule.id)


def _risks(rules: Sequence[RuleResult], counts: Counts) -> Iterable[Risk]:
    heavy = [rule for rule in rules if rule.outcome in ("fires", "needs_person")]
    whole = max(1, counts.read)
    for rule in sorted(heavy, key=weight)[:TOP]:
        share = rule.count / whole if rule.scope == "row" else 1.0
        yield Risk(rule=rule.name, severity=rule.severity, count=rule.count, share=round(share, 4), says=rule.says)


def _lenses(rules: Sequence[RuleResult]) -> Iterable[LensResult]:
    for lens in Lens:
        yield _group(str(lens), wording.LENSES[lens], [rule for rule in rules if str(lens) in rule.lenses])


def _families(rules: Sequence[RuleResult]) -> Iterable[LensResult]:
    for family in Family:
        yield _group(str(family), wording.FAMILIES[family], [rule for rule in rules if rule.family == str(family)])


def _group(key: str, question: Text, rules: Sequence[RuleResult]) -> LensResult:
    own = [rule for rule in rules if rule.count]
    sums: Counter[str] = Counter()
    for rule in own:
        sums.update(rule.severities)
    return LensResult(
        key=key,
        question=_words(question),
        findings=sum(sums.values()),
        remove=sums["remove"],
        review=sums["review"],
        note=sums["note"],
        rules=tuple(rule.name for rule in sorted(own, key=weight)),
    )


def _tally(audit: Audit, about: str) -> dict[str | None, Counter[str]]:
    rows = audit.tallies.filter(pl.col("about") == about).select("key", "verdict", "n").rows()
    found: dict[str | None, Counter[str]] = {}
    for key, verdict, n in rows:
        found.setdefault(key, Counter())[verdict] += n
    return found


def _slices(audit: Audit, about: str, labels: dict[str, Text], always: bool = False) -> tuple[Slice, ...]:
    found = _tally(audit, about)
    by_key = {key or "missing": n for key, n in found.items()}
    keys = list(labels) if always else sorted(by_key, key=lambda k: (-by_key[k].total(), k))
    return tuple(
        Slice(key=key, label=_words(labels.get(key) or wording.address_class(key)), **_split(by_key.get(key)))
        for key in keys
    )


def _split(counter: Counter[str] | None) -> dict[str, int]:
    return {verdict: (counter or Counter())[verdict] for verdict in ("clean", "review", "removed")}


def _countries(audit: Audit) -> tuple[CountryTerms, ...]:
    packs = {pack.code: pack for pack in registry.collect("auditor.countries", "PACK", CountryPack, required=False)}
    found = _tally(audit, "country_code")
    lines = []
    for code, n in found.items():
        pack = packs.get(code or "XX", packs.get("XX"))
        if pack is not None:
            lines.append(_country(code, pack, audit.today, n))
    return tuple(sorted(lines, key=lambda line: (-line.rows, line.code)))


def _country(code: str | None, pack: CountryPack, day: date, n: Counter[str]) -> CountryTerms:
    terms = next(
        (t for t in pack.terms if t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)), pack.terms[-1]
    )
    refs = {ref.key: ref for group in terms.refs.values() for ref in group}
    own = code is None or code == pack.code
    return CountryTerms(
        code=code or "XX",
        name=_words(pack.name) if own else Words(en=str(code), fr=str(code)),
        **_split(n),
        named=str(terms.named),
        generic=str(terms.generic),
        personal=str(terms.personal),
        sole_trader=str(terms.sole_trader),
        inactive_months=terms.inactive_months,
        notice_days=terms.notice_days,
        last_checked=pack.last_checked.isoformat(),
        citations=tuple(_citation(ref) for ref in refs.values()),
        note=_words(terms.note),
    )


def _list_findings(frame: pl.DataFrame) -> Iterable[ListFinding]:
    for row in frame.iter_rows(named=True):
        column = row["column"]
        yield ListFinding(
            rule=row["rule"],
            column=None if column is None else header_shown(ColumnUse(index=0, header=column)),
            severity=row["severity"],
            confidence=row["confidence"],
            strength=row["strength"],
            detail=row["detail"],
            evidence=printable(row["evidence"] or "", 400),
        )


def _unknown_sources(audit: Audit) -> Iterator[UnknownSource]:
    """Source values that no vocabulary knows, the most frequent first, rare ones last and without their words."""
    found = audit.surveys.get("unknown_sources")
    for value, rows in () if found is None else found.iter_rows():
        yield UnknownSource(value=None if value is None else printable(value), rows=rows)


def _calendar(audit: Audit) -> tuple[Month, ...]:
    """Rows by month in which they must be informed at the latest, earliest first."""
    found: Counter[tuple[str, bool]] = Counter()
    for key, by_verdict in _tally(audit, "notice_due_on").items():
        if key:
            found[key[:7], key[:10] < audit.today.isoformat()] += by_verdict.total()
    order = sorted(found.items(), key=lambda item: (item[0][0], not item[0][1]))
    return tuple(Month(month=month, overdue=late, rows=n) for (month, late), n in order)


def _findings(frame: pl.DataFrame) -> Findings:
    """The table's columns; `row` order is the input's."""
    names = ("rule", "severity", "confidence", "detail", "evidence", "value", "country", "verdict")
    columns: dict[str, Any] = {name: tuple(frame[name].to_list()) for name in names}
    # already typed by polars: no second check of every value
    return Findings.model_construct(row=tuple(frame["audit_row"].to_list()), **columns)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
