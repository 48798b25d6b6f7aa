"""A. Mailboxes that ask for a second look: aliases, further columns, own words, parked names, students."""

import polars as pl

from auditor.legal import EPD_13_1, GDPR_5_1_A, GDPR_5_1_D, GDPR_8
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Text

_DOMAIN = pl.col("domain_class")
# consent that a third party could check: an individual, well-formed reference or better, and still standing
_VERIFIABLE = (
    pl.col("provenance_level").is_in(["V4", "V5"]) & pl.col("consent_state").is_in(["given", "confirmed"])
).fill_null(False)

RULES = (
    Rule(
        id="A08",
        name="relay_address",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.ETHICS,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=(_DOMAIN == "relay") & ~_VERIFIABLE,
        refs=(GDPR_5_1_A, EPD_13_1),
        title=Text(en="Forwarding alias", fr="Alias de transfert"),
        says=Text(
            en="The person uses a forwarding alias, made for one correspondent so that it can be traced and cut off.",
            fr="La personne utilise un alias de transfert, créé pour un seul correspondant afin de le tracer et de "
            "pouvoir le couper.",
        ),
        cure=Text(
            en="Write only if the person gave this alias to you; otherwise leave it out.",
            fr="N'écrivez que si la personne vous a donné cet alias ; sinon, écartez-le.",
        ),
        false_alarms=Text(
            en="People who signed up with you under an alias.",
            fr="Personnes inscrites chez vous sous un alias.",
        ),
        evidence=("email", "domain_list", "provenance_level"),
        fires=({"domain_class": "relay"},),
        quiet=(
            {"domain_class": "disposable"},
            {"domain_class": "relay", "provenance_level": "V5", "consent_state": "confirmed"},
        ),
    ),
    Rule(
        id="A09",
        name="secondary_address_personal",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("others_class").is_in(["freemail", "isp", "relay", "disposable", "home"]) & ~_VERIFIABLE,
        refs=(GDPR_5_1_A, EPD_13_1),
        title=Text(en="Private address in another column", fr="Adresse personnelle dans une autre colonne"),
        says=Text(
            en="A further e-mail column of this row holds a private address; an import may write to it as well.",
            fr="Une autre colonne e-mail de cette ligne contient une adresse personnelle ; un import pourrait s'en "
            "servir aussi.",
        ),
        cure=Text(
            en="Empty the further column, or leave it out of the import.",
            fr="Videz cette autre colonne, ou ne l'importez pas.",
        ),
        false_alarms=Text(
            en="Persons who gave you both addresses themselves.",
            fr="Personnes qui vous ont elles-mêmes donné les deux adresses.",
        ),
        evidence=("email_others", "email_other_labels"),
        detail="others_class",
        fires=({"others_class": "freemail"}, {"others_class": "home"}),
        quiet=(
            {"others_class": "professional"},
            {"others_class": "isp", "provenance_level": "V4", "consent_state": "given"},
        ),
    ),
    Rule(
        id="A10",
        name="denied_domain",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW,),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("domain_choice") == "denied",
        refs=(GDPR_5_1_A,),
        title=Text(en="Domain you denied", fr="Domaine que vous avez exclu"),
        says=Text(
            en="Your settings exclude this domain, with a reason and an end date.",
            fr="Vos réglages excluent ce domaine, avec un motif et une date de fin.",
        ),
        cure=Text(
            en="Leave the row out, or end the entry in [[deny_domains]].",
            fr="Écartez la ligne, ou mettez fin à l'entrée dans [[deny_domains]].",
        ),
        false_alarms=Text(
            en="An entry broader than meant: it covers every name below the domain.",
            fr="Entrée plus large que voulu : elle couvre tous les noms sous le domaine.",
        ),
        evidence=("email", "domain_list"),
        fires=({"domain_choice": "denied"},),
        quiet=({"domain_choice": "allowed"}, {"domain_class": "professional"}),
    ),
    Rule(
        id="A11",
        name="parked_domain",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=_DOMAIN == "parked",
        refs=(GDPR_5_1_D,),
        title=Text(en="Parked domain", fr="Domaine parqué"),
        says=Text(
            en="The domain belongs to a service that parks or sells names: nobody works there.",
            fr="Le domaine appartient à un service de parcage ou de revente de noms : personne n'y travaille.",
        ),
        cure=Text(
            en="Check the organisation's present domain at the source.",
            fr="Vérifiez à la source le domaine actuel de l'organisation.",
        ),
        false_alarms=Text(en="Staff of the parking service itself.", fr="Salariés du service de parcage lui-même."),
        evidence=("email", "domain_list"),
        fires=({"domain_class": "parked"},),
        quiet=({"domain_class": "professional"},),
    ),
    Rule(
        id="A12",
        name="school_mailbox",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(_DOMAIN == "school") & ~_VERIFIABLE,
        refs=(GDPR_8, GDPR_5_1_A),
        title=Text(en="Pupil's or student's mailbox", fr="Adresse d'élève ou d'étudiant"),
        says=Text(
            en="The domain serves pupils, students or alumni: no professional address, and perhaps a minor.",
            fr="Le domaine dessert des élèves, étudiants ou anciens : ce n'est pas une adresse professionnelle, et "
            "c'est peut-être un mineur.",
        ),
        cure=Text(
            en="Leave it out, unless the person asked for your messages and is of age.",
            fr="Écartez-la, sauf si la personne, majeure, a demandé vos messages.",
        ),
        false_alarms=Text(
            en="Staff whose institution gives everybody the same domain.",
            fr="Personnels d'établissements qui donnent à tous le même domaine.",
        ),
        evidence=("email", "domain_list"),
        fires=({"domain_class": "school"},),
        quiet=({"domain_class": "professional"},),
    ),
    Rule(
        id="A13",
        name="address_labelled_private",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.col("private_label") & _DOMAIN.is_in(["professional", "shared-professional"]) & ~_VERIFIABLE,
        refs=(GDPR_5_1_A, EPD_13_1),
        title=Text(en="Address labelled as private", fr="Adresse étiquetée comme personnelle"),
        says=Text(
            en="The list itself calls this address private (home, personal), although the domain looks professional.",
            fr="La liste elle-même qualifie cette adresse de personnelle (domicile, perso), bien que le domaine "
            "semble professionnel.",
        ),
        cure=Text(
            en="Check at the source which address is for work.",
            fr="Vérifiez à la source quelle adresse est professionnelle.",
        ),
        false_alarms=Text(
            en="Address books in which the default label was never changed.",
            fr="Carnets d'adresses où l'étiquette par défaut n'a jamais été changée.",
        ),
        evidence=("email", "email_label"),
        fires=({"private_label": True, "domain_class": "professional"},),
        quiet=(
            {"private_label": True, "domain_class": "freemail"},
            {"private_label": False, "domain_class": "professional"},
        ),
    ),
    Rule(
        id="A14",
        name="domain_choice_expired",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        scope=Scope.LIST,
        when=pl.col("expired_domain_choices") > 0,
        refs=(GDPR_5_1_D,),
        title=Text(en="Own word on a domain has ended", fr="Décision propre sur un domaine arrivée à terme"),
        says=Text(
            en="Entries of [[allow_domains]] or [[deny_domains]] have passed their end date and were ignored.",
            fr="Des entrées de [[allow_domains]] ou [[deny_domains]] ont dépassé leur date de fin et ont été ignorées.",
        ),
        cure=Text(
            en="Look at the reason again: renew the entry or delete it.",
            fr="Revoyez le motif : renouvelez l'entrée ou supprimez-la.",
        ),
        false_alarms=Text(en="None known: the date decides.", fr="Aucune connue : la date tranche."),
        evidence=("expired_domain_choices",),
        fires=({"expired_domain_choices": 2},),
        quiet=({"expired_domain_choices": 0},),
    ),
)
