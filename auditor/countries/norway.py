"""Norway: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import NO_MFL_15
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="NO",
    name=Text(en="Norway", fr="Norvège"),
    languages=(
        "no",
        "nb",
        "nn",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.NOT_COVERED,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (NO_MFL_15,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=(
                    "A named work address is not settled; mailboxes such as post@ are outside the rule. The "
                    "authority marks its own guidance as outdated."
                ),
                fr=(
                    "L’adresse professionnelle nominative n’est pas tranchée ; les boîtes du type post@ sont "
                    "hors du champ. L’autorité dit elle-même ses lignes directrices dépassées."
                ),
            ),
        ),
    ),
    sources=(
        "regjeringen.no, Ot.prp. 92 (2003-2004)",
        "forbrukertilsynet.no",
    ),
)
