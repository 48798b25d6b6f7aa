"""H. Retention and age: how long a contact who gives no sign may be kept, and what counts as a sign."""

from datetime import date

import polars as pl

from auditor.legal import (
    AG_MUNCHEN_2023,
    BGH_III_ZR_196_17,
    CNIL_KASPR,
    CNIL_PERFORMECLIC,
    CNIL_RETENTION,
    CNIL_SPARTOO,
    EDPB_CONSENT,
    GDPR_5_1_E,
    GDPR_7_1,
    ICO_LISTS,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

_OVERDUE = pl.col("last_sign_on") < pl.col("pack_inactive_before")
_PASSIVE = pl.col("activity_kind").is_in(["open", "update"])
_DORMANT = pl.col("consent_used_on") < pl.when(pl.col("indirect")).then("pack_indirect_dormant_before").otherwise(
    "pack_dormant_before"
)

RULES = (
    Rule(
        id="H01",
        name="inactive_too_long",
        since="0.1",
        family=Family.RETENTION,
        lenses=(Lens.LAW, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_OVERDUE,
        refs=(GDPR_5_1_E, CNIL_RETENTION, CNIL_SPARTOO, CNIL_PERFORMECLIC),
        title=Text(en="No sign of life for too long", fr="Aucun signe depuis trop longtemps"),
        says=Text(
            en="The person's last sign, or else the collection, is older than the limit for prospects (three years is "
            "the French reference). Opened messages, enrichment and job changes do not count.",
            fr="Le dernier signe de la personne, ou à défaut la collecte, dépasse la durée prévue pour les prospects "
            "(trois ans, référence française). Ouvertures, enrichissements et changements de poste ne comptent pas.",
        ),
        cure=Text(
            en="Record the last contact that came from the person, or delete the row.",
            fr="Notez le dernier contact venu de la personne, ou supprimez la ligne.",
        ),
        false_alarms=Text(
            en="A customer relation that goes on without dates in this list; day and month exchanged.",
            fr="Une relation client qui se poursuit sans dates dans ce fichier ; jour et mois inversés.",
        ),
        evidence=("last_sign_on", "last_inbound_on", "collected_on", "pack_inactive_months"),
        fires=({"last_sign_on": date(2022, 1, 10), "pack_inactive_before": date(2023, 11, 1)},),
        quiet=(
            {"last_sign_on": date(2025, 1, 10), "pack_inactive_before": date(2023, 11, 1)},
            # three years to the day are still within the period
            {"last_sign_on": date(2023, 11, 1), "pack_inactive_before": date(2023, 11, 1)},
            {"pack_inactive_before": date(2023, 11, 1)},
        ),
    ),
    Rule(
        id="H02",
        name="timer_reset_by_open_or_update",
        since="0.1",
        family=Family.RETENTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_PASSIVE & (_OVERDUE | pl.col("last_sign_on").is_null()),
        refs=(GDPR_5_1_E, CNIL_SPARTOO, CNIL_KASPR),
        title=Text(
            en="Only an open or an update keeps the row alive",
            fr="Seule une ouverture ou une mise à jour relance le délai",
        ),
        says=Text(
            en="The last activity is an opened message, an enrichment or a job change. None of these comes from the "
            "person, and no other recent sign is recorded.",
            fr="La dernière activité est une ouverture, un enrichissement ou un changement de poste. Rien de cela ne "
            "vient de la personne, et aucun autre signe récent n’est noté.",
        ),
        cure=Text(
            en="Count from the collection or from the last click, reply or purchase; delete when that is too old.",
            fr="Comptez depuis la collecte ou le dernier clic, réponse ou achat ; supprimez si c’est trop ancien.",
        ),
        false_alarms=Text(
            en="The column names the technical event, while an answer is recorded elsewhere.",
            fr="La colonne nomme l’événement technique alors qu’une réponse est notée ailleurs.",
        ),
        evidence=("last_activity_type", "last_inbound_on", "last_sign_on"),
        detail="activity_kind",
        fires=(
            {"activity_kind": "open"},
            {
                "activity_kind": "update",
                "last_sign_on": date(2021, 2, 3),
                "pack_inactive_before": date(2023, 11, 1),
            },
        ),
        quiet=(
            {"activity_kind": "act"},
            {
                "activity_kind": "open",
                "last_sign_on": date(2026, 2, 3),
                "pack_inactive_before": date(2023, 11, 1),
            },
            {},
        ),
    ),
    Rule(
        id="H03",
        name="consent_dormant",
        since="0.1",
        family=Family.RETENTION,
        lenses=(Lens.LAW, Lens.RETURN),
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        when=pl.col("consent_state").is_in(["given", "confirmed"]) & _DORMANT,
        refs=(EDPB_CONSENT, GDPR_7_1, AG_MUNCHEN_2023, BGH_III_ZR_196_17, ICO_LISTS),
        title=Text(en="Consent unused for long", fr="Consentement inutilisé depuis longtemps"),
        says=Text(
            en="The consent has not been used for longer than courts or authorities rely on (24 months; six for "
            "consent passed on by third parties in the United Kingdom). No statute sets the period.",
            fr="Le consentement est resté inutilisé au-delà de ce qu’admettent juges ou autorités (24 mois ; six "
            "pour un "
            "consentement transmis par un tiers au Royaume-Uni). Aucun texte ne fixe cette durée.",
        ),
        cure=Text(
            en="Check that the person still expects you; renew the consent at the next occasion, or remove the row.",
            fr="Vérifiez que la personne vous attend encore ; renouvelez le consentement à la prochaine occasion, ou "
            "retirez la ligne.",
        ),
        false_alarms=Text(
            en="Messages were sent on this consent, but their dates are not in the list.",
            fr="Des messages ont été envoyés sur ce consentement, mais leurs dates ne sont pas dans le fichier.",
        ),
        evidence=("consent_at", "consent_used_on", "first_contact_on", "last_contact_on"),
        fires=(
            {
                "consent_state": "given",
                "consent_used_on": date(2023, 5, 1),
                "pack_dormant_before": date(2024, 11, 1),
            },
            {
                "consent_state": "given",
                "consent_used_on": date(2026, 2, 1),
                "indirect": True,
                "pack_indirect_dormant_before": date(2026, 5, 1),
            },
        ),
        quiet=(
            {
                "consent_state": "given",
                "consent_used_on": date(2026, 2, 1),
                "pack_dormant_before": date(2024, 11, 1),
            },
            {"consent_state": "missing", "consent_used_on": date(2020, 2, 1)},
        ),
    ),
)
