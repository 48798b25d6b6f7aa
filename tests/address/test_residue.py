"""Residues met in the field, one line per way of writing; none of them stands in the corpora."""

import polars as pl
import pytest

from tests.address import corpora


def judged(email: str, **row: str) -> tuple[object, object]:
    found = corpora.early(pl.DataFrame([{"email": email, **row}]))
    return found["residue"][0], found["recovered"][0]


@pytest.mark.parametrize(
    ("cell", "code", "recovered"),
    [
        (r"\x3cjan@verzonnen.nl\x3e", "escape_rest", "jan@verzonnen.nl"),
        ("2520marie.durand@fictif.fr", "escape_rest", "marie.durand@fictif.fr"),
        (r"\tmarie@fictif.fr", "escape_rest", "marie@fictif.fr"),
        ("• marie@fictif.fr", "punctuation", "marie@fictif.fr"),
        ("📧marie@fictif.fr", "punctuation", "marie@fictif.fr"),
        ("→ marie@fictif.fr", "punctuation", "marie@fictif.fr"),
        ("marie@fictif fr", "comma_for_dot", "marie@fictif.fr"),
        ("marie @ fictif . fr", "spaces", "marie@fictif.fr"),
        ("m a r i e @ f i c t i f . f r", "spaces", "marie@fictif.fr"),
        ("Jean marie@fictif.fr", "text_around", "marie@fictif.fr"),
        ("+49(0)30/1234567info@demo.de", "phone_glued", "info@demo.de"),
        ("T.0201234567info@verzonnen.nl", "phone_glued", "info@verzonnen.nl"),
        ("Tel:+34912345678info@ficticia.es", "phone_glued", "info@ficticia.es"),
        ("info@inventata.itP.IVA", "word_glued", "info@inventata.it"),
        ("info@inventata.itprivacy", "word_glued", "info@inventata.it"),
        ("info@ficticia.esTeléfono", "word_glued", "info@ficticia.es"),
        ("marie@fictif.com.Tel", "word_glued", "marie@fictif.com"),
        ("Kontaktinfo@demo.de", "label_glued", "info@demo.de"),
        ("75008Pariscontact@fictif.fr", "label_glued", "contact@fictif.fr"),
        ("marie|at|fictif|dot|fr", "spelled_out", "marie@fictif.fr"),
        ("marie@fictif.fr.invalid", "anti_spam_word", "marie@fictif.fr"),
        ("SPAMmarie@fictif.fr", "anti_spam_word", "marie@fictif.fr"),
        ("marie@SUPPRIMERMOIfictif.fr", "anti_spam_word", "marie@fictif.fr"),
        ("marie@fictif.frmarie@fictif.fr", "several_addresses", "marie@fictif.fr"),
        ("marie@fictif.fr@fictif.fr", "several_addresses", "marie@fictif.fr"),
        ("marie@luc@fictif.fr", "several_addresses", None),
        ("{0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f}@fictif.fr", "tracker_key", None),
        ("0a1b2c3d4e5f0a1b2c3d4e5f@fictif.fr", "tracker_key", None),
        ("@tailwind base;", "code_rule", None),
        ("grid__cell--wide@desktop", "code_rule", None),
        ("hidden@hidden", "masked", None),
        ("Klicken Sie hier, um die E-Mail-Adresse zu sehen", "obfuscation_text", None),
        ("Correo electrónico no disponible", "obfuscation_text", None),
        ("marie@bureau.local", "reserved_domain", None),
        ("Јаne@madeup.co.uk", "mixed_script", "Jane@madeup.co.uk"),
    ],
)
def test_a_residue_explains_itself(cell: str, code: str, recovered: str | None) -> None:
    assert judged(cell) == (code, recovered)


@pytest.mark.parametrize(
    ("cell", "row"),
    [
        ("x22labs@madeup.com", {"company": "X22 Labs"}),
        ("contact@antispam-fictif.fr", {"company": "Antispam Fictif"}),
        ("prenom@bijoux-fictifs.fr", {"company": "Prénom Bijoux"}),
        ("foo@madeup.com", {"first_name": "Wei", "last_name": "Foo"}),
        ("mailtown@madeup.com", {}),
        ("оксана@madeup.com", {}),
        ("marie@fictif.Fr", {}),
        ("Jean.SPAMPINI@fictif.fr", {}),
        ("bar@hotel-fictif.fr", {}),
    ],
)
def test_a_word_that_the_firm_or_the_name_bears_is_no_residue(cell: str, row: dict[str, str]) -> None:
    assert judged(cell, **row) == (None, None)


def test_a_template_that_filled_the_names_as_well_stays_a_placeholder() -> None:
    assert judged("nom@fictif.fr", first_name="Prénom", last_name="Nom")[0] == "placeholder"
    assert judged("prenom@fictif.fr", company="Prenom")[0] == "placeholder"
