"""C. Guessed, misspelt or mismatched: addresses that were built, or belong to somebody else."""

import polars as pl

from auditor.legal import CNIL_NESTOR, GDPR_5_1_A, GDPR_5_1_C, GDPR_5_1_D, GDPR_14_2_F
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

_GIVEN = ["direct", "customer"]
_ROLE = pl.col("address_kind").is_in(["generic", "reserved"])

RULES = (
    Rule(
        id="C01",
        name="address_marked_guessed",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.FAIR_MEANS, Lens.RETURN),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        strength=Strength.DECLARED,
        when=pl.col("email_claim").is_not_null(),
        severity_when=((Severity.REVIEW, pl.col("email_claim") != "guessed"),),
        refs=(GDPR_5_1_D, CNIL_NESTOR),
        title=Text(en="The list calls the address guessed", fr="La liste dit l'adresse devinée"),
        says=Text(
            en="A status column says that this address was guessed, or that nobody could confirm it (catch-all, risky, "
            "unverified).",
            fr="Une colonne de statut indique que cette adresse a été devinée, ou que personne n'a pu la confirmer "
            "(catch-all, risquée, non vérifiée).",
        ),
        cure=Text(
            en="Leave guessed addresses out. For the others, look for the address the organisation publishes.",
            fr="Écartez les adresses devinées. Pour les autres, cherchez l'adresse que l'organisation publie.",
        ),
        false_alarms=Text(
            en="A status that belongs to another address of the row. Only a stated guess removes; the rest is held.",
            fr="Statut portant sur une autre adresse de la ligne. Seule une devinette déclarée fait retirer ; le "
            "reste est à revoir.",
        ),
        evidence=("email_status", "email_confidence"),
        detail="email_claim",
        fires=({"email_claim": "guessed"}, {"email_claim": "catch_all"}),
        quiet=({"email_claim": None}, {"email_status": "verified"}),
    ),
    Rule(
        id="C02",
        name="address_pattern_uniform",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.FAIR_MEANS,),
        severity=Severity.REVIEW,
        confidence=Confidence.LOW,
        strength=Strength.STATISTICAL,
        # provenance that a person or customer vouches for outweighs a statistic
        when=(pl.col("pattern_share") >= 0.98) & ~pl.col("source_class").is_in(_GIVEN),
        severity_when=(
            (
                Severity.NOTE,
                ~pl.col("source_class").is_in(
                    ["vendor", "scraped", "guessed", "bought", "directory", "vague", "missing"]
                ),
            ),
        ),
        refs=(GDPR_5_1_D, GDPR_14_2_F),
        title=Text(en="All addresses of the domain built alike", fr="Adresses du domaine toutes bâties à l'identique"),
        says=Text(
            en="Every named address of this domain is the same function of the name columns, without one exception, "
            "and the source does not say who gave it.",
            fr="Toutes les adresses nominatives de ce domaine sont la même fonction des colonnes de nom, sans "
            "exception, et la source ne dit pas qui les a données.",
        ),
        cure=Text(
            en="Ask the supplier how these addresses were obtained and take a sample to the source.",
            fr="Demandez au fournisseur comment ces adresses ont été obtenues et vérifiez un échantillon à la source.",
        ),
        false_alarms=Text(
            en="Firms that enforce one pattern: frequent. Small counts are never judged.",
            fr="Entreprises qui imposent un modèle : fréquent. Les petits effectifs ne sont jamais jugés.",
        ),
        evidence=("pattern_n", "pattern_share", "source"),
        detail="name_pattern",
        fires=({"pattern_share": 1.0, "pattern_n": 20, "source_class": "vendor"},),
        quiet=(
            {"pattern_share": 1.0, "pattern_n": 20, "source_class": "direct"},
            {"pattern_share": 0.7, "pattern_n": 20, "source_class": "vendor"},
            {"pattern_share": None, "source_class": "vendor"},
        ),
    ),
    Rule(
        id="C03",
        name="several_candidates_one_person",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.FAIR_MEANS, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.STRUCTURAL,
        when=pl.col("candidates") >= 2,
        refs=(GDPR_5_1_C, GDPR_5_1_D),
        title=Text(en="Several built addresses for one person", fr="Plusieurs adresses bâties pour une personne"),
        says=Text(
            en="The same person stands in the list with several addresses of one domain, each built from the name in "
            "another way: candidates, not known addresses.",
            fr="La même personne figure avec plusieurs adresses d'un même domaine, chacune bâtie autrement à partir "
            "du nom : des candidates, non des adresses connues.",
        ),
        cure=Text(
            en="Keep the one that the person or the organisation has given; drop the rest.",
            fr="Gardez celle que la personne ou l'organisation a donnée ; supprimez les autres.",
        ),
        false_alarms=Text(
            en="Two people of one name in one firm; a person with an old and a new address.",
            fr="Deux homonymes dans une entreprise ; une personne avec une ancienne et une nouvelle adresse.",
        ),
        evidence=("email", "first_name", "last_name", "company", "candidates"),
        fires=({"candidates": 3},),
        quiet=({"candidates": None}, {"candidates": 1}),
    ),
    Rule(
        id="C04",
        name="name_or_domain_mismatch",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.RETURN, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=(pl.col("name_match") == "other").fill_null(False) | (pl.col("domain_relation") == "other"),
        severity_when=((Severity.NOTE, (pl.col("name_match") != "other").fill_null(True)),),
        refs=(GDPR_5_1_D,),
        title=Text(en="Name or company does not fit the address", fr="Nom ou société étrangers à l'adresse"),
        says=Text(
            en="The local part names somebody else, or the mail domain is not the one the row gives for the company.",
            fr="La partie locale désigne quelqu'un d'autre, ou le domaine n'est pas celui que la ligne donne pour la "
            "société.",
        ),
        cure=Text(
            en="Look the person and the company up at the source; columns may have slipped.",
            fr="Vérifiez la personne et la société à la source ; des colonnes ont pu se décaler.",
        ),
        false_alarms=Text(
            en="Groups with several domains, married names, assistants. Another domain alone is only noted.",
            fr="Groupes à plusieurs domaines, noms d'usage, assistants. Un autre domaine seul est simplement noté.",
        ),
        evidence=("email", "first_name", "last_name", "company_domain"),
        fires=({"name_match": "other"}, {"domain_relation": "other"}),
        quiet=(
            {"name_match": "match", "domain_relation": "same"},
            {"name_match": None, "domain_relation": "related"},
            {"name_match": "wrong_first"},
        ),
    ),
    Rule(
        id="C05",
        name="typo_domain",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=pl.col("typo_of").is_not_null(),
        refs=(GDPR_5_1_D,),
        title=Text(en="Misspelt mail domain", fr="Domaine mal orthographié"),
        says=Text(
            en="The domain is one slip away from a well-known mail provider and occurs nowhere else.",
            fr="Le domaine est à une faute de frappe d'un fournisseur connu et n'apparaît pas ailleurs.",
        ),
        cure=Text(
            en="Check the address at its source; never correct it unseen.",
            fr="Vérifiez l'adresse à sa source ; ne la corrigez jamais sans contrôle.",
        ),
        false_alarms=Text(
            en="Firms whose name resembles a provider's: domains frequent in the list are left alone.",
            fr="Entreprises dont le nom ressemble à celui d'un fournisseur : les domaines fréquents dans la liste sont "
            "laissés en paix.",
        ),
        evidence=("email",),
        suggests="typo_of",
        fires=({"typo_of": "jean@gmail.com"},),
        quiet=({"typo_of": None}, {"domain": "gmail.com"}),
    ),
    Rule(
        id="C06",
        name="wrong_first_name",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.IMAGE,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=pl.col("name_match") == "wrong_first",
        refs=(GDPR_5_1_D,),
        title=Text(en="First name differs from the address", fr="Prénom différent de l'adresse"),
        says=Text(
            en="The family name fits the address, the first name is another: the greeting would call the reader by a "
            "wrong name.",
            fr="Le nom correspond à l'adresse, le prénom non : la formule d'appel nommerait mal le lecteur.",
        ),
        cure=Text(en="Check the first name at the source.", fr="Vérifiez le prénom à la source."),
        false_alarms=Text(
            en="Pet names, second given names, relatives who share a mailbox.",
            fr="Diminutifs, deuxièmes prénoms, proches qui partagent une boîte.",
        ),
        evidence=("email", "first_name", "last_name"),
        fires=({"name_match": "wrong_first"},),
        quiet=({"name_match": "match"}, {"name_match": None}, {"name_match": "other"}),
    ),
    Rule(
        id="C07",
        name="role_address_with_name",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.RETURN, Lens.IMAGE),
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=_ROLE & pl.col("person_key").is_not_null() & pl.col("first_letters").is_not_null(),
        refs=(GDPR_5_1_D,),
        title=Text(en="Function mailbox tied to a person", fr="Adresse de fonction attribuée à une personne"),
        says=Text(
            en="The address belongs to a function, the row to a named person: somebody else may read the message.",
            fr="L'adresse est celle d'une fonction, la ligne celle d'une personne : quelqu'un d'autre peut lire le "
            "message.",
        ),
        cure=Text(
            en="Do not greet by name at a shared mailbox, unless the firm has only one person.",
            fr="N'interpellez pas par son nom à une adresse partagée, sauf si l'entreprise ne compte qu'une personne.",
        ),
        false_alarms=Text(en="Small firms: usual and lawful.", fr="Petites entreprises : courant et licite."),
        evidence=("email", "first_name", "last_name"),
        fires=({"address_kind": "generic", "person_key": 1, "first_letters": "anna"},),
        quiet=(
            {"address_kind": "generic"},
            {"address_kind": "nominative", "person_key": 1, "first_letters": "anna"},
        ),
    ),
    Rule(
        id="C08",
        name="name_residue_in_address",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.FAIR_MEANS,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=pl.col("built_residue").is_not_null(),
        refs=(GDPR_5_1_A, GDPR_5_1_D, GDPR_14_2_F),
        title=Text(en="Profile word built into the address", fr="Mot de profil intégré à l'adresse"),
        says=Text(
            en="A degree, title or job word of the name column stands in the local part too: the address was built "
            "from a profile by a program.",
            fr="Un diplôme, un titre ou un mot de métier de la colonne de nom se retrouve dans la partie locale : "
            "l'adresse a été bâtie par un programme à partir d'un profil.",
        ),
        cure=Text(
            en="Leave the address out and check the other addresses of this source.",
            fr="Écartez l'adresse et vérifiez les autres adresses de cette source.",
        ),
        false_alarms=Text(
            en="Practitioners who use their title in their own address.",
            fr="Praticiens qui portent leur titre dans leur propre adresse.",
        ),
        evidence=("email", "first_name", "last_name"),
        fires=({"built_residue": "mba"},),
        quiet=({"built_residue": None}, {"profile_trace": "degree"}),
    ),
    Rule(
        id="C09",
        name="inferred_domain",
        since="0.1",
        family=Family.GUESSING,
        lenses=(Lens.RETURN, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=(pl.col("domain_relation") == "same")
        & pl.col("name_pattern").is_not_null()
        & pl.col("domain_status").is_in(["no_mail", "null_mx"]),
        refs=(GDPR_5_1_D,),
        title=Text(en="Address built on a web site's domain", fr="Adresse bâtie sur le domaine d'un site"),
        says=Text(
            en="The address is the person's name at the company's web domain, which takes no mail: it was inferred, "
            "not given.",
            fr="L'adresse est le nom de la personne sur le domaine web de la société, qui ne reçoit pas de courrier : "
            "elle a été déduite, non donnée.",
        ),
        cure=Text(
            en="Drop the address; ask the source which mail domain the company uses.",
            fr="Supprimez l'adresse ; cherchez à la source le domaine de messagerie de la société.",
        ),
        false_alarms=Text(
            en="A mail service that was down or moved on the day of the look-up.",
            fr="Service de messagerie en panne ou en migration le jour de la vérification.",
        ),
        evidence=("email", "company_domain", "domain_status"),
        needs_network=True,
        fires=({"domain_relation": "same", "name_pattern": "first.last", "domain_status": "null_mx"},),
        quiet=(
            {"domain_relation": "same", "name_pattern": "first.last", "domain_status": "accepts_mail"},
            {"domain_relation": "same", "name_pattern": "first.last", "domain_status": "unknown"},
            {"domain_relation": "other", "name_pattern": "first.last", "domain_status": "no_mail"},
        ),
    ),
)
