"""More than fifty ways in which a name server may answer, by the first label of the name asked for.

Each entry: what the server does, then what may be said of the domain: status, and the reason or class.
"""

import itertools
import os
import socket
import struct

import dns.edns
import dns.flags
import dns.message
import dns.rcode

from tests.lookup.nameserver import SOA, Asked, Parts, absent, answer, empty, framed, mail, send

MX = "mx.mail-demo.test."


def _mx(asked: Asked, *extra: str) -> dns.message.Message:
    return answer(asked, f"{asked.name}. 3600 MX 10 {MX}", *extra)


def _patched(message: dns.message.Message, at: int, value: bytes) -> bytes:
    wire = bytearray(message.to_wire())
    wire[at : at + len(value)] = value
    return bytes(wire)


def _other_id(asked: Asked) -> bytes:
    identity = (asked.message.id + 1) % 65_536
    return _patched(answer(asked, rcode=3, authority=(f"test. 900 SOA {SOA}",)), 0, struct.pack("!H", identity))


def _renamed(asked: Asked, name: str, kind: str = "MX") -> dns.message.Message:
    other = dns.message.make_query(name, kind, id=asked.message.id)
    found = dns.message.make_response(other)
    found.set_rcode(3)
    return found


def _cut(asked: Asked, tcp: bytes | None) -> Parts:
    """TC over UDP, `tcp` over TCP; null: the connection closes without a word."""
    if not asked.tcp:
        return send(asked, answer(asked, flags=dns.flags.TC))
    return [(0, tcp)] if tcp else [(0, b"")]


def _record(asked: Asked, owner: bytes, rdata: bytes, count: int = 1, rtype: int = 15, rclass: int = 1) -> Parts:
    """A hand-made answer section."""
    name = asked.message.question[0].name.to_wire()
    head = struct.pack("!HHHHHH", asked.message.id, 0x8180, 1, count, 0, 0)
    body = owner + struct.pack("!HHIH", rtype, rclass, 300, len(rdata)) + rdata
    return send(asked, head + name + struct.pack("!HH", asked.message.question[0].rdtype, 1) + body)


def _spoofed(asked: Asked) -> Parts:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.sendto(absent(asked)[0][1], asked.client)
    return send(asked, _mx(asked), delay=0.05)


def _chain(asked: Asked, length: int, closed: bool) -> Parts:
    names = [f"{asked.name}."] + [f"hop{i}.chain.test." for i in range(length)]
    records = [f"{a} 300 CNAME {b}" for a, b in itertools.pairwise(names)]
    records.append(f"{names[-1]} 300 CNAME {names[0]}" if closed else f"{names[-1]} 300 MX 10 {MX}")
    return send(asked, answer(asked, *records))


def _legacy(asked: Asked) -> Parts:
    if asked.message.edns >= 0:
        return send(asked, struct.pack("!HHHHHH", asked.message.id, 0x8181, 0, 0, 0, 0))
    return mail(asked)


def _by_kind(asked: Asked, **parts: Parts) -> Parts:
    return parts.get(asked.kind, parts.get("other", []))


def _address(asked: Asked, address: str, kind: str = "A") -> Parts:
    if asked.kind == kind:
        return send(asked, answer(asked, f"{asked.name}. 300 {kind} {address}"))
    return empty(asked)


def _slow_reader(asked: Asked) -> Parts:
    if not asked.tcp:
        return send(asked, answer(asked, flags=dns.flags.TC))
    return [(0.15, bytes((byte,))) for byte in framed(_mx(asked).to_wire())]


def _crowd(asked: Asked) -> bytes:
    """2,000 MX records, made by hand because dnspython takes long over them."""
    question = asked.message.question[0].name.to_wire() + struct.pack("!HH", 15, 1)
    records = [
        b"\xc0\x0c" + struct.pack("!HHIHH", 15, 1, 60, 12, i) + b"\x04" + b"%04d" % i + b"\x02mx\xc0\x0c"
        for i in range(2000)
    ]
    head = struct.pack("!HHHHHH", asked.message.id, 0x8180, 1, len(records), 0, 0)
    return head + question + b"".join(records)


