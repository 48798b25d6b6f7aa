"""Italy: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import GARANTE_149, IT_CODICE_130
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="IT",
    name=Text(en="Italy", fr="Italie"),
    languages=("it",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (IT_CODICE_130,), "register_source": (GARANTE_149,)},
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
                "public_register_source": Severity.REMOVE,
            },
            note=Text(
                en=(
                    "The protected party includes legal persons. Public registers and INI-PEC are no source. "
                    "A first message may not ask for consent."
                ),
                fr=(
                    "Le « contraente » protégé comprend les personnes morales. Registres publics et INI-PEC "
                    "ne sont pas des sources. Un premier message ne peut solliciter le consentement."
                ),
            ),
        ),
    ),
    sources=(
        "garanteprivacy.it, linee guida 4 luglio 2013 n. 330",
        "normattiva.it, D.Lgs. 196/2003",
    ),
)
