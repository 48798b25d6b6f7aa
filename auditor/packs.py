"""Country packs: all of them, the terms that hold on a day, and what each cites."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from auditor import registry
from auditor.errors import CatalogueError
from auditor.model import CountryPack, Ref, Regime, Terms

# the pack of rows whose country is unknown, contradictory or without a pack of its own
STRICTEST = "XX"
KINDS = ("named", "generic", "personal", "sole_trader")
# after how long an unused consent is doubted where a country's courts and authorities name no period
DORMANT_MONTHS = 24
# which part of a pack a rule rests on; rules that are not named here rest on the GDPR alone
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "personal_mailbox": ("email",),
        "named_address_needs_consent": ("email",),
        "generic_address_needs_consent": ("email",),
        "generic_address": ("email",),
        "sole_trader_as_company": ("email",),
        "role_unrelated_or_unknown": ("email", "named"),
        "publication_not_shown": ("email",),
        "public_register_source": ("register_source",),
        "double_opt_in_unfinished": ("email", "consent"),
        "consent_not_verifiable": ("email", "consent"),
        "consent_dormant": ("dormant", "consent"),
        "inactive_too_long": ("retention",),
        "timer_reset_by_open_or_update": ("retention",),
        "on_national_register": ("register",),
        "register_check_missing_or_stale": ("register",),
        "on_suppression_list": ("objection",),
        "notice_overdue": ("notice",),
        "contact_before_notice": ("notice",),
    }
)
# names people use for a code that is not the ISO one
ALIASES = {"UK": "GB", "EL": "GR"}
# parts of a country with a code of their own where that country's rule holds
TERRITORIES = {
    "GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "BL": "FR", "MF": "FR", "PM": "FR",
    "AX": "FI", "SJ": "NO",
}  # fmt: skip


@cache
def load() -> Mapping[str, CountryPack]:
    """Every pack by code; terms are in date order, without gap or overlap."""
    packs = registry.collect("auditor.countries", "PACK", CountryPack)
    for pack in packs:
        _check(pack)
    table = {pack.code: pack for pack in sorted(packs, key=lambda pack: pack.code)}
    if len(table) != len(packs) or STRICTEST not in table:
        raise CatalogueError("country packs: a code is declared twice, or the strictest pack is missing")
    return MappingProxyType(table)


def terms_on(pack: CountryPack, day: date) -> Terms:
    """The terms of `pack` that hold on `day`; days before the first entry take the first."""
    held = [terms for terms in pack.terms if terms.valid_from <= day]
    return held[-1] if held else pack.terms[0]


def months_before(day: date, months: int) -> date:
    """The earliest day that lies at most `months` calendar months before `day`.

    A period of months ends on the day of the same number, or on the last of a shorter month (Regulation 1182/71,
    art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def code_of(word: str) -> str | None:
    """The pack code somebody means: ISO code in any case, or UK, EL; None when there is no such pack."""
    code = ALIASES.get(word.strip().upper(), word.strip().upper())
    code = TERRITORIES.get(code, code)
    return code if code in load() else None


def regime(terms: Terms, kind: str) -> Regime:
    """What `terms` ask before the first message to an address of `kind`."""
    return {
        "named": terms.named,
        "generic": terms.generic,
        "personal": terms.personal,
        "sole_trader": terms.sole_trader,
    }[kind]


def citations(terms: Terms, rule: str) -> tuple[Ref, ...]:
    """The national references of one country behind the findings of `rule`; often none."""
    found = [ref for part in PARTS.get(rule, ()) for ref in terms.refs.get(part, ())]
    return tuple(dict.fromkeys(found))


def _check(pack: CountryPack) -> None:
    for before, after in zip(pack.terms, pack.terms[1:], strict=False):
        if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
            raise CatalogueError(f"country pack {pack.code}: terms leave a gap or overlap at {after.valid_from}")
    for terms in pack.terms:
        if not terms.refs.get("email") or set(terms.confidence) != set(KINDS):
            raise CatalogueError(f"country pack {pack.code}: citation or confidence is missing")
        conditional = {kind for kind in KINDS if regime(terms, kind) is Regime.OUT_IF}
        if conditional != set(terms.conditions):
            raise CatalogueError(f"country pack {pack.code}: a conditional opt-out names no condition")
