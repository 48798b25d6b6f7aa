"""`auditor diff OLD NEW`: what changed between two audits."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.report_model import Drift

MOVES = ("new", "fixed", "persisting", "reappeared")


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="How to print it.")
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", help="Language of the table.")
def COMMAND(old: Path, new: Path, shape: str, lang: str) -> None:
    """Compare two audits by person and rule: OLD and NEW are .audit folders or their report.json."""
    from auditor import baseline, people

    before, after = people.read(old), people.read(new)
    drift = baseline.compare(before, after, baseline.recall(before))
    if shape == "json":
        click.echo(json.dumps(drift.model_dump(mode="json"), indent=1, ensure_ascii=False))
        return
    for line in lines(drift, lang):
        click.echo(line)


def lines(drift: "Drift", lang: str) -> list[str]:
    """The comparison as lines of text."""
    from auditor.reports import _words as words
    from auditor.wording import number, typeset

    def say(key: str) -> str:
        return typeset(words.UI[key].in_(lang), lang)

    told = []
    for key, text in words.VERDICTS.items():
        then, now = getattr(drift.baseline.counts, key), getattr(drift.trend[-1].counts, key)
        told.append(
            f"{typeset(text.in_(lang), lang):<12} {number(then, lang):>9} -> {number(now, lang):>9}  {now - then:+d}"
        )
    if not drift.comparable:
        return [*told, say("drift_totals")]
    if drift.returned_objected:
        told.append(f"! {say('returned')}: {number(drift.returned_objected, lang)}")
    if drift.returned_removed:
        told.append(f"! {say('returned_removed')} {number(drift.returned_removed, lang)}")
    told.append("")
    told.append(f"{say('rule'):<36}" + "".join(f"{say('drift_' + move):>13}" for move in MOVES))
    for line in drift.rules:
        told.append(f"{line.rule:<36}" + "".join(f"{number(getattr(line, move), lang):>13}" for move in MOVES))
    total = say("all_m")
    told.append(f"{total:<36}" + "".join(f"{number(getattr(drift, move), lang):>13}" for move in MOVES))
    return told
