"""What a report says of the domain look-ups: names disclosed and to whom, what stayed unknown, what that means."""

from collections.abc import Iterator

from auditor.model import Text
from auditor.report_model import LookupLine, Words
from auditor.report_run import printable
from auditor.result import Audit
from auditor.wording import number, percent, plural

# characters of all resolver names together
MOST = 300
_NAMES = (
    Text(en="domain name was disclosed to", fr="nom de domaine a été communiqué"),
    Text(en="domain names were disclosed to", fr="noms de domaine ont été communiqués"),
)
_KEPT = (
    Text(en="answer came from the cache", fr="réponse vient du cache"),
    Text(en="answers came from the cache", fr="réponses viennent du cache"),
)


def line(audit: Audit) -> LookupLine | None:
    """The look-ups of an audit, in numbers and in words; None when nothing was looked up."""
    asked = audit.lookup
    if asked is None:
        return None
    bare = LookupLine(
        resolvers=tuple(printable(name) for name in asked.resolvers),
        domains=asked.domains,
        asked=asked.asked,
        from_cache=asked.from_cache,
        unknown=asked.unknown,
        unknown_share=round(asked.unknown / asked.domains, 4) if asked.domains else 0.0,
        max_unknown=round(audit.settings.dns.max_unknown / 100, 4),
        complete=asked.complete,
        resolver_healthy=asked.resolver_healthy,
        statuses=dict(asked.statuses),
        says=Words(en="", fr=""),
    )
    return bare.model_copy(update={"says": Words(**{lang: " ".join(_told(bare, lang)) for lang in ("en", "fr")})})


def headline(said: Words, looked_up: LookupLine | None) -> Words:
    """The report's first sentence, followed by the warning that the domain check is incomplete when it is."""
    if looked_up is None or looked_up.complete:
        return said
    unknown, domains = looked_up.unknown, looked_up.domains
    return Words(
        en=f"{said.en} The domain check is incomplete: {percent(unknown, domains, 'en')} of the domains stayed "
        "unknown.",
        fr=f"{said.fr} La vérification des domaines est incomplète : {percent(unknown, domains, 'fr')} des domaines "
        "restent inconnus.",
    )


def _told(one: LookupLine, lang: str) -> Iterator[str]:
    french = lang == "fr"
    yield _unknown_in_french(one) if french else _unknown_in_english(one)
    kept = plural(one.from_cache, *_KEPT, lang)
    if not one.from_cache:
        kept = "aucune réponse ne vient du cache" if french else "no answer came from the cache"
    if one.asked:
        mark = " ; " if french else "; "
        yield f"{plural(one.asked, *_NAMES, lang)} {_resolvers(one.resolvers, french)}{mark}{kept}."
        yield _health(one, french)
    else:
        yield f"Aucun nom de domaine n'a été communiqué ; {kept}." if french else f"No name was disclosed; {kept}."


def _unknown_in_english(one: LookupLine) -> str:
    if not one.unknown:
        return f"Domains left unknown: none of {number(one.domains, 'en')}."
    share = percent(one.unknown, one.domains, "en")
    return f"Domains left unknown: {number(one.unknown, 'en')} of {number(one.domains, 'en')} ({share})."


def _unknown_in_french(one: LookupLine) -> str:
    if not one.unknown:
        return f"Domaines restés inconnus : aucun sur {number(one.domains, 'fr')}."
    share = percent(one.unknown, one.domains, "fr")
    return f"Domaines restés inconnus : {number(one.unknown, 'fr')} sur {number(one.domains, 'fr')} ({share})."


def _resolvers(names: tuple[str, ...], french: bool) -> str:
    listed = printable(", ".join(names), MOST)
    if len(names) == 1:
        return f"au résolveur {listed}" if french else f"the resolver {listed}"
    return f"aux résolveurs {listed}" if french else f"the resolvers {listed}"


def _health(one: LookupLine, french: bool) -> str:
    if not one.resolver_healthy:
        if french:
            return "Aucun résolveur n'était en état de répondre : rien de nouveau n'a pu être établi."
        return "No resolver was in working order: nothing new could be learnt."
    if len(one.resolvers) == 1:
        return "Le résolveur fonctionnait." if french else "The resolver was in working order."
    if french:
        return "Au moins un des résolveurs fonctionnait."
    return "At least one of the resolvers was in working order."
