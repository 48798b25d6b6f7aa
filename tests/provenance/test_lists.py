"""Fictional lists with planted contradictions: each is found, and well-evidenced rows are left alone."""

import json

import pytest

from tests.provenance.lists import audit, person

SIGNED_UP = {
    "legal_basis": "consentement",
    "consent_status": "opt-in",
    "consent_text_id": "texte v3",
    "consent_method": "case cochée",
    "consent_purpose": "newsletter",
    "consent_controller": "Papeterie Fictive",
    "consent_channel": "e-mail",
    "consent_form": "formulaire livre blanc",
}


def signed_up(n: int, **cells: str) -> dict[str, str]:
    """A person whose consent has everything: own moment, own reference, double opt-in."""
    moment = f"2025-0{1 + n % 9}-{1 + n % 28:02d}T{8 + n % 11:02d}:{(7 * n) % 60:02d}:{(13 * n) % 60:02d}Z"
    later = moment[:14] + f"{(7 * n) % 60:02d}:{min(59, (13 * n) % 60 + 1):02d}Z" if (13 * n) % 60 < 59 else ""
    return person(
        n,
        source="Formulaire livre blanc Paie",
        collected_on=moment[:10],
        **SIGNED_UP,
        consent_at=moment,
        consent_ref=f"form-{10_000 + n}",
        doi_confirmed_at=later,
        **cells,
    )


def test_a_well_evidenced_list_is_left_alone_in_every_country(tmp_path):
    countries = ["France", "Germany", "Italy", "Belgium", "United Kingdom", "Poland"]
    rows = [{**signed_up(n), "country": countries[n % 6]} for n in range(40)]
    heard = audit(tmp_path, rows)
    assert [heard.held(n) for n in range(40)] == [set()] * 40
    assert set(heard.levels()) == {"V4"}
    assert not {name for name, severity in heard.listed.items() if severity != "note"}


def test_a_bought_list_with_bulk_consent(tmp_path):
    rows = [
        person(
            n,
            source="fichier acheté chez Donnees Fictives",
            collected_on="2026-03-02",
            legal_basis="consentement",
            consent_at="2026-03-01 14:02:09",
            consent_ref="LOT-2026-03",
            consent_controller="nos partenaires",
        )
        for n in range(12)
    ]
    heard = audit(tmp_path, rows)
    planted = {
        "purchase_without_seller", "supplier_not_checked", "consent_not_verifiable", "consent_evidence_shared",
        "consent_set_in_bulk", "consent_controller_unnamed", "consent_claimed_on_scraped_source", "notice_overdue",
    }  # fmt: skip
    for row in range(12):
        assert planted <= heard.held(row)
    assert heard.detail(0, "consent_set_in_bulk") == "same_second"
    assert heard.listed["consent_bulk_in_list"] == "note"
    assert set(heard.levels()) == {"V1"}


MAILCHIMP = "Email Address,First Name,Last Name,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,SOURCE\n"


def test_a_mailing_tools_audience_with_imports_among_the_double_opt_ins(tmp_path):
    text = MAILCHIMP + "".join(
        f"a{n}.b{n}@societe{n}-fictive.fr,A,B,2025-0{n}-11 14:20:0{n},192.0.2.{n},2025-0{n}-11 15:03:41,192.0.2.{n},"
        f"40000{n},f1c71f000{n},Hosted Signup Form\n"
        for n in range(1, 7)
    )
    text += (
        "i.mport@societe7-fictive.fr,I,M,,,2025-03-01 00:00:00,,400007,f1c71f0007,List Import from File\n"
        "a.tonce@societe8-fictive.fr,A,T,2025-04-01 10:11:12,192.0.2.8,2025-04-01 10:11:12,192.0.2.8,400008,"
        "f1c71f0008,Embedded Form\n"
        "b.efore@societe9-fictive.fr,B,E,2025-04-03 10:11:12,192.0.2.9,2025-04-01 10:11:12,192.0.2.9,400009,"
        "f1c71f0009,Embedded Form\n"
    )
    heard = audit(tmp_path, text)
    assert [heard.held(n) for n in range(6)] == [set()] * 6
    assert heard.levels()[:6] == ["V4"] * 6
    for row, how in ((6, "confirmed_without_request"), (7, "confirmed_at_once"), (8, "confirmed_before_request")):
        assert heard.detail(row, "double_opt_in_out_of_order") == how
        assert "consent_not_verifiable" in heard.held(row)


