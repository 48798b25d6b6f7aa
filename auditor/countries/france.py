"""France: terms for commercial e-mail; law of the recipient's country."""

from dataclasses import replace
from datetime import date

from auditor.legal import CNIL_B2B, CNIL_OBJECTION, CNIL_RETENTION, FR_2025_594, FR_L34_5
from auditor.model import Confidence, CountryPack, Regime, Severity, Terms, Text

_TERMS = Terms(
    named=Regime.OUT_IF,
    generic=Regime.NOT_COVERED,
    personal=Regime.IN,
    sole_trader=Regime.IN,
    conditions={"named": "role_related"},
    customer_exception=True,
    inactive_months=36,
    objection_kept_months=36,
    consumer_calls=Regime.OUT,
    refs={
        "email": (FR_L34_5,),
        "named": (
            FR_L34_5,
            CNIL_B2B,
        ),
        "retention": (CNIL_RETENTION,),
        "objection": (CNIL_OBJECTION,),
        "calls": (FR_2025_594,),
    },
    confidence={
        "named": Confidence.HIGH,
        "generic": Confidence.HIGH,
        "personal": Confidence.HIGH,
        "sole_trader": Confidence.MEDIUM,
    },
    severities={"inactive_too_long": Severity.REMOVE},
    valid_to=date(2026, 8, 10),
    note=Text(
        en=(
            "Named work address: opt-out when the offer relates to the job and the person was "
            "informed and able to object at collection. Company mailboxes are outside the rule. A "
            "self-employed person whose only mailbox is a private one is not settled: treated as "
            "private."
        ),
        fr=(
            "Adresse professionnelle nominative : opposition possible si l’offre est liée au métier "
            "et si la personne a été informée et mise en mesure de s’opposer dès la collecte. Les "
            "boîtes de société sont hors du champ. L’indépendant qui n’a qu’une messagerie privée "
            "reste un cas ouvert : traité comme un particulier."
        ),
    ),
)

PACK = CountryPack(
    code="FR",
    name=Text(en="France", fr="France"),
    languages=("fr",),
    last_checked=date(2026, 11, 1),
    terms=(
        _TERMS,
        # law 2025-594 changes calls to consumers, nothing else
        replace(_TERMS, consumer_calls=Regime.IN, valid_from=date(2026, 8, 11), valid_to=None),
    ),
    sources=(
        "legifrance.gouv.fr, CPCE L. 34-5",
        "cnil.fr, La prospection commerciale par courrier électronique",
        "cnil.fr, durées de conservation des données de prospects",
        "legifrance.gouv.fr, loi n° 2025-594 du 30 juin 2025",
    ),
)
