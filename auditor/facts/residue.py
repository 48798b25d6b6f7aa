"""Traces that extraction leaves in an address cell: which one, and the address that remains without it.

A vectorised filter picks the few cells worth a closer look; `explain` then names the first residue that explains
itself: with it removed a well-formed address remains, or the cell is a known non-address.
"""

import re
import unicodedata
from functools import cache

import polars as pl

from auditor.facts import mailboxes
from auditor.facts.residue_forms import AFTER, BEFORE, BROKEN
from auditor.facts.residue_glued import unknown_ending
from auditor.facts.residue_text import Explained, Form, made_up
from auditor.stage import CODE, Context, Fact, blank

# traces that a name may look like
_CLAIMABLE = (
    "anti_spam_word",
    "masked",
    "hex_escape",
    "escape_rest",
    "label_glued",
    "mailto",
    "phone_glued",
    "placeholder",
)
ADDS = {"residue": pl.String(), "recovered": pl.String()}
_READS = ("email", "address", "domain", "registrable", "local", "first_letters", "last_letters", "company")
# cells that pass the syntax check and still look odd; lower case, because the cell is lowered first
_SUSPECT = "|".join(
    (
        r"^[^@]*(?:%[0-9a-f]{2}|u00[0-9a-f]{2}|&#|&[a-z]{2,6};|=3d|=20|\\|/|\*|[<>(){}\[\]|`])",
        r"^(?:x[23][0-9a-f]|(?:25)?(?:3[acde]|2f|20|22|27|40|0[ad]))[a-z]",
        r"^(?:e-?mail|courriel|mailto|adresse)[a-z:._-]|^(?:mail|[ck]onta(?:[ck]t|tt)o?|correo)[a-z:]|^[0-9]{4,5}[a-z]",
        r"^[+0-9._-]{8,}[a-z]|^(?:[tfmp][.:]|t[eé]l|fax|fon|phone|mob|m[oó]vil|handy|gsm|cell|port)[a-z]*[.:]?[0-9]{5}",
        r"^[0-9a-f]{20,}[:@]",
        r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-",
        r"^['.,;:!?#_=~$^*-]",
        r"['.,;:!?#=~$^*-]@",
        r"(?:nospam|no-spam|no_spam|antispam|anti-spam|removethis|remove-this|remove_this|spamfree|pasdespam|pas-de-spam"
        r"|stopspam|sansspam|keinspam|kein-spam|ohnespam|entfernen|enlever|supprimer|quitar|togli|verwijder|bezspamu"
        r"|retirez?.?ceci)",
        r"(?:\.(?:png|jpe?g|gif|webp|svg|css|js|mjs|ts|scss|woff2?|ico|pdf|php|html?|min|bmp|tiff?|avif|mp4|zip))$",
        r"@(?:[0-9]+x|[0-9]+\.[0-9])",
        r"@[^@]*(?:www\.|https?)",
        r"x{3,}|\.\.\.|•|…",
        r"@(?:media|import|font-face|charset|keyframes|page|supports|namespace|context|type|id|graph|layer|apply|include)\b",
        r"sentry|wixpress|bugsnag|rollbar|amazonses|mandrillapp|mailgun|sparkpostmail|mcsv|rsgsv",
        r"\.(?:com|net|org)\.[a-z]+$",
    )
)


