"""Family E, dates that could not be read: a filled cell that is not understood is no missing cell."""

import polars as pl

from auditor.legal import GDPR_5_1_D, GDPR_5_2
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

# columns whose dates a judgement rests on: consent, notice, objection, collection, signs of life; the day a record was
# created or verified decides nothing
_DECIDING = (
    r"(?:^|,)(?:collected_on|consent_at|doi_sent_at|doi_confirmed_at|withdrawn_at|notice_on|first_contact_on"
    r"|last_contact_on|last_inbound_on|last_purchase_on|opted_out_on)(?:,|$)"
)

RULES = (
    Rule(
        id="E20",
        name="date_order_unknown",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        severity_when=((Severity.REVIEW, pl.col("dates_ambiguous").str.contains(_DECIDING)),),
        confidence=Confidence.HIGH,
        when=pl.col("dates_ambiguous").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_5_2),
        title=Text(en="Day and month cannot be told apart", fr="Jour et mois indiscernables"),
        says=Text(
            en="A date of this row, such as 03/04/2025, could be read two ways, and nothing in its whole column says "
            "which: it was left unread rather than guessed.",
            fr="Une date de cette ligne, du type 03/04/2025, se lit de deux façons et rien dans toute la colonne ne "
            "permet de trancher : elle a été laissée de côté plutôt que devinée.",
        ),
        cure=Text(
            en='Say the order once for the list (date_order = "dmy" or "mdy" in auditor.toml), or export the dates '
            "as YYYY-MM-DD.",
            fr='Indiquez l’ordre une fois pour la liste (date_order = "dmy" ou "mdy" dans auditor.toml), ou '
            "exportez les dates au format AAAA-MM-JJ.",
        ),
        false_alarms=Text(
            en="A short list whose dates all fall on the first twelve days of a month.",
            fr="Une liste courte dont toutes les dates tombent dans les douze premiers jours d’un mois.",
        ),
        evidence=("dates_ambiguous",),
        fires=({"dates_ambiguous": "consent_at"}, {"dates_ambiguous": "record_created_on,notice_on"}),
        quiet=({"dates_unreadable": "consent_at"}, {}),
    ),
    Rule(
        id="E21",
        name="date_unreadable",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        severity_when=((Severity.REVIEW, pl.col("dates_unreadable").str.contains(_DECIDING)),),
        confidence=Confidence.HIGH,
        when=pl.col("dates_unreadable").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_5_2),
        title=Text(en="Date that cannot be read", fr="Date illisible"),
        says=Text(
            en="A date cell of this row is filled but holds no date that exists: words, a season, the 30th of "
            "February, or day and month against the order of its column.",
            fr="Une cellule de date de cette ligne est remplie mais ne contient aucune date réelle : des mots, une "
            "saison, un 30 février, ou un jour et un mois contraires à l’ordre de la colonne.",
        ),
        cure=Text(
            en="Correct the date from the original record; empty the cell if the day is not known.",
            fr="Corrigez la date d’après l’enregistrement d’origine ; videz la cellule si le jour est inconnu.",
        ),
        false_alarms=Text(
            en="A column that the tool took for dates and that holds something else: map it in [columns].",
            fr="Une colonne prise à tort pour des dates : précisez son sens dans [columns].",
        ),
        evidence=("dates_unreadable",),
        fires=({"dates_unreadable": "collected_on"}, {"dates_unreadable": "birth_date"}),
        quiet=({"dates_ambiguous": "collected_on"}, {}),
    ),
)
