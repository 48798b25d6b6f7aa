"""Spain: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import AEPD_SOLE_TRADERS, ES_LOPDGDD_23, ES_LSSI_21
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="ES",
    name=Text(en="Spain", fr="Espagne"),
    languages=(
        "es",
        "ca",
        "gl",
        "eu",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            email_register="Lista Robinson",
            register_fresh_days=30,
            refs={"email": (ES_LSSI_21,), "register": (ES_LOPDGDD_23,), "register_source": (AEPD_SOLE_TRADERS,)},
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
            },
            note=Text(
                en="Natural and legal persons alike. Sole traders are natural persons.",
                fr="Personnes physiques et morales à égalité. Les indépendants sont des personnes physiques.",
            ),
        ),
    ),
    sources=(
        "boe.es, LSSI 21",
        "privtools.eu, informes 2018-0164 y 2010-0105",
    ),
)
