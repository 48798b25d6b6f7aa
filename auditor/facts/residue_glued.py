"""Words, labels and digits glued before or behind an address."""

import re

from auditor.facts import local_parts
from auditor.facts.residue_text import (
    PUNCTUATION,
    WRAP,
    Explained,
    Names,
    first_inside,
    self_explaining,
    suffix,
    well_formed,
)

_SPAM_WORDS = (
    r"no[-_.]?spam(?:[-_.]?please)?|anti[-_.]?spam|remove[-_.]?(?:this|me|spam)|spam[-_.]?free|pas[-_.]?de[-_.]?spam"
    r"|stop[-_.]?spam|sans[-_.]?spam|kein[-_.]?spam|ohne[-_.]?spam|bez[-_.]?spamu|entfernen|a?[-_.]?enlever"
    r"|a?[-_.]?supprimer|quitar(?:esto)?|togli(?:questo)?|verwijder(?:dit)?|retirez?[-_.]?ceci"
)
_NO = "(?:NOT?|ANTI|STOP|SANS|KEINE?|OHNE|PAS[-_]?DE|BEZ|SIN|SENZA)[-_]?"
# in capitals amid small letters an order may be worded in many ways
_SPAM_CAPITALS = (
    rf"(?:{_NO}PUB|(?:{_NO})?(?:SPAMU?|REMOVER?|DELETE|(?:ENLEVE|SUPPRIME|RETIRE|EFFACE)[RZ]?|ENTFERNEN?|LOESCHEN?|(?:QUITA|BORRA|ELIMINA|RETIRA|APAGA)R?E?|TOGLI|RIMUOVI|VERWIJDER|USUN))"
    r"[-_]?(?:THIS|ME|IT|FREE|SPAM|PLEASE|CECI|CELA|MOI|SVP|DAS|MICH|BITTE|ESTO|QUESTO|DIT|ISTO|TO)?"
)
# a word of its own, or capitals inside small letters: nospamian@ is a name
_SPAM_WORD = re.compile(
    rf"(?i:(?:^|[._+-]+|(?<=@))(?:{_SPAM_WORDS})(?=[._+@]|-(?=[^@]*@)|$)[._+-]*)"
    rf"|(?:^|[._+-]+|(?<=[a-z0-9@])){_SPAM_CAPITALS}(?=[a-z0-9._@+-]|$)[._+-]*(?=.*[a-z])"
)
_RESERVED = re.compile(r"(?i)\.(?:test|invalid|local|localhost|onion|arpa)$|@localhost$")
_PHONE = re.compile(
    r"^(?:(?:\+|00)?(?:33|32|41|44|49|39|34|31|351|352|48|43)[ .-]?\(?0?\)?|0)[1-9](?:[ .-]?[0-9]){7,9}"
    r"[ .:/_-]*(?=[A-Za-z])"
    # any country's number where its label or the brackets of an area code stand before it
    r"|^(?i:tel|t[eé]l|t[eé]l[eé]phone|fono?|telefono?|telefoon|phone|mobile?|mob|m[oó]vil|handy|gsm|cell|port|portable|fax)"
    r"[ .:]*[+(]*[0-9](?:[ ./()-]*[0-9]){5,}[ .:/_-]*(?=[A-Za-z])"
    r"|^(?i:[tfmp])[.:] ?[+(]*[0-9](?:[ ./()-]*[0-9]){6,}[ .:/_-]*(?=[A-Za-z])"
    r"|^\(\+?[0-9]{1,5}\)(?:[ ./-]*[0-9]){4,}[ .:/_-]*(?=[A-Za-z])"
    r"|^\+[0-9](?:[ ./()-]*[0-9]){6,}[ .:/_-]*(?=[A-Za-z])"
)
_DIGITS = re.compile(r"(.+@.+\.[A-Za-z]{2,})[ +(.:/-]*[0-9][0-9 .()/+-]*$")
_LABEL = re.compile(
    r"(?i)^(?:e-?mail|mail|courriel|mél|mel|adresse(?:[ -]?e?-?mail)?|contact|contatto|contacto|contato|kontakt|smtp"
    r"|correo(?: electr[oó]nico)?|posta(?: elettronica)?|indirizzo(?: e-?mail)?|e-post|tel|tél)\s*[:=]\s*"
)
_WORD = re.compile(
    r"(?i:^(?:e-?mail|courriel|adresse|contact|contatto|contacto|contato|kontakt|correo))(?=[A-Za-z])|^Mail(?=[a-z])"
    # the end of a postal address
    r"|^[0-9]{4,5} ?[A-ZÀ-Þ][A-Za-zÀ-ÿ-]*?(?=contact|info|accueil|mairie|office|kontakt|contatto|contacto)"
)
# what pages print after an address, glued to it when the line break is lost
_TAIL = re.compile(
    r"(?i)^(?:tel|tél|phone|telephone|fon|telefon|fax|mobile|mob|portable|port|contact|contacts|web|website|www|http|https|site|siteweb|internet|adresse|address|email|mail|e-mail|linkedin|facebook|instagram|twitter|follow|home|accueil|voir|plus|more|siret|siren|tva|rcs|copyright|impressum|horaires|nous|du|de|le|la|et|and|or|for|to|send|envoyer|copy|copier|mentions|download|click|view|subscribe|tlf|telefono|telefoon|kontakt|mentionslegales|about|name|nom|message|rue|place|avenue|lundi|monday|ouvert|open|skype|whatsapp|follownous|suivez|suivez-nous|postadresse|anfahrt|ust|vat|iban|privacy|aviso|legal|call|datenschutz|[oö]ffnungszeiten|horarios?|tel[eé]fonos?|direcci[oó]n|indirizzo|orari|seguici|s[ií]guenos|bel|adres|openingstijden|volg|kvk|btw|partita|piva|cookies?|politique|policy|newsletter|login|folgen|postfach|stra(?:ss|ß)e|via|calle|copyright|apri|chiuso|abierto|cerrado|geschlossen|geopend)+[^a-z]*$"
)


