"""E. Contradictions: facts of one row, or of the whole list, that cannot be true together. They weigh more than "
"gaps."""

import polars as pl

from auditor.legal import (
    CJEU_INTELIGO,
    CNIL_CALOGA,
    CNIL_SOLOCAL,
    EDPB_CONSENT,
    EPD_13_2,
    GDPR_5_1_A,
    GDPR_5_1_D,
    GDPR_5_2,
    GDPR_6_1,
    GDPR_7_1,
    GDPR_7_3,
    GDPR_14_2_F,
    GDPR_17_1,
    IE_SI_336,
)
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

_CLASS = pl.col("source_class")
_BASIS = pl.col("legal_basis_class")
_STATE = pl.col("consent_state")
_CONSENT = (_BASIS == "consent") | _STATE.is_in(["given", "confirmed"])
_ON_CONSENT = (_BASIS == "consent") | (
    _BASIS.is_in(["missing", "void"]) & _STATE.is_in(["given", "confirmed", "asserted"])
)
# origins whose keeper may pass on a consent given to others; the other two have nobody who could have asked
_SUPPLIED = _CLASS.is_in(["bought", "vendor"]) & (pl.col("supplier_state") != "checked").fill_null(True)
_NOBODY_ASKED = _CLASS.is_in(["scraped", "register", "guessed", "directory", "published"])
_STAGE = pl.col("lifecycle_class")