def test_an_event_where_paper_forms_bear_one_day_and_one_tablet(tmp_path):
    """The counter-signals: one day and one connection at an event are no bulk consent; without the event they are."""
    day = {"consent_at": "2026-03-12", "consent_ip": "192.0.2.77", "legal_basis": "consentement"}
    fair = [person(n, source="Salon Vivatech 2026 stand B12", **day, consent_ref=f"bulletin-{n}1") for n in range(15)]
    web = [person(n, source="Formulaire de contact", **day, consent_ref=f"form-{n}1") for n in range(15)]
    at_fair, on_web = audit(tmp_path, fair, "fair.csv"), audit(tmp_path, web, "web.csv")
    for row in range(15):
        assert not {"consent_set_in_bulk", "consent_from_one_connection"} & at_fair.held(row)
        assert {"consent_set_in_bulk", "consent_from_one_connection"} <= on_web.held(row)
    assert on_web.detail(0, "consent_set_in_bulk") == "same_day"


def test_midnight_for_everybody_is_an_import(tmp_path):
    rows = [
        person(n, source="Formulaire de contact", legal_basis="opt-in", consent_at="2025-03-01 00:00:00")
        for n in range(9)
    ]
    heard = audit(tmp_path, rows)
    assert {heard.detail(n, "consent_set_in_bulk") for n in range(9)} == {"same_midnight"}


def test_one_office_behind_one_connection_is_no_finding_and_many_companies_are(tmp_path):
    office = [
        {**signed_up(n), "email": f"prenom{n}.nom{n}@bureau-fictif.fr", "consent_ip": "192.0.2.10"} for n in range(6)
    ]
    spread = [{**signed_up(n), "consent_ip": "192.0.2.20"} for n in range(20, 26)]
    pair = [{**signed_up(n), "consent_ip": "192.0.2.30"} for n in range(30, 32)]
    heard = audit(tmp_path, office + spread + pair)
    hit = [n for n in range(14) if "consent_from_one_connection" in heard.held(n)]
    assert hit == list(range(6, 12))


def test_partner_opt_in_and_consent_to_another_company(tmp_path):
    rows = [
        {**signed_up(1), "consent_controller": "nos partenaires"},
        {**signed_up(2), "consent_controller": "our partners and selected third parties"},
        {**signed_up(3), "consent_controller": "Assurances Fictives"},
        signed_up(4),
    ]
    heard = audit(tmp_path, rows, controllers=["Papeterie Fictive"])
    assert [heard.rows[n].get("consent_controller_unnamed") for n in range(4)] == ["review", "review", "review", None]
    assert heard.detail(2, "consent_controller_unnamed") == "other"


def test_scraped_and_guessed_and_register_sources_that_claim_consent(tmp_path):
    sources = ["PB export SN CTO Paris 03/24", "scraping Google Maps", "email deviné", "Infogreffe", "Pages Jaunes"]
    rows = [person(n, source=s, collected_on="2026-10-20", legal_basis="consentement") for n, s in enumerate(sources)]
    rows.append(signed_up(9))
    heard = audit(tmp_path, rows)
    found = [heard.rows[n].get("consent_claimed_on_scraped_source") for n in range(6)]
    assert found == ["remove", "remove", "remove", "remove", "review", None]


