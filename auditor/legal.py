"""Every legal reference of the product, once: what it asks, where it can be read, when we last looked.

A rule or a pack cites these constants and nothing else. `confirmed=False` marks texts and decisions that are
known but were not opened again on `checked_on`; no rule removes a row on such a text alone.
"""

from datetime import date

from auditor.model import Ref, Text

CHECKED = date(2026, 11, 1)


def _ref(
    key: str, instrument: str, article: str, where: str, en: str, fr: str, confirmed: bool = True, french: str = ""
) -> Ref:
    return Ref(
        key=key,
        instrument=instrument,
        article=article,
        where=where,
        checked_on=CHECKED,
        title=Text(en=en, fr=fr),
        confirmed=confirmed,
        french=french,
    )


def _gdpr(article: str, en: str, fr: str) -> Ref:
    where = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
    french = "Règlement (UE) 2016/679 (RGPD)"
    return _ref(f"GDPR {article}", "Regulation (EU) 2016/679 (GDPR)", article, where, en, fr, french=french)


def _epd(article: str, en: str, fr: str) -> Ref:
    where = "https://eur-lex.europa.eu/eli/dir/2002/58/2009-12-19"
    french = "Directive 2002/58/CE (vie privée et communications électroniques)"
    return _ref(f"ePD {article}", "Directive 2002/58/EC (ePrivacy)", article, where, en, fr, french=french)


def _cnil(
    name: str, number: str, day: str, where: str, en: str, fr: str, confirmed: bool = True, french: str = ""
) -> Ref:
    title = f"CNIL, {french}" if french else ""
    return _ref(f"CNIL {name}", f"CNIL, {number}, {day}", number, where, en, fr, confirmed, title)


def _cjeu(case: str, name: str, day: str, en: str, fr: str, confirmed: bool = True) -> Ref:
    where = f"https://curia.europa.eu/juris/liste.jsf?num={case}"
    named = f"{case} {name}, {day}"
    return _ref(f"CJEU {case}", f"CJEU, {named}", case, where, en, fr, confirmed, french=f"CJUE, {named}")


