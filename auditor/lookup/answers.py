"""What a name server said, as values: one reply per question, or the reason why there is none."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Kind(IntEnum):
    """Record types that are ever asked for (IANA numbers)."""

    A = 1
    NS = 2
    MX = 15
    AAAA = 28
    DS = 43


class Failure(StrEnum):
    """Why nothing definite is known; every one of them means "unknown", never "no"."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    OTHER_CODE = "other_code"
    GARBAGE = "garbage"
    ALIAS_LOOP = "alias_loop"
    ALIAS_UNFINISHED = "alias_unfinished"
    REFERRAL = "referral"
    UNPROVEN = "unproven"
    CONTRADICTION = "contradiction"
    FILTERED = "filtered"
    NOT_ASKED = "not_asked"
    BUDGET = "budget"
    RESOLVER_DOWN = "resolver_down"
    NOT_IN_SNAPSHOT = "not_in_snapshot"


class Reply(NamedTuple):
    """One well-formed message that answers our question; names in lower case without the final dot.

    `alias` is the last name of a CNAME chain, null without one. `hosts` are MX hosts with their preference, or
    name servers with preference 0; "" is the root (null MX). `glue` gives addresses of `hosts` that came along.
    `soa` is the owner of the SOA record that proves a negative answer, "" the root, null none. `ttl` in seconds:
    of the answer, or of the proof (RFC 2308 section 5). `errors` are extended DNS errors (RFC 8914).
    """

    code: int
    truncated: bool = False
    alias: str | None = None
    hosts: tuple[tuple[int, str], ...] = ()
    addresses: tuple[str, ...] = ()
    glue: Mapping[str, tuple[str, ...]] = {}
    signed: bool = False
    soa: str | None = None
    ttl: int = 0
    referral: bool = False
    errors: tuple[int, ...] = ()
    fault: Failure | None = None


Answer = Reply | Failure
Answers = Mapping[Kind, Answer]
