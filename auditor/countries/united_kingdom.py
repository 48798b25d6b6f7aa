"""United Kingdom: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import ICO_LISTS, UK_PECR_22
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="GB",
    name=Text(en="United Kingdom", fr="Royaume-Uni"),
    languages=("en",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.OUT,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            indirect_consent_months=6,
            refs={"email": (UK_PECR_22,), "consent": (ICO_LISTS,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={"sole_trader_as_company": Severity.REMOVE, "consent_dormant": Severity.REVIEW},
            note=Text(
                en=(
                    "Corporate subscribers may be written to; sole traders and ordinary partnerships are "
                    "individuals (LLPs and Scottish partnerships are corporate). Fines up to 17.5 million GBP "
                    "or 4 % since 5 February 2026."
                ),
                fr=(
                    "Les abonnés sociétés peuvent être sollicités ; indépendants et partnerships ordinaires "
                    "sont des particuliers (LLP et partnerships écossais sont des sociétés). Amendes jusqu’à "
                    "17,5 millions GBP ou 4 % depuis le 5 février 2026."
                ),
            ),
        ),
    ),
    sources=(
        "ico.org.uk, business-to-business marketing",
        "legislation.gov.uk, PECR 22-23",
    ),
)