# --- General Data Protection Regulation (UK GDPR: same article numbers)
GDPR_4_1 = _gdpr(
    "4(1)",
    "A named work address is personal data; a company's own contact address is not.",
    "Une adresse professionnelle nominative est une donnée personnelle ; l’adresse de contact d’une société, non.",
)
GDPR_4_11 = _gdpr(
    "4(11)",
    "Consent is free, specific, informed and given by a clear act.",
    "Le consentement est libre, spécifique, éclairé et donné par un acte positif clair.",
)
GDPR_5_1_A = _gdpr(
    "5(1)(a)",
    "Data are processed lawfully, fairly and transparently.",
    "Les données sont traitées de manière licite, loyale et transparente.",
)
GDPR_5_1_B = _gdpr(
    "5(1)(b)",
    "Data are used only for the purpose they were collected for.",
    "Les données ne servent qu’à la finalité pour laquelle elles ont été collectées.",
)
GDPR_5_1_C = _gdpr(
    "5(1)(c)",
    "Only the data needed for the purpose are kept.",
    "Seules les données nécessaires à la finalité sont conservées.",
)
GDPR_5_1_D = _gdpr("5(1)(d)", "Data are accurate and up to date.", "Les données sont exactes et tenues à jour.")
GDPR_5_1_E = _gdpr(
    "5(1)(e)",
    "Data are kept no longer than the purpose needs.",
    "Les données ne sont pas conservées plus longtemps que nécessaire.",
)
GDPR_5_2 = _gdpr(
    "5(2)",
    "Who uses the data must be able to show compliance.",
    "Le responsable du traitement doit pouvoir démontrer sa conformité.",
)
GDPR_6_1 = _gdpr(
    "6(1)",
    "Every use of personal data needs one of six legal bases.",
    "Tout traitement repose sur l’une des six bases légales.",
)
GDPR_6_1_F = _gdpr(
    "6(1)(f)",
    "Legitimate interest holds only after a balancing test.",
    "L’intérêt légitime suppose une mise en balance préalable.",
)
GDPR_7_1 = _gdpr(
    "7(1)",
    "Whoever relies on consent proves that this person gave it.",
    "Qui se fonde sur le consentement doit prouver que la personne l’a donné.",
)
GDPR_7_3 = _gdpr(
    "7(3)",
    "Consent can be withdrawn at any time, and withdrawal takes effect.",
    "Le consentement peut être retiré à tout moment, et le retrait doit être suivi d’effet.",
)
GDPR_8 = _gdpr(
    "8",
    "Children deserve specific protection (with recital 38).",
    "Les enfants bénéficient d’une protection particulière (avec le considérant 38).",
)
GDPR_9 = _gdpr(
    "9",
    "Health, beliefs, origin, union membership and sexual life are off limits without a specific ground.",
    "Santé, convictions, origine, appartenance syndicale et vie sexuelle sont interdites sauf exception précise.",
)
GDPR_10 = _gdpr(
    "10",
    "Data on offences and convictions are reserved to authorities.",
    "Les données relatives aux infractions et condamnations sont réservées aux autorités.",
)
GDPR_12_1 = _gdpr(
    "12(1)",
    "Information is given in a form the person understands.",
    "L’information est fournie sous une forme compréhensible pour la personne.",
)
GDPR_14_1 = _gdpr(
    "14(1)",
    "A person whose data come from elsewhere is told who uses them and why.",
    "La personne dont les données viennent d’un tiers est informée de leur usage et de sa base légale.",
)
GDPR_14_2_F = _gdpr(
    "14(2)(f)",
    "The person is told where the data come from and whether the source is public.",
    "La personne est informée de la source des données et de son caractère public ou non.",
)
GDPR_14_3 = _gdpr(
    "14(3)",
    "Notice within one month, at the first message or at the first disclosure, whichever comes first.",
    "Information dans un délai d’un mois, au premier message ou à la première communication, au plus tôt des trois.",
)
GDPR_14_5 = _gdpr(
    "14(5)",
    "Exemptions from notice are narrow; an e-mail address at hand rules out disproportionate effort.",
    "Les exceptions à l’information sont étroites ; détenir l’e-mail exclut l’effort disproportionné.",
)
GDPR_15_1_G = _gdpr(
    "15(1)(g)",
    "The person may ask at any time where the data come from.",
    "La personne peut demander à tout moment d’où viennent ses données.",
)
GDPR_17_1 = _gdpr(
    "17(1)",
    "Data are erased after withdrawal, objection or unlawful collection.",
    "Les données sont effacées après retrait, opposition ou collecte illicite.",
)
GDPR_21 = _gdpr(
    "21(2)-(3)",
    "After an objection to direct marketing, the data are no longer used for it.",
    "Après une opposition à la prospection, les données ne sont plus utilisées à cette fin.",
)
GDPR_21_4 = _gdpr(
    "21(4)",
    "The right to object is shown clearly, at the latest in the first message.",
    "Le droit d’opposition est signalé clairement, au plus tard dans le premier message.",
)
GDPR_28 = _gdpr(
    "28",
    "Work done by a supplier rests on a contract.",
    "Le recours à un prestataire repose sur un contrat.",
)
GDPR_32 = _gdpr(
    "32",
    "Data are protected against leaks and unsafe content.",
    "Les données sont protégées contre les fuites et les contenus dangereux.",
)
GDPR_44 = _gdpr(
    "44-46",
    "A transfer outside the EEA needs adequacy, standard clauses or another tool.",
    "Un transfert hors de l’EEE exige une adéquation, des clauses types ou un autre outil.",
)
GDPR_R14 = _gdpr(
    "recital 14",
    "The contact details of a legal person are not personal data.",
    "Les coordonnées d’une personne morale ne sont pas des données personnelles.",
)
GDPR_R32 = _gdpr(
    "recital 32",
    "Silence, pre-ticked boxes or inactivity are no consent.",
    "Silence, cases pré-cochées ou inactivité ne valent pas consentement.",
)
GDPR_R47 = _gdpr(
    "recital 47",
    "Legitimate interest depends on what the person can reasonably expect.",
    "L’intérêt légitime dépend de ce à quoi la personne peut raisonnablement s’attendre.",
)

