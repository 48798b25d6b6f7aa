"""Portugal: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import PT_41_2004
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="PT",
    name=Text(en="Portugal", fr="Portugal"),
    languages=("pt",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.UNCLEAR,
            generic=Regime.OUT_IF,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            conditions={"generic": "register"},
            customer_exception=True,
            email_register="DGC",
            register_fresh_days=30,
            refs={"email": (PT_41_2004,), "register": (PT_41_2004,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.HIGH,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            note=Text(
                en=(
                    "Whether a named work address belongs to a protected user is open. Legal persons may be "
                    "written to until they refuse or are listed by the DGC."
                ),
                fr=(
                    "Le statut de l’adresse professionnelle nominative est ouvert. Les personnes morales "
                    "peuvent être sollicitées jusqu’au refus ou à l’inscription sur la liste DGC."
                ),
            ),
        ),
    ),
    sources=("debates.parlamento.pt, II-A 217/2012",),
)
