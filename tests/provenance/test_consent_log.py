import hashlib
import hmac
import json
from datetime import date, datetime

import polars as pl
import pytest

from auditor import consent_files, consentlog
from auditor.errors import AuditorError, InputError, UsageError
from tests.provenance.lists import build, facts, person

TODAY = date(2026, 11, 2)
ADA = "ada.exemple@societe-fictive.fr"


def write(folder, name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def found(path, *addresses, key=""):
    """What the log at `path` says of each address, one dict each."""
    log = consentlog.load(build(consent_log=[path], suppression_key=key), TODAY)
    return log.find(pl.Series(addresses, dtype=pl.String)).to_dicts()


FORM_LOG = """timestamp;email;form;consent_text_version;controller;submission_id
2026-03-01T10:00:00Z;Ada.Exemple@societe-fictive.fr;Livre blanc;v3;Papeterie Fictive;s-1001
2026-03-02T11:30:05Z;bob.exemple@societe-fictive.fr;Livre blanc;;Papeterie Fictive;s-1002
"""


def test_a_form_log_in_csv_names_time_text_controller_and_entry(tmp_path):
    ada, bob, eve = found(write(tmp_path, "log.csv", FORM_LOG), ADA, "bob.exemple@societe-fictive.fr", "eve@x.example")
    assert (ada["log_first"], ada["log_state"], ada["log_whole"]) == (datetime(2026, 3, 1, 10), "given", True)
    assert (bob["log_state"], bob["log_whole"], bob["log_text"]) == ("given", False, None)
    assert set(eve.values()) == {None}


def test_the_last_word_of_an_event_log_counts(tmp_path):
    log = [
        {"email": "a@x-fictive.fr", "event": "subscribed", "at": "2026-01-01T10:00:00Z"},
        {"email": "a@x-fictive.fr", "event": "confirmed", "at": "2026-01-01T10:05:00Z"},
        {"email": "b@x-fictive.fr", "event": "unsubscribed", "at": "2026-02-01T10:00:00Z"},
        {"email": "b@x-fictive.fr", "event": "subscribed", "at": "2026-01-01T10:00:00Z"},
        {"email": "c@x-fictive.fr", "event": "unsubscribed", "at": "2026-01-01T10:00:00Z"},
        {"email": "c@x-fictive.fr", "event": "subscribed", "at": "2026-02-01T10:00:00Z"},
        {"email": "d@x-fictive.fr", "event": "confirmation email sent", "at": "2026-01-01T10:00:00Z"},
        {"email": "e@x-fictive.fr", "event": "confirmed", "at": "2026-01-01T10:00:00Z"},
        {"email": "e@x-fictive.fr", "event": "subscribed", "at": "2026-01-01T10:05:00Z"},
    ]
    for order in (log, log[::-1]):
        people = found(
            write(tmp_path, f"{len(order)}{order[0]['email'][0]}.json", order), *(f"{p}@x-fictive.fr" for p in "abcde")
        )
        assert [p["log_state"] for p in people] == ["confirmed", "refused", "given", "pending", "confirmed"]
        assert [p["log_order"] for p in people] == [True, True, True, True, False]


def test_json_lines_and_envelopes_are_read(tmp_path):
    record = {"email_address": ADA, "opt_in_time": "2026-03-01 10:00:00", "policy_version": "v3", "list": "newsletter"}
    lines = "\n".join(json.dumps(r) for r in (record, {**record, "email_address": "b@x-fictive.fr"}))
    for name, content in (("l.jsonl", lines), ("e.json", {"members": [record, record]}), ("o.json", record)):
        assert found(write(tmp_path, name, content), ADA)[0]["log_state"] == "given"


def test_a_mailing_tools_audience_is_a_log(tmp_path):
    text = (
        "Email Address,First Name,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,SOURCE,UNSUB_TIME\n"
        f"{ADA},Ada,2026-01-11 14:20:07,192.0.2.1,2026-01-11 15:03:41,192.0.2.1,1,aa,Hosted Signup Form,\n"
        "b@x-fictive.fr,B,2026-01-11 14:20:07,192.0.2.1,2026-01-11 15:03:41,192.0.2.1,1,ab,Hosted Signup Form,"
        "2026-02-01 08:00:00\n"
    )
    ada, gone = found(write(tmp_path, "audience.csv", text), ADA, "b@x-fictive.fr")
    assert (ada["log_state"], ada["log_confirmed"]) == ("confirmed", datetime(2026, 1, 11, 15, 3, 41))
    assert gone["log_state"] == "refused"


KANTARA = {
    "version": "KI-CR-v1.1.0", "jurisdiction": "FR", "consentTimestamp": 1772359200, "collectionMethod": "web form",
    "consentReceiptID": "c1befd3e-b7e5-4ea6-8688-e9a565aade21", "language": "fr", "piiPrincipalId": ADA,
    "piiControllers": [{"piiController": "Papeterie Fictive", "contact": "DPO", "email": "dpo@papeterie-fictive.fr"}],
    "policyUrl": "https://papeterie-fictive.fr/avis-v3",
    "services": [{"service": "Newsletter", "purposes": [{"purpose": "marketing", "consentType": "EXPLICIT"}]}],
    "sensitive": False,
}  # fmt: skip


def test_a_kantara_receipt_is_whole_only_with_its_mandatory_fields(tmp_path):
    assert found(write(tmp_path, "whole.json", KANTARA), ADA)[0]["log_whole"]
    assert found(write(tmp_path, "ms.json", {**KANTARA, "consentTimestamp": 1772359200000}), ADA)[0]["log_first"] == (
        datetime(2026, 3, 1, 10)
    )
    for field in ("collectionMethod", "consentReceiptID", "piiControllers", "policyUrl", "services"):
        less = {key: value for key, value in KANTARA.items() if key != field}
        assert not found(write(tmp_path, f"{field}.json", less), ADA)[0]["log_whole"], field


def test_the_controllers_own_address_is_not_the_persons(tmp_path):
    path = write(tmp_path, "receipt.json", KANTARA)
    assert found(path, "dpo@papeterie-fictive.fr")[0]["log_state"] is None


TS_27560 = {
    "schema_version": "27560-2023", "record_id": "rec-0001", "pii_principal_id": ADA,
    "pii_processing": [{
        "privacy_notice": "https://papeterie-fictive.fr/avis-v3", "language": "fr",
        "purposes": [{"purpose": "direct marketing", "lawful_basis": "consent", "collection_method": "web form"}],
        "pii_controllers": [{"party_id": "p1", "party_name": "Papeterie Fictive", "email": "dpo@papeterie-fictive.fr"}],
    }],
    "event": [{"event_time": "2026-03-01T10:00:00Z", "event_type": "explicit", "event_state": "consent given"}],
}  # fmt: skip


def test_a_ts_27560_record_gives_time_state_notice_and_purpose(tmp_path):
    person = found(write(tmp_path, "record.json", TS_27560), ADA)[0]
    assert (person["log_first"], person["log_state"], person["log_whole"]) == (datetime(2026, 3, 1, 10), "given", True)
    gone = {**TS_27560, "event": [{"event_time": "2026-04-01T10:00:00Z", "event_state": "consent withdrawn"}]}
    assert found(write(tmp_path, "gone.json", [TS_27560, gone]), ADA)[0]["log_state"] == "refused"


DPV = {
    "@context": {"dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/"},
    "@graph": [{
        "@id": "https://papeterie-fictive.fr/consents/1",
        "@type": "dpv:ConsentRecord",
        "dct:identifier": "consent-000017",
        "dpv:hasDataSubject": {"@id": "_:s1", "schema:email": f"mailto:{ADA}"},
        "dpv:hasDataController": {"@id": "https://papeterie-fictive.fr", "schema:email": "dpo@papeterie-fictive.fr"},
        "dpv:hasPurpose": {"@id": "dpv:DirectMarketing"},
        "dpv:hasNotice": {"@id": "https://papeterie-fictive.fr/avis-v3"},
        "dpv:hasConsentStatus": {
            "@type": "dpv:ConsentGiven", "dpv:isIndicatedAtTime": {"@value": "2026-03-01T10:00:00Z"},
        },
    }],
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("ConsentGiven", "given"),
        ("RenewedConsentGiven", "given"),
        ("ConsentWithdrawn", "refused"),
        ("ConsentRequested", "pending"),
    ],
)
def test_a_dpv_record_in_json_ld_short_or_in_full(tmp_path, status, state):
    short = json.dumps(DPV).replace("ConsentGiven", status)
    full = short.replace('"dpv:', '"https://w3id.org/dpv#').replace('"dct:', '"http://purl.org/dc/terms/')
    for name, text in (("short.jsonld", short), ("full.jsonld", full)):
        person = found(write(tmp_path, name, text), ADA)[0]
        assert (person["log_state"], person["log_whole"]) == (state, True), name


