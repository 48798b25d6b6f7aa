"""`auditor settings`: effective values and where each came from."""

import json
from pathlib import Path

import click


@click.command("settings")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file [default: auditor.toml here].")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
def COMMAND(config: Path | None, shape: str) -> None:
    """Print the effective settings with their origin."""
    from auditor import settings, world

    here = world.real()
    found = config or (Path("auditor.toml") if Path("auditor.toml").is_file() else None)
    chosen, origins = settings.load({}, here.environ, found)
    values = chosen.public()
    if shape == "json":
        both = {key: {"value": value, "origin": origins.get(key, "default")} for key, value in values.items()}
        click.echo(json.dumps(both, ensure_ascii=False, indent=2))
        return
    for key, value in values.items():
        click.echo(f"{key:<18} {json.dumps(value, ensure_ascii=False)}  [{origins.get(key, 'default')}]")
