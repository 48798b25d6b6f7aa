"""Hungary: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import HU_GRT_6
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="HU",
    name=Text(en="Hungary", fr="Hongrie"),
    languages=("hu",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.NOT_COVERED,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=False,
            refs={"email": (HU_GRT_6,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={"named_address_needs_consent": Severity.REMOVE, "sole_trader_as_company": Severity.REMOVE},
            note=Text(
                en=(
                    "A mailbox that serves several people is outside the rule; one that serves a single "
                    "person is not. No express customer exception; the sender keeps a consent register."
                ),
                fr=(
                    "Une boîte utilisée par plusieurs personnes est hors du champ ; celle d’une seule "
                    "personne ne l’est pas. Pas d’exception clients expresse ; registre des consentements "
                    "obligatoire."
                ),
            ),
        ),
    ),
    sources=(
        "nmhh.hu 4077, 4089",
        "njt.hu, 2008. évi XLVIII. törvény",
    ),
)
