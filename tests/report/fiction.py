"""An invented audit of an invented list, for every test of reports: no pipeline needed, seeded, any size."""

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from auditor.intake.account import Account, Dialect
from auditor.intake.mapping import ColumnUse, Mapping
from auditor.model import Confidence, Family, Lens, Ref, Rule, Scope, Severity, Strength, Text
from auditor.result import FINDINGS, TALLIES, Audit, Counts, Lookup, RuleState, ScreenFile
from auditor.settings import Settings, Supplier, Waiver
from auditor.waivers import SUMMARY

GDPR = Ref(
    key="GDPR 21",
    instrument="Regulation (EU) 2016/679 (GDPR)",
    article="21(2)-(3)",
    where="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    checked_on=date(2026, 11, 1),
    title=Text(
        en="Whoever objects to direct marketing is no longer written to.",
        fr="Qui s'oppose à la prospection n'est plus sollicité.",
    ),
)


def rule(name: str, id_: str, severity: Severity, en: str, fr: str, **over: Any) -> Rule:
    values: dict[str, Any] = {
        "id": id_,
        "name": name,
        "since": "0.1",
        "family": Family(id_[0]),
        "lenses": (Lens.LAW,),
        "severity": severity,
        "confidence": Confidence.HIGH,
        "when": pl.lit(True),
        "refs": (GDPR,),
        "title": Text(en=en.split(":")[0].rstrip("."), fr=fr.split(" : ")[0].rstrip(".")),
        "says": Text(en=en, fr=fr),
        "cure": Text(en="Remove the row or complete the proof.", fr="Retirez la ligne ou complétez la preuve."),
        "false_alarms": Text(en="A wrong flag in the export.", fr="Un indicateur erroné dans l'export."),
        "evidence": ("opt_out",),
        "fires": ({},),
        "quiet": ({},),
    }
    return Rule(**{**values, **over})


RULES = (
    rule("objected_still_listed", "G01", Severity.REMOVE, "The person objected and is still on the list.",
         "La personne s'est opposée et figure encore sur la liste.", lenses=(Lens.LAW, Lens.ETHICS)),
    rule("personal_mailbox", "A01", Severity.REMOVE, "A private mailbox on a professional list.",
         "Une messagerie privée sur une liste professionnelle.", lenses=(Lens.LAW, Lens.ETHICS)),
    rule("consent_claimed_on_scraped_source", "E01", Severity.REMOVE, "Consent is claimed on scraped data.",
         "Un consentement est affirmé sur des données aspirées.", lenses=(Lens.LAW, Lens.FAIR_MEANS)),
    rule("source_missing", "D01", Severity.REVIEW, "Nothing says where the data come from.",
         "Rien n'indique d'où viennent les données.", lenses=(Lens.FAIR_MEANS, Lens.LAW)),
    rule("name_or_domain_mismatch", "C04", Severity.REVIEW, "The address bears another name than the row.",
         "L'adresse porte un autre nom que la ligne.", confidence=Confidence.LOW, strength=Strength.STRUCTURAL,
         lenses=(Lens.IMAGE, Lens.RETURN)),
    rule("notice_overdue", "F01", Severity.REVIEW, "The person was not told within a month that we hold the data.",
         "La personne n'a pas été informée dans le mois suivant la collecte.", confidence=Confidence.MEDIUM),
    rule("duplicate_person", "J04", Severity.NOTE, "The same person stands twice on the list.",
         "La même personne figure deux fois sur la liste.", lenses=(Lens.RETURN,)),
    rule("scraper_export_columns", "B02", Severity.REVIEW, "The headers are those of an extraction tool.",
         "Les en-têtes sont ceux d'un outil d'extraction.", scope=Scope.LIST, strength=Strength.STRUCTURAL,
         lenses=(Lens.FAIR_MEANS,)),
    rule("special_category_column", "I01", Severity.REMOVE, "A column holds data of a specially protected kind.",
         "Une colonne contient des données sensibles.", scope=Scope.COLUMN, lenses=(Lens.LAW, Lens.ETHICS)),
    rule("domain_without_mail", "A33", Severity.REVIEW, "The domain receives no mail.",
         "Le domaine ne reçoit aucun courrier.", lenses=(Lens.RETURN,), needs_network=True),
    rule("inactive_too_long", "H01", Severity.REVIEW, "No contact from the person for too long.",
         "Aucun contact de la personne depuis trop longtemps.", lenses=(Lens.LAW, Lens.ETHICS)),
    rule("disposable_mailbox", "A03", Severity.REMOVE, "A throw-away mailbox.", "Une messagerie jetable."),
)  # fmt: skip
ROW_RULES = RULES[:7]
WEIGHTS = (12, 60, 8, 130, 40, 150, 25)


