"""I. Minimisation: columns and remarks that have no place on a prospect list."""

import polars as pl

from auditor.legal import (
    CNIL_COSMOSPACE,
    CNIL_FUTURA,
    CNIL_PERFORMECLIC,
    GDPR_5_1_C,
    GDPR_9,
    GDPR_10,
    GDPR_32,
)
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Strength, Text

_KEPT = ~pl.col("column_dropped").fill_null(False)
_FILLED = pl.col("filled") > 0

RULES = (
    Rule(
        id="I01",
        name="special_category_column",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        scope=Scope.COLUMN,
        when=(pl.col("column_kind") == "special") & _KEPT & _FILLED,
        refs=(GDPR_9, GDPR_10, GDPR_5_1_C, CNIL_COSMOSPACE),
        title=Text(en="Column of a special category", fr="Colonne de données sensibles"),
        says=Text(
            en="A column holds health, religion, politics, union membership, origin, sexual life, biometrics or "
            "offences. These data are forbidden without a specific ground, and prospecting is none.",
            fr="Une colonne contient santé, religion, politique, appartenance syndicale, origine, vie sexuelle, "
            "biométrie ou infractions. Ces données sont interdites sans motif précis, et la prospection n’en est pas "
            "un.",
        ),
        cure=Text(
            en="Delete the column in the source system, or leave it out of the clean file with --drop-columns.",
            fr="Supprimez la colonne dans le système source, ou écartez-la du fichier propre avec --drop-columns.",
        ),
        false_alarms=Text(
            en="A header of the same words with another meaning, such as an industry or a product line.",
            fr="Un en-tête de mêmes mots mais d’un autre sens, par exemple un secteur ou une gamme de produits.",
        ),
        evidence=("header", "column_concern", "column_evidence", "filled"),
        detail="column_concern",
        fires=({"header": "Religion", "column_kind": "special", "column_concern": "religion", "filled": 3},),
        quiet=(
            {"header": "Religion", "column_kind": "special", "filled": 3, "column_dropped": True},
            {"header": "Religion", "column_kind": "special", "filled": 0},
            {"header": "Ville", "filled": 9},
        ),
    ),
    Rule(
        id="I02",
        name="special_category_in_notes",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("notes_special").is_not_null(),
        refs=(GDPR_9, GDPR_5_1_C, CNIL_FUTURA),
        title=Text(en="Sensitive remark in the notes", fr="Remarque sensible en commentaire"),
        says=Text(
            en="The notes seem to speak of this person's health, beliefs, politics, union, origin or private life.",
            fr="Le commentaire semble évoquer la santé, les convictions, la politique, le syndicat, l’origine ou la "
            "vie "
            "privée de la personne.",
        ),
        cure=Text(
            en="Read the note in the source system and delete the remark; keep to what the business relation needs.",
            fr="Relisez le commentaire dans le système source et effacez la remarque ; s’en tenir à la relation "
            "commerciale.",
        ),
        false_alarms=Text(
            en="Trade terms that speak of the company, such as a health insurer or a condominium manager.",
            fr="Des termes de métier qui parlent de l’entreprise : assureur santé, syndic de copropriété…",
        ),
        evidence=("notes_special",),
        detail="notes_special",
        strength=Strength.STRUCTURAL,
        fires=({"notes_special": "health"},),
        quiet=({"notes": "Union Bank"}, {"notes_offence": True}),
    ),
    Rule(
        id="I03",
        name="criminal_data_in_notes",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("notes_offence"),
        refs=(GDPR_10, GDPR_5_1_C),
        title=Text(en="Offence in the notes", fr="Infraction en commentaire"),
        says=Text(
            en="The notes seem to speak of an offence, a conviction or an investigation concerning this person.",
            fr="Le commentaire semble évoquer une infraction, une condamnation ou une enquête visant la personne.",
        ),
        cure=Text(
            en="Delete the remark; a payment risk belongs in the credit department, not on a prospect list.",
            fr="Effacez la remarque ; un risque de paiement relève du crédit client, pas d’un fichier de prospection.",
        ),
        false_alarms=Text(
            en="Lawyers, prison suppliers, fraud-detection software and other trades around the subject.",
            fr="Avocats, fournisseurs de prisons, logiciels antifraude et autres métiers du domaine.",
        ),
        evidence=("notes_offence",),
        strength=Strength.STRUCTURAL,
        fires=({"notes_offence": True},),
        quiet=({"notes_offence": False}, {}),
    ),
    Rule(
        id="I04",
        name="insulting_comment",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.IMAGE, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("notes_insult"),
        refs=(GDPR_5_1_C, CNIL_FUTURA),
        title=Text(en="Insult in the notes", fr="Insulte en commentaire"),
        says=Text(
            en="The notes seem to insult the person, who may ask for a copy of them at any time.",
            fr="Le commentaire semble insulter la personne, qui peut en demander copie à tout moment.",
        ),
        cure=Text(
            en="Delete the remark in the source system and remind the team how notes are written.",
            fr="Effacez la remarque dans le système source et rappelez à l’équipe comment rédiger un commentaire.",
        ),
        false_alarms=Text(
            en="Brand names and idioms made of the same words.",
            fr="Des noms de marque et des expressions faits des mêmes mots.",
        ),
        evidence=("notes_insult",),
        strength=Strength.STRUCTURAL,
        fires=({"notes_insult": True},),
        quiet=({"notes_insult": False}, {}),
    ),
    Rule(
        id="I05",
        name="excess_private_data",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        scope=Scope.COLUMN,
        when=(pl.col("column_kind") == "private") & _KEPT & _FILLED,
        refs=(GDPR_5_1_C, GDPR_32, CNIL_PERFORMECLIC),
        title=Text(en="Private data that prospecting does not need", fr="Données privées inutiles à la prospection"),
        says=Text(
            en="A column holds private data such as birth date, home address, family, identity or bank numbers, photo, "
            "salary or a private telephone, which a professional list does not need.",
            fr="Une colonne contient des données privées (naissance, domicile, famille, pièce d’identité, banque, "
            "photo, "
            "salaire, téléphone privé) dont un fichier professionnel n’a pas besoin.",
        ),
        cure=Text(
            en="Delete the column in the source system, or leave it out of the clean file with --drop-columns.",
            fr="Supprimez la colonne dans le système source, ou écartez-la du fichier propre avec --drop-columns.",
        ),
        false_alarms=Text(
            en="A header that means the company rather than the person; an age that counts days since creation.",
            fr="Un en-tête qui vise la société et non la personne ; un « âge » compté en jours depuis la création.",
        ),
        evidence=("header", "column_concern", "column_evidence", "filled"),
        detail="column_concern",
        fires=({"header": "Date de naissance", "column_kind": "private", "column_concern": "birth", "filled": 5},),
        quiet=(
            {"header": "Date de naissance", "column_kind": "private", "filled": 5, "column_dropped": True},
            {"header": "Company address", "filled": 5},
        ),
    ),
    Rule(
        id="I06",
        name="unused_channel_data",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        scope=Scope.COLUMN,
        when=(pl.col("column_kind") == "unused") & _KEPT & _FILLED,
        refs=(GDPR_5_1_C, CNIL_PERFORMECLIC),
        title=Text(en="Data for a channel you do not use", fr="Données d’un canal que vous n’utilisez pas"),
        says=Text(
            en="The column serves a channel that your settings do not name among those of the campaign.",
            fr="La colonne sert un canal que vos réglages ne citent pas parmi ceux de la campagne.",
        ),
        cure=Text(
            en="Leave the column out with --drop-columns, or add the channel under [offer] in the settings.",
            fr="Écartez la colonne avec --drop-columns, ou ajoutez le canal sous [offer] dans les réglages.",
        ),
        false_alarms=Text(
            en="The channel is used by another team on the same list.",
            fr="Le canal est utilisé par une autre équipe sur le même fichier.",
        ),
        evidence=("header", "column_concern", "filled"),
        detail="column_concern",
        fires=({"header": "Phone", "column_kind": "unused", "column_concern": "unused_channel", "filled": 5},),
        quiet=({"header": "Phone", "filled": 5},),
    ),
    Rule(
        id="I07",
        name="private_life_in_notes",
        since="0.1",
        family=Family.MINIMISATION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("notes_private"),
        refs=(GDPR_5_1_C, CNIL_FUTURA),
        title=Text(en="Private life in the notes", fr="Vie privée en commentaire"),
        says=Text(
            en="The notes seem to tell of the person's private life: couple, family, bereavement, personal debts. No "
            "sale needs it.",
            fr="Le commentaire semble évoquer la vie privée de la personne : couple, famille, deuil, dettes "
            "personnelles. Aucune vente n’en a besoin.",
        ),
        cure=Text(
            en="Delete the remark; keep what serves the contact, such as when to call again.",
            fr="Effacez la remarque ; gardez ce qui sert au contact, par exemple quand rappeler.",
        ),
        false_alarms=Text(
            en="Family lawyers, debt collectors, wedding caterers and other trades around the subject.",
            fr="Avocats de la famille, recouvrement, traiteurs de mariage et autres métiers du domaine.",
        ),
        evidence=("notes_private",),
        strength=Strength.STRUCTURAL,
        fires=({"notes_private": True},),
        quiet=({"notes_private": False}, {}),
    ),
)
