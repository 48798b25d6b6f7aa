"""Greece: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import GR_3471_2006
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="GR",
    name=Text(en="Greece", fr="Grèce"),
    languages=("el",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (GR_3471_2006,)},
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
        "dpa.gr, directive 2/2011",
        "lawandtech.eu",
    ),
)
