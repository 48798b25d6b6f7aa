"""One rule to text: the same words in `auditor explain`, in the report and in docs/rules.md."""

from auditor.evaluate import rules
from auditor.model import Confidence, Family, Lens, Rule, Scope, Severity, Strength, Text
from auditor.totals import needs

FAMILIES = {
    Family.ADDRESS: Text(en="Nature of the address", fr="Nature de l'adresse"),
    Family.SCRAPING: Text(en="Traces of scraping", fr="Traces d'extraction"),
    Family.GUESSING: Text(en="Traces of guessing", fr="Traces d'adresses devinées"),
    Family.PROVENANCE: Text(en="Provenance and evidence", fr="Provenance et preuve"),
    Family.CONTRADICTION: Text(en="Contradictions", fr="Contradictions"),
    Family.NOTICE: Text(en="Information of the person", fr="Information de la personne"),
    Family.OBJECTION: Text(en="Objection and suppression", fr="Opposition et listes repoussoirs"),
    Family.RETENTION: Text(en="Retention and age", fr="Durée de conservation"),
    Family.MINIMISATION: Text(en="Minimisation and sensitive data", fr="Minimisation et données sensibles"),
    Family.JURISDICTION: Text(en="Jurisdiction, transfer, integrity", fr="Droit applicable, transferts, intégrité"),
}
LENSES = {
    Lens.ETHICS: Text(en="Ethics: did these people ask for it?", fr="Éthique : l'ont-ils demandé ?"),
    Lens.LAW: Text(en="Law: may we?", fr="Droit : en avons-nous le droit ?"),
    Lens.IMAGE: Text(en="Image: how do we look?", fr="Image : de quoi avons-nous l'air ?"),
    Lens.RETURN: Text(en="Return: will it arrive and interest?", fr="Rendement : cela arrivera-t-il à bon port ?"),
    Lens.FAIR_MEANS: Text(en="Fair means: honestly come by?", fr="Loyauté : obtenu honnêtement ?"),
}
SEVERITIES = {
    Severity.NOTE: Text(en="note", fr="information"),
    Severity.REVIEW: Text(en="review", fr="à revoir"),
    Severity.REMOVE: Text(en="remove", fr="à retirer"),
}
CONFIDENCES = {
    Confidence.HIGH: Text(en="high", fr="forte"),
    Confidence.MEDIUM: Text(en="medium", fr="moyenne"),
    Confidence.LOW: Text(en="low", fr="faible"),
}
STRENGTHS = {
    Strength.DECLARED: Text(en="declared by the list", fr="déclaré par la liste"),
    Strength.RESIDUE: Text(en="residue", fr="résidu"),
    Strength.STRUCTURAL: Text(en="structural", fr="structurel"),
    Strength.STATISTICAL: Text(en="statistical", fr="statistique"),
}
SCOPES = {
    Scope.ROW: Text(en="each row", fr="chaque ligne"),
    Scope.COLUMN: Text(en="each column", fr="chaque colonne"),
    Scope.LIST: Text(en="the whole list", fr="la liste entière"),
}
LABELS = {
    "speaks": Text(en="Speaks of", fr="Porte sur"),
    "severity": Text(en="Severity", fr="Gravité"),
    "confidence": Text(en="confidence", fr="confiance"),
    "evidence": Text(en="evidence", fr="indice"),
    "varies": Text(en="varies with the case or country", fr="varie selon le cas ou le pays"),
    "cure": Text(en="Cure", fr="Remède"),
    "false": Text(en="Typical false alarm", fr="Fausse alerte typique"),
    "law": Text(en="Law", fr="Fondement"),
    "reads": Text(en="Reads", fr="Lit"),
    "lenses": Text(en="Lenses", fr="Angles"),
    "since": Text(en="Since", fr="Depuis"),
    "none": Text(en="no column of the list", fr="aucune colonne de la liste"),
    "colon": Text(en=":", fr=" :"),
}
TITLE = Text(en="Rules", fr="Règles")
INTRO = Text(
    en="Every rule of the auditor, with its law, its cure and the false alarm to expect. "
    "Generated from the rules themselves by `make docs`. Findings are no legal advice.",
    fr="Toutes les règles de l'outil, leur fondement, leur remède et la fausse alerte à prévoir. "
    "Page produite à partir des règles elles-mêmes par `make docs`. Un constat n'est pas un conseil juridique.",
)


def by_name(name: str) -> Rule | None:
    """The rule of that name or id."""
    return next((rule for rule in rules() if name in (rule.name, rule.id)), None)


def explain(rule: Rule, lang: str) -> str:
    """Everything to know of one rule, as Markdown."""
    colon = LABELS["colon"].in_(lang)

    def line(key: str, value: str) -> str:
        return f"- **{LABELS[key].in_(lang)}**{colon} {value}"

    severity = SEVERITIES[rule.severity].in_(lang)
    if rule.severity_when:
        severity += f" ({LABELS['varies'].in_(lang)})"
    reads = ", ".join(f"`{name}`" for name in sorted(needs(rule))) or LABELS["none"].in_(lang)
    weight = (
        f"{severity} · {LABELS['confidence'].in_(lang)} {CONFIDENCES[rule.confidence].in_(lang)}"
        f" · {LABELS['evidence'].in_(lang)} {STRENGTHS[rule.strength].in_(lang)}"
    )
    refs = "; ".join(f"{ref.cited(lang)} ({ref.title.in_(lang)}; {ref.where})" for ref in rule.refs)
    return "\n".join(
        (
            f"### {rule.id} `{rule.name}`",
            "",
            f"**{rule.title.in_(lang)}** {rule.says.in_(lang)}",
            "",
            line("severity", weight),
            line("speaks", SCOPES[rule.scope].in_(lang)),
            line("cure", rule.cure.in_(lang)),
            line("false", rule.false_alarms.in_(lang)),
            line("law", refs),
            line("reads", reads),
            line("lenses", ", ".join(LENSES[lens].in_(lang) for lens in rule.lenses)),
            line("since", rule.since),
        )
    )


def page(lang: str) -> str:
    """The whole catalogue as docs/rules.md or docs/rules.fr.md."""
    parts = [f"# {TITLE.in_(lang)}", "", INTRO.in_(lang)]
    for family in Family:
        parts += ["", f"## {family}. {FAMILIES[family].in_(lang)}"]
        for rule in rules():
            if rule.family is family:
                parts += ["", explain(rule, lang)]
    return "\n".join(parts) + "\n"
