"""`auditor suppress add|import|export`: a keyed store of objections that is never readable as a list of people."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from auditor.errors import UsageError

REASONS = ("objection", "unsubscribed", "complaint", "bounce", "register", "import", "other")


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that all three commands share."""
    key = click.option("--key", default="", help="Key file; STORE.key by default.")
    store = click.option("--store", type=click.Path(path_type=Path), required=True, help="The store file.")
    return store(key(command))


def _adding(command: Callable[..., Any]) -> Callable[..., Any]:
    reason = click.option("--reason", type=click.Choice(REASONS), default="objection", help="Why it was added.")
    keep = click.option(
        "--keep-months",
        type=click.IntRange(min=36),
        help="Forget after this many months (36 or more); never by default.",
    )
    day = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the objection; today by default.")
    return reason(keep(day(command)))


@click.group("suppress")
def COMMAND() -> None:
    """Keep objections as keyed fingerprints: nobody can read people out of the store, no list can bring them back."""


@COMMAND.command("add")
@click.argument("addresses", nargs=-1)
@_adding
@_options
def add(
    addresses: tuple[str, ...], store: Path, key: str, reason: str, keep_months: int | None, on: datetime | None
) -> None:
    """Add ADDRESSES (or @domains); with none given they are read from standard input, one a line."""
    texts = addresses or tuple(line.strip() for line in sys.stdin if line.strip())
    wrong = sum("@" not in text for text in texts)
    if not texts or wrong:
        raise UsageError(
            f"{wrong} of {len(texts)} entries to add hold no @" if texts else "nothing to add",
            "Write addresses, or domains as @example.com.",
        )
    _extend(store, key, texts, reason, keep_months, on)


@COMMAND.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@_adding
@_options
def import_(
    files: tuple[Path, ...], store: Path, key: str, reason: str, keep_months: int | None, on: datetime | None
) -> None:
    """Add every address and domain of FILES (plain lists, CSV exports, stores of the same key)."""
    from auditor import suppression_files, suppression_store

    texts: list[str] = []
    for path in files:
        entries = suppression_files.read(path)
        if entries.kind == "store":
            own = suppression_store.load(store, key)
            suppression_store.save(suppression_store.merge(own, suppression_store.load(path, key)), store)
        elif entries.digests:
            raise UsageError(
                f"{path.name}: digests cannot be turned into keyed fingerprints",
                "Give this file to `auditor check --suppression` as it is.",
            )
        else:
            texts += entries.addresses.to_list() + [f"@{domain}" for domain in entries.domains]
            if entries.ignored:
                click.echo(f"{path.name}: {entries.ignored} lines hold no address or domain", err=True)
    _extend(store, key, tuple(texts), reason, keep_months, on)


@COMMAND.command("export")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; standard output by default."
)
@_options
def export(store: Path, key: str, out: Path | None) -> None:
    """Write the store without entries whose time is over, for a colleague or processor who holds the same key."""
    from auditor import suppression_store, world

    if not store.exists():
        raise UsageError(f"{store.name}: no such suppression store")
    loaded, today = suppression_store.load(store, key), world.real().today
    kept = suppression_store.current(loaded, today)
    if out is None:
        click.echo(suppression_store.render(kept), nl=False)
    else:
        suppression_store.save(kept, out)
        click.echo(f"{out.name}: {len(kept.entries)} entries", err=True)


def _extend(
    store: Path, key: str, texts: tuple[str, ...], reason: str, keep_months: int | None, on: datetime | None
) -> None:
    from auditor import suppression_store, world

    loaded = suppression_store.load(store, key)
    day = on.date() if on else world.real().today
    until = _after(day, keep_months) if keep_months else None
    grown = suppression_store.add(loaded, texts, reason, day, until)
    suppression_store.save(grown, store)
    click.echo(f"{store.name}: {len(grown.entries)} entries, {len(grown.entries) - len(loaded.entries)} new")


def _after(day: date, months: int) -> date:
    """The day `months` later; the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
