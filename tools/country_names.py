"""Writes auditor/data/country_names.tsv from the CLDR names in Babel: `pip install babel`, then run this file.

All territories in the five languages of list headers, the 32 countries of the packs in their own languages too,
ISO 3166 codes of two and three letters, and names people write that CLDR does not hold.
"""

from pathlib import Path

import babel
from babel import Locale
from babel.core import get_global

from auditor.facts._places import fold
from auditor.packs import STRICTEST, load

LANGUAGES = ("en", "fr", "de", "es", "it")
OWN = ("nl", "pt", "pl", "da", "sv", "fi", "nb", "cs", "sk", "hu", "ro", "bg", "el", "hr", "sl", "et", "lv", "lt",
       "mt", "is", "ga", "ca", "lb", "ru", "tr")  # fmt: skip
WRITTEN = {
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Grande-Bretagne|Angleterre|Écosse|"
    "Pays de Galles|Irlande du Nord|Großbritannien|England (UK)|Schottland|Gran Bretaña|Inglaterra|Escocia|"
    "Gran Bretagna|Inghilterra|Scozia|United Kingdom of Great Britain and Northern Ireland|R.-U.|Royaume Uni",
    "US": "USA|U.S.A.|U.S.|United States of America|États-Unis d'Amérique|Etats Unis|Vereinigte Staaten von Amerika|"
    "Estados Unidos de América|EE. UU.|EEUU|Stati Uniti d'America|Amerika",
    "NL": "Holland|Hollande|Holanda|Olanda|The Netherlands|Pays Bas|NLD",
    "CZ": "Czech Republic|République tchèque|Tschechische Republik|República Checa|Repubblica Ceca|Česká republika|"
    "Tschechei",
    "SK": "Slovak Republic|République slovaque|Slowakische Republik|Slovenská republika",
    "DE": "BRD|Federal Republic of Germany|Bundesrepublik Deutschland|République fédérale d'Allemagne|RFA|GER",
    "IE": "Republic of Ireland|Eire|République d'Irlande|Irish Republic|Irland (Republik)",
    "CH": "Schweiz (CH)|Confoederatio Helvetica|Swiss Confederation|Confédération suisse|SUI",
    "FR": "France métropolitaine|Metropolitan France|République française|French Republic|Frankreich (FR)|FRA",
    "ES": "Kingdom of Spain|Reino de España|España peninsular|ESP",
    "IT": "Italian Republic|Repubblica Italiana|ITA",
    "AT": "Republik Österreich|Oesterreich|AUT",
    "GR": "Hellas|Hellenic Republic|EL|GRE",
    "DK": "Kingdom of Denmark|DEN",
    "PT": "República Portuguesa|POR",
    "LU": "Grand-Duché de Luxembourg|Grand Duchy of Luxembourg|Luxemburg (Großherzogtum)",
    "RU": "Russian Federation|Fédération de Russie|Russische Föderation|Federación de Rusia|Federazione Russa",
    "KR": "South Korea|Korea|Republic of Korea",
    "CN": "PRC|People's Republic of China|Mainland China",
    "AE": "UAE|U.A.E.|EAU|VAE",
    "TR": "Turkey|Turkei",
    "RE": "La Réunion|Ile de la Réunion|Reunion Island",
    "MD": "Moldova|Moldavie",
    "MK": "Macedonia|Macédoine|FYROM",
    "CI": "Cote d'Ivoire|Ivory Coast",
    "VA": "Vatican|Vaticano|Vatikan",
}
HEAD = """\
# country names -> ISO 3166-1 alpha-2 (XK: Kosovo)
# version: CLDR names of Babel {version}
# licence: Unicode License v3 (CLDR), BSD-3-Clause (Babel); additions by the project
"""


def table() -> dict[str, str]:
    """Folded name -> code; a name that two territories share is left out."""
    found: dict[str, set[str]] = {}

    def add(name: str, code: str) -> None:
        key = fold(name)
        if key:
            found.setdefault(key, set()).add(code)

    codes = [
        code
        for code in Locale("en").territories
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "CQ")
    ]
    for code in codes:
        add(code, code)
        for language in LANGUAGES:
            add(Locale(language).territories.get(code, ""), code)
    for code in set(load()) - {STRICTEST}:
        for language in OWN:
            add(Locale(language).territories.get(code, ""), code)
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in codes:
            add(alias, targets[0])
    for code, words in WRITTEN.items():
        for word in words.split("|"):
            found[fold(word)] = {code}
    return {name: min(targets) for name, targets in sorted(found.items()) if len(targets) == 1}


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "auditor" / "data" / "country_names.tsv"
    lines = [f"{code}\t{name}" for name, code in sorted(table().items(), key=lambda pair: (pair[1], pair[0]))]
    target.write_text(HEAD.format(version=babel.__version__) + "\n".join(lines) + "\n", "utf-8")