def test_customers_without_a_sale(tmp_path):
    base = {
        "legal_basis": "client existant",
        "source": "Commande web",
        "collected_on": "2026-01-10",
        "lifecycle": "client",
    }
    rows = [
        person(1, **base, last_purchase_on="2026-01-10"),
        person(2, **{**base, "country": "Ireland", "email": "a.b@firm2-fictive.ie"}, last_purchase_on="2024-01-10"),
        person(3, **base, seller="Donnees Fictives"),
        person(4, **{**base, "lifecycle": "prospect", "source": "Formulaire de contact"}),
        person(5, **{**base, "country": "Germany", "email": "a.b@firma5-fiktiv.de"}),
        person(6, **{**base, "country": "Poland", "email": "a.b@firma6-fikcyjna.pl"}, last_purchase_on="2026-01-10"),
        person(7, **{**base, "legal_basis": "contrat", "lifecycle": "prospect"}),
    ]
    heard = audit(tmp_path, rows)
    rule = "customer_exception_unsupported"
    assert rule not in heard.held(0)
    codes = ["too_long_ago", "third_party", "still_a_prospect", "no_sale", "no_such_exception"]
    assert [heard.detail(n, rule) for n in range(1, 6)] == codes
    assert [heard.rows[n][rule] for n in range(1, 6)] == ["remove", "remove", "remove", "review", "remove"]
    assert "contract_without_customer" in heard.held(6)


IMPOSSIBLE = [
    ({"collected_on": "2027-05-01"}, "dates_impossible", "future_date"),
    ({"collected_on": "1970-01-01"}, "dates_impossible", "placeholder_date"),
    ({"first_contact_on": "2024-01-01"}, "dates_impossible", "consent_after_first_message"),
    ({"notice_on": "2024-12-01"}, "dates_impossible", "notice_before_collection"),
    ({"withdrawn_at": "2024-01-01T10:00:00Z"}, "dates_impossible", "withdrawal_before_consent"),
    (
        {"consent_at": "2017-03-01T10:00:00Z", "collected_on": "2017-03-01", "doi_confirmed_at": ""},
        "consent_before_gdpr",
        "None",
    ),
    ({"source": "Salon Vivatech 2026", "consent_form": ""}, "consent_older_than_its_origin", "before_named_year"),
]


@pytest.mark.parametrize(("cells", "rule", "code"), IMPOSSIBLE)
def test_dates_that_cannot_be(tmp_path, cells, rule, code):
    heard = audit(tmp_path, [{**signed_up(1), **cells}, signed_up(2)])
    assert rule in heard.held(0)
    assert heard.detail(0, rule) == code
    assert heard.held(1) == set()


def test_a_consent_before_its_form_or_its_company_existed(tmp_path):
    forms = [{"name": "livre blanc Paie", "since": "2025-03-01", "until": "2025-06-30"}]
    rows = [
        {**signed_up(1), "consent_at": "2025-02-10T10:00:00Z", "doi_confirmed_at": "2025-02-10T10:04:00Z"},
        {**signed_up(2), "consent_at": "2025-07-10T10:00:00Z", "doi_confirmed_at": "2025-07-10T10:04:00Z"},
        {**signed_up(3), "consent_at": "2025-04-10T10:00:00Z", "doi_confirmed_at": "2025-04-10T10:04:00Z"},
    ]
    heard = audit(tmp_path, rows, forms=forms)
    rule = "consent_older_than_its_origin"
    assert [heard.detail(n, rule) for n in (0, 1)] == ["before_form", "after_form"]
    assert heard.held(2) == set()
    young = audit(tmp_path, rows, "young.csv", company_since="2025-07-01")
    assert [young.detail(0, rule), rule in young.held(1)] == ["before_company", False]


def test_methods_that_are_no_act_and_consents_for_something_else(tmp_path):
    cells = [
        ({"consent_method": "case précochée"}, "consent_method_invalid", "remove"),
        ({"consent_method": "acceptation des CGV"}, "consent_method_invalid", "remove"),
        ({"consent_method": "silence vaut accord"}, "consent_method_invalid", "remove"),
        ({"consent_method": "jeu concours"}, "consent_from_prize_draw", "review"),
        ({"source": "Jeu-concours de Noël"}, "consent_from_prize_draw", "review"),
        ({"consent_purpose": "suivi de commande"}, "consent_scope_mismatch", "remove"),
        ({"consent_channel": "téléphone"}, "consent_scope_mismatch", "remove"),
        ({"consent_status": "jamais"}, "consent_denied_by_status", "remove"),
        ({"consent_status": "désinscrit"}, "withdrawn_but_active", "remove"),
        ({"withdrawn_at": "2026-02-01T10:00:00Z"}, "withdrawn_but_active", "remove"),
    ]
    heard = audit(tmp_path, [{**signed_up(n), **over} for n, (over, _, _) in enumerate(cells)] + [signed_up(50)])
    for row, (_, rule, severity) in enumerate(cells):
        assert heard.rows[row].get(rule) == severity, rule
    assert heard.held(len(cells)) == set()


