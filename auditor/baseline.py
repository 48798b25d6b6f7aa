"""What changed since an earlier audit: findings and people that are new, fixed, persisting or back.

Findings are compared by person and rule. People who left the list are remembered as keyed marks in `history.csv`,
in the private folder of each audit that had a baseline, so that somebody who comes back later is recognised. The
key is made once for a chain of audits, from the first list's hash and `suppression_key`, and travels in the file.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from auditor import people
from auditor.folder import write
from auditor.people import Audited
from auditor.report_model import Drift, DriftRule, Report, TrendPoint
from auditor.result import Audit

HISTORY = "history.csv"
GONE: dict[str, pl.DataType] = {"mark": pl.String(), "rule": pl.String()}
# a person who said no and then left the list
SAID_NO = "said_no"
MOST_POINTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Marks of people and findings that earlier audits of the chain saw and later ones did not."""

    key: bytes
    gone: pl.DataFrame


def measure(path: Path, audit: Audit, report: Report, run: Path) -> Drift:
    """The drift of the audit whose lists stand in `run`, against the report or folder at `path`.

    Writes the chain's memory to `run` when both audits have their lists.
    """
    old = people.read(path)
    new = Audited(report=report, folder=run, **people.lists(run, report))
    if old.people is None or new.people is None:
        return compare(old, new)
    history = recall(old, audit.settings.suppression_key)
    drift = compare(old, new, history)
    write(run / HISTORY, _written(_remember(old, new, history)))
    return drift


def recall(old: Audited, secret: str = "") -> History:
    """The memory that stands beside the baseline, or a fresh one."""
    try:
        lines = (old.folder / HISTORY).read_text("utf-8").splitlines()
        key = bytes.fromhex(lines[0].removeprefix("# key "))
        rows = [line.split(",") for line in lines[2:]]
        return History(key=key, gone=pl.DataFrame(rows, schema=GONE, orient="row"))
    except (OSError, ValueError, IndexError, pl.exceptions.PolarsError):
        start = f"{old.report.source.sha256}{secret}".encode()
        return History(key=hashlib.blake2b(start, digest_size=32).digest(), gone=pl.DataFrame(schema=GONE))


def compare(old: Audited, new: Audited, history: History | None = None) -> Drift:
    """The drift between two audits; totals only where one of them has lost its lists."""
    trend = (*(old.report.drift.trend if old.report.drift else (point(old.report),)), point(new.report))
    if old.people is None or new.people is None or old.findings is None or new.findings is None:
        return Drift(comparable=False, baseline=point(old.report), trend=trend[-MOST_POINTS:])
    moves = _moves(old.findings, new.findings, history)
    back = returned(old, new, history)
    return Drift(
        comparable=True,
        baseline=point(old.report),
        trend=trend[-MOST_POINTS:],
        new=sum(line.new for line in moves),
        fixed=sum(line.fixed for line in moves),
        persisting=sum(line.persisting for line in moves),
        reappeared=sum(line.reappeared for line in moves),
        rows_new=new.people.join(old.people, on="person", how="anti").height,
        rows_gone=old.people.join(new.people, on="person", how="anti").height,
        returned_objected=back.filter(pl.col("why") == SAID_NO).height,
        returned_removed=back.filter(pl.col("why") == "removed").height,
        rules=tuple(moves),
    )


def point(report: Report) -> TrendPoint:
    """The totals of one report."""
    return TrendPoint(
        as_of=report.as_of,
        name=report.source.name,
        sha256=report.source.sha256,
        counts=report.counts,
        levels={level.key: level.rows for level in report.levels},
    )


def returned(old: Audited, new: Audited, history: History | None) -> pl.DataFrame:
    """People whom the baseline removed or who had said no (`why`), and who are in the new list without that finding."""
    nobody = pl.DataFrame(schema={"person": pl.String(), "why": pl.String()})
    if old.people is None or new.people is None or new.findings is None:
        return nobody
    said_no = people.objected(old).to_frame().with_columns(pl.lit(SAID_NO).alias("why"))
    if history is not None:
        known = new.people.select("person").with_columns(marks(new.people["person"], history.key))
        lost = history.gone.filter(pl.col("rule") == SAID_NO)
        again = known.join(lost, on="mark").select("person", pl.lit(SAID_NO).alias("why"))
        said_no = pl.concat([said_no, again]).unique()
    still = people.objected(new).to_frame()
    removed = old.people.filter(pl.col("verdict") == "removed").select("person", pl.lit("removed").alias("why"))
    free = new.people.filter(pl.col("verdict") == "clean").select("person")
    back = pl.concat(
        [
            said_no.join(still, on="person", how="anti").join(new.people, on="person", how="semi"),
            removed.join(said_no, on="person", how="anti").join(free, on="person", how="semi"),
        ]
    )
    return back.unique().sort("person") if back.height else nobody


def marks(persons: pl.Series, key: bytes) -> pl.Series:
    """Keyed fingerprints of persons, hexadecimal."""
    # row by row: polars has no keyed hash; only audits with a baseline come here
    found = [hashlib.blake2b(p.encode(), key=key, digest_size=16).hexdigest() for p in persons.to_list()]
    return pl.Series("mark", found, pl.String())


def _moves(old: pl.DataFrame, new: pl.DataFrame, history: History | None) -> list[DriftRule]:
    pair = ["person", "rule"]
    fresh = new.join(old, on=pair, how="anti")
    again = fresh.head(0)
    if history is not None and history.gone.height:
        known = fresh.with_columns(marks(fresh["person"], history.key))
        again = known.join(history.gone, on=["mark", "rule"], how="semi").drop("mark")
    counts = {
        "new": fresh.join(again, on=pair, how="anti"),
        "fixed": old.join(new, on=pair, how="anti"),
        "persisting": new.join(old, on=pair, how="semi"),
        "reappeared": again,
    }
    by_rule: dict[str, Counter[str]] = {}
    for move, frame in counts.items():
        for rule, n in frame["rule"].value_counts().rows():
            by_rule.setdefault(rule, Counter())[move] = n
    order = sorted(by_rule, key=lambda r: (-by_rule[r]["new"] - by_rule[r]["reappeared"], -by_rule[r].total(), r))
    return [
        DriftRule(rule=rule, **{move: by_rule[rule][move] for move in ("new", "fixed", "persisting", "reappeared")})
        for rule in order
    ]


def _remember(old: Audited, new: Audited, history: History) -> History:
    """The memory after this audit: what is gone now, and what was gone before and still is."""
    assert old.findings is not None and new.findings is not None and new.people is not None
    fixed = old.findings.join(new.findings, on=["person", "rule"], how="anti").select("person", "rule")
    left = people.objected(old).to_frame().join(new.people, on="person", how="anti")
    gone = pl.concat([fixed, left.with_columns(pl.lit(SAID_NO).alias("rule"))])
    gone = gone.with_columns(marks(gone["person"], history.key)).select(list(GONE))
    # who said no is never forgotten; a finding that is back is no longer gone
    present = new.findings.with_columns(marks(new.findings["person"], history.key)).select(list(GONE))
    kept = pl.concat([history.gone, gone]).unique().join(present, on=["mark", "rule"], how="anti")
    return History(key=history.key, gone=kept.sort("mark", "rule"))


def _written(history: History) -> bytes:
    lines = [f"# key {history.key.hex()}", ",".join(GONE), *(f"{mark},{rule}" for mark, rule in history.gone.rows())]
    return ("\n".join(lines) + "\n").encode()
