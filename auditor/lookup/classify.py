"""From answers to a domain fact, and which question comes next; no clock, no socket, no settings.

"Does not exist" and "refuses mail" are said only where the DNS proves it; whatever is merely missing, late,
filtered or odd is unknown.
"""

import ipaddress
from functools import cache, lru_cache
from typing import NamedTuple

from auditor.lookup import hosts
from auditor.lookup.answers import Answer, Answers, Failure, Kind, Reply

NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED = 0, 1, 2, 3, 4, 5
# RFC 8914: forged, blocked, censored, filtered, prohibited, stale NXDOMAIN: the resolver speaks, not the domain
RESOLVER_SPEAKS = frozenset({4, 15, 16, 17, 18, 19})
UNREACHABLE = frozenset({"loopback", "private_address", "bad_host"})
# endings that only ever mean the machine itself, a private network or nothing (RFC 6761, RFC 8375, RFC 9476)
NOWHERE = ("localhost", "localdomain", "local", "invalid", "internal", "lan", "home", "corp", "alt", "onion")


class Finding(NamedTuple):
    """One domain fact: status of SPEC, class of its mail hosts, reason when unknown, best host, seconds to keep."""

    status: str
    mx_class: str | None = None
    reason: str | None = None
    mx_host: str | None = None
    ttl: int = 0


def unknown(reason: Failure, mx_class: str | None = None) -> Finding:
    """Nothing definite was learnt."""
    return Finding("unknown", mx_class, reason.value)


def doubt(domain: str, answer: Answer) -> Failure | None:
    """Why `answer` is no definite statement about `domain`; null when it is one."""
    if isinstance(answer, Failure):
        return answer
    if answer.fault:
        return answer.fault
    if answer.code not in (NOERROR, NXDOMAIN):
        return {SERVFAIL: Failure.SERVFAIL, REFUSED: Failure.REFUSED}.get(answer.code, Failure.OTHER_CODE)
    if RESOLVER_SPEAKS.intersection(answer.errors):
        return Failure.FILTERED
    if answer.code == NXDOMAIN:
        return _doubt_of_absence(answer.alias or domain, answer)
    if answer.referral:
        return Failure.REFERRAL
    return None


def _doubt_of_absence(name: str, answer: Reply) -> Failure | None:
    """RFC 2308 section 3: who denies a name must show the SOA of a zone above it; blocking resolvers do not."""
    if answer.hosts or answer.addresses:
        return Failure.CONTRADICTION
    if answer.soa is None:
        return Failure.UNPROVEN
    if answer.soa == "":
        # the root can only deny top-level domains; for "com" it is a resolver cut off from the world
        return Failure.UNPROVEN if _delegated(name.rpartition(".")[2]) else None
    return None if name == answer.soa or name.endswith(f".{answer.soa}") else Failure.GARBAGE


def next_question(domain: str, answers: Answers) -> Kind | None:
    """What to ask after `answers`: MX, then A and AAAA only where no MX is (RFC 5321 section 5.1)."""
    if Kind.MX not in answers:
        return Kind.MX
    mx = answers[Kind.MX]
    fault = doubt(domain, mx)
    if fault is Failure.SERVFAIL and Kind.DS not in answers:
        return Kind.DS
    if isinstance(mx, Failure) or fault or mx.code == NXDOMAIN or mx.hosts:
        return None
    for kind in (Kind.A, Kind.AAAA):
        if kind not in answers:
            return kind
        given = answers[kind]
        if doubt(domain, given) or (isinstance(given, Reply) and given.code == NXDOMAIN):
            return None
        if isinstance(given, Reply) and given.addresses:
            # a web page without mail hosts: its name servers tell whether the name is merely parked
            return None if Kind.NS in answers else Kind.NS
    return None


def classify(domain: str, answers: Answers) -> Finding:
    """The fact that `answers` support, and nothing beyond."""
    mx = answers.get(Kind.MX, Failure.NOT_ASKED)
    fault = doubt(domain, mx)
    if isinstance(mx, Failure) or fault:
        return unknown(fault or Failure.NOT_ASKED, _registered(domain, answers))
    if mx.code == NXDOMAIN:
        if mx.alias:
            # RFC 6604: the code speaks of the alias's target; the domain itself is registered
            return Finding("no_mail", "broken_alias", None, None, mx.ttl)
        return Finding("does_not_exist", None, None, None, mx.ttl)
    if mx.hosts:
        return _by_hosts(domain, mx)
    return _by_addresses(domain, answers, mx)


