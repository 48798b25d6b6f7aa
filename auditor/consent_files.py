"""Consent logs as they come: CSV and JSON of form tools, mailing-tool audiences, consent receipts and records.

Every format ends in one table of text (`RECORD`), one line per event or receipt. Understood are: CSV with any header
that the list formats know (so Mailchimp and Brevo audiences too), JSON, JSON lines, Kantara consent receipts v1.1,
ISO/IEC TS 27560 records and their DPV form in JSON-LD. A file that is none of these is refused with one line that
quotes nothing of it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from auditor import intake
from auditor.errors import InputError, UsageError
from auditor.facts.vocabulary import fold
from auditor.intake import sources
from auditor.normalise.cells import map_batch
from auditor.settings import Settings

# a log is read into memory; a receipt weighs a few hundred bytes
MAX_JSON_BYTES = 1 << 30
MAX_DEPTH = 40

FIELDS = (
    "email", "digest", "given", "sent", "confirmed", "withdrawn", "status", "text", "controller", "purpose", "channel",
    "method", "form", "ref",
)  # fmt: skip
# `lacks` names the mandatory fields of its standard that a receipt does not have
RECORD: dict[str, pl.DataType] = {**dict.fromkeys(FIELDS, pl.String()), "lacks": pl.String()}

# names of fields in logs, folded without blanks; the order of the fields decides where a name could serve two
NAMES: Mapping[str, tuple[str, ...]] = {
    "email": (
        "email", "emailaddress", "mail", "adressemail", "adresseemail", "courriel", "emailadresse", "correo",
        "correoelectronico", "indirizzoemail", "subscriber", "recipient", "contact", "useremail", "piiprincipalid",
        "datasubject", "hasdatasubject", "subject", "mbox", "identifiant",
    ),
    "digest": (
        "emailhash", "hash", "sha256", "emailsha256", "hashedemail", "addresshash", "mailhash", "emaildigest",
        "empreinte", "subjecthash", "hmac",
    ),
    "confirmed": (
        "confirmtime", "confirmedat", "confirmedon", "doiconfirmedat", "doubleoptinat", "doubleoptintime",
        "timestampopt", "confirmationdate", "confirmdate", "confirmedtime", "bestatigtam", "confirmele",
        "doubleconsentcapturedate",
    ),
    "sent": ("confirmationsentat", "doisentat", "confirmationsent", "confirmationemailsent", "timestampsignup"),
    "withdrawn": (
        "withdrawnat", "withdrawn", "withdrawaldate", "withdrawalat", "revokedat", "unsubtime", "unsubscribedat",
        "unsubscribetime", "unsubscriptiondate", "optoutat", "optedoutat", "optouttime", "widerrufenam", "retirele",
        "desinscritle", "withdrawaltime",
    ),
    "given": (
        "consentat", "consenttimestamp", "consenttime", "consentdate", "consentgivenat", "givenat", "grantedat",
        "optintime", "optinat", "optindate", "optedinat", "submittedat", "submissiondate", "submissiontime",
        "submittime", "eventtime", "timestamp", "time", "datetime", "createdat", "createdtime", "createdon", "date",
        "created", "issued", "isindicatedattime", "startedattime", "generatedattime", "generatedat", "at", "occurredat",
        "horodatage", "datum", "zeitstempel", "fecha", "data", "datedinscription", "capturedate", "signuptime",
        "recordedat", "acceptedat",
    ),
    "status": (
        "status", "consentstatus", "eventstate", "eventtype", "event", "action", "state", "hasconsentstatus", "optin",
        "consent", "statut", "evenement", "estado", "stato", "ereignis", "privacyconsentstatus",
    ),
    "text": (
        "textid", "consenttextid", "consenttext", "consenttextversion", "consentversion", "textversion", "texthash",
        "consenttexthash", "formversion", "noticeversion", "noticeid", "privacynotice", "privacynoticeid",
        "privacypolicy", "policyurl", "policyversion", "hasnotice", "termsversion", "wording", "consentlabel",
        "checkboxlabel", "texte", "textedupconsentement", "einwilligungstext", "legaltext",
    ),
    "controller": (
        "controller", "controllers", "controllername", "consentcontroller", "piicontroller", "piicontrollers",
        "datacontroller", "hasdatacontroller", "organisation", "organization", "responsable", "verantwortlicher",
    ),
    "purpose": (
        "purpose", "purposes", "consentpurpose", "haspurpose", "purposetype", "finalite", "zweck", "finalidad",
        "finalita", "listname", "list", "audience",
    ),
    "channel": ("channel", "channels", "consentchannel", "canal", "kanal", "canale"),
    "method": (
        "method", "consentmethod", "collectionmethod", "hascollectionmethod", "consenttype", "methode", "isindicatedby",
        "capturesource",
    ),
    "form": (
        "form", "formname", "formid", "formurl", "consentform", "pageurl", "page", "url", "source", "signupsource",
        "landingpage", "formulaire", "formular", "service", "hasservice",
    ),
    "ref": (
        "ref", "consentref", "reference", "receiptid", "consentreceiptid", "recordid", "logid", "submissionid",
        "eventid", "entryid", "responseid", "leid", "euid", "uniqueemailid", "id", "identifier", "uuid", "jti",
    ),
}  # fmt: skip
_FIELD_OF: Mapping[str, str] = {name: field for field, names in reversed(tuple(NAMES.items())) for name in names}

# what the list formats call the same things
_CANONICAL: Mapping[str, str] = {
    "email": "email", "consent_at": "given", "doi_sent_at": "sent", "doi_confirmed_at": "confirmed",
    "withdrawn_at": "withdrawn", "consent_status": "status", "consent_text_id": "text",
    "consent_controller": "controller", "consent_purpose": "purpose", "consent_channel": "channel",
    "consent_method": "method", "consent_form": "form", "consent_ref": "ref", "opted_out_on": "withdrawn",
    "collected_on": "given", "list_name": "purpose", "source": "form",
}  # fmt: skip

# parties that are not the person: their addresses say nothing of who consented
_OTHERS = frozenset({
    "controller", "controllers", "piicontroller", "piicontrollers", "datacontroller", "hasdatacontroller", "processor",
    "processors", "hasdataprocessor", "partyidentification", "party", "parties", "recipient3rdparties", "hasrecipient",
    "recipientthirdparties", "publisher", "contactinfo", "hascontact", "authority", "representative", "issuer", "iss",
})  # fmt: skip

# mandatory fields: of a Kantara receipt by their names (v1.1, section 4), of a TS 27560 record by what they hold
_KANTARA = (
    "jurisdiction", "consenttimestamp", "collectionmethod", "consentreceiptid", "piiprincipalid", "piicontrollers",
    "policyurl", "services",
)  # fmt: skip
_TS_27560 = ("given", "ref", "controller", "text", "purpose")
# fields that say the state itself, where others name the kind of event
_STATES = frozenset({"eventstate", "hasconsentstatus", "consentstatus", "status", "state"})
# keys of JSON-LD that say nothing of their own
_VALUES = frozenset({"@id", "@value", "@type", "@list", "@set"})


def read(path: Path) -> pl.DataFrame:
    """The records of one log as a RECORD table; InputError or UsageError in one line otherwise."""
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            start = handle.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise UsageError(f"{path.name}: consent log cannot be read ({error.strerror})") from None
    if not start:
        raise InputError(f"{path.name}: consent log is empty")
    if start[:1] in b"[{":
        if size > MAX_JSON_BYTES:
            raise InputError(f"{path.name}: consent log is larger than 1 GiB", "Split it, or export it as CSV.")
        return _from_json(path)
    return _from_csv(path)


# ---- CSV: the same readers as for lists


def _from_csv(path: Path) -> pl.DataFrame:
    settings = Settings()
    with intake.open_list(path, settings) as opened:
        header = opened.dialect.header
        batches = [batch.frame for batch in opened.batches(settings.batch_rows)]
    frame = pl.concat(batches)
    if not frame.height:
        raise InputError(f"{path.name}: consent log has a header and no record")
    mapping = sources.recognise(header, frame.head(1000), opened.name, settings)
    mapped = map_batch(frame, mapping, settings)
    parts: dict[str, list[pl.Expr]] = {}
    for canonical, field in _CANONICAL.items():
        name = canonical if canonical in mapped.columns else f"{canonical}_text"
        if canonical in mapping.present:
            parts.setdefault(field, []).append(pl.col(name).cast(pl.String))
    if "opt_out" in mapping.present:
        gone = pl.when(pl.col("opt_out")).then(pl.lit("unsubscribed"))
        parts["status"] = [gone, *parts.get("status", [])]
    for use in mapping.columns:
        known = _FIELD_OF.get(_bare(use.header))
        if known and use.canonical not in _CANONICAL:
            parts.setdefault(known, []).append(pl.col(use.cell))
    _require(path, parts)
    return mapped.select(
        [
            pl.coalesce(parts[field]).str.strip_chars().alias(field) if field in parts else _blank(field)
            for field in FIELDS
        ]
        + [_blank("lacks")]
    ).with_columns(pl.when(pl.col(field) != "").then(pl.col(field)).alias(field) for field in FIELDS)


def _blank(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(name)


def _bare(name: str) -> str:
    """A field's name without case, accents, signs, prefix or namespace."""
    name = re.split(r"[#/]", name)[-1] if "://" in name else name.rpartition(":")[2]
    return str(fold(pl.Series([name]), digits=True).item()).replace(" ", "")


