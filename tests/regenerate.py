"""Files that are made from the code, and the goldens: `python -m tests.regenerate docs|golden`."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
AS_OF = "2026-11-01"
# one golden folder per sample list; `fr` also shows the French words
LANGUAGE = {"hubspot-formulaires": "fr", "badges-salon": "fr", "fichier-achete": "fr"}


def generated() -> dict[str, Callable[[], str]]:
    """Path -> text of every file that is derived from the code."""
    from auditor import catalogue, country_pages, report_model
    from auditor.intake import formats

    return {
        "docs/rules.md": lambda: catalogue.page("en"),
        "docs/rules.fr.md": lambda: catalogue.page("fr"),
        "docs/countries.md": lambda: country_pages.page("en"),
        "docs/countries.fr.md": lambda: country_pages.page("fr"),
        "schemas/settings.schema.json": _settings_schema,
        "schemas/source.schema.json": formats.schema,
        "schemas/report.v1.schema.json": report_model.schema,
    }


def _settings_schema() -> str:
    from auditor.settings import Settings

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Settings.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def audit(source: Path, out: Path) -> Path:
    """The audit folder of one sample list, as the goldens hold it."""
    from auditor import cli

    language = LANGUAGE.get(source.stem, "en")
    code = cli.run([
        "check", str(source), "--out", str(out), "--as-of", AS_OF, "--lang", language, "--annotate", "--quiet",
    ])  # fmt: skip
    if code:
        raise SystemExit(f"{source.name}: exit {code}")
    return out / f"{source.stem}.audit"


# what a golden keeps: the rows and the findings; the report has its own tests
KEPT = (".clean.csv", ".review.csv", ".removed.csv", ".unreadable.csv", ".annotated.csv", "findings.csv")


def samples() -> list[Path]:
    """The sample lists."""
    return sorted((ROOT / "sample_lists").glob("*.csv"))


def main() -> None:
    """Rewrite what was asked for."""
    if sys.argv[1:] == ["docs"]:
        for name, make in generated().items():
            (ROOT / name).write_text(make(), "utf-8")
            print(name)
        return
    work = ROOT / "bench" / "golden"
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for source in samples():
        folder = audit(source, work)
        target = GOLDEN / source.stem
        target.mkdir(parents=True)
        for path in folder.iterdir():
            if path.name.endswith(KEPT):
                (target / path.name).write_bytes(path.read_bytes())
        print(source.name)


if __name__ == "__main__":
    main()
