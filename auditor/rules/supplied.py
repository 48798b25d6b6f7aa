"""E. The rows against what was supplied beside them: the consent log and the declaration for the whole list."""

import polars as pl

from auditor.legal import CNIL_SOLOCAL, GDPR_5_1_A, GDPR_5_1_D, GDPR_5_2, GDPR_7_1, GDPR_7_3, GDPR_14_2_F
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Strength, Text

RULES = (
    Rule(
        id="E13",
        name="consent_log_contradicts",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.col("consent_log").is_in(
            ["withdrawn", "unconfirmed", "other_time", "other_text", "other_scope", "disordered"]
        ),
        severity_when=((Severity.REMOVE, pl.col("consent_log") == "withdrawn"),),
        refs=(GDPR_7_1, GDPR_7_3, GDPR_5_1_D),
        title=Text(en="The consent log says otherwise", fr="Le journal de consentement dit autre chose"),
        says=Text(
            en="The supplied consent log contradicts the row: withdrawn, never confirmed, given at another time, for "
            "another text or purpose, or its own events are out of order.",
            fr="Le journal fourni contredit la ligne : consentement retiré, jamais confirmé, donné à un autre moment, "
            "pour un autre texte ou une autre finalité, ou événements du journal dans le désordre.",
        ),
        cure=Text(
            en="Take over what the log says (consent_at, consent_text_id, withdrawn_at); if the person withdrew, "
            "remove "
            "the row and enter the address in the suppression list.",
            fr="Reprenez ce que dit le journal (consent_at, consent_text_id, withdrawn_at) ; si la personne a retiré "
            "son consentement, retirez la ligne et inscrivez l'adresse dans la liste d'opposition.",
        ),
        false_alarms=Text(
            en="A log of another form or of an older text than the one the row refers to.",
            fr="Journal d'un autre formulaire, ou d'un texte plus ancien que celui auquel la ligne se réfère.",
        ),
        evidence=("consent_at", "consent_state", "legal_basis_class", "provenance_level"),
        detail="consent_log",
        fires=({"consent_log": "withdrawn"}, {"consent_log": "other_time"}),
        quiet=({"consent_log": "confirmed"}, {"consent_log": "absent"}, {"consent_log": "incomplete"}, {}),
    ),
    Rule(
        id="E14",
        name="declaration_contradicted_by_row",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("declaration_row_conflict").is_not_null(),
        refs=(GDPR_5_2, GDPR_14_2_F),
        title=Text(en="Row contradicts the declaration", fr="Ligne contraire à la déclaration"),
        says=Text(
            en="The list was declared to be of one origin, and this row states another, or its record is older than "
            "the declared day of collection.",
            fr="La liste a été déclarée d'une seule origine, et cette ligne en indique une autre, ou sa fiche est plus "
            "ancienne que la date de collecte déclarée.",
        ),
        cure=Text(
            en="Split the list by origin and declare each part, or correct the row's source and collected_on.",
            fr="Séparez la liste par origine et déclarez chaque partie, ou corrigez source et collected_on de la "
            "ligne.",
        ),
        false_alarms=Text(
            en="Known contacts who also took part in the declared event.",
            fr="Contacts déjà connus qui ont aussi participé à l'événement déclaré.",
        ),
        evidence=("source", "source_class", "record_created_on"),
        detail="declaration_row_conflict",
        fires=({"declaration_row_conflict": "other_source"},),
        quiet=({"source_class": "direct"},),
    ),
    Rule(
        id="E15",
        name="declaration_contradicts_export",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        scope=Scope.LIST,
        strength=Strength.STRUCTURAL,
        when=pl.col("declaration_conflict").is_not_null() & (pl.col("declaration_conflict") != "nobody_declared"),
        refs=(GDPR_5_2, GDPR_5_1_A, CNIL_SOLOCAL),
        title=Text(en="Declaration and export disagree", fr="Déclaration et export incompatibles"),
        says=Text(
            en="What was declared for the whole list cannot be true of this file: for example a form declared over the "
            "headers of an extraction tool, or a notice dated before the collection.",
            fr="Ce qui a été déclaré pour toute la liste ne peut être vrai de ce fichier : par exemple un formulaire "
            "déclaré sur les en-têtes d'un outil d'extraction, ou une information datée d'avant la collecte.",
        ),
        cure=Text(
            en="Correct [list], or say in the rows where each person comes from (source, collected_on).",
            fr="Corrigez [list], ou indiquez ligne par ligne d'où vient chaque personne (source, collected_on).",
        ),
        false_alarms=Text(
            en="Contacts from a form that were passed through an enrichment tool before the export.",
            fr="Contacts issus d'un formulaire, passés par un outil d'enrichissement avant l'export.",
        ),
        evidence=("source_format", "list_class", "strong_tells"),
        detail="declaration_conflict",
        fires=({"declaration_conflict": "source_against_format"},),
        quiet=({"declaration_conflict": "nobody_declared"}, {"list_class": "scraped"}),
    ),
    Rule(
        id="E16",
        name="declaration_without_declarant",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        scope=Scope.LIST,
        when=pl.col("declaration_conflict") == "nobody_declared",
        refs=(GDPR_5_2,),
        title=Text(en="Nobody stands behind the declaration", fr="Personne ne signe la déclaration"),
        says=Text(
            en="Facts were declared for the whole list, and nobody is named who declares them.",
            fr="Des éléments ont été déclarés pour toute la liste, sans nommer qui les déclare.",
        ),
        cure=Text(
            en="Give the name of the person who vouches for it (declared_by in [list]).",
            fr="Indiquez le nom de la personne qui en répond (declared_by dans [list]).",
        ),
        false_alarms=Text(en="None known.", fr="Aucune connue."),
        evidence=("source_format",),
        fires=({"declaration_conflict": "nobody_declared"},),
        quiet=({"declaration_conflict": "source_against_format"}, {}),
    ),
)
