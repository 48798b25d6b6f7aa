"""`auditor dns-cache show|clear`: what earlier runs learnt about domains, and how to forget it."""

import json

import click

from auditor.errors import OutputError


@click.group("dns-cache")
def COMMAND() -> None:
    """Show or clear the answers kept from earlier look-ups (domains only, never addresses)."""


@COMMAND.command("show")
@click.option("--domains", "each", is_flag=True, help="One line per domain instead of counts.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
def show(each: bool, shape: str) -> None:
    """Show where the cache is and what it holds."""
    from auditor import world
    from auditor.lookup.cache import FILE, describe, entries

    here = world.real()
    path = here.cache / FILE
    if each:
        for entry in entries(path):
            fields = (entry.domain, entry.finding.status, entry.finding.mx_class or "", entry.finding.mx_host or "")
            moment = entry.checked_at.isoformat() if entry.checked_at else ""
            if shape == "json":
                names = ("domain", "status", "mx_class", "mx_host", "checked_at", "resolver")
                values = (*fields, moment, entry.resolver)
                click.echo(json.dumps({n: v for n, v in zip(names, values, strict=True) if v}))
            else:
                click.echo("\t".join((*fields, moment, entry.resolver)))
        return
    facts = describe(path, here.now)
    if shape == "json":
        click.echo(json.dumps({"file": str(path), **facts}, indent=2))
        return
    click.echo(f"file      {path}")
    for name in ("domains", "expired", "oldest", "newest"):
        click.echo(f"{name:<9} {facts[name] if facts[name] is not None else '-'}")
    for status, number in facts["statuses"].items():
        click.echo(f"  {status:<15} {number}")


@COMMAND.command("clear")
def clear() -> None:
    """Delete the cache; the next run with --dns asks again."""
    from auditor import world
    from auditor.lookup.cache import FILE, remove

    try:
        existed = remove(world.real().cache / FILE)
    except OSError as error:
        raise OutputError(f"the cache cannot be deleted ({error.strerror})") from None
    click.echo("cache deleted" if existed else "there was no cache", err=True)