def _nested(asked: Asked) -> Parts:
    """Thousands of pointers, each to the one before (the shape of several old parser bombs)."""
    start = 12 + len(asked.message.question[0].name.to_wire()) + 4
    rdata = (
        b"\0\x0a" + b"\x01a\xc0\x0c" + b"".join(struct.pack("!H", 0xC000 | (start + 14 + 2 * i)) for i in range(900))
    )
    return _record(asked, b"\xc0\x0c", rdata)


def _aliased_denial(asked: Asked) -> Parts:
    alias = f"{asked.name}. 300 CNAME lost.elsewhere.test."
    return send(asked, answer(asked, alias, rcode=3, authority=(f"elsewhere.test. 900 SOA {SOA}",)))


def _blocked(asked: Asked, code: int) -> Parts:
    option = dns.edns.EDEOption(code)
    return send(asked, answer(asked, rcode=3, authority=(f"test. 900 SOA {SOA}",), options=(option,)))


def _coded(code: int) -> "tuple[Parts, str, str]":
    return lambda a: send(a, answer(a, rcode=code)), "unknown", "other_code"


# label: (server, status, reason or mx_class)
BEHAVIOURS = {
    # honest answers
    "mail": (mail, "accepts_mail", "other"),
    "own-mail": (lambda a: mail(a, f"mx.{a.name}."), "accepts_mail", "own"),
    "gone": (absent, "does_not_exist", None),
    "gone-by-root": (lambda a: absent(a, "."), "does_not_exist", None),
    "null-mx": (lambda a: mail(a, "."), "null_mx", None),
    "bare": (empty, "no_mail", "no_address"),
    "web-only": (lambda a: _address(a, "93.184.216.34"), "accepts_mail", "implicit"),
    "web-only-6": (lambda a: _address(a, "2606:2800:220::1", "AAAA"), "accepts_mail", "implicit"),
    "provider": (lambda a: mail(a, "aspmx.l.google.com."), "accepts_mail", "provider"),
    "parked-mx": (lambda a: mail(a, "park-mx.above.com."), "accepts_mail", "parked"),
    "parked-ns": (
        lambda a: (
            send(a, answer(a, f"{a.name}. 300 NS ns1.sedoparking.com.", f"{a.name}. 300 NS ns2.sedoparking.com."))
            if a.kind == "NS"
            else _address(a, "93.184.216.34")
        ),
        "accepts_mail",
        "parked",
    ),
    "alias": (lambda a: _chain(a, 1, False), "accepts_mail", "other"),
    "two-answers": (lambda a: send(a, _mx(a)) * 50, "accepts_mail", "other"),
    "wide-ttl": (lambda a: send(a, answer(a, f"{a.name}. 2147483647 MX 10 {MX}")), "accepts_mail", "other"),
    "other-case": (
        lambda a: send(a, _patched(_mx(a), 12, a.message.question[0].name.to_wire().upper())),
        "accepts_mail",
        "other",
    ),
    "null-and-host": (
        lambda a: send(a, answer(a, f"{a.name}. 60 MX 0 .", f"{a.name}. 60 MX 10 {MX}")),
        "accepts_mail",
        "other",
    ),
    # somebody else's or nobody's answer
    "silent": (lambda a: [], "unknown", "timeout"),
    "wrong-id": (lambda a: send(a, _other_id(a)), "unknown", "timeout"),
    "wrong-id-then-right": (lambda a: send(a, _other_id(a)) + send(a, _mx(a)), "accepts_mail", "other"),
    "wrong-name": (lambda a: send(a, _renamed(a, "somebody-else.test.")), "unknown", "timeout"),
    "wrong-type": (lambda a: send(a, _renamed(a, a.name + ".", "TXT")), "unknown", "timeout"),
    "echo": (lambda a: send(a, a.wire), "unknown", "timeout"),
    "spoofed-port": (_spoofed, "accepts_mail", "other"),
    "late": (lambda a: send(a, _mx(a), delay=2.0), "unknown", "timeout"),
    "other-owner": (
        lambda a: send(a, answer(a, "bank.test. 300 MX 10 thief.test.")),
        "unknown",
        "unproven",
    ),
    # damaged messages
    "nothing": (lambda a: send(a, b""), "unknown", "timeout"),
    "one-byte": (lambda a: send(a, b"\0"), "unknown", "timeout"),
    "noise": (lambda a: send(a, a.wire[:2] + b"\x81\x80" + os.urandom(200)), "unknown", None),
    "half": (lambda a: send(a, _mx(a).to_wire()[:-9]), "unknown", "garbage"),
    "many-counts": (lambda a: send(a, _patched(_mx(a), 6, b"\xff\xff" * 3)), "unknown", "garbage"),
    "self-pointer": (
        lambda a: _record(a, struct.pack("!H", 0xC000 | 12 + len(a.message.question[0].name.to_wire()) + 4), b"\0\0\0"),
        "unknown",
        "garbage",
    ),
    "loop-pointer": (lambda a: _record(a, b"\xc0\x0c", b"\0\x0a\xc0\x2a\xc0\x28" * 4), "unknown", "garbage"),
    "forward-pointer": (lambda a: _record(a, b"\xc3\xff", b"\0\x0a\0"), "unknown", "garbage"),
    "nested-pointers": (_nested, "unknown", "garbage"),
    "short-mx": (lambda a: _record(a, b"\xc0\x0c", b"\0"), "unknown", "garbage"),
    "long-label": (lambda a: _record(a, b"\xc0\x0c", b"\0\x0a\x50" + b"a" * 80 + b"\0"), "unknown", "garbage"),
    "long-name": (
        lambda a: _record(a, b"\xc0\x0c", b"\0\x0a" + (b"\x3f" + b"a" * 63) * 5 + b"\0"),
        "unknown",
        "garbage",
    ),
    "binary-host": (
        lambda a: _record(a, b"\xc0\x0c", b"\0\x0a\x04\x00\xff@\n\x04test\0"),
        "accepts_mail",
        "other",
    ),
    "other-class": (lambda a: _record(a, b"\xc0\x0c", b"\0\x0a\0", rclass=3), "unknown", "unproven"),
    "short-address": (
        lambda a: _record(a, b"\xc0\x0c", b"\x7f\0", rtype=1) if a.kind == "A" else empty(a),
        "unknown",
        "garbage",
    ),
    # errors
    "servfail": (lambda a: send(a, answer(a, rcode=2)), "unknown", "servfail"),
    "registered-only": (
        lambda a: empty(a, "test.") if a.kind == "DS" else send(a, answer(a, rcode=2)),
        "unknown",
        "unresolvable",
    ),
    "refused": (lambda a: send(a, answer(a, rcode=5)), "unknown", "refused"),
    "no-edns": (_legacy, "accepts_mail", "other"),
    "formerr": _coded(1),
    "notimp": _coded(4),
    "notauth": _coded(9),
    "badvers": _coded(16),
    # denials that prove nothing
    "bare-denial": (lambda a: send(a, answer(a, rcode=3)), "unknown", "unproven"),
    "foreign-denial": (lambda a: absent(a, "other-zone.test."), "unknown", "garbage"),
    "root-denies.example.com": (lambda a: absent(a, "."), "unknown", "unproven"),
    "denial-with-mail": (
        lambda a: send(a, answer(a, f"{a.name}. 60 MX 10 {MX}", rcode=3, authority=(f"test. 900 SOA {SOA}",))),
        "unknown",
        "contradiction",
    ),
    "denied-target": (_aliased_denial, "no_mail", "broken_alias"),
    "blocked": (lambda a: _blocked(a, 15), "unknown", "filtered"),
    "censored": (lambda a: _blocked(a, 16), "unknown", "filtered"),
    "stale-denial": (lambda a: _blocked(a, 19), "unknown", "filtered"),
    "empty-without-proof": (lambda a: send(a, answer(a)), "unknown", "unproven"),
    "referral": (lambda a: send(a, answer(a, authority=("test. 300 NS ns.test.",))), "unknown", "referral"),
    "here-then-gone": (lambda a: empty(a) if a.kind == "MX" else absent(a), "unknown", "contradiction"),
    "half-silent": (lambda a: empty(a) if a.kind == "MX" else [], "unknown", "timeout"),
    # aliases
    "alias-loop": (lambda a: _chain(a, 3, True), "unknown", "alias_loop"),
    "alias-to-itself": (
        lambda a: send(a, answer(a, f"{a.name}. 60 CNAME {a.name}.")),
        "unknown",
        "alias_loop",
    ),
    "alias-chain": (lambda a: _chain(a, 40, False), "unknown", "alias_loop"),
    "alias-to-nothing": (
        lambda a: send(a, answer(a, f"{a.name}. 60 CNAME away.test.")),
        "unknown",
        "alias_unfinished",
    ),
    # hosts that nobody can reach
    "localhost": (lambda a: mail(a, "localhost."), "no_mail", "loopback"),
    "number-host": (lambda a: mail(a, "127.0.0.1."), "no_mail", "bad_host"),
    "inner-host": (lambda a: mail(a, "mail.corp."), "no_mail", "bad_host"),
    "private-glue": (
        lambda a: send(a, answer(a, f"{a.name}. 60 MX 10 {MX}", additional=(f"{MX} 60 A 10.1.2.3",))),
        "no_mail",
        "private_address",
    ),
    "loopback-web": (lambda a: _address(a, "127.0.0.1"), "no_mail", "loopback"),
    "private-web": (lambda a: _address(a, "192.168.1.10"), "no_mail", "private_address"),
    "nulled-web": (lambda a: _address(a, "0.0.0.0"), "unknown", "filtered"),
    "nulled-web-6": (lambda a: _address(a, "::", "AAAA"), "unknown", "filtered"),
    # long answers
    "long-answer": (lambda a: _cut(a, framed(_mx(a).to_wire())), "accepts_mail", "other"),
    "huge-answer": (lambda a: _cut(a, framed(_crowd(a))), "accepts_mail", "own"),
    "huge-datagram": (lambda a: send(a, answer(a, f"{a.name}. 60 MX 1 {MX}", *_padding())), "accepts_mail", "other"),
    "long-silence": (lambda a: _cut(a, None) if not a.tcp else [(30, b"")], "unknown", "timeout"),
    "long-hang-up": (lambda a: _cut(a, None), "unknown", "unreachable"),
    "long-and-cut": (
        lambda a: _cut(a, framed(answer(a, flags=dns.flags.TC).to_wire())),
        "unknown",
        "garbage",
    ),
    "long-wrong-id": (lambda a: _cut(a, framed(_other_id(a))), "unknown", "garbage"),
    "long-short-frame": (lambda a: _cut(a, b"\xff\xff" + _mx(a).to_wire()), "unknown", "timeout"),
    "long-empty-frame": (lambda a: _cut(a, b"\0\0"), "unknown", "garbage"),
    "long-drip": (_slow_reader, "unknown", "timeout"),
}


def _padding() -> list[str]:
    return [f"filler-{i}.test. 60 TXT {'x' * 200}" for i in range(40)]


def name_of(label: str) -> str:
    """The domain that shows the behaviour."""
    return label if "." in label else f"{label}.test"


def hostile(asked: Asked) -> Parts:
    """Answers as the name asked for demands."""
    label = asked.name if asked.name in BEHAVIOURS else asked.name.partition(".")[0]
    return BEHAVIOURS[label][0](asked)
