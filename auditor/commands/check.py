"""`auditor check`: audit lists, write their folders."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from auditor.errors import ExitCode, Incomplete, UsageError

FILE = click.Path(path_type=Path)


@click.command("check")
@click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", type=FILE, help="Folder for the audit folders [default: beside each list].")
@click.option("--config", type=FILE, help="Settings file [default: auditor.toml here, if there is one].")
@click.option("--policy", type=click.Choice(["standard", "strict"]), help="strict: doubt is removed, not reviewed.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as on this day; repeats byte for byte.")
@click.option("--source", help="Export format, by name (see `auditor sources`) or as a TOML file.")
@click.option("--encoding", help="Encoding of the list, when detection is wrong.")
@click.option("--delimiter", help="Delimiter of the list, when detection is wrong.")
@click.option("--header-row", type=int, help="Physical line of the header, from 1.")
@click.option("--sheet", help="Sheet of an .xlsx list.")
@click.option("--suppression", type=FILE, multiple=True, help="Addresses, domains or hashes never to write to.")
@click.option("--consent-log", type=FILE, multiple=True, help="Form logs or receipts that prove consents.")
@click.option("--decisions", type=FILE, multiple=True, help="Review file filled in, or the file the page saved.")
@click.option("--baseline", type=FILE, help="report.json of an earlier run, to tell new findings from old.")
@click.option("--declare", multiple=True, metavar="KEY=VALUE", help="A fact about the whole list, as in [list].")
@click.option("--drop-columns", multiple=True, metavar="HEADER", help="Leave this column out of the clean list.")
@click.option("--dns/--offline", "dns", default=None, help="Look domains up (never addresses) [default: offline].")
@click.option("--dns-snapshot", type=FILE, help="Use the answers kept by an earlier run.")
@click.option("--dns-max-unknown", type=float, metavar="PCT", help="Unknown domains that make a run incomplete [20].")
@click.option("--require-complete", is_flag=True, default=None, help="Exit 5 when something could not be examined.")
@click.option("--fail-on", type=click.Choice(["never", "review", "removed"]), help="Exit 1 when such rows exist.")
@click.option("--max-removed", type=float, metavar="PCT", help="Exit 1 when more than this share is removed.")
@click.option("--annotate", is_flag=True, default=None, help="Also write every record with its judgement.")
@click.option("--report", "reports", multiple=True, metavar="FORMAT", help="Further report formats: md, xlsx, github.")
@click.option("--csv-safety", type=click.Choice(["review", "quote", "off"]), help="Cells a spreadsheet would execute.")
@click.option("--lang", type=click.Choice(["en", "fr"]), help="Language of everything a person reads.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Result on stdout.")
@click.option("--quiet", "-q", is_flag=True, help="No summary, only errors.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("--overwrite", is_flag=True, default=None, help="Replace an earlier audit in the same folder.")
def COMMAND(
    lists: tuple[Path, ...], config: Path | None, shape: str, quiet: bool, no_progress: bool, **given: Any
) -> int:
    """Audit prospect LISTS: write clean, review and removed rows and a compliance report.

    Each list gets its own folder NAME.audit. Without settings it works too. Exit codes: 0 done,
    1 findings at or above --fail-on, 2 usage, 3 unreadable list, 4 output not writable, 5 incomplete.
    """
    import os

    from auditor import overview, pipeline, settings, summary, world
    from auditor.progress import bar

    here = world.real()
    found = config or (Path("auditor.toml") if Path("auditor.toml").is_file() else None)
    chosen, origins = settings.load(_flags(given, here.environ), here.environ, found)
    results = []
    for path in lists:
        with bar(str(path), enabled=not (quiet or no_progress) and sys.stderr.isatty()) as progress:
            results.append(pipeline.audit(path, chosen, here, origins, progress))
    if len(results) > 1:
        homes = [result.folder.parent.resolve() for result, _ in results]
        results = overview.finish(
            results,
            lambda number, folders: pipeline.audit(
                lists[number], chosen.model_copy(update={"siblings": folders, "overwrite": True}), here, origins
            ),
            Path(os.path.commonpath(homes)),
        )
    if shape == "json":
        click.echo(summary.as_json(results))
    elif not quiet:
        if sys.stdout.isatty():
            _draw([model for _, model in results], here.environ)
        summary.as_table(results, chosen.lang)
    return _exit(results, chosen)


def _draw(models: list[Any], environ: Any) -> None:
    """The pictures of each report, for a person at a terminal."""
    import shutil

    from auditor.terminal import terminal

    colors = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    signs = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    for model in models:
        click.echo(terminal(model, model.lang, colors, signs, shutil.get_terminal_size().columns))


def _flags(given: dict[str, Any], environ: Any) -> dict[str, Any]:
    """The options as settings keys; what was not given is None."""
    as_of: datetime | None = given.pop("as_of")
    dns, unknown = given.pop("dns"), given.pop("dns_max_unknown")
    flags = {**given, "as_of": as_of.date() if as_of else None}
    flags["dns_lookup"] = False if environ.get("AUDITOR_OFFLINE") == "1" else dns
    flags["dns"] = {"max_unknown": unknown} if unknown is not None else None
    declared = {}
    for item in flags.pop("declare"):
        key, sign, value = item.partition("=")
        if not sign:
            raise UsageError(f"--declare {key!r} has no value", "Write --declare KEY=VALUE.")
        declared[key] = value
    flags["list"] = declared or None
    return flags


def _exit(results: list[Any], chosen: Any) -> int:
    """The exit code of a finished run: incomplete outranks findings."""
    counts = [result.counts for result, _ in results]
    if chosen.require_complete and any(r.lookup and not r.lookup.complete for r, _ in results):
        raise Incomplete("too many domains stayed unknown", "Outputs are written. Try again, or see [dns] in settings.")
    removed, review = sum(c.removed for c in counts), sum(c.review for c in counts)
    read = sum(c.read for c in counts)
    if chosen.max_removed is not None and read and 100 * removed / read > chosen.max_removed:
        return int(ExitCode.FINDINGS)
    if (chosen.fail_on != "never" and removed) or (chosen.fail_on == "review" and review):
        return int(ExitCode.FINDINGS)
    return int(ExitCode.DONE)
