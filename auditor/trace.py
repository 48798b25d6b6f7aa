"""The honest answer to one person's question "where did you get my data?" (GDPR 15(1)(g)), out of one list.

Only the rows of that person are read out; nothing of any other row, and nothing that the row does not show.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from auditor import consentlog, intake, mailbox_forms, pipeline, suppression, widen
from auditor.errors import UsageError
from auditor.facts import syntax
from auditor.model import Scope, Text
from auditor.settings import Settings
from auditor.world import World

DIGEST_LENGTH = 64

LEVELS: Mapping[str, Text] = {
    "V0": Text(en="the list shows nothing", fr="la liste ne montre rien"),
    "V1": Text(en="a vague claim", fr="une indication vague"),
    "V2": Text(en="a named source", fr="une source nommée"),
    "V3": Text(
        en="a named source with its date, its method and its purpose or controller",
        fr="une source nommée, avec sa date, son mode de collecte et sa finalité ou son responsable",
    ),
    "V4": Text(
        en="a named source with date, method and purpose, and an individual proof",
        fr="une source nommée, avec date, mode de collecte et finalité, et une preuve individuelle",
    ),
    "V5": Text(
        en="an individual proof, confirmed by the consent log",
        fr="une preuve individuelle, confirmée par le journal de consentement",
    ),
}
CLASSES: Mapping[str, Text] = {
    "direct": Text(en="given by yourself", fr="données fournies par vous-même"),
    "customer": Text(en="you are or were a customer", fr="vous êtes ou avez été client"),
    "referral": Text(en="recommended by somebody", fr="recommandation d'un tiers"),
    "network": Text(en="a social or personal network", fr="un réseau social ou personnel"),
    "published": Text(en="something published", fr="une publication"),
    "directory": Text(en="a directory or small ads", fr="un annuaire ou des petites annonces"),
    "register": Text(en="a public register", fr="un registre public"),
    "scraped": Text(en="an automated extraction", fr="une extraction automatisée"),
    "vendor": Text(en="a data vendor", fr="un fournisseur de données"),
    "bought": Text(en="a bought or rented list", fr="un fichier acheté ou loué"),
    "partner": Text(en="a partner", fr="un partenaire"),
    "guessed": Text(en="an address that was worked out, not given", fr="une adresse déduite, et non communiquée"),
}
BASES: Mapping[str, Text] = {
    "consent": Text(en="consent", fr="consentement"),
    "legitimate_interest": Text(en="legitimate interest", fr="intérêt légitime"),
    "contract": Text(en="contract", fr="contrat"),
    "customer": Text(en="existing customer relation", fr="relation client existante"),
    "legal_obligation": Text(en="legal obligation", fr="obligation légale"),
    "vital_interest": Text(en="vital interest", fr="intérêts vitaux"),
    "public_interest": Text(en="public interest", fr="mission d'intérêt public"),
    "withdrawn": Text(en="none any more: consent was withdrawn", fr="aucune : le consentement a été retiré"),
}
GAPS: Mapping[str, Text] = {
    "source": Text(en="the source by its name", fr="la source nommément"),
    "collected_on": Text(en="the day the data were obtained", fr="la date d'obtention des données"),
    "legal_basis": Text(en="the legal basis", fr="la base légale"),
    "notice_on": Text(en="that you were informed", fr="que vous avez été informé(e)"),
    "consent_at": Text(en="the moment of your consent", fr="le moment de votre consentement"),
    "consent_zone": Text(en="the time zone of the consent", fr="le fuseau horaire du consentement"),
    "consent_text_id": Text(en="the text you were shown", fr="le texte qui vous a été présenté"),
    "consent_controller": Text(en="to whom you consented", fr="à qui vous avez consenti"),
    "consent_purpose": Text(en="for which purpose", fr="pour quelle finalité"),
    "consent_channel": Text(en="for which channel", fr="pour quel canal"),
    "consent_method": Text(en="how you consented", fr="la manière dont vous avez consenti"),
    "consent_form": Text(en="on which form or at which event", fr="sur quel formulaire ou à quel événement"),
    "consent_ref": Text(en="an individual proof", fr="une preuve individuelle"),
}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row shows of the person's data; `gaps` are keys of GAPS."""

    row: int
    source: str | None
    source_class: str
    seller: str | None
    obtained_on: date | None
    legal_basis: str
    consent_at: date | None
    informed_on: date | None
    notice_due_on: date | None
    withdrawn: bool
    declared: bool
    level: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All entries of one person in one list."""

    name: str
    rows: int
    declared_by: str
    today: date
    entries: tuple[Entry, ...]


def trace(path: Path, address: str, settings: Settings, world: World) -> Answer:
    """The rows of `address` (or of the 64 hexadecimal digits of its digest) in the list at `path`."""
    with TemporaryDirectory(prefix="auditor-") as folder, intake.open_list(path, settings) as opened:
        surveyed = pipeline.survey(opened, settings, world, Path(folder), pipeline.silent)
        own = pl.concat([frame.filter(_own(frame, address, settings)) for frame in surveyed.spool.frames()])
        _, late = widen.stages(Scope.ROW)
        frame = widen.widen(own, late, surveyed.context) if own.height else own
        return Answer(
            name=opened.name,
            rows=opened.account.records,
            declared_by=settings.declared.declared_by,
            today=surveyed.context.today,
            entries=tuple(_entry(row) for row in frame.iter_rows(named=True)),
        )


def _own(frame: pl.DataFrame, address: str, settings: Settings) -> pl.Series:
    """Which rows belong to the person: main or further address, or its digest."""
    if "@" not in address:
        return _digests(frame["address"], address.lower(), settings)
    normal = syntax.decide(pl.Series([address]))["address"]
    if normal.null_count():
        raise UsageError("the address given cannot exist", "Check its spelling, or give its digest with --hash.")
    key = consentlog.address_key(normal).item()
    others = pl.col("email_others").list.eval(pl.element().str.to_lowercase()).list.contains(normal.item().lower())
    return frame.select(((pl.col("match_key") == key).fill_null(False)) | others.fill_null(False)).to_series()


def _digests(addresses: pl.Series, digest: str, settings: Settings) -> pl.Series:
    if len(digest) != DIGEST_LENGTH or set(digest) - set("0123456789abcdef"):
        raise UsageError("that is no digest", "Give 64 hexadecimal digits: SHA-256, or HMAC under the suppression key.")
    given = settings.suppression_key
    secret = suppression.read_key(Path(given), given) if given else None
    distinct = addresses.drop_nulls().unique()
    # one digest per distinct address: a person's request is rare, and the list is not kept
    folded = zip(distinct.to_list(), mailbox_forms.folded(distinct).to_list(), strict=True)
    own = [address for address, text in folded if digest in _forms(text.encode(), secret)]
    return addresses.is_in(own).fill_null(False)


def _forms(text: bytes, secret: bytes | None) -> set[str]:
    plain = {hashlib.sha256(text).hexdigest()}
    return plain | {hmac.digest(secret, text, "sha256").hex()} if secret else plain


def _entry(row: Mapping[str, Any]) -> Entry:
    consent = row["consent_at"] or row["doi_confirmed_at"]
    stated = [text for text in (row["source"], row["source_detail"], row["source_url"], row["consent_form"]) if text]
    gaps = []
    if not row["source_named"]:
        gaps.append("source")
    if row["collected_on"] is None and consent is None:
        gaps.append("collected_on")
    agreed = row["consent_state"] in ("given", "confirmed")
    if row["legal_basis_class"] in ("missing", "void") and not agreed:
        gaps.append("legal_basis")
    if row["indirect"] is not False and row["notice_on"] is None:
        gaps.append("notice_on")
    gaps += (row["missing_evidence"] or "").split(";") if row["missing_evidence"] else []
    return Entry(
        row=row["audit_row"],
        source=" / ".join(dict.fromkeys(stated)) or None,
        source_class=row["source_class"],
        seller=row["seller"],
        obtained_on=row["collected_on"] or (consent.date() if consent else None),
        legal_basis="consent" if agreed and row["legal_basis_class"] == "missing" else row["legal_basis_class"],
        consent_at=consent.date() if consent else None,
        informed_on=row["notice_on"],
        notice_due_on=row["notice_due_on"],
        withdrawn=row["consent_state"] == "refused",
        declared=bool(row["declared"]),
        level=row["provenance_level"],
        gaps=tuple(gaps),
    )


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, dates in ISO form."""
    return asdict(answer)


