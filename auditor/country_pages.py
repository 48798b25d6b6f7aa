"""A country pack in words: for `auditor countries` and docs/countries.md; findings, not legal advice."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from auditor import packs
from auditor.model import CountryPack, Regime, Severity, Terms, Text

REGIMES = {
    Regime.IN: Text(en="consent first", fr="consentement préalable"),
    Regime.OUT: Text(en="allowed until objection", fr="permis jusqu’à opposition"),
    Regime.OUT_IF: Text(en="allowed on a condition", fr="permis sous condition"),
    Regime.NOT_COVERED: Text(en="outside the rule", fr="hors du champ"),
    Regime.UNCLEAR: Text(en="unclear, treated as consent first", fr="incertain, traité comme consentement préalable"),
}
CONDITIONS = {
    "role_related": Text(en="the offer concerns the person’s job", fr="l’offre concerne le métier de la personne"),
    "published": Text(en="the address is published for it", fr="l’adresse est publiée à cette fin"),
    "register": Text(en="the opt-out register was checked", fr="le registre d’opposition a été consulté"),
}
KINDS = {
    "named": Text(en="Named work address", fr="Adresse nominative"),
    "generic": Text(en="Company mailbox", fr="Boîte de société"),
    "personal": Text(en="Private mailbox", fr="Boîte privée"),
    "sole_trader": Text(en="Sole trader", fr="Entrepreneur individuel"),
}
CONFIDENCES = {
    "high": Text(en="high confidence", fr="confiance élevée"),
    "medium": Text(en="medium confidence", fr="confiance moyenne"),
    "low": Text(en="low confidence", fr="confiance faible"),
}
SEVERITIES = {
    Severity.NOTE: Text(en="note", fr="note"),
    Severity.REVIEW: Text(en="review", fr="à vérifier"),
    Severity.REMOVE: Text(en="remove", fr="à retirer"),
}
NOT_CONFIRMED = Text(en="known, not read again", fr="connu, non relu")
TITLE = Text(en="Countries", fr="Pays")
INTRO = Text(
    en="What each country asks before the first commercial e-mail, as the auditor applies it. The law of the "
    "recipient’s country decides. These are findings with their sources, not legal advice; unclear cells act "
    "strictly and say so. Generated from the code: do not edit.",
    fr="Ce que chaque pays exige avant le premier courriel commercial, tel que l’outil l’applique. C’est la loi du "
    "pays du destinataire qui décide. Il s’agit de constats sourcés, non de conseil juridique ; les cas incertains "
    "sont traités strictement et signalés. Page produite à partir du code : ne pas modifier.",
)
WORDS = {
    "in_force": Text(en="In force", fr="En vigueur"),
    "from": Text(en="from {}", fr="depuis le {}"),
    "until": Text(en="until {}", fr="jusqu’au {}"),
    "always": Text(en="whole period covered", fr="toute la période couverte"),
    "customer": Text(en="Customer exception", fr="Exception clients"),
    "yes": Text(en="yes", fr="oui"),
    "no": Text(en="no express one", fr="aucune expresse"),
    "window": Text(en="yes, within {} months", fr="oui, dans les {} mois"),
    "register": Text(en="E-mail register", fr="Registre pour le courriel"),
    "none": Text(en="none", fr="aucun"),
    "kept": Text(en="Prospect without a sign", fr="Prospect sans signe"),
    "months": Text(en="{} months", fr="{} mois"),
    "dormant": Text(en="Unused consent", fr="Consentement inutilisé"),
    "indirect": Text(en="Consent from a third party", fr="Consentement transmis par un tiers"),
    "objection": Text(en="Objection kept at least", fr="Opposition conservée au moins"),
    "notice": Text(en="Notice", fr="Information"),
    "month": Text(en="one month", fr="un mois"),
    "languages": Text(en="Notice languages", fr="Langues d’information"),
    "calls": Text(en="Calls to consumers", fr="Appels aux consommateurs"),
    "severities": Text(en="Rules weighed differently", fr="Règles pesées autrement"),
    "law": Text(en="Law", fr="Textes"),
    "sources": Text(en="Read in", fr="Lu dans"),
    "checked": Text(en="Last checked", fr="Dernière vérification"),
    "overview": Text(en="Overview", fr="Vue d’ensemble"),
    "country": Text(en="Country", fr="Pays"),
}


ADVICE = Text(en="Findings with their sources, not legal advice.", fr="Constats sourcés, et non conseil juridique.")


def _colon(lang: str) -> str:
    return " : " if lang == "fr" else ": "


def _word(key: str, lang: str, *values: object) -> str:
    return WORDS[key].in_(lang).format(*values)


def cell(terms: Terms, kind: str, lang: str) -> str:
    """What is asked for one kind of address, with its condition and confidence."""
    asked = packs.regime(terms, kind)
    condition = terms.conditions.get(kind)
    words = REGIMES[asked].in_(lang) + (f" ({CONDITIONS[condition].in_(lang)})" if condition else "")
    return f"{words}, {CONFIDENCES[terms.confidence[kind]].in_(lang)}"


def facts(terms: Terms, languages: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """(label, value) of everything `terms` say, in reading order."""
    window = terms.customer_window_months
    customer = _word("window", lang, window) if window else _word("yes" if terms.customer_exception else "no", lang)
    rows = [(KINDS[kind].in_(lang), cell(terms, kind, lang)) for kind in packs.KINDS]
    rows += [
        (_word("customer", lang), customer),
        (_word("register", lang), terms.email_register or _word("none", lang)),
        (_word("kept", lang), _word("months", lang, terms.inactive_months)),
        (_word("notice", lang), _word("month", lang)),
        (_word("objection", lang), _word("months", lang, terms.objection_kept_months)),
    ]
    for key, months in (("dormant", terms.consent_dormant_months), ("indirect", terms.indirect_consent_months)):
        rows += [(_word(key, lang), _word("months", lang, months))] if months else []
    if terms.consumer_calls:
        rows.append((_word("calls", lang), REGIMES[terms.consumer_calls].in_(lang)))
    if spoken := ", ".join(languages):
        rows.append((_word("languages", lang), spoken))
    if terms.severities:
        weighed = ", ".join(f"{rule}: {SEVERITIES[s].in_(lang)}" for rule, s in sorted(terms.severities.items()))
        rows.append((_word("severities", lang), weighed))
    return rows


def period(terms: Terms, lang: str) -> str:
    """From when to when `terms` hold, in words."""
    start = _word("from", lang, terms.valid_from) if terms.valid_from > date(1995, 1, 1) else ""
    end = _word("until", lang, terms.valid_to) if terms.valid_to else ""
    return " ".join(filter(None, (start, end))) or _word("always", lang)


def citations(terms: Terms, lang: str) -> list[str]:
    """Every reference of `terms`, once: key, title, where, day of the check."""
    refs = dict.fromkeys(ref for group in terms.refs.values() for ref in group)
    return [
        f"{ref.key}{_colon(lang)}{ref.title.in_(lang)} {ref.where} "
        f"({ref.checked_on:%Y-%m}{'' if ref.confirmed else ', ' + NOT_CONFIRMED.in_(lang)})"
        for ref in refs
    ]


def describe(pack: CountryPack, day: date, lang: str) -> str:
    """The pack as it holds on `day`, for a terminal."""
    terms = packs.terms_on(pack, day)
    colon = _colon(lang)
    lines = [f"{pack.name.in_(lang)} ({pack.code})", f"{_word('in_force', lang)}{colon}{period(terms, lang)}", ""]
    rows = facts(terms, pack.languages, lang)
    width = max(len(label) for label, _ in rows)
    lines += [f"{label:<{width}}  {value}" for label, value in rows]
    lines += ["", terms.note.in_(lang), "", f"{_word('law', lang)}{colon}".rstrip()]
    lines += [f"  {line}" for line in citations(terms, lang)]
    lines += [f"{_word('sources', lang)}{colon}{'; '.join(pack.sources)}"]
    lines += [f"{_word('checked', lang)}{colon}{pack.last_checked}", ADVICE.in_(lang)]
    return "\n".join(lines)


def heading(lang: str) -> str:
    """What the columns of `line` are."""
    heads = " ".join(f"{KINDS[kind].in_(lang):<25}" for kind in packs.KINDS).rstrip()
    return f"{'':<4}{_word('country', lang):<16} {heads}"


def line(pack: CountryPack, day: date, lang: str) -> str:
    """One line of the overview for a terminal."""
    terms = packs.terms_on(pack, day)
    asked = [REGIMES[packs.regime(terms, kind)].in_(lang).split(",")[0] for kind in packs.KINDS]
    return f"{pack.code}  {pack.name.in_(lang):<16} " + " ".join(f"{words:<25}" for words in asked).rstrip()


def as_dict(pack: CountryPack, day: date, lang: str) -> dict[str, Any]:
    """The pack as it holds on `day`, for machines; codes and keys are English."""
    terms = packs.terms_on(pack, day)
    return {
        "code": pack.code,
        "name": pack.name.in_(lang),
        "languages": list(pack.languages),
        "last_checked": pack.last_checked.isoformat(),
        "valid_from": terms.valid_from.isoformat(),
        "valid_to": terms.valid_to and terms.valid_to.isoformat(),
        "regimes": {kind: str(packs.regime(terms, kind)) for kind in packs.KINDS},
        "conditions": dict(terms.conditions),
        "confidence": {kind: str(level) for kind, level in terms.confidence.items()},
        "customer_exception": terms.customer_exception,
        "customer_window_months": terms.customer_window_months,
        "email_register": terms.email_register,
        "inactive_months": terms.inactive_months,
        "consent_dormant_months": terms.consent_dormant_months,
        "indirect_consent_months": terms.indirect_consent_months,
        "objection_kept_months": terms.objection_kept_months,
        "notice_days": terms.notice_days,
        "consumer_calls": terms.consumer_calls and str(terms.consumer_calls),
        "severities": {rule: severity.name.lower() for rule, severity in terms.severities.items()},
        "refs": {part: [ref.key for ref in refs] for part, refs in terms.refs.items()},
        "note": terms.note.in_(lang),
        "sources": list(pack.sources),
    }


def page(lang: str) -> str:
    """docs/countries.md or docs/countries.fr.md: an overview, then every pack with all its periods."""
    loaded, colon = packs.load().values(), _colon(lang)
    heads = [_word("country", lang), *(KINDS[kind].in_(lang) for kind in packs.KINDS), _word("customer", lang)]
    lines = [f"# {TITLE.in_(lang)}", "", INTRO.in_(lang), "", f"## {_word('overview', lang)}", ""]
    lines += ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for pack in loaded:
        terms = pack.terms[-1]
        cells = [REGIMES[packs.regime(terms, kind)].in_(lang) for kind in packs.KINDS]
        cells.append(_word("yes" if terms.customer_exception else "no", lang))
        lines.append(f"| [{pack.name.in_(lang)}](#{pack.code.lower()}) | " + " | ".join(cells) + " |")
    for pack in loaded:
        lines += ["", f'## <a id="{pack.code.lower()}"></a>{pack.name.in_(lang)} ({pack.code})', ""]
        for terms in pack.terms:
            lines += [f"**{_word('in_force', lang)}{colon}{period(terms, lang)}**", "", terms.note.in_(lang), ""]
            lines += [f"- {label}{colon}{value}" for label, value in facts(terms, pack.languages, lang)]
            lines += [f"- {_word('law', lang)}{colon}{item}" for item in citations(terms, lang)]
            lines.append("")
        lines.append(
            f"{_word('sources', lang)}: {'; '.join(pack.sources)}. {_word('checked', lang)}: {pack.last_checked}."
        )
    return "\n".join(lines) + "\n"
