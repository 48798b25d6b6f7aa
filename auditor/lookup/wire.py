"""DNS messages: the plain ones read and written here, everything unusual left to dnspython.

dnspython takes 150-400 microseconds for an answer, this walker about 8; it never decides what dnspython
would read otherwise: aliases, odd labels, surprising sections all fall through to `message.from_wire`.
"""

import struct
from socket import AF_INET, AF_INET6, inet_ntop
from typing import TYPE_CHECKING, NamedTuple

from auditor.lookup.answers import Failure, Kind, Reply

if TYPE_CHECKING:
    import dns.message
    import dns.name
    import dns.rrset

HEADER = struct.Struct("!HHHHHH")
RECORD = struct.Struct("!HHIH")
QR, TC, RD = 0x8000, 0x0200, 0x0100
OPCODE = 0x7800
CNAME, SOA, DNAME, OPT = 5, 6, 39, 41
ADDRESSES = (1, 28)
EXTENDED_ERROR = 15
# RFC 9715: small enough never to be fragmented
PAYLOAD = 1232
ROOT_OPT = b"\0" + RECORD.pack(OPT, PAYLOAD, 0, 0)
# dnspython needs 0.1 ms a record: a longer odd message would hold up every other look-up
MAX_ODD_RECORDS = 256
MAX_JUMPS = 16
MAX_ALIASES = 8
OWN_NAME = b"\xc0\x0c"
LENGTHS = [bytes((length,)) for length in range(64)]
TAILS = {kind: b"\0" + struct.pack("!HH", kind, 1) for kind in Kind}


class Odd(Exception):
    """Not a plain message: dnspython shall read it."""


class Question(NamedTuple):
    """What is asked: the domain (A-label, lower case), the record type, and both on the wire."""

    domain: str
    kind: Kind
    wire: bytes


def question(domain: str, kind: Kind) -> Question:
    """The question on the wire; ValueError for what is no host name (RFC 1035: 63 and 253 octets)."""
    labels = domain.encode("ascii").split(b".")
    if len(domain) > 253 or b"" in labels or max(map(len, labels)) > 63:
        raise ValueError("not a domain name")
    name = b"".join([LENGTHS[len(label)] + label for label in labels])
    return Question(domain, kind, name + TAILS[kind])


def query(identity: int, asked: Question, extended: bool = True) -> bytes:
    """A recursive query; with EDNS (RFC 6891) unless a server choked on it."""
    tail = ROOT_OPT if extended else b""
    return HEADER.pack(identity, RD, 1, 0, 0, 1 if extended else 0) + asked.wire + tail


def answers(data: bytes, asked: Question) -> bool:
    """Whether `data` is a response to exactly this question; the id is the caller's affair."""
    if len(data) < 12:
        return False
    _, flags, questions, *_ = HEADER.unpack_from(data)
    if not flags & QR or flags & OPCODE:
        return False
    if questions == 0 and len(data) < 12 + len(asked.wire):
        # some servers drop the question from an error; that is no statement about the name
        return bool(flags & 15)
    return questions == 1 and data[12 : 12 + len(asked.wire)].lower() == asked.wire


def read(data: bytes, asked: Question) -> Reply | Failure:
    """The reply in `data`, or GARBAGE."""
    if len(data) < 12:
        return Failure.GARBAGE
    if data[2] & 2:
        return Reply(code=data[3] & 15, truncated=True)
    try:
        return _walk(data, asked)
    except (Odd, struct.error, IndexError, ValueError):
        return _read_unusual(data, asked)


