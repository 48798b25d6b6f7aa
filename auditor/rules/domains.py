"""What the domain name system says of the mail domain (A30-A39); nothing here fires without look-ups.

Only a definite answer of the domain's own name servers removes a row; an outage, a filter or silence is unknown.
"""

import polars as pl

from auditor.legal import GDPR_5_1_D, RFC_2308, RFC_5321, RFC_7505
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

STATUS = pl.col("domain_status")

DOMAIN_DOES_NOT_EXIST = Rule(
    id="A30",
    name="domain_does_not_exist",
    since="0.1",
    family=Family.ADDRESS,
    lenses=(Lens.RETURN, Lens.LAW),
    severity=Severity.REMOVE,
    confidence=Confidence.HIGH,
    when=STATUS == "does_not_exist",
    refs=(GDPR_5_1_D, RFC_2308),
    title=Text(en="Mail domain does not exist", fr="Le domaine de messagerie n’existe pas"),
    says=Text(
        en="The zone above says that the domain of this address does not exist: no mail can arrive.",
        fr="La zone parente répond que le domaine de cette adresse n’existe pas : aucun message ne peut arriver.",
    ),
    cure=Text(
        en="Correct the domain from a source of your own, or delete the address.",
        fr="Corrigez le domaine d’après vos propres sources, ou supprimez l’adresse.",
    ),
    false_alarms=Text(
        en="A domain that expired a few days ago and is about to be renewed. Only a complete denial by the zone "
        "above counts; silence, errors and filtered answers are reported as unknown.",
        fr="Un domaine expiré depuis quelques jours et sur le point d’être renouvelé. Seul compte un refus en bonne "
        "et due forme de la zone parente ; silence, erreurs et réponses filtrées sont classés « inconnu ».",
    ),
    evidence=("domain", "domain_status"),
    fires=({"domain": "gone.example", "domain_status": "does_not_exist"},),
    quiet=(
        {"domain": "silent.example", "domain_status": "unknown"},
        {"domain": "here.example", "domain_status": "accepts_mail"},
        {"domain": "offline.example", "domain_status": "not_checked"},
        {},
    ),
    strength=Strength.DECLARED,
    needs_network=True,
)

DOMAIN_REFUSES_MAIL = Rule(
    id="A31",
    name="domain_refuses_mail",
    since="0.1",
    family=Family.ADDRESS,
    lenses=(Lens.RETURN, Lens.LAW),
    severity=Severity.REMOVE,
    confidence=Confidence.HIGH,
    when=STATUS == "null_mx",
    refs=(GDPR_5_1_D, RFC_7505),
    title=Text(en="Domain declares that it takes no mail", fr="Le domaine déclare ne recevoir aucun courriel"),
    says=Text(
        en="The domain publishes a null MX record: its owner declares that it accepts no mail at all.",
        fr="Le domaine publie un enregistrement MX nul : son titulaire déclare n’accepter aucun courriel.",
    ),
    cure=Text(
        en="Delete the address; if the company has another mail domain, obtain it from the company itself.",
        fr="Supprimez l’adresse ; si l’entreprise utilise un autre domaine, demandez-le-lui directement.",
    ),
    false_alarms=Text(
        en="None known: the owner of the domain says so in the form that RFC 7505 lays down.",
        fr="Aucune connue : le titulaire du domaine l’indique dans la forme prévue par la RFC 7505.",
    ),
    evidence=("domain", "domain_status"),
    fires=({"domain": "web-only.example", "domain_status": "null_mx"},),
    quiet=({"domain": "here.example", "domain_status": "accepts_mail"}, {"domain_status": "unknown"}, {}),
    strength=Strength.DECLARED,
    needs_network=True,
)

