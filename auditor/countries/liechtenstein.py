"""Liechtenstein: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import ECD_7_2, LI_KOMG
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="LI",
    name=Text(en="Liechtenstein", fr="Liechtenstein"),
    languages=("de",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (LI_KOMG,), "register": (ECD_7_2,)},
            confidence={
                "named": Confidence.LOW,
                "generic": Confidence.LOW,
                "personal": Confidence.LOW,
                "sole_trader": Confidence.LOW,
            },
            note=Text(
                en=("The act of 2006 may have been replaced; a government register is possible under ECG 7(2)."),
                fr="La loi de 2006 a pu être remplacée ; un registre public est possible selon l’ECG 7(2).",
            ),
        ),
    ),
    sources=("gesetze.li 2005.254, 2006.91",),
)
