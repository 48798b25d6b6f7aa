"""Lithuania: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import LT_ERI_81
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="LT",
    name=Text(en="Lithuania", fr="Lituanie"),
    languages=("lt",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (LT_ERI_81,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            severities={
                "named_address_needs_consent": Severity.REMOVE,
                "sole_trader_as_company": Severity.REMOVE,
                "generic_address_needs_consent": Severity.REMOVE,
            },
            note=Text(
                en="Published company contacts need consent too.",
                fr="Les coordonnées de société publiées exigent aussi un consentement.",
            ),
        ),
    ),
    sources=(
        "legaltip.lt",
        "e-tar.lt, elektroninių ryšių įstatymas",
    ),
)
