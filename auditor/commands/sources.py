"""`auditor sources`: the export formats that are known, and the columns of one of them."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.intake.formats import Format, FormatColumn

# words of the tables, by language
WORDS = {
    "en": {
        "confirmed": "confirmed",
        "unverified": "unverified",
        "status": "Status",
        "languages": "Languages",
        "class": "Rows count as",
        "files": "File names",
        "before": "Lines before the header",
        "after": "Lines after the last record",
        "unmapped": "(known, carries no fact)",
        "pattern": "pattern",
        "reversed": "yes means no objection",
        "nth": "occurrence",
        "total": "{n} formats; `auditor sources NAME` shows the columns of one.",
    },
    "fr": {
        "confirmed": "confirmé",
        "unverified": "non vérifié",
        "status": "Statut",
        "languages": "Langues",
        "class": "Nature des lignes",
        "files": "Noms de fichier",
        "before": "Lignes avant l’en-tête",
        "after": "Lignes après le dernier enregistrement",
        "unmapped": "(connue, sans information retenue)",
        "pattern": "motif",
        "reversed": "oui : pas d’opposition",
        "nth": "occurrence",
        "total": "{n} formats ; `auditor sources NOM` en montre les colonnes.",
    },
}


@click.command("sources")
@click.argument("name", required=False)
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", help="Language of titles and headings.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Shape of the answer.")
def COMMAND(name: str | None, lang: str, shape: str) -> None:
    """List the known export formats, or the columns of the format NAME (or of a TOML file of your own)."""
    from auditor.intake.formats import formats
    from auditor.intake.sources import named

    if name:
        found, known = named(name)
        click.echo(_json_one(found, known) if shape == "json" else _table_one(found, known, lang))
    elif shape == "json":
        click.echo(json.dumps([_summary(n, f) for n, f in formats().items()], ensure_ascii=False, indent=2))
    else:
        for key, known in formats().items():
            status = WORDS[lang][known.status]
            languages = ",".join(known.languages)
            click.echo(f"{key:<30} {status:<12} {languages:<15} {getattr(known.title, lang)}")
        click.echo(WORDS[lang]["total"].format(n=len(formats())), err=True)


def _summary(name: str, known: "Format") -> dict[str, object]:
    return {
        "name": name,
        "title": {"en": known.title.en, "fr": known.title.fr},
        "status": known.status,
        "languages": list(known.languages),
        "list_class": known.list_class,
        "seen": known.seen,
        "columns": len(known.columns),
    }


def _json_one(name: str, known: "Format") -> str:
    return json.dumps({"name": name, **known.model_dump(mode="json")}, ensure_ascii=False, indent=2)


def _table_one(name: str, known: "Format", lang: str) -> str:
    words = WORDS[lang]
    head = [
        f"{name}: {getattr(known.title, lang)}",
        f"{words['status']}: {words[known.status]}",
        f"{words['languages']}: {', '.join(known.languages)}",
    ]
    head += [f"{words['class']}: {known.list_class}"] if known.list_class else []
    head += [f"{words['files']}: {', '.join(file.pattern for file in known.files)}"] if known.files else []
    layout = known.layout
    told = ((words["before"], layout.preamble), (words["after"], layout.footer))
    head += [f"{word}: {', '.join(lines)}" for word, lines in told if lines]
    return "\n".join([*head, "", *(line for column in known.columns for line in _lines(column, words))])


def _lines(column: "FormatColumn", words: dict[str, str]) -> list[str]:
    """One line per language of a column's headers, one for its patterns; the canonical name on the first."""
    marks = [column.label, column.scope, column.tell, column.date_order, column.separator and repr(column.separator)]
    marks += [f"{words['nth']} {column.occurrence}"] if column.occurrence else []
    marks += [words["reversed"]] if not column.positive else []
    marks += [words["unverified"]] if column.status == "unverified" else []
    said = ", ".join(mark for mark in marks if mark)
    rows: list[tuple[str, str]] = [(language, ", ".join(names)) for language, names in column.headers.items()]
    rows += [(words["pattern"], ", ".join(column.patterns))] if column.patterns else []
    first = (column.to or words["unmapped"]) + (f" [{said}]" if said else "")
    return [first, *(f"    {language + ':':<9} {text}" for language, text in rows)]
