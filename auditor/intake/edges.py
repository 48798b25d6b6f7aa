"""What stands around the records of a table: footers, and further tables in the same file."""

import re

from auditor.intake.records import Grammar

# the end of the file in which footers are looked for; always read in one window
TAIL_BYTES = 16 << 10
FOOTER_LINES = 20
# totals, copyright and confidentiality lines that tools write around the records, in five languages
_NOTE = re.compile(
    r"(?:(?:grand |sub)?totals?|totaux|totale?n?|totali|summe|gesamt(?:summe)?|anzahl|nombre d['’]enregistrements"
    r"|(?:number of |total )?(?:rows|records)|confidential information|informations confidentielles|copyright|©"
    r"|\(c\)|end of (?:file|report)|fin du (?:fichier|rapport)|generated (?:by|on)|généré (?:par|le)|exported (?:by|on)"
    r"|exporté (?:par|le)|erstellt (?:von|am)|page \d+)(?:\W|$)",
    re.IGNORECASE,
)


def is_note(text: str, known: tuple[str, ...]) -> bool:
    """Whether a line begins as tools begin the lines that speak of the file: in one of the `known` ways or in a
    general one."""
    from auditor.intake.sources import fold

    bare = text.lstrip('\ufeff" ')
    return bool(_NOTE.match(bare)) or fold(bare).startswith(known)


def is_footer(line: str, grammar: Grammar, known: tuple[str, ...]) -> bool:
    """Whether a line at the end of the file is a total or a notice rather than a record: it names no person, fills
    at most two cells and begins as such lines do."""
    if "@" in line:
        return False
    filled = [cell.strip() for cell in grammar.cut(line).cells if cell.strip()]
    if not filled or len(filled) > 2 or (len(filled) == grammar.width and grammar.width > 1):
        return False
    return is_note(filled[0], known)


def body_end(tail: list[str], grammar: Grammar, known: tuple[str, ...]) -> int:
    """How many of the last lines of a file belong to the table: the rest are footers and blank lines."""
    keep = len(tail)
    for position in range(len(tail) - 1, -1, -1):
        if tail[position].strip("\ufeff\x1a \t\r\n"):
            if not is_footer(tail[position], grammar, known):
                break
            keep = position
    return keep


def is_header(line: str, grammar: Grammar) -> bool:
    """Whether a line holds column names: at least two known ones, and most of its cells."""
    from auditor.intake.sources import fold, known_headers

    if "@" in line or re.search(r"\d{4}", line):
        return False
    cells = [fold(cell) for cell in grammar.cut(line).cells if cell.strip()]
    known = sum(cell in known_headers() for cell in cells)
    return known >= 2 and known * 2 >= len(cells)