def sentences(answer: Answer, lang: str) -> list[str]:
    """The answer in words, ready to be sent to the person."""
    told = _FRENCH if lang == "fr" else _ENGLISH
    if not answer.entries:
        return [told["absent"].format(name=answer.name)]
    lines = [told["present"].format(name=answer.name, n=len(answer.entries))]
    for entry in answer.entries:
        lines.extend(_said(entry, answer, told, lang))
    return lines


def _said(entry: Entry, answer: Answer, told: Mapping[str, str], lang: str) -> list[str]:
    kind = CLASSES.get(entry.source_class)
    lines = [told["entry"].format(row=entry.row)]
    if kind and entry.source:
        lines.append(told["source"].format(source=_printable(entry.source), kind=kind.in_(lang)))
    elif kind:
        lines.append(told["kind"].format(kind=kind.in_(lang)))
    elif entry.source:
        lines.append(told["vague"].format(source=_printable(entry.source)))
    else:
        lines.append(told["unknown"])
    if entry.seller:
        lines.append(told["seller"].format(seller=_printable(entry.seller)))
    if entry.declared:
        lines.append(told["declared"].format(who=_printable(answer.declared_by) or "?"))
    if entry.obtained_on:
        lines.append(told["obtained"].format(day=_day(entry.obtained_on, lang)))
    basis = BASES.get(entry.legal_basis)
    lines.append(told["basis"].format(basis=basis.in_(lang)) if basis else told["no_basis"])
    if entry.withdrawn:
        lines.append(told["withdrawn"])
    if entry.informed_on:
        lines.append(told["informed"].format(day=_day(entry.informed_on, lang)))
    elif entry.notice_due_on:
        late = entry.notice_due_on < answer.today
        lines.append(told["late" if late else "due"].format(day=_day(entry.notice_due_on, lang)))
    lines.append(told["level"].format(level=entry.level, text=LEVELS[entry.level].in_(lang)))
    if entry.gaps:
        gaps = [GAPS[gap].in_(lang) for gap in dict.fromkeys(entry.gaps)]
        lines.append(told["gaps"].format(gaps=told["joint"].join(gaps)))
    return lines


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _day(day: date, lang: str) -> str:
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[lang][day.month - 1]} {day.year}"