# --- ePrivacy Directive and other Union texts
EPD_13_1 = _epd(
    "13(1)",
    "Commercial e-mail to natural persons needs prior consent.",
    "La prospection par courriel vers des personnes physiques exige un consentement préalable.",
)
EPD_13_2 = _epd(
    "13(2)",
    "Customer exception: own customers, similar products, refusal offered each time.",
    "Exception clients : propres clients, produits analogues, refus possible à chaque message.",
)
EPD_13_5 = _epd(
    "13(5)",
    "Each state decides how legal persons are protected.",
    "Chaque État décide de la protection des personnes morales.",
)
ECD_7_2 = _ref(
    "ECD 7(2)",
    "Directive 2000/31/EC (e-commerce)",
    "7(2)",
    "https://eur-lex.europa.eu/eli/dir/2000/31/oj",
    "Senders consult opt-out registers regularly and respect them.",
    "Les expéditeurs consultent régulièrement les registres d’opposition et les respectent.",
    confirmed=False,
    french="Directive 2000/31/CE (commerce électronique)",
)
CJEU_PLANET49 = _cjeu(
    "C-673/17",
    "Planet49",
    "2019-10-01",
    "A pre-ticked box is no consent.",
    "Une case pré-cochée n’est pas un consentement.",
    confirmed=False,
)
CJEU_INTELIGO = _cjeu(
    "C-654/23",
    "Inteligo Media",
    "2025-11-13",
    "A free account financed by the paid offer counts as a sale for the customer exception.",
    "Un compte gratuit financé par l’offre payante vaut vente pour l’exception clients.",
)
CJEU_CANAL = _cjeu(
    "C-317/25",
    "Groupe Canal+",
    "pending",
    "Pending question: whether consent to a category of partners is enough.",
    "Affaire pendante sur le consentement donné à une simple catégorie de partenaires.",
)
CJEU_KNLTB = _cjeu(
    "C-621/22",
    "KNLTB",
    "2024-10-04",
    "A commercial interest can be legitimate if lawful, strictly necessary and expected.",
    "Un intérêt commercial peut être légitime s’il est licite, strictement nécessaire et prévisible.",
)
EDPB_CONSENT = _ref(
    "EDPB 05/2020",
    "EDPB, Guidelines 05/2020 on consent, 2020-05-04",
    "104-110",
    "edpb.europa.eu, Guidelines 05/2020 on consent under Regulation 2016/679",
    "Keep how, when and with what information consent was given; refresh it at intervals.",
    "Conserver comment, quand et avec quelle information le consentement a été donné ; le renouveler.",
    french="CEPD, lignes directrices 05/2020 sur le consentement, 2020-05-04",
)
EDPB_LI = _ref(
    "EDPB 1/2024",
    "EDPB, Guidelines 1/2024 on legitimate interest (draft), 2024-10-08",
    "whole",
    "edpb.europa.eu, Guidelines 1/2024 on processing based on Article 6(1)(f), public consultation version",
    "Legitimate interest: three cumulative steps, documented (draft).",
    "Intérêt légitime : trois conditions cumulatives, documentées (projet).",
    french="CEPD, lignes directrices 1/2024 sur l’intérêt légitime (projet), 2024-10-08",
)
RFC_2142 = _ref(
    "RFC 2142",
    "RFC 2142 (technical, not law)",
    "whole",
    "https://www.rfc-editor.org/rfc/rfc2142",
    "Mailbox names of common services, roles and functions.",
    "Noms de boîtes réservés aux services, rôles et fonctions.",
    confirmed=False,
    french="RFC 2142 (norme technique, non un texte de loi)",
)

# --- mail and domain names (technical standards, not law)
RFC_2308 = _ref(
    "RFC 2308",
    "RFC 2308 (technical, not law)",
    "2-5",
    "https://www.rfc-editor.org/rfc/rfc2308",
    "How a zone denies that a name exists, and for how long the denial holds.",
    "Comment une zone nie l’existence d’un nom, et combien de temps cette réponse vaut.",
    french="RFC 2308 (norme technique, non un texte de loi)",
)
RFC_5321 = _ref(
    "RFC 5321 5.1",
    "RFC 5321 (technical, not law)",
    "5.1",
    "https://www.rfc-editor.org/rfc/rfc5321#section-5.1",
    "Which host takes the mail of a domain: its MX records, else its own address.",
    "Quel serveur reçoit le courrier d’un domaine : ses enregistrements MX, à défaut sa propre adresse.",
    french="RFC 5321 (norme technique, non un texte de loi)",
)
RFC_7505 = _ref(
    "RFC 7505",
    "RFC 7505 (technical, not law)",
    "3-4",
    "https://www.rfc-editor.org/rfc/rfc7505",
    "A null MX record declares that a domain accepts no mail.",
    "Un enregistrement MX nul déclare qu’un domaine n’accepte aucun courriel.",
    french="RFC 7505 (norme technique, non un texte de loi)",
)

# --- CNIL: doctrine
CNIL_B2B = _cnil(
    "B2B",
    "position on prospecting between professionals",
    "2005-02-17 and web sheet",
    "cnil.fr, La prospection commerciale par courrier électronique",
    "Named work address: informed, able to object at collection, and an offer tied to the job.",
    "Adresse nominative : information, opposition dès la collecte et offre en rapport avec la profession.",
    french="position du 17 février 2005 sur la prospection entre professionnels et fiche en ligne",
)
CNIL_PUBLIC_DATA = _cnil(
    "public data",
    "reuse of publicly accessible data for prospecting",
    "2020-04-30",
    "cnil.fr, La réutilisation des données publiquement accessibles en ligne à des fins de démarchage commercial",
    "Data found online are not freely reusable for prospecting.",
    "Les données trouvées en ligne ne sont pas librement réutilisables pour démarcher.",
    french="réutilisation des données accessibles en ligne à des fins de démarchage, 30 avril 2020",
)
CNIL_RETENTION = _cnil(
    "retention",
    "reference on commercial management, deliberation 2021-131",
    "2021-09-23",
    "cnil.fr, référentiel gestion commerciale, délibération 2021-131",
    "Prospects: three years from collection or from their last contact; an opened e-mail does not count.",
    "Prospects : trois ans depuis la collecte ou leur dernier contact ; ouvrir un e-mail ne compte pas.",
    french="référentiel « gestion des activités commerciales », délibération 2021-131 du 23 septembre 2021",
)
CNIL_OBJECTION = _cnil(
    "objection list",
    "reference on commercial management, objection lists",
    "2021-09-23",
    "cnil.fr, référentiel gestion commerciale, délibération 2021-131",
    "An objection is kept at least three years, as a fingerprint only.",
    "L’opposition est conservée au moins trois ans, sous forme d’empreinte seulement.",
    french="référentiel « gestion des activités commerciales », listes d’opposition, 23 septembre 2021",
)
CNIL_LISTS = _cnil(
    "list trade",
    "note on the sale of customer files",
    "2022-12-05",
    "cnil.fr, note du 5 décembre 2022 sur la vente de fichiers clients",
    "A bought list holds only lawful, active contacts; the buyer names the source.",
    "Un fichier acheté ne contient que des contacts licites et actifs ; l’acheteur indique la source.",
    french="vente de fichiers clients, fiche du 5 décembre 2022",
)