def _require(path: Path, parts: Mapping[str, Any]) -> None:
    if not {"email", "digest"} & set(parts):
        raise InputError(
            f"{path.name}: consent log has no column of addresses", "Name it email, or email_hash for SHA-256 digests."
        )
    if not {"given", "confirmed", "withdrawn", "sent"} & set(parts):
        raise InputError(f"{path.name}: consent log has no column of times", "Name it consent_at.")


# ---- JSON: any nesting, known by the names of its fields


def _from_json(path: Path) -> pl.DataFrame:
    names: dict[str, str] = {}
    records = []
    for item in _items(path):
        for record in _records(item, 0):
            flat = _flat(record, names)
            if flat.get("email") or flat.get("digest"):
                records.append(flat)
    if not records:
        raise InputError(
            f"{path.name}: consent log holds no record with an address",
            "Expected: objects with an address, a time and the text that was shown.",
        )
    _require(path, {field: True for record in records for field, value in record.items() if value})
    return pl.DataFrame(records, schema=RECORD)


def _items(path: Path) -> Iterator[Any]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path.name}: consent log is no UTF-8 text") from None
    try:
        yield json.loads(text)
        return
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
    lines = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    if len(lines) < 2:
        raise InputError(f"{path.name}: consent log is no valid JSON (line {line})")
    for number, row in lines:
        try:
            yield json.loads(row)
        except (json.JSONDecodeError, RecursionError):
            raise InputError(f"{path.name}: consent log is no valid JSON (line {number})") from None


