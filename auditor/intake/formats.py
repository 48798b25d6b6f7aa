"""What is known of export formats: the TOML files of schemas/sources, loaded and validated."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from auditor import columns, resources
from auditor.errors import AuditorError, CatalogueError, UsageError
from auditor.settings import MAX_SETTINGS_BYTES, Part

Language = Literal["any", "en", "fr", "de", "es", "it"]
Status = Literal["confirmed", "unverified"]

GENERIC = "generic"
# letters that NFKD does not take apart, and the signs that word processors put in place of the plain ones
_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\ufeff": "",
        "’": "'", "‘": "'", "`": "'", "\u2010": "-", "\u2011": "-", "–": "-", "—": "-", "\u2212": "-",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Header or cell for comparison: no BOM, case, accents or repeated spaces; typographic signs made plain."""
    if text.isascii():
        # most headers, and a tenth of the time
        return " ".join(text.lower().replace("`", "'").split())
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


# words between the words that carry the meaning; "le", "am", "on" stay: they tell a date from a yes
_JOINING = frozenset({"d", "de", "del", "della", "der", "des", "di", "du", "l", "la", "of", "the"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# what forms add to a header: "(oui/non)", "(required)", "(jj/mm/aaaa)"
_ASIDE = re.compile(
    r"\((?:(?:oui|yes|ja|si) ?/ ?(?:non?|nein)|[oyjs]/n|[01]/[01]|obligatoire|required|[jdmtagy]+[/.][a-z/.]+)\)"
)
_SIGNS = re.compile(r"[^\w]+|_+")


def loosen(text: str) -> str:
    """A header for second-chance comparison: camelCase and signs become spaces, joining words go."""
    words = _SIGNS.sub(" ", _ASIDE.sub(" ", fold(_CAMEL.sub(" ", text)))).split()
    return " ".join(word for word in words if word not in _JOINING)


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A header or file-name pattern as a regex over folded text: `*` is any text, `{n}` a number."""
    parts = re.split(r"(\*|\{n\})", fold(pattern))
    return re.compile("".join({"*": ".*", "{n}": r"\d+"}.get(part, re.escape(part)) for part in parts), re.DOTALL)


def _folded(values: Mapping[str, str]) -> dict[str, str]:
    return {fold(key): value for key, value in values.items()}


def _canonical(name: str) -> str:
    if name not in columns.BY_NAME:
        raise ValueError("no such canonical column")
    return name


class Signature(Part):
    """One way to recognise a format: every header of `all`, `at_least` of `any`, nothing of `none`."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    at_least: int = Field(default=1, ge=1)
    none: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Signature":
        if not self.all and not self.any:
            raise ValueError("a signature names at least one header")
        return self


class FileName(Part):
    """What the name of the file says of every row in it."""

    pattern: str
    defaults: Mapping[str, str] = Field(default_factory=dict)

    @field_validator("defaults")
    @classmethod
    def _known(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return {_canonical(name): text for name, text in value.items()}


@cache
def _split(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Single words, which a set test finds, and phrases of several."""
    return frozenset(w for w in words if " " not in w), tuple(f" {w} " for w in words if " " in w)


def _stands_in(words: tuple[str, ...], text: str, tokens: frozenset[str]) -> bool:
    single, phrases = _split(words)
    return not single.isdisjoint(tokens) or any(phrase in text for phrase in phrases)


class Hint(Part):
    """Words of a header that say what it means: one of every group, none of `none`; whole words, loosened."""

    words: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()

    def fits(self, loose: str) -> bool:
        """Whether a loosened header says so."""
        text, tokens = f" {loose} ", frozenset(loose.split())
        return all(_stands_in(group, text, tokens) for group in self.words) and not (
            self.none and _stands_in(self.none, text, tokens)
        )


class Layout(Part):
    """How the tool writes its files. `delimiter` and `encoding` are told to people, the bytes decide; `preamble` and
    `footer` are how lines begin that the tool writes above the header and below the last record."""

    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: str | None = None
    preamble: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()

    def about(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Both kinds of lines, folded."""
        return tuple(map(fold, self.preamble)), tuple(map(fold, self.footer))


class FormatColumn(Part):
    """One column of a format: its headers by language, and how its cells are read."""

    to: str | None = Field(default=None, json_schema_extra={"enum": [*columns.BY_NAME, None]})
    headers: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)
    patterns: tuple[str, ...] = ()
    hint: Hint | None = None
    occurrence: int | None = Field(default=None, ge=1)
    label: str | None = None
    values: Mapping[str, str] = Field(default_factory=dict)
    positive: bool = True
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    scope: Literal["email", "all", "processing", "phone", "sms", "post"] | None = None
    tell: Literal["T1", "T2", "T3"] | None = None
    separator: str | None = None
    status: Status = "confirmed"

    @field_validator("to")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        return None if value is None else _canonical(value)

    @field_validator("values")
    @classmethod
    def _fold_values(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return _folded(value)

    @model_validator(mode="after")
    def _consistent(self) -> "FormatColumn":
        if not self.patterns and not self.hint and not any(self.headers.values()):
            raise ValueError("a column has at least one header, pattern or hint")
        if self.scope and self.to != "opt_out":
            raise ValueError("scope belongs to opt_out columns")
        return self

    def names(self) -> Iterator[tuple[str, str]]:
        """(header as written, language) of every alias."""
        for language, names in self.headers.items():
            for name in names:
                yield name, language

    def aliases(self) -> Iterator[str]:
        """Every alias, folded."""
        return (fold(name) for name, _ in self.names())


class Title(Part):
    """Name of a format as a person reads it."""

    en: str
    fr: str


class Format(Part):
    """One export format: signature, columns, file names and layout of one tool's file."""

    title: Title
    status: Status
    # where the headers were seen, in one line
    seen: str
    languages: tuple[Literal["en", "fr", "de", "es", "it"], ...]
    # class this file gives to every row whose own source says nothing: scraped, vendor, network …
    list_class: str | None = None
    signatures: tuple[Signature, ...] = ()
    files: tuple[FileName, ...] = ()
    layout: Layout = Layout()
    # constant values of blank cells, whatever the file is called
    defaults: Mapping[str, str] = Field(default_factory=dict)
    columns: tuple[FormatColumn, ...]

    @field_validator("defaults")
    @classmethod
    def _known(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return {_canonical(name): text for name, text in value.items()}

    @model_validator(mode="after")
    def _one_owner_per_header(self) -> "Format":
        seen: set[tuple[str, int | None]] = set()
        for column in self.columns:
            own = {(alias, column.occurrence) for alias in column.aliases()}
            if own & seen:
                raise ValueError(f"header {sorted(own & seen)[0][0]!r} is claimed twice")
            seen |= own
        return self


def load(path: Path, error: type[AuditorError] = CatalogueError) -> Format:
    """One TOML file as a validated format; a fault names the key, never guesses around it."""
    try:
        if path.stat().st_size > MAX_SETTINGS_BYTES:
            raise error(f"{path.name}: source format is larger than 1 MiB", "Is this the right file?")
        return Format.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as fault:
        raise error(f"{path.name}: source format cannot be read ({fault.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        place = str(fault).rpartition("(")[2].rstrip(")") if "(at " in str(fault) else "UTF-8 text expected"
        raise error(f"{path.name}: not valid TOML ({place})", "See schemas/source.schema.json.") from None
    except ValidationError as fault:
        first: Any = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise error(f"{path.name}: {where}: {first['msg'].lower()}", "See schemas/source.schema.json.") from None


@cache
def formats() -> Mapping[str, Format]:
    """Every shipped format by name (the file name without `.toml`), in name order."""
    found = {path.stem: load(path) for path in sorted((resources.schemas() / "sources").glob("*.toml"))}
    if GENERIC not in found:
        raise CatalogueError("schemas/sources holds no generic.toml: the vocabulary of last resort is missing")
    return found


def user_format(path: Path) -> Format:
    """The user's own format file; faults are usage errors."""
    return load(path, UsageError)


@cache
def known_headers() -> frozenset[str]:
    """Folded headers that some format knows: what tells a header line from a person."""
    return frozenset(alias for known in formats().values() for column in known.columns for alias in column.aliases())


@cache
def around() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded starts of lines that some tool writes above its header, and below its last record."""
    told = [known.layout.about() for known in formats().values()]
    above, below = ({line for lines in told for line in lines[side]} for side in (0, 1))
    return tuple(sorted(above)), tuple(sorted(below))


def schema() -> str:
    """JSON Schema of a format file, as `schemas/source.schema.json` holds it."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Format.model_json_schema()}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
