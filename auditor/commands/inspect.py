"""`auditor inspect`: what was understood of a list, before anything is judged."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from auditor.intake.account import Account, Dialect
    from auditor.intake.mapping import ColumnUse
    from auditor.intake.mapping import Mapping as ColumnMapping
    from auditor.settings import Settings

FILE = click.Path(path_type=Path)
SAMPLE = 1000
SHOWN = 3
WORDS = {
    "en": {
        "encoding": "Encoding",
        "delimiter": "Delimiter",
        "header": "Header",
        "records": "Records",
        "repairs": "Repaired",
        "unreadable": "Unreadable",
        "skipped": "No records",
        "source": "Export format",
        "line": "line {n}",
        "lines": "lines {a}-{b}: {why}",
        "blank": "{n} blank lines",
        "column": "Column",
        "means": "Understood as",
        "sample": "Masked samples",
        "unknown": "not understood",
        "known": "(known, carries no fact)",
        "preamble": "preamble",
        "footer": "footer",
        "comment": "comment",
        "repeated header": "repeated header",
        "further table": "further table",
        "separator line": "separator line",
        "end mark": "end mark",
        "second header line": "second header line",
        "sheet": "sheet {name}",
        "confidence": "confidence: {level}",
        "mapping": "Not understood; to be completed in auditor.toml (names: `auditor sources generic`):",
        "list": "Not in this list; if they hold for all of it, declare them in auditor.toml:",
        "email": "No e-mail column was found: name it in [columns].",
    },
    "fr": {
        "encoding": "Encodage",
        "delimiter": "Séparateur",
        "header": "En-tête",
        "records": "Enregistrements",
        "repairs": "Réparés",
        "unreadable": "Illisibles",
        "skipped": "Hors enregistrements",
        "source": "Format d'export",
        "line": "ligne {n}",
        "lines": "lignes {a}-{b} : {why}",
        "blank": "{n} lignes vides",
        "column": "Colonne",
        "means": "Comprise comme",
        "sample": "Exemples masqués",
        "unknown": "non comprise",
        "known": "(connue, sans information retenue)",
        "preamble": "préambule",
        "footer": "pied de fichier",
        "comment": "commentaire",
        "repeated header": "en-tête répété",
        "further table": "autre tableau",
        "separator line": "ligne de séparateur",
        "end mark": "marque de fin",
        "second header line": "seconde ligne d'en-tête",
        "sheet": "feuille {name}",
        "confidence": "confiance : {level}",
        "mapping": "Non comprises ; à compléter dans auditor.toml (noms : `auditor sources generic`) :",
        "list": "Absents de ce fichier ; s'ils valent pour toutes les lignes, déclarez-les dans auditor.toml :",
        "email": "Aucune colonne d'e-mail trouvée : indiquez-la dans [columns].",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What `inspect` tells of one list; `samples` holds masked cells per column."""

    name: str
    sha256: str
    dialect: "Dialect"
    account: "Account"
    mapping: "ColumnMapping"
    samples: tuple[tuple[str, ...], ...]
    lacking: tuple[str, ...]


@click.command("inspect")
@click.argument("path", metavar="LIST", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dump", type=FILE, help="Write every record as it was read (UTF-8, RFC 4180) into this file.")
@click.option("--config", type=FILE, help="Settings file [default: auditor.toml here, if there is one].")
@click.option("--source", help="Export format, by name (see `auditor sources`) or as a TOML file.")
@click.option("--encoding", help="Encoding of the list, when detection is wrong.")
@click.option("--delimiter", help="Delimiter of the list, when detection is wrong.")
@click.option("--header-row", type=int, help="Physical line of the header, from 1.")
@click.option("--sheet", help="Sheet of an .xlsx list.")
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=N", help="line_bytes, cell_bytes, columns, expanded_bytes."
)
@click.option("--lang", type=click.Choice(["en", "fr"]), help="Language of the headings.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Result on stdout.")
@click.option("--overwrite", is_flag=True, help="Replace the file named by --dump.")
def COMMAND(
    path: Path,
    dump: Path | None,
    config: Path | None,
    shape: str,
    overwrite: bool,
    limits: tuple[str, ...],
    **given: Any,
) -> None:
    """Show encoding, delimiter, header, records, repairs and the column mapping of LIST ("-": standard input)."""
    from auditor import settings, world

    found = config or (Path("auditor.toml") if Path("auditor.toml").is_file() else None)
    chosen, _ = settings.load({**given, "limits": limits_of(limits)}, world.real().environ, found)
    told = understand(path, chosen, dump, overwrite)
    click.echo(as_json(told) if shape == "json" else as_table(told, chosen.lang))


