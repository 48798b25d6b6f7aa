"""Known hosts: who runs the mail or name servers of a domain (`auditor/data/mx_hosts.tsv`)."""

from functools import cache, lru_cache
from typing import Protocol

from auditor import resources

FILE = "mx_hosts.tsv"


class Suffixes(Protocol):
    """The part of the public suffix list that is used here."""

    def publicsuffix(self, domain: str) -> str | None:
        """The suffix `domain` ends in, null when no list entry matches."""

    def privatesuffix(self, domain: str) -> str | None:
        """The registrable domain, null when there is none."""


def suffixes() -> Suffixes:
    """The public suffix list of the installed package; unlisted endings have no suffix."""
    from publicsuffixlist import PublicSuffixList

    found: Suffixes = PublicSuffixList(accept_unknown=False)
    return found


def mx_class(host: str) -> str | None:
    """parked, sinkhole, provider or gateway for a known mail host, else null."""
    return _listed("mx", host)


def server_class(servers: tuple[str, ...]) -> str | None:
    """parked or sinkhole when every name server of a domain belongs to such a service, else null."""
    classes = {_listed("ns", server) for server in servers}
    return classes.pop() if len(classes) == 1 else None


def version() -> str:
    """The day the list was compiled (YYYY-MM-DD)."""
    return _table()[1]


@lru_cache(maxsize=16_384)
def _listed(record: str, host: str) -> str | None:
    table = _table()[0]
    name = host
    while name:
        if (record, name) in table:
            return table[record, name]
        name = name.partition(".")[2]
    return None


@cache
def _table() -> tuple[dict[tuple[str, str], str], str]:
    lines = (resources.data() / FILE).read_text("utf-8").splitlines()
    stated = next(line.partition(":")[2].strip() for line in lines if line.startswith("# version:"))
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {(record, host): kind for record, host, kind, _ in rows}, stated
