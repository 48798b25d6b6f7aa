"""Slovakia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import SK_452_2021
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="SK",
    name=Text(en="Slovakia", fr="Slovaquie"),
    languages=("sk",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.OUT_IF,
            generic=Regime.OUT_IF,
            personal=Regime.IN,
            sole_trader=Regime.OUT_IF,
            conditions={"named": "published", "generic": "published", "sole_trader": "published"},
            customer_exception=True,
            objection_kept_months=48,
            refs={"email": (SK_452_2021,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.HIGH,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=(
                    "Published contact data of a firm or entrepreneur may be used; an employee's address is "
                    "less certain. Refusals and proofs are kept four years."
                ),
                fr=(
                    "Les coordonnées publiées d’une entreprise peuvent être utilisées ; l’adresse d’un "
                    "salarié est moins certaine. Refus et preuves se gardent quatre ans."
                ),
            ),
        ),
    ),
    sources=(
        "zakony.judikaty.info, 452/2021 § 116",
        "epravo.sk",
    ),
)