def _records(item: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects that stand for one consent each: list members, `@graph`, or the one list inside an envelope."""
    if depth > MAX_DEPTH:
        return
    if isinstance(item, list):
        for member in item:
            yield from _records(member, depth + 1)
    elif isinstance(item, dict):
        inner = [
            value
            for key, value in item.items()
            if isinstance(value, list) and value and all(isinstance(v, dict) for v in value) and _envelope(key)
        ]
        if inner:
            for value in inner:
                yield from _records(value, depth + 1)
        else:
            yield item


def _envelope(key: str) -> bool:
    return _bare(key) in {
        "graph", "records", "consentrecords", "receipts", "consentreceipts", "members", "contacts", "items", "data",
        "results", "entries", "responses", "submissions", "logs", "subscribers", "consents", "rows",
    }  # fmt: skip


def _flat(record: Mapping[str, Any], names: dict[str, str]) -> dict[str, str | None]:
    """One record as fields of ours: the first scalar under each known name, the person's address apart."""
    found: dict[str, str | None] = dict.fromkeys(RECORD)
    for path, value in _scalars(record, (), names, 0):
        foreign = any(key in _OTHERS for key in path)
        field = next((_FIELD_OF[key] for key in reversed(path) if key in _FIELD_OF), None)
        if "@" in value and re.fullmatch(r"(?:mailto:)?[^\s@]+@[^\s@]+", value):
            if not foreign:
                found["email"] = found["email"] or value.removeprefix("mailto:")
            continue
        if field in (None, "email"):
            if field and re.fullmatch(r"[0-9a-fA-F]{64}", value):
                found["digest"] = found["digest"] or value
            continue
        if foreign and field != "controller":
            continue
        better = field == "status" and bool(_STATES & set(path))
        if found[field] is None or better:
            found[field] = _plain(field, value)
    found["lacks"] = _lacks(record, found, names)
    return found


def _scalars(
    item: Any, path: tuple[str, ...], names: dict[str, str], depth: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(item, dict):
        for key, value in item.items():
            if key in _VALUES:
                # of the record itself they are its name and kind
                yield from _scalars(value, path, names, depth + 1) if path else ()
            elif key != "@context":
                bare = names[key] if key in names else names.setdefault(key, _bare(key))
                yield from _scalars(value, (*path, bare), names, depth + 1)
    elif isinstance(item, list):
        for value in item:
            yield from _scalars(value, path, names, depth + 1)
    elif item is not None and not (isinstance(item, str) and not item.strip()):
        yield path, str(item).strip()


def _plain(field: str, value: str) -> str:
    """A term of a vocabulary without its prefix ("dpv:ConsentGiven" reads "ConsentGiven"); other values as they are."""
    if field in ("status", "purpose", "method"):
        short = re.split(r"[#/]", value)[-1] if "://" in value else value.rpartition(":")[2]
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", short) or value
    return value


def _lacks(record: Mapping[str, Any], found: Mapping[str, str | None], names: dict[str, str]) -> str | None:
    """What a receipt lacks of its own standard; null for a complete one and for logs of no standard."""
    filled = {names.get(key) or _bare(key) for key, value in record.items() if value not in (None, "", [], {})}
    if str(record.get("version", "")).upper().startswith("KI-CR") or "consentreceiptid" in filled:
        lacking = [name for name in _KANTARA if name not in filled]
    elif {"piiprocessing", "schemaversion"} & filled or "consentrecord" in str(record.get("@type", "")).lower():
        lacking = [field for field in _TS_27560 if not found[field]]
    else:
        return None
    return ";".join(lacking) or None
