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
    GDPR_R14,
    RFC_2142,
    RFC_5321,
    UK_PECR_22,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

_CLASS = pl.col("address_class")
_DOMAIN = pl.col("domain_class")
# technical words that small firms also give to an office or a brand: a person must look
_ALSO_AN_OFFICE = (
    "admin", "administrator", "administrateur", "administratoren", "amministratore", "administrador", "administradores",
    "beheerder", "owner", "request", "system", "security", "cert", "returns", "retours", "alerts", "monitoring",
    "supervision", "automate", "robot", "bot", "test", "testing", "tester", "null", "root", "daemon", "baja", "bajas",
    "cancelar", "bounce",
)  # fmt: skip
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
        severity_when=((Severity.REVIEW, pl.col("role_word").is_in(_ALSO_AN_OFFICE)),),
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
)
