"""Romania: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import RO_506_2004
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="RO",
    name=Text(en="Romania", fr="Roumanie"),
    languages=("ro",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (RO_506_2004,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.LOW,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            severities={"named_address_needs_consent": Severity.REMOVE, "sole_trader_as_company": Severity.REMOVE},
            note=Text(
                en="Protection of legal persons is known but was not read again: review only.",
                fr=("La protection des personnes morales est connue mais n’a pas été relue : examen seulement."),
            ),
        ),
    ),
    sources=(
        "avocatoo.ro",
        "legislatie.just.ro, Legea 506/2004",
    ),
)
