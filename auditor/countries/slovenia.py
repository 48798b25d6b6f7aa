"""Slovenia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import SI_ZEKOM_226
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="SI",
    name=Text(en="Slovenia", fr="Slovénie"),
    languages=("sl",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (SI_ZEKOM_226,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.LOW,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en="Article number and practice for companies are not confirmed.",
                fr="Le numéro d’article et la pratique pour les sociétés ne sont pas confirmés.",
            ),
        ),
    ),
    sources=(
        "ip-rs.si, opinions 2020",
        "cert.si",
    ),
)
