"""Iceland: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import IS_70_2022
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="IS",
    name=Text(en="Iceland", fr="Islande"),
    languages=("is",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (IS_70_2022,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.LOW,
                "personal": Confidence.LOW,
                "sole_trader": Confidence.LOW,
            },
            note=Text(
                en="One summary source: consent of the subscriber. Findings stay for a person to decide.",
                fr=("Une seule source de synthèse : consentement de l’abonné. La décision revient à une personne."),
            ),
        ),
    ),
    sources=("dlapiperdataprotection.com, Iceland",),
)