def _registered(domain: str, answers: Answers) -> str | None:
    """ "unresolvable" when the parent zone knows the name although its own servers fail (asked through DS)."""
    ds = answers.get(Kind.DS)
    if not isinstance(ds, Reply) or doubt(domain, ds) or ds.code != NOERROR or ds.alias:
        return None
    above = ds.soa is not None and ds.soa != domain and (ds.soa == "" or domain.endswith(f".{ds.soa}"))
    return "unresolvable" if ds.signed or above else None


def _by_hosts(domain: str, mx: Reply) -> Finding:
    named = [(preference, host) for preference, host in mx.hosts if host]
    if not named:
        return Finding("null_mx", None, None, None, mx.ttl)
    named.sort()
    for _, host in named:
        kind = _host_class(host, domain, mx)
        if kind not in UNREACHABLE:
            return Finding("accepts_mail", kind, None, host, mx.ttl)
    best = named[0][1]
    return Finding("no_mail", _host_class(best, domain, mx), None, best, mx.ttl)


def _host_class(host: str, domain: str, mx: Reply) -> str:
    glue = mx.glue.get(host)
    place = _place(glue) if glue else None
    return _nowhere(host) or place or hosts.mx_class(host) or ("own" if _same_owner(host, domain) else "other")


@lru_cache(maxsize=4096)
def _nowhere(host: str) -> str | None:
    """Class of a host name that no mail can reach, null for an ordinary name."""
    top = host.rpartition(".")[2]
    if top == "localhost" or host.startswith("localhost."):
        return "loopback"
    if top in NOWHERE or "." not in host or top.isdigit():
        return "bad_host"
    return None


@lru_cache(maxsize=4096)
def _place(addresses: tuple[str, ...]) -> str | None:
    """Class of a set of addresses none of which the world can reach; null when one can be."""
    places = [ipaddress.ip_address(address) for address in addresses]
    if any(place.is_global for place in places):
        return None
    return "loopback" if all(place.is_loopback for place in places) else "private_address"


def _by_addresses(domain: str, answers: Answers, mx: Reply) -> Finding:
    proven = mx.soa is not None
    for kind in (Kind.A, Kind.AAAA):
        given = answers.get(kind, Failure.NOT_ASKED)
        fault = doubt(domain, given)
        if isinstance(given, Failure) or fault:
            return unknown(fault or Failure.NOT_ASKED)
        if given.code == NXDOMAIN:
            # the name was there a moment ago, when MX was asked
            return unknown(Failure.CONTRADICTION)
        if given.addresses:
            return _implicit(domain, given, answers.get(Kind.NS))
        proven = proven and given.soa is not None
    return Finding("no_mail", "no_address", None, None, mx.ttl) if proven else unknown(Failure.UNPROVEN)


def _implicit(domain: str, given: Reply, servers: Answer | None) -> Finding:
    """No MX but an address: mail goes to that host (RFC 5321 section 5.1)."""
    if all(ipaddress.ip_address(address).is_unspecified for address in given.addresses):
        # 0.0.0.0 and :: are how filtering resolvers say "blocked"
        return unknown(Failure.FILTERED)
    place = _place(given.addresses)
    if place:
        return Finding("no_mail", place, None, None, given.ttl)
    listed = None
    if isinstance(servers, Reply) and not doubt(domain, servers):
        listed = hosts.server_class(tuple(host for _, host in servers.hosts))
    return Finding("accepts_mail", listed or "implicit", None, None, given.ttl)


@cache
def _suffixes() -> "hosts.Suffixes":
    return hosts.suffixes()


@lru_cache(maxsize=4096)
def _delegated(top: str) -> bool:
    return _suffixes().publicsuffix(top) is not None


def _same_owner(host: str, domain: str) -> bool:
    if host == domain or host.endswith(f".{domain}"):
        return True
    mine, theirs = (_suffixes().privatesuffix(name) for name in (domain, host))
    return mine is not None and mine == theirs
