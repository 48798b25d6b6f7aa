"""`auditor countries` and `auditor suppress` as a user runs them."""

import json

import pytest

from auditor import cli, packs


@pytest.fixture
def auditor(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_all_countries_are_listed_a_line_each(auditor):
    code, out, _ = auditor("countries")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == list(packs.load())


@pytest.mark.parametrize(
    ("code", "shown"), [("FR", "(FR)"), ("uk", "(GB)"), ("EL", "(GR)"), ("re", "(FR)"), ("XX", "(XX)")]
)
def test_a_country_is_found_by_its_code_in_any_form(auditor, code, shown):
    status, out, _ = auditor("countries", code)
    assert status == 0 and shown in out.splitlines()[0]


def test_a_country_is_told_in_french(auditor):
    _, out, _ = auditor("countries", "DE", "--lang", "fr")
    assert "Allemagne" in out and "consentement préalable" in out and "DE UWG 7" in out


def test_terms_of_another_day_are_chosen_by_date(auditor):
    _, before, _ = auditor("countries", "PL", "--as-of", "2024-11-09", "--format", "json")
    _, after, _ = auditor("countries", "PL", "--as-of", "2024-11-10", "--format", "json")
    assert json.loads(before)["regimes"]["generic"] == "unclear"
    assert json.loads(after)["regimes"]["generic"] == "in"


def test_a_country_without_a_pack_is_a_usage_error_that_lists_the_packs(auditor):
    code, out, err = auditor("countries", "US")
    assert (code, out) == (2, "")
    assert "FR" in err and len(err.strip().splitlines()) <= 2


def test_objections_are_stored_found_and_exported(auditor, tmp_path):
    code, out, _ = auditor("suppress", "add", "anna@example.com", "@stop.example", "--store", "s")
    assert code == 0 and "2 entries, 2 new" in out
    (tmp_path / "old.csv").write_text("email;name\nAnna+x@Example.com;Anna\nmax@example.org;Max\nno address\n")
    code, out, err = auditor("suppress", "import", "old.csv", "--store", "s", "--reason", "unsubscribed")
    assert code == 0 and "3 entries, 1 new" in out and "1 lines" in err
    code, out, _ = auditor("suppress", "export", "--store", "s")
    assert code == 0 and out == (tmp_path / "s").read_text()
    assert "anna" not in out and "stop" not in out
    assert auditor("suppress", "import", "s", "--store", "s")[0] == 0


def test_an_export_leaves_out_what_has_run_its_time(auditor):
    auditor("suppress", "add", "anna@example.com", "--store", "s", "--on", "2020-01-31", "--keep-months", "37")
    auditor("suppress", "add", "max@example.com", "--store", "s", "--on", "2020-01-31")
    _, out, _ = auditor("suppress", "export", "--store", "s")
    assert len(out.splitlines()) == 3


def test_nothing_is_kept_for_less_than_the_legal_time(auditor):
    code, _, err = auditor("suppress", "add", "anna@example.com", "--store", "s", "--keep-months", "12")
    assert code == 2 and "36" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "not an address", "--store", "s"),
        ("export", "--store", "none"),
        ("import", "missing.csv", "--store", "s"),
        ("add", "anna@example.com"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_two(auditor, arguments):
    code, out, err = auditor("suppress", *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err and "not an address" not in err


def test_foreign_digests_are_refused_by_the_store(auditor, tmp_path):
    (tmp_path / "h.txt").write_text("a" * 64 + "\n")
    code, _, err = auditor("suppress", "import", "h.txt", "--store", "s")
    assert code == 2 and "--suppression" in err


LIST = "Email;First name;Last name;Company;Country;Job title;Unsubscribed\n{rows}"


def test_a_person_who_objected_before_is_removed_from_a_new_list(auditor, tmp_path):
    auditor("suppress", "add", "anna.muster@acme-demo.example", "--store", "s")
    rows = "Anna.Muster+new@acme-demo.example;Anna;Muster;Acme;France;DSI;\n"
    (tmp_path / "list.csv").write_text(LIST.format(rows=rows))
    code, _, err = auditor("check", "list.csv", "--suppression", "s", "--as-of", "2026-11-02", "--quiet")
    assert code == 0, err
    removed = (tmp_path / "list.audit" / "list.removed.csv").read_text("utf-8-sig")
    assert "on_suppression_list" in removed
    findings = (tmp_path / "list.audit" / "findings.csv").read_text()
    assert "anna.muster" not in findings.lower()


def test_a_suppression_file_that_is_missing_stops_the_audit_before_it_starts(auditor, tmp_path):
    (tmp_path / "list.csv").write_text(LIST.format(rows="a@acme-demo.example;A;B;C;FR;DSI;\n"))
    code, _, err = auditor("check", "list.csv", "--suppression", "none.csv", "--quiet")
    assert code == 2 and "none.csv" in err
    assert not (tmp_path / "list.audit").exists()
