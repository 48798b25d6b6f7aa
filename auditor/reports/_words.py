"""The fixed words of the report formats, in both languages; rule texts come with the rules."""

from auditor.model import Text


def _t(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


VERDICTS: dict[str, Text] = {
    "clean": _t("clean", "propres"),
    "review": _t("to review", "à revoir"),
    "removed": _t("removed", "retirés"),
    "unreadable": _t("unreadable", "illisibles"),
}
# of a single record (French counts 0 and 1 as one)
VERDICTS_ONE: dict[str, Text] = {
    "clean": _t("clean", "propre"),
    "review": _t("to review", "à revoir"),
    "removed": _t("removed", "retiré"),
    "unreadable": _t("unreadable", "illisible"),
}
# of a row
VERDICT: dict[str, Text] = {
    "clean": _t("clean", "propre"),
    "review": _t("to review", "à revoir"),
    "removed": _t("removed", "retirée"),
}
MEANING: dict[str, Text] = {
    "clean": _t("no doubt left", "aucun doute"),
    "review": _t("a person decides", "à trancher par une personne"),
    "removed": _t("writing would break a rule", "écrire enfreindrait une règle"),
    "unreadable": _t("no record could be made out", "enregistrement indéchiffrable"),
}
SEVERITY: dict[str, Text] = {
    "remove": _t("remove", "retirer"),
    "review": _t("review", "revoir"),
    "note": _t("note", "à noter"),
}
CONFIDENCE: dict[str, Text] = {
    "high": _t("sure", "sûr"),
    "medium": _t("fairly sure", "assez sûr"),
    "low": _t("unsure", "incertain"),
}
STRENGTH: dict[str, Text] = {
    "declared": _t("the list says so", "la liste le dit"),
    "residue": _t("a trace in the cell", "une trace dans la cellule"),
    "structural": _t("the shape of the list", "la structure de la liste"),
    "statistical": _t("a statistical pattern", "une régularité statistique"),
}
OUTCOMES: dict[str, Text] = {
    "fires": _t("Fires", "Constats"),
    "needs_person": _t("Needs a person", "À trancher"),
    "noted": _t("Noted", "À noter"),
    "passed": _t("Nothing found", "Rien trouvé"),
    "not_applicable": _t("Not applicable", "Sans objet"),
    "not_run": _t("Not run", "Non exécutée"),
}
STATES: dict[str, Text] = {
    "ran": _t("no row says anything about it", "aucune ligne ne permet d'en juger"),
    "column_absent": _t("the list has no column for it", "la liste n'a pas la colonne nécessaire"),
    "offline": _t("needs look-ups of domains (--dns)", "suppose la vérification des domaines (--dns)"),
    "off": _t("switched off by the settings", "désactivée par les réglages"),
}
WAIVER_STATES: dict[str, Text] = {
    "active": _t("in force", "en vigueur"),
    "unused": _t("covers nothing", "sans effet"),
    "expired": _t("expired", "expirée"),
    "unknown_rule": _t("no such rule", "règle inconnue"),
}
DELIMITERS: dict[str, Text] = {
    ",": _t("comma", "virgule"),
    ";": _t("semicolon", "point-virgule"),
    "\t": _t("tab", "tabulation"),
    "|": _t("vertical bar", "barre verticale"),
}
SCREEN_USES: dict[str, Text] = {
    "suppression": _t("objections", "oppositions"),
    "register": _t("national register", "registre national"),
}
SCREEN_KINDS: dict[str, Text] = {
    "list": _t("text", "texte"),
    "ecg": _t("raw SHA-1 digests", "empreintes SHA-1 brutes"),
    "store": _t("keyed digests", "empreintes à clé"),
}
ORIGINS: dict[str, Text] = {"command line": _t("command line", "ligne de commande")}
DECISION_OUTCOMES: dict[str, Text] = {
    "kept": _t("applied: moved to clean", "appliquée : ligne passée dans la liste propre"),
    "removed": _t("applied: removed", "appliquée : ligne retirée"),
    "row_changed": _t("not applied: the row changed or is gone, it asks again",
                      "non appliquée : la ligne a changé ou disparu, la question se pose de nouveau"),
    "new_findings": _t("not applied: the row has new findings, it asks again",
                       "non appliquée : la ligne présente de nouveaux constats, la question se pose de nouveau"),
    "objection": _t("refused: nobody can override an objection",
                    "refusée : une opposition ne peut pas être écartée"),
    "rule_removes": _t("refused: the row's own facts remove it", "refusée : les faits de la ligne imposent le retrait"),
    "expired": _t("not applied: the decision has expired", "non appliquée : la décision a expiré"),
}  # fmt: skip
CHOICES: dict[str, Text] = {"keep": _t("keep", "garder"), "remove": _t("remove", "retirer")}

UI: dict[str, Text] = {
    "title": _t("Audit of", "Audit de"),
    "product": _t("Prospect list audit", "Audit de liste de prospection"),
    "skip": _t("Skip to the summary", "Aller au résumé"),
    "sections": _t("Sections", "Rubriques"),
    "records_read": _t("records read", "enregistrements lus"),
    "flow_title": _t("Where every record ended", "Où chaque enregistrement a abouti"),
    "adds_up": _t("adds up", "le compte est juste"),
    "read": _t("read", "lus"),
    "risks": _t("Biggest risks", "Principaux risques"),
    "no_risks": _t("No rule holds a row of this list.", "Aucune règle ne retient de ligne."),
    "rows": _t("rows", "lignes"),
    "row": _t("row", "ligne"),
    "rows_head": _t("Rows", "Lignes"),
    "also": _t("Also", "Aussi"),
    "whole_list": _t("whole list", "toute la liste"),
    "not_checked": _t("Not checked", "Non vérifié"),
    "about": _t("This audit", "Cet audit"),
    "list": _t("List", "Liste"),
    "sha": _t("SHA-256", "SHA-256"),
    "made": _t("Made", "Établi le"),
    "as_of": _t("Judged as of", "Jugé au"),
    "tool": _t("Tool", "Outil"),
    "rules_version": _t("Rules", "Règles"),
    "packs_version": _t("Countries", "Pays"),
    "data_version": _t("Data lists", "Listes de données"),
    "policy": _t("Policy", "Politique"),
    "standard": _t("standard", "standard"),
    "strict": _t("strict: doubt is removed", "stricte : le doute est retiré"),
    "repaired": _t("repaired", "réparés"),
    "first": _t("Ten rows to look at first", "Dix lignes à regarder d'abord"),
    "first_few": _t("Rows to look at first", "Lignes à regarder d'abord"),
    "first_lead": _t(
        "Each stands for one of the weightiest problems. The number counts records, header not included; in the review "
        "and removed lists it is audit_row.",
        "Chacune illustre l'un des problèmes les plus graves. Le numéro compte les enregistrements, sans l'en-tête ; "
        "dans les listes « review » et « removed », c'est audit_row.",
    ),
    "alike": _t("Rows with this problem", "Lignes ayant ce problème"),
    "why": _t("Why", "Pourquoi"),
    "address": _t("Address", "Adresse"),
    "verdict": _t("Verdict", "Verdict"),
    "says": _t("What it means", "Ce que cela signifie"),
    "show_rows": _t("Show these rows in the table", "Afficher ces lignes dans le tableau"),
    "none_first": _t("No row needs to be looked at.", "Aucune ligne n'est à regarder."),
    "ladder": _t("What each row can prove", "Ce que chaque ligne peut prouver"),
    "ladder_lead": _t(
        "From nothing at all (V0) to a consent confirmed against your own log (V5). Below V4, consent is a claim.",
        "De rien du tout (V0) au consentement confirmé par votre propre journal (V5). "
        "En dessous de V4, le consentement n'est qu'une affirmation.",
    ),
    "level": _t("Level", "Niveau"),
    "shows": _t("The row shows", "La ligne montre"),
    "share": _t("Share", "Part"),
    "sources": _t("Where the addresses come from", "D'où viennent les adresses"),
    "addresses": _t("What kind of addresses", "De quelles adresses il s'agit"),
    "consents": _t("What is said of consent", "Ce qui est dit du consentement"),
    "kind": _t("Kind", "Nature"),
    "countries": _t("Countries and what they ask", "Pays et ce qu'ils exigent"),
    "countries_lead": _t(
        "The law of the recipient's country applies. Where the country is unknown, the strictest terms serve.",
        "C'est le droit du pays du destinataire qui s'applique. Pays inconnu : les termes les plus stricts.",
    ),
    "country": _t("Country", "Pays"),
    "named": _t("Named address", "Adresse nominative"),
    "generic": _t("Company mailbox", "Boîte de société"),
    "personal": _t("Private mailbox", "Messagerie privée"),
    "sole_trader": _t("Sole trader", "Indépendant"),
    "inactive": _t("Silent for at most", "Silence toléré"),
    "inform": _t("Inform within", "Informer sous"),
    "months": _t("months", "mois"),
    "days": _t("days", "jours"),
    "checked_on": _t("read on", "lu le"),
    "lenses": _t("Five questions before you automate", "Cinq questions avant d'automatiser"),
    "findings": _t("findings", "constats"),
    "finding": _t("finding", "constat"),
    "nothing_found": _t("nothing found", "rien trouvé"),
    "families": _t("Findings by family of rules", "Constats par famille de règles"),
    "family": _t("Family", "Famille"),
    "rules": _t("Every rule, and what became of it", "Chaque règle et son résultat"),
    "rules_lead": _t(
        "One sign is one rule. “Nothing found” speaks of what the list shows, not of compliance.",
        "Un signe, une règle. « Rien trouvé » parle de ce que la liste montre, pas de conformité.",
    ),
    "severity": _t("Severity", "Gravité"),
    "confidence": _t("Confidence", "Certitude"),
    "law": _t("Law", "Texte"),
    "cure": _t("What to do", "Que faire"),
    "false_alarms": _t("Typical false alarms", "Fausses alertes typiques"),
    "unknown_for": _t("Could not be judged for", "Impossible à juger pour"),
    "waived": _t("Waived", "Dérogation"),
    "missing": _t("Missing columns", "Colonnes manquantes"),
    "columns_word": _t("columns", "colonnes"),
    "column_word": _t("column", "colonne"),
    "list_findings": _t("Findings on the list as a whole", "Constats sur la liste entière"),
    "no_list_findings": _t(
        "Neither the list as a whole nor one of its columns raised a finding.",
        "Ni la liste dans son ensemble ni aucune de ses colonnes n'appelle de constat.",
    ),
    "column": _t("Column", "Colonne"),
    "evidence": _t("Evidence", "Indices"),
    "unknown_sources": _t("Source words nobody knows yet", "Sources non reconnues"),
    "unknown_sources_lead": _t(
        "No word of these values is known, so they count as vague. Say what they mean in [vocabulary.source].",
        "Aucun mot de ces valeurs n'est connu ; elles comptent comme vagues. Précisez leur sens dans "
        "[vocabulary.source].",
    ),
    "value_read": _t("Value, as read (digits as 0)", "Valeur lue (chiffres remplacés par 0)"),
    "rare_values": _t("rarer values, not shown", "valeurs plus rares, non affichées"),
    "calendar": _t("When people must be informed", "Quand informer les personnes"),
    "calendar_lead": _t(
        "Data obtained elsewhere: the person is told within a month (GDPR 14), at the latest with the first message.",
        "Données obtenues ailleurs : la personne est informée dans le mois (RGPD, art. 14), au plus tard au premier "
        "message.",
    ),
    "overdue": _t("overdue", "en retard"),
    "due": _t("due", "à venir"),
    "month": _t("Month", "Mois"),
    "no_calendar": _t(
        "No row has a collection date from which the duty could be counted.",
        "Aucune ligne n'a de date de collecte à partir de laquelle compter le délai.",
    ),
    "suppliers": _t("Suppliers", "Fournisseurs"),
    "supplier": _t("Supplier", "Fournisseur"),
    "contract": _t("Contract", "Contrat"),
    "transfer": _t("Transfer tool", "Outil de transfert"),
    "evidence_on": _t("Evidence seen", "Preuve vue le"),
    "sample": _t("Sample checked", "Échantillon vérifié"),
    "sample_ok": _t("good", "bon"),
    "sample_bad": _t("bad", "mauvais"),
    "expires": _t("Expires", "Expire le"),
    "expired": _t("expired", "expiré"),
    "standing": _t("Standing of the rows' suppliers", "Situation des fournisseurs des lignes"),
    "state": _t("State", "État"),
    "no_suppliers": _t("No supplier is declared in the settings.", "Aucun fournisseur déclaré dans les réglages."),
    "drift": _t("Since the last report", "Depuis le dernier rapport"),
    "drift_lead": _t("Compared with the audit of", "Par rapport à l'audit du"),
    "drift_new": _t("new", "nouveaux"),
    "drift_fixed": _t("fixed", "résolus"),
    "drift_persisting": _t("persisting", "persistants"),
    "drift_reappeared": _t("re-appeared", "réapparus"),
    "drift_totals": _t(
        "The lists of that audit were not found beside its report: only totals can be compared.",
        "Les listes de cet audit ne sont plus à côté de son rapport : seuls les totaux sont comparables.",
    ),
    "returned": _t(
        "People who had objected and are back on the list as if they had not",
        "Personnes qui s'étaient opposées et reviennent comme si de rien n'était",
    ),
    "returned_removed": _t(
        "People whom that audit removed and who are now free of findings: put right, or put back?",
        "Personnes retirées par cet audit et désormais sans constat : corrigées, ou simplement remises ?",
    ),
    "rows_new": _t("people new on the list", "personnes nouvelles dans la liste"),
    "rows_gone": _t("people gone from the list", "personnes sorties de la liste"),
    "trend_levels": _t("Proof, from V0 (pale) to V5 (deep)", "Preuve, de V0 (pâle) à V5 (soutenu)"),
    "trend_verdicts": _t("Verdicts", "Verdicts"),
    "trend": _t("Trend", "Tendance"),
    "settings": _t("Settings, waivers, decisions", "Réglages, dérogations, décisions"),
    "setting": _t("Setting", "Réglage"),
    "value": _t("Value", "Valeur"),
    "origin": _t("From", "Origine"),
    "no_settings": _t("All settings are the defaults.", "Tous les réglages sont ceux par défaut."),
    "domain_check": _t("Domain check.", "Vérification des domaines."),
    "screens": _t("Suppression and register files", "Fichiers d'opposition et registres"),
    "file": _t("File", "Fichier"),
    "entries": _t("Entries read", "Entrées lues"),
    "lines_lost": _t("Lines not understood", "Lignes incomprises"),
    "no_screens": _t("No suppression or register file was given.", "Aucun fichier d'opposition ni registre fourni."),
    "waivers": _t("Waivers", "Dérogations"),
    "rule": _t("Rule", "Règle"),
    "scope": _t("Scope", "Portée"),
    "reason": _t("Reason", "Motif"),
    "owner": _t("Owner", "Responsable"),
    "covered": _t("Findings covered", "Constats couverts"),
    "no_waivers": _t("No waiver.", "Aucune dérogation."),
    "decisions": _t("Decisions", "Décisions"),
    "decision": _t("Decision", "Décision"),
    "decided_by": _t("By", "Par"),
    "decided_on": _t("On", "Le"),
    "outcome": _t("Outcome", "Suite"),
    "no_decisions": _t("No decision was handed in.", "Aucune décision n'a été remise."),
    "columns": _t("How the columns were understood", "Comment les colonnes ont été comprises"),
    "header": _t("Header", "En-tête"),
    "meaning": _t("Understood as", "Comprise comme"),
    "not_understood": _t("not understood", "non comprise"),
    "limits": _t("Limits of this report", "Limites de ce rapport"),
    "limits_short": _t("Limits", "Limites"),
    "keep_until": _t("Delete on", "À supprimer le"),
    "table": _t("All findings", "Tous les constats"),
    "table_lead": _t(
        "Row numbers are those of the original file, from 1. Values are masked.",
        "Les numéros de ligne sont ceux du fichier d'origine, à partir de 1. Les valeurs sont masquées.",
    ),
    "table_capped": _t("The page shows the first of each rule; all of them are in findings.csv:",
                       "La page montre les premiers de chaque règle ; tous figurent dans findings.csv :"),
    "noscript": _t(
        "The table needs JavaScript. Every finding is also in findings.csv beside this page; the rows to look at "
        "first are listed above.",
        "Le tableau suppose JavaScript. Tous les constats sont aussi dans findings.csv, à côté de cette page ; les "
        "lignes à regarder d'abord figurent plus haut.",
    ),
    "print_table": _t("The table of findings is in findings.csv.", "Le tableau des constats est dans findings.csv."),
    "search": _t("Search", "Rechercher"),
    "search_hint": _t("row, address, country, rule…", "ligne, adresse, pays, règle…"),
    "all": _t("all", "toutes"),
    "all_m": _t("all", "tous"),
    "reset": _t("Clear filters", "Effacer les filtres"),
    "previous": _t("Previous", "Précédent"),
    "next": _t("Next", "Suivant"),
    "page": _t("Page", "Page"),
    "detail": _t("Detail", "Précision"),
    "decide": _t("Decide here", "Décider ici"),
    "decide_lead": _t(
        "Rows “to review” wait for a person. Choose keep or remove in the table; your name and reason go with each "
        "decision. Nothing leaves this page: save the file and hand it to the next audit.",
        "Les lignes « à revoir » attendent une personne. Choisissez garder ou retirer dans le tableau ; votre nom et "
        "le motif accompagnent chaque décision. Rien ne quitte cette page : enregistrez le fichier et remettez-le à "
        "l'audit suivant.",
    ),
    "your_name": _t("Your name", "Votre nom"),
    "your_reason": _t("Reason", "Motif"),
    "reason_hint": _t("e.g. met at the fair, card on file", "p. ex. rencontre au salon, carte conservée"),
    "keep_shown": _t("Keep rows shown", "Garder les lignes affichées"),
    "remove_shown": _t("Remove rows shown", "Retirer les lignes affichées"),
    "undo_shown": _t("Undo for rows shown", "Annuler pour les lignes affichées"),
    "save": _t("Save decisions", "Enregistrer les décisions"),
    "undecided": _t("open", "à décider"),
    "legend": _t("Key", "Légende"),
    "footer": _t("Masked values only. No legal advice.", "Valeurs masquées uniquement. Ne vaut pas conseil juridique."),
}  # fmt: skip

# what the page's script says; {n} and the like are filled in there
SCRIPT: dict[str, Text] = {
    "shown": _t("{n} of {all} findings, {rows} rows", "{n} constats sur {all}, {rows} lignes"),
    "page": _t("Page {n} of {all}", "Page {n} sur {all}"),
    "nothing": _t("No finding matches these filters.", "Aucun constat ne correspond à ces filtres."),
    "need_name": _t("Your name first, please.", "Indiquez d'abord votre nom."),
    "need_reason": _t("A reason first, please.", "Indiquez d'abord un motif."),
    "decided": _t("{n} decisions, not saved yet", "{n} décisions à enregistrer"),
    "decided_one": _t("1 decision, not saved yet", "1 décision à enregistrer"),
    "decided_none": _t("No decision yet", "Aucune décision pour l'instant"),
    "saved": _t("{n} decisions saved", "{n} décisions enregistrées"),
    "saved_one": _t("1 decision saved", "1 décision enregistrée"),
    "choose": _t("Decision for row {n}", "Décision pour la ligne {n}"),
    "next_step": _t(
        "Next: auditor check {list} --decisions {file}", "Ensuite : auditor check {list} --decisions {file}"
    ),
}

# the page over several lists
OVERVIEW: dict[str, Text] = {
    "title": _t("Prospect list audits", "Audits de listes de prospection"),
    "list": _t("list", "liste"),
    "lists": _t("lists", "listes"),
    "people": _t("The same people on several lists", "Mêmes personnes dans plusieurs listes"),
    "shared": _t("People who stand on more than one list", "Personnes présentes dans plus d'une liste"),
    "agreed": _t(
        "Of these, said no on one list and are therefore removed from all",
        "Dont opposées dans une liste, donc retirées de toutes",
    ),
    "each": _t("List by list", "Liste par liste"),
}
