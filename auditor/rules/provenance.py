"""D. Provenance and evidence: what the row cannot show of its origin and its basis."""

from datetime import date, datetime

import polars as pl

from auditor.legal import (
    CNIL_EDF,
    CNIL_FORIOU,
    CNIL_LISTS,
    CNIL_SOLOCAL,
    EDPB_LI,
    GDPR_5_1_E,
    GDPR_5_2,
    GDPR_6_1,
    GDPR_6_1_F,
    GDPR_7_1,
    GDPR_14_1,
    GDPR_14_2_F,
    GDPR_14_3,
    GDPR_15_1_G,
    GDPR_28,
    ICO_LISTS,
)
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Text

_CLASS = pl.col("source_class")
_BASIS = pl.col("legal_basis_class")
_STATE = pl.col("consent_state")
_SAYS_YES = _STATE.is_in(["given", "confirmed", "asserted"])

# a company's own contact address without a name is no personal data (recital 14)
_COMPANY_ONLY = (
    (pl.col("address_kind") == "generic").fill_null(False)
    & pl.col("first_name").is_null()
    & pl.col("last_name").is_null()
    & pl.col("full_name").is_null()
)

RULES = (
    Rule(
        id="D01",
        name="source_missing",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_CLASS == "missing",
        refs=(GDPR_14_2_F, GDPR_15_1_G, GDPR_5_2),
        title=Text(en="No source", fr="Aucune source"),
        says=Text(
            en="Nothing says where this row comes from. The question “where did you get my data?” cannot be answered.",
            fr="Rien n'indique d'où vient cette ligne. Impossible de répondre à la question « d'où tenez-vous mes "
            "données ? ».",
        ),
        cure=Text(
            en="Fill the source column with the form, event, person or supplier, and the day (source, collected_on). "
            "If the whole list has one origin, declare it once in [list].",
            fr="Indiquez le formulaire, l'événement, la personne ou le fournisseur, et la date (source, collected_on). "
            "Si toute la liste a une seule origine, déclarez-la une fois dans [list].",
        ),
        false_alarms=Text(
            en="The tool records the source elsewhere and the export left the column out.",
            fr="L'outil enregistre la source ailleurs et l'export n'a pas repris la colonne.",
        ),
        evidence=("source", "source_detail", "source_url", "list_name"),
        fires=({"source_class": "missing"},),
        quiet=({"source_class": "direct"}, {"source_class": "vague"}, {}),
    ),
    Rule(
        id="D02",
        name="source_too_vague",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_CLASS.is_in(["vague", "outbound"])
        | (_CLASS.is_in(["partner", "referral", "published"]) & ~pl.col("source_named")),
        refs=(GDPR_14_2_F, GDPR_15_1_G, CNIL_EDF),
        title=Text(en="Source too vague", fr="Source trop vague"),
        says=Text(
            en="The stated source names no form, event, site or supplier: “web”, “database”, “partner” or a campaign "
            "do not tell a person where the data come from.",
            fr="La source indiquée ne nomme ni formulaire, ni événement, ni site, ni fournisseur : « web », « base », "
            "« partenaire » ou une campagne ne disent pas à une personne d'où viennent ses données.",
        ),
        cure=Text(
            en="Replace it by the name of the form, event, page or supplier and its date (source, source_detail, "
            "source_url, collected_on). If the word means something in your company, add it to [vocabulary.source].",
            fr="Remplacez-la par le nom du formulaire, de l'événement, de la page ou du fournisseur, avec sa date "
            "(source, source_detail, source_url, collected_on). Si le terme a un sens chez vous, ajoutez-le à "
            "[vocabulary.source].",
        ),
        false_alarms=Text(
            en="In-house codes that your team can resolve: list them in [vocabulary.source].",
            fr="Codes internes que votre équipe sait relier à une origine : déclarez-les dans [vocabulary.source].",
        ),
        evidence=("source", "source_class", "source_detail"),
        detail="source_class",
        fires=(
            {"source_class": "vague"},
            {"source_class": "outbound"},
            {"source_class": "partner", "source_named": False},
        ),
        quiet=(
            {"source_class": "missing"},
            {"source_class": "partner", "source_named": True},
            {"source_class": "direct"},
        ),
    ),
    Rule(
        id="D03",
        name="purchase_without_seller",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=(_CLASS == "bought")
        & (
            pl.any_horizontal(pl.col("seller", "collected_on", "contract_ref").is_null())
            & (pl.col("supplier_state") != "checked").fill_null(True)
        ),
        refs=(GDPR_5_2, GDPR_14_1, GDPR_28, CNIL_LISTS, CNIL_FORIOU, ICO_LISTS),
        title=Text(en="Bought, but from whom?", fr="Acheté, mais à qui ?"),
        says=Text(
            en="The row was bought or rented, and the seller, the day or the contract is not on record.",
            fr="La ligne a été achetée ou louée, et le vendeur, la date ou le contrat n'est pas consigné.",
        ),
        cure=Text(
            en="Record seller, collected_on and contract_ref, and obtain from the seller the individual proof of every "
            "consent. A contract alone proves nothing.",
            fr="Renseignez seller, collected_on et contract_ref, et obtenez du vendeur la preuve individuelle de "
            "chaque "
            "consentement. Un contrat seul ne prouve rien.",
        ),
        false_alarms=Text(
            en="Purchases recorded in another system: bring the three columns into the list.",
            fr="Achats consignés dans un autre système : reportez les trois colonnes dans la liste.",
        ),
        evidence=("source_class", "seller", "collected_on", "contract_ref", "supplier_state"),
        fires=(
            {"source_class": "bought", "supplier_state": "unregistered"},
            {"source_class": "bought", "seller": "Fictive Data", "contract_ref": "C-1", "supplier_state": "unproven"},
        ),
        quiet=(
            {"source_class": "direct"},
            {"source_class": "bought", "supplier_state": "checked"},
        ),
    ),
    Rule(
        id="D04",
        name="collection_date_missing",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.all_horizontal(pl.col("collected_on", "consent_at", "doi_sent_at", "doi_confirmed_at").is_null()),
        refs=(GDPR_5_2, GDPR_14_3, GDPR_5_1_E),
        title=Text(en="No day of collection", fr="Pas de date de collecte"),
        says=Text(
            en="No day of collection: neither the notice period nor the retention period can start to run.",
            fr="Sans date de collecte, ni le délai d'information ni la durée de conservation ne peuvent courir.",
        ),
        cure=Text(
            en="Fill collected_on with the day the data were obtained; the day the record was created in the tool does "
            "not count. For a list of one origin, declare it once in [list].",
            fr="Renseignez collected_on avec le jour où les données ont été obtenues ; la date de création de la fiche "
            "ne compte pas. Pour une liste d'origine unique, déclarez-la une fois dans [list].",
        ),
        false_alarms=Text(
            en="Dates whose day and month cannot be told apart count as missing: give the column's order.",
            fr="Une date dont le jour et le mois sont indiscernables compte comme absente : précisez l'ordre de la "
            "colonne.",
        ),
        evidence=("collected_on", "consent_at", "record_created_on"),
        fires=({}, {"source_class": "direct"}),
        quiet=({"consent_at": datetime(2024, 5, 2, 10)}, {"collected_on": date(2024, 5, 2)}),
    ),
    Rule(
        id="D05",
        name="legal_basis_missing_or_void",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=((_BASIS == "void") | ((_BASIS == "missing") & ~_SAYS_YES)) & ~_COMPANY_ONLY,
        refs=(GDPR_6_1, GDPR_14_1),
        title=Text(en="No legal basis", fr="Pas de base légale"),
        says=Text(
            en="No legal basis is stated, or the words name none: “public”, “B2B”, “GDPR ok” and “opt-out” are no "
            "basis.",
            fr="Aucune base légale n'est indiquée, ou les mots n'en désignent aucune : « public », « B2B », « RGPD ok "
            "» "
            "et « opt-out » n'en sont pas.",
        ),
        cure=Text(
            en="State the basis (legal_basis) and what carries it: lia_ref for legitimate interest, the consent "
            "columns "
            "for consent, last_purchase_on for customers.",
            fr="Indiquez la base (legal_basis) et ce qui la fonde : lia_ref pour l'intérêt légitime, les colonnes de "
            "consentement pour le consentement, last_purchase_on pour les clients.",
        ),
        false_alarms=Text(
            en="Tools that keep the basis at list level: declare it once in [list].",
            fr="Outils qui tiennent la base au niveau de la liste : déclarez-la une fois dans [list].",
        ),
        evidence=("legal_basis", "legal_basis_class", "consent_state"),
        detail="legal_basis_class",
        fires=({"legal_basis_class": "void"}, {"legal_basis_class": "missing", "consent_state": "missing"}),
        quiet=(
            {"legal_basis_class": "legitimate_interest"},
            {"legal_basis_class": "missing", "consent_state": "confirmed"},
            {"legal_basis_class": "missing", "consent_state": "missing", "address_kind": "generic"},
        ),
    ),
    Rule(
        id="D13",
        name="balancing_test_missing",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        when=pl.col("unassessed_rows") > 0,
        scope=Scope.LIST,
        refs=(GDPR_6_1_F, GDPR_5_2, EDPB_LI),
        title=Text(en="No balancing test on record", fr="Pas de mise en balance consignée"),
        says=Text(
            en="Rows of the list rest on legitimate interest, and no assessment is referred to.",
            fr="Des lignes de la liste reposent sur l’intérêt légitime, sans référence à une mise en balance.",
        ),
        cure=Text(
            en="Write the assessment once for the campaign and give its reference (lia_ref, or [list] lia_ref).",
            fr="Rédigez une fois l'analyse pour la campagne et indiquez sa référence (lia_ref, ou lia_ref dans "
            "[list]).",
        ),
        false_alarms=Text(
            en="Assessments kept in the register of processing without a reference in the list.",
            fr="Analyse tenue dans le registre des traitements sans référence dans la liste.",
        ),
        evidence=("unassessed_rows", "records"),
        fires=({"unassessed_rows": 3, "records": 10},),
        quiet=({"unassessed_rows": 0, "records": 10}, {"records": 10}),
    ),
    Rule(
        id="D14",
        name="supplier_not_checked",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.col("supplier_state").is_in(["unregistered", "unproven", "expired", "refuted"]),
        severity_when=((Severity.REMOVE, pl.col("supplier_state") == "refuted"),),
        refs=(GDPR_5_2, GDPR_7_1, CNIL_FORIOU, CNIL_SOLOCAL, CNIL_LISTS),
        title=Text(en="Supplier never checked", fr="Fournisseur jamais vérifié"),
        says=Text(
            en="The row comes from a seller, vendor or partner that is not in the supplier register, or whose evidence "
            "was not seen, did not hold or has expired. A contract alone lifts nothing.",
            fr="La ligne vient d'un vendeur, d'un prestataire ou d'un partenaire absent du registre des fournisseurs, "
            "ou dont les preuves n'ont pas été vues, n'ont pas tenu ou sont périmées. Un contrat seul ne suffit pas.",
        ),
        cure=Text(
            en="Ask the supplier for individual proofs, check a sample, and enter name, evidence_on, "
            "sample_checked_on, "
            "sample_ok and expires in [[suppliers]].",
            fr="Demandez au fournisseur des preuves individuelles, contrôlez un échantillon et inscrivez name, "
            "evidence_on, sample_checked_on, sample_ok et expires dans [[suppliers]].",
        ),
        false_alarms=Text(
            en="A supplier written under another name: add it to its aliases.",
            fr="Fournisseur écrit sous un autre nom : ajoutez ce nom à ses aliases.",
        ),
        evidence=("source_class", "seller", "supplier_state"),
        detail="supplier_state",
        fires=({"supplier_state": "unregistered"}, {"supplier_state": "refuted"}),
        quiet=({"supplier_state": "checked"}, {"source_class": "direct"}),
    ),
)
