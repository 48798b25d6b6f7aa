"""Compile `auditor/data/domains.tsv` from pinned public lists and the curated packs in `tools/domains`.

    python tools/build_data.py FOLDER     FOLDER holds the files named in tools/SOURCES.toml

A public list counts only where a second one agrees; a curated line always wins. The output is sorted and carries
its own version, licences and the hashes of its inputs, so the same inputs give the same bytes.
"""

import hashlib
import re
import sys
import tarfile
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "auditor" / "data" / "domains.tsv"
CLASSES = {
    "freemail",
    "isp",
    "relay",
    "disposable",
    "ambiguous",
    "shared-professional",
    "school",
    "parked",
    "professional",
}
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def member(entry: dict[str, str], folder: Path) -> str:
    """The text of one pinned input; a file that is not the pinned one stops the build."""
    path = folder / entry["file"]
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        raise SystemExit(f"{path.name} is not the pinned file")
    if path.suffix == ".whl":
        return zipfile.ZipFile(path).read(entry["member"]).decode()
    with tarfile.open(path) as archive:
        found = archive.extractfile(entry["member"])
        if found is None:
            raise SystemExit(f"{path.name} has no {entry['member']}")
        return found.read().decode()


def curated() -> Iterator[tuple[str, str, str, str]]:
    """(domain, class, country, note) of every curated line `class [COUNTRY]: domain domain …`."""
    for path in sorted((HERE / "domains").glob("*.txt")):
        default = path.stem if re.fullmatch("[A-Z]{2}", path.stem) else ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            head, _, rest = line.partition(":")
            kind, _, country = head.partition(" ")
            dead = kind == "dead"
            if not dead and kind not in CLASSES:
                raise SystemExit(f"{path.name}: unknown class {kind}")
            for domain in rest.split():
                yield domain, "freemail" if dead else kind, country or default, "dead brand" if dead else ""


def compiled(settings: dict[str, list[dict[str, str]]], folder: Path) -> dict[str, tuple[str, str, str, str]]:
    """domain -> (class, country, sources, note)."""
    known = PublicSuffixList(accept_unknown=False)
    lists: dict[str, set[str]] = defaultdict(set)
    for entry in settings["list"]:
        for domain in set(DOMAIN.findall(member(entry, folder))):
            lists[domain].add(f"{entry['key']} {entry['version']}")
    without = set(blocklist).union(*(DOMAIN.findall(member(entry, folder)) for entry in settings["without"]))
    table = {
        domain: ("freemail", "", "; ".join(sorted(sources)), "")
        for domain, sources in lists.items()
        if len(sources) >= 2 and domain not in without and known.privatesuffix(domain)
    }
    own: dict[str, str] = {}
    for domain, kind, country, note in curated():
        if not DOMAIN.fullmatch(domain) or not known.publicsuffix(domain):
            raise SystemExit(f"{domain} cannot be a domain")
        if domain in own:
            raise SystemExit(f"{domain} is curated twice: {own[domain]} and {kind}")
        own[domain] = kind
        table[domain] = (kind, country, f"curated {settings['version']}", note)
    return table


def main(folder: Path) -> None:
    """Write the table with its head."""
    settings = tomllib.loads((HERE / "SOURCES.toml").read_text("utf-8"))
    table = compiled(settings, folder)
    head = [
        "# name: mailbox domains",
        f"# version: {settings['version']}",
        "# licence: Apache-2.0 (curated); inputs as listed",
        *(f"# input: {e['key']} {e['version']} {e['licence']} sha256:{e['sha256']}" for e in settings["list"]),
        "domain\tclass\tcountry\tsources\tnote",
    ]
    lines = ["\t".join((domain, *table[domain])) for domain in sorted(table)]
    TARGET.write_text("\n".join(head + lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(lines)} domains, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