def findings(rows: int, seed: int = 7, text: str = "") -> pl.DataFrame:
    """Seeded row findings over `rows` records, in row order; `text` is put wherever a report shows text."""
    rng = random.Random(seed)
    lines = []
    for row in range(1, rows + 1):
        hit = [r for r, w in zip(ROW_RULES, WEIGHTS, strict=True) if rng.random() < w / 1000]
        worst = max((r.severity for r in hit), default=Severity.NOTE)
        verdict = {Severity.NOTE: "clean", Severity.REVIEW: "review", Severity.REMOVE: "removed"}[worst]
        for r in hit:
            lines.append({
                "audit_row": row, "column": None, "rule": r.name, "rule_id": r.id, "family": str(r.family),
                "severity": r.severity.name.lower(), "confidence": str(r.confidence), "strength": str(r.strength),
                "detail": text or None, "evidence": text or "source; collected_on=2024-03-01",
                "value": f"{rng.choice('abcdefgjlmnprst')}***@{rng.choice(['ac', 'be', 'no'])}***.fr",
                "suggestion": None, "country": rng.choice(["FR", "DE", "BE", None]), "verdict": verdict,
            })  # fmt: skip
    return pl.DataFrame(lines, schema=FINDINGS)


def tallies(counts: Counts) -> pl.DataFrame:
    """Plausible distributions that add up to the readable rows."""
    shares = {
        "provenance_level": (("V0", 31), ("V1", 22), ("V2", 25), ("V3", 15), ("V4", 7)),
        "source_class": (("scraped", 28), ("missing", 24), ("direct", 20), ("bought", 18), ("vague", 10)),
        "address_class": (("nominative@professional", 62), ("nominative@personal", 20), ("generic@professional", 14),
                          ("technical@professional", 3), ("invalid", 1)),
        "consent_state": (("missing", 60), ("asserted", 30), ("confirmed", 10)),
        "supplier_state": (("unregistered", 40), ("unproven", 30), ("checked", 20), (None, 10)),
        "country_code": (("FR", 58), ("DE", 20), ("BE", 12), (None, 10)),
        "notice_due_on": (("2026-07-14", 30), ("2026-09-02", 25), ("2026-11-11", 20), ("2026-12-10", 15), (None, 10)),
    }  # fmt: skip
    lines = []
    for about, parts in shares.items():
        for verdict, n in (("clean", counts.clean), ("review", counts.review), ("removed", counts.removed)):
            left = n
            for position, (key, share) in enumerate(parts):
                own = left if position == len(parts) - 1 else n * share // 100
                left -= own
                lines.append({"about": about, "key": key, "verdict": verdict, "n": own})
    return pl.DataFrame(lines, schema=TALLIES)


def states(found: pl.DataFrame) -> tuple[RuleState, ...]:
    """One state per rule, counted from `found`."""
    counts = dict(found["rule"].value_counts().rows())
    made = []
    for r in RULES:
        n = counts.get(r.name, 1 if r.scope is not Scope.ROW else 0)
        state, missing = "ran", ()
        if r.needs_network:
            state = "offline"
        elif r.name == "inactive_too_long":
            state, missing = "column_absent", ("last_inbound_on",)
        weights = {r.severity: n} if n else {}
        made.append(RuleState(rule=r, state=state, fired=n, unknown=3, severities=weights, missing=missing))
    return tuple(made)


