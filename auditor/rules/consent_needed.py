"""A20-A29. Whose prior consent the recipient's country asks for, and whether the row can show that it is not needed."""

from datetime import date

import polars as pl

from auditor.legal import (
    AEPD_SOLE_TRADERS,
    CJEU_KNLTB,
    CNIL_B2B,
    CNIL_NESTOR,
    EPD_13_1,
    EPD_13_5,
    FI_917_2014,
    GDPR_4_1,
    GDPR_5_1_A,
    GDPR_8,
    IE_SI_336,
    NL_TW_11_7,
    SE_MFL_19,
    SK_452_2021,
    UK_PECR_22,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

_ASKED = pl.col("regime").is_in(["in", "unclear"])
_KIND = pl.col("recipient_kind")
_NO_PERMISSION = pl.col("permission").is_null()
# a firm's address that is published: the condition of the opt-out in some countries
_PUBLISHED = pl.col("source_class").is_in(["published", "directory", "register"]).fill_null(False) | (
    pl.col("source_url").is_not_null() & pl.col("source_class").is_in(["published", "direct"]).fill_null(False)
)
_CONDITION = pl.col("regime_condition")

RULES = (
    Rule(
        id="A20",
        name="named_address_needs_consent",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=_ASKED & (_KIND == "named") & _NO_PERMISSION,
        refs=(EPD_13_1, GDPR_4_1, GDPR_5_1_A),
        title=Text(en="Named work address, consent needed", fr="Adresse nominative : consentement requis"),
        says=Text(
            en="In this person's country a named work address may be written to only after verifiable consent or "
            "under the customer exception, and the row shows neither. Where the country is unknown or its law "
            "unclear, the strict reading applies.",
            fr="Dans le pays de cette personne, on n’écrit à une adresse professionnelle nominative qu’avec un "
            "consentement vérifiable ou au titre de l’exception clients ; la ligne ne montre ni l’un ni l’autre. Si le "
            "pays est inconnu ou sa loi incertaine, la lecture stricte s’applique.",
        ),
        cure=Text(
            en="Add the proof of a consent obtained by other means (date, text, controller, reference), correct the "
            "country, or remove the person. Writing to ask for permission is itself advertising.",
            fr="Ajoutez la preuve d’un consentement obtenu autrement (date, texte, responsable, référence), corrigez "
            "le pays ou retirez la personne. Écrire pour demander la permission est déjà de la publicité.",
        ),
        false_alarms=Text(
            en="The country is wrong (international groups), or the consent is kept in another system.",
            fr="Le pays est erroné (groupes internationaux) ou le consentement est conservé dans un autre système.",
        ),
        evidence=("country_code", "country_evidence", "recipient_kind", "regime", "consent_state", "provenance_level"),
        detail="regime_grounds",
        fires=(
            {"recipient_kind": "named", "regime": "in", "regime_grounds": "consent_needed", "pack_code": "DE"},
            {"recipient_kind": "named", "regime": "unclear", "regime_grounds": "unclear", "pack_code": "NO"},
            {"recipient_kind": "named", "regime": "in", "regime_grounds": "country_unknown", "pack_code": "XX"},
        ),
        quiet=(
            {"recipient_kind": "named", "regime": "in", "permission": "consent"},
            {"recipient_kind": "named", "regime": "out_if"},
            {"recipient_kind": "generic", "regime": "in"},
            {},
        ),
    ),
    Rule(
        id="A21",
        name="generic_address_needs_consent",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(_ASKED | ((pl.col("regime") == "out_if") & (pl.col("pack_code") == "NL")))
        & (_KIND == "generic")
        & _NO_PERMISSION,
        refs=(EPD_13_1, EPD_13_5, NL_TW_11_7),
        title=Text(en="Company mailbox, consent needed", fr="Boîte de société : consentement requis"),
        says=Text(
            en="In this country companies are protected too: a company mailbox may be written to only with verifiable "
            "consent or under the customer exception (in the Netherlands also when it is published for such "
            "messages), and the row shows none of these.",
            fr="Dans ce pays, les sociétés sont protégées elles aussi : on n’écrit à une boîte de société qu’avec un "
            "consentement vérifiable ou au titre de l’exception clients (aux Pays-Bas, également si l’adresse est "
            "publiée pour de tels messages), et la ligne ne montre rien de tel.",
        ),
        cure=Text(
            en="Add the proof of consent or of the sale, correct the country, or remove the address.",
            fr="Ajoutez la preuve du consentement ou de la vente, corrigez le pays, ou retirez l’adresse.",
        ),
        false_alarms=Text(
            en="The company belongs to another country; the address is published with an invitation to send offers.",
            fr="La société relève d’un autre pays ; l’adresse est publiée avec une invitation à envoyer des offres.",
        ),
        evidence=("country_code", "country_evidence", "recipient_kind", "regime", "consent_state", "provenance_level"),
        detail="regime_grounds",
        fires=(
            {"recipient_kind": "generic", "regime": "in", "regime_grounds": "consent_needed", "pack_code": "IT"},
            {"recipient_kind": "generic", "regime": "out_if", "pack_code": "NL", "regime_condition": "published"},
        ),
        quiet=(
            {"recipient_kind": "generic", "regime": "not_covered", "pack_code": "FR"},
            {"recipient_kind": "generic", "regime": "in", "permission": "customer"},
            {"recipient_kind": "generic", "regime": "out_if", "pack_code": "BG"},
        ),
    ),
    Rule(
        id="A22",
        name="sole_trader_as_company",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=(pl.col("sole_trader_by") == "legal_form") & _ASKED & _NO_PERMISSION,
        refs=(EPD_13_1, UK_PECR_22, SE_MFL_19, AEPD_SOLE_TRADERS),
        title=Text(en="Sole trader treated as a company", fr="Entrepreneur individuel pris pour une société"),
        says=Text(
            en="The legal form is that of one natural person, who is protected like a private individual: consent is "
            "needed and none can be verified.",
            fr="La forme juridique est celle d’une personne physique, protégée comme un particulier : il faut un "
            "consentement, et aucun n’est vérifiable.",
        ),
        cure=Text(
            en="Add the proof of consent or of the sale, correct the legal form, or remove the person.",
            fr="Ajoutez la preuve du consentement ou de la vente, corrigez la forme juridique, ou retirez la personne.",
        ),
        false_alarms=Text(
            en="The business has become a company since; the column holds an activity rather than a legal form.",
            fr="L’entreprise est devenue une société depuis ; la colonne contient une activité et non une forme "
            "juridique.",
        ),
        evidence=("legal_form", "country_code", "regime", "consent_state", "legal_basis"),
        detail="regime_grounds",
        fires=({"sole_trader_by": "legal_form", "legal_form": "EI", "regime": "in", "recipient_kind": "sole_trader"},),
        quiet=(
            {"sole_trader_by": "legal_form", "regime": "in", "permission": "consent"},
            {"sole_trader_by": "legal_form", "regime": "out_if", "pack_code": "SK"},
            {"sole_trader_by": "company_name", "regime": "in"},
            {"legal_form": "SAS", "regime": "out_if"},
        ),
    ),
    Rule(
        id="A23",
        name="sole_trader_likely",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(pl.col("sole_trader_by") == "company_name") & _ASKED & _NO_PERMISSION,
        refs=(EPD_13_1, UK_PECR_22),
        title=Text(en="Company name of a sole trader", fr="Nom d’entreprise d’un entrepreneur individuel"),
        says=Text(
            en="The company name ends in a form that only natural persons bear (e.K., EI, ditta individuale …): the "
            "person behind it is probably protected like a private individual.",
            fr="Le nom de l’entreprise se termine par une forme réservée aux personnes physiques (e.K., EI, ditta "
            "individuale…) : son titulaire est sans doute protégé comme un particulier.",
        ),
        cure=Text(
            en="Record the legal form, add the proof of consent or of the sale, or remove the person.",
            fr="Renseignez la forme juridique, ajoutez la preuve du consentement ou de la vente, ou retirez la "
            "personne.",
        ),
        false_alarms=Text(
            en="Initials or a brand that happen to look like a legal form.",
            fr="Des initiales ou une marque qui ressemblent par hasard à une forme juridique.",
        ),
        evidence=("company", "country_code", "regime"),
        strength=Strength.STRUCTURAL,
        fires=({"sole_trader_by": "company_name", "company": "Muster e.K.", "regime": "in"},),
        quiet=({"company": "Muster GmbH", "regime": "in"}, {"sole_trader_by": "company_name", "regime": "out_if"}),
    ),
    Rule(
        id="A24",
        name="role_unrelated_or_unknown",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.RETURN, Lens.LAW, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(_KIND == "named")
        & (pl.col("regime") == "out_if")
        & (_CONDITION == "role_related")
        & pl.col("role_relation").is_not_null()
        & _NO_PERMISSION,
        refs=(CNIL_B2B, IE_SI_336, FI_917_2014, SE_MFL_19, CNIL_NESTOR, CJEU_KNLTB),
        title=Text(en="No link between the offer and the job", fr="Aucun lien entre l’offre et le métier"),
        says=Text(
            en="Here a named work address may be written to without consent only about the person's job. The row has "
            "no job title or department, or they are not among the functions the offer addresses.",
            fr="Ici, on n’écrit sans consentement à une adresse nominative que sur le métier de la personne. La ligne "
            "n’a ni fonction ni service, ou ceux-ci ne font pas partie des métiers visés par l’offre.",
        ),
        cure=Text(
            en="Complete the job title, declare the functions addressed under [offer] in the settings, or leave the "
            "person out of this campaign.",
            fr="Complétez la fonction, déclarez les métiers visés sous [offer] dans les réglages, ou écartez la "
            "personne de cette campagne.",
        ),
        false_alarms=Text(
            en="The job is known elsewhere; the title is in words that the list of functions does not hold.",
            fr="Le métier est connu ailleurs ; l’intitulé emploie des mots absents de la liste des métiers.",
        ),
        evidence=("job_title", "department", "country_code", "regime"),
        detail="role_relation",
        fires=(
            {
                "recipient_kind": "named",
                "regime": "out_if",
                "regime_condition": "role_related",
                "role_relation": "unknown",
            },
        ),
        quiet=(
            {"recipient_kind": "named", "regime": "out_if", "regime_condition": "role_related", "job_title": "DSI"},
            {"recipient_kind": "named", "regime": "out", "role_relation": "unknown"},
            {"recipient_kind": "generic", "regime": "not_covered", "role_relation": "unknown"},
        ),
    ),
    Rule(
        id="A25",
        name="minor_or_school_marker",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.ETHICS, Lens.LAW, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        severity_when=((Severity.REMOVE, pl.col("minor_by") == "age"),),
        when=pl.col("minor_by").is_not_null(),
        refs=(GDPR_8, GDPR_5_1_A),
        title=Text(en="Minor or school mailbox", fr="Mineur ou adresse scolaire"),
        says=Text(
            en="Age, job title or mail domain point to a minor, who has no place on a professional list.",
            fr="L’âge, la fonction ou le domaine désignent un mineur, qui n’a pas sa place dans un fichier "
            "professionnel.",
        ),
        cure=Text(
            en="Remove the person, or correct the birth date, title or address.",
            fr="Retirez la personne, ou corrigez la date de naissance, la fonction ou l’adresse.",
        ),
        false_alarms=Text(
            en="Teachers and staff with an address at a school's domain; a mistyped year of birth.",
            fr="Enseignants et personnels ayant une adresse scolaire ; une année de naissance mal saisie.",
        ),
        evidence=("birth_date", "age", "job_title", "domain_class"),
        detail="minor_by",
        fires=(
            {"minor_by": "age", "birth_date": date(2012, 5, 4), "today": date(2026, 11, 1)},
            {"minor_by": "school_domain", "domain_class": "school"},
        ),
        quiet=({"birth_date": date(1980, 5, 4)}, {"job_title": "Professeure"}),
    ),
    Rule(
        id="A26",
        name="publication_not_shown",
        since="0.1",
        family=Family.ADDRESS,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(pl.col("regime") == "out_if")
        & (_CONDITION == "published")
        & _KIND.is_in(["named", "sole_trader"])
        & ~_PUBLISHED
        & _NO_PERMISSION,
        refs=(SK_452_2021, GDPR_5_1_A),
        title=Text(en="Publication of the address not shown", fr="Publication de l’adresse non établie"),
        says=Text(
            en="In this country firms may be written to without consent only at an address they publish, and the row "
            "does not say where it was published.",
            fr="Dans ce pays, on n’écrit sans consentement qu’à une adresse publiée par l’entreprise, et la ligne ne "
            "dit pas où elle l’a été.",
        ),
        cure=Text(
            en="Record the page or register where the firm publishes the address, or add the proof of consent.",
            fr="Indiquez la page ou le registre où l’entreprise publie l’adresse, ou ajoutez la preuve du "
            "consentement.",
        ),
        false_alarms=Text(
            en="The address is published, but the list does not keep its source.",
            fr="L’adresse est bien publiée, mais le fichier n’en garde pas la source.",
        ),
        evidence=("country_code", "source", "source_url"),
        detail="regime_condition",
        fires=({"recipient_kind": "named", "regime": "out_if", "regime_condition": "published"},),
        quiet=(
            {
                "recipient_kind": "named",
                "regime": "out_if",
                "regime_condition": "published",
                "source_class": "published",
            },
            {"recipient_kind": "generic", "regime": "out_if", "regime_condition": "published"},
            {"recipient_kind": "named", "regime": "out_if", "regime_condition": "role_related"},
        ),
    ),
)
