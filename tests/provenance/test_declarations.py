import pytest

from auditor.facts.declarations import missing_declarations
from auditor.intake.mapping import ColumnUse, Mapping
from auditor.model import Text


def mapping(*columns: str, list_class: str | None = None) -> Mapping:
    uses = tuple(ColumnUse(index=n, header=name, canonical=name) for n, name in enumerate(columns))
    return Mapping(source="x", title=Text(en="x", fr="x"), confidence=1.0, columns=uses, list_class=list_class)


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        (mapping("email"), ["source", "collected_on", "legal_basis", "lia_ref"]),
        (mapping("email", "source", "collected_on", "legal_basis", "lia_ref"), []),
        (
            mapping("email", "source", list_class="scraped"),
            ["collected_on", "legal_basis", "notice_on", "notice_lang", "lia_ref"],
        ),
        (
            mapping("email", "source", "seller", "collected_on", "legal_basis"),
            ["notice_on", "notice_lang", "contract_ref", "lia_ref"],
        ),
        (
            mapping("email", "source", "collected_on", "legal_basis", "consent_at", "consent_text_id"),
            ["consent_method", "consent_purpose", "consent_controller"],
        ),
    ],
)
def test_only_what_the_list_lacks_and_could_use_is_proposed(known, wanted):
    assert missing_declarations(known) == wanted
