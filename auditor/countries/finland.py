"""Finland: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import FI_917_2014
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="FI",
    name=Text(en="Finland", fr="Finlande"),
    languages=(
        "fi",
        "sv",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.OUT_IF,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            conditions={"named": "role_related"},
            customer_exception=True,
            refs={"email": (FI_917_2014,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            note=Text(
                en=(
                    "Named address: tied to actual duties, a title alone is not enough. Guidance read dates "
                    "from the earlier act."
                ),
                fr=(
                    "Adresse nominative : lien avec les fonctions réelles, un titre seul ne suffit pas. Les "
                    "lignes directrices lues datent de la loi antérieure."
                ),
            ),
        ),
    ),
    sources=(
        "crm2.com, Finnish law",
        "finlex.fi, 917/2014",
    ),
)
