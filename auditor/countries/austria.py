"""Austria: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import AT_ECG_7, AT_TKG_174
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="AT",
    name=Text(en="Austria", fr="Autriche"),
    languages=("de",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            email_register="ECG-Liste",
            register_fresh_days=30,
            refs={"email": (AT_TKG_174,), "register": (AT_ECG_7,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={
                "named_address_needs_consent": Severity.REMOVE,
                "sole_trader_as_company": Severity.REMOVE,
                "generic_address_needs_consent": Severity.REMOVE,
                "double_opt_in_unfinished": Severity.REMOVE,
            },
            note=Text(
                en="The customer exception does not hold for addresses or domains on the ECG list.",
                fr="L’exception clients ne vaut pas pour les adresses ou domaines inscrits sur la liste ECG.",
            ),
        ),
    ),
    sources=(
        "ris.bka.gv.at, TKG 2021 § 174",
        "onlinesicherheit.gv.at, ECG-Liste",
    ),
)
