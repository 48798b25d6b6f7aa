from itertools import product

import pytest

from tests.provenance.lists import facts, person

GRADES = ("none", "asserted", "partial", "verifiable")
# what a row may show of one and the same honest sign-up; every value is consistent with every other
SIGN_UP = {
    "source": "Formulaire livre blanc Paie 2024",
    "collected_on": "2024-05-23",
    "consent_at": "2024-05-23T10:02:11Z",
    "consent_text_id": "texte v3",
    "consent_method": "case cochée",
    "consent_purpose": "newsletter",
    "consent_controller": "Papeterie Fictive",
    "consent_channel": "e-mail",
    "consent_form": "https://papeterie-fictive.fr/livre-blanc",
    "consent_ref": "form-{n}",
    "doi_confirmed_at": "2024-05-23T10:05:40Z",
}


def every_subset(**fixed: str) -> tuple[list[tuple[bool, ...]], list[dict[str, str]]]:
    """One row for every subset of SIGN_UP, and which columns each row fills."""
    subsets = list(product((False, True), repeat=len(SIGN_UP)))
    rows = [
        person(
            n,
            **fixed,
            **{k: v.format(n=1000 + n) if on else "" for (k, v), on in zip(SIGN_UP.items(), subset, strict=True)},
        )
        for n, subset in enumerate(subsets)
    ]
    return subsets, rows


@pytest.mark.parametrize("fixed", [{}, {"legal_basis": "consentement"}])
def test_adding_correct_evidence_never_lowers_a_row(tmp_path, fixed):
    """All 2048 subsets of a sign-up, and each with one more column: neither level nor grade falls."""
    subsets, rows = every_subset(**fixed)
    frame = facts(tmp_path, rows)
    levels = dict(zip(subsets, frame["provenance_level"].to_list(), strict=True))
    grades = dict(zip(subsets, map(GRADES.index, frame["consent_grade"].to_list()), strict=True))
    for subset in subsets:
        for column, on in enumerate(subset):
            if not on:
                more = (*subset[:column], True, *subset[column + 1 :])
                added = list(SIGN_UP)[column]
                assert levels[more] >= levels[subset], (added, subset)
                assert grades[more] >= grades[subset], (added, subset)


def test_the_whole_record_is_verifiable_and_nothing_is_v0(tmp_path):
    subsets, rows = every_subset(legal_basis="consentement")
    frame = facts(tmp_path, rows).select("provenance_level", "consent_grade", "missing_evidence")
    assert frame.row(len(subsets) - 1) == ("V4", "verifiable", None)
    assert frame.row(0)[:2] == ("V0", "asserted")
    assert set(frame["provenance_level"].to_list()) == {"V0", "V1", "V2", "V3", "V4"} - {"V1"}


FAIR = {"source": "Salon Vivatech 2024", "collected_on": "2024-05-23"}
LADDER = [
    ({}, "V0"),
    ({"source": "internet"}, "V1"),
    ({"source": "LinkedIn"}, "V1"),
    ({"source": "salon"}, "V1"),
    ({"source": "partenaire"}, "V1"),
    ({"source": "Salon Vivatech 2024"}, "V2"),
    (FAIR, "V2"),
    ({**FAIR, "consent_purpose": "newsletter"}, "V3"),
    ({**FAIR, "consent_controller": "nos partenaires"}, "V2"),
    ({**FAIR, "source": "internet", "consent_purpose": "newsletter", "consent_ref": "r-1001"}, "V1"),
    ({**FAIR, "consent_purpose": "newsletter", "consent_ref": "r-1001"}, "V4"),
    ({**FAIR, "consent_purpose": "newsletter", "consent_ref": "oui"}, "V3"),
    ({"source": "fichier acheté chez Donnees Fictives", "collected_on": "2024-05-23"}, "V1"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "level"), LADDER)
def test_each_rung_of_the_ladder(tmp_path, cells, level):
    assert facts(tmp_path, [person(1, **cells)])["provenance_level"].to_list() == [level]


def test_a_proof_shared_by_two_people_is_no_individual_proof(tmp_path):
    whole = {k: v.format(n=1) for k, v in SIGN_UP.items() if k != "doi_confirmed_at"}
    frame = facts(tmp_path, [person(1, **whole), person(2, **whole), person(3, **{**whole, "consent_ref": "form-33"})])
    assert frame["provenance_level"].to_list() == ["V3", "V3", "V4"]
    assert frame["consent_ref_rows"].to_list() == [2, 2, 1]


def test_the_same_person_twice_does_not_share_a_proof_with_others(tmp_path):
    whole = {k: v.format(n=1) for k, v in SIGN_UP.items() if k != "doi_confirmed_at"}
    assert facts(tmp_path, [person(1, **whole), person(1, **whole)])["provenance_level"].to_list() == ["V4", "V4"]


def test_a_confirmation_at_the_very_second_of_the_request_proves_nothing(tmp_path):
    cells = {**SIGN_UP, "consent_ref": "", "doi_confirmed_at": SIGN_UP["consent_at"]}
    assert facts(tmp_path, [person(1, **cells)])["provenance_level"].to_list() == ["V3"]


DECLARED = {
    "declared_by": "A. Exemple",
    "source": "Salon Vivatech 2024",
    "collected_on": "2024-05-23",
    "consent_purpose": "newsletter",
    "consent_method": "case cochée",
}


def test_a_declaration_fills_blank_cells_and_lifts_to_v3_at_most(tmp_path):
    rows = [person(1), person(2, consent_ref="form-1002"), person(3, source="internet")]
    frame = facts(tmp_path, rows, list=DECLARED)
    assert frame["provenance_level"].to_list() == ["V3", "V3", "V1"]
    assert frame["source"].to_list() == ["Salon Vivatech 2024", "Salon Vivatech 2024", "internet"]


def test_what_a_row_proves_by_itself_is_not_capped_by_a_declaration_about_something_else(tmp_path):
    whole = {k: v.format(n=1) for k, v in SIGN_UP.items()}
    frame = facts(tmp_path, [person(1, **whole)], list={"declared_by": "A. Exemple", "lia_ref": "LIA-1"})
    assert frame["declared"].to_list() == [True]
    assert frame["provenance_level"].to_list() == ["V4"]


def test_every_declaration_alone_never_lowers_any_row(tmp_path):
    """Each subset of a sign-up, without and with a declaration for the whole list."""
    subsets, rows = every_subset(legal_basis="consentement")
    bare = facts(tmp_path, rows, name="a.csv")["provenance_level"].to_list()
    declared = facts(tmp_path, rows, name="b.csv", list=DECLARED)["provenance_level"].to_list()
    for subset, before, after in zip(subsets, bare, declared, strict=True):
        assert after >= before, subset
        assert after <= "V3" or after == before, subset