def limits_of(given: tuple[str, ...]) -> dict[str, str] | None:
    """`--limit NAME=N` options as the `[limits]` table."""
    table = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign:
            raise UsageError(f"--limit {name!r} has no value", "Write --limit NAME=N.")
        table[name] = value
    return table or None


def understand(path: Path, settings: "Settings", dump: Path | None, overwrite: bool) -> Understood:
    """Read the whole list once; write the dump when asked for."""
    from auditor.dump import Dump
    from auditor.intake import open_list
    from auditor.intake.sources import recognise

    with open_list(path, settings) as opened:
        first = None
        with Dump(dump, path, opened.dialect.header, overwrite) as out:
            for batch in opened.batches(settings.batch_rows):
                first = batch.frame.head(SAMPLE) if first is None else first
                out.add(batch.frame, batch.unreadable)
        assert first is not None  # `batches` gives at least one
        mapping = recognise(opened.dialect.header, first, opened.name, settings)
        return Understood(
            name=opened.name,
            sha256=opened.sha256,
            dialect=opened.dialect,
            account=opened.account,
            mapping=mapping,
            samples=_samples(first, mapping.columns),
            lacking=_lacking(mapping, settings),
        )


def _samples(frame: "pl.DataFrame", uses: "tuple[ColumnUse, ...]") -> tuple[tuple[str, ...], ...]:
    """Up to three distinct cells of each column, masked; unknown columns are masked like addresses."""
    import polars as pl

    # one series for each meaning: a list may have thousands of columns
    alike: dict[str | None, list[int]] = {}
    for place, use in enumerate(uses):
        alike.setdefault(use.canonical, []).append(place)
    shown: dict[int, tuple[str, ...]] = {}
    for canonical, places in alike.items():
        distinct = [frame.get_column(uses[i].cell).drop_nulls().unique(maintain_order=True).head(SHOWN) for i in places]
        name = canonical or "unknown"
        cells = pl.DataFrame([pl.concat([pl.Series(dtype=pl.String), *distinct]).alias(name)])
        texts = iter(cells.select(_masked(canonical)).to_series().to_list())
        for place, some in zip(places, distinct, strict=True):
            shown[place] = tuple(islice(texts, some.len()))
    return tuple(shown[place] for place in range(len(uses)))


def _masked(canonical: str | None) -> "pl.Expr":
    import polars as pl

    from auditor.masking import kind_of, mask_column, mask_expr

    if canonical is None:
        return mask_expr(pl.col("unknown"), "email")
    kind = kind_of(canonical)
    return mask_column(canonical) if kind == "text" else mask_expr(pl.col(canonical), kind)


def _lacking(mapping: "ColumnMapping", settings: "Settings") -> tuple[str, ...]:
    """`[list]` keys that would help this list and that neither it nor the settings fill, the most useful first."""
    from auditor.facts.declarations import missing_declarations

    declared = {key for key, value in settings.declared if value}
    return tuple(key for key in missing_declarations(mapping) if key not in declared)