RULES = (
    Rule(
        id="E01",
        name="consent_claimed_on_scraped_source",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.FAIR_MEANS, Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=_CONSENT & (_NOBODY_ASKED | _SUPPLIED) & (pl.col("consent_log") != "confirmed").fill_null(True),
        severity_when=(
            (
                Severity.REVIEW,
                (pl.col("source_by") == "format") | _CLASS.is_in(["bought", "vendor", "directory", "published"]),
            ),
        ),
        refs=(GDPR_5_1_A, GDPR_7_1),
        title=Text(en="Consent claimed on a source that gives none", fr="Consentement allégué sans source possible"),
        says=Text(
            en="Consent is stated, but the data were extracted, guessed, bought without checked evidence or taken from "
            "a register or directory, where nobody asked for consent.",
            fr="Un consentement est indiqué, alors que les données ont été aspirées, devinées, achetées sans preuve "
            "vérifiée ou tirées d'un registre ou d'un annuaire, où personne ne l'a demandé.",
        ),
        cure=Text(
            en="Show the individual act of consent (consent_at, consent_text_id, consent_controller, consent_ref) and "
            "correct the source, or remove the row.",
            fr="Produisez l'acte individuel de consentement (consent_at, consent_text_id, consent_controller, "
            "consent_ref) et corrigez la source, ou retirez la ligne.",
        ),
        false_alarms=Text(
            en="People who were first found that way and later filled in a form: the source column should name the "
            "form.",
            fr="Personnes d'abord trouvées ainsi, puis venues d'elles-mêmes par un formulaire : la colonne source "
            "devrait nommer ce formulaire.",
        ),
        evidence=("source_class", "source_by", "legal_basis_class", "consent_state", "supplier_state"),
        detail="source_class",
        fires=(
            {"source_class": "scraped", "legal_basis_class": "consent"},
            {"source_class": "bought", "consent_state": "given", "supplier_state": "unregistered"},
        ),
        quiet=(
            {"source_class": "direct", "legal_basis_class": "consent"},
            {"source_class": "bought", "legal_basis_class": "consent", "supplier_state": "checked"},
            {"source_class": "scraped", "legal_basis_class": "legitimate_interest", "consent_state": "missing"},
            {"source_class": "scraped", "legal_basis_class": "consent", "consent_log": "confirmed"},
        ),
    ),
    Rule(
        id="E02",
        name="dates_impossible",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("date_conflict").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_5_2, GDPR_7_1),
        title=Text(en="Dates that cannot be", fr="Dates impossibles"),
        says=Text(
            en="The row's dates contradict each other or cannot exist: in the future, a program's “no date” such as "
            "1970-01-01, consent after the first message, notice before collection, withdrawal before consent.",
            fr="Les dates de la ligne se contredisent ou ne peuvent exister : date future, valeur par défaut d'un "
            "logiciel comme 1970-01-01, consentement après le premier message, information avant la collecte, retrait "
            "avant le consentement.",
        ),
        cure=Text(
            en="Correct the dates from the original log; if a consent was renewed, give the newer consent_at with its "
            "own consent_ref.",
            fr="Corrigez les dates d'après le journal d'origine ; si le consentement a été renouvelé, indiquez le "
            "nouveau consent_at avec sa propre référence consent_ref.",
        ),
        false_alarms=Text(
            en="Day and month swapped on export; a first contact that was a service message.",
            fr="Jour et mois inversés à l'export ; premier contact qui était un message de service.",
        ),
        evidence=(
            "collected_on",
            "consent_at",
            "withdrawn_at",
            "notice_on",
            "first_contact_on",
            "last_contact_on",
        ),
        detail="date_conflict",
        fires=({"date_conflict": "future_date"},),
        quiet=({"consent_state": "given"},),
    ),
    Rule(
        id="E03",
        name="customer_exception_unsupported",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REMOVE,
        confidence=Confidence.MEDIUM,
        when=(_BASIS == "customer") & pl.col("customer_issue").is_not_null(),
        severity_when=((Severity.REVIEW, pl.col("customer_issue") == "no_sale"),),
        refs=(EPD_13_2, IE_SI_336, CJEU_INTELIGO),
        title=Text(en="Customer basis without a sale", fr="Base « client » sans vente"),
        says=Text(
            en="The row relies on the customer exception, but shows no sale of your own in time, or the person came "
            "from a third party, is still a prospect, or the country knows no such exception.",
            fr="La ligne invoque l'exception « clients » sans vente propre dans les délais, ou la personne vient d'un "
            "tiers, est encore prospecte, ou le pays ne connaît pas cette exception.",
        ),
        cure=Text(
            en="Record the last purchase (last_purchase_on) from your own sales, or state another basis with its "
            "proof.",
            fr="Indiquez le dernier achat (last_purchase_on) issu de vos propres ventes, ou une autre base avec sa "
            "preuve.",
        ),
        false_alarms=Text(
            en="Sales kept in another system; free accounts paid for by a paid offer may count as a sale.",
            fr="Ventes tenues dans un autre système ; un compte gratuit financé par une offre payante peut compter "
            "comme une vente.",
        ),
        evidence=("legal_basis_class", "last_purchase_on", "seller", "lifecycle_class", "pack_code"),
        detail="customer_issue",
        fires=(
            {"legal_basis_class": "customer", "customer_issue": "no_sale"},
            {"legal_basis_class": "customer", "customer_issue": "third_party"},
        ),
        quiet=({"legal_basis_class": "customer"}, {"legal_basis_class": "consent", "customer_issue": "no_sale"}),
    ),
    Rule(
        id="E04",
        name="withdrawn_but_active",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=_STATE == "refused",
        refs=(GDPR_7_3, GDPR_17_1, CNIL_CALOGA),
        title=Text(en="Consent withdrawn, still listed", fr="Consentement retiré, toujours listé"),
        says=Text(
            en="The person withdrew or refused consent and is still on the list.",
            fr="La personne a retiré ou refusé son consentement et figure toujours dans la liste.",
        ),
        cure=Text(
            en="Remove the row and enter the address in the suppression list, in every base you send from.",
            fr="Retirez la ligne et inscrivez l'adresse dans la liste d'opposition, dans toutes les bases d'envoi.",
        ),
        false_alarms=Text(
            en="Status columns of another channel (telephone, SMS) read as a status for e-mail.",
            fr="Statut d'un autre canal (téléphone, SMS) lu comme un statut pour le courriel.",
        ),
        evidence=("consent_state", "withdrawn_at", "consent_at", "legal_basis_class"),
        fires=({"consent_state": "refused"},),
        quiet=({"consent_state": "given"}, {"consent_state": "never"}),
    ),
    Rule(
        id="E07",
        name="consent_older_than_its_origin",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=(pl.col("consent_too_early") != "before_gdpr") & _ON_CONSENT,
        refs=(GDPR_5_1_D, GDPR_7_1),
        title=Text(en="Consent older than its form or event", fr="Consentement antérieur à son origine"),
        says=Text(
            en="The consent is dated before the form, the event or the company it is said to come from existed.",
            fr="Le consentement est daté d'avant l'existence du formulaire, de l'événement ou de la société dont il "
            "est censé provenir.",
        ),
        cure=Text(
            en="Correct consent_at or the source from the log.",
            fr="Corrigez consent_at ou la source d'après le journal.",
        ),
        false_alarms=Text(
            en="Registrations for next year's edition; a number in a name that looks like a year.",
            fr="Inscriptions à l'édition de l'année suivante ; nombre dans un nom qui ressemble à une année.",
        ),
        evidence=("consent_at", "source_class", "source_kind"),
        detail="consent_too_early",
        fires=({"consent_too_early": "before_named_year", "legal_basis_class": "consent"},),
        quiet=({"legal_basis_class": "consent"}, {"consent_too_early": "before_gdpr", "legal_basis_class": "consent"}),
    ),
    Rule(
        id="E08",
        name="consent_before_gdpr",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(pl.col("consent_too_early") == "before_gdpr") & _ON_CONSENT,
        refs=(GDPR_7_1, EDPB_CONSENT),
        title=Text(en="Consent from before 25 May 2018", fr="Consentement antérieur au 25 mai 2018"),
        says=Text(
            en="The consent is older than the GDPR and nothing shows that it was renewed or already met its "
            "conditions.",
            fr="Le consentement est antérieur au RGPD et rien n'indique qu'il ait été renouvelé ou qu'il en "
            "remplissait "
            "déjà les conditions.",
        ),
        cure=Text(
            en="Show the text of that time (consent_text_id) and that it meets today's conditions, or a later renewal "
            "(consent_at, doi_confirmed_at).",
            fr="Produisez le texte de l'époque (consent_text_id) et montrez qu'il remplit les conditions actuelles, ou "
            "un renouvellement ultérieur (consent_at, doi_confirmed_at).",
        ),
        false_alarms=Text(
            en="Double opt-ins of before 2018 whose text already met the conditions.",
            fr="Doubles opt-in d'avant 2018 dont le texte remplissait déjà les conditions.",
        ),
        evidence=("consent_at", "doi_confirmed_at", "consent_text_id"),
        fires=({"consent_too_early": "before_gdpr", "legal_basis_class": "consent"},),
        quiet=(
            {"consent_too_early": "before_named_year", "legal_basis_class": "consent"},
            {"legal_basis_class": "consent"},
        ),
    ),
    Rule(
        id="E09",
        name="double_opt_in_out_of_order",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=pl.col("opt_in_conflict").is_not_null(),
        refs=(GDPR_7_1, GDPR_5_2),
        title=Text(en="Double opt-in out of order", fr="Double opt-in incohérent"),
        says=Text(
            en="The confirmation came before the request, in the very same second, or without any request: what an "
            "import writes, not what a person clicks.",
            fr="La confirmation précède la demande, tombe à la même seconde, ou existe sans demande : c'est la trace "
            "d'un import, non d'un clic.",
        ),
        cure=Text(
            en="Restore both times from the mailing tool's log (doi_sent_at, doi_confirmed_at), or supply it with "
            "--consent-log.",
            fr="Rétablissez les deux heures d'après le journal de l'outil d'envoi (doi_sent_at, doi_confirmed_at), ou "
            "fournissez-le avec --consent-log.",
        ),
        false_alarms=Text(
            en="Exports that give both times in different zones, or only the day.",
            fr="Exports donnant les deux heures dans des fuseaux différents, ou seulement le jour.",
        ),
        evidence=("consent_at", "doi_sent_at", "doi_confirmed_at"),
        detail="opt_in_conflict",
        fires=({"opt_in_conflict": "confirmed_at_once"},),
        quiet=({"consent_state": "confirmed"},),
    ),
    Rule(
        id="E10",
        name="source_contradicts_columns",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.STRUCTURAL,
        when=pl.col("source_conflict").is_not_null(),
        refs=(GDPR_14_2_F, GDPR_5_1_A, CNIL_SOLOCAL),
        title=Text(
            en="Source says one thing, the columns another", fr="La source dit une chose, les colonnes une autre"
        ),
        says=Text(
            en="The source claims that the person gave the data (form, event, customer), while the format of the list "
            "or another column shows a tool, a seller or a guess.",
            fr="La source affirme que la personne a donné ses données (formulaire, événement, client), alors que le "
            "format de la liste ou une autre colonne révèle un outil, un vendeur ou une déduction.",
        ),
        cure=Text(
            en="Say which is right: correct the source, or show the form's entry (consent_form, consent_ref, "
            "collected_on).",
            fr="Dites laquelle est juste : corrigez la source, ou produisez l'entrée du formulaire (consent_form, "
            "consent_ref, collected_on).",
        ),
        false_alarms=Text(
            en="Own contacts completed by an enrichment tool: note the tool in source_detail and keep the form as "
            "source.",
            fr="Contacts propres complétés par un outil d'enrichissement : notez l'outil à part et gardez le "
            "formulaire "
            "comme source.",
        ),
        evidence=("source", "source_class", "source_detail", "source_url"),
        detail="source_conflict",
        fires=({"source_conflict": "format_scraped"},),
        quiet=({"source_class": "direct"},),
    ),
    Rule(
        id="E11",
        name="consent_denied_by_status",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=(_BASIS == "consent") & (_STATE == "never"),
        refs=(GDPR_6_1, GDPR_7_1),
        title=Text(en="Basis says consent, status says none", fr="Base « consentement », statut « aucun »"),
        says=Text(
            en="The legal basis is consent, and the row's own status says that none was given.",
            fr="La base légale est le consentement, et le statut de la ligne indique qu'il n'a jamais été donné.",
        ),
        cure=Text(
            en="Correct the status from the log, or remove the row.",
            fr="Corrigez le statut d'après le journal, ou retirez la ligne.",
        ),
        false_alarms=Text(
            en="A status column of another list or channel.",
            fr="Statut d'une autre liste ou d'un autre canal.",
        ),
        evidence=("legal_basis_class", "consent_state", "consent_status"),
        fires=({"legal_basis_class": "consent", "consent_state": "never"},),
        quiet=(
            {"legal_basis_class": "legitimate_interest", "consent_state": "never"},
            {"legal_basis_class": "consent", "consent_state": "given"},
        ),
    ),
    Rule(
        id="E12",
        name="contract_without_customer",
        since="0.1",
        family=Family.CONTRADICTION,
        lenses=(Lens.LAW,),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(_BASIS == "contract")
        & ((_STAGE == "prospect") | _CLASS.is_in(["scraped", "bought", "vendor", "guessed"])),
        refs=(GDPR_6_1, GDPR_5_2),
        title=Text(en="Contract with somebody who is no customer", fr="Contrat avec une personne non cliente"),
        says=Text(
            en="The legal basis is a contract, but the row is a prospect or comes from a tool or a seller.",
            fr="La base légale est un contrat, mais la ligne est un prospect ou vient d'un outil ou d'un vendeur.",
        ),
        cure=Text(
            en="Give the contract's sign (lifecycle, last_purchase_on), or state the basis on which you prospect.",
            fr="Donnez le signe du contrat (lifecycle, last_purchase_on), ou indiquez la base de la prospection.",
        ),
        false_alarms=Text(
            en="Offers under negotiation at the person's own request.",
            fr="Offre en cours de négociation à la demande de la personne.",
        ),
        evidence=("legal_basis_class", "lifecycle_class", "source_class"),
        fires=(
            {"legal_basis_class": "contract", "lifecycle_class": "prospect"},
            {"legal_basis_class": "contract", "source_class": "vendor"},
        ),
        quiet=(
            {"legal_basis_class": "contract", "lifecycle_class": "customer", "source_class": "customer"},
            {"legal_basis_class": "consent", "lifecycle_class": "prospect"},
        ),
    ),
)
