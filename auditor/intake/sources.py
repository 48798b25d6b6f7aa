"""Which export is this: header and file name -> what every column means."""

import difflib
from collections import Counter
from collections.abc import Mapping as MappingOf
from pathlib import Path

import polars as pl

from auditor import columns
from auditor.errors import InputError, UsageError
from auditor.intake import cell_values
from auditor.intake.formats import (
    GENERIC,
    Format,
    FormatColumn,
    around,
    compile_pattern,
    fold,
    formats,
    known_headers,
    user_format,
)
from auditor.intake.headers import SEVERAL, Claim, Headers, holds, shipped, turned
from auditor.intake.mapping import ColumnUse, Mapping
from auditor.model import Text
from auditor.settings import Settings

__all__ = ["fold", "formats", "known_headers", "lines_around", "named", "recognise", "require_email"]

# canonical names in `[columns]` that mean "leave this column alone"
IGNORED = frozenset({"", "ignore"})
# languages whose dates are written day first; English is both and decides nothing
_DAY_FIRST = frozenset({"fr", "de", "es", "it"})
_STRENGTHS = ("T3", "T2", "T1")


def _occurrences(folded: list[str]) -> list[int]:
    seen: Counter[str] = Counter()
    numbers = []
    for header in folded:
        seen[header] += 1
        numbers.append(seen[header])
    return numbers


def _choose(folded: list[str], numbers: list[int]) -> tuple[str, float]:
    """Name of the format whose signature holds and that claims most headers, with the share claimed."""
    present = frozenset(folded)
    best = (0, False, "")
    for name, known in formats().items():
        if not any(holds(signature, present) for signature in known.signatures):
            continue
        claimed = sum(shipped(name).find(h, n) is not None for h, n in zip(folded, numbers, strict=True))
        best = max(best, (claimed, known.status == "confirmed", name))
    filled = sum(bool(header) for header in folded) or 1
    return (best[2], best[0] / filled) if best[2] else (GENERIC, 0.0)


def named(source: str) -> tuple[str, Format]:
    """The format that the user named: a shipped one, or a TOML file of the user's own."""
    known = formats().get(source)
    if known:
        return source, known
    path = Path(source)
    if path.suffix.lower() == ".toml":
        return path.stem, user_format(path)
    near = difflib.get_close_matches(source, formats(), 1)
    hint = f"Did you mean {near[0]!r}?" if near else "`auditor sources` lists the known formats."
    raise UsageError(f"unknown source format {source!r}", hint)


