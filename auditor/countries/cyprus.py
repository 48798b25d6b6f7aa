"""Cyprus: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import CY_112_2004
from auditor.model import Confidence, CountryPack, Regime, Terms, Text

PACK = CountryPack(
    code="CY",
    name=Text(en="Cyprus", fr="Chypre"),
    languages=(
        "el",
        "en",
        "tr",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (CY_112_2004,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.LOW,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            note=Text(
                en=(
                    "Consent must come from the recipient; asking for it by mail is itself unlawful. Review "
                    "until the text of section 106 is confirmed."
                ),
                fr=(
                    "Le consentement doit venir du destinataire ; le demander par courriel est déjà illicite. "
                    "Examen tant que le texte de l’article 106 n’est pas confirmé."
                ),
            ),
        ),
    ),
    sources=(
        "harriskyriakides.law, 22 April 2024",
        "mondaq.com 1023104",
    ),
)
