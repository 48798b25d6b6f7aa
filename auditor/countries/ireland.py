"""Ireland: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import IE_SI_336
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="IE",
    name=Text(en="Ireland", fr="Irlande"),
    languages=(
        "en",
        "ga",
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
            customer_window_months=12,
            refs={"email": (IE_SI_336,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            note=Text(
                en=(
                    "Named address: used mainly for business, and a message solely about that activity. "
                    "Customers: within 12 months of the sale or the last such message."
                ),
                fr=(
                    "Adresse nominative : usage surtout professionnel et message portant sur cette seule "
                    "activité. Clients : dans les 12 mois de la vente ou du dernier message."
                ),
            ),
        ),
    ),
    sources=(
        "dataprotection.ie, rules for direct electronic marketing",
        "irishstatutebook.ie, S.I. 336/2011",
    ),
)
