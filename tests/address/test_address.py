"""The two axes of an address, its keys, and what the other columns of the row change."""

import polars as pl
import pytest

from auditor.intake.mapping import ColumnUse
from auditor.normalise import emails
from tests.address import corpora


def one(**row: object) -> dict[str, object]:
    frame = pl.DataFrame(
        [row], schema_overrides={"email_others": pl.List(pl.String), "email_other_labels": pl.List(pl.String)}
    )
    return corpora.judge(frame).row(0, named=True)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("jean.demo@acme-demo.fr", "nominative@professional"),
        ("contact@acme-demo.fr", "generic@professional"),
        ("contact@orange.fr", "generic@personal"),
        ("jean@gmail.com", "nominative@personal"),
        ("jean@duck.com", "nominative@relay"),
        ("jean@yopmail.com", "nominative@disposable"),
        ("jean@bt.com", "nominative@ambiguous"),
        ("jean@demo.avocat.fr", "nominative@shared-professional"),
        ("no-reply@acme-demo.fr", "technical@professional"),
        ("dpo@acme-demo.fr", "reserved-purpose@professional"),
        ("0612345678@acme-demo.fr", "nominative@professional"),
        ("nonsense", "invalid"),
        (None, "missing"),
    ],
)
def test_an_address_stands_on_two_axes(email: str | None, expected: str) -> None:
    assert one(email=email)["address_class"] == expected


def test_a_local_part_no_person_could_bear_is_unknown() -> None:
    assert one(email="0612345678@acme-demo.fr")["address_kind"] == "unknown"


@pytest.mark.parametrize("site", ["bt.com", "https://www.bt.com/careers", "WWW.BT.COM"])
def test_the_companys_own_domain_overrides_a_provider_hit(site: str) -> None:
    row = one(email="jean@bt.com", company_domain=site)
    assert (row["domain_class"], row["own_domain"]) == ("professional", True)


def test_a_webmail_name_as_company_domain_was_filled_from_the_address_and_stays_doubtful() -> None:
    assert one(email="jean@gmail.com", company_domain="gmail.com")["domain_class"] == "ambiguous"


@pytest.mark.parametrize(("company", "kind"), [("Plomberie Fictive", "ambiguous"), ("Orange SA", "professional")])
def test_a_providers_domain_is_the_companys_own_where_its_name_says_so(company: str, kind: str) -> None:
    assert one(email="jean@orange.fr", company_domain="orange.fr", company=company)["domain_class"] == kind


def test_another_companys_domain_changes_nothing() -> None:
    assert one(email="jean@gmail.com", company_domain="acme-demo.fr")["domain_class"] == "freemail"


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"email": "alexa@acme-demo.fr", "first_name": "Alexa", "last_name": "Roy"}, "nominative"),
        ({"email": "alexa@acme-demo.fr", "first_name": "Luc", "last_name": "Roy"}, "generic"),
        ({"email": "alexa@acme-demo.fr"}, "unknown"),
        ({"email": "paris@acme-demo.fr", "first_name": "Jo", "last_name": "Paris"}, "nominative"),
        ({"email": "dean@acme-demo.co.uk", "first_name": "Dean", "last_name": "Roy"}, "nominative"),
        ({"email": "virginie.contact@acme-demo.fr", "first_name": "Virginie", "last_name": "Contact"}, "nominative"),
        ({"email": "contact@acme-demo.fr", "first_name": "Contact", "last_name": "Contact"}, "generic"),
        ({"email": "contact@acme-demo.fr", "first_name": "Contact"}, "generic"),
        ({"email": "sales@acme-demo.pt", "first_name": "Raquel", "last_name": "Sales"}, "nominative"),
        ({"email": "noreply@acme-demo.fr", "first_name": "No", "last_name": "Reply"}, "technical"),
        ({"email": "ap@acme-demo.fr", "first_name": "Anna", "last_name": "Post"}, "nominative"),
        ({"email": "noreply.k@acme-demo.no", "first_name": "Kjetil", "last_name": "Noreply"}, "nominative"),
        ({"email": "bounce@acme-demo.de", "company": "Bounce Trampolin"}, "generic"),
        ({"email": "bounce@acme-demo.de", "company": "Trampolin Demo"}, "technical"),
        ({"email": "rh-nantes@acme-demo.fr"}, "generic"),
        ({"email": "ola@acme-demo.pl"}, "unknown"),
        ({"email": "it.florence@acme-demo.fr"}, "nominative"),
    ],
)
def test_role_words_that_are_names_are_decided_with_the_name_columns(row: dict[str, str], kind: str) -> None:
    assert one(**row)["address_kind"] == kind


