"""`auditor verify DIR`: do input, outputs and manifest still agree?"""

from pathlib import Path

import click

from auditor.errors import InputError


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--list", "source", type=click.Path(path_type=Path), help="The input [default: beside the folder].")
def COMMAND(folder: Path, source: Path | None) -> None:
    """Re-check an audit FOLDER offline: every file's hash, the counts, and the list itself when it is there."""
    from auditor import manifest

    document = manifest.read(folder)
    if source is not None and not source.is_file():
        raise InputError(f"{source.name}: no such list", "Leave --list out to check the outputs alone.")
    beside = folder.resolve().parent / Path(document["input"]["name"]).name
    chosen = source or (beside if beside.is_file() else None)
    faults = manifest.verify(folder, chosen)
    if faults:
        for fault in faults[1:]:
            click.echo(f"auditor: {fault}", err=True)
        raise InputError(faults[0], "Run the audit again.")
    known = "input, " if chosen else ""
    click.echo(f"{folder.name}: {known}{len(document['outputs'])} outputs and manifest agree")
