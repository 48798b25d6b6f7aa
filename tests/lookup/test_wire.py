"""Messages on the wire: our reading equals dnspython's, and nothing makes it raise."""

import dns.message
import dns.rrset
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lookup import wire
from auditor.lookup.answers import Failure, Kind, Reply

LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).filter(lambda s: s.strip("-") == s)
NAME = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
IPV4 = st.integers(0, 2**32 - 1).map(lambda n: ".".join(str(n >> s & 255) for s in (24, 16, 8, 0)))
RECORDS = st.lists(
    st.one_of(
        st.tuples(st.just("MX"), st.tuples(st.integers(0, 65535), NAME).map(lambda p: f"{p[0]} {p[1]}.")),
        st.tuples(st.just("MX"), st.just("0 .")),
        st.tuples(st.just("A"), IPV4),
        st.tuples(st.just("AAAA"), st.just("2001:db8::7")),
        st.tuples(st.just("NS"), NAME.map(lambda n: f"{n}.")),
        st.tuples(st.just("CNAME"), NAME.map(lambda n: f"{n}.")),
        st.tuples(st.just("TXT"), st.just('"x"')),
    ),
    max_size=4,
)
KINDS = st.sampled_from([Kind.MX, Kind.A, Kind.AAAA, Kind.NS])


@st.composite
def responses(draw):
    """(question, well-formed response) with records of the name and of others, SOA, NS and glue at will."""
    domain, kind = draw(NAME), draw(KINDS)
    asked = wire.question(domain, kind)
    message = dns.message.make_response(dns.message.from_wire(wire.query(7, asked)))
    message.set_rcode(draw(st.sampled_from([0, 0, 0, 2, 3, 5])))
    for section in (message.answer, message.authority, message.additional):
        for rtype, data in draw(RECORDS):
            owner = draw(st.sampled_from([domain, domain, "other.test"]))
            section.append(dns.rrset.from_text(f"{owner}.", draw(st.integers(0, 10**6)), "IN", rtype, data))
    if draw(st.booleans()):
        owner = draw(st.sampled_from([f"{domain}.", "test.", "."]))
        soa = f"ns.test. root.test. 1 2 3 4 {draw(st.integers(0, 10**6))}"
        message.authority.append(dns.rrset.from_text(owner, draw(st.integers(0, 10**6)), "IN", "SOA", soa))
    return asked, message.to_wire()


@given(responses())
@settings(max_examples=150)
def test_the_walker_reads_what_dnspython_reads(case):
    asked, data = case
    expected = wire._read_unusual(data, asked)
    try:
        found = wire._walk(data, asked)
    except wire.Odd:
        return
    assert isinstance(expected, Reply)
    # dnspython merges equal records of one name
    assert set(found.hosts) == set(expected.hosts)
    assert set(found.addresses) == set(expected.addresses)
    assert {host: set(addresses) for host, addresses in found.glue.items()} == {
        host: set(addresses) for host, addresses in expected.glue.items()
    }
    merged = {"hosts": (), "addresses": (), "glue": {}}
    assert found._replace(**merged) == expected._replace(**merged)


@given(st.binary(max_size=300), KINDS)
@settings(max_examples=200)
def test_no_bytes_make_the_reader_raise(noise, kind):
    asked = wire.question("firm.test", kind)
    head = b"\0\7\x81\x80\0\1"
    for data in (noise, head + noise, head + b"\0\1\0\1\0\1" + asked.wire + noise):
        found = wire.read(data, asked)
        assert isinstance(found, Reply | Failure)
        wire.answers(data, asked)


@given(responses(), st.data())
@settings(max_examples=150)
def test_spoilt_messages_never_make_the_reader_raise(case, data):
    asked, message = case
    spoilt = bytearray(message)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(12, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(wire.read(bytes(spoilt), asked), Reply | Failure)


def test_a_query_is_what_dnspython_would_send():
    asked = wire.question("firm.test", Kind.MX)
    message = dns.message.from_wire(wire.query(0x1234, asked))
    assert (message.id, message.question[0].to_text(), message.edns, message.payload) == (
        0x1234,
        "firm.test. IN MX",
        0,
        1232,
    )
    assert dns.message.from_wire(wire.query(1, asked, extended=False)).edns == -1


@pytest.mark.parametrize("name", ["", ".", "a..b", "x" * 64 + ".test", ".".join(["abcdefgh"] * 30), "é.test"])
def test_what_is_no_host_name_cannot_be_asked(name):
    with pytest.raises(ValueError):
        wire.question(name, Kind.MX)


def test_an_answer_to_another_question_is_not_ours():
    asked = wire.question("firm.test", Kind.MX)
    other = wire.question("firm.test", Kind.A)
    reply = dns.message.make_response(dns.message.from_wire(wire.query(9, other))).to_wire()
    assert not wire.answers(reply, asked)
    assert wire.answers(reply, other)
    assert not wire.answers(wire.query(9, asked), asked)


def test_a_long_message_of_the_odd_kind_is_refused_unread():
    asked = wire.question("firm.test", Kind.MX)
    record = b"\xc0\x0c\0\5\0\1\0\0\0\1\0\2\xc0\x0c"
    data = b"\0\7\x81\x80\0\1\2\0\0\0\0\0" + asked.wire + record * 512
    assert wire.read(data, asked) is Failure.GARBAGE
