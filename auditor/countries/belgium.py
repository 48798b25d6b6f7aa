"""Belgium: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import APD_BLACK_TIGER, BE_XII_13
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="BE",
    name=Text(en="Belgium", fr="Belgique"),
    languages=(
        "nl",
        "fr",
        "de",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (BE_XII_13,), "register_source": (APD_BLACK_TIGER,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={
                "named_address_needs_consent": Severity.REMOVE,
                "sole_trader_as_company": Severity.REMOVE,
                "public_register_source": Severity.REMOVE,
            },
            note=Text(
                en="An impersonal address of a legal person is exempt; a named one is not.",
                fr=("L’adresse impersonnelle d’une personne morale est exemptée ; l’adresse nominative ne l’est pas."),
            ),
        ),
    ),
    sources=(
        "etaamb.openjustice.be, numac 2003011238",
        "autoriteprotectiondonnees.be, décision 07/2024",
    ),
)
