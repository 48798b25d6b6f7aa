"""Poland: terms for commercial e-mail; law of the recipient's country."""

from datetime import date

from auditor.legal import PL_PKE_398, PL_UUDE_10, UODO_BISNODE
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

PACK = CountryPack(
    code="PL",
    name=Text(en="Poland", fr="Pologne"),
    languages=("pl",),
    last_checked=date(2026, 11, 1),
    terms=(
        Terms(
            named=Regime.IN,
            generic=Regime.UNCLEAR,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=False,
            refs={"email": (PL_UUDE_10,)},
            confidence={
                "named": Confidence.MEDIUM,
                "generic": Confidence.LOW,
                "personal": Confidence.MEDIUM,
                "sole_trader": Confidence.MEDIUM,
            },
            valid_to=date(2024, 11, 9),
            note=Text(
                en=(
                    "Before 10 November 2024 the act on electronic services protected natural persons; "
                    "company mailboxes were debated. No express customer exception."
                ),
                fr=(
                    "Avant le 10 novembre 2024, la loi sur les services électroniques protégeait les "
                    "personnes physiques ; les boîtes de société faisaient débat. Pas d’exception clients "
                    "expresse."
                ),
            ),
        ),
        Terms(
            named=Regime.IN,
            generic=Regime.IN,
            personal=Regime.IN,
            sole_trader=Regime.IN,
            customer_exception=False,
            refs={"email": (PL_PKE_398,), "register_source": (UODO_BISNODE,)},
            confidence={
                "named": Confidence.HIGH,
                "generic": Confidence.MEDIUM,
                "personal": Confidence.HIGH,
                "sole_trader": Confidence.HIGH,
            },
            severities={"named_address_needs_consent": Severity.REMOVE, "sole_trader_as_company": Severity.REMOVE},
            valid_from=date(2024, 11, 10),
            note=Text(
                en=(
                    "Subscriber or end user, businesses included; company mailboxes are debated. No express "
                    "customer exception."
                ),
                fr=(
                    "Abonné ou utilisateur final, entreprises comprises ; les boîtes de société font débat. "
                    "Pas d’exception clients expresse."
                ),
            ),
        ),
    ),
    sources=(
        "radcaprawny.kirp.pl",
        "isap.sejm.gov.pl, PKE art. 398",
    ),
)
