"""D. Provenance and evidence: what the row cannot show of its consent."""

import polars as pl

from auditor.legal import (
    CJEU_CANAL,
    CJEU_PLANET49,
    CNIL_CALOGA,
    CNIL_CANAL,
    CNIL_EDF,
    CNIL_FORIOU,
    CNIL_HUBSIDE,
    CNIL_LOYALTY,
    CNIL_PERFORMECLIC,
    CNIL_SOLOCAL,
    CNIL_TAGADAMEDIA,
    DSK_MARKETING,
    EDPB_CONSENT,
    GDPR_4_11,
    GDPR_5_1_B,
    GDPR_7_1,
    GDPR_R32,
    UK_PECR_22,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

_BASIS = pl.col("legal_basis_class")
_STATE = pl.col("consent_state")
_SAYS_YES = _STATE.is_in(["given", "confirmed", "asserted"])
# the row rests on consent: its basis says so, or it names no other basis and says that consent was given
_ON_CONSENT = (_BASIS == "consent") | (_BASIS.is_in(["missing", "void"]) & _SAYS_YES)
_UNPROVEN = pl.col("provenance_level").is_in(["V0", "V1", "V2", "V3"])

RULES = (
    Rule(
        id="D06",
        name="consent_not_verifiable",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_ON_CONSENT & ~_STATE.is_in(["refused", "never", "pending"]) & _UNPROVEN,
        severity_when=((Severity.REMOVE, (_BASIS == "consent") & (pl.col("regime") == "in")),),
        refs=(GDPR_7_1, EDPB_CONSENT, CNIL_PERFORMECLIC, CNIL_SOLOCAL),
        title=Text(en="Consent without proof", fr="Consentement sans preuve"),
        says=Text(
            en="The row rests on consent, and what would prove it is incomplete: below level V4 a consent is an "
            "assertion. The detail in findings.csv names the missing columns.",
            fr="La ligne repose sur un consentement dont la preuve est incomplète : sous le niveau V4, un consentement "
            "n'est qu'une affirmation. Le détail, dans findings.csv, nomme les colonnes manquantes.",
        ),
        cure=Text(
            en="Add the columns named in the detail from the form's or the mailing tool's log, above all consent_at, "
            "consent_text_id, consent_controller and an individual consent_ref (or doi_sent_at and doi_confirmed_at), "
            "or supply the log itself with --consent-log. Without proof, leave the person out.",
            fr="Ajoutez les colonnes nommées dans le détail à partir du journal du formulaire ou de l'outil d'envoi, "
            "d'abord consent_at, consent_text_id, consent_controller et une référence individuelle consent_ref (ou "
            "doi_sent_at et doi_confirmed_at), ou fournissez le journal avec --consent-log. Sans preuve, écartez la "
            "personne.",
        ),
        false_alarms=Text(
            en="The proof exists in another system: export it and hand it over as a consent log.",
            fr="La preuve existe dans un autre système : exportez-la et fournissez-la comme journal de consentement.",
        ),
        evidence=("legal_basis_class", "consent_state", "consent_grade", "provenance_level", "consent_at"),
        detail="missing_evidence",
        fires=(
            {"legal_basis_class": "consent", "consent_state": "asserted", "provenance_level": "V1"},
            {"legal_basis_class": "missing", "consent_state": "given", "provenance_level": "V2"},
        ),
        quiet=(
            {"legal_basis_class": "consent", "consent_state": "confirmed", "provenance_level": "V4"},
            {"legal_basis_class": "legitimate_interest", "consent_state": "given", "provenance_level": "V1"},
            {"legal_basis_class": "consent", "consent_state": "refused", "provenance_level": "V1"},
        ),
    ),
    Rule(
        id="D07",
        name="consent_evidence_shared",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(pl.col("consent_ref_rows") >= 2) & (_ON_CONSENT | (_BASIS == "missing")),
        refs=(GDPR_7_1, CNIL_EDF, CNIL_FORIOU),
        title=Text(en="One proof for many people", fr="Une preuve pour plusieurs personnes"),
        says=Text(
            en="Several people share this evidence reference: it points to a template or a batch, not to what this "
            "person did.",
            fr="Plusieurs personnes partagent cette référence : elle désigne un modèle ou un lot, non l'acte de cette "
            "personne.",
        ),
        cure=Text(
            en="Replace consent_ref by a reference of the individual act: form log id, receipt id, double opt-in id.",
            fr="Remplacez consent_ref par la référence de l'acte individuel : identifiant de journal, de reçu ou de "
            "double opt-in.",
        ),
        false_alarms=Text(
            en="Columns that hold the id of a form or of an event: map them to consent_form instead.",
            fr="Colonnes contenant l'identifiant d'un formulaire ou d'un événement : reliez-les plutôt à consent_form.",
        ),
        evidence=("consent_ref", "consent_ref_rows", "legal_basis_class"),
        fires=({"consent_ref_rows": 12, "legal_basis_class": "consent"},),
        quiet=(
            {"consent_ref_rows": 1, "legal_basis_class": "consent"},
            {"consent_ref_rows": 12, "legal_basis_class": "legitimate_interest", "consent_state": "missing"},
        ),
    ),
    Rule(
        id="D08",
        name="consent_controller_unnamed",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("consent_controller_class").is_in(["category", "other"]) & _ON_CONSENT,
        refs=(GDPR_4_11, GDPR_7_1, CNIL_CANAL, CJEU_CANAL, CNIL_HUBSIDE, UK_PECR_22),
        title=Text(en="Consent given to nobody in particular", fr="Consentement donné à personne en particulier"),
        says=Text(
            en="Consent was given to “partners” or another category, or to another company only, not to the sender by "
            "name. Whether a category can suffice is before the Court of Justice; several senders were fined for it.",
            fr="Le consentement a été donné à des « partenaires » ou à une autre catégorie, ou à une autre société "
            "seulement, non à l'expéditeur nommément. La Cour de justice doit dire si une catégorie suffit ; plusieurs "
            "expéditeurs ont été sanctionnés.",
        ),
        cure=Text(
            en="Show the list of named recipients as it stood at the time of consent, and put the sender's name in "
            "consent_controller. If it is not on that list, leave the person out.",
            fr="Produisez la liste nominative des destinataires au moment du consentement et indiquez le nom de "
            "l'expéditeur dans consent_controller. S'il n'y figure pas, écartez la personne.",
        ),
        false_alarms=Text(
            en="The word “partners” inside the name of an organisation.",
            fr="Le mot « partenaires » ou « partners » dans le nom d'un organisme.",
        ),
        evidence=("consent_controller", "consent_controller_class", "legal_basis_class"),
        detail="consent_controller_class",
        fires=({"consent_controller_class": "category", "legal_basis_class": "consent"},),
        quiet=(
            {"consent_controller_class": "named", "legal_basis_class": "consent"},
            {"consent_controller_class": "category", "legal_basis_class": "customer"},
        ),
    ),
    Rule(
        id="D09",
        name="consent_from_prize_draw",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(pl.col("source_kind") == "prize") | (pl.col("consent_method_class") == "prize_draw"),
        refs=(GDPR_4_11, CNIL_TAGADAMEDIA, CNIL_FORIOU, CNIL_CALOGA),
        title=Text(en="Origin is a prize draw", fr="Origine : un jeu-concours"),
        says=Text(
            en="The person took part in a competition or product test. Entering a game is not agreeing to offers.",
            fr="La personne a participé à un jeu ou à un test de produit. Jouer n'est pas accepter de la prospection.",
        ),
        cure=Text(
            en="Show the form with its separate, unticked box and the text that was shown (consent_text_id, "
            "consent_method, consent_form), or leave the person out.",
            fr="Produisez le formulaire avec sa case distincte, non précochée, et le texte présenté (consent_text_id, "
            "consent_method, consent_form), ou écartez la personne.",
        ),
        false_alarms=Text(
            en="Draws held at a stand among visitors who also asked for information.",
            fr="Tirage au sort organisé sur un stand auprès de visiteurs qui demandaient aussi des informations.",
        ),
        evidence=("source", "source_kind", "consent_method_class", "consent_text_id"),
        fires=({"source_kind": "prize"}, {"consent_method_class": "prize_draw"}),
        quiet=({"source_kind": "form"}, {"consent_method_class": "double_opt_in", "source_kind": "newsletter"}),
    ),
    Rule(
        id="D10",
        name="consent_method_invalid",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=pl.col("consent_method_class").is_in(["pre_ticked", "terms", "implied"]) & _ON_CONSENT,
        refs=(GDPR_4_11, GDPR_R32, CJEU_PLANET49),
        title=Text(en="No act of consent", fr="Aucun acte de consentement"),
        says=Text(
            en="Consent was taken from a pre-ticked box, from accepted terms or from silence. None of these is "
            "consent.",
            fr="Le consentement a été déduit d'une case précochée, de conditions acceptées ou d'un silence. Rien de "
            "cela ne vaut consentement.",
        ),
        cure=Text(
            en="Leave the person out, unless another, active consent is on record (consent_at, consent_method, "
            "consent_ref).",
            fr="Écartez la personne, sauf si un autre consentement, actif, est consigné (consent_at, consent_method, "
            "consent_ref).",
        ),
        false_alarms=Text(
            en="A method column that describes the whole form, of which the terms are only a part.",
            fr="Colonne décrivant tout le formulaire, dont l'acceptation des conditions n'est qu'une partie.",
        ),
        evidence=("consent_method", "consent_method_class", "legal_basis_class"),
        detail="consent_method_class",
        fires=(
            {"consent_method_class": "pre_ticked", "legal_basis_class": "consent"},
            {"consent_method_class": "terms", "legal_basis_class": "missing", "consent_state": "given"},
        ),
        quiet=(
            {"consent_method_class": "form", "legal_basis_class": "consent"},
            {"consent_method_class": "implied", "legal_basis_class": "legitimate_interest", "consent_state": "missing"},
        ),
    ),
    Rule(
        id="D11",
        name="consent_scope_mismatch",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.MEDIUM,
        when=(
            (pl.col("consent_purpose_class") == "other").fill_null(False)
            | pl.col("consent_channel_class").is_in(["phone", "sms", "post", "social"]).fill_null(False)
        )
        & _ON_CONSENT,
        refs=(GDPR_4_11, GDPR_5_1_B, CNIL_LOYALTY),
        title=Text(en="Consent for something else", fr="Consentement pour autre chose"),
        says=Text(
            en="Consent was given for another purpose or another channel than commercial e-mail.",
            fr="Le consentement porte sur une autre finalité ou un autre canal que la prospection par courriel.",
        ),
        cure=Text(
            en="Leave the person out of e-mail campaigns, or show a consent that covers them (consent_purpose, "
            "consent_channel, consent_text_id).",
            fr="Écartez la personne des campagnes par courriel, ou produisez un consentement qui les couvre "
            "(consent_purpose, consent_channel, consent_text_id).",
        ),
        false_alarms=Text(
            en="Columns that list only the first of several purposes or channels.",
            fr="Colonnes qui ne citent que la première de plusieurs finalités ou le premier de plusieurs canaux.",
        ),
        evidence=("consent_purpose_class", "consent_channel_class", "legal_basis_class"),
        fires=(
            {"consent_purpose_class": "other", "legal_basis_class": "consent"},
            {"consent_channel_class": "phone", "legal_basis_class": "consent"},
        ),
        quiet=(
            {"consent_purpose_class": "prospecting", "consent_channel_class": "email", "legal_basis_class": "consent"},
            {"consent_purpose_class": "other", "legal_basis_class": "legitimate_interest", "consent_state": "missing"},
        ),
    ),
    Rule(
        id="D12",
        name="double_opt_in_unfinished",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_STATE == "pending",
        refs=(GDPR_7_1, DSK_MARKETING),
        title=Text(en="Confirmation never came", fr="Confirmation jamais reçue"),
        says=Text(
            en="A confirmation was asked for and never given.",
            fr="Une confirmation a été demandée et n'a jamais été donnée.",
        ),
        cure=Text(
            en="Leave the person out until doi_confirmed_at is on record; do not write again to ask.",
            fr="Écartez la personne tant que doi_confirmed_at n'est pas renseigné ; ne la relancez pas.",
        ),
        false_alarms=Text(
            en="Exports that leave out the confirmation time of confirmed people.",
            fr="Exports qui omettent l'heure de confirmation de personnes confirmées.",
        ),
        evidence=("consent_state", "doi_sent_at", "doi_confirmed_at"),
        fires=({"consent_state": "pending"},),
        quiet=({"consent_state": "confirmed"}, {"consent_state": "given"}),
    ),
    Rule(
        id="D15",
        name="consent_record_incomplete",
        since="0.1",
        family=Family.PROVENANCE,
        lenses=(Lens.LAW,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        when=pl.col("provenance_level").is_in(["V4", "V5"]) & pl.col("missing_evidence").is_not_null() & _ON_CONSENT,
        refs=(GDPR_7_1, EDPB_CONSENT),
        title=Text(en="Proof present, record incomplete", fr="Preuve présente, dossier incomplet"),
        says=Text(
            en="There is an individual proof of consent, but parts of a complete record are missing; the detail names "
            "them.",
            fr="Il existe une preuve individuelle du consentement, mais le dossier n'est pas complet ; le détail nomme "
            "ce qui manque.",
        ),
        cure=Text(
            en="Add the named columns from the form's log while it still exists, above all the text that was shown and "
            "to whom consent was given.",
            fr="Ajoutez les colonnes nommées à partir du journal du formulaire tant qu'il existe, d'abord le texte "
            "présenté et le destinataire du consentement.",
        ),
        false_alarms=Text(
            en="Facts that hold for the whole list: declare them once in [list].",
            fr="Éléments valables pour toute la liste : déclarez-les une fois dans [list].",
        ),
        evidence=("provenance_level", "consent_grade"),
        detail="missing_evidence",
        fires=({"provenance_level": "V4", "missing_evidence": "consent_text_id", "legal_basis_class": "consent"},),
        quiet=(
            {"provenance_level": "V4", "legal_basis_class": "consent"},
            {"provenance_level": "V3", "missing_evidence": "consent_ref", "legal_basis_class": "consent"},
        ),
    ),
)
