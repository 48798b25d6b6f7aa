"""Estonia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import EE_ESS_103
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="EE",
    name=Text(en="Estonia", fr="Estonie"),
    languages=("et",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (EE_ESS_103,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=(
                    "A named work address counts as the company's if the offer concerns the company: not "
                    "settled. Proof of consent lies with the advertiser."
                ),
                fr=(
                    "L’adresse nominative vaut adresse de société si l’offre concerne la société : point non "
                    "tranché. La preuve du consentement pèse sur l’annonceur."
                ),
            ),
        ),
    ),
    sources=(
        "riigiteataja.ee, ESS § 103-1",
        "ttja.ee",
    ),
)
