"""The summary on a terminal: a bar that adds up, the biggest risks, the ladder; plain ASCII where need be."""

import io
import sys

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from auditor.report_model import Report
from auditor.reports import _words as words
from auditor.wording import number, percent, typeset

WIDTH = 40
STYLES = {"clean": "green", "review": "yellow", "removed": "red", "unreadable": "magenta"}
SIGNS = {"clean": ("█", "#"), "review": ("▓", "~"), "removed": ("▒", "x"), "unreadable": ("░", ".")}
MARKS = {"remove": ("✕", "x"), "review": ("?", "?"), "note": ("i", "i")}
# spaces and signs that an ASCII terminal lacks
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "…": "...", "·": "-"}
)


def terminal(report: Report, lang: str, color: bool = True, unicode: bool = True, width: int = 100) -> str:
    """The summary as text with a line end; no control character of the list reaches it."""
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=color,
        no_color=not color,
        width=width,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    pick = 0 if unicode else 1
    console.print(Text(_fit(typeset(report.sentence.in_(lang), lang), unicode), style="bold"))
    console.print(_bar(report, lang, pick, unicode))
    if report.lookup:
        style = "none" if report.lookup.complete else "yellow"
        console.print(Text(_fit(typeset(report.lookup.says.in_(lang), lang), unicode), style=style))
    titles = {rule.name: rule.title for rule in report.rules}
    if report.risks:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(justify="left")
        table.add_column(justify="right")
        table.add_column(justify="left")
        for risk in report.risks:
            mark = Text(MARKS[risk.severity][pick], style="red" if risk.severity == "remove" else "yellow")
            says = Text(_fit(typeset(titles.get(risk.rule, risk.says).in_(lang), lang), unicode))
            table.add_row(mark, _fit(number(risk.count, lang), unicode), says)
        console.print(table)
    console.print(_ladder(report, lang, pick, unicode))
    return out.getvalue()


def page(text: str) -> None:
    """Print a page of our own in Markdown: laid out on a terminal, as it is into a pipe or file."""
    if sys.stdout.isatty():
        Console(emoji=False).print(Markdown(text))
    else:
        click.echo(text)


def _fit(text: str, unicode: bool) -> str:
    shown = "".join(sign if sign.isprintable() or sign == "\u202f" or sign == "\u00a0" else "?" for sign in text)
    return shown if unicode else shown.translate(_PLAIN).encode("ascii", "replace").decode()


def _bar(report: Report, lang: str, pick: int, unicode: bool) -> Text:
    counts = report.counts
    bar, told = Text(), []
    for key, style in STYLES.items():
        n = getattr(counts, key)
        cells = round(WIDTH * n / max(1, counts.read)) or (1 if n else 0)
        bar.append(SIGNS[key][pick] * cells, style=style)
        one = n < 2 if lang == "fr" else n == 1
        told.append(
            f"{SIGNS[key][pick]} {number(n, lang)} {(words.VERDICTS_ONE if one else words.VERDICTS)[key].in_(lang)}"
        )
    read = f"{number(counts.read, lang)} {words.UI['read'].in_(lang)}"
    return bar.append("\n" + _fit(f"{read} = " + " + ".join(told), unicode))


def _ladder(report: Report, lang: str, pick: int, unicode: bool) -> Table:
    counts = report.counts
    judged = counts.clean + counts.review + counts.removed
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for justify in ("left", "left", "right"):
        table.add_column(justify=justify)
    for level in report.levels:
        cells = round(WIDTH / 2 * level.rows / max(1, judged)) or (1 if level.rows else 0)
        bar = Text(SIGNS["clean"][pick] * cells, style="cyan")
        label = Text(_fit(f"{level.key} {typeset(level.label.in_(lang), lang)}", unicode))
        table.add_row(label, bar, _fit(percent(level.rows, judged, lang), unicode))
    return table