# --- CNIL: decisions, named after what was wrong in the data
CNIL_FUTURA = _cnil(
    "Futura",
    "SAN-2019-010",
    "2019-11-21",
    "legifrance.gouv.fr, délibération SAN-2019-010",
    "Insults and health remarks in comments, scattered objections, call centres outside the EU: 500,000 EUR.",
    "Insultes et remarques de santé en commentaire, oppositions dispersées, centres d’appels hors UE : 500 000 €.",
)
CNIL_SPARTOO = _cnil(
    "Spartoo",
    "SAN-2020-003",
    "2020-07-28",
    "legifrance.gouv.fr, délibération SAN-2020-003",
    "Prospects kept five years; an opened e-mail taken for the last contact: 250,000 EUR.",
    "Prospects gardés cinq ans ; ouverture d’e-mail prise pour un dernier contact : 250 000 €.",
)
CNIL_PERFORMECLIC = _cnil(
    "Performeclic",
    "SAN-2020-016",
    "2020-12-07",
    "legifrance.gouv.fr, délibération SAN-2020-016",
    "Bought addresses without proof, unused phone numbers, inactive contacts: 7,300 EUR, a very small firm.",
    "Adresses achetées sans preuve, téléphones inutilisés, contacts inactifs : 7 300 €, une très petite société.",
)
CNIL_NESTOR = _cnil(
    "Nestor",
    "SAN-2020-018",
    "2020-12-08",
    "legifrance.gouv.fr, délibération SAN-2020-018",
    "Names from LinkedIn, addresses found by an enrichment firm, an offer unrelated to the job: 20,000 EUR.",
    "Noms pris sur LinkedIn, e-mails trouvés par enrichissement, offre sans lien avec le métier : 20 000 €.",
)
CNIL_EDF = _cnil(
    "EDF",
    "SAN-2022-021",
    "2022-11-24",
    "legifrance.gouv.fr, délibération SAN-2022-021",
    "A template form is no individual proof; a source named as 'specialised body' is too vague: 600,000 EUR.",
    "Un formulaire type n’est pas une preuve individuelle ; « organisme spécialisé » est trop vague : 600 000 €.",
)
CNIL_CANAL = _cnil(
    "Canal+",
    "SAN-2023-015",
    "2023-10-12",
    "legifrance.gouv.fr, CNILTEXT000048222771",
    "Consent to unnamed partners of two providers: 600,000 EUR (under appeal).",
    "Consentement à des « partenaires » non nommés de deux opérateurs : 600 000 € (recours en cours).",
)
CNIL_TAGADAMEDIA = _cnil(
    "Tagadamedia",
    "SAN-2023-025",
    "2023-12-29",
    "legifrance.gouv.fr, CNILTEXT000049051422",
    "Prize-draw forms with misleading buttons give no valid consent: 75,000 EUR.",
    "Formulaires de jeux-concours aux boutons trompeurs : pas de consentement valable, 75 000 €.",
)
CNIL_FORIOU = _cnil(
    "Foriou",
    "SAN-2024-003",
    "2024-01-31",
    "legifrance.gouv.fr, délibération SAN-2024-003",
    "Files bought without an effective check of the suppliers: 310,000 EUR.",
    "Fichiers achetés sans contrôle effectif des fournisseurs : 310 000 €.",
)
CNIL_HUBSIDE = _cnil(
    "Hubside",
    "SAN-2024-004",
    "2024-04-04",
    "legifrance.gouv.fr, délibération SAN-2024-004",
    "The sender's own name was absent from the list of partners shown: 525,000 EUR.",
    "Le nom de l’expéditeur ne figurait pas dans la liste des partenaires affichée : 525 000 €.",
)
CNIL_COSMOSPACE = _cnil(
    "Cosmospace",
    "SAN-2024-014",
    "2024-09-26",
    "legifrance.gouv.fr, CNILTEXT000050324625",
    "Prospecting without consent and sensitive data kept: 250,000 EUR.",
    "Prospection sans consentement et données sensibles conservées : 250 000 €.",
)
CNIL_KASPR = _cnil(
    "Kaspr",
    "SAN-2024-020",
    "2024-12-05",
    "legifrance.gouv.fr, CNILTEXT000050791828",
    "Profile data of restricted visibility, retention renewed at each job update, late notice in English only.",
    "Données de profil à visibilité limitée, conservation relancée à chaque nouveau poste, information tardive.",
)
CNIL_SOLOCAL = _cnil(
    "Solocal",
    "SAN-2025-001",
    "2025-05-15",
    "legifrance.gouv.fr, CNILTEXT000051630617",
    "No proof of consent from a main supplier, yet used for months more: 900,000 EUR.",
    "Aucune preuve de consentement d’un fournisseur majeur, pourtant utilisé des mois encore : 900 000 €.",
)
CNIL_CALOGA = _cnil(
    "Caloga",
    "SAN-2025-002",
    "2025-05-15",
    "legifrance.gouv.fr, CNILTEXT000051660380",
    "Invalid forms, unsubscribe not effective across bases, data kept too long: 80,000 EUR.",
    "Formulaires invalides, désinscription sans effet entre bases, conservation excessive : 80 000 €.",
)
CNIL_LOYALTY = _cnil(
    "loyalty programme",
    "decision without published name",
    "2025-12-30",
    "cnil.fr, décision du 30 décembre 2025",
    "Consent for messages does not cover matching with a social network: 3,500,000 EUR.",
    "Consentir à recevoir des messages ne couvre pas le rapprochement avec un réseau social : 3 500 000 €.",
    french="décision non nominative du 30 décembre 2025",
)

