"""What a reader is told first: the verdict sentence, what was not checked, which rows to look at and why."""

from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from auditor.objections import OBJECTIONS
from auditor.report_model import CountryTerms, Counts, FirstRow, NotChecked, RuleResult, VerdictCode, Words
from auditor.result import Audit
from auditor.wording import GAPS, number, percent

FIRST = 10
_RANK = {"remove": 3, "review": 2, "note": 1}
_SURE = {"high": 3, "medium": 2, "low": 1}


def sentence(verdict: VerdictCode, counts: Counts, several: bool = False) -> Words:
    """The one sentence on top of the report; never the word "compliant". `several`: over all lists of a run."""
    return Words(en=_english(verdict, counts, several), fr=_french(verdict, counts, several))


def _english(verdict: VerdictCode, counts: Counts, several: bool) -> str:
    held, read = counts.read - counts.clean, number(counts.read, "en")
    these, it, its = ("these lists", "they stand", "their") if several else ("this list", "it stands", "its")
    if verdict == "empty":
        return "There are no records here: nothing could be judged."
    if verdict == "nothing_found":
        return f"No doubt was found on the {read} records, within what could be checked."
    if verdict == "not_usable":
        return f"Do not write to anyone on {these} yet: none of {its} {read} records is free of doubt."
    verb = "is" if counts.clean == 1 else "are"
    return (
        f"Do not send to {these} as {it}: {number(counts.clean, 'en')} of {read} records {verb} free of doubt, "
        f"{number(held, 'en')} ({percent(held, counts.read, 'en')}) must wait or go."
    )


def _french(verdict: VerdictCode, counts: Counts, several: bool) -> str:
    held, read = counts.read - counts.clean, number(counts.read, "fr")
    these, of = ("ces listes", "de ces listes") if several else ("cette liste", "de cette liste")
    if verdict == "empty":
        return "Aucun enregistrement ici : il n'y avait rien à juger."
    if verdict == "nothing_found":
        return f"Aucun doute relevé sur les {read} enregistrements, dans la limite de ce qui a pu être vérifié."
    if verdict == "not_usable":
        return f"N'écrivez encore à personne : aucun des {read} enregistrements {of} n'est exempt de doute."
    clean = "est exempt" if counts.clean == 1 else "sont exempts"
    rest = "doit attendre ou disparaître" if held == 1 else "doivent attendre ou disparaître"
    return (
        f"N'envoyez rien à {these} en l'état : {number(counts.clean, 'fr')} enregistrements sur {read} {clean} de "
        f"doute, {number(held, 'fr')} ({percent(held, counts.read, 'fr')}) {rest}."
    )


def not_checked(audit: Audit, rules: Sequence[RuleResult], countries: Sequence[CountryTerms]) -> tuple[NotChecked, ...]:
    """Everything the audit could not or was not asked to look at, gravest first."""
    return tuple(_gaps(audit, rules, countries))


def _gap(code: str, count: int | None = None, names: str = "") -> NotChecked:
    says, cure = GAPS[code]
    return NotChecked(
        code=code,
        says=Words(en=says.en, fr=says.fr),
        cure=Words(en=cure.en.replace("{names}", names), fr=cure.fr.replace("{names}", names)),
        count=count,
    )


def _gaps(audit: Audit, rules: Sequence[RuleResult], countries: Sequence[CountryTerms]) -> Iterator[NotChecked]:
    if audit.counts.unreadable:
        yield _gap("unreadable", audit.counts.unreadable)
    if not audit.settings.suppression:
        yield _gap("suppression")
    lost = sum(one.ignored for one in audit.screens)
    if lost:
        yield _gap("suppression_lines", lost)
    empty = sum(not one.entries for one in audit.screens)
    if empty:
        yield _gap("suppression_empty", empty)
    if not audit.settings.consent_log:
        yield _gap("consent_log")
    if audit.lookup is None:
        yield _gap("domains")
    elif audit.lookup.unknown:
        yield _gap("domains_unknown", audit.lookup.unknown)
    unknown = sum(country.rows for country in countries if country.code == "XX")
    if unknown:
        yield _gap("country", unknown)
    absent = [rule for rule in rules if rule.outcome == "not_applicable"]
    if absent:
        missing = Counter(column for rule in absent for column in rule.missing_columns)
        first = sorted(missing, key=lambda name: (-missing[name], name))[:4]
        yield _gap("columns", len(absent), ", ".join(first))
    off = sum(rule.state == "off" for rule in rules)
    if off:
        yield _gap("off", off)


def first_rows(findings: pl.DataFrame, rules: Sequence[RuleResult]) -> tuple[FirstRow, ...]:
    """FIRST rows that teach most: for each weighty problem in turn, the row that shows it with most others.

    Rows that a person must decide come before rows that the audit removed by itself.
    """
    if not findings.height:
        return ()
    counts = {rule.name: rule for rule in rules}
    weighed = findings.with_columns(
        pl.col("severity").replace_strict(_RANK, default=1, return_dtype=pl.Int64).alias("rank"),
        pl.col("confidence").replace_strict(_SURE, default=1, return_dtype=pl.Int64).alias("sure"),
    ).filter(pl.col("rank") > 1)
    rows = weighed.group_by("audit_row").agg(
        pl.col("rule").unique(maintain_order=True).alias("rules"),
        (pl.col("rank") * pl.col("sure")).sum().alias("score"),
        pl.col("value").first(),
        pl.col("verdict").first(),
    )
    rows = rows.sort(pl.col("verdict") != "review", -pl.col("score"), "audit_row")
    chosen: list[FirstRow] = []
    for name in _turns(weighed, counts):
        taken = [row.row for row in chosen]
        best = rows.filter(pl.col("rules").list.contains(name) & ~pl.col("audit_row").is_in(taken)).head(1)
        if best.height:
            chosen.append(_first(best.row(0, named=True), name, counts))
        if len(chosen) == FIRST:
            break
    return tuple(chosen)


def _turns(weighed: pl.DataFrame, counts: dict[str, RuleResult]) -> Iterator[str]:
    """Rule names, weightiest first, over and over: each problem gets its turn before one gets a second."""
    order = weighed.group_by("rule").agg(pl.col("rank").max(), pl.len().alias("n"))
    order = order.with_columns(
        pl.col("rule").replace_strict({n: r.count for n, r in counts.items()}, default=0).alias("all"),
        pl.col("rule").is_in(sorted(OBJECTIONS)).alias("said_no"),
    ).sort("rank", "said_no", "all", "rule", descending=[True, True, True, False])
    names = order["rule"].to_list()
    for _ in range(FIRST):
        yield from names


def _first(row: dict[str, object], name: str, counts: dict[str, RuleResult]) -> FirstRow:
    names = tuple(str(n) for n in row["rules"])  # type: ignore[attr-defined]
    rule = counts.get(name)
    alike = rule.count if rule else 1
    en, fr = (rule.says.en, rule.says.fr) if rule else (name, name)
    if alike > 1:
        en += f" {number(alike, 'en')} rows have this problem."
        fr += f" {number(alike, 'fr')} lignes ont ce problème."
    return FirstRow(
        row=int(str(row["audit_row"])),
        value=None if row["value"] is None else str(row["value"]),
        verdict=str(row["verdict"]),
        rules=(name, *(n for n in names if n != name)),
        stands_for=alike,
        why=Words(en=en, fr=fr),
    )
