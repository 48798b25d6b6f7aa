"""Croatia: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import HR_ZEK_50
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="HR",
    name=Text(en="Croatia", fr="Croatie"),
    languages=("hr",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.NOT_COVERED,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (HR_ZEK_50,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en="Messages to legal persons are exempt; whether that reaches a named work address is open.",
                fr=(
                    "Les messages aux personnes morales sont exemptés ; l’extension à l’adresse nominative est ouverte."
                ),
            ),
        ),
    ),
    sources=(
        "portofon.com, čl. 50 ZEK",
        "narodne-novine.nn.hr, NN 76/2022",
    ),
)