def spam_word(cell: str, _: Names) -> Explained | None:
    """`NOSPAM`, `remove-this`: a word put in against collectors."""
    if "@" not in cell or not _SPAM_WORD.search(cell):
        return None
    rest = re.sub(r"\.{2,}", ".", _SPAM_WORD.sub(".", cell).replace(".@", "@").replace("@.", "@")).strip(".")
    found = well_formed(rest)
    return ("anti_spam_word", found) if found else None


def phone_glued(cell: str, _: Names) -> Explained | None:
    """Digits of a phone number before the local part."""
    if not _PHONE.search(cell):
        return None
    rest = well_formed(_PHONE.sub("", cell))
    return ("phone_glued", rest) if rest else None


def label_glued(cell: str, names: Names) -> Explained | None:
    """`Email:name@…`, `emailname@…`: the label of the field stuck to the address."""
    if _LABEL.search(cell):
        text = _LABEL.sub("", cell)
        return "label_glued", well_formed(text.strip(WRAP + PUNCTUATION)) or first_inside(text)
    if not _WORD.search(cell):
        return None
    token = re.match(r"[a-z]*", cell.lower())
    if token and (local_parts.kind(token.group())[0] or any(n and token.group().startswith(n[:6]) for n in names)):
        return None
    rest = well_formed(_WORD.sub("", cell))
    # Emaily.Roy must not become y.roy: what remains starts with a whole word
    whole = rest is not None and (any(names) or re.match(r"[a-z]{3,}", rest.lower()) is not None)
    return ("label_glued", rest) if rest and whole and self_explaining(rest, names) else None


def digits_after(cell: str, _: Names) -> Explained | None:
    """Digits or a phone number glued behind the domain."""
    found = _DIGITS.match(cell)
    rest = well_formed(found.group(1)) if found else None
    if rest is None:
        return None
    digits = sum(sign.isdigit() for sign in cell[len(rest) :])
    return "phone_glued" if digits > 4 else "digits_glued", rest


def link_after(cell: str, _: Names) -> Explained | None:
    """A web address glued behind the domain: `name@acme.frwww.acme.fr`."""
    found = re.match(r"(?i)(.+@.+?\.[a-z]{2,}?)(?:https?|www\.).*$", cell)
    rest = well_formed(found.group(1)) if found else None
    return ("word_glued", rest) if rest else None


def unknown_ending(cell: str) -> Explained:
    """A top-level domain that does not exist; a known one with a word glued behind it is recovered."""
    head, _, ending = cell.rpartition(".")
    for end in range(len(ending) - 1, 1, -1):
        if suffix(ending[:end].lower()) and (_TAIL.match(ending[end:]) or ending[end].isupper()):
            return "word_glued", well_formed(f"{head}.{ending[:end]}")
    # a capital behind the ending of an earlier label: name@acme.itP.IVA
    found = re.match(r"(.+@.*?\.[a-z]{2,})[A-ZÀ-Þ]", cell)
    rest = well_formed(found.group(1)) if found else None
    return ("word_glued", rest) if rest else ("unknown_tld", None)


def word_after(cell: str, _: Names) -> Explained | None:
    """`name@acme.com.Tel`: a label of the page behind a whole address, which happens to be a top-level domain."""
    head, ending = (cell.rpartition(".")[part] for part in (0, 2))
    rest = well_formed(head) if len(ending) > 2 and _TAIL.match(ending) else None
    capital = ending[:1].isupper() and not head.isupper()
    # acme.com.tel: nobody registers a top-level domain's name below another one
    label = head.rpartition("@")[2].rpartition(".")[2].lower()
    return ("word_glued", rest) if rest and (capital or label in ("com", "net", "org")) else None


def reserved_name(cell: str, _: Names) -> Explained | None:
    """A name that the standards keep for tests and private networks (RFC 6761): no syntax check lets it pass."""
    if not _RESERVED.search(cell):
        return None
    head = cell.rpartition(".")[0]
    if rest := well_formed(head):
        return "anti_spam_word", rest
    return ("reserved_domain", None) if well_formed(f"{head}.com") or cell.lower().endswith("@localhost") else None
