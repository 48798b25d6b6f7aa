"""Damaged lists, built by a seeded script: base lists × pollutions. All people are invented."""

import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FIRST = ["Jean", "Zoé", "Hélène", "François", "Chloé", "Noël", "Maud", "Théo", "Inès", "Loïc", "Anaïs", "Gérard"]
LAST = ["Durand", "Lefèvre", "Müller", "Béranger", "Garçon", "Noblet", "Œillet", "Pichon", "Weiß", "Delâtre"]
TOWNS = ["Orléans", "Nîmes", "Besançon", "Lyon", "Sète", "Vannes"]
RECORDS = 60


@dataclass(frozen=True)
class Base:
    """A faultless list and the way it is written."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"
    bom: bytes = b""
    quote_all: bool = False

    def cell(self, text: str) -> str:
        special = any(sign in text for sign in (self.delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if special or self.quote_all else text

    def line(self, cells: tuple[str, ...]) -> str:
        return self.delimiter.join(map(self.cell, cells)) + self.newline

    def lines(self) -> list[str]:
        return [self.line(self.header), *(self.line(row) for row in self.rows)]


@dataclass(frozen=True)
class Case:
    """One damaged file: at most `spoilt` of the base's records may come out otherwise than they went in."""

    name: str
    data: bytes
    base: Base
    spoilt: int = 0
    refused: bool = False
    encoding: str = field(default="utf-8")


def people(seed: int, note: Callable[[random.Random, int], str] | None = None) -> tuple[tuple[str, ...], ...]:
    rng = random.Random(seed)
    rows = []
    for i in range(RECORDS):
        first, last = rng.choice(FIRST), rng.choice(LAST)
        row = (
            f"{1000 + i}",
            first,
            last,
            f"p{i}.{seed}@acme-{i % 7}.example",
            f"+33 6 12 34 {i:02d} {rng.randrange(100):02d}",
            rng.choice(TOWNS),
            "Salon de Lyon",
        )
        rows.append((*row, note(rng, i)) if note else row)
    return tuple(rows)


def plain_note(rng: random.Random, i: int) -> str:
    return rng.choice(["rappeler", "", "intéressé par l'offre", "vu au salon"])


def long_note(rng: random.Random, i: int) -> str:
    return rng.choice(
        ["Première ligne\nseconde ligne", 'a dit "oui", puis "non"', "", "Bonjour,\n\nsuite; fin", "rappeler, lundi"]
    )


HEAD = ("Record ID", "First Name", "Last Name", "Email", "Phone Number", "City", "Original Source")
FR_HEAD = ("Référence", "Prénom", "Nom", "E-mail", "Téléphone", "Ville", "Source")
BASES = (
    Base("comma", HEAD, people(1)),
    Base("semicolon-crlf", FR_HEAD, people(2), ";", "\r\n"),
    Base("tab", HEAD, people(3), "\t", "\r\n"),
    Base("pipe", HEAD, people(4), "|"),
    Base("quoted", HEAD, people(5), ",", "\r\n", quote_all=True),
    Base("notes", (*HEAD, "Notes"), people(6, long_note), ",", "\n"),
    Base("notes-crlf", (*FR_HEAD, "Notes"), people(7, long_note), ";", "\r\n", quote_all=True),
    Base("cp1252", (*FR_HEAD, "Notes"), people(8, plain_note), ";", "\r\n", "cp1252"),
    Base("bom", FR_HEAD, people(9), ";", "\r\n", bom=b"\xef\xbb\xbf"),
    Base("utf16", FR_HEAD, people(10), "\t", "\r\n", "utf-16-le", b"\xff\xfe"),
    Base("narrow", ("Email", "Prénom"), tuple((r[3], r[1]) for r in people(11)), ";"),
    Base("single", ("Email",), tuple((r[3],) for r in people(12))),
    Base("cr", HEAD, people(13), ",", "\r"),
)

Pollution = Callable[[Base, list[str], random.Random], tuple[list[str], int]]


