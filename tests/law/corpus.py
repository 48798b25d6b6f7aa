"""The corpora of notes as (language, kind, note); kind "none" is innocent."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "fr", "de", "es", "it")


def notes(name: str) -> list[tuple[str, str, str]]:
    """Every note of one corpus file ("held_out" or "tuning")."""
    found, language, kind = [], "", ""
    for line in (DATA / f"notes_{name}.txt").read_text("utf-8").splitlines():
        words = line.split(" ")
        if line.startswith("#") or not line:
            continue
        if len(words) == 2 and words[0] in LANGUAGES and words[1].islower() and line.isascii():
            language, kind = words
        else:
            found.append((language, kind, line))
    return found
