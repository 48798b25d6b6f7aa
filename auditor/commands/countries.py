"""`auditor countries [CC]`: what a country asks before the first commercial e-mail, with its sources."""

import json
from datetime import datetime

import click

from auditor.errors import UsageError


@click.command("countries")
@click.argument("code", required=False)
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", help="Language of the text.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Terms that hold on this day; today by default.")
def COMMAND(code: str | None, lang: str, shape: str, as_of: datetime | None) -> None:
    """Print the country packs, or the pack of CODE (FR, DE, UK …) with its sources."""
    from auditor import country_pages, packs, world

    day = as_of.date() if as_of else world.real().today
    if code is None:
        chosen = list(packs.load().values())
    else:
        found = packs.code_of(code)
        if found is None:
            raise UsageError(f"no country pack for {code!r}", f"There are packs for: {', '.join(packs.load())}.")
        chosen = [packs.load()[found]]
    if shape == "json":
        items = [country_pages.as_dict(pack, day, lang) for pack in chosen]
        click.echo(json.dumps(items if code is None else items[0], ensure_ascii=False, indent=2))
    elif code is None:
        click.echo(country_pages.heading(lang))
        for pack in chosen:
            click.echo(country_pages.line(pack, day, lang))
    else:
        click.echo(country_pages.describe(chosen[0], day, lang))
