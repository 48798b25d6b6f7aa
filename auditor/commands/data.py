"""`auditor data show`: which lists the judgement of an address rests on, their versions, hashes and sizes."""

import json
from typing import Any

import click


@click.group("data")
def COMMAND() -> None:
    """Show the lists that ship with the tool."""


@COMMAND.command("show")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
def show(shape: str) -> None:
    """Name, version, licence, SHA-256 and size of every list; mailbox domains per class and country."""
    from auditor.facts import mailboxes

    lists = _lists()
    table = mailboxes.table()
    classes = dict(table.group_by("domain_class").len().sort("domain_class").iter_rows())
    countries = dict(
        table.drop_nulls("domain_country").group_by("domain_country").len().sort("domain_country").iter_rows()
    )
    if shape == "json":
        found = {"lists": lists, "domains": {"classes": classes, "countries": countries}}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for entry in lists:
        size = f"{entry['entries']:>6}  {entry['sha256'][:16]}"
        click.echo(f"{entry['name']:<42} {entry['version']:<16} {entry['licence']:<42} {size}")
        for line in entry["inputs"]:
            click.echo(f"  input: {line}")
    click.echo("\nMailbox domains by class: " + ", ".join(f"{kind} {n}" for kind, n in classes.items()))
    click.echo("By country: " + ", ".join(f"{country} {n}" for country, n in countries.items()))


def _lists() -> list[dict[str, Any]]:
    import hashlib
    from importlib.metadata import metadata

    from disposable_email_domains import blocklist

    from auditor import resources
    from auditor.facts import word_lists

    found = []
    for path in sorted(resources.data().glob("*.tsv")):
        head = word_lists.head(path.name)
        facts = dict(head)
        found.append(
            {
                "name": facts.get("name", path.stem),
                "file": path.name,
                "version": facts.get("version", ""),
                "licence": facts.get("licence", ""),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "entries": len(word_lists.rows(path.name)),
                "inputs": [value for key, value in head if key == "input"],
            }
        )
    for package, entries in (("disposable-email-domains", len(blocklist)), ("publicsuffixlist", 0)):
        facts = {"version": metadata(package)["Version"], "licence": _LICENCES[package]}
        found.append({"name": package, "file": "", "sha256": "", "entries": entries, "inputs": [], **facts})
    return found


_LICENCES = {"disposable-email-domains": "MIT; list CC0-1.0", "publicsuffixlist": "MPL-2.0"}
