"""Lists of invented people in five languages, for encoding tests, in two halves of names."""

import random

# both halves were seen while the scorer was adjusted: right answers on them are no measure of new names
NAMES = {
    "fr": (
        "Hélène Béranger|Gaëlle Prévôt|Joël Châtelain|Maïté Deschênes|"
        "Loïc Guérin|Éloïse Lacçois|Benoît Hûrel|Noémie Crête",
        "Éric Façade|Cécile Plaît-Marais|Adélaïde Bœuf|Zoé Lhôte|"
        "Mickaël Sèverin|Aurélie Dûment|Anaël Çelik|Désiré Maître",
    ),
    "de": (
        "Jürgen Größer|Bärbel Müller|Käthe Weiß|Günther Schröder|Sören Vogt-Köhler|Björn Äscher|Ute Höß|Ürsel Kröll",
        "Jörg Bäcker|Ännchen Grün|Rüdiger Strauß|Lübbe Dörr|Götz Hähnle|Märthe Süß|Öztan Groß|Hännes Fürst",
    ),
    "pl": (
        "Łukasz Wójcik|Małgorzata Kępa|Święta Żurawska|Grażyna Dąbrowska|"
        "Józef Źródło|Paweł Gołąb|Bożena Ćwikła|Zdzisław Ślęzak",
        "Stanisław Jabłoński|Agnieszka Zając|Rafał Gajęcki|Krystyna Wróż|"
        "Wiesław Pająk|Łucja Sęk|Błażej Nóż|Żaneta Miśkiewicz",
    ),
    "cs": (
        "Jiří Dvořák|Tomáš Němec|Zdeněk Kučera|Růžena Žižková|Lukáš Čermák|Kateřina Šťastná|Ondřej Říha|Věra Ďurišová",
        "Miloš Křížek|Božena Pěničková|Štěpán Hájek|Anežka Žáčková|"
        "Luboš Tůma|Markéta Rybářová|Vojtěch Ševčík|Eliška Březinová",
    ),
    "el": (
        "Γιώργος Παπαδάκης|Ελένη Οικονόμου|Νίκος Αντωνίου|Κατερίνα Ψαρρού|"
        "Σπύρος Δημητρίου|Άννα Ζαχαρίου|Θωμάς Ξένος|Όλγα Βασιλείου",
        "Κώστας Μαυρίδης|Ειρήνη Λάμπρου|Μιχάλης Ρήγας|Έφη Καραγιάννη|"
        "Χρήστος Φωτίου|Ήρα Γαλάνη|Ίων Στεφάνου|Βασίλης Τσάκας",
    ),
}
PLAIN = [
    "Anna Martin",
    "Paul Simon",
    "Marie Leroy",
    "Otto Klein",
    "Eva Novak",
    "Karl Bauer",
    "Nina Rossi",
    "Jan Kowalski",
]
ENCODINGS = {
    "fr": ("utf-8", "cp1252", "iso8859-15", "mac-roman", "cp850", "utf-16-le"),
    "de": ("utf-8", "cp1252", "iso8859-15", "mac-roman", "cp850", "utf-16-le"),
    "pl": ("utf-8", "cp1250", "iso8859-2", "utf-16-le"),
    "cs": ("utf-8", "cp1250", "iso8859-2", "utf-16-le"),
    "el": ("utf-8", "cp1253", "iso8859-7", "utf-16-le"),
}
DENSITIES = (1.0, 0.05, 0.005)


def listing(language: str, density: float, seed: int, rows: int, half: int) -> str:
    """A list whose share `density` of the names is accented; at least one is."""
    rng = random.Random(f"{language}{density}{seed}{half}")
    names = NAMES[language][half].split("|")
    sure = rng.randrange(rows)
    lines = ["Name;Email;City"]
    for i in range(rows):
        accented = i == sure or rng.random() < density
        lines.append(f"{rng.choice(names) if accented else rng.choice(PLAIN)};p{i}@acme-{i % 9}.example;Lyon")
    return "\r\n".join(lines) + "\r\n"