def _residues(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    doubtful = frame.select(_suspicious()).to_series()
    near = (frame.select(_near()).to_series() & ~doubtful).arg_true()
    if len(near):
        doubtful = doubtful.scatter(near, frame.select(_READS)[near].select(_doubtful()).to_series())
    rows = doubtful.arg_true()
    answers = explain(frame.select(_READS)[rows])
    none = {"residue": blank(len(frame), CODE), "recovered": blank(len(frame), pl.String())}
    return pl.DataFrame(
        {
            name: none[name].clone().scatter(rows, pl.Series([answer[place] for answer in answers], dtype=pl.String))
            for place, name in enumerate(ADDS)
        }
    )


def _suspicious() -> pl.Expr:
    """Cells that are no address, have an unknown ending or, in small letters, show a trace."""
    small, trace = pl.col("address_small").fill_null(False), pl.col("email").str.contains(_SUSPECT)
    return (pl.col("registrable").is_null() & pl.col("email").is_not_null()) | (small & trace)


def _near() -> pl.Expr:
    """What costs little to ask of every row and holds for each other doubtful one; few get through."""
    domain, registrable = pl.col("domain"), pl.col("registrable")
    # hashes cost less to compare than texts
    locals_, domains = _hashes()
    capital = ~pl.col("address_small").fill_null(True)
    below = domain.str.len_bytes() != registrable.str.len_bytes()
    made_up_word = pl.col("local").hash().is_in(locals_) | registrable.hash().is_in(domains)
    return capital | below.fill_null(False) | made_up_word


def _doubtful() -> pl.Expr:
    """Odd cells and made-up words."""
    cells, domain, registrable = pl.col("email"), pl.col("domain"), pl.col("registrable")
    lower, local = cells.str.to_lowercase(), pl.col("local").str.to_lowercase()
    listed = {kind: list(words) for kind, words in made_up().items()}
    pair = pl.concat_str(local, pl.lit("@"), registrable.str.extract(r"^([^.]+)"))
    doubtful = (
        lower.str.contains(_SUSPECT)
        | (cells.str.len_bytes() != cells.str.len_chars())
        | local.is_in(listed["local"])
        | registrable.is_in(listed["domain"])
        | domain.is_in(listed["domain"])
        # words that only make sense together: test@test, nom@domaine
        | pair.is_in(listed["pair"])
        # capitals amid small letters: a word put in against collectors, or one glued behind the domain
        | cells.str.contains(r"[A-Z]{4}.*[a-z]|[a-z].*[A-Z]{4}|@[^A-Z]*\.[A-Z][a-z]+$")
    )
    return doubtful.fill_null(False)


@cache
def _hashes() -> tuple[pl.Series, pl.Series]:
    """Of the local parts that are made up, alone or before a made-up domain, and of such domains."""
    listed = made_up()
    heads = listed["local"] | {pair.partition("@")[0] for pair in listed["pair"]}
    return pl.Series(list(heads)).hash().implode(), pl.Series(list(listed["domain"])).hash().implode()


def explain(cells: pl.DataFrame) -> list[Explained]:
    """(residue code, recovered address) of each cell; both null where nothing explains itself."""
    texts = cells["email"].to_list()
    names = cells.select(pl.col("first_letters", "last_letters").fill_null("")).rows()
    valid = cells["address"].is_not_null().to_list()
    found: dict[int, Explained] = {}

    def ask(forms: tuple[tuple[str, Form], ...], rows: list[int]) -> None:
        # a loop over the few cells that show the trigger of a form and have no answer yet
        shown = _shown(cells["email"].gather(rows), forms)
        for trigger, form in forms:
            for place in shown[trigger]:
                row = rows[place]
                if row not in found and (answer := form(texts[row], names[row])):
                    found[row] = answer

    ask(BEFORE, list(range(len(texts))))
    ask(BROKEN, [row for row, sound in enumerate(valid) if not sound and row not in found])
    whole = [row for row, sound in enumerate(valid) if sound and row not in found]
    for row, told in zip(whole, cells[whole].rows(named=True), strict=True):
        if made_up_address := _made_up(told):
            found[row] = made_up_address
    ask(AFTER, [row for row in whole if row not in found])
    doubted = [row for row, (code, _) in found.items() if valid[row] and code in _CLAIMABLE]
    for row, told in zip(doubted, cells[doubted].rows(named=True), strict=True):
        if claimed(found[row][0], told):
            del found[row]
    return [found.get(row, (None, None)) for row in range(len(texts))]


def _shown(cells: pl.Series, forms: tuple[tuple[str, Form], ...]) -> dict[str, list[int]]:
    """The cells that show each trigger; all are looked for in one go."""
    triggers = list(dict.fromkeys(trigger for trigger, _ in forms))
    if not len(cells):
        return {trigger: [] for trigger in triggers}
    cell = pl.col("cell")
    rows = cells.to_frame("cell").select_seq(
        pl.arg_where(cell.str.contains(trigger)).implode().alias(f"{place}") for place, trigger in enumerate(triggers)
    )
    return dict(zip(triggers, rows.row(0), strict=True))


def claimed(code: str | None, row: dict[str, str | None]) -> bool:
    """Whether the row's own company or name bears what looks like a residue: X22 Labs, Antispam SA, Wei Foo."""
    if code not in _CLAIMABLE:
        return False
    local = (row["local"] or "").lower()
    word = re.sub("[^a-z0-9]", "", local)
    firm = re.sub("[^a-z0-9]", "", fold_digits(row["company"]))
    if code in ("anti_spam_word", "masked"):
        # the words of the domain count only where the local part is in order
        label = re.sub("[^a-z0-9]", "", (row["registrable"] or "").partition(".")[0])
        tidy = re.fullmatch(r"[a-z]+(?:[._-][a-z]+)*", local) and "spam" not in local and "xxx" not in local
        return bool(tidy) and len(label) > 3 and label in firm and row["domain"] == row["registrable"]
    if code != "placeholder":
        return len(word) > 3 and word in firm
    if len(word) > 2 and word == local:
        first, last = row["first_letters"] or "", row["last_letters"] or ""
        bears = word in (first, last) and first != last and not {first, last} & (made_up()["local"] - {word})
        # a company called like the word alone was filled in with the same template
        return (bears and bool(first and last)) or (firm.startswith(word) and len(firm) > len(word) + 2)
    return False


def fold_digits(text: str | None) -> str:
    """`text` in lower case without accents, digits kept."""
    return unicodedata.normalize("NFKD", (text or "").lower()).encode("ascii", "ignore").decode()


def _made_up(row: dict[str, str | None]) -> Explained | None:
    """Addresses of forms, templates and reserved names (RFC 2606, RFC 6761)."""
    listed = made_up()
    domain, registrable, local = row["domain"] or "", row["registrable"], (row["local"] or "").lower()
    label, _, suffix = domain.rpartition(".")
    if local in listed["local"]:
        return "placeholder", None
    if domain in listed["domain"] or registrable in listed["domain"]:
        return "reserved_domain" if (registrable or domain).startswith("example.") else "placeholder", None
    if f"{local}@{(registrable or domain).partition('.')[0]}" in listed["pair"]:
        return "placeholder", None
    if suffix in ("example", "tld"):
        made_up_name = suffix == "tld" or label in listed["word"]
        return ("placeholder" if made_up_name else "reserved_tld"), None
    if registrable is None and mailboxes.suffixes().publicsuffix(domain) is None:
        return unknown_ending(row["email"] or "")
    return None


FACTS = (
    Fact(
        name="address_residue",
        reads=(*_READS, "address_small"),
        adds=ADDS,
        apply=_residues,
        doc="Code of the trace an extraction left in the address cell, and the address that remains without it.",
    ),
)
