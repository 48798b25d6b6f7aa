"""Luxembourg: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import LU_ECOM_48
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="LU",
    name=Text(en="Luxembourg", fr="Luxembourg"),
    languages=(
        "fr",
        "de",
        "lb",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (LU_ECOM_48,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.LOW,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=("Thin and contradictory sources: consent is asked for, findings stay for a person to decide."),
                fr=(
                    "Sources minces et contradictoires : le consentement est exigé, la décision revient à une personne."
                ),
            ),
        ),
    ),
    sources=(
        "lexology.com 75fcbee8",
        "data.legilux.public.lu 2011-08-10-n1",
    ),
)