def test_a_german_double_opt_in_that_was_never_finished(tmp_path):
    asked = {"consent_at": "", "doi_confirmed_at": "", "doi_sent_at": "2026-05-01T09:00:00Z", "consent_status": ""}
    rows = [
        {**signed_up(1), **asked, "country": "Germany", "email": "vorname1.name1@firma1-fiktiv.de"},
        {**signed_up(2), **asked},
        {**signed_up(3), "consent_status": "Confirmation Email Sent", "doi_confirmed_at": ""},
        {**signed_up(4), "country": "Germany", "doi_sent_at": ""},
    ]
    heard = audit(tmp_path, rows)
    assert [heard.rows[n].get("double_opt_in_unfinished") for n in range(4)] == ["remove", "review", "review", None]


def test_suppliers_checked_unknown_expired_and_refuted(tmp_path):
    good = {"evidence_on": "2026-01-10", "sample_checked_on": "2026-01-20", "sample_ok": True}
    suppliers = [
        {"name": "Donnees Fictives", "aliases": ["DF SARL"], "contract": "C-1", **good, "expires": "2027-01-01"},
        {"name": "Fichiers Fictifs", "contract": "C-2"},
        {"name": "Listes Fictives", **good, "expires": "2026-06-30"},
        {"name": "Base Fictive", **good, "sample_ok": False},
    ]
    sellers = ["Donnees Fictives", "DF SARL", "Fichiers Fictifs", "Listes Fictives", "Base Fictive", "Autre Fictif"]
    cells = {
        "source": "base achetée",
        "collected_on": "2026-10-20",
        "contract_ref": "C-9",
        "legal_basis": "intérêt légitime",
    }
    heard = audit(tmp_path, [person(n, **cells, seller=s) for n, s in enumerate(sellers)], suppliers=suppliers)
    rule = "supplier_not_checked"
    assert [rule in heard.held(n) for n in range(6)] == [False, False, True, True, True, True]
    assert [heard.detail(n, rule) for n in range(2, 6)] == ["unproven", "expired", "refuted", "unregistered"]
    assert heard.levels() == ["V2", "V2", "V1", "V1", "V1", "V1"]


def test_moments_at_one_and_the_same_gap_are_a_programs_work(tmp_path):
    def row(n: int, second: int) -> dict[str, str]:
        clock = f"2026-03-01T{10 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"
        return person(n, source="Formulaire de contact", legal_basis="opt-in", consent_at=clock)

    regular = audit(tmp_path, [row(n, 7 * n) for n in range(40)], "regular.csv")
    human = audit(tmp_path, [row(n, n * n % 3571 + 13 * n) for n in range(40)], "human.csv")
    few = audit(tmp_path, [row(n, 7 * n) for n in range(12)], "few.csv")
    assert "consent_times_machine_regular" in regular.listed
    assert not {"consent_times_machine_regular"} & {*human.listed, *few.listed}


def test_a_declared_form_on_the_headers_of_an_extraction_tool(tmp_path):
    header = (
        "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
        "connectionDegree,profileImageUrl,vmid,linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,"
        "defaultProfileUrl,email\n"
    )
    line = (
        ",Ada Nom,Ada,Nom,Fictive,DG,1,,,,2nd,,ACoAA1,,false,false,https://www.linkedin.com/sales/search/people?x,"
        "2026-10-20T10:00:00.000Z,,ada.nom@societe-fictive.fr\n"
    )
    declared = {"declared_by": "A. Exemple", "source": "Formulaire de contact", "legal_basis": "consentement"}
    heard = audit(tmp_path, header + line, list=declared)
    assert "declaration_contradicts_export" in heard.listed
    assert "consent_claimed_on_scraped_source" in heard.held(0)
    assert heard.levels() == ["V2"]