def test_people_are_found_by_a_plain_or_keyed_digest_of_the_address(tmp_path):
    secret = bytes(range(32))
    key = write(tmp_path, "key", secret.hex())
    for name, digest in (
        ("plain", hashlib.sha256(ADA.encode()).hexdigest()),
        ("keyed", hmac.digest(secret, ADA.encode(), "sha256").hex()),
    ):
        row = {"email_hash": digest.upper(), "consent_at": "2026-03-01T10:00:00Z", "text_id": "v3"}
        path = write(tmp_path, f"{name}.json", [row])
        assert found(path, ADA, key=str(key))[0]["log_state"] == "given", name
        assert found(path, "other@societe-fictive.fr", key=str(key))[0]["log_state"] is None


FAULTS = {
    "empty.csv": "",
    "broken.json": '[{"email": "secret@person.example", ',
    "broken.jsonl": '{"email": "a@b.example", "at": "2026-01-01"}\n{"email": "secret@person.example"\n',
    "noaddress.json": '[{"at": "2026-01-01T10:00:00Z", "who": "secret"}]',
    "notime.json": '[{"email": "secret@person.example"}]',
    "notime.csv": "email;name\nsecret@person.example;Secret\n",
    "header.csv": "email;consent_at\n",
    "list.json": "[]",
    "deep.json": "[" * 5000 + "]" * 5000,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_log_that_is_none_is_refused_in_one_line_that_quotes_nothing(tmp_path, name):
    with pytest.raises(AuditorError) as caught:
        consent_files.read(write(tmp_path, name, FAULTS[name]))
    assert isinstance(caught.value, (InputError, UsageError))
    assert name in caught.value.message
    assert "secret" not in (caught.value.message + caught.value.hint).lower()
    assert "\n" not in caught.value.message


def test_a_log_that_is_not_there_is_a_mistake_of_usage(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.csv"):
        consent_files.read(tmp_path / "nowhere.csv")


BARE = {"source": "Formulaire livre blanc", "collected_on": "2026-03-01"}
ROWS = [
    ("the same moment", {"consent_at": "2026-03-01T10:00:00Z"}, "confirmed"),
    ("without a zone, an hour apart", {"consent_at": "2026-03-01 11:00:00"}, "confirmed"),
    ("the day only", {"consent_at": "2026-03-01"}, "confirmed"),
    ("no moment in the row", {}, "confirmed"),
    ("another day", {"consent_at": "2026-03-04"}, "other_time"),
    ("twenty minutes apart in the same zone", {"consent_at": "2026-03-01T10:20:00Z"}, "other_time"),
    ("the same text", {"consent_text_id": "V3"}, "confirmed"),
    ("another text", {"consent_text_id": "v2"}, "other_text"),
    ("another basis", {"legal_basis": "intérêt légitime"}, "silent"),
]


def test_each_row_is_compared_with_what_the_log_says(tmp_path):
    rows = [person(n, **BARE, **cells) for n, (_, cells, _) in enumerate(ROWS)]
    log = [
        {
            "email": r["email"],
            "at": "2026-03-01T10:00:00Z",
            "text_id": "v3",
            "controller": "Papeterie Fictive",
            "id": f"e{n}",
        }
        for n, r in enumerate(rows)
    ]
    rows.append(person(99, **BARE))
    frame = facts(tmp_path, rows, consent_log=[write(tmp_path, "log.json", log)])
    assert dict(zip([w for w, _, _ in ROWS], frame["consent_log"].to_list(), strict=False)) == {
        w: c for w, _, c in ROWS
    }
    assert frame["consent_log"].to_list()[-1] == "absent"
    levels = frame["provenance_level"].to_list()
    assert {level for level, (_, _, code) in zip(levels, ROWS, strict=False) if code == "confirmed"} == {"V5"}
    assert "V5" not in {level for level, (_, _, code) in zip(levels, ROWS, strict=False) if code != "confirmed"}
    assert {s for s, (_, _, c) in zip(frame["consent_state"].to_list(), ROWS, strict=False) if c == "confirmed"} == {
        "given"
    }


def test_a_log_never_lowers_a_row_that_it_does_not_contradict(tmp_path):
    rows = [person(n, **BARE, **cells) for n, (_, cells, _) in enumerate(ROWS)]
    log = [
        {"email": rows[0]["email"], "at": "2026-03-01T10:00:00Z"},
        {"email": "x@y-fictive.fr", "at": "2026-03-01T10:00:00Z"},
    ]
    before = facts(tmp_path, rows, "a.csv")["provenance_level"].to_list()
    after = facts(tmp_path, rows, "b.csv", consent_log=[write(tmp_path, "log.json", log)])["provenance_level"].to_list()
    assert all(a >= b for a, b in zip(after, before, strict=True))
