"""`auditor rules`: the whole catalogue, a line each."""

import json

import click


@click.command("rules")
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", help="Language of the titles.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
def COMMAND(lang: str, shape: str) -> None:
    """List every rule: id, name, severity, title."""
    from auditor.catalogue import SEVERITIES
    from auditor.evaluate import rules

    if shape == "table":
        for rule in rules():
            severity = SEVERITIES[rule.severity].in_(lang)
            click.echo(f"{rule.id:<4} {rule.name:<38} {severity:<12} {rule.title.in_(lang)}")
        return
    items = [
        {
            "id": rule.id,
            "name": rule.name,
            "family": str(rule.family),
            "scope": str(rule.scope),
            "severity": rule.severity.name.lower(),
            "confidence": str(rule.confidence),
            "strength": str(rule.strength),
            "lenses": [str(lens) for lens in rule.lenses],
            "since": rule.since,
            "title": rule.title.in_(lang),
            "says": rule.says.in_(lang),
            "cure": rule.cure.in_(lang),
            "refs": [ref.key for ref in rule.refs],
        }
        for rule in rules()
    ]
    click.echo(json.dumps(items, ensure_ascii=False, indent=2))
