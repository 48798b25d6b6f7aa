"""B. Traces of extraction in the address and in the cells around it."""

import polars as pl

from auditor.legal import CNIL_KASPR, CNIL_PUBLIC_DATA, GDPR_5_1_A, GDPR_5_1_D, GDPR_14_2_F
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

_CODE = pl.col("residue")
# codes of auditor.facts.residue, grouped by what they tell
_MARKUP = (
    "unicode_escape", "hex_escape", "percent_escape", "escape_rest", "html_entity", "mailto", "spelled_out",
    "anti_spam_word", "obfuscation_text", "phone_glued", "digits_glued", "word_glued", "label_glued",
    "hidden_character",
)  # fmt: skip
_WRITING = (
    "wrapping", "punctuation", "display_name", "several_addresses", "spaces", "text_around", "doubled_mark",
    "comma_for_dot",
)  # fmt: skip
_NO_ADDRESS = ("file_name", "code_rule", "tracker_key")

RULES = (
    Rule(
        id="B01",
        name="page_markup_residue",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.RESIDUE,
        when=_CODE.is_in(_MARKUP),
        refs=(GDPR_5_1_A, GDPR_5_1_D, GDPR_14_2_F, CNIL_PUBLIC_DATA),
        title=Text(en="Left-over of a web page in the address", fr="Reste de page web dans l'adresse"),
        says=Text(
            en="The cell carries what a collecting program leaves: escapes, mailto:, glued words or digits, (at). A "
            "trace, not a proof.",
            fr="La cellule porte ce que laisse un programme de collecte : séquences d'échappement, mailto:, mots ou "
            "chiffres collés, (at). C'est un indice, pas une preuve.",
        ),
        cure=Text(
            en="Find out where the address was collected and whether that was allowed; only then take over the "
            "suggested form.",
            fr="Établissez où l'adresse a été collectée et si c'était permis ; alors seulement, reprenez la forme "
            "proposée.",
        ),
        false_alarms=Text(
            en="Addresses copied by hand from a web page or an old mail.",
            fr="Adresses copiées à la main depuis une page web ou un ancien message.",
        ),
        evidence=("email", "residue"),
        detail="residue",
        suggests="recovered",
        fires=({"residue": "unicode_escape"}, {"residue": "spelled_out"}),
        quiet=({"residue": None}, {"residue": "placeholder"}, {"residue": "wrapping"}),
    ),
    Rule(
        id="B02",
        name="address_not_clean",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE.is_in(_WRITING),
        refs=(GDPR_5_1_D,),
        title=Text(en="More than an address in the cell", fr="Plus qu'une adresse dans la cellule"),
        says=Text(
            en="The cell holds brackets, a name, blanks, stray marks or several addresses besides the address.",
            fr="La cellule contient, outre l'adresse, des chevrons, un nom, des espaces, des signes parasites ou "
            "plusieurs adresses.",
        ),
        cure=Text(
            en="Keep one address per cell: take over the suggestion after a look at the source.",
            fr="Gardez une adresse par cellule : reprenez la suggestion après vérification à la source.",
        ),
        false_alarms=Text(
            en="Exports that write name and address into one column on purpose.",
            fr="Exports qui écrivent volontairement nom et adresse dans une même colonne.",
        ),
        evidence=("email", "residue"),
        detail="residue",
        suggests="recovered",
        fires=({"residue": "several_addresses"}, {"residue": "display_name"}),
        quiet=({"residue": None}, {"residue": "mailto"}),
    ),
    Rule(
        id="B03",
        name="placeholder_address",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.RETURN, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE.is_in(["placeholder", "reserved_domain", "reserved_tld"]),
        refs=(GDPR_5_1_D,),
        title=Text(en="Address of a form or template", fr="Adresse de formulaire ou de modèle"),
        says=Text(
            en="This is the sample text of a form or page, or a name reserved for documentation, not a person's "
            "address.",
            fr="C'est le texte d'exemple d'un formulaire ou d'une page, ou un nom réservé à la documentation, non "
            "l'adresse de quelqu'un.",
        ),
        cure=Text(
            en="Drop the address; ask where the row comes from.",
            fr="Supprimez l'adresse ; cherchez d'où vient la ligne.",
        ),
        false_alarms=Text(
            en="People or firms that bear such a name; lists made for a demonstration.",
            fr="Personnes ou entreprises qui portent un tel nom ; listes faites pour une démonstration.",
        ),
        evidence=("email", "residue"),
        detail="residue",
        fires=({"residue": "placeholder"}, {"residue": "reserved_domain"}, {"residue": "reserved_tld"}),
        quiet=({"residue": None}, {"residue": "unicode_escape"}),
    ),
    Rule(
        id="B04",
        name="masked_address",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE == "masked",
        refs=(GDPR_5_1_D, GDPR_14_2_F),
        title=Text(en="Masked address", fr="Adresse masquée"),
        says=Text(
            en="The address is hidden by stars or dots, as data shops show it before payment.",
            fr="L'adresse est cachée par des astérisques ou des points, comme les vendeurs de données l'affichent "
            "avant paiement.",
        ),
        cure=Text(
            en="Drop it: what is hidden must not be guessed. Check how the preview came into the list.",
            fr="Supprimez-la : ce qui est masqué ne se devine pas. Vérifiez comment cet aperçu y est entré.",
        ),
        false_alarms=Text(
            en="Lists that were masked on purpose for a test.", fr="Listes masquées volontairement pour un essai."
        ),
        evidence=("email", "residue"),
        fires=({"residue": "masked"},),
        quiet=({"residue": "placeholder"}, {"residue": None}),
    ),
    Rule(
        id="B05",
        name="not_an_address",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE.is_in(_NO_ADDRESS),
        refs=(GDPR_5_1_A, GDPR_5_1_D),
        title=Text(en="File name or code taken for an address", fr="Nom de fichier ou code pris pour une adresse"),
        says=Text(
            en="The cell holds an image or package name, a style rule or a tracker key that a collecting program took "
            "for an address.",
            fr="La cellule contient un nom d'image ou de paquet, une règle de style ou une clé de traceur qu'un "
            "programme de collecte a prise pour une adresse.",
        ),
        cure=Text(
            en="Drop the row and check the rest of this source: it was collected by a program.",
            fr="Supprimez la ligne et vérifiez le reste de cette source : elle a été collectée par un programme.",
        ),
        false_alarms=Text(
            en="Mailboxes named by a 32-digit key on purpose.",
            fr="Boîtes volontairement nommées par une clé de 32 chiffres.",
        ),
        evidence=("email", "residue"),
        detail="residue",
        fires=({"residue": "file_name"}, {"residue": "tracker_key"}),
        quiet=({"residue": "masked"}, {"residue": None}),
    ),
    Rule(
        id="B06",
        name="look_alike_letters",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE == "mixed_script",
        refs=(GDPR_5_1_D,),
        title=Text(en="Letters of another script", fr="Lettres d'un autre alphabet"),
        says=Text(
            en="Among Latin letters stand look-alikes of another script: the address leads elsewhere than it seems.",
            fr="Des lettres d'un autre alphabet se mêlent aux lettres latines : elle mène ailleurs qu'il n'y paraît.",
        ),
        cure=Text(
            en="Take the address again from its source; be wary of where it came from.",
            fr="Reprenez l'adresse à sa source ; méfiez-vous de sa provenance.",
        ),
        false_alarms=Text(
            en="Keyboards switched between scripts while typing.",
            fr="Clavier basculé d'un alphabet à l'autre en cours de saisie.",
        ),
        evidence=("email", "residue"),
        suggests="recovered",
        fires=({"residue": "mixed_script"},),
        quiet=({"residue": "hidden_character"}, {"residue": None}),
    ),
    Rule(
        id="B07",
        name="unknown_ending",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.RETURN,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=_CODE == "unknown_tld",
        refs=(GDPR_5_1_D,),
        title=Text(en="Ending that does not exist", fr="Extension inexistante"),
        says=Text(
            en="No top-level domain of that name exists: mail cannot arrive.",
            fr="Aucun domaine de premier niveau ne porte ce nom : le message ne peut pas arriver.",
        ),
        cure=Text(
            en="Correct the ending at the source or drop the row.",
            fr="Corrigez l'extension à la source ou écartez la ligne.",
        ),
        false_alarms=Text(
            en="A top-level domain younger than the installed public suffix list.",
            fr="Domaine de premier niveau plus récent que la liste de suffixes installée.",
        ),
        evidence=("email", "residue"),
        suggests="recovered",
        fires=({"residue": "unknown_tld"},),
        quiet=({"residue": "word_glued"}, {"residue": None}),
    ),
    Rule(
        id="B08",
        name="profile_residue",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.FAIR_MEANS, Lens.IMAGE),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.RESIDUE,
        when=pl.col("profile_trace").is_in(["emoji", "profile_text", "profile_region", "degree", "headline"]),
        severity_when=((Severity.NOTE, pl.col("profile_trace").is_in(["degree", "headline"])),),
        refs=(GDPR_5_1_A, GDPR_14_2_F, CNIL_KASPR),
        title=Text(en="Left-over of a social profile", fr="Reste d'un profil de réseau social"),
        says=Text(
            en="Name, title or place carry what people put on a social profile: emojis, degrees, headlines with bars, "
            "regions as the network words them.",
            fr="Nom, fonction ou lieu portent ce que l'on met sur un profil : émojis, diplômes, titres à barres "
            "verticales, régions telles que le réseau les nomme.",
        ),
        cure=Text(
            en="Name the true source and inform the person, or leave the row out; clean the name before any message.",
            fr="Indiquez la vraie source et informez la personne, ou écartez la ligne ; corrigez d'abord le nom.",
        ),
        false_alarms=Text(
            en="Persons who sign with a degree. Degrees and bars alone are only noted.",
            fr="Personnes qui signent avec un diplôme. Diplômes et barres seuls sont simplement notés.",
        ),
        evidence=("first_name", "last_name", "full_name", "job_title", "city", "country"),
        detail="profile_trace",
        fires=({"profile_trace": "emoji"}, {"profile_trace": "profile_region"}),
        quiet=({"profile_trace": None}, {"profile_trace": "merge_field"}),
    ),
    Rule(
        id="B09",
        name="merge_field_leftover",
        since="0.1",
        family=Family.SCRAPING,
        lenses=(Lens.IMAGE,),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=pl.col("name_fault").is_in(["merge_field", "error_value", "civility", "not_a_name", "letter_case"]),
        severity_when=((Severity.NOTE, pl.col("name_fault").is_in(["civility", "letter_case"])),),
        refs=(GDPR_5_1_D,),
        title=Text(en="Name that cannot be printed", fr="Nom impubliable"),
        says=Text(
            en="A name cell holds a merge field, a spreadsheet error, a courtesy title or odd capitals: the greeting "
            "would show it.",
            fr="Une cellule de nom contient un champ de fusion, une erreur de tableur, une civilité ou des majuscules "
            "anormales : la formule d'appel l'afficherait.",
        ),
        cure=Text(en="Correct the name from the source.", fr="Corrigez le nom d'après la source."),
        false_alarms=Text(
            en="Names that are written in capitals by custom.", fr="Noms que l'usage écrit en capitales."
        ),
        evidence=("first_name", "last_name", "full_name"),
        detail="name_fault",
        fires=({"name_fault": "merge_field"}, {"name_fault": "error_value"}),
        quiet=({"name_fault": None}, {"profile_trace": "emoji"}),
    ),
)