def _at(lines: list[str], rng: random.Random) -> int:
    return rng.randrange(5, len(lines) - 5)


def _end(base: Base, line: str) -> str:
    return line.removesuffix(base.newline)


def untouched(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return lines, 0


def short_row(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    row = base.rows[at - 1]
    lines[at] = base.line(row[: max(1, len(row) // 2)])
    return lines, int(len(row) > 1)


def long_row(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    lines[at] = base.line((*base.rows[at - 1], "de trop", "encore"))
    return lines, 1


def trailing_delimiters(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    lines[at] = _end(base, lines[at]) + base.delimiter * 3 + base.newline
    return lines, 0


def all_trailing(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return [lines[0], *(_end(base, line) + base.delimiter + base.newline for line in lines[1:])], 0


def stray_quote(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    cells = lines[at].split(base.delimiter)
    cells[-1] = _end(base, cells[-1])[:3] + '"' + _end(base, cells[-1])[3:] + base.newline
    lines[at] = base.delimiter.join(cells)
    return lines, 1


def opening_quote(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    row = base.rows[at - 1]
    lines[at] = base.delimiter.join(('"' + row[0], *row[1:])).replace("\n", " ") + base.newline
    return lines, 1


def quote_closed_later(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng) - 4
    for place, pattern in ((at, '"{}'), (at + 4, '{}"')):
        row = base.rows[place - 1]
        cells = [cell.replace("\n", " ").replace('"', "").replace(base.delimiter, " ") for cell in row]
        cells[0] = pattern.format(cells[0])
        lines[place] = base.delimiter.join(cells) + base.newline
    return lines, 2


def quote_per_row(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    for at in range(3, len(lines), 7):
        cells = [cell.replace("\n", " ").replace('"', "").replace(base.delimiter, " ") for cell in base.rows[at - 1]]
        cells[-1] = '"' + cells[-1]
        lines[at] = base.delimiter.join(cells) + base.newline
    return lines, len(range(3, len(lines), 7))


def text_after_quote(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    row = base.rows[at - 1]
    lines[at] = base.line(("#x", *row[1:])).replace("#x", f'"{row[0]}" bis', 1) if not base.quote_all else lines[at]
    return lines, 1


def backslash_quote(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    row = base.rows[at - 1]
    rest = base.line(row[1:]) if len(row) > 1 else base.newline
    lines[at] = '"dit \\"oui\\" hier"' + (base.delimiter if len(row) > 1 else "") + rest
    return lines, 1


def spaced_quote(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    row = base.rows[at - 1]
    lines[at] = base.line(row[:-1]).removesuffix(base.newline) + f'{base.delimiter} "a{base.delimiter} b"{base.newline}'
    return lines, 1


def other_delimiter(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    other = ";" if base.delimiter != ";" else ","
    cells = [
        cell.replace("\n", " ").replace('"', "").replace(other, " ").replace(base.delimiter, " ")
        for cell in base.rows[at - 1]
    ]
    lines[at] = other.join(cells) + base.newline
    return lines, 1


def nul_byte(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    lines[at] = lines[at][:2] + "\0" + lines[at][2:]
    return lines, 1


def control_bytes(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    at = _at(lines, rng)
    lines[at] = lines[at].replace(base.rows[at - 1][0], base.rows[at - 1][0] + "\x01\x1b\x0b\x0c", 1)
    return lines, 1


def line_separators(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if not base.encoding.startswith("utf"):
        return lines, 0
    at = _at(lines, rng)
    lines[at] = lines[at].replace(base.rows[at - 1][0], base.rows[at - 1][0] + "\u2028\u2029\x85", 1)
    return lines, 1


def inner_return(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if base.newline == "\r" or len(base.header) == 1:
        return lines, 0
    at = _at(lines, rng)
    lines[at] = lines[at].replace(base.rows[at - 1][0], base.rows[at - 1][0] + "\rx", 1)
    return lines, 1


def mixed_ends(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if base.newline == "\r" or any("\n" in cell for row in base.rows for cell in row):
        return lines, 0
    ends = ["\n", "\r\n", "\r"]
    return [lines[0], *(_end(base, line) + ends[i % 3] for i, line in enumerate(lines[1:]))], 0


def blank_lines(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    for place in sorted(rng.sample(range(1, len(lines)), 8), reverse=True):
        lines.insert(place, rng.choice([base.newline, "   " + base.newline]))
    return lines + [base.newline] * 3, 0


def delimiter_lines(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    empty = base.delimiter * (len(base.header) - 1) + base.newline
    return [*lines[:20], empty, *lines[20:], empty, empty], 0


def no_last_newline(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    lines[-1] = _end(base, lines[-1])
    return lines, 0


def cut_in_the_middle(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    lines[-1] = lines[-1][: len(lines[-1]) // 2]
    return lines, 1


def preamble(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return ["Export du service marketing" + base.newline, base.newline, *lines], 0


def separator_line(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return [f"sep={base.delimiter}{base.newline}", *lines], 0


def footer(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    nl = base.newline
    return [
        *lines,
        nl,
        f'"Grand Totals (60 records)"{nl}',
        f"Confidential Information - Do Not Distribute{nl}",
        f"Copyright (c) 2000-2026 example.org. All rights reserved.{nl}",
    ], 0


def comments(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if len(base.header) == 1:
        return lines, 0
    return [*lines[:10], "# extrait de mars" + base.newline, *lines[10:]], 0


def repeated_header(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return [*lines[:30], lines[0], *lines[30:]], 0


def duplicate_names(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if len(base.header) < 3:
        return lines, 0
    header = (*base.header[:-1], base.header[1])
    return [base.line(header), *lines[1:]], 0


def empty_names(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if len(base.header) < 3:
        return lines, 0
    return [base.line((*base.header[:-1], "")), *lines[1:]], 0


def marked_end(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    return [*lines, "\x1a"], 0


def inner_bom(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    if not base.encoding.startswith("utf"):
        return lines, 0
    return [*lines[:30], "\ufeff" + lines[30], *lines[31:]], 1


def shuffled_damage(base: Base, lines: list[str], rng: random.Random) -> tuple[list[str], int]:
    """Many defects of all kinds in one file."""
    for at in range(4, len(lines), 5):
        lines[at] = rng.choice(
            [
                lines[at].replace(base.delimiter, "", 1),
                lines[at].replace("a", '"', 1),
                base.delimiter + lines[at],
                lines[at].replace("e", '""', 1),
                '"' + lines[at],
                _end(base, lines[at]) + '"' + base.newline,
            ]
        )
    return lines, len(range(4, len(lines), 5)) * 2


POLLUTIONS: tuple[Pollution, ...] = (
    untouched, short_row, long_row, trailing_delimiters, all_trailing, stray_quote, opening_quote,
    quote_closed_later, quote_per_row, text_after_quote, backslash_quote, spaced_quote, other_delimiter, nul_byte,
    control_bytes, line_separators, inner_return, mixed_ends, blank_lines, delimiter_lines, no_last_newline,
    cut_in_the_middle, preamble, separator_line, footer, comments, repeated_header, duplicate_names, empty_names,
    marked_end, inner_bom, shuffled_damage,
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Every base list with every pollution, and the plain ones compressed."""
    for base in BASES:
        for pollution in POLLUTIONS:
            rng = random.Random(f"{base.name}/{pollution.__name__}")
            lines, spoilt = pollution(base, base.lines(), rng)
            data = base.bom + "".join(lines).encode(base.encoding)
            yield Case(f"{base.name}/{pollution.__name__}", data, base, spoilt, encoding=base.encoding)
    for base in BASES:
        data = gzip.compress(base.bom + "".join(base.lines()).encode(base.encoding), mtime=0)
        yield Case(f"{base.name}/gzip", data, base, encoding=base.encoding)
