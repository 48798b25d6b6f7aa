"""Latvia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import LV_ISPL_9
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="LV",
    name=Text(en="Latvia", fr="Lettonie"),
    languages=("lv",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (LV_ISPL_9,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=(
                    "Regulator: natural persons consent, legal persons may refuse; a named work address is not settled."
                ),
                fr=(
                    "Régulateur : consentement pour les personnes physiques, refus possible pour les "
                    "personnes morales ; adresse nominative non tranchée."
                ),
            ),
        ),
    ),
    sources=(
        "dvi.gov.lv",
        "likumi.lv, ISPL 9. pants",
    ),
)