def lines_around(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded starts of lines above a header and below the last record: of all tools, and of the format that the user
    named, which may be their own."""
    own = named(settings.source)[1].layout.about() if settings.source else ((), ())
    known = around()
    return known[0] + own[0], known[1] + own[1]


def _own_columns(settings: Settings) -> dict[str, str]:
    own = {}
    for header, name in settings.columns.items():
        if name not in IGNORED and name not in columns.BY_NAME:
            near = difflib.get_close_matches(name, columns.BY_NAME, 1)
            hint = f"Did you mean {near[0]!r}?" if near else "`auditor sources generic` lists the canonical names."
            raise UsageError(f"[columns] {header!r}: no such canonical column", hint)
        own[fold(header)] = name
    return own


def _use(index: int, header: str, claim: Claim | None, order: str | None) -> ColumnUse:
    if claim is None:
        return ColumnUse(index=index, header=header)
    column = claim.column
    return ColumnUse(
        index=index,
        header=header,
        canonical=column.to,
        label=column.label,
        values=column.values,
        positive=column.positive,
        date_order=(column.date_order or order) if claim.dated else None,
        scope=column.scope,
        tell=column.tell,
        separator=column.separator,
        verified=column.status == "confirmed",
        by=claim.by,
    )


def _language(claims: list[Claim | None]) -> str | None:
    """Language of most headers that are not language-neutral; None when no header says."""
    votes = Counter(claim.language for claim in claims if claim and claim.language not in ("any", SEVERAL))
    return max(sorted(votes), key=lambda language: votes[language]) if votes else None


def recognise(header: tuple[str, ...], sample: pl.DataFrame, file_name: str, settings: Settings) -> Mapping:
    """What the header means. `sample` holds `cell_0`, `cell_1` … of the first records.

    The user's `[columns]` come first, then the format (forced or recognised by its signature), then the generic
    vocabulary; then the sample's cells may explain a column that no header does.
    """
    folded = [fold(text) for text in header]
    numbers = _occurrences(folded)
    own = _own_columns(settings)
    if settings.source:
        name, known = named(settings.source)
        lookup, share = turned(known), 1.0
    else:
        name, share = _choose(folded, numbers)
        known, lookup = formats()[name], shipped(name)
    claims = [_claim(*item, own, lookup, name) for item in zip(header, folded, numbers, strict=True)]
    cell_values.doubt(claims, sample)
    cell_values.explain(header, claims, sample)
    language = _language(claims)
    order = "dmy" if language in _DAY_FIRST else None
    return Mapping(
        source=name,
        title=Text(en=known.title.en, fr=known.title.fr),
        confidence=_confidence(name, share, claims, bool(settings.source)),
        columns=tuple(_use(i, text, claims[i], order) for i, text in enumerate(header)),
        list_class=known.list_class,
        defaults={**known.defaults, **_file_defaults(known, file_name)},
        tells=_tells(header, claims),
        verified=known.status == "confirmed",
        language=language,
    )


def _claim(raw: str, header: str, number: int, own: MappingOf[str, str], lookup: Headers, name: str) -> Claim | None:
    if header in own:
        to = None if own[header] in IGNORED else own[header]
        return Claim(FormatColumn(to=to, headers={"any": (header or "?",)}), "settings", "any")
    if not header:
        return None
    generic = shipped(GENERIC)
    found = lookup.find(header, number)
    if found:
        return Claim(found[0], name, found[1])
    found = generic.find(header, number) or generic.guess(raw)
    return Claim(found[0], GENERIC, found[1]) if found else None


def _confidence(name: str, share: float, claims: list[Claim | None], forced: bool) -> float:
    """1 when the user says so; a signature is worth 0.6 and the share of known headers the rest."""
    if forced:
        return 1.0
    if name == GENERIC:
        understood = sum(claim is not None for claim in claims) / (len(claims) or 1)
        return round(0.5 * understood, 2)
    return round(0.6 + 0.4 * share, 2)


def _file_defaults(known: Format, file_name: str) -> dict[str, str]:
    name = fold(file_name)
    for rule in known.files:
        if compile_pattern(rule.pattern).fullmatch(name):
            return dict(rule.defaults)
    return {}


def _tells(header: tuple[str, ...], claims: list[Claim | None]) -> tuple[tuple[str, str], ...]:
    found = [(c.column.tell, text) for text, c in zip(header, claims, strict=True) if c and c.column.tell]
    return tuple(sorted(((t, h) for t, h in found if t), key=lambda pair: _STRENGTHS.index(pair[0])))


def require_dropped(mapping: Mapping, name: str, settings: Settings) -> None:
    """Refuses a column to be left out that the list `name` lacks while another header is nearly the same: a slip of
    the pen would hand that column on."""
    kept = {header.strip().casefold(): header for header in mapping.header if not settings.leaves_out(header)}
    found = {header.strip().casefold() for header in mapping.header}
    for wanted in settings.drop_columns:
        near = difflib.get_close_matches(wanted.strip().casefold(), kept, 1, 0.75)
        if wanted.strip().casefold() not in found and near:
            raise UsageError(
                f"{name}: drop_columns names {wanted!r}, which is no column of this list",
                f"Did you mean {kept[near[0]]!r}?",
            )


def require_email(mapping: Mapping, name: str) -> None:
    """Refuses the list `name` without any e-mail column, naming its headers and the way out."""
    if mapping.uses("email"):
        return
    shown = ", ".join(repr(name) for name in mapping.header[:20]) + (" …" if len(mapping.header) > 20 else "")
    known = "" if mapping.source == GENERIC else f", recognised as {mapping.title.en}"
    raise InputError(
        f"{name}: no e-mail column{known}; its columns are: {shown}",
        'If one of them holds addresses, say so in auditor.toml: [columns] "its header" = "email".'
        if mapping.source == GENERIC
        else "This export carries no addresses: audit the file that will be mailed, after the addresses were added.",
    )
