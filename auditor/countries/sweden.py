"""Sweden: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import SE_MFL_19
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="SE",
    name=Text(en="Sweden", fr="Suède"),
    languages=("sv",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.OUT_IF,
            generic=Regime.OUT,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            conditions={"named": "role_related"},
            customer_exception=True,
            refs={"email": (SE_MFL_19,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            severities={"sole_trader_as_company": Severity.REMOVE},
            note=Text(
                en=(
                    "Named address: relevance to the professional role comes from the industry code and is "
                    "not settled in law. Enskild firma is a natural person."
                ),
                fr=(
                    "Adresse nominative : le lien avec la fonction vient du code de la profession et n’est "
                    "pas fixé par la loi. L’enskild firma est une personne physique."
                ),
            ),
        ),
    ),
    sources=(
        "par.se",
        "riksdagen.se, SFS 2008:486",
    ),
)
