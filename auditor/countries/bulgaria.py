"""Bulgaria: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import BG_ZET_6
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="BG",
    name=Text(en="Bulgaria", fr="Bulgarie"),
    languages=("bg",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.OUT_IF,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            conditions={"generic": "register"},
            customer_exception=True,
            email_register="KZP",
            register_fresh_days=30,
            refs={"email": (BG_ZET_6,), "register": (BG_ZET_6,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.LOW,
                "sole_trader": Confidence.LOW,
            },
            note=Text(
                en=(
                    "Consent for natural persons was not read again: review only. Legal persons: after a "
                    "check of the register."
                ),
                fr=(
                    "Le consentement des personnes physiques n’a pas été relu : examen seulement. Personnes "
                    "morales : après consultation du registre."
                ),
            ),
        ),
    ),
    sources=(
        "kzp.bg, register of legal persons",
        "lex.bg 2135647445",
    ),
)
