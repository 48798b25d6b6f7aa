"""Denmark: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import DK_MFL_10
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="DK",
    name=Text(en="Denmark", fr="Danemark"),
    languages=("da",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (DK_MFL_10,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={
                "named_address_needs_consent": Severity.REMOVE,
                "sole_trader_as_company": Severity.REMOVE,
                "generic_address_needs_consent": Severity.REMOVE,
            },
            note=Text(
                en="Firms and authorities are covered; messages on social networks too.",
                fr="Entreprises et administrations sont couvertes ; les messages sur réseaux sociaux aussi.",
            ),
        ),
    ),
    sources=(
        "danskelove.dk, markedsføringsloven § 10",
        "danskindustri.dk, spamforbuddet",
    ),
)
