"""Proof of the audit itself: what went in, what came out, by which tool, rules and data; and its re-check."""

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from auditor import __version__, packs, resources
from auditor.catalogue import page
from auditor.errors import InputError
from auditor.evaluate import rules
from auditor.folder import MANIFEST
from auditor.result import Audit

SCHEMA_VERSION = 1
LIBRARIES = (
    "polars",
    "email-validator",
    "dnspython",
    "publicsuffixlist",
    "disposable-email-domains",
    "phonenumberslite",
)


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def versions() -> Mapping[str, str]:
    """Versions of the tool, its libraries, and the fingerprint of its rules, packs and data lists."""
    known = packs.load()
    conditions = "\n".join(f"{r.id} {r.name} {r.when.meta.serialize(format='json')}" for r in rules())
    words = "".join(page(lang) for lang in ("en", "fr"))
    return {
        "auditor": __version__,
        "rules": f"{len(rules())}, sha256:{_short((conditions + words).encode())}",
        "countries": f"{len(known)}, sha256:{_short(repr(sorted(known.items())).encode())}",
        "data": f"sha256:{_short(b''.join(_data()))}",
        **{name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _data() -> list[bytes]:
    files = sorted(path for path in resources.data().rglob("*") if path.is_file() and path.suffix != ".pyc")
    return [path.name.encode() + digest(path).encode() for path in files]


def files(run: Path) -> list[Path]:
    """The files of a run folder by name."""
    return sorted(path for path in run.iterdir() if path.is_file())


def digests(paths: Iterable[Path]) -> dict[str, str]:
    """Name -> SHA-256 of finished files."""
    # two at a time: hashing lets go of the interpreter's lock
    with ThreadPoolExecutor(2) as pool:
        found = list(paths)
        return {path.name: sha256 for path, sha256 in zip(found, pool.map(digest, found), strict=True)}


def build(audit: Audit, run: Path, known: Mapping[str, str]) -> bytes:
    """The manifest of a finished run folder, as JSON; `known` are the digests of files that are finished."""
    counts = audit.counts
    rows = {
        f"{audit.stem}.clean.csv": counts.clean,
        f"{audit.stem}.clean.xlsx": counts.clean,
        f"{audit.stem}.review.csv": counts.review,
        f"{audit.stem}.removed.csv": counts.removed,
        f"{audit.stem}.unreadable.csv": counts.unreadable,
        f"{audit.stem}.annotated.csv": counts.read,
        "findings.csv": audit.row_findings_total + audit.list_findings.height,
    }
    outputs = {
        path.name: {
            "sha256": known.get(path.name) or digest(path),
            "bytes": path.stat().st_size,
            "rows": rows.get(path.name),
        }
        for path in files(run)
    }
    document = {
        "manifest_version": SCHEMA_VERSION,
        "as_of": audit.today.isoformat(),
        "made_at": audit.now.isoformat().replace("+00:00", "Z"),
        "input": {"name": audit.name, "sha256": audit.sha256, "bytes": audit.size, "records": counts.read},
        "counts": {
            "read": counts.read,
            "clean": counts.clean,
            "review": counts.review,
            "removed": counts.removed,
            "unreadable": counts.unreadable,
        },
        "outputs": outputs,
        "versions": dict(audit.versions),
        "settings": audit.settings.public(),
        "decisions": audit.decisions.to_dicts(),
    }
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def read(folder: Path) -> dict[str, Any]:
    """The manifest of an audit folder."""
    try:
        document: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        if document["manifest_version"] != SCHEMA_VERSION:
            raise InputError(f"{folder.name}: its manifest is of another version", "Use the auditor that wrote it.")
    except OSError:
        raise InputError(
            f"{folder.name}: no audit folder (no {MANIFEST})", "Name a folder that ends in .audit."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{folder.name}: {MANIFEST} is damaged", "Run the audit again.") from None
    return document


def verify(folder: Path, source: Path | None) -> list[str]:
    """Everything that does not agree between manifest, outputs and (when found) the input; empty when all is well."""
    document = read(folder)
    faults = []
    for name, entry in document["outputs"].items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            faults.append(f"{name}: missing")
        elif path.stat().st_size != entry["bytes"] or digest(path) != entry["sha256"]:
            faults.append(f"{name}: changed since the audit")
    extra = {p.name for p in folder.iterdir() if p.is_file()} - set(document["outputs"]) - {MANIFEST}
    faults += [f"{name}: not part of the audit" for name in sorted(extra)]
    counts = document["counts"]
    if counts["read"] != sum(counts[kind] for kind in ("clean", "review", "removed", "unreadable")):
        faults.append("counts: records read are not clean + review + removed + unreadable")
    if source is not None and source.is_file() and digest(source) != document["input"]["sha256"]:
        faults.append(f"{source.name}: the list changed since the audit")
    return faults
