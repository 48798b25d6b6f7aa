"""Settings: frozen and strict; flag > environment AUDITOR_* > auditor.toml > default."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from auditor.errors import UsageError

MAX_SETTINGS_BYTES = 1 << 20


class Part(BaseModel):
    """One table of the settings: unknown keys are errors, values are never echoed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, populate_by_name=True, validate_default=True
    )


class ListFacts(Part):
    """`[list]`: what the user declares once for a list of one origin; fills blank cells only."""

    declared_by: str = ""
    source: str = ""
    source_detail: str = ""
    source_url: str = ""
    seller: str = ""
    event: str = ""
    collected_on: date | None = None
    legal_basis: str = ""
    lia_ref: str = ""
    notice_on: date | None = None
    notice_lang: str = ""
    consent_method: str = ""
    consent_text_id: str = ""
    consent_purpose: str = ""
    consent_controller: str = ""
    contract_ref: str = ""
    country: str = ""
    register_checked_on: date | None = None
    suppression_checked_on: date | None = None


class RuleSetting(Part):
    """`[rules.NAME]`: another severity, or off with a reason and an expiry."""

    severity: Literal["note", "review", "remove"] | None = None
    off: bool = False
    reason: str = ""
    expires: date | None = None

    @model_validator(mode="after")
    def _accounted_for(self) -> "RuleSetting":
        if self.off and not (self.reason.strip() and self.expires):
            raise ValueError("off needs a reason and an expiry")
        return self

    def holds(self, today: date) -> bool:
        """Whether the override has not run out."""
        return self.expires is None or self.expires >= today


class Offer(Part):
    """`[offer]`: the functions and departments that the offer speaks to."""

    functions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    # more messages than this without a sign of life are pressure
    max_contacts: int = Field(default=6, ge=1)
    # channels the campaign uses; data for other channels are then reported
    channels: tuple[str, ...] = ()


class Supplier(Part):
    """`[[suppliers]]`: one seller or vendor, with what is known of its evidence."""

    name: str
    aliases: tuple[str, ...] = ()
    contract: str = ""
    evidence_on: date | None = None
    sample_checked_on: date | None = None
    sample_ok: bool | None = None
    country: str = ""
    transfer_tool: str = ""
    expires: date | None = None


class Form(Part):
    """`[[forms]]`: one form or event at which consent was given, and the days on which that was possible."""

    name: str
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Waiver(Part):
    """`[[waivers]]`: findings of one rule accepted for a scope, by somebody, until a day."""

    rule: str = Field(min_length=1)
    scope: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    expires: date


class DomainChoice(Part):
    """`[[allow_domains]]`, `[[deny_domains]]`: the user's own word on a domain."""

    domain: str
    reason: str
    expires: date
    as_class: str = Field(default="professional", alias="class")


class Dns(Part):
    """`[dns]`: resolvers and limits of the look-ups."""

    resolvers: tuple[str, ...] = ()
    timeout: float = Field(default=2.0, gt=0, le=60)
    lifetime: float = Field(default=6.0, gt=0, le=120)
    budget: float = Field(default=3600.0, gt=0)
    concurrency: int = Field(default=256, ge=1, le=4096)
    rate: int = Field(default=2000, ge=1)
    max_unknown: float = Field(default=20.0, ge=0, le=100)
    cache: bool = True


class Limits(Part):
    """`[limits]`: what one list may weigh before it is refused."""

    line_bytes: int = Field(default=16 << 20, ge=1024)
    cell_bytes: int = Field(default=1 << 20, ge=1024)
    columns: int = Field(default=16_384, ge=1)
    expanded_bytes: int = Field(default=10 << 30, ge=1024)
    expanded_ratio: float = Field(default=20.0, ge=1)


class Vocabulary(Part):
    """`[vocabulary]`: the user's own source words, by source class."""

    source: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    legal_basis: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Settings(Part):
    """The effective settings of one run; `origins` says where each came from."""

    policy: Literal["standard", "strict"] = "standard"
    as_of: date | None = None
    lang: Literal["en", "fr"] = "en"
    out: Path | None = None
    fail_on: Literal["never", "review", "removed"] = "never"
    max_removed: float | None = Field(default=None, ge=0, le=100)
    require_complete: bool = False
    sender_country: str = "FR"
    suppression: tuple[Path, ...] = ()
    suppression_key: str = ""
    consent_log: tuple[Path, ...] = ()
    decisions: tuple[Path, ...] = ()
    baseline: Path | None = None
    # audit folders of the other lists of the same run whose objections hold here too; set by the run itself
    siblings: tuple[Path, ...] = ()
    register_files: tuple[Path, ...] = Field(default=(), alias="registers")
    source: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    # how numeric dates are written where no value of their column says so
    date_order: Literal["dmy", "mdy"] | None = None
    header_row: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    dns_lookup: bool = False
    dns_snapshot: Path | None = None
    annotate: bool = False
    overwrite: bool = False
    drop_columns: tuple[str, ...] = ()
    csv_safety: Literal["review", "quote", "off"] = "review"
    batch_rows: int = Field(default=100_000, ge=1)
    reports: tuple[str, ...] = ()
    declared: ListFacts = Field(default=ListFacts(), alias="list")
    columns: Mapping[str, str] = Field(default_factory=dict)
    rules: Mapping[str, RuleSetting] = Field(default_factory=dict)
    offer: Offer = Offer()
    suppliers: tuple[Supplier, ...] = ()
    forms: tuple[Form, ...] = ()
    # names under which the sender asks for consent, and the day its company began
    controllers: tuple[str, ...] = ()
    company_since: date | None = None
    waivers: tuple[Waiver, ...] = ()
    allow_domains: tuple[DomainChoice, ...] = ()
    deny_domains: tuple[DomainChoice, ...] = ()
    dns: Dns = Dns()
    limits: Limits = Limits()
    vocabulary: Vocabulary = Vocabulary()

    def leaves_out(self, header: str) -> bool:
        """Whether `drop_columns` names this column; case and spaces around it make no difference."""
        return header.strip().casefold() in {name.strip().casefold() for name in self.drop_columns}

    def public(self) -> dict[str, Any]:
        """The settings that shape the outputs, as JSON values: files by name only, no secret.

        A run from a snapshot repeats a run with look-ups byte for byte, and so tells the same settings.
        """
        left_out = {"suppression_key", "batch_rows", "out", "overwrite", "dns_snapshot"}
        values = self.model_dump(mode="python", by_alias=True, exclude=left_out)
        values["dns_lookup"] = self.dns_lookup or self.dns_snapshot is not None
        return {key: _plain(value) for key, value in values.items()}


