"""What a run was given and told, as the report shows it: list, settings, suppliers, waivers, decisions, files."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from auditor.intake.mapping import ColumnUse
from auditor.masking import mask
from auditor.report_model import (
    ColumnLine,
    DecisionLine,
    ScreenLine,
    Setting,
    Source,
    SupplierLine,
    WaiverLine,
    Words,
)
from auditor.result import Audit

# what a header may show: no control, bidi or zero-width character, no address, no long number
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_DATA = re.compile(r"@|[0-9]{5}|(?:[0-9][ .-]?){8}")


def printable(text: str, most: int = 120) -> str:
    """A file name or header without what could act on a reader's screen, at most `most` characters."""
    shown = _HIDDEN.sub("\ufffd", text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def header_shown(use: ColumnUse) -> str:
    """A header as the report may show it: masked where it looks like a person's data (a list without header)."""
    return mask(use.header, "text") if _DATA.search(use.header) else printable(use.header, 60)


def suppliers(audit: Audit) -> tuple[SupplierLine, ...]:
    """The suppliers of the settings, with what is known of their evidence."""
    return tuple(
        SupplierLine(
            name=printable(s.name),
            contract=printable(s.contract),
            country=printable(s.country),
            transfer_tool=printable(s.transfer_tool),
            evidence_on=_day(s.evidence_on),
            sample_checked_on=_day(s.sample_checked_on),
            sample_ok=s.sample_ok,
            expires=_day(s.expires),
            expired=s.expires is not None and s.expires < audit.today,
        )
        for s in audit.settings.suppliers
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def settings(audit: Audit) -> tuple[Setting, ...]:
    """The settings that are not default, and where each came from; no secret."""
    public = audit.settings.public()
    shown = []
    origins = dict(audit.origins)
    if "dns_snapshot" in origins:
        # a repeat of an audit with look-ups is told as that audit
        origins.setdefault("dns_lookup", origins.pop("dns_snapshot"))
    for key, origin in sorted(origins.items()):
        value = public.get(key)
        if value not in (None, "", [], {}):
            shown.append(Setting(key=printable(key), value=_said(value), origin=printable(origin)))
    return tuple(shown)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return printable("; ".join(f"{k}: {_said(v)}" for k, v in value.items() if v not in (None, "", [], {})), 600)
    if isinstance(value, list):
        return printable(" · ".join(_said(item) for item in value), 600)
    return printable(str(value).lower() if isinstance(value, bool) else str(value), 300)


def waivers(audit: Audit) -> Iterable[WaiverLine]:
    """The waivers of the settings, with what each covers."""
    for row in audit.waivers.iter_rows(named=True):
        yield WaiverLine(
            rule=printable(row["rule"]),
            scope=printable(row["scope"]),
            reason=printable(row["reason"], 300),
            owner=printable(row["owner"]),
            expires=row["expires"].isoformat(),
            covered=row["covered"],
            state=row["state"],
        )


def decisions(frame: pl.DataFrame) -> Iterable[DecisionLine]:
    """The decisions that were handed in, with what became of each."""
    for row in frame.iter_rows(named=True):
        yield DecisionLine(
            row=row["audit_row"],
            decision=row["decision"],
            decided_by=printable(row["decided_by"]),
            note=printable(row["note"], 300),
            decided_on=row["decided_on"],
            outcome=row["outcome"],
            rules=tuple((row["rules"] or "").split(";")) if row["rules"] else (),
        )


def screens(audit: Audit) -> tuple[ScreenLine, ...]:
    """The suppression and register files, with what was understood of each."""
    return tuple(
        ScreenLine(name=printable(one.name), use=one.use, kind=one.kind, entries=one.entries, ignored=one.ignored)
        for one in audit.screens
    )


def source(audit: Audit) -> Source:
    """The list, and how it was read."""
    dialect, mapping = audit.dialect, audit.mapping
    return Source(
        name=printable(audit.name),
        sha256=audit.sha256,
        size=audit.size,
        carrier=dialect.carrier,
        encoding=dialect.encoding,
        delimiter=dialect.delimiter,
        header_line=dialect.header_line,
        format=Words(en=mapping.title.en, fr=mapping.title.fr),
        format_key=mapping.source,
        verified=mapping.verified,
        repairs=dict(audit.account.repairs),
        defects=dict(audit.account.defects),
        columns=tuple(ColumnLine(header=header_shown(u), canonical=u.canonical, tell=u.tell) for u in mapping.columns),
    )
