"""Who said no: in the row, in words, in another row."""

from datetime import date

import pytest

from auditor.facts import _refusals
from tests.law.house import context, through, verdicts

RULES = ("objected_still_listed", "objected_in_another_row", "complaint_or_bounce", "register_check_missing_or_stale")


def objection(**row):
    return through([row], ["objection"], context())["objection"][0]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"opt_out": True}, "flag"),
        ({"opt_out": True, "opt_out_scope": "email"}, "flag"),
        ({"opt_out": True, "opt_out_scope": "all"}, "flag"),
        ({"opt_out": True, "opt_out_scope": "email;phone"}, "flag"),
        ({"opt_out": True, "opt_out_scope": "phone"}, None),
        ({"opt_out": True, "opt_out_scope": "phone;sms"}, None),
        ({"opt_out": False}, None),
        ({"opt_out": False, "opted_out_on_text": "2026-03-02"}, "date"),
        ({"opted_out_on_text": "0000-00-00 00:00:00"}, None),
        ({"consent_stated": "refused"}, "status"),
        ({"consent_stated": "never"}, None),
        ({"legal_basis_class": "withdrawn"}, "withdrawn"),
        ({"notes": "Ne plus contacter svp"}, "wording"),
        ({"notes": "A demandé par téléphone\nde ne plus recevoir de mails"}, "wording"),
        ({"notes": "Très bon contact"}, None),
        ({}, None),
    ],
)
def test_a_row_says_in_many_ways_that_the_person_refused(row, code):
    assert objection(**row) == code


@pytest.mark.parametrize(("column", "code"), [("consent_status", "status"), ("legal_basis", "withdrawn")])
@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Ne plus contacter", True),
        ("oui, mais ne plus lui écrire", True),
        ("Asked to be removed, do not contact again", True),
        ("bitte nicht mehr anschreiben", True),
        ("opt-in, ne pas appeler par téléphone", False),
        ("intérêt légitime", False),
        ("oui", False),
        (None, False),
    ],
)
def test_a_refusal_counts_in_whatever_column_it_is_written(column, code, words, refused):
    table = through([{column: words}], ["consent_claims", "objection"], context())
    assert table["objection"].to_list() == [code if refused else None]


REFUSALS = """
Do not contact
Please don't email again
Asked to be removed from all lists
Unsubscribed by phone on 3 March
Doesn't want to receive marketing
Opted out at the fair
No more emails please
Objected to marketing in 2025
Asked not to receive emails
Asked by phone not to get any more mails
Would rather not receive our newsletter
Ne plus contacter
A demandé de ne plus recevoir d'e-mails
Demande à ne plus être contactée
souhaite ne plus recevoir nos communications
Client depuis 2020. Ne plus être sollicité.
préfère ne pas recevoir d’offres
nous prie de ne plus recevoir de publicité
Ne pas recontacter, refus catégorique
Ne souhaite plus recevoir nos mails
A demandé à être désinscrit de la liste
Stop mail
Opposition RGPD reçue le 12/03
Refuse tout démarchage
Désinscrite le 4 mai
Demande sa suppression de la base
Nicht mehr kontaktieren
Hat der Werbung widersprochen
Möchte keine Werbung
Bat darum, nicht mehr angeschrieben zu werden
Keine weiteren Mails
Bitte nicht mehr anschreiben
Einwilligung widerrufen am 3.4.
Hat sich vom Newsletter abgemeldet
No contactar
No quiere recibir publicidad
Se ha dado de baja
Pide la baja de la lista
Ejerce el derecho de oposición
No enviar más correos
Pide no recibir más correos
Solicita no ser contactada
Ha pedido que no le escribamos más
Non contattare
Non vuole ricevere pubblicità
Si è cancellato dalla newsletter
Chiede la cancellazione dei dati
Consenso revocato
"""
ANSWERS = """
Please contact next week
Contact made at the fair
Do not forget the samples
Will email the quote
Never too late to call
Asked why she does not get our emails
Would rather not get the printed catalogue
Asked not to get the invoice twice
À recontacter en mai
Ne pas oublier la remise
Pas de budget cette année
Refuse le devis actuel, en veut un autre
Bon contact, veut une démo
Ne pas appeler le matin
Ne pas rappeler avant lundi
Se plaint de ne plus recevoir nos newsletters
Demande pourquoi ne plus recevoir la newsletter
Souhaite ne plus recevoir de factures papier
A demandé un devis, craint de ne pas être rappelé
Demande par courriel à ne plus appeler le standard
Stop and go dans le projet
Kontaktaufnahme im Mai gewünscht
Nicht vor neun Uhr anrufen
Wurde noch nicht angeschrieben
Werbung für die Messe geplant
Bitte per Mail anschreiben
Contactar en mayo
Baja de precios prevista
No olvidar la muestra
Pide no recibir la factura en papel
Contattare a maggio
Non dimenticare il campione
Cancellata la riunione di lunedì
Pubblicità sul loro sito
"""


