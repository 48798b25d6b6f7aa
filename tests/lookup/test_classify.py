"""The decision alone: what given answers mean, and which question follows; no socket, no clock."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lookup import hosts
from auditor.lookup.answers import Failure, Kind, Reply
from auditor.lookup.classify import classify, doubt, next_question

DOMAIN = "firm.test"
NO_DATA = Reply(code=0, soa="test", ttl=900)
NO_NAME = Reply(code=3, soa="test", ttl=900)
WEB = Reply(code=0, addresses=("93.184.216.34",), ttl=300)
MAIL = Reply(code=0, hosts=((10, "mx.mail-demo.test"),), ttl=3600)


def mx(*found: tuple[int, str], **more: object) -> Reply:
    return Reply(code=0, hosts=found, **more)


@pytest.mark.parametrize(
    ("answers", "status", "mx_class"),
    [
        ({Kind.MX: MAIL}, "accepts_mail", "other"),
        ({Kind.MX: mx((5, "mx.firm.test"))}, "accepts_mail", "own"),
        ({Kind.MX: mx((5, "firm.test"))}, "accepts_mail", "own"),
        ({Kind.MX: mx((1, "aspmx.l.google.com"))}, "accepts_mail", "provider"),
        ({Kind.MX: mx((0, "firm-test.mail.protection.outlook.com"))}, "accepts_mail", "provider"),
        ({Kind.MX: mx((10, "mx1.pphosted.com"))}, "accepts_mail", "gateway"),
        ({Kind.MX: mx((10, "park-mx.above.com"))}, "accepts_mail", "parked"),
        ({Kind.MX: mx((0, ""))}, "null_mx", None),
        ({Kind.MX: mx((10, ""))}, "null_mx", None),
        ({Kind.MX: mx((0, ""), (10, "mx.firm.test"))}, "accepts_mail", "own"),
        ({Kind.MX: mx((0, "localhost"))}, "no_mail", "loopback"),
        ({Kind.MX: mx((0, "localhost.localdomain"))}, "no_mail", "loopback"),
        ({Kind.MX: mx((0, "127.0.0.1"))}, "no_mail", "bad_host"),
        ({Kind.MX: mx((0, "mailserver"))}, "no_mail", "bad_host"),
        ({Kind.MX: mx((0, "mail.firm.local"))}, "no_mail", "bad_host"),
        ({Kind.MX: mx((0, "localhost"), (10, "mx.firm.test"))}, "accepts_mail", "own"),
        ({Kind.MX: mx((0, "mx.firm.test"), glue={"mx.firm.test": ("127.0.0.1",)})}, "no_mail", "loopback"),
        (
            {Kind.MX: mx((0, "mx.firm.test"), glue={"mx.firm.test": ("10.0.0.1", "fd00::1")})},
            "no_mail",
            "private_address",
        ),
        (
            {Kind.MX: mx((0, "mx.firm.test"), glue={"mx.firm.test": ("10.0.0.1", "93.184.216.34")})},
            "accepts_mail",
            "own",
        ),
        ({Kind.MX: NO_NAME}, "does_not_exist", None),
        ({Kind.MX: NO_NAME._replace(soa="")}, "does_not_exist", None),
        ({Kind.MX: NO_NAME._replace(soa="firm.test")}, "does_not_exist", None),
        ({Kind.MX: NO_NAME._replace(alias="gone.test")}, "no_mail", "broken_alias"),
        ({Kind.MX: NO_DATA, Kind.A: WEB}, "accepts_mail", "implicit"),
        (
            {Kind.MX: NO_DATA, Kind.A: WEB, Kind.NS: mx((0, "ns1.bodis.com"), (0, "ns2.bodis.com"))},
            "accepts_mail",
            "parked",
        ),
        (
            {Kind.MX: NO_DATA, Kind.A: WEB, Kind.NS: mx((0, "ns1.bodis.com"), (0, "ns.firm.test"))},
            "accepts_mail",
            "implicit",
        ),
        ({Kind.MX: NO_DATA, Kind.A: WEB, Kind.NS: mx((0, "ns.sinkhole.shadowserver.org"))}, "accepts_mail", "sinkhole"),
        ({Kind.MX: NO_DATA, Kind.A: WEB, Kind.NS: Failure.TIMEOUT}, "accepts_mail", "implicit"),
        ({Kind.MX: NO_DATA, Kind.A: WEB._replace(addresses=("127.0.53.53",))}, "no_mail", "loopback"),
        ({Kind.MX: NO_DATA, Kind.A: WEB._replace(addresses=("172.16.0.9",))}, "no_mail", "private_address"),
        ({Kind.MX: NO_DATA, Kind.A: NO_DATA, Kind.AAAA: NO_DATA}, "no_mail", "no_address"),
        (
            {Kind.MX: NO_DATA, Kind.A: NO_DATA, Kind.AAAA: WEB._replace(addresses=("2606:2800::1",))},
            "accepts_mail",
            "implicit",
        ),
    ],
)
def test_definite_answers_give_a_definite_status(answers, status, mx_class):
    found = classify(DOMAIN, answers)
    assert (found.status, found.mx_class, found.reason) == (status, mx_class, None)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, Failure.NOT_ASKED),
        *[({Kind.MX: failure}, failure) for failure in Failure],
        ({Kind.MX: Reply(code=2)}, Failure.SERVFAIL),
        ({Kind.MX: Reply(code=5)}, Failure.REFUSED),
        ({Kind.MX: Reply(code=23)}, Failure.OTHER_CODE),
        ({Kind.MX: Reply(code=3)}, Failure.UNPROVEN),
        ({Kind.MX: NO_NAME._replace(soa="elsewhere.test")}, Failure.GARBAGE),
        ({Kind.MX: NO_NAME._replace(soa="irm.test")}, Failure.GARBAGE),
        ({Kind.MX: NO_NAME._replace(errors=(15,))}, Failure.FILTERED),
        ({Kind.MX: NO_NAME._replace(hosts=((1, "mx.test"),))}, Failure.CONTRADICTION),
        ({Kind.MX: MAIL._replace(errors=(4,))}, Failure.FILTERED),
        ({Kind.MX: Reply(code=0, referral=True)}, Failure.REFERRAL),
        ({Kind.MX: Reply(code=0, fault=Failure.ALIAS_LOOP)}, Failure.ALIAS_LOOP),
        ({Kind.MX: NO_DATA}, Failure.NOT_ASKED),
        ({Kind.MX: NO_DATA, Kind.A: Failure.TIMEOUT}, Failure.TIMEOUT),
        ({Kind.MX: NO_DATA, Kind.A: NO_NAME}, Failure.CONTRADICTION),
        ({Kind.MX: NO_DATA, Kind.A: NO_DATA, Kind.AAAA: Failure.SERVFAIL}, Failure.SERVFAIL),
        ({Kind.MX: NO_DATA, Kind.A: Reply(code=0), Kind.AAAA: NO_DATA}, Failure.UNPROVEN),
        ({Kind.MX: Reply(code=0), Kind.A: NO_DATA, Kind.AAAA: NO_DATA}, Failure.UNPROVEN),
        ({Kind.MX: NO_DATA, Kind.A: WEB._replace(addresses=("0.0.0.0",))}, Failure.FILTERED),
    ],
)
def test_everything_else_is_unknown_with_its_reason(answers, reason):
    found = classify(DOMAIN, answers)
    assert (found.status, found.reason) == ("unknown", reason)


def test_the_root_cannot_deny_a_domain_below_a_real_top_level_domain():
    denied = Reply(code=3, soa="", ttl=900)
    assert doubt("firm.example.com", denied) is Failure.UNPROVEN
    assert doubt("firm.co.uk", denied) is Failure.UNPROVEN
    assert doubt("firm.notatld", denied) is None


def test_a_failing_domain_that_its_parent_knows_is_registered_but_unresolvable():
    failing = {Kind.MX: Reply(code=2)}
    assert next_question(DOMAIN, failing) is Kind.DS
    assert classify(DOMAIN, failing | {Kind.DS: NO_DATA}).mx_class == "unresolvable"
    assert classify(DOMAIN, failing | {Kind.DS: Reply(code=0, signed=True)}).mx_class == "unresolvable"
    assert classify(DOMAIN, failing | {Kind.DS: NO_DATA._replace(soa=DOMAIN)}).mx_class is None
    assert classify(DOMAIN, failing | {Kind.DS: NO_NAME}).mx_class is None
    assert classify(DOMAIN, failing | {Kind.DS: Failure.TIMEOUT}).mx_class is None


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, Kind.MX),
        ({Kind.MX: MAIL}, None),
        ({Kind.MX: mx((0, ""))}, None),
        ({Kind.MX: NO_NAME}, None),
        ({Kind.MX: Failure.TIMEOUT}, None),
        ({Kind.MX: Reply(code=2)}, Kind.DS),
        ({Kind.MX: Failure.SERVFAIL}, Kind.DS),
        ({Kind.MX: Reply(code=2), Kind.DS: NO_DATA}, None),
        ({Kind.MX: NO_DATA}, Kind.A),
        ({Kind.MX: NO_DATA, Kind.A: WEB}, Kind.NS),
        ({Kind.MX: NO_DATA, Kind.A: WEB, Kind.NS: Failure.TIMEOUT}, None),
        ({Kind.MX: NO_DATA, Kind.A: NO_DATA}, Kind.AAAA),
        ({Kind.MX: NO_DATA, Kind.A: Failure.TIMEOUT}, None),
        ({Kind.MX: NO_DATA, Kind.A: NO_DATA, Kind.AAAA: NO_DATA}, None),
        ({Kind.MX: NO_DATA, Kind.A: NO_DATA, Kind.AAAA: WEB}, Kind.NS),
    ],
)
def test_addresses_are_asked_for_only_where_no_mail_host_is(answers, kind):
    assert next_question(DOMAIN, answers) is kind


def test_an_own_domain_with_a_mailbox_provider_stays_a_professional_domain():
    found = classify(DOMAIN, {Kind.MX: mx((5, "gmail-smtp-in.l.google.com"))})
    assert (found.status, found.mx_class) == ("accepts_mail", "provider")


def test_the_list_of_known_hosts_is_dated_and_well_formed():
    table = hosts._table()[0]
    assert hosts.version() >= "2026-01-01"
    assert {kind for _, kind in table.items()} == {"parked", "sinkhole", "provider", "gateway"}
    assert {record for record, _ in table} == {"mx", "ns"}
    assert all(host == host.lower().strip(".") and "." in host for _, host in table)
    assert not [host for (record, host), kind in table.items() if record == "ns" and kind in ("provider", "gateway")]


def test_a_listed_host_covers_names_below_it_only():
    assert hosts.mx_class("a.b.park-mx.above.com") == "parked"
    assert hosts.mx_class("notpark-mx.above.com") is None
    assert hosts.mx_class("above.com") is None
    assert hosts.server_class(()) is None


ANYTHING = st.one_of(
    st.sampled_from(list(Failure)),
    st.builds(
        Reply,
        code=st.integers(0, 23),
        alias=st.sampled_from([None, "away.test"]),
        hosts=st.lists(
            st.tuples(st.integers(0, 9), st.sampled_from(["", "localhost", "mx.firm.test", "x"])), max_size=2
        ).map(tuple),
        addresses=st.lists(st.sampled_from(["0.0.0.0", "127.0.0.1", "93.184.216.34", "::"]), max_size=2).map(tuple),
        glue=st.sampled_from([{}, {"mx.firm.test": ("10.0.0.1",)}]),
        signed=st.booleans(),
        soa=st.sampled_from([None, "", "test", "firm.test", "other.test"]),
        ttl=st.integers(0, 2**32 - 1),
        referral=st.booleans(),
        errors=st.lists(st.integers(0, 30), max_size=1).map(tuple),
        fault=st.sampled_from([None, None, None, Failure.ALIAS_LOOP]),
    ),
)


@given(st.dictionaries(st.sampled_from(list(Kind)), ANYTHING))
@settings(max_examples=500)
def test_whatever_is_answered_absence_needs_its_proof_and_questions_come_to_an_end(answers):
    found = classify(DOMAIN, answers)
    assert found.status in {"accepts_mail", "null_mx", "no_mail", "does_not_exist", "unknown"}
    assert (found.reason is not None) == (found.status == "unknown")
    if found.status == "does_not_exist":
        denial = answers[Kind.MX]
        assert (denial.code, denial.alias, denial.fault, denial.hosts) == (3, None, None, ())
        assert denial.soa in ("", "test", "firm.test")
    asked = {}
    for _ in range(len(Kind) + 1):
        kind = next_question(DOMAIN, asked)
        if kind is None:
            break
        assert kind not in asked
        asked[kind] = answers.get(kind, Failure.TIMEOUT)
    assert next_question(DOMAIN, asked) is None
