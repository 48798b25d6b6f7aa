"""Where the person is, whom we would write to, and what that country asks: evidence, regime, terms of the pack."""

from collections.abc import Callable
from datetime import date
from functools import cache

import polars as pl

from auditor import packs
from auditor.facts import _legal_forms, _places
from auditor.model import Regime, Terms
from auditor.stage import Context, Dtypes, Fact, blank, code, once_each, values

# country-code endings that are sold as words: they say nothing about a country
VANITY = frozenset({
    "ac", "ad", "ag", "ai", "am", "as", "bz", "cc", "cd", "ck", "cm", "co", "cx", "dj", "fm", "ga", "gd", "gg", "gl",
    "gq", "gs", "hn", "io", "je", "la", "li", "lc", "ly", "md", "me", "mk", "ml", "mn", "ms", "mu", "nu", "nr", "pn",
    "pm", "pw", "sc", "sh", "so", "sr", "st", "su", "sx", "tc", "tf", "tk", "tl", "to", "tv", "vc", "vg", "vu", "ws",
})  # fmt: skip
# strongest first; a higher one decides, all of them are compared
SIGNALS = ("column", "phone", "tld", "postcode")
# the regime in words, as findings say it
GROUNDS = {
    Regime.IN: "consent_needed",
    Regime.OUT: "opt_out",
    Regime.OUT_IF: "opt_out_on_condition",
    Regime.NOT_COVERED: "not_covered",
    Regime.UNCLEAR: "unclear",
}
SURE = {"column": "high", "phone": "medium", "tld": "medium", "postcode": "medium", "city": "low"}

RESOLVED: Dtypes = {
    "country_code": pl.String(),
    "country_evidence": pl.String(),
    "country_confidence": pl.String(),
    "country_conflict": pl.Boolean(),
    "country_issue": pl.String(),
    "pack_code": pl.String(),
}
TERMS: Dtypes = {
    "recipient_kind": pl.String(),
    "regime": pl.String(),
    "regime_grounds": pl.String(),
    "regime_condition": pl.String(),
    "pack_confidence": pl.String(),
    "pack_customer_exception": pl.Boolean(),
    "pack_customer_window_months": pl.Int64(),
    "pack_inactive_months": pl.Int64(),
    # signs of life, and uses of a consent, before these days are too long ago
    "pack_inactive_before": pl.Date(),
    "pack_dormant_before": pl.Date(),
    "pack_indirect_dormant_before": pl.Date(),
    "pack_notice_days": pl.Int64(),
    "pack_email_register": pl.String(),
    "pack_register_fresh_days": pl.Int64(),
    "pack_languages": pl.String(),
}


@cache
def _endings() -> dict[str, str]:
    """ ".fr" -> "FR" for every country-code ending that still means a country, as pack-level codes."""
    codes = {code.lower(): code for code in _places.names().values()} | {"uk": "GB"}
    return {f".{ending}": code for ending, code in codes.items() if ending not in VANITY | {"gb"}}


def _judged(cells: pl.Series, judge: Callable[[str], object]) -> pl.Series:
    """What `judge` says, once per distinct cell, as text; null where it says nothing."""
    distinct = values(cells).to_list()
    found = {cell: str(code) for cell in distinct if (code := judge(cell))}
    if not found:
        return pl.Series(cells.name, [None], dtype=pl.String).new_from_index(0, len(cells))
    return cells.replace_strict(list(found), list(found.values()), default=None, return_dtype=pl.String)


def _common(name: str) -> pl.Expr:
    """The signal as the code whose rule holds: overseas departments are France."""
    return pl.col(name).replace(packs.TERRITORIES)