@pytest.mark.parametrize("note", REFUSALS.strip().splitlines())
def test_words_of_refusal_are_understood(note):
    assert _refusals.refuses(note)
    assert objection(notes=note) == "wording"


@pytest.mark.parametrize("note", ANSWERS.strip().splitlines())
def test_ordinary_notes_are_no_refusal(note):
    assert objection(notes=note) is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"bounced": True}, "flag"),
        ({"email_status": "Hard bounce"}, "status"),
        ({"email_status": "cleaned"}, "status"),
        ({"last_activity_type": "Spam complaint"}, "activity"),
        ({"email_status": "plainte"}, "status"),
        ({"bounced": False, "email_status": "verified", "last_activity_type": "click"}, None),
        ({}, None),
    ],
)
def test_complaints_and_bounces_are_seen(row, code):
    assert through([row], ["objection"], context())["complaint"][0] == code


def test_the_restrictive_row_of_a_person_wins_wherever_it_stands():
    rows = [
        {"variant_key": 1, "person_key": 10},
        {"variant_key": 1, "person_key": 11, "opt_out": True},
        {"variant_key": 2, "person_key": 11},
        {"variant_key": 3, "person_key": 12},
        {},
    ]
    for order in (rows, rows[::-1]):
        where = context()
        table = through(order, ["objection", "objected_elsewhere"], where)
        found = {row["variant_key"]: row["objected_elsewhere"] for row in table.to_dicts() if row["objection"] is None}
        assert found == {1: "same_mailbox", 2: "same_person", 3: None, None: None}
        weighed = verdicts(table, ["objected_in_another_row"], where)
        assert sorted(row.get("objected_in_another_row", "-") for row in weighed) == ["-", "-", "-", "remove", "review"]


def test_a_suppressed_person_is_told_in_every_row_of_the_list(tmp_path):
    (tmp_path / "s.txt").write_text("anna@example.com\n")
    rows = [
        {"email": "anna@example.com", "person_key": 7},
        {"email": "anna@private.example", "person_key": 7},
    ]
    where = context(suppression=[tmp_path / "s.txt"])
    table = through(rows, ["address_syntax", "address_keys", "suppression", "objection", "objected_elsewhere"], where)
    found = verdicts(table, ["on_suppression_list", "objected_in_another_row"], where)
    assert found == [{"on_suppression_list": "remove"}, {"objected_in_another_row": "review"}]


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ({"country": "AT"}, True),
        ({"country": "AT", "register_checked_on": date(2026, 10, 20)}, False),
        ({"country": "AT", "register_checked_on": date(2026, 5, 20)}, True),
        ({"country": "AT", "permission": "consent"}, False),
        ({"country": "AT", "register_screened": True}, False),
        ({"country": "FR"}, False),
        ({"country": "PT"}, True),
        ({"country": "BG"}, True),
        ({"country": "ES"}, True),
    ],
)
def test_a_register_is_checked_where_there_is_one(row, fires):
    where = context()
    table = through([row], ["country", "terms"], where)
    assert bool(verdicts(table, ["register_check_missing_or_stale"], where)[0]) is fires