_ENGLISH: Mapping[str, str] = {
    "absent": "This address is not in the list “{name}”.",
    "present": "This address is in the list “{name}”, in {n} row(s).",
    "entry": "Row {row}:",
    "source": "  Your data come from: {source} ({kind}).",
    "kind": "  Your data come from {kind}; the list does not name it further.",
    "vague": "  We cannot say where your data come from: the list only says “{source}”.",
    "unknown": "  We cannot say where your data come from: the list names no source.",
    "seller": "  They were supplied by: {seller}.",
    "declared": "  Part of this was declared for the whole list by {who}, not recorded for you individually.",
    "obtained": "  They were obtained on {day}.",
    "basis": "  Legal basis relied on: {basis}.",
    "no_basis": "  The list names no legal basis.",
    "withdrawn": "  You withdrew or refused your consent: your data must no longer be used for offers.",
    "informed": "  You were informed on {day}.",
    "due": "  No notice to you is on record; it is due by {day}.",
    "late": "  No notice to you is on record; it was due by {day}.",
    "level": "  Evidence: {level} of V5, {text}.",
    "gaps": "  What we cannot show: {gaps}.",
    "joint": "; ",
}
_FRENCH: Mapping[str, str] = {
    "absent": "Cette adresse ne figure pas dans la liste « {name} ».",
    "present": "Cette adresse figure dans la liste « {name} », sur {n} ligne(s).",
    "entry": "Ligne {row} :",
    "source": "  Vos données proviennent de : {source} ({kind}).",
    "kind": "  Vos données proviennent de ceci : {kind} ; la liste n'en dit pas davantage.",
    "vague": "  Nous ne pouvons pas dire d'où viennent vos données : la liste indique seulement « {source} ».",
    "unknown": "  Nous ne pouvons pas dire d'où viennent vos données : la liste n'indique aucune source.",
    "seller": "  Elles ont été fournies par : {seller}.",
    "declared": "  Une partie de ces éléments a été déclarée par {who} pour toute la liste, non consignée pour vous.",
    "obtained": "  Elles ont été obtenues le {day}.",
    "basis": "  Base légale invoquée : {basis}.",
    "no_basis": "  La liste n'indique aucune base légale.",
    "withdrawn": "  Vous avez retiré ou refusé votre consentement : plus aucune prospection n'est permise.",
    "informed": "  Vous avez été informé(e) le {day}.",
    "due": "  Aucune information à votre intention n'est consignée ; elle est due au plus tard le {day}.",
    "late": "  Aucune information à votre intention n'est consignée ; elle était due au plus tard le {day}.",
    "level": "  Niveau de preuve : {level} sur V5, {text}.",
    "gaps": "  Ce que nous ne pouvons pas montrer : {gaps}.",
    "joint": " ; ",
}
