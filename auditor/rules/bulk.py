"""E. Contradictions in numbers: consent that many people are said to have given at once."""

import polars as pl

from auditor.legal import CNIL_EDF, CNIL_FORIOU, EDPB_CONSENT, GDPR_4_11, GDPR_5_2, GDPR_7_1
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Strength, Text

_BASIS = pl.col("legal_basis_class")
_STATE = pl.col("consent_state")
_ON_CONSENT = (_BASIS == "consent") | (
    _BASIS.is_in(["missing", "void"]) & _STATE.is_in(["given", "confirmed", "asserted"])
)
_NOT_LOGGED = (pl.col("consent_log") != "confirmed").fill_null(True)

RULES = (
    Rule(
        id="E05",
        name="consent_set_in_bulk",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STATISTICAL,
        when=pl.col("bulk_consent").is_not_null() & _ON_CONSENT & _NOT_LOGGED,
        refs=(GDPR_7_1, GDPR_4_11, CNIL_EDF, EDPB_CONSENT),
        title=Text(en="Consent set in bulk", fr="Consentement posé en masse"),
        says=Text(
            en="Many people “consented” at the same second or at the same midnight: the mark of an import, not of "
            "people who each decided.",
            fr="De nombreuses personnes auraient consenti à la même seconde ou au même minuit : la marque d'un import, "
            "non de personnes qui ont chacune décidé.",
        ),
        cure=Text(
            en="Restore the individual times from the form's log (consent_at, consent_ref), or supply the log with "
            "--consent-log.",
            fr="Rétablissez les heures individuelles d'après le journal du formulaire (consent_at, consent_ref), ou "
            "fournissez le journal avec --consent-log.",
        ),
        false_alarms=Text(
            en="Paper forms typed in after an event: such days are not counted when the row names the event.",
            fr="Formulaires papier saisis après un événement : ces journées ne sont pas comptées quand la ligne nomme "
            "l'événement.",
        ),
        evidence=("consent_at", "consent_time_rows", "source_kind"),
        detail="bulk_consent",
        fires=({"bulk_consent": "same_second", "legal_basis_class": "consent"},),
        quiet=({"legal_basis_class": "consent"}, {"bulk_consent": "same_second", "legal_basis_class": "contract"}),
    ),
    Rule(
        id="E06",
        name="consent_from_one_connection",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STATISTICAL,
        when=(pl.col("shared_connection") == "many_companies") & _ON_CONSENT & _NOT_LOGGED,
        refs=(GDPR_7_1, EDPB_CONSENT),
        title=Text(en="Many consents from one connection", fr="Plusieurs consentements, une seule connexion"),
        says=Text(
            en="Several people of different organisations are said to have consented from the same network address.",
            fr="Plusieurs personnes d'organisations différentes auraient consenti depuis la même adresse réseau.",
        ),
        cure=Text(
            en="Explain the address (a tablet at a stand: name the event in source), or restore the individual entries "
            "of the log.",
            fr="Expliquez cette adresse (tablette sur un stand : nommez l'événement dans source), ou rétablissez les "
            "entrées individuelles du journal.",
        ),
        false_alarms=Text(
            en="Shared office networks (one mail domain behind the address) and events named as source are not "
            "counted; mobile networks and proxies still can be.",
            fr="Les réseaux d'entreprise (un seul domaine derrière l'adresse) et les événements nommés ne sont pas "
            "comptés ; réseaux mobiles et serveurs mandataires peuvent l'être.",
        ),
        evidence=("consent_ip_rows", "source_kind"),
        detail="shared_connection",
        fires=({"shared_connection": "many_companies", "legal_basis_class": "consent"},),
        quiet=(
            {"shared_connection": "shared_office", "legal_basis_class": "consent"},
            {"shared_connection": "event_day", "legal_basis_class": "consent"},
        ),
    ),
    Rule(
        id="E17",
        name="consent_times_machine_regular",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        scope=Scope.LIST,
        strength=Strength.STATISTICAL,
        when=pl.col("consent_gap_seconds").is_not_null(),
        refs=(GDPR_7_1, GDPR_5_2),
        title=Text(en="Consents at machine-regular gaps", fr="Consentements à intervalles réguliers"),
        says=Text(
            en="The moments of consent follow each other at one and the same gap: a program wrote them, people did "
            "not.",
            fr="Les consentements se suivent à intervalle constant : un programme les a écrits, non des personnes.",
        ),
        cure=Text(
            en="Restore the real times from the form's log (consent_at), or supply the log with --consent-log.",
            fr="Rétablissez les heures réelles d'après le journal du formulaire (consent_at), ou fournissez le journal "
            "avec --consent-log.",
        ),
        false_alarms=Text(
            en="Several people per second are not counted; fewer than twenty gaps are never judged.",
            fr="Plusieurs personnes par seconde ne sont pas comptées ; moins de vingt intervalles ne sont jamais "
            "jugés.",
        ),
        evidence=("consent_gap_seconds", "consent_gaps"),
        fires=({"consent_gap_seconds": 2, "consent_gaps": 480},),
        quiet=({}, {"collection_gap_seconds": 2}),
    ),
    Rule(
        id="E18",
        name="consent_bulk_in_list",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        scope=Scope.LIST,
        strength=Strength.STATISTICAL,
        when=(pl.col("shared_moment_rows") > 0)
        | (pl.col("shared_reference_rows") > 0)
        | (pl.col("shared_line_rows") > 0),
        refs=(GDPR_7_1, CNIL_EDF, CNIL_FORIOU),
        title=Text(en="Shared evidence in this list", fr="Preuves partagées dans cette liste"),
        says=Text(
            en="Rows of this list share a moment of consent, a proof or a network address; the evidence gives the "
            "numbers. The rows concerned carry their own findings.",
            fr="Des lignes de cette liste partagent un moment de consentement, une preuve ou une adresse réseau ; les "
            "nombres figurent dans les éléments. Les lignes concernées portent leurs propres constats.",
        ),
        cure=Text(
            en="Look at the largest groups first: they show what was imported, by whom and when.",
            fr="Regardez d'abord les groupes les plus grands : ils montrent ce qui a été importé, par qui et quand.",
        ),
        false_alarms=Text(
            en="Shared offices and event days are in these numbers; the findings on rows leave them out.",
            fr="Bureaux partagés et journées d'événement sont comptés ici ; les constats par ligne les écartent.",
        ),
        evidence=("shared_moment_rows", "shared_reference_rows", "shared_line_rows", "largest_group"),
        fires=({"shared_moment_rows": 40, "shared_reference_rows": 0, "shared_line_rows": 0},),
        quiet=({"shared_moment_rows": 0, "shared_reference_rows": 0, "shared_line_rows": 0},),
    ),
)
