"""A. What kind of address it is: private, throw-away, technical, reserved, generic, impossible."""

import polars as pl

from auditor.legal import (
    CNIL_B2B,
    EPD_13_1,
    EPD_13_5,
    FR_L34_5,
    GDPR_4_1,
    GDPR_5_1_A,
    GDPR_5_1_B,
    GDPR_5_1_D,
    GDPR_8,
    GDPR_R14,
    RFC_2142,
    RFC_5321,
    UK_PECR_22,
)
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Text

_CLASS = pl.col("address_class")
_DOMAIN = pl.col("domain_class")
_PERSON = ~pl.col("address_kind").is_in(["technical", "reserved"])
# consent that a third party could check: an individual, well-formed reference or better, and still standing
_VERIFIABLE = (
    pl.col("provenance_level").is_in(["V4", "V5"]) & pl.col("consent_state").is_in(["given", "confirmed"])
).fill_null(False)
_PRIVATE = _DOMAIN.is_in(["freemail", "isp", "ambiguous"])
_DOUBTFUL = _DOMAIN.is_in(["isp", "ambiguous"]) | ~pl.col("domain_reviewed")

RULES = (
    Rule(
        id="A01",
        name="personal_mailbox",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.MEDIUM,
        # a customer of one's own may be written to where the country knows that exception (ePD 13(2))
        when=_PRIVATE & _PERSON & ~_VERIFIABLE & (pl.col("permission") != "customer").fill_null(True),
        severity_when=((Severity.REVIEW, _DOUBTFUL),),
        refs=(EPD_13_1, FR_L34_5, UK_PECR_22, GDPR_5_1_A),
        title=Text(en="Private mailbox", fr="Boîte aux lettres personnelle"),
        says=Text(
            en="The address belongs to a public mail or access provider, not to an organisation, and no consent of "
            "this person can be verified.",
            fr="L'adresse relève d'un fournisseur de messagerie ou d'accès grand public, non d'une organisation, et "
            "aucun consentement de cette personne n'est vérifiable.",
        ),
        cure=Text(
            en="Look for the address the organisation itself publishes, or attach the proof of consent. If neither "
            "exists, leave the person out.",
            fr="Cherchez l'adresse que l'organisation publie elle-même, ou joignez la preuve du consentement. À "
            "défaut, ne contactez pas cette personne.",
        ),
        false_alarms=Text(
            en="Freelancers and small firms that work from a provider's address; staff of the provider itself. Access "
            "providers, shared telco domains and names found on public lists only are held for review, not removed.",
            fr="Indépendants et petites entreprises qui travaillent avec une adresse de fournisseur ; salariés du "
            "fournisseur lui-même. Fournisseurs d'accès, domaines d'opérateurs partagés et noms trouvés seulement "
            "sur des listes publiques sont mis à revoir, pas retirés.",
        ),
        evidence=("email", "domain_list", "company_domain", "provenance_level", "consent_state"),
        detail="domain_class",
        fires=(
            {"domain_class": "freemail", "address_kind": "nominative", "domain_reviewed": True},
            {
                "domain_class": "isp",
                "address_kind": "nominative",
                "domain_reviewed": True,
                "provenance_level": "V2",
                "consent_state": "given",
            },
        ),
        quiet=(
            {"domain_class": "professional", "address_kind": "nominative", "domain_reviewed": True},
            {"domain_class": "shared-professional", "address_kind": "nominative", "domain_reviewed": True},
            {
                "domain_class": "freemail",
                "address_kind": "nominative",
                "domain_reviewed": True,
                "provenance_level": "V4",
                "consent_state": "confirmed",
            },
        ),
    ),
    Rule(
        id="A02",
        name="disposable_mailbox",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN, Lens.LAW),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=_DOMAIN == "disposable",
        # collectors of misdirected mail stand on these lists: a slip of the keyboard is for a person to decide
        severity_when=((Severity.REVIEW, ~pl.col("domain_reviewed") | pl.col("typo_of").is_not_null()),),
        refs=(GDPR_5_1_D,),
        title=Text(en="Throw-away mailbox", fr="Boîte aux lettres jetable"),
        says=Text(
            en="The domain hands out throw-away mailboxes: nothing shows who this person is or that the address lives.",
            fr="Le domaine distribue des boîtes jetables : rien n'établit qui est la personne ni que l'adresse vit "
            "encore.",
        ),
        cure=Text(en="Leave the row out.", fr="Écartez cette ligne."),
        false_alarms=Text(
            en="A firm's own domain that a public list carries by mistake: put it in [[allow_domains]] with a reason.",
            fr="Domaine propre d'une entreprise inscrit par erreur sur une liste publique : déclarez-le dans "
            "[[allow_domains]] avec un motif.",
        ),
        evidence=("email", "domain_list"),
        fires=({"domain_class": "disposable", "domain_reviewed": True},),
        quiet=({"domain_class": "relay"}, {"domain_class": "professional"}),
    ),
    Rule(
        id="A03",
        name="technical_role_address",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN, Lens.IMAGE),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("address_kind") == "technical",
        refs=(RFC_2142, GDPR_5_1_A, GDPR_5_1_D),
        title=Text(en="Technical address", fr="Adresse technique"),
        says=Text(
            en="The mailbox serves machines or network operation (postmaster, abuse, noreply), not business talks.",
            fr="La boîte sert aux machines ou à l'exploitation du réseau (postmaster, abuse, noreply), pas aux "
            "échanges commerciaux.",
        ),
        cure=Text(
            en="Leave it out; look for the contact address that the organisation publishes.",
            fr="Écartez-la ; cherchez l'adresse de contact que l'organisation publie.",
        ),
        false_alarms=Text(
            en="Small firms that read admin@ or webmaster@ as their only mailbox.",
            fr="Petites structures dont admin@ ou webmaster@ est la seule boîte lue.",
        ),
        evidence=("email", "role_word"),
        fires=({"address_kind": "technical"},),
        quiet=({"address_kind": "generic"}, {"address_kind": "nominative"}),
    ),
    Rule(
        id="A04",
        name="reserved_purpose_address",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("address_kind") == "reserved",
        refs=(GDPR_5_1_B,),
        title=Text(en="Address kept for another purpose", fr="Adresse réservée à un autre usage"),
        says=Text(
            en="The mailbox is published for a purpose of its own (data protection, applications, press, alerts); "
            "a sales message there is another use.",
            fr="La boîte est publiée pour un usage propre (protection des données, candidatures, presse, alertes) ; "
            "un message commercial en détourne l'objet.",
        ),
        cure=Text(
            en="Use the organisation's general contact, unless the offer answers exactly that purpose.",
            fr="Passez par le contact général de l'organisation, sauf si l'offre répond exactement à cet usage.",
        ),
        false_alarms=Text(
            en="Offers meant for that very function, such as press services or recruiting software.",
            fr="Offres destinées à cette fonction même, par exemple services de presse ou logiciels de recrutement.",
        ),
        evidence=("email", "role_word"),
        fires=({"address_kind": "reserved"},),
        quiet=({"address_kind": "generic"}, {"address_kind": "nominative"}),
    ),
    Rule(
        id="A05",
        name="generic_address",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        when=(pl.col("address_kind") == "generic") & _DOMAIN.is_in(["professional", "shared-professional"]),
        refs=(GDPR_R14, GDPR_4_1, EPD_13_5, CNIL_B2B),
        title=Text(en="Company mailbox", fr="Adresse générique d'entreprise"),
        says=Text(
            en="The address names a function, not a person; whether consent is needed depends on the country and is "
            "judged apart.",
            fr="L'adresse désigne une fonction, non une personne ; la nécessité d'un consentement dépend du pays et "
            "est jugée à part.",
        ),
        cure=Text(
            en="Nothing to do; keep a way to object in every message.",
            fr="Rien à faire ; gardez un moyen de s'opposer dans chaque message.",
        ),
        false_alarms=Text(
            en="A one-person firm may read contact@ alone: then a person is behind it.",
            fr="Dans une entreprise d'une personne, contact@ est lu par elle seule : c'est alors une personne.",
        ),
        evidence=("email", "role_word"),
        fires=({"address_kind": "generic", "domain_class": "professional"},),
        quiet=(
            {"address_kind": "nominative", "domain_class": "professional"},
            {"address_kind": "generic", "domain_class": "freemail"},
        ),
    ),
    Rule(
        id="A06",
        name="invalid_address",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN,),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=(_CLASS == "invalid") & pl.col("residue").is_null(),
        refs=(RFC_5321, GDPR_5_1_D),
        title=Text(en="Impossible address", fr="Adresse impossible"),
        says=Text(
            en="The cell cannot be an e-mail address and holds no trace from which one could be read.",
            fr="La cellule ne peut pas être une adresse e-mail et ne porte aucune trace permettant d'en lire une.",
        ),
        cure=Text(
            en="Correct it from the original source or drop it.", fr="Corrigez-la d'après la source ou écartez-la."
        ),
        false_alarms=Text(
            en="None known: the standard decides. Addresses that can still be read are held, not removed.",
            fr="Aucune connue : la norme tranche. Les adresses encore lisibles sont mises à revoir, pas retirées.",
        ),
        evidence=("email",),
        fires=({"address_class": "invalid"},),
        quiet=(
            {"address_class": "invalid", "residue": "spelled_out"},
            {"address_class": "missing"},
            {"address_class": "nominative@professional"},
        ),
    ),
    Rule(
        id="A07",
        name="address_missing",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_CLASS == "missing",
        refs=(GDPR_5_1_D,),
        title=Text(en="No address", fr="Adresse absente"),
        says=Text(
            en="The row holds no e-mail address, so it cannot be written to by e-mail.",
            fr="La ligne ne contient aucune adresse e-mail : on ne peut pas lui écrire par ce moyen.",
        ),
        cure=Text(
            en="Complete it from your own records, or keep the row out of e-mail campaigns.",
            fr="Complétez-la depuis vos propres données, ou tenez la ligne hors des campagnes e-mail.",
        ),
        false_alarms=Text(
            en="Lists that are meant for the phone or the post only.",
            fr="Listes destinées au seul téléphone ou courrier.",
        ),
        evidence=("email",),
        fires=({"address_class": "missing"},),
        quiet=({"address_class": "invalid"}, {"address_class": "generic@professional"}),
    ),
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
