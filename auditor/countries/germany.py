"""Germany: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import AG_MUNCHEN_2023, BGH_III_ZR_196_17, DE_UWG_7, DSK_MARKETING
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="DE",
    name=Text(en="Germany", fr="Allemagne"),
    languages=("de",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            consent_dormant_months=24,
            refs={
                "email": (DE_UWG_7,),
                "consent": (DSK_MARKETING,),
                "dormant": (
                    AG_MUNCHEN_2023,
                    BGH_III_ZR_196_17,
                ),
            },
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
                "consent_dormant": Severity.REVIEW,
            },
            note=Text(
                en=(
                    "Businesses and consumers alike; double opt-in is the practical proof. Courts differ on "
                    "unused consent: 24 months calls for a look, no statute says so."
                ),
                fr=(
                    "Entreprises comme particuliers ; le double opt-in est la preuve en pratique. Les "
                    "tribunaux divergent sur le consentement inutilisé : 24 mois appellent un examen, aucun "
                    "texte ne le dit."
                ),
            ),
        ),
    ),
    sources=(
        "gesetze-im-internet.de, UWG § 7",
        "datenschutzkonferenz-online.de, OH Direktwerbung 2022",
    ),
)
