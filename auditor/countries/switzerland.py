"""Switzerland: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import CH_DSG, CH_UWG_3_O
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="CH",
    name=Text(en="Switzerland", fr="Suisse"),
    languages=(
        "de",
        "fr",
        "it",
    ),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=True,
            refs={"email": (CH_UWG_3_O,), "notice": (CH_DSG,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={
                "named_address_needs_consent": Severity.REMOVE,
                "sole_trader_as_company": Severity.REMOVE,
                "double_opt_in_unfinished": Severity.REMOVE,
            },
            note=Text(
                en=(
                    "Automated mass mail; automation decides, not the number of recipients. The customer "
                    "exception needs a real purchase; an account is not enough."
                ),
                fr=(
                    "Envois automatisés de masse ; c’est l’automatisation qui compte, non le nombre de "
                    "destinataires. L’exception clients suppose un achat réel ; un compte ne suffit pas."
                ),
            ),
        ),
    ),
    sources=(
        "edoeb.admin.ch, Werbung und Marketing",
        "datenrecht.ch, SLK 172/20",
        "fedlex.admin.ch, SR 241",
    ),
)
