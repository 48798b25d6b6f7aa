"""A seeded generator of fictional prospect lists: the same bytes for the same arguments.

    python benchmarks/generate.py OUT.csv --rows 1000000 [--seed 7]

Ten columns. Four rows in five are in order; the rest carry private mailboxes, residues, guesses, missing sources,
objections, damage inside quotes. People and companies are made of syllables; their domains do not exist.
"""

import argparse
import csv
import random
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "E-mail", "First name", "Last name", "Company", "Job title", "Country", "Phone", "Source", "Collected on",
    "Legal basis",
)  # fmt: skip
SYLLABLES = (
    "ba be bi bo da de di do fa fe ga go ka ki la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa ta".split()
)
FIRST = (
    "Camille Élise Nadia Hugo Léa Thomas Inès Paul Chloé Victor Awa Jonas Greta Pablo Giulia Sven Emma Oliver".split()
)
TITLES = "Acheteur|Directrice des achats|Head of Operations|Responsable logistique|CTO|Gérant|Einkauf|DAF".split("|")
COUNTRIES = (
    ("France", "+3319900", ".fr", 84), ("United Kingdom", "+4420794", ".co.uk", 10), ("Germany", "+493023", ".de", 3),
    ("Belgium", "+3224", ".be", 1), ("Spain", "+3491", ".es", 1), ("Italy", "+3906", ".it", 1),
)  # fmt: skip
SOURCES = ("Contact form /devis n° {n}", "Salon Fictif 2026 stand B{n}", "Webinar registration 2026-04-{d:02d}",
           "Demande de démo page /demo {n}")  # fmt: skip
DOUBTFUL = ("LinkedIn", "web", "fichier acheté", "PhantomBuster", "", "partenaire", "Apollo")
PRIVATE = ("gmail.com", "orange.fr", "hotmail.com", "gmx.de", "yopmail.com", "free.fr")


def word(rng: random.Random, n: int) -> str:
    """A pronounceable nothing."""
    return "".join(rng.choices(SYLLABLES, k=n))


def rows(count: int, seed: int):
    """`count` rows, seeded."""
    rng = random.Random(seed)
    companies = [
        (word(rng, 3).title(), c) for c in rng.choices(COUNTRIES, [c[3] for c in COUNTRIES], k=max(50, count // 15))
    ]
    start = date(2026, 9, 1)
    for number in range(count):
        company, (country, prefix, ending, _) = companies[int(rng.random() ** 2 * len(companies))]
        first, last = rng.choice(FIRST), word(rng, 3).title()
        local = f"{first}.{last}".lower().translate(str.maketrans("éèëïç", "eeeic"))
        email = f"{local}@{company.lower()}-fictif{ending}"
        source = rng.choice(SOURCES).format(n=number % 997, d=1 + number % 28)
        basis = "Legitimate interest - prospect" if country in ("France", "United Kingdom") else "Consent"
        day = (start + timedelta(days=rng.randrange(50))).isoformat()
        luck = rng.random()
        if luck < 0.05:
            email = f"{local}.{number}@{rng.choice(PRIVATE)}"
        elif luck < 0.08:
            email = rng.choice((f"u003e{email}", f"{email}0199001122", f"{local}(at){company.lower()}.fr", f"{local}@"))
        elif luck < 0.16:
            source = rng.choice(DOUBTFUL)
        elif luck < 0.18:
            day = ""
        elif luck < 0.19:
            basis = ""
        if rng.random() < 0.01:
            company = f'{company}, "{word(rng, 2)}"\n{word(rng, 2)}'
        yield (
            email,
            first,
            last,
            company,
            rng.choice(TITLES),
            country,
            f"{prefix}{number % 100000:05d}",
            source,
            day,
            basis,
        )


def main() -> None:
    """Write one list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(options.rows, options.seed))


if __name__ == "__main__":
    main()