# --- other authorities and courts
UODO_BISNODE = _ref(
    "UODO Bisnode",
    "UODO (PL), Bisnode, 2019-03-15; NSA 2023-09",
    "whole",
    "bip.uodo.gov.pl 553/1572",
    "Public registers may be a source, but every person is informed individually.",
    "Un registre public peut servir de source, mais chaque personne est informée individuellement.",
)
GARANTE_316 = _ref(
    "Garante 316/2021",
    "Garante (IT), La Prima, 2021-09-16",
    "no. 316",
    "garanteprivacy.it, doc. web 9705632",
    "A LinkedIn profile is no licence for commercial offers.",
    "Un profil LinkedIn n’autorise pas l’envoi d’offres commerciales.",
)
GARANTE_149 = _ref(
    "Garante 149/2021",
    "Garante (IT), 2021-04-21",
    "no. 149",
    "garanteprivacy.it, provvedimento 149 del 21 aprile 2021",
    "Addresses of the certified-mail register may not be used for offers without consent.",
    "Les adresses du registre de courrier certifié ne servent pas à démarcher sans consentement.",
)
APD_BLACK_TIGER = _ref(
    "APD 07/2024",
    "APD/GBA (BE), Black Tiger, 2024-01-16",
    "07/2024",
    "autoriteprotectiondonnees.be, décision 07/2024",
    "Data broker: legitimate interest rejected, company register not to be reused for marketing.",
    "Courtier de données : intérêt légitime écarté, registre des entreprises interdit au marketing.",
)
AEPD_SOLE_TRADERS = _ref(
    "AEPD sole traders",
    "AEPD (ES), decisions on data of sole traders, 2025",
    "GDPR 6 and 14",
    "aepd.es, resoluciones de 2025 sobre datos de autónomos",
    "Census data of sole traders resold for marketing: people not informed, no legal basis.",
    "Données d’indépendants revendues pour le marketing : personnes non informées, aucune base légale.",
    french="AEPD (ES), décisions sur les données d’indépendants, 2025",
)
ICO_LISTS = _ref(
    "ICO lists",
    "ICO (UK), direct marketing guidance, bought-in lists",
    "bought-in lists",
    "ico.org.uk, direct marketing guidance and business-to-business marketing",
    "Ask who compiled a list, when, how and with which wording; old indirect consent is not relied on.",
    "Demander qui a constitué le fichier, quand et comment ; un vieux consentement indirect ne suffit pas.",
    french="ICO (UK), guide de la prospection directe, fichiers achetés",
)
DSK_MARKETING = _ref(
    "DSK 2022",
    "DSK (DE), Orientierungshilfe Direktwerbung, 2022-02-18",
    "whole",
    "datenschutzkonferenz-online.de, OH Direktwerbung",
    "Electronic consent is proved by double opt-in; address trading is left out.",
    "Le consentement électronique se prouve par double opt-in ; le commerce d’adresses n’est pas traité.",
)
AG_MUNCHEN_2023 = _ref(
    "AG München 161 C 12736/22",
    "AG München (DE), 2023",
    "161 C 12736/22",
    "AG München, Az. 161 C 12736/22",
    "A consent unused for four years had lapsed in that case.",
    "Un consentement resté quatre ans inutilisé était caduc dans cette affaire.",
)
BGH_III_ZR_196_17 = _ref(
    "BGH III ZR 196/17",
    "BGH (DE), 2018-02-01",
    "III ZR 196/17",
    "BGH, Urteil vom 1. Februar 2018, III ZR 196/17",
    "Consent does not lapse by the passing of time alone.",
    "Le consentement ne devient pas caduc par le seul écoulement du temps.",
)


