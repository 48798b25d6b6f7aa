import random
from pathlib import Path

from tests.provenance.lists import facts, person
from tests.provenance.test_vocabulary import HELD_OUT, TUNING

OURS = (
    "source_class", "source_kind", "source_named", "source_by", "source_conflict", "indirect", "legal_basis_class",
    "consent_state", "consent_grade", "provenance_level", "missing_evidence", "supplier_state", "bulk_consent",
    "shared_connection", "consent_ref_rows", "date_conflict", "opt_in_conflict", "consent_too_early", "customer_issue",
    "notice_due_on",
)  # fmt: skip


def pile(seed: int, size: int) -> list[dict[str, str]]:
    """A list in which anything may stand anywhere: values of the corpora, dates of any kind, shared references."""
    chance = random.Random(seed)
    words = {kind: [v for k, _, v in HELD_OUT + TUNING if k == kind] for kind in {k for k, _, _ in HELD_OUT}}

    def some(values: list[str]) -> str:
        return chance.choice(values) if chance.random() < 0.7 else ""

    days = ["2026-03-01", "2025-11-12", "1970-01-01", "2031-01-01", "12/05/2024", "bientôt"]
    moments = ["2026-03-01T10:00:00Z", "2026-03-01 00:00:00", "2026-03-01", "01/03/2026 09:12", "1772359200", "?"]
    return [
        person(
            n,
            source=some(words["source"]),
            source_detail=some(words["source"]) if n % 5 == 0 else "",
            legal_basis=some(words["legal_basis"]),
            consent_status=some(words["consent_status"]),
            consent_method=some(words["consent_method"]),
            consent_at=some(moments),
            doi_confirmed_at=some(moments),
            consent_ref=some(["LOT-1", "form-77", f"form-{n}", "x"]),
            consent_ip=some(["192.0.2.1", "192.0.2.2", f"198.51.100.{n}"]),
            consent_controller=some(["Papeterie Fictive", "nos partenaires"]),
            collected_on=some(days),
            notice_on=some(days),
            first_contact_on=some(days),
            seller=some(["Donnees Fictives"]) if n % 7 == 0 else "",
        )
        for n in range(size)
    ]


def test_batches_and_row_order_change_nothing(tmp_path):
    rows = pile(1, 60)
    whole = facts(tmp_path, rows, "whole.csv").select("email", *OURS)
    assert facts(tmp_path, rows, "batches.csv", batch_rows=17).select("email", *OURS).equals(whole)
    turned = facts(tmp_path, rows[::-1], "turned.csv").select("email", *OURS)
    assert turned.reverse().equals(whole)


def test_a_row_with_a_seller_and_no_source_was_supplied(tmp_path):
    frame = facts(tmp_path, [person(1, seller="Donnees Fictives"), person(2, seller="Donnees Fictives", source="base")])
    assert frame["source_class"].to_list() == ["bought", "bought"]
    assert frame["indirect"].to_list() == [True, True]


HOSTILE = ["=cmd|' /C calc'!A0", "\u202e\u0000\ufeff", "a" * 5000, "💼" * 40, "'; DROP TABLE", "٢٠٢٤", "ﬁchier acheté"]


def test_hostile_text_in_every_column_is_read_as_text(tmp_path):
    columns = (
        "source", "source_detail", "source_url", "list_name", "seller", "legal_basis", "consent_status", "consent_at",
        "consent_text_id", "consent_method", "consent_purpose", "consent_channel", "consent_controller", "consent_ref",
        "consent_ip", "consent_form", "doi_sent_at", "doi_confirmed_at", "withdrawn_at", "notice_on", "notice_lang",
        "lifecycle", "collected_on",
    )  # fmt: skip
    rows = [person(n, **dict.fromkeys(columns, text.replace("\u0000", ""))) for n, text in enumerate(HOSTILE)]
    suppliers = [{"name": "Donnees Fictives"}]
    frame = facts(tmp_path, rows, suppliers=suppliers, forms=[{"name": "x"}], controllers=["Papeterie Fictive"])
    assert frame.height == len(HOSTILE)
    assert frame["source_class"].to_list()[-1] == "bought"


def test_no_vocabulary_file_holds_an_address(tmp_path):
    for path in Path("auditor/data/vocabulary").glob("*.toml"):
        assert "@" not in path.read_text("utf-8")