DOMAIN_WITHOUT_MAIL = Rule(
    id="A32",
    name="domain_without_mail",
    since="0.1",
    family=Family.ADDRESS,
    lenses=(Lens.RETURN, Lens.LAW),
    severity=Severity.REVIEW,
    confidence=Confidence.HIGH,
    when=STATUS == "no_mail",
    refs=(GDPR_5_1_D, RFC_5321),
    title=Text(en="Domain has no reachable mail host", fr="Domaine sans serveur de messagerie joignable"),
    says=Text(
        en="The domain exists, but today it names no host that mail could reach.",
        fr="Le domaine existe, mais il n’indique aujourd’hui aucun serveur auquel remettre un courriel.",
    ),
    cure=Text(
        en="Check the spelling of the domain against the company's own web site; delete the address if it is right.",
        fr="Comparez le domaine avec le site de l’entreprise ; s’il est bien orthographié, supprimez l’adresse.",
    ),
    false_alarms=Text(
        en="A mail server being moved while the audit ran; an internal resolver that answers for the own company "
        "only, with private addresses.",
        fr="Une migration de messagerie en cours au moment de l’audit ; un résolveur interne qui ne connaît le "
        "domaine de l’entreprise que par des adresses privées.",
    ),
    evidence=("domain", "domain_status", "mx_class"),
    detail="mx_class",
    fires=(
        {"domain": "bare.example", "domain_status": "no_mail", "mx_class": "no_address"},
        {"domain": "loop.example", "domain_status": "no_mail", "mx_class": "loopback"},
    ),
    quiet=({"domain_status": "accepts_mail", "mx_class": "own"}, {"domain_status": "unknown"}, {}),
    strength=Strength.DECLARED,
    needs_network=True,
)

DOMAIN_PARKED = Rule(
    id="A33",
    name="domain_parked",
    since="0.1",
    family=Family.ADDRESS,
    lenses=(Lens.RETURN, Lens.IMAGE),
    severity=Severity.REVIEW,
    confidence=Confidence.MEDIUM,
    when=(STATUS == "accepts_mail") & pl.col("mx_class").is_in(["parked", "sinkhole"]),
    refs=(GDPR_5_1_D,),
    title=Text(en="Domain is parked or seized", fr="Domaine en parking ou saisi"),
    says=Text(
        en="The domain points to a parking service or a sinkhole: nobody of a company reads its mail.",
        fr="Le domaine pointe vers un service de parking ou un « sinkhole » : personne, dans l’entreprise, n’y "
        "relève de courrier.",
    ),
    cure=Text(
        en="Look up the company's present domain; delete the address if there is none.",
        fr="Recherchez le domaine actuel de l’entreprise ; à défaut, supprimez l’adresse.",
    ),
    false_alarms=Text(
        en="A company that has just bought its domain and still uses its registrar's default page.",
        fr="Une entreprise qui vient d’acheter son domaine et garde la page par défaut de son bureau d’enregistrement.",
    ),
    evidence=("domain", "mx_class"),
    detail="mx_class",
    fires=({"domain": "for-sale.example", "domain_status": "accepts_mail", "mx_class": "parked"},),
    quiet=(
        {"domain": "here.example", "domain_status": "accepts_mail", "mx_class": "provider"},
        {"domain": "plain.example", "domain_status": "accepts_mail", "mx_class": "implicit"},
        {"domain_status": "unknown"},
        {},
    ),
    strength=Strength.STRUCTURAL,
    needs_network=True,
)

DOMAIN_UNRESOLVED = Rule(
    id="A34",
    name="domain_unresolved",
    since="0.1",
    family=Family.ADDRESS,
    lenses=(Lens.RETURN,),
    severity=Severity.NOTE,
    confidence=Confidence.LOW,
    when=STATUS == "unknown",
    refs=(GDPR_5_1_D,),
    title=Text(en="Domain could not be checked", fr="Domaine non vérifié"),
    says=Text(
        en="No definite answer about this domain was obtained in this run; that says nothing about the person.",
        fr="Aucune réponse certaine n’a été obtenue pour ce domaine lors de cet audit ; cela ne dit "
        "rien de la personne.",
    ),
    cure=Text(
        en="Run the audit again later or with another resolver; what was learnt is kept, only these domains are asked.",
        fr="Relancez l’audit plus tard ou avec un autre résolveur ; les réponses acquises sont conservées, seuls ces "
        "domaines seront interrogés.",
    ),
    false_alarms=Text(
        en="Expected whenever a resolver or a remote name server is slow, filtered or down.",
        fr="Attendu dès qu’un résolveur ou un serveur de noms distant est lent, filtré ou en panne.",
    ),
    evidence=("domain", "domain_status", "mx_class"),
    detail="mx_class",
    fires=(
        {"domain": "silent.example", "domain_status": "unknown"},
        {"domain": "lame.example", "domain_status": "unknown", "mx_class": "unresolvable"},
    ),
    quiet=({"domain_status": "accepts_mail"}, {"domain_status": "not_checked"}, {}),
    strength=Strength.DECLARED,
    needs_network=True,
)

RULES = (DOMAIN_DOES_NOT_EXIST, DOMAIN_REFUSES_MAIL, DOMAIN_WITHOUT_MAIL, DOMAIN_PARKED, DOMAIN_UNRESOLVED)