def _resolve(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """RESOLVED columns of each row; rows that give the same signals are weighed once."""
    signals = frame.select(
        "country",
        "domain_country",
        ending=pl.col("domain").str.tail(3),
        phone="phone_country",
        # told apart by what they mean: as written, hardly two rows would be alike
        postcode=_judged(frame["postcode"], _places.postcode),
        city=_judged(frame["city"], _places.town),
    )
    return once_each("country", signals, context, _weigh)


def _weigh(signals: pl.DataFrame) -> pl.DataFrame:
    """What several signals of a country come to."""
    ending = pl.col("ending").replace_strict(_endings(), default=None, return_dtype=pl.String)
    signals = signals.cast({"domain_country": pl.String(), "phone": pl.String()}).with_columns(
        column=_judged(signals["country"], _places.country),
        tld=pl.coalesce("domain_country", ending),
        written=pl.col("country").is_not_null(),
    )
    code = signals.select(pl.coalesce(SIGNALS)).to_series()
    # a town is asked only where nothing else speaks
    towns = signals["city"].set(code.is_not_null(), None)
    signals = signals.with_columns(code=code.fill_null(towns), city=towns)
    common = signals.with_columns(_common(name) for name in (*SIGNALS, "code"))
    said = common.select((pl.col(name) == pl.col("code")).alias(name) for name in SIGNALS)
    mask = said.select(
        pl.sum_horizontal(pl.col(name).fill_null(False).cast(pl.UInt8) * (1 << bit) for bit, name in enumerate(SIGNALS))
    ).to_series()
    conflict = said.select(~pl.all_horizontal(pl.all().fill_null(True))).to_series()
    evidence, confidence = _evidence(mask, signals["city"].is_not_null())
    known = [code for code in packs.load() if code != packs.STRICTEST]
    pack = common.select(
        pl.when(pl.col("code").is_in(known) & ~conflict).then("code").otherwise(pl.lit(packs.STRICTEST))
    )
    table = pl.DataFrame(
        {
            "country_code": signals["code"],
            "country_evidence": evidence,
            "country_confidence": confidence,
            "country_conflict": conflict,
            "pack_code": pack.to_series(),
            "written": signals["written"],
        }
    )
    return table.with_columns(_issue()).select(*RESOLVED)


def _evidence(mask: pl.Series, town: pl.Series) -> tuple[pl.Series, pl.Series]:
    """("column+phone", "high") from the bits of the signals that agree with the chosen country."""
    sets = [[name for bit, name in enumerate(SIGNALS) if value >> bit & 1] for value in range(1 << len(SIGNALS))]
    words = pl.Series(["+".join(names) or None for names in sets], dtype=pl.String)
    levels = [("high" if len(names) > 1 else SURE[names[0]]) if names else None for names in sets]
    evidence, confidence = words.gather(mask), pl.Series(levels, dtype=pl.String).gather(mask)
    return evidence.set(town, "city"), confidence.set(town, SURE["city"])


def _issue() -> pl.Expr:
    """Why the strictest terms serve: conflict, not_understood, unknown, no_pack; null when a pack was found."""
    strict, code = pl.col("pack_code") == packs.STRICTEST, pl.col("country_code")
    return (
        pl.when(strict & pl.col("country_conflict"))
        .then(pl.lit("conflict"))
        .when(strict & code.is_not_null())
        .then(pl.lit("no_pack"))
        .when(strict & pl.col("written"))
        .then(pl.lit("not_understood"))
        .when(strict)
        .then(pl.lit("unknown"))
        .alias("country_issue")
    )


# whom a message to an address of this class reaches; ambiguous mailboxes may be private, so they count as such
_OWNERS = {
    f"{kind}@{axis}": ("personal" if axis in ("personal", "relay", "disposable", "ambiguous") else owner)
    for kind, owner in (
        ("nominative", "named"), ("generic", "generic"), ("technical", "generic"), ("reserved-purpose", "generic"),
    )
    for axis in ("professional", "shared-professional", "personal", "relay", "disposable", "ambiguous")
}  # fmt: skip


def _terms(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """TERMS columns of each row; rows of one kind and country share theirs."""
    columns = ("address_class", "sole_trader_by", "pack_code", "country_issue")
    return once_each("terms", frame.select(columns), context, lambda rows: _look_up(rows, context))


def _look_up(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    table, offsets = _term_table(context)
    kinds = {kind: i for i, kind in enumerate(packs.KINDS)}
    rows = frame.select(
        kind=pl.col("address_class").replace_strict(_OWNERS, default=None, return_dtype=pl.String),
        alone=pl.col("sole_trader_by").is_not_null(),
        pack=pl.col("pack_code").replace_strict(offsets, default=offsets[packs.STRICTEST], return_dtype=pl.UInt16),
        issue=pl.col("country_issue").is_not_null(),
    ).with_columns(
        kind=pl.when(pl.col("alone") & pl.col("kind").is_in(["named", "generic"]))
        .then(pl.lit("sole_trader"))
        .otherwise("kind")
    )
    # rows without an address take the row after the four kinds: terms of the country, no regime
    index = rows.select(
        pl.col("pack") + pl.col("kind").replace_strict(kinds, default=len(kinds), return_dtype=pl.UInt16)
    )
    facts = table[index.to_series()]
    grounds = pl.when(pl.Series(rows["issue"]) & pl.col("regime").is_not_null()).then(pl.lit("country_unknown"))
    return facts.with_columns(recipient_kind=rows["kind"], regime_grounds=grounds.otherwise("regime_grounds")).select(
        *TERMS
    )


def _term_table(context: Context) -> tuple[pl.DataFrame, dict[str, int]]:
    """TERMS of every pack and kind on the day of the audit, and where each pack's rows start."""
    loaded = packs.load()
    rows = []
    for pack in loaded.values():
        terms = packs.terms_on(pack, context.today)
        rows += [_line(terms, kind, " ".join(pack.languages), context.today) for kind in (*packs.KINDS, None)]
    offsets = {code: i * (len(packs.KINDS) + 1) for i, code in enumerate(loaded)}
    return pl.DataFrame(rows, schema=TERMS, orient="row"), offsets


def _line(terms: Terms, kind: str | None, languages: str, today: date) -> tuple[object, ...]:
    asked = packs.regime(terms, kind) if kind else None
    dormant = packs.months_before(today, terms.consent_dormant_months or packs.DORMANT_MONTHS)
    handed_on = terms.indirect_consent_months
    return (
        kind,
        asked,
        GROUNDS[asked] if asked else None,
        terms.conditions.get(kind) if kind else None,
        terms.confidence[kind] if kind else None,
        terms.customer_exception,
        terms.customer_window_months,
        terms.inactive_months,
        packs.months_before(today, terms.inactive_months),
        dormant,
        packs.months_before(today, handed_on) if handed_on else dormant,
        terms.notice_days,
        terms.email_register,
        terms.register_fresh_days,
        languages,
    )


def _traders(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    declared = _judged(frame["legal_form"], _legal_forms.is_sole_trader).is_not_null().arg_true()
    named = _legal_forms.named_so(frame["company"])
    named = named.filter(frame["legal_form"].gather(named).is_null())
    neither = blank(frame.height, pl.String())
    return pl.DataFrame({"sole_trader_by": neither.scatter(declared, "legal_form").scatter(named, "company_name")})


def _permission(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """What opens an opt-in country for this row: a verifiable consent, or the customer exception with its sale."""
    level, state = pl.col("provenance_level"), pl.col("consent_state")
    proven = ((level == "V4") | (level == "V5")) & ((state == "given") | (state == "confirmed"))
    permitted = pl.when(proven).then(code("consent"))
    if frame["last_purchase_on"].null_count() == frame.height:
        return frame.select(permission=permitted)
    customer = (pl.col("legal_basis_class") == "customer") | (pl.col("source_class") == "customer")
    in_time = pl.col("pack_customer_window_months").is_null() | (
        pl.col("last_purchase_on").dt.offset_by(pl.format("{}mo", "pack_customer_window_months")) >= pl.col("today")
    )
    sold = pl.col("pack_customer_exception") & customer & (pl.col("last_purchase_on") <= pl.col("today"))
    bought = sold & in_time & pl.col("seller").is_null()
    return frame.select(permission=permitted.when(bought).then(code("customer")))


FACTS = (
    Fact(
        name="country",
        reads=("country", "phone_country", "domain", "domain_country", "postcode", "city"),
        adds=RESOLVED,
        apply=_resolve,
        doc="Country, evidence, confidence; pack XX (strictest) when unknown, contradictory or without a pack.",
    ),
    Fact(
        name="sole_trader",
        reads=("legal_form", "company"),
        adds={"sole_trader_by": pl.String()},
        apply=_traders,
        doc="What says that the firm is one natural person: legal_form (declared), company_name (inferred), null.",
    ),
    Fact(
        name="terms",
        reads=("address_class", "sole_trader_by", "pack_code", "country_issue"),
        adds=TERMS,
        apply=_terms,
        doc="Kind of recipient, regime and terms of the country's pack on the day of the audit.",
    ),
    Fact(
        name="permission",
        reads=(
            "provenance_level", "consent_state", "legal_basis_class", "source_class", "seller", "last_purchase_on",
            "pack_customer_exception", "pack_customer_window_months", "today",
        ),
        adds={"permission": pl.String()},
        apply=_permission,
        doc="What satisfies an opt-in rule: consent (verifiable), customer (exception with a dated sale), or null.",
    ),
)  # fmt: skip
