"""Malta: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import MT_SL_586_01
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="MT",
    name=Text(en="Malta", fr="Malte"),
    languages=(
        "mt",
        "en",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (MT_SL_586_01,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en="Only an old summary by the regulator was found; a named work address is not settled.",
                fr=(
                    "Seule une synthèse ancienne du régulateur a été trouvée ; l’adresse professionnelle "
                    "nominative n’est pas tranchée."
                ),
            ),
        ),
    ),
    sources=(
        "itu.int, spam legislation Malta",
        "legislation.mt, S.L. 586.01",
    ),
)