def as_json(told: Understood) -> str:
    """The facts as one JSON object."""
    account, dialect = told.account, told.dialect
    facts: Mapping[str, Any] = {
        "name": told.name,
        "sha256": told.sha256,
        "carrier": dialect.carrier,
        "sheet": dialect.sheet,
        "encoding": dialect.encoding,
        "encoding_confidence": dialect.encoding_confidence,
        "bom": bool(dialect.bom),
        "delimiter": dialect.delimiter,
        "newline": dialect.newline,
        "header_line": dialect.header_line,
        "records": account.records,
        "repaired": sum(account.repairs.values()),
        "repairs": dict(account.repairs),
        "unreadable": account.unreadable,
        "defects": dict(account.defects),
        "physical_lines": account.physical_lines,
        "blank_lines": account.blank_lines,
        "skipped_lines": sum(last - first + 1 for first, last, _ in account.skipped),
        "skipped": [{"first": first, "last": last, "why": why} for first, last, why in account.skipped],
        "source": told.mapping.source,
        "source_title": told.mapping.title.en,
        "source_confidence": told.mapping.confidence,
        "columns": [
            {
                "index": use.index,
                "header": use.header,
                "canonical": use.canonical,
                "label": use.label,
                "verified": use.verified,
                "samples": list(samples),
            }
            for use, samples in zip(told.mapping.columns, told.samples, strict=True)
        ],
        "not_in_list": list(told.lacking),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def as_table(told: Understood, lang: str) -> str:
    """The facts as text for people: key facts, the columns, what may be pasted into auditor.toml."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = WORDS[lang]
    out = StringIO()
    console = Console(file=out, width=110, highlight=False, markup=False, emoji=False)
    facts = Table.grid(padding=(0, 2))
    for label, value in _facts(told, words):
        facts.add_row(label, Text(_safe(value)))
    console.print(facts)
    columns = Table(show_edge=False, pad_edge=False, header_style="")
    for label in ("#", words["column"], words["means"], words["sample"]):
        columns.add_column(label)
    for use, samples in zip(told.mapping.columns, told.samples, strict=True):
        nothing = words["known" if use.by else "unknown"]
        meaning = f"{use.canonical} ({use.label})" if use.label else use.canonical or nothing
        cells = (str(use.index + 1), use.header or "(—)", meaning, "  ".join(samples))
        columns.add_row(*(Text(_safe(cell)) for cell in cells))
    console.print()
    console.print(columns)
    return "\n".join(line.rstrip() for line in (out.getvalue() + _pasteable(told, words)).splitlines())


def _facts(told: Understood, words: Mapping[str, str]) -> list[tuple[str, str]]:
    account, dialect = told.account, told.dialect
    names = {"\t": "tab", " ": "space"}
    confidence = words["confidence"].format(level=dialect.encoding_confidence)
    encoding = f"{dialect.encoding}{' + BOM' if dialect.bom else ''} ({confidence})"
    if dialect.sheet:
        encoding = words["sheet"].format(name=dialect.sheet)
    skipped = [words["lines"].format(a=a, b=b, why=words[why]) for a, b, why in account.skipped[:20]]
    blank = [words["blank"].format(n=account.blank_lines)] if account.blank_lines else []
    repairs = ", ".join(f"{code} {n}" for code, n in account.repairs.items())
    return [
        (words["encoding"], encoding),
        (words["delimiter"], names.get(dialect.delimiter, dialect.delimiter)),
        (words["header"], words["line"].format(n=dialect.header_line)),
        (words["records"], str(account.records)),
        (words["repairs"], f"{sum(account.repairs.values())}{f' ({repairs})' if repairs else ''}"),
        (words["unreadable"], str(account.unreadable)),
        (words["skipped"], "; ".join(skipped + blank) or "0"),
        (words["source"], f"{told.mapping.title.in_('fr' if words is WORDS['fr'] else 'en')} ({told.mapping.source})"),
    ]


def _pasteable(told: Understood, words: Mapping[str, str]) -> str:
    """TOML for what was not understood and for what the list does not say."""
    lines: list[str] = []
    unknown = [use for use in told.mapping.columns if use.canonical is None and use.by is None and use.header.strip()]
    if not told.mapping.uses("email"):
        lines += ["", words["email"]]
    if unknown:
        lines += ["", f"# {words['mapping']}", "[columns]"]
        lines += [f'{json.dumps(_safe(use.header), ensure_ascii=False)} = "{_near(use.header)}"' for use in unknown]
    if told.lacking:
        lines += ["", f"# {words['list']}", "[list]"]
        lines += [f"# {key} = {'2026-01-31' if key.endswith('_on') else chr(34) * 2}" for key in told.lacking]
    return "\n".join(lines) + "\n"


def _near(header: str) -> str:
    """The canonical name that looks most like a header, "ignore" when none does."""
    import difflib

    from auditor.columns import BY_NAME
    from auditor.intake.sources import fold

    near = difflib.get_close_matches(fold(header).replace(" ", "_"), BY_NAME, 1, 0.75)
    return near[0] if near else "ignore"


def _safe(text: str) -> str:
    """`text` on one line, without characters that a terminal would obey."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