def test_a_declared_event_and_the_rows_that_say_otherwise(tmp_path):
    rows = [
        person(1),
        person(2, source="Apollo"),
        person(3, source="Salon Vivatech 2026"),
        person(4, record_created_on="2025-01-01"),
    ]
    declared = {
        "declared_by": "A. Exemple", "source": "Salon Vivatech 2026", "collected_on": "2026-06-17",
        "legal_basis": "intérêt légitime", "consent_purpose": "prospection",
    }  # fmt: skip
    heard = audit(tmp_path, rows, list=declared)
    rule = "declaration_contradicted_by_row"
    assert [rule in heard.held(n) for n in range(4)] == [False, True, False, True]
    assert heard.levels()[0] == "V3"
    nobody = audit(tmp_path, rows, "nobody.csv", list={**declared, "declared_by": ""})
    assert nobody.listed["declaration_without_declarant"] == "note"


def test_the_duty_to_inform(tmp_path):
    base = {"source": "recommandation de M. Exemple", "legal_basis": "intérêt légitime"}
    rows = [
        person(1, **base, collected_on="2026-10-01"),
        person(2, **base, collected_on="2026-10-20"),
        person(3, **base, collected_on="2026-10-20", first_contact_on="2026-10-25"),
        person(4, **base, collected_on="2026-01-31", notice_on="2026-02-10"),
        person(5, **base, collected_on="2026-01-31", notice_on="2026-02-10", first_contact_on="2026-02-05"),
        person(
            6, **{**base, "source": "Formulaire de contact"}, collected_on="2026-01-31", first_contact_on="2026-02-05"
        ),
        {
            **person(7, **base, collected_on="2026-01-31"),
            "email": "contact@societe7-fictive.fr",
            "first_name": "",
            "last_name": "",
        },
    ]
    heard = audit(tmp_path, rows)
    assert [("notice_overdue" in heard.held(n), "contact_before_notice" in heard.held(n)) for n in range(7)] == [
        (True, False), (False, False), (True, True), (False, False), (False, True), (False, False), (False, False),
    ]  # fmt: skip


def receipt(address: str, moment: str, **more: object) -> dict[str, object]:
    """A complete Kantara receipt of v1.1."""
    return {
        "version": "KI-CR-v1.1.0", "jurisdiction": "FR", "consentTimestamp": moment, "collectionMethod": "web form",
        "consentReceiptID": f"rcpt-{address[:12]}", "language": "fr", "piiPrincipalId": address,
        "piiControllers": [{"piiController": "Papeterie Fictive", "email": "dpo@papeterie-fictive.fr"}],
        "policyUrl": "https://papeterie-fictive.fr/avis-v3",
        "services": [{"service": "Newsletter", "purposes": [{"purpose": "direct marketing"}]}],
        "sensitive": False,
        **more,
    }  # fmt: skip


def test_receipts_confirm_contradict_or_say_nothing(tmp_path):
    bare = {"source": "Formulaire livre blanc", "collected_on": "2026-03-01", "legal_basis": "consentement"}
    rows = [person(n, **bare, consent_at=f"2026-03-0{n}T10:00:00Z") for n in range(1, 6)]
    log = [receipt(row["email"], row["consent_at"]) for row in rows[:4]]
    log[1]["consentTimestamp"] = "2026-01-15T08:30:00Z"
    del log[2]["policyUrl"]
    log[3]["withdrawalDate"] = "2026-04-01T08:00:00Z"
    path = tmp_path / "receipts.json"
    path.write_text(json.dumps(log))
    heard = audit(tmp_path, rows, consent_log=[path])
    assert heard.levels() == ["V5", "V2", "V2", "V2", "V2"]
    assert heard.held(0) == set()
    assert heard.detail(1, "consent_log_contradicts") == "other_time"
    assert "consent_log_contradicts" not in heard.held(2)
    assert heard.rows[3]["consent_log_contradicts"] == "remove"
    assert {"consent_not_verifiable"} <= heard.held(2) & heard.held(4)