# keys that only make sense on the command line of one run
FLAG_ONLY = frozenset(
    {"decisions", "baseline", "siblings", "dns_snapshot", "header_row", "sheet", "overwrite", "batch_rows"}
)


def read(path: Path) -> dict[str, Any]:
    """The tables of a settings file, not yet validated."""
    try:
        if path.stat().st_size > MAX_SETTINGS_BYTES:
            raise UsageError(f"{path.name}: settings file is larger than 1 MiB", "Is this the right file?")
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path.name}: settings file cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = str(error).rpartition("(")[2].rstrip(")") if "(at " in str(error) else "UTF-8 text expected"
        raise UsageError(
            f"{path.name}: not valid TOML ({place})", "See `auditor settings` for the known keys."
        ) from None


def build(values: Mapping[str, Any], where: str) -> Settings:
    """Validated settings; every fault is named with its key, never with its value."""
    try:
        return Settings.model_validate(dict(values))
    except ValidationError as error:
        raise UsageError("; ".join(_fault(fault) for fault in error.errors()[:5]) + f" ({where})") from None


def _fault(fault: Any) -> str:
    path = [str(part) for part in fault["loc"]]
    name = ".".join(path)
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _keys(Settings, path[:-1]), 1)
        return f"unknown setting {name!r}" + (f", did you mean {near[0]!r}?" if near else "")
    return f"setting {name!r}: {fault['msg'].lower()}"


def _keys(model: type[BaseModel], path: list[str]) -> list[str]:
    for part in path:
        for name, info in model.model_fields.items():
            if (
                part in (name, info.alias)
                and isinstance(info.annotation, type)
                and issubclass(info.annotation, BaseModel)
            ):
                model = info.annotation
    return [info.alias or name for name, info in model.model_fields.items()]


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def load(flags: Mapping[str, Any], environ: Mapping[str, str], path: Path | None) -> tuple[Settings, dict[str, str]]:
    """The effective settings and, for each key that is not default, where it came from."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if path is not None:
        values = _rooted(read(path), path.parent)
        origins = dict.fromkeys(values, path.name)
        for key in FLAG_ONLY & set(values):
            raise UsageError(f"{key!r} belongs to one run: give it on the command line ({path.name})")
    for key, text in _from_environment(environ).items():
        values[key], origins[key] = text, f"AUDITOR_{key.upper()}"
    for key, value in flags.items():
        if value is None or value == ():
            continue
        if isinstance(value, Mapping):
            value = {**values.get(key, {}), **value}
        values[key], origins[key] = value, "command line"
    settings = build(values, ", ".join(dict.fromkeys(origins.values())) or "defaults")
    return settings, origins


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """AUDITOR_* variables of the plain top-level keys."""
    found: dict[str, Any] = {}
    known = {info.alias or name: info for name, info in Settings.model_fields.items()}
    for variable, text in sorted(environ.items()):
        key = variable.removeprefix("AUDITOR_").lower()
        if not variable.startswith("AUDITOR_") or key in ("offline", "debug"):
            continue
        if key not in known or isinstance(known[key].default, BaseModel):
            near = difflib.get_close_matches(key, known, 1)
            hint = f"Did you mean AUDITOR_{near[0].upper()}?" if near else ""
            raise UsageError(f"unknown environment variable {variable}", hint)
        found[key] = tuple(text.split(os.pathsep)) if isinstance(known[key].default, tuple) else text
    return found


def _rooted(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """File names in a settings file are relative to that file."""
    for key in ("suppression", "consent_log", "registers"):
        if isinstance(values.get(key), list):
            values[key] = [str(folder / name) for name in values[key] if isinstance(name, str)]
    if isinstance(values.get("out"), str):
        values["out"] = str(folder / values["out"])
    return values
