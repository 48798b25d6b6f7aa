"""`auditor explain RULE`: the same text as report and docs."""

import difflib

import click

from auditor.errors import UsageError


@click.command("explain")
@click.argument("rule")
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", help="Language of the text.")
def COMMAND(rule: str, lang: str) -> None:
    """Explain one RULE (name or id): meaning, law, cure, false alarms, columns."""
    from auditor.catalogue import by_name, explain
    from auditor.evaluate import rules
    from auditor.terminal import page

    found = by_name(rule)
    if found is None:
        near = difflib.get_close_matches(rule, [r.name for r in rules()], 1)
        raise UsageError("no rule of that name", f"Did you mean {near[0]}?" if near else "See `auditor rules`.")
    page(explain(found, lang))