# --- national rules on commercial e-mail, one per country (law of the recipient)
def _law(key: str, instrument: str, article: str, where: str, en: str, fr: str, confirmed: bool = True) -> Ref:
    return _ref(key, instrument, article, where, en, fr, confirmed)


FR_L34_5 = _law(
    "FR CPCE L.34-5",
    "Code des postes et des communications électroniques (FR)",
    "L. 34-5",
    "legifrance.gouv.fr, CPCE, art. L. 34-5",
    "E-mail to natural persons needs consent; between professionals the offer must relate to the job.",
    "Le courriel aux personnes physiques exige un consentement ; entre professionnels, un lien avec le métier.",
)
FR_2025_594 = _law(
    "FR law 2025-594",
    "Loi n° 2025-594 du 30 juin 2025 (FR)",
    "whole",
    "legifrance.gouv.fr, loi n° 2025-594",
    "From 11 August 2026 calls to consumers need prior consent.",
    "Depuis le 11 août 2026, les appels aux consommateurs exigent un consentement préalable.",
)
DE_UWG_7 = _law(
    "DE UWG 7",
    "Gesetz gegen den unlauteren Wettbewerb (DE)",
    "7(2) no. 2, 7(3)",
    "https://www.gesetze-im-internet.de/uwg_2004/__7.html",
    "E-mail advertising needs prior express consent, businesses included.",
    "La publicité par courriel exige un consentement exprès préalable, entreprises comprises.",
)
AT_TKG_174 = _law(
    "AT TKG 174",
    "Telekommunikationsgesetz 2021 (AT)",
    "174",
    "ris.bka.gv.at, TKG 2021, BGBl. I Nr. 190/2021, § 174",
    "E-mail advertising needs consent, businesses included.",
    "La publicité par courriel exige un consentement, entreprises comprises.",
)
AT_ECG_7 = _law(
    "AT ECG 7",
    "E-Commerce-Gesetz (AT)",
    "7",
    "ris.bka.gv.at, ECG, § 7; list kept by RTR",
    "Addresses and whole domains on the ECG list receive no advertising.",
    "Les adresses et domaines inscrits sur la liste ECG ne reçoivent aucune publicité.",
)
CH_UWG_3_O = _law(
    "CH UWG 3(1)(o)",
    "Bundesgesetz gegen den unlauteren Wettbewerb (CH), SR 241",
    "3(1)(o)",
    "fedlex.admin.ch, SR 241",
    "Automated mass mail needs consent; a public address is no excuse.",
    "L’envoi automatisé de masse exige un consentement ; une adresse publique n’y change rien.",
)
CH_DSG = _law(
    "CH DSG 19, 30",
    "Bundesgesetz über den Datenschutz (CH), SR 235.1",
    "19, 30(2)(b)",
    "fedlex.admin.ch, SR 235.1",
    "Duty to inform within a month; using data against a person's express will is a breach.",
    "Devoir d’informer sous un mois ; traiter malgré l’opposition expresse est une atteinte.",
    confirmed=False,
)
UK_PECR_22 = _law(
    "UK PECR 22",
    "Privacy and Electronic Communications Regulations 2003 (UK)",
    "22, 23",
    "https://www.legislation.gov.uk/uksi/2003/2426/regulation/22",
    "Individual subscribers, sole traders included, must consent; companies may be written to.",
    "Les abonnés individuels, indépendants compris, doivent consentir ; les sociétés peuvent être sollicitées.",
)
IE_SI_336 = _law(
    "IE SI 336/2011",
    "S.I. No. 336/2011 (IE)",
    "13",
    "https://www.irishstatutebook.ie/eli/2011/si/336/",
    "Business addresses: a message solely about that business; customers for 12 months.",
    "Adresses professionnelles : message lié à cette seule activité ; clients pendant 12 mois.",
)
BE_XII_13 = _law(
    "BE CDE XII.13",
    "Code de droit économique (BE); AR 4 April 2003",
    "XII.13",
    "ejustice.just.fgov.be, numac 2003011238",
    "Consent for natural persons; impersonal addresses of legal persons are exempt.",
    "Consentement pour les personnes physiques ; les adresses impersonnelles de personnes morales sont exemptées.",
)
NL_TW_11_7 = _law(
    "NL Tw 11.7",
    "Telecommunicatiewet (NL)",
    "11.7",
    "wetten.overheid.nl, BWBR0009950, art. 11.7",
    "Consent, legal persons included, unless the address is published for such messages.",
    "Consentement, personnes morales comprises, sauf adresse publiée pour de tels messages.",
)
LU_ECOM_48 = _law(
    "LU law 2000-08-14",
    "Loi du 14 août 2000 (LU); loi du 30 mai 2005, art. 11",
    "48",
    "legilux.public.lu, loi modifiée du 14 août 2000",
    "Prior consent; sources disagree for business addresses.",
    "Consentement préalable ; les sources divergent pour les adresses professionnelles.",
)
IT_CODICE_130 = _law(
    "IT Codice 130",
    "Codice in materia di protezione dei dati personali (IT)",
    "130(1)-(2), (4)",
    "normattiva.it, D.Lgs. 196/2003, art. 130; Garante 330/2013",
    "Consent of the contracting party, legal persons included; no message to ask for it.",
    "Consentement du contractant, personnes morales comprises ; pas de message pour le solliciter.",
)
ES_LSSI_21 = _law(
    "ES LSSI 21",
    "Ley 34/2002 (ES)",
    "21",
    "boe.es, BOE-A-2002-13758, art. 21",
    "Commercial e-mail needs express consent, legal persons included; customers excepted.",
    "Le courriel commercial exige un consentement exprès, personnes morales comprises ; clients exceptés.",
)
ES_LOPDGDD_23 = _law(
    "ES LOPDGDD 23",
    "Ley Orgánica 3/2018 (ES)",
    "23",
    "boe.es, BOE-A-2018-16673, art. 23",
    "Opt-out systems (Lista Robinson) are consulted before a campaign.",
    "Les systèmes d’exclusion (Lista Robinson) sont consultés avant une campagne.",
    confirmed=False,
)
PT_41_2004 = _law(
    "PT Lei 41/2004",
    "Lei 41/2004 (PT)",
    "13-A, 13-B",
    "debates.parlamento.pt, II-A 217/2012 (text of 13-A)",
    "Consent for natural persons; legal persons until they refuse or are listed.",
    "Consentement pour les personnes physiques ; personnes morales jusqu’au refus ou à l’inscription.",
)
DK_MFL_10 = _law(
    "DK MFL 10",
    "Markedsføringsloven (DK)",
    "10",
    "danskelove.dk, markedsføringsloven, § 10",
    "Consent for everybody, firms and authorities included.",
    "Consentement pour tous, entreprises et administrations comprises.",
)
SE_MFL_19 = _law(
    "SE MFL 19",
    "Marknadsföringslag 2008:486 (SE)",
    "19-21",
    "riksdagen.se, SFS 2008:486, 19-21 §§",
    "Natural persons consent, sole traders included; firms may refuse.",
    "Les personnes physiques consentent, indépendants compris ; les sociétés peuvent refuser.",
)
FI_917_2014 = _law(
    "FI 917/2014",
    "Act 917/2014 (FI)",
    "200-202",
    "finlex.fi, 917/2014, 200-202 §",
    "Natural persons consent; at work only what concerns their actual duties.",
    "Les personnes physiques consentent ; au travail, seulement ce qui touche leurs fonctions réelles.",
)
NO_MFL_15 = _law(
    "NO MFL 15",
    "Markedsføringsloven (NO)",
    "15",
    "lovdata.no, LOV-2009-01-09-2, § 15; Ot.prp. 92 (2003-2004)",
    "Natural persons consent; whether a named work address is one is not settled.",
    "Les personnes physiques consentent ; le cas de l’adresse professionnelle nominative n’est pas tranché.",
)
IS_70_2022 = _law(
    "IS 70/2022",
    "Electronic Communications Act 70/2022 (IS)",
    "whole",
    "althingi.is, lög nr. 70/2022",
    "Consent of the subscriber.",
    "Consentement de l’abonné.",
)
LI_KOMG = _law(
    "LI KomG",
    "Kommunikationsgesetz (LI); ECG 7",
    "ECG 7",
    "gesetze.li, 2006.91 and 2005.254",
    "Consent rule on the European pattern; details not confirmed.",
    "Règle de consentement sur le modèle européen ; détails non confirmés.",
)
PL_PKE_398 = _law(
    "PL PKE 398",
    "Prawo komunikacji elektronicznej (PL), in force since 2024-11-10",
    "398",
    "isap.sejm.gov.pl, PKE, art. 398",
    "Prior consent of the subscriber or end user, businesses included.",
    "Consentement préalable de l’abonné ou de l’utilisateur final, entreprises comprises.",
)
PL_UUDE_10 = _law(
    "PL UŚUDE 10",
    "Ustawa o świadczeniu usług drogą elektroniczną (PL), until 2024-11-09",
    "10",
    "isap.sejm.gov.pl, ustawa z dnia 18 lipca 2002, art. 10",
    "Before the PKE: consent of an identified natural person.",
    "Avant le PKE : consentement de la personne physique identifiée.",
    confirmed=False,
)
CZ_480_2004 = _law(
    "CZ 480/2004",
    "Zákon č. 480/2004 Sb. (CZ)",
    "7",
    "zakonyprolidi.cz, 480/2004 Sb., § 7; ÚOOÚ notice on databases",
    "Consent of every user, natural or legal; a general statement of the seller is no proof.",
    "Consentement de tout utilisateur, physique ou moral ; l’attestation générale du vendeur ne prouve rien.",
)
SK_452_2021 = _law(
    "SK 452/2021",
    "Zákon č. 452/2021 Z. z. (SK)",
    "116",
    "zakony.judikaty.info, 452/2021, § 116",
    "Consent, except published contact data of firms and entrepreneurs; proof kept four years.",
    "Consentement, sauf coordonnées publiées d’entreprises ; preuves gardées quatre ans.",
)
HU_GRT_6 = _law(
    "HU Grt. 6",
    "2008. évi XLVIII. törvény (HU)",
    "6",
    "njt.hu, 2008. évi XLVIII. törvény, 6. §; nmhh.hu 4077",
    "Consent of natural persons; the sender keeps a register of consents.",
    "Consentement des personnes physiques ; l’expéditeur tient un registre des consentements.",
)
RO_506_2004 = _law(
    "RO 506/2004",
    "Legea 506/2004 (RO); Legea 365/2002",
    "12; 6",
    "legislatie.just.ro, Legea 506/2004, art. 12",
    "Express prior consent.",
    "Consentement exprès préalable.",
)
BG_ZET_6 = _law(
    "BG ZET 6",
    "E-commerce act (BG)",
    "6",
    "lex.bg 2135647445; register kept by KZP (kzp.bg)",
    "Legal persons may enter their addresses in a register that senders must respect.",
    "Les personnes morales inscrivent leurs adresses dans un registre opposable aux expéditeurs.",
)
GR_3471_2006 = _law(
    "GR 3471/2006",
    "Law 3471/2006 (GR)",
    "11",
    "dpa.gr, law 3471/2006, art. 11; directive 2/2011",
    "Prior consent, proved by the sender.",
    "Consentement préalable, prouvé par l’expéditeur.",
)
CY_112_2004 = _law(
    "CY 112(I)/2004",
    "Law 112(I)/2004 (CY)",
    "106",
    "harriskyriakides.law, 2024-04-22 (summary of section 106)",
    "Prior consent given by the recipient; asking for it by mail is itself unlawful.",
    "Consentement préalable donné par le destinataire ; le demander par courriel est déjà illicite.",
)
MT_SL_586_01 = _law(
    "MT S.L. 586.01",
    "Subsidiary Legislation 586.01 (MT)",
    "9",
    "legislation.mt, S.L. 586.01, regulation 9",
    "Natural persons consent; firms may be written to until they object.",
    "Les personnes physiques consentent ; les sociétés peuvent s’opposer.",
)
HR_ZEK_50 = _law(
    "HR ZEK 50",
    "Zakon o elektroničkim komunikacijama 2022 (HR)",
    "50",
    "narodne-novine.nn.hr, NN 76/2022, čl. 50",
    "Consent of natural persons; messages to legal persons are exempt.",
    "Consentement des personnes physiques ; messages aux personnes morales exemptés.",
)
SI_ZEKOM_226 = _law(
    "SI ZEKom-2 226",
    "Zakon o elektronskih komunikacijah ZEKom-2 (SI)",
    "226 (formerly 158)",
    "pisrs.si, ZEKom-2, 226. člen",
    "Prior consent; practice is split for company addresses.",
    "Consentement préalable ; pratique partagée pour les adresses de société.",
    confirmed=False,
)
EE_ESS_103 = _law(
    "EE ESS 103-1",
    "Elektroonilise side seadus (EE)",
    "103-1",
    "riigiteataja.ee, ESS § 103-1",
    "Natural persons consent; legal persons may refuse.",
    "Les personnes physiques consentent ; les personnes morales peuvent refuser.",
)
LV_ISPL_9 = _law(
    "LV ISPL 9",
    "Informācijas sabiedrības pakalpojumu likums (LV)",
    "9",
    "likumi.lv, ISPL, 9. pants; dvi.gov.lv",
    "Natural persons consent; legal persons may refuse.",
    "Les personnes physiques consentent ; les personnes morales peuvent refuser.",
)
LT_ERI_81 = _law(
    "LT ERĮ 81",
    "Elektroninių ryšių įstatymas (LT)",
    "81 (formerly 69)",
    "e-tar.lt, elektroninių ryšių įstatymas, 81 str.",
    "Prior consent, published company contacts included.",
    "Consentement préalable, coordonnées de société publiées comprises.",
)

REFS: dict[str, Ref] = {value.key: value for value in list(globals().values()) if isinstance(value, Ref)}
