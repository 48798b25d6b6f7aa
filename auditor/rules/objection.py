"""G. Objection and suppression: who said no, here or in a list the user keeps, is not written to."""

from datetime import date

import polars as pl

from auditor.legal import (
    AT_ECG_7,
    BG_ZET_6,
    CH_DSG,
    CNIL_CALOGA,
    CNIL_FUTURA,
    CNIL_OBJECTION,
    ECD_7_2,
    ES_LOPDGDD_23,
    GDPR_5_1_D,
    GDPR_21,
    GDPR_R47,
    PT_41_2004,
    UK_PECR_22,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

_CHECKED = pl.col("register_checked_on")
_FRESH = _CHECKED.dt.offset_by(pl.format("{}d", "pack_register_fresh_days")) >= pl.col("today")

RULES = (
    Rule(
        id="G01",
        name="objected_still_listed",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("objection").is_not_null(),
        refs=(GDPR_21, CH_DSG, UK_PECR_22, CNIL_FUTURA),
        title=Text(en="Objected, still listed", fr="Opposition exprimée, toujours dans le fichier"),
        says=Text(
            en="The row itself says that this person refused or unsubscribed; the data may no longer be used for "
            "prospecting.",
            fr="La ligne elle-même dit que cette personne s’est opposée ou désinscrite ; ses données ne peuvent plus "
            "servir à la prospection.",
        ),
        cure=Text(
            en="Remove the person from every active list and keep a fingerprint of the address on the suppression "
            "list.",
            fr="Retirez la personne de tous les fichiers actifs et gardez l’empreinte de son adresse en liste "
            "d’opposition.",
        ),
        false_alarms=Text(
            en="An opt-out column whose yes means the opposite; a refusal that concerned calls only.",
            fr="Une colonne d’opposition dont le « oui » signifie le contraire ; un refus limité aux appels.",
        ),
        evidence=("opt_out", "opt_out_scope", "opted_out_on", "consent_status"),
        detail="objection",
        fires=({"objection": "flag", "opt_out": True}, {"objection": "date", "opted_out_on": date(2026, 3, 2)}),
        quiet=({"opt_out": False}, {"opt_out": True, "opt_out_scope": "phone"}, {}),
    ),
    Rule(
        id="G02",
        name="on_suppression_list",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("suppressed").is_not_null(),
        refs=(GDPR_21, CNIL_OBJECTION, CNIL_CALOGA),
        title=Text(en="On the suppression list", fr="Inscrit en liste d’opposition"),
        says=Text(
            en="The address, a variant of it or its domain stands on the suppression list you gave: this person "
            "objected before and has come back in this list.",
            fr="L’adresse, une variante ou son domaine figure dans la liste d’opposition fournie : cette personne "
            "s’est "
            "déjà opposée et réapparaît dans ce fichier.",
        ),
        cure=Text(
            en="Remove the row, and find out by which import or purchase the person came back.",
            fr="Retirez la ligne, et cherchez par quel import ou achat cette personne est revenue.",
        ),
        false_alarms=Text(
            en="A colleague whose whole domain was listed; a suppression list that mixes bounces with objections.",
            fr="Un collègue dont tout le domaine a été inscrit ; une liste mêlant rebonds et oppositions.",
        ),
        evidence=("email",),
        detail="suppressed",
        fires=({"suppressed": "address"}, {"suppressed": "variant"}, {"suppressed": "keyed"}),
        quiet=({},),
    ),
    Rule(
        id="G03",
        name="on_national_register",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("registered").is_not_null(),
        refs=(ECD_7_2, AT_ECG_7, BG_ZET_6, PT_41_2004, ES_LOPDGDD_23),
        title=Text(en="In a national opt-out register", fr="Inscrit dans un registre national d’opposition"),
        says=Text(
            en="The address or its domain stands in the national register you gave: no advertising may be sent to it.",
            fr="L’adresse ou son domaine figure dans le registre national fourni : aucune publicité ne peut lui être"
            " envoyée.",
        ),
        cure=Text(
            en="Remove the row and add the address to the suppression list.",
            fr="Retirez la ligne et ajoutez l’adresse à la liste d’opposition.",
        ),
        false_alarms=Text(
            en="The person gave you a specific consent after entering the register.",
            fr="La personne vous a donné un consentement propre après son inscription au registre.",
        ),
        evidence=("email",),
        detail="registered",
        fires=({"registered": "sha1"}, {"registered": "domain"}),
        quiet=({"suppressed": "address"}, {}),
    ),
    Rule(
        id="G04",
        name="register_check_missing_or_stale",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.col("pack_email_register").is_not_null()
        & ~pl.col("register_screened").fill_null(False)
        & (pl.col("permission") != "consent").fill_null(True)
        & ~_FRESH.fill_null(False),
        refs=(ECD_7_2, AT_ECG_7, BG_ZET_6, PT_41_2004, ES_LOPDGDD_23),
        title=Text(en="Opt-out register not checked", fr="Registre d’opposition non consulté"),
        says=Text(
            en="This country keeps a register of people or firms that refuse advertising by e-mail, and the row shows "
            "no recent check against it.",
            fr="Ce pays tient un registre de ceux qui refusent la publicité par courriel, et la ligne ne montre aucune "
            "consultation récente.",
        ),
        cure=Text(
            en="Give the register file with the settings key registers, or record the day of the check in "
            "register_checked_on.",
            fr="Fournissez le registre par le réglage registers, ou notez le jour de la consultation dans "
            "register_checked_on.",
        ),
        false_alarms=Text(
            en="The check is done by the sending service and not recorded in the list.",
            fr="La consultation est faite par l’outil d’envoi sans être notée dans le fichier.",
        ),
        evidence=("country_code", "pack_email_register", "register_checked_on"),
        detail="pack_email_register",
        fires=(
            {"pack_email_register": "ECG-Liste"},
            {
                "pack_email_register": "DGC",
                "register_checked_on": date(2026, 1, 5),
                "pack_register_fresh_days": 30,
                "today": date(2026, 11, 1),
            },
        ),
        quiet=(
            {},
            {"pack_email_register": "ECG-Liste", "register_screened": True},
            {"pack_email_register": "ECG-Liste", "permission": "consent"},
            {
                "pack_email_register": "DGC",
                "register_checked_on": date(2026, 10, 20),
                "pack_register_fresh_days": 30,
                "today": date(2026, 11, 1),
            },
        ),
    ),
    Rule(
        id="G05",
        name="complaint_or_bounce",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.RETURN, Lens.IMAGE, Lens.LAW),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("complaint").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_21),
        title=Text(en="Complaint or bounce on record", fr="Plainte ou rebond enregistré"),
        says=Text(
            en="The row records a spam complaint or a hard bounce: the person refused, or the address is dead.",
            fr="La ligne mentionne une plainte ou un rebond définitif : la personne a refusé, ou l’adresse n’existe "
            "plus.",
        ),
        cure=Text(
            en="Remove the row; put complaints on the suppression list.",
            fr="Retirez la ligne ; inscrivez les plaintes en liste d’opposition.",
        ),
        false_alarms=Text(
            en="A soft bounce stored as a bounce; a mailbox that has been repaired since.",
            fr="Un rebond temporaire noté comme rebond ; une boîte rétablie depuis.",
        ),
        evidence=("bounced", "email_status", "last_activity_type"),
        detail="complaint",
        fires=({"complaint": "flag", "bounced": True}, {"complaint": "status", "email_status": "hard bounce"}),
        quiet=({"bounced": False}, {"email_status": "verified"}),
    ),
    Rule(
        id="G06",
        name="objected_in_another_row",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        severity_when=((Severity.REVIEW, pl.col("objected_elsewhere") == "same_person"),),
        when=pl.col("objected_elsewhere").is_not_null(),
        refs=(GDPR_21, CNIL_FUTURA, CNIL_CALOGA),
        title=Text(en="Objected in another row", fr="Opposition exprimée dans une autre ligne"),
        says=Text(
            en="Another row of this list says that the same mailbox, or the same name at the same company, objected; "
            "the restrictive statement wins.",
            fr="Une autre ligne du fichier dit que la même boîte, ou le même nom dans la même société, s’est opposé "
            "; la "
            "mention la plus restrictive l’emporte.",
        ),
        cure=Text(
            en="Remove all rows of this person and enter the objection once, centrally.",
            fr="Retirez toutes les lignes de cette personne et enregistrez l’opposition une fois, de façon centrale.",
        ),
        false_alarms=Text(
            en="Two people of the same name in one company; an alias that two people share.",
            fr="Deux homonymes dans une société ; une adresse partagée par deux personnes.",
        ),
        evidence=("email", "opt_out"),
        detail="objected_elsewhere",
        fires=({"objected_elsewhere": "same_mailbox"}, {"objected_elsewhere": "same_person"}),
        quiet=({"objection": "flag"}, {}),
    ),
    Rule(
        id="G07",
        name="over_solicited",
        since="0.1",
        family=Family.OBJECTION,
        lenses=(Lens.IMAGE, Lens.ETHICS, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("contact_pressure").is_not_null(),
        refs=(GDPR_R47, GDPR_21),
        title=Text(en="Written to many times without an answer", fr="Sollicitations répétées sans réponse"),
        says=Text(
            en="The person has been written to more often than your limit, or sits in several sequences at once, and "
            "has never given a sign: nobody expects yet another message.",
            fr="La personne a été sollicitée plus que votre limite, ou figure dans plusieurs séquences à la fois, sans "
            "jamais donner signe : personne n’attend un message de plus.",
        ),
        cure=Text(
            en="Stop the sequence for this person, or record the sign of life that is missing.",
            fr="Arrêtez la séquence pour cette personne, ou notez le signe de vie manquant.",
        ),
        false_alarms=Text(
            en="Counts that include service messages or answers to the person's own requests.",
            fr="Des compteurs qui incluent messages de service ou réponses à des demandes de la personne.",
        ),
        evidence=("contact_count", "list_name", "last_inbound_on"),
        detail="contact_pressure",
        strength=Strength.STRUCTURAL,
        fires=({"contact_pressure": "count", "contact_count": 14},),
        quiet=({"contact_count": 2}, {"contact_count": 30, "last_inbound_on": date(2026, 9, 1)}),
    ),
)
