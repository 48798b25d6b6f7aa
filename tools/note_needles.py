"""Writes the needles of `auditor/data/notes/indiscreet.tsv` and `innocent.tsv` anew from their expressions.

    python tools/note_needles.py

A needle is a piece of text that stands in every match of an expression, or one of several such pieces: a note that
holds none of them need not be searched. Add a line as `kind<TAB>?<TAB>expression` and run this; lines are sorted.
"""

import math
import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

NOTES = Path(__file__).resolve().parent.parent / "auditor" / "data" / "notes"
# texts one stretch of an expression may stand for, and how long a needle is kept
MANY, LONG = 4000, 9
# words kept in peoples.tsv, their needles with them
NAMED = re.compile(r"\{[a-z_]+\}")
# what an expression is made of: texts, None for anything, or a named group of such sequences
Part = set[str] | None | tuple[str, list[Any]]


def parts(tree: Iterable[tuple[Any, Any]]) -> list[Part]:
    """A parsed expression as sets of texts, optional and alternative sequences, and None where anything may stand."""
    found: list[Part] = []
    for kind, value in tree:
        if kind is op.LITERAL:
            found.append({chr(value)})
        elif kind is op.IN:
            letters = {chr(v) for k, v in value if k is op.LITERAL}
            found.append(letters if len(letters) == len(value) <= 6 else None)
        elif kind is op.SUBPATTERN:
            found.append(("any", [parts(value[3])]))
        elif kind is op.BRANCH:
            found.append(("any", [parts(branch) for branch in value[1]]))
        elif kind is op.MAX_REPEAT and value[:2] == (0, 1):
            found.append(("any", [parts(value[2]), []]))
        elif kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            found.append({""})
        else:
            found.append(None)
    return found


def texts(sequence: Sequence[Part]) -> set[str] | None:
    """Every text a sequence stands for; None when there is no end of them, or too many."""
    found = {""}
    for part in sequence:
        one = _texts(part)
        if one is None or len(found) * len(one) > 2 * MANY:
            return None
        found = {before + after for before in found for after in one}
    return found


def _texts(part: Part) -> set[str] | None:
    if not isinstance(part, tuple):
        return part
    every = [texts(sequence) for sequence in part[1]]
    return None if None in every else {text for one in every for text in one or ()}


def worth(needles: set[str]) -> float:
    """Long needles meet fewer notes, few needles are searched faster; below four letters nearly all notes have one."""
    short = min(len(needle.strip()) for needle in needles)
    weight = min(short, 7) * 10 + min(short, LONG) - 4 * math.log2(len(needles)) - max(0, len(needles) - 400) / 8
    return -99 if not short else weight - 60 * (short < 4)


def best(sequence: Sequence[Part]) -> set[str] | None:
    """The needles most worth searching for among all stretches of a sequence."""
    found = []
    for start, part in enumerate(sequence):
        if isinstance(part, tuple):
            inner = [best(branch) for branch in part[1]]
            if all(inner):
                found.append({needle for one in inner for needle in one or ()})
        for end in range(start + 1, len(sequence) + 1):
            stretch = texts(sequence[start:end])
            if stretch is None or len(stretch) > MANY:
                break
            if "" not in stretch:
                found.append(stretch)
    return max(found, key=worth, default=None)


def needles(expression: str) -> list[str]:
    """The needles of an expression, none of them holding another; ValueError when it has none of two letters."""
    if named := NAMED.findall(expression):
        return sorted(set(named))
    every = best(parts(parser.parse(expression))) or set()
    cut = {text[:LONG] if len(text[:LONG].strip()) >= LONG - 2 else text for text in every}
    kept: list[str] = []
    for text in sorted(cut, key=lambda text: (len(text), text)):
        if not any(known in text for known in kept):
            kept.append(text)
    if not kept or len(kept[0]) < 2:
        raise ValueError(f"no needle in {expression}")
    return sorted(kept)


def renewed(lines: list[str]) -> list[str]:
    """The lines of one file with their needles written anew, below its head, sorted, each once."""
    head = [line for line in lines if line.startswith("# ")]
    rows = (line.split("\t") for line in lines if line and not line.startswith("# "))
    return head + sorted({"\t".join((*row[:-2], "|".join(needles(row[-1])), row[-1])) for row in rows})


def main() -> None:
    """Rewrite both files."""
    for name in ("peoples.tsv", "indiscreet.tsv", "innocent.tsv"):
        path = NOTES / name
        path.write_text("\n".join(renewed(path.read_text("utf-8").splitlines())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
