"""Czechia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import CZ_480_2004
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="CZ",
    name=Text(en="Czechia", fr="Tchéquie"),
    languages=("cs",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (CZ_480_2004,)},
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
                en=(
                    "User means natural or legal person. Bought lists: show who consented, to whom, for what, "
                    "before the first message."
                ),
                fr=(
                    "« Utilisateur » désigne personne physique ou morale. Fichiers achetés : prouver qui a "
                    "consenti, à qui, pour quoi, avant le premier message."
                ),
            ),
        ),
    ),
    sources=(
        "uoou.gov.cz, notice on databases",
        "zakonyprolidi.cz, 480/2004 Sb.",
    ),
)
