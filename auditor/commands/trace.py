"""`auditor trace`: the answer to one person's question where their data come from."""

from pathlib import Path
from typing import Any

import click

from auditor.errors import UsageError

FILE = click.Path(path_type=Path)


@click.command("trace")
@click.argument("address", required=False)
@click.option("--list", "path", type=FILE, required=True, help="The list to look in.")
@click.option("--hash", "digest", help="SHA-256 of the address (or HMAC under the suppression key), instead of it.")
@click.option("--config", type=FILE, help="Settings file [default: auditor.toml here, if there is one].")
@click.option("--consent-log", type=FILE, multiple=True, help="Form logs or receipts that prove consents.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as on this day.")
@click.option("--source", help="Export format, by name or as a TOML file.")
@click.option("--encoding", help="Encoding of the list, when detection is wrong.")
@click.option("--delimiter", help="Delimiter of the list, when detection is wrong.")
@click.option("--header-row", type=int, help="Physical line of the header, from 1.")
@click.option("--lang", type=click.Choice(["en", "fr"]), help="Language of the answer.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Result on stdout.")
def COMMAND(address: str | None, path: Path, digest: str | None, config: Path | None, shape: str, **given: Any) -> None:
    """Say where the data of ADDRESS in a list come from: source, date, basis, level, what is missing.

    Prints the rows of that person only. Give the address, or its digest with --hash.
    """
    import json

    from auditor import settings, trace, world

    if (address is None) == (digest is None):
        raise UsageError("one person is asked about", "Give an address, or its digest with --hash.")
    if address is not None and "@" not in address:
        raise UsageError("the address given has no @", "A digest goes with --hash.")
    here = world.real()
    found = config or (Path("auditor.toml") if Path("auditor.toml").is_file() else None)
    day = given.pop("as_of")
    flags = {**given, "as_of": day.date() if day else None}
    chosen, _ = settings.load(flags, here.environ, found)
    answer = trace.trace(path, address or digest or "", chosen, here)
    if shape == "json":
        click.echo(json.dumps(trace.as_json(answer), ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(trace.sentences(answer, chosen.lang)))
