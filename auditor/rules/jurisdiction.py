"""J01-J19. Whose law applies, where the data travelled, and one person once."""

import polars as pl

from auditor.legal import CNIL_FUTURA, EPD_13_1, GDPR_5_1_D, GDPR_21, GDPR_44
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

RULES = (
    Rule(
        id="J01",
        name="country_unknown_or_conflicting",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("country_issue").is_not_null(),
        refs=(EPD_13_1,),
        title=Text(en="Country unknown or contradictory", fr="Pays inconnu ou contradictoire"),
        says=Text(
            en="The law of the person's country decides, and that country is unknown, not covered by a country pack, "
            "or told differently by country, phone, postcode and mail domain: the strictest terms were applied.",
            fr="C’est la loi du pays de la personne qui décide ; or ce pays est inconnu, sans fiche, ou contredit par "
            "pays, téléphone, code postal et domaine : les termes les plus stricts ont été appliqués.",
        ),
        cure=Text(
            en="Fill or correct the country of the person; for a list of one country declare it under [list] in the "
            "settings.",
            fr="Renseignez ou corrigez le pays de la personne ; pour un fichier d’un seul pays, déclarez-le sous "
            "[list] "
            "dans les réglages.",
        ),
        false_alarms=Text(
            en="Groups whose staff abroad use the head office's domain; people with a foreign mobile number.",
            fr="Groupes dont le personnel à l’étranger utilise le domaine du siège ; portables étrangers.",
        ),
        evidence=("country", "country_code", "country_evidence", "phone_country"),
        detail="country_issue",
        fires=({"country_issue": "unknown"}, {"country_issue": "conflict", "country_code": "FR"}),
        quiet=({"country_code": "FR", "pack_code": "FR"},),
    ),
    Rule(
        id="J02",
        name="vendor_third_country",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("transfer_gap"),
        refs=(GDPR_44, CNIL_FUTURA),
        title=Text(en="Seller outside Europe, no transfer tool", fr="Vendeur hors d’Europe, sans outil de transfert"),
        says=Text(
            en="The seller or tool is established outside the EEA and the states found adequate, and no standard "
            "clauses, certification or other transfer tool is named.",
            fr="Le vendeur ou l’outil est établi hors de l’EEE et des pays reconnus adéquats, et aucune clause type, "
            "certification ni autre outil de transfert n’est indiqué.",
        ),
        cure=Text(
            en="Record the transfer tool (standard clauses, certification, binding rules) in transfer_tool or under "
            "[[suppliers]] in the settings, or change supplier.",
            fr="Indiquez l’outil de transfert (clauses types, certification, règles contraignantes) dans transfer_tool "
            "ou sous [[suppliers]] dans les réglages, ou changez de fournisseur.",
        ),
        false_alarms=Text(
            en="The contract is with the seller's European company; the tool is documented elsewhere.",
            fr="Le contrat est conclu avec la filiale européenne ; l’outil est documenté ailleurs.",
        ),
        evidence=("seller", "vendor_country", "seller_country", "transfer_tool"),
        detail="seller_country",
        fires=({"transfer_gap": True, "seller_country": "US"},),
        quiet=({"transfer_gap": False, "seller_country": "FR"}, {}),
    ),
    Rule(
        id="J03",
        name="duplicate_person",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.IMAGE, Lens.RETURN, Lens.LAW),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        severity_when=((Severity.REMOVE, pl.col("duplicate_rank") >= 1),),
        when=pl.col("duplicate_rank").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_21),
        title=Text(en="Same mailbox twice", fr="Même boîte présente plusieurs fois"),
        says=Text(
            en="The same mailbox stands in several rows. The first is kept, copies are removed; where one of them "
            "objected, all are removed.",
            fr="La même boîte figure dans plusieurs lignes. La première est gardée, les copies sont retirées ; si "
            "l’une "
            "s’est opposée, toutes le sont.",
        ),
        cure=Text(
            en="Merge the rows in the source system and keep the most restrictive statement.",
            fr="Fusionnez les fiches dans le système source en gardant la mention la plus restrictive.",
        ),
        false_alarms=Text(
            en="A shared mailbox of several people in one company.",
            fr="Une boîte partagée par plusieurs personnes d’une même société.",
        ),
        evidence=("email", "duplicate_rank"),
        fires=({"duplicate_rank": 0}, {"duplicate_rank": 1}),
        quiet=({},),
    ),
)
