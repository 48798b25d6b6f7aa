"""Netherlands: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import NL_TW_11_7
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="NL",
    name=Text(en="Netherlands", fr="Pays-Bas"),
    languages=("nl",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.OUT_IF,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            conditions={"generic": "published"},
            customer_exception=True,
            refs={"email": (NL_TW_11_7,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={"named_address_needs_consent": Severity.REMOVE, "sole_trader_as_company": Severity.REMOVE},
            note=Text(
                en=(
                    "Legal persons are protected since 1 October 2009; a company mailbox is free only if it "
                    "is published for such messages."
                ),
                fr=(
                    "Les personnes morales sont protégées depuis le 1er octobre 2009 ; une boîte de société "
                    "n’est libre que si elle est publiée pour de tels messages."
                ),
            ),
        ),
    ),
    sources=(
        "wetten.overheid.nl, Telecommunicatiewet 11.7",
        "companyinfo.nl FAQ",
    ),
)
