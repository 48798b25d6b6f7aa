import hashlib
import json

import pytest

from auditor.cli import run
from tests.provenance.lists import person, text_of

ADA = {
    "email": "ada.exemple@societe-fictive.fr",
    "source": "Salon Vivatech 2026 stand B12",
    "collected_on": "2026-06-17",
    "legal_basis": "intérêt légitime",
    "consent_purpose": "prospection",
}
BOB = {
    "email": "bob.exemple@autre-fictive.fr", "source": "fichier acheté chez Donnees Fictives",
    "collected_on": "2026-03-02",    "seller": "Donnees Fictives", "legal_basis": "",
}  # fmt: skip
EVE = {"email": "eve.exemple@tierce-fictive.fr", "source": "internet", "collected_on": "", "legal_basis": ""}


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """A question put to the command, answered with exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "liste.csv").write_text(text_of([person(n, **row) for n, row in enumerate((ADA, BOB, EVE))]), "utf-8")

    def asked(*arguments):
        code = run(["trace", *arguments, "--list", "liste.csv", "--as-of", "2026-11-02"])
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return asked


def test_a_well_sourced_person_hears_source_date_basis_and_level(ask):
    code, out, err = ask(ADA["email"].upper())
    assert (code, err) == (0, "")
    assert "Salon Vivatech 2026 stand B12 (given by yourself)" in out
    assert "obtained on 17 June 2026" in out
    assert "legitimate interest" in out
    assert "V3 of V5" in out
    assert "cannot show" not in out


def test_the_answer_exists_in_french(ask):
    _, out, _ = ask(BOB["email"], "--lang", "fr")
    assert "Vos données proviennent de : fichier acheté chez Donnees Fictives (un fichier acheté ou loué)." in out
    assert "fournies par : Donnees Fictives" in out
    assert "elle était due au plus tard le 2 avril 2026" in out
    assert "La liste n'indique aucune base légale." in out
    assert "V1 sur V5" in out


def test_a_vague_source_is_called_what_it_is(ask):
    _, out, _ = ask(EVE["email"])
    assert "We cannot say where your data come from: the list only says “internet”." in out
    assert "What we cannot show: the source by its name; the day the data were obtained; the legal basis" in out


def test_nothing_of_other_rows_is_told(ask):
    for who, others in ((ADA, (BOB, EVE)), (BOB, (ADA, EVE)), (EVE, (ADA, BOB))):
        for shape in ("table", "json"):
            _, out, _ = ask(who["email"], "--format", shape)
            for other in others:
                assert other["source"] not in out
                assert other["email"] not in out


def test_a_digest_finds_the_same_person(ask):
    digest = hashlib.sha256(ADA["email"].encode()).hexdigest()
    _, out, _ = ask("--hash", digest.upper(), "--format", "json")
    answer = json.loads(out)
    assert [entry["row"] for entry in answer["entries"]] == [1]
    assert answer["entries"][0]["level"] == "V3"


def test_a_stranger_is_told_so(ask):
    assert ask("nobody@ailleurs-fictif.fr")[:2] == (0, "This address is not in the list “liste.csv”.\n")


def test_a_further_address_of_a_row_belongs_to_the_person_too(ask, tmp_path):
    text = "email;email 2;source\nada.exemple@societe-fictive.fr;ada@exemple-fictif.fr;Salon Vivatech 2026\n"
    (tmp_path / "liste.csv").write_text(text, "utf-8")
    assert "Salon Vivatech 2026" in ask("ada@exemple-fictif.fr")[1]


@pytest.mark.parametrize(
    "arguments", [(), ("a@b.example", "--hash", "0" * 64), ("--hash", "abc"), ("no-address",), ("a b@c",)]
)
def test_a_wrong_question_is_one_line_and_exit_2(ask, arguments):
    code, out, err = ask(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
