"""Country unknown: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import EPD_13_1, EPD_13_5
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="XX",
    name=Text(en="Country unknown", fr="Pays inconnu"),
    languages=(),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=False,
            refs={
                "email": (
                    EPD_13_1,
                    EPD_13_5,
                )
            },
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.LOW,
                "personal": Confidence.LOW,
                "sole_trader": Confidence.LOW,
            },
            note=Text(
                en=(
                    "The strictest known terms serve where the country is unknown, contradictory or has no "
                    "pack; every finding stays for a person to decide."
                ),
                fr=(
                    "Les termes les plus stricts connus s’appliquent quand le pays est inconnu, "
                    "contradictoire ou sans fiche ; toute décision revient à une personne."
                ),
            ),
        ),
    ),
    sources=("Directive 2002/58/EC, article 13",),
)