def test_matching_keys_ignore_case_and_variants_ignore_tags_and_gmail_dots() -> None:
    frame = pl.DataFrame(
        {
            "email": [
                "J.Doe+news@GMail.com",
                "j.doe+news@gmail.com",
                "jdoe@googlemail.com",
                "j.doe@acme-demo.fr",
                "jdoe@acme-demo.fr",
                None,
            ]
        }
    )
    keys = corpora.judge(frame).select("match_key", "variant_key", "address").rows()
    assert keys[0][0] == keys[1][0] != keys[2][0]
    assert keys[0][1] == keys[1][1] == keys[2][1]
    assert keys[3][1] != keys[4][1]
    assert keys[5][:2] == (None, None)
    assert keys[0][2] == "J.Doe+news@gmail.com", "the address itself is never rewritten"


def test_further_columns_count_with_their_worst_class_and_their_labels() -> None:
    row = {
        "email": "jean@acme-demo.fr",
        "email_others": ["j@acme-demo.fr", "jean@orange.fr"],
        "email_other_labels": ["other", "other"],
    }
    assert one(**row)["others_class"] == "isp"
    assert one(**{**row, "email_others": ["j@acme-demo.fr"], "email_other_labels": ["Home"]})["others_class"] == "home"
    assert (
        one(**{**row, "email_others": ["j@acme-demo.fr"], "email_other_labels": []})["others_class"] == "professional"
    )
    assert one(email="jean@acme-demo.fr", email_label="Email perso")["private_label"] is True


def test_batches_and_order_change_no_answer() -> None:
    cells = pl.concat([corpora.read("legitimate").select("email", "first_name", "last_name").head(400)])
    whole = corpora.early(cells)
    parts = pl.concat([corpora.early(cells.slice(start, 37)) for start in range(0, 400, 37)])
    back = corpora.early(cells.reverse()).reverse()
    assert whole.equals(parts)
    assert whole.equals(back)


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "@",
        "a@",
        "@b.fr",
        "💥@💥.fr",
        "x" * 5000,
        "a@b@c",
        "<>",
        "\u202e@\u202d",
        "%",
        "&#;@",
        "(at)",
        "\u200ba@b@c",
        "\u200b@",
        "\u200b.",
    ],
)
def test_any_text_gets_an_answer(text: str) -> None:
    assert one(email=text, first_name=text, last_name=text)["address_class"] is not None


def test_blanks_of_another_kind_round_an_address_are_seen() -> None:
    uses = (ColumnUse(index=0, header="E-mail", canonical="email"),)
    cells = pl.DataFrame(
        {"cell_0": ["\u00a0jean@acme-demo.fr\u2007", " jean@acme-demo.fr\t", "\u00a0", "élise@acme-demo.fr "]}
    )
    read = emails.read(cells, uses)["email"]
    assert read.to_list() == ["\u00a0jean@acme-demo.fr\u2007", "jean@acme-demo.fr", None, "élise@acme-demo.fr"]
    found = corpora.early(read.to_frame("email"))
    assert found.select("residue", "recovered").row(0) == ("hidden_character", "jean@acme-demo.fr")


@pytest.mark.parametrize(("local", "severity"), [("admin", 2), ("noreply", 3), ("test", 2), ("abuse", 3)])
def test_a_technical_word_that_offices_use_too_is_for_a_person_to_judge(local: str, severity: int) -> None:
    judged = corpora.judge(pl.DataFrame({"email": [f"{local}@acme-demo.fr"]}))
    assert corpora.weights(judged)["technical_role_address"].to_list() == [severity]
