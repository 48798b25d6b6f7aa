"""Yes, no or unknown: the words of exports in five languages, with the polarity of their column."""

from collections.abc import Mapping

from auditor.intake.formats import fold

YES = frozenset(
    (
        "1", "1.0", "1,0", "true", "t", "vrai", "wahr", "verdadero", "vero", "yes", "y", "oui", "o", "ja", "j", "si",
        "s", "x", "ok", "on", "v", "✓", "✔", "☑", "☒", "active", "aktiv",
    )
)  # fmt: skip
NO = frozenset(
    (
        "0", "0.0", "0,0", "false", "f", "faux", "falsch", "falso", "no", "n", "non", "nein", "off", "☐", "✗", "✘",
        "inactive",
    )
)  # fmt: skip

# words that say themselves whether the person may be written to, whatever the column is called
REFUSED = frozenset(
    fold(word)
    for word in (
        "do not allow", "don't allow", "ne pas autoriser", "nicht zulassen", "no permitir", "non consentire",
        "unsubscribed", "unsubscribe", "opted out", "opted-out", "opt out", "opt-out", "opt_out", "optout", "optedout",
        "refused", "refusé", "refuse", "refus", "revoked", "withdrawn", "blacklisted", "black listed", "suppressed",
        "excluded", "stop", "désinscrit", "désinscrite", "désabonné", "désabonnée", "opposition", "opposé",
        "abgemeldet", "widerrufen", "widersprochen", "dado de baja", "baja", "disiscritto", "disiscritta", "revocato",
        "do not contact", "do not email", "do not call", "ne pas contacter", "ne plus contacter", "blocked",
        "spam complaint", "plainte", "cancelled", "denied", "rejected",
    )
)  # fmt: skip
ALLOWED = frozenset(
    fold(word)
    for word in (
        "allow", "allowed", "autoriser", "autorisé", "zulassen", "permitir", "consentire", "consenti",
        "subscribed", "opted in", "opted-in", "opt in", "opt-in", "opt_in", "optin", "optedin", "accepted", "accepté",
        "accepte", "granted", "inscrit", "inscrite", "abonné", "abonnée", "angemeldet", "suscrito", "suscrita",
        "iscritto", "iscritta", "active subscriber",
    )
)  # fmt: skip


def read(
    cell: str, objection: bool = False, positive: bool = True, values: Mapping[str, str] | None = None
) -> bool | None:
    """True, false or None (unknown) for one cell.

    `values` (folded cell -> "true"/"false") decides first, its `*` last. In a column about objection a cell that
    describes itself ("Do Not Allow", "Subscribed") wins over the column's polarity; `positive=False` turns a plain
    yes or no round.
    """
    word = fold(cell).strip(" .!;:")
    if values and word in values:
        return {"true": True, "false": False}.get(values[word])
    if objection and (word in REFUSED or word in ALLOWED):
        return word in REFUSED
    plain = True if word in YES else False if word in NO else None
    if plain is None:
        return {"true": True, "false": False}.get(values.get("*", "")) if values else None
    return plain if positive else not plain