def _walk(data: bytes, asked: Question) -> Reply:
    _, flags, questions, n_answer, n_authority, n_extra = HEADER.unpack_from(data)
    if questions != 1:
        raise Odd
    position = 12 + len(asked.wire)
    kind = int(asked.kind)
    hosts: list[tuple[int, str]] = []
    addresses: list[str] = []
    seconds: list[int] = []
    for _ in range(n_answer):
        own = data[position : position + 2] == OWN_NAME
        owner, position = (asked.domain, position + 2) if own else _name(data, position)
        rtype, rclass, ttl, length = RECORD.unpack_from(data, position)
        position += 10 + length
        if rtype in (CNAME, DNAME) or rclass != 1 or position > len(data):
            raise Odd
        if rtype != kind or owner != asked.domain:
            continue
        start = position - length
        seconds.append(ttl)
        if kind == Kind.MX:
            host, end = _name(data, start + 2)
            hosts.append((data[start] << 8 | data[start + 1], host))
        elif kind == Kind.NS:
            host, end = _name(data, start)
            hosts.append((0, host))
        else:
            end = position
            if kind in ADDRESSES:
                addresses.append(_address(data[start:position]))
        if end != position:
            raise Odd
    soa, negative, referral, position = _authority(data, position, n_authority)
    glue, errors, high = _additional(data, position, n_extra)
    return Reply(
        code=(flags & 15) | high,
        hosts=tuple(hosts),
        addresses=tuple(addresses),
        glue=glue,
        signed=kind == Kind.DS and bool(seconds),
        soa=soa,
        ttl=min(seconds) if seconds else negative,
        referral=referral and not seconds and soa is None,
        errors=errors,
    )


def _authority(data: bytes, position: int, count: int) -> tuple[str | None, int, bool, int]:
    """(owner of the SOA, seconds a denial holds, whether there are NS records, next position)."""
    soa, seconds, referral = None, 0, False
    for _ in range(count):
        start = position
        position = _skip(data, position)
        rtype, rclass, ttl, length = RECORD.unpack_from(data, position)
        position += 10 + length
        if position > len(data) or rclass != 1:
            raise Odd
        if rtype == SOA and soa is None:
            if length < 22:
                raise Odd
            # RFC 2308 section 5: the smaller of the record's TTL and its MINIMUM field
            soa, seconds = _name(data, start)[0], min(ttl, int.from_bytes(data[position - 4 : position], "big"))
        referral = referral or rtype == Kind.NS
    return soa, seconds, referral, position


def _additional(data: bytes, position: int, count: int) -> tuple[dict[str, tuple[str, ...]], tuple[int, ...], int]:
    """(addresses by host, extended errors, upper bits of the response code)."""
    glue: dict[str, tuple[str, ...]] = {}
    errors: tuple[int, ...] = ()
    high = 0
    for _ in range(count):
        start = position
        position = _skip(data, position)
        rtype, rclass, ttl, length = RECORD.unpack_from(data, position)
        position += 10 + length
        # the class field of an OPT record is a size
        if position > len(data) or (rclass != 1 and rtype != OPT):
            raise Odd
        if rtype == OPT:
            high = (ttl >> 24) << 4
            errors = tuple(_extended(data[position - length : position]))
        elif rtype in ADDRESSES:
            owner, _ = _name(data, start)
            glue[owner] = (*glue.get(owner, ()), _address(data[position - length : position]))
    return glue, errors, high


def _extended(options: bytes) -> list[int]:
    """Codes of the extended errors (RFC 8914) among EDNS options."""
    found, at = [], 0
    while at + 4 <= len(options):
        code, length = struct.unpack_from("!HH", options, at)
        if code == EXTENDED_ERROR and length >= 2 and at + 6 <= len(options):
            found.append(struct.unpack_from("!H", options, at + 4)[0])
        at += 4 + length
    return found


def _address(raw: bytes) -> str:
    if len(raw) not in (4, 16):
        raise Odd
    return inet_ntop(AF_INET if len(raw) == 4 else AF_INET6, raw)


def _name(data: bytes, position: int) -> tuple[str, int]:
    """The name at `position` and where it ends; pointers must lead backwards (no loops)."""
    labels: list[bytes] = []
    end = 0
    floor = position
    for _ in range(128 + MAX_JUMPS):
        length = data[position]
        if length == 0:
            text = b".".join(labels).decode("ascii").lower()
            if len(text) > 253:
                raise Odd
            return text, end or position + 1
        if length >= 0xC0:
            target = (length & 0x3F) << 8 | data[position + 1]
            end = end or position + 2
            if target >= floor:
                raise Odd
            position = floor = target
            continue
        label = data[position + 1 : position + 1 + length]
        if length > 63 or len(label) != length or b"." in label:
            raise Odd
        labels.append(label)
        position += 1 + length
    raise Odd


