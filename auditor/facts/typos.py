"""Mail domains one slip of the finger away from a well-known provider; a suggestion, never a correction."""

from functools import cache

import polars as pl

from auditor.facts import mailboxes
from auditor.stage import Context, Fact, Survey

# providers that most typing errors are aimed at
_TARGETS = (
    "gmail.com googlemail.com hotmail.com hotmail.fr hotmail.it hotmail.es hotmail.de hotmail.co.uk hotmail.be outlook.com outlook.fr "
    "outlook.de outlook.es outlook.it yahoo.com yahoo.fr yahoo.it yahoo.es yahoo.de yahoo.co.uk icloud.com laposte.net wanadoo.fr "
    "orange.fr free.fr sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr protonmail.com gmx.de gmx.net gmx.at gmx.ch "
    "web.de t-online.de freenet.de arcor.de bluewin.ch sunrise.ch hispeed.ch libero.it virgilio.it tiscali.it alice.it telefonica.net "
    "skynet.be telenet.be proximus.be voo.be scarlet.be ziggo.nl kpnmail.nl hetnet.nl planet.nl xs4all.nl btinternet.com sky.com "
    "virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk live.fr live.com live.nl live.be msn.com aol.com seznam.cz interia.pl onet.pl "
    "sapo.pt eircom.net telia.com comhem.se online.no aon.at chello.at"
).split()
# names that are words or short: a changed letter makes another real name (orage, fret), a swapped pair hardly does
_WORDS = frozenset(
    "orange free sky live web sunrise planet online alice tiscali aon voo sfr neuf msn aol gmx bbox onet sapo telia virgilio libero arcor".split()
)
_ENDINGS = {
    "com": ("con", "cmo", "ocm", "comm", "coom", "cim", "vom", "xom", "cpm", "om", "cm", "co", "ccom", "clm", "comn", "como", "c0m", "coml"),
    "fr": ("rf", "ff", "frr", "ffr", "fe", "ft", "f", "r", "frf", "fr-", "ftr"),
    "net": ("ner", "nett", "ent", "nte", "met", "bet", "ne", "nt"),
    "de": ("ed", "dee", "dde", "d"),
    "it": ("ti", "itt", "iit"),
    "be": ("eb", "bee", "bbe"),
    "es": ("ess", "ees", "se"),
    "nl": ("ln", "nll"),
    "ch": ("hc", "chh", "cch"),
    "uk": ("ku", "ukk"),
}  # fmt: skip
_NEAR = {
    "a": "qzs", "b": "vn", "c": "xv", "d": "sf", "e": "rw", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "km", "m": "nl", "n": "bm", "o": "ip0", "p": "o", "q": "a", "r": "et", "s": "ad", "t": "ry", "u": "iy", "v": "cb",
    "w": "xe", "x": "wc", "y": "ut", "z": "ae",
}  # fmt: skip
# a name met this often in one list is somebody's domain, not a slip
FREQUENT = 3
_COUNTS = {"domain_key": pl.UInt64(), "n": pl.UInt32()}


def slips(name: str, word: bool) -> set[str]:
    """Strings one slip away from a label: swapped, doubled, dropped or neighbouring letters."""
    pairs = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    found = {a + b[1] + b[0] + b[2:] for a, b in pairs if len(b) > 1} | {a + b[0] + b for a, b in pairs if b}
    if not word:
        found |= {a + b[1:] for a, b in pairs if b and a}
        found |= {a + c + b[1:] for a, b in pairs if b for c in _NEAR.get(b[0], "")}
    return found - {name}


@cache
def table() -> pl.DataFrame:
    """domain as misspelt -> provider; domains known to exist as providers are never on it."""
    known = set(mailboxes.table()["domain"].to_list())
    found: dict[str, str] = {}
    for target in _TARGETS:
        label, _, ending = target.partition(".")
        last = ending.rpartition(".")[2]
        stem = ending.removesuffix(last)
        spelt = {f"{slip}.{ending}" for slip in slips(label, label in _WORDS)}
        spelt |= {f"{label}.{stem}{wrong}" for wrong in _ENDINGS.get(last, ())} | {
            f"{label}{ending}.{ending}",
            f"{label}.{ending}.{ending}",
        }
        spelt |= {f"{slip}.{stem}{wrong}" for slip in slips(label, True) for wrong in _ENDINGS.get(last, ())[:3]}
        for name in spelt - known:
            found.setdefault(name, target)
    return pl.DataFrame({"domain": list(found), "provider": list(found.values())})


def _observe(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    # only misspelt candidates are counted: the survey stays small whatever the list
    near = frame.select("domain").filter(pl.col("domain").is_in(table()["domain"].implode()))
    return near.group_by(pl.col("domain").hash().alias("domain_key")).agg(n=pl.len()).select(list(_COUNTS)).cast(_COUNTS)


def _merge(partials: pl.DataFrame) -> pl.DataFrame:
    return partials.group_by("domain_key").agg(pl.col("n").sum()).sort("domain_key").cast(_COUNTS)


def _typos(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    counts = context.surveys["misspelt_domains"].filter(pl.col("n") >= FREQUENT)
    joined = frame.join(table(), on="domain", how="left", maintain_order="left")
    frequent = pl.col("domain").hash().is_in(counts["domain_key"].implode())
    allowed = (pl.col("domain_choice") == "allowed").fill_null(False)
    wanted = pl.col("provider").is_not_null() & ~frequent & ~allowed
    return joined.select(typo_of=pl.when(wanted).then(pl.concat_str("local", pl.lit("@"), "provider")))


SURVEYS = (
    Survey(
        name="misspelt_domains",
        reads=("domain",),
        observe=_observe,
        merge=_merge,
        doc="How often each domain that looks misspelt occurs in the list.",
    ),
)
FACTS = (
    Fact(
        name="typo_domains",
        reads=("local", "domain", "domain_choice"),
        adds={"typo_of": pl.String()},
        apply=_typos,
        surveys=("misspelt_domains",),
        doc="The address at the provider that a rare domain is one slip away from; null for frequent or known domains.",
    ),
)
