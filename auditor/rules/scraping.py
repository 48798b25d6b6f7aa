"""B. Where the data were taken: profiles, extraction tools, restricted circles, directories, registers."""

import polars as pl

from auditor.legal import (
    AEPD_SOLE_TRADERS,
    APD_BLACK_TIGER,
    CNIL_KASPR,
    CNIL_NESTOR,
    CNIL_PUBLIC_DATA,
    GARANTE_149,
    GARANTE_316,
    GDPR_5_1_A,
    GDPR_5_1_B,
    GDPR_5_1_C,
    GDPR_5_2,
    GDPR_6_1,
    GDPR_14_1,
    GDPR_14_2_F,
    GDPR_21,
    UODO_BISNODE,
)
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Strength, Text

_CLASS = pl.col("source_class")
_KIND = pl.col("source_kind")
_UNKNOWN_ORIGIN = _CLASS.is_in(["missing", "vague", "outbound"])
_CLAIMED = pl.col("legal_basis_class") == "consent"

RULES = (
    Rule(
        id="B10",
        name="social_profile_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=(_CLASS == "network") | (_UNKNOWN_ORIGIN & pl.col("profile_url").is_not_null()),
        severity_when=(
            (
                Severity.REMOVE,
                (_CLASS == "network")
                & _CLAIMED
                & pl.col("consent_grade").is_in(["asserted", "contradicted"])
                & pl.col("pack_code").is_in(["FR", "IT"]),
            ),
        ),
        refs=(GDPR_6_1, GDPR_14_1, CNIL_PUBLIC_DATA, CNIL_KASPR, CNIL_NESTOR, GARANTE_316),
        title=Text(en="A social profile is the only origin", fr="Un profil de réseau social pour seule origine"),
        says=Text(
            en="The only origin on record is a profile on a social network. A profile is not an agreement to receive "
            "offers, and the person has not been told that the data were taken over.",
            fr="La seule origine connue est un profil sur un réseau social. Un profil ne vaut pas accord pour recevoir "
            "des offres, et la personne n'a pas été informée de la reprise de ses données.",
        ),
        cure=Text(
            en="Record where the address itself comes from (source, source_url, collected_on) and the day the person "
            "was informed (notice_on), or leave the person out.",
            fr="Indiquez d'où vient l'adresse elle-même (source, source_url, collected_on) et la date d'information "
            "de la personne (notice_on) ; à défaut, écartez-la.",
        ),
        false_alarms=Text(
            en="Lists in which a member of staff added the profile link by hand to a contact met elsewhere: then "
            "the source column should name that meeting.",
            fr="Listes où un commercial a ajouté à la main le lien du profil d'une personne rencontrée ailleurs : "
            "la colonne source devrait alors nommer cette rencontre.",
        ),
        evidence=("source", "source_class", "profile_url", "notice_on", "consent_grade"),
        fires=(
            {"source_class": "network"},
            {"source_class": "missing", "profile_url": "https://social.example/in/lea-martin"},
        ),
        quiet=(
            {"source_class": "direct", "profile_url": "https://social.example/in/lea-martin"},
            {"source_class": "missing"},
        ),
    ),
    Rule(
        id="B11",
        name="scraper_export_columns",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        scope=Scope.LIST,
        strength=Strength.STRUCTURAL,
        when=(pl.col("list_class") == "scraped") | (pl.col("strong_tells") > 0) | (pl.col("medium_tells") >= 2),
        refs=(GDPR_14_2_F, GDPR_5_2, GDPR_5_1_C),
        title=Text(en="Columns of an extraction tool", fr="Colonnes d'un outil d'extraction"),
        says=Text(
            en="The headers are those of an extraction tool or of copied profiles, not of a form, an event or a "
            "customer file.",
            fr="Les en-têtes sont ceux d'un outil d'extraction ou de profils recopiés, non d'un formulaire, d'un "
            "événement ou d'un fichier clients.",
        ),
        cure=Text(
            en="State the origin of every row (source, collected_on, notice_on). If the list was extracted, inform "
            "the people or do not use it. Drop the columns that were copied from profiles.",
            fr="Précisez l'origine de chaque ligne (source, collected_on, notice_on). Si la liste a été extraite, "
            "informez les personnes ou n'utilisez pas la liste. Supprimez les colonnes recopiées des profils.",
        ),
        false_alarms=Text(
            en="Customer data that were passed through an enrichment tool and came back with its columns.",
            fr="Données de clients passées par un outil d'enrichissement et revenues avec ses colonnes.",
        ),
        evidence=("source_format", "list_class", "strong_tells", "medium_tells"),
        fires=(
            {"list_class": "scraped"},
            {"strong_tells": 1, "medium_tells": 0},
            {"strong_tells": 0, "medium_tells": 2},
        ),
        quiet=({"list_class": "vendor", "strong_tells": 0, "medium_tells": 0}, {"strong_tells": 0, "medium_tells": 1}),
    ),
    Rule(
        id="B12",
        name="scraper_named_as_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=(_CLASS == "scraped")
        | ((_CLASS == "vendor") & (_KIND == "tool") & (pl.col("supplier_state") != "checked")),
        refs=(GDPR_14_2_F, GDPR_5_1_A, CNIL_PUBLIC_DATA, CNIL_KASPR),
        title=Text(en="An extraction tool is the source", fr="Un outil d'extraction pour source"),
        says=Text(
            en="The source is a tool that extracts profiles or pages, or that reveals addresses. The person gave the "
            "data to nobody for this purpose.",
            fr="La source est un outil qui aspire des profils ou des pages, ou qui révèle des adresses. La personne "
            "n'a confié ses données à personne dans ce but.",
        ),
        cure=Text(
            en="Name the real origin and the day the person was informed (source, source_url, notice_on); for a "
            "vendor, register the supplier with its checked evidence. Otherwise leave the person out.",
            fr="Indiquez l'origine réelle et la date d'information de la personne (source, source_url, notice_on) ; "
            "pour un fournisseur, inscrivez-le au registre avec ses preuves vérifiées. À défaut, écartez la ligne.",
        ),
        false_alarms=Text(
            en="A product or an event that bears the name of a tool: declare your own words in [vocabulary.source].",
            fr="Un produit ou un événement homonyme d'un outil : déclarez vos propres termes dans [vocabulary.source].",
        ),
        evidence=("source", "source_class", "source_kind", "source_by", "supplier_state"),
        detail="source_kind",
        fires=(
            {"source_class": "scraped", "source_kind": "tool"},
            {"source_class": "vendor", "source_kind": "tool", "supplier_state": "unregistered"},
        ),
        quiet=(
            {"source_class": "direct", "source_kind": "form"},
            {"source_class": "vendor", "source_kind": "tool", "supplier_state": "checked"},
            {"source_class": "vendor", "source_kind": "generic", "supplier_state": "unregistered"},
        ),
    ),
    Rule(
        id="B13",
        name="restricted_visibility_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.REMOVE,
        confidence=Confidence.HIGH,
        when=_KIND == "restricted",
        refs=(GDPR_6_1, GDPR_5_1_A, CNIL_KASPR),
        title=Text(en="Taken from a restricted circle", fr="Prélevé dans un cercle restreint"),
        says=Text(
            en="The data come from an address book, a contact synchronisation, a closed group or contacts of a given "
            "degree: the person had limited who may see them.",
            fr="Les données viennent d'un carnet d'adresses, d'une synchronisation de contacts, d'un groupe fermé ou "
            "de "
            "relations d'un certain degré : la personne en avait limité la visibilité.",
        ),
        cure=Text(
            en="Leave the person out, unless another lawful origin is documented (source, collected_on, legal_basis).",
            fr="Écartez la personne, sauf autre origine licite documentée (source, collected_on, legal_basis).",
        ),
        false_alarms=Text(
            en="A mailing tool's import from your company's own shared address book of customers.",
            fr="Import, par un outil d'envoi, du carnet d'adresses clients partagé de votre propre entreprise.",
        ),
        evidence=("source", "source_class", "source_kind"),
        fires=({"source_class": "network", "source_kind": "restricted"},),
        quiet=(
            {"source_class": "network", "source_kind": "social"},
            {"source_class": "direct", "source_kind": "event"},
        ),
    ),
    Rule(
        id="B14",
        name="whois_or_code_host_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_KIND == "code_host",
        refs=(GDPR_5_1_B, GDPR_6_1, GDPR_14_1, CNIL_KASPR),
        title=Text(en="Taken from domain or code records", fr="Tiré d'un registre de domaines ou de code"),
        says=Text(
            en="The address was taken from a domain registry or a code-hosting site, where it is published for "
            "technical reasons, not for offers.",
            fr="L'adresse provient d'un registre de noms de domaine ou d'une forge de code, où elle est publiée pour "
            "des raisons techniques et non pour recevoir des offres.",
        ),
        cure=Text(
            en="Leave the person out, or document another origin (source, source_url) and the notice (notice_on).",
            fr="Écartez la personne, ou documentez une autre origine (source, source_url) et l'information "
            "(notice_on).",
        ),
        false_alarms=Text(
            en="People who wrote to you about a project hosted there: name that message as the source.",
            fr="Personnes qui vous ont écrit au sujet d'un projet hébergé là : indiquez ce message comme source.",
        ),
        evidence=("source", "source_class", "source_kind", "notice_on"),
        fires=({"source_class": "published", "source_kind": "code_host"},),
        quiet=({"source_class": "published", "source_kind": "site"},),
    ),
    Rule(
        id="B15",
        name="directory_or_ads_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=_CLASS.is_in(["directory", "published"]) & (_KIND != "code_host"),
        refs=(CNIL_PUBLIC_DATA, GDPR_14_2_F, GDPR_21),
        title=Text(en="Taken from a directory, a site or ads", fr="Tiré d'un annuaire, d'un site ou d'annonces"),
        says=Text(
            en="The data were published in a directory, on a web site, in the press or in small ads. Published does "
            "not mean free to use: the person must be informed and be able to object.",
            fr="Les données ont été publiées dans un annuaire, sur un site, dans la presse ou des petites annonces. "
            "Publié ne veut pas dire librement réutilisable : la personne doit être informée et pouvoir s'opposer.",
        ),
        cure=Text(
            en="Record the page and the day (source_url, collected_on) and the day the person was informed "
            "(notice_on).",
            fr="Indiquez la page et la date (source_url, collected_on) ainsi que la date d'information (notice_on).",
        ),
        false_alarms=Text(
            en="A general address that a company publishes for business contacts; people already informed elsewhere.",
            fr="Adresse générale qu'une société publie pour ses contacts d'affaires ; personnes déjà informées par "
            "ailleurs.",
        ),
        evidence=("source", "source_class", "source_kind", "source_url", "notice_on"),
        detail="source_kind",
        fires=(
            {"source_class": "directory", "source_kind": "directory"},
            {"source_class": "directory", "source_kind": "ads"},
            {"source_class": "published", "source_kind": "press"},
        ),
        quiet=(
            {"source_class": "published", "source_kind": "code_host"},
            {"source_class": "direct", "source_kind": "form"},
        ),
    ),
    Rule(
        id="B16",
        name="public_register_source",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.LAW),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        when=_CLASS == "register",
        refs=(UODO_BISNODE, GARANTE_149, APD_BLACK_TIGER, AEPD_SOLE_TRADERS, GDPR_14_1),
        title=Text(en="Taken from a public register", fr="Tiré d'un registre public"),
        says=Text(
            en="The data come from a trade or certified-mail register. Its purpose is not prospecting; every person "
            "has to be informed individually, and some countries forbid the use.",
            fr="Les données viennent d'un registre du commerce ou d'adresses certifiées. Sa finalité n'est pas la "
            "prospection ; chaque personne doit être informée individuellement, et certains pays interdisent cet "
            "usage.",
        ),
        cure=Text(
            en="Inform each person and record it (notice_on), check the country's rule, or leave the row out.",
            fr="Informez chaque personne et notez-le (notice_on), vérifiez la règle du pays, ou écartez la ligne.",
        ),
        false_alarms=Text(
            en="Registers used only to check the company's name or number while the address came from elsewhere.",
            fr="Registre consulté seulement pour vérifier la raison sociale ou le numéro, l'adresse venant d'ailleurs.",
        ),
        evidence=("source", "source_class", "source_kind", "pack_code", "notice_on"),
        detail="source_kind",
        fires=({"source_class": "register", "source_kind": "company"},),
        quiet=({"source_class": "directory", "source_kind": "directory"},),
    ),
)