def audit(rows: int = 1000, lang: str = "en", text: str = "", name: str = "leads-2026.csv", **over: Any) -> Audit:
    """The invented audit; `text` fills every place where a list's own words may reach a report."""
    found = findings(rows, text=text)
    held = found.group_by("audit_row").agg(pl.col("verdict").first())
    by_verdict = dict(held["verdict"].value_counts().rows())
    review, removed, unreadable = by_verdict.get("review", 0), by_verdict.get("removed", 0), 3
    counts = Counts(
        read=rows + unreadable, clean=rows - review - removed, review=review, removed=removed, unreadable=unreadable
    )
    header = ("Email", "First name", "Last name", "Company", text or "Religion")
    uses = tuple(ColumnUse(index=i, header=h, canonical=c) for i, (h, c) in enumerate(
        zip(header, ("email", "first_name", "last_name", "company", None), strict=True)))  # fmt: skip
    settings = Settings(
        lang=lang,
        as_of=date(2026, 11, 23),
        suppliers=(Supplier(name=text or "Fictional Ltd", contract="C-12", country="GB", expires=date(2026, 1, 1)),),
        waivers=(Waiver(rule="duplicate_person", scope="source=" + (text or "fair"), reason=text or "Checked by hand",
                        owner=text or "Ana Fictive", expires=date(2027, 1, 1)),),
    )  # fmt: skip
    list_found = pl.DataFrame(
        [
            {"rule": "scraper_export_columns", "rule_id": "B02", "family": "B", "severity": "review",
             "confidence": "high", "strength": "structural", "evidence": text or "tells=7; strongest=T3"},
            {"rule": "special_category_column", "rule_id": "I01", "family": "I", "severity": "remove",
             "confidence": "high", "strength": "declared", "column": text or "Religion", "evidence": "filled=41"},
        ],
        schema=FINDINGS,
    )  # fmt: skip
    values: dict[str, Any] = {
        "name": name,
        "stem": name.removesuffix(".csv"),
        "size": 184_201,
        "sha256": "3f1c" * 16,
        "folder": Path("leads-2026.audit"),
        "dialect": Dialect(carrier="csv", encoding="utf-8", encoding_confidence="certain", bom=b"", delimiter=";",
                           newline="\r\n", header=header, header_line=1, head=";".join(header) + "\r\n"),
        "account": Account(records=counts.read, parsed=rows, unreadable=unreadable, repairs={"short_record": 2}),
        "mapping": Mapping(source="hubspot_contacts", title=Text(en="HubSpot contacts", fr="Contacts HubSpot"),
                           confidence=1.0, columns=uses),
        "settings": settings,
        "origins": {"lang": "command line", "as_of": "command line", "suppliers": "auditor.toml"},
        "today": date(2026, 11, 23),
        "now": datetime(2026, 11, 23, tzinfo=UTC),
        "counts": counts,
        "states": states(found),
        "tallies": tallies(counts),
        "list_findings": list_found,
        "row_findings": found,
        "row_findings_total": found.height,
        "surveys": {"unknown_sources": pl.DataFrame({"value": [text or "fichier du siège", None], "rows": [41, 7]})},
        "lookup": None,
        "screens": (ScreenFile(name=text or "objections.csv", use="suppression", kind="list", entries=812, ignored=3),),
        "versions": {"auditor": "0.1.0", "rules": "12, sha256:0011223344556677",
                     "countries": "33, sha256:8899aabbccddeeff", "data": "sha256:0123456789abcdef"},
        "waivers": pl.DataFrame(
            [("duplicate_person", "source=fair", text or "Checked by hand", text or "Ana Fictive", date(2027, 1, 1), 4,
              "active")], schema=SUMMARY, orient="row"),
        "decisions": pl.DataFrame(
            [{"audit_row": 17, "decision": "keep", "decided_by": text or "Ana Fictive",
              "note": text or "Met at the fair, card on file", "decided_on": "2026-11-20", "expires": None,
              "rules": "source_missing", "outcome": "kept"}]),
    }  # fmt: skip
    return Audit(**{**values, **over})


LOOKUP = Lookup(
    resolvers=("127.0.0.1:5353",), asked=1200, from_cache=20, unknown=34, statuses={"accepts_mail": 1186, "unknown": 34}
)