def _skip(data: bytes, position: int) -> int:
    """Where the name at `position` ends; its content is not looked at."""
    while True:
        length = data[position]
        if length >= 0xC0:
            return position + 2
        if length == 0:
            return position + 1
        if length > 63:
            raise Odd
        position += 1 + length


def _read_unusual(data: bytes, asked: Question) -> Reply | Failure:
    """dnspython's reading of the message; whatever it cannot read is GARBAGE."""
    import dns.exception
    import dns.message

    if sum(HEADER.unpack_from(data)[3:]) > MAX_ODD_RECORDS:
        return Failure.GARBAGE
    try:
        message = dns.message.from_wire(data, ignore_trailing=True)
        return reply(message, asked)
    except (dns.exception.DNSException, ValueError, IndexError, struct.error):
        # hostile bytes: dnspython's own errors, plus what its record parsers let through
        return Failure.GARBAGE


def reply(message: "dns.message.Message", asked: Question) -> Reply:
    """A dnspython message as a Reply; follows at most MAX_ALIASES aliases inside the message."""
    import dns.edns
    import dns.name
    import dns.rdataclass
    import dns.rdatatype

    name = dns.name.from_text(asked.domain)
    kind = dns.rdatatype.RdataType(int(asked.kind))
    # a record of another class has the same type number but not the same fields
    given, authority, extra = (
        [found for found in section if found.rdclass == dns.rdataclass.IN]
        for section in (message.answer, message.authority, message.additional)
    )
    sets = {(s.name, s.rdtype): s for s in given}
    seen = {name}
    fault = None
    ttls = []
    while (name, kind) not in sets and (name, dns.rdatatype.CNAME) in sets:
        alias = sets[name, dns.rdatatype.CNAME]
        ttls.append(alias.ttl)
        name = alias[0].target
        if name in seen or len(seen) > MAX_ALIASES:
            fault = Failure.ALIAS_LOOP
            break
        seen.add(name)
    found = sets.get((name, kind))
    soas = [s for s in authority if s.rdtype == dns.rdatatype.SOA]
    servers = any(s.rdtype == dns.rdatatype.NS for s in authority)
    aliased = len(seen) > 1
    if found is None and aliased and not soas and message.rcode() == 0:
        fault = fault or Failure.ALIAS_UNFINISHED
    ttls += [found.ttl] if found is not None else [min(soas[0].ttl, soas[0][0].minimum)] if soas else []
    return Reply(
        code=int(message.rcode()),
        truncated=bool(message.flags & TC),
        alias=_text(name) if aliased else None,
        hosts=_hosts(found, asked.kind),
        addresses=tuple(r.address for r in found) if found is not None and asked.kind in (Kind.A, Kind.AAAA) else (),
        glue=_glue(extra),
        signed=asked.kind is Kind.DS and found is not None,
        soa=_text(soas[0].name) if soas else None,
        ttl=min(ttls, default=0),
        referral=servers and found is None and not soas and not aliased,
        errors=tuple(int(o.code) for o in message.options if isinstance(o, dns.edns.EDEOption)),
        fault=fault,
    )


def _text(name: "dns.name.Name") -> str:
    return name.to_text(omit_final_dot=True).lower() if len(name) > 1 else ""


def _hosts(found: "dns.rrset.RRset | None", kind: Kind) -> tuple[tuple[int, str], ...]:
    if found is None or kind not in (Kind.MX, Kind.NS):
        return ()
    if kind is Kind.NS:
        return tuple((0, _text(record.target)) for record in found)
    return tuple((record.preference, _text(record.exchange)) for record in found)


def _glue(extra: "list[dns.rrset.RRset]") -> dict[str, tuple[str, ...]]:
    glue: dict[str, tuple[str, ...]] = {}
    for found in extra:
        if int(found.rdtype) in (Kind.A, Kind.AAAA):
            name = _text(found.name)
            glue[name] = (*glue.get(name, ()), *(record.address for record in found))
    return glue
