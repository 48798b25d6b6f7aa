"""G. Objection, continued: people who said no on another list and stand on this one without it."""

import polars as pl

from auditor.legal import CNIL_OBJECTION, GDPR_21
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

RULES = (
    Rule(
        id="G20",
        name="objected_in_another_list",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("said_no_elsewhere") == "another_list",
        refs=(GDPR_21, CNIL_OBJECTION),
        title=Text(en="Said no on another list", fr="Opposition connue par une autre liste"),
        says=Text(
            en="The person objected in an earlier audit or on another list of this run, and is here as if nothing had "
            "been said. The refusal holds wherever the address turns up.",
            fr="La personne s'est opposée lors d'un audit précédent ou dans une autre liste de cette exécution, et "
            "figure ici comme si de rien n'était. Le refus vaut partout où l'adresse réapparaît.",
        ),
        cure=Text(
            en="Remove the person here too, put the address on the suppression list, and find out which import "
            "brought it back.",
            fr="Retirez la personne ici aussi, inscrivez l'adresse en liste d'opposition et cherchez quel import l'a "
            "fait revenir.",
        ),
        false_alarms=Text(
            en="The person has since given a new consent of their own accord; an address that changed hands.",
            fr="La personne a depuis redonné son accord de sa propre initiative ; une adresse qui a changé de main.",
        ),
        evidence=("email", "said_no_elsewhere"),
        fires=({"said_no_elsewhere": "another_list"},),
        quiet=({"said_no_elsewhere": "no"}, {}),
    ),
)
