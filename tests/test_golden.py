"""The verdicts of the sample lists, line by line; accept a change with `make golden` and read its diff."""

import csv
import io

import pytest

from tests.regenerate import GOLDEN, KEPT, audit, samples


@pytest.mark.parametrize("source", samples(), ids=lambda path: path.stem)
def test_a_sample_list_gets_the_documented_verdicts(source, tmp_path):
    folder = audit(source, tmp_path)
    golden = GOLDEN / source.stem
    made = {path.name: path.read_bytes() for path in folder.iterdir() if path.name.endswith(KEPT)}
    assert set(made) == {path.name for path in golden.iterdir()}
    for name, content in made.items():
        assert content == (golden / name).read_bytes(), f"{source.stem}/{name} differs: make golden, then read the diff"


def verdicts(name):
    """audit_row -> (verdict, rules) of a golden."""
    (path,) = (GOLDEN / name).glob("*.annotated.csv")
    text = path.read_bytes().decode("cp1252" if name in ("fichier-achete", "badges-salon") else "utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") > 5 else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return {int(row["audit_row"]): (row["audit_verdict"], row["audit_rules"].split(";")) for row in rows}


# what each list was written to show, independent of the goldens: record, verdict, rule that must be among the reasons
PLANTED = (
    ("hubspot-formulaires", 1, "clean", None),
    ("hubspot-formulaires", 8, "removed", "personal_mailbox"),
    ("hubspot-formulaires", 9, "removed", "named_address_needs_consent"),
    ("hubspot-formulaires", 10, "clean", None),
    ("hubspot-formulaires", 11, "removed", "objected_still_listed"),
    ("hubspot-formulaires", 12, "removed", "inactive_too_long"),
    ("hubspot-formulaires", 13, "review", "page_markup_residue"),
    ("hubspot-formulaires", 15, "removed", "duplicate_person"),
    ("sales-navigator", 2, "review", "scraper_export_columns"),
    ("sales-navigator", 3, "review", "profile_residue"),
    ("apollo-devinees", 2, "removed", "address_marked_guessed"),
    ("apollo-devinees", 6, "removed", "several_candidates_one_person"),
    ("apollo-devinees", 8, "removed", "named_address_needs_consent"),
    ("fichier-achete", 9, "removed", "disposable_mailbox"),
    ("fichier-achete", 12, "removed", "technical_role_address"),
    ("fichier-achete", 4, "review", "consent_evidence_shared"),
    ("fichier-achete", 5, "review", "consent_claimed_on_scraped_source"),
    ("mailchimp-double-optin", 1, "clean", None),
    ("mailchimp-double-optin", 6, "review", "double_opt_in_out_of_order"),
    ("messekontakte", 1, "clean", None),
    ("messekontakte", 3, "removed", "personal_mailbox"),
    ("messekontakte", 4, "removed", "generic_address_needs_consent"),
    ("messekontakte", 5, "removed", "purchase_without_seller"),
    ("badges-salon", 1, "clean", None),
    ("badges-salon", 3, "unreadable", None),
    ("badges-salon", 5, "review", "special_category_in_notes"),
    ("badges-salon", 6, "removed", "objected_still_listed"),
)


@pytest.mark.parametrize(("name", "row", "verdict", "rule"), PLANTED)
def test_what_a_sample_list_was_written_to_show_is_found(name, row, verdict, rule):
    found, rules = verdicts(name)[row]
    assert found == verdict
    assert rule is None or rule in rules


@pytest.mark.parametrize("name", ["apollo-devinees", "fichier-achete", "hubspot-formulaires", "messekontakte"])
def test_what_removes_a_row_is_its_first_reason(name):
    found = csv.DictReader(io.StringIO((GOLDEN / name / "findings.csv").read_text("utf-8"), newline=""))
    removing = {(int(row["audit_row"]), row["rule"]) for row in found if row["severity"] == "remove"}
    removed = {row: rules for row, (verdict, rules) in verdicts(name).items() if verdict == "removed"}
    assert removed
    for row, rules in removed.items():
        own = [rule for rule in rules if (row, rule) in removing]
        assert own
        assert rules[: len(own)] == own
