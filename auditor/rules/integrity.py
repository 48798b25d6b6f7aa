"""J. Integrity of the cells: what a spreadsheet would run, what was repaired, hidden or damaged on the way."""

import polars as pl

from auditor.legal import GDPR_5_1_D, GDPR_32
from auditor.model import Confidence, Family, Lens, Rule, Severity, Strength, Text

RULES = (
    Rule(
        id="J20",
        name="unsafe_cell",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.LAW, Lens.FAIR_MEANS),
        # an attachment that runs code on a colleague's machine is a breach of security, not a blemish
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=pl.col("unsafe_cell").is_not_null(),
        refs=(GDPR_32,),
        title=Text(en="Cell that a spreadsheet would run", fr="Cellule qu'un tableur exécuterait"),
        says=Text(
            en="A cell of this row is a formula: a spreadsheet that opens the list would evaluate it, which can leak "
            "data or start a program.",
            fr="Une cellule de cette ligne est une formule : un tableur qui ouvre le fichier l'évaluerait, au risque "
            "de divulguer des données ou de lancer un programme.",
        ),
        cure=Text(
            en="Find out where the row comes from. If it is wanted, replace the formula by the text it should show.",
            fr="Cherchez d'où vient la ligne. Si elle doit rester, remplacez la formule par le texte attendu.",
        ),
        false_alarms=Text(
            en='Text typed with a leading equals sign. Phone numbers, negative numbers, dashes, list items and ="…" '
            "around plain text stay quiet.",
            fr="Textes saisis avec un signe égal en tête. Numéros de téléphone, nombres négatifs, tirets, éléments "
            'de liste et ="…" autour d\'un simple texte sont ignorés.',
        ),
        evidence=("unsafe_cell",),
        detail="unsafe_cell",
        fires=({"unsafe_cell": "formula"}, {"unsafe_cell": "inner_formula"}),
        quiet=({"unsafe_cell": None},),
    ),
    Rule(
        id="J21",
        name="record_repaired",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.RETURN, Lens.IMAGE),
        severity=Severity.REVIEW,
        severity_when=((Severity.NOTE, pl.col("lossless")),),
        confidence=Confidence.HIGH,
        strength=Strength.STRUCTURAL,
        when=pl.col("repair").is_not_null(),
        refs=(GDPR_5_1_D,),
        title=Text(en="Record that had to be repaired", fr="Enregistrement réparé à la lecture"),
        says=Text(
            en="The record is not written as its header announces (too few or too many cells, a stray quote, a byte "
            "that is no text); it was read after a repair.",
            fr="L'enregistrement ne suit pas l'en-tête (cellules manquantes ou en trop, guillemet égaré, octet qui "
            "n'est pas du texte) ; il a été lu après réparation.",
        ),
        cure=Text(
            en="Compare the row with its source and correct it there, then export again.",
            fr="Comparez la ligne avec sa source, corrigez-la à cet endroit, puis refaites l'export.",
        ),
        false_alarms=Text(
            en="Repairs that leave no doubt (empty cells after the last column, a quote inside plain text) are only "
            "noted.",
            fr="Les réparations sans ambiguïté (cellules vides après la dernière colonne, guillemet au milieu d'un "
            "texte) sont seulement signalées.",
        ),
        evidence=("repair",),
        detail="repair",
        fires=(
            {"repair": "short_row", "lossless": False},
            {"repair": "trailing_delimiters", "lossless": True},
        ),
        quiet=({"repair": None, "lossless": None},),
    ),
    Rule(
        id="J22",
        name="hidden_characters",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.IMAGE, Lens.FAIR_MEANS),
        severity=Severity.REVIEW,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=pl.col("hidden_characters").is_not_null(),
        refs=(GDPR_5_1_D, GDPR_32),
        title=Text(en="Hidden characters", fr="Caractères invisibles"),
        says=Text(
            en="A cell holds characters that nobody sees: control signs, invisible signs, or signs that reverse the "
            "reading direction. What is read is not what is written.",
            fr="Une cellule contient des caractères que personne ne voit : signes de contrôle, signes invisibles ou "
            "signes qui inversent le sens de lecture. Ce qu'on lit n'est pas ce qui est écrit.",
        ),
        cure=Text(
            en="Retype the cell, or clean the source; look where the value was copied from.",
            fr="Ressaisissez la cellule ou nettoyez la source ; cherchez d'où la valeur a été copiée.",
        ),
        false_alarms=Text(
            en="Text pasted from a web page or a word processor. Joiners inside Persian, Hindi or emoji stay quiet.",
            fr="Textes collés depuis une page web ou un traitement de texte. Les liants du persan, du hindi ou des "
            "émojis sont ignorés.",
        ),
        evidence=("hidden_characters",),
        detail="hidden_characters",
        fires=({"hidden_characters": "control"}, {"hidden_characters": "bidi"}),
        quiet=({"hidden_characters": None},),
    ),
    Rule(
        id="J23",
        name="damaged_text",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.IMAGE, Lens.RETURN),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        strength=Strength.RESIDUE,
        when=pl.col("cell_damage").is_in(["mojibake", "replaced"]),
        refs=(GDPR_5_1_D,),
        title=Text(en="Text damaged by a wrong encoding", fr="Texte abîmé par un mauvais encodage"),
        says=Text(
            en="Letters of this row were replaced when the text was once read in a wrong encoding; a name would be "
            "misspelt in the message.",
            fr="Des lettres de cette ligne ont été remplacées lors d'une lecture dans un mauvais encodage ; un nom "
            "serait écorché dans le message.",
        ),
        cure=Text(
            en="Export again as UTF-8 from the source; a damaged letter cannot be recovered with certainty.",
            fr="Refaites l'export en UTF-8 depuis la source ; une lettre perdue ne se retrouve pas avec certitude.",
        ),
        false_alarms=Text(
            en="A question mark inside a word of a free text; product names written with unusual capitals.",
            fr="Point d'interrogation au milieu d'un mot dans un texte libre ; noms de produit aux majuscules "
            "inhabituelles.",
        ),
        evidence=("cell_damage",),
        detail="cell_damage",
        fires=({"cell_damage": "mojibake"}, {"cell_damage": "replaced"}),
        quiet=({"cell_damage": None}, {"cell_damage": "number_destroyed"}),
    ),
    Rule(
        id="J24",
        name="spreadsheet_damage",
        since="0.1",
        family=Family.JURISDICTION,
        lenses=(Lens.RETURN,),
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        strength=Strength.RESIDUE,
        when=pl.col("cell_damage").is_in(["number_destroyed", "spreadsheet_error"]),
        refs=(GDPR_5_1_D,),
        title=Text(en="Value destroyed by a spreadsheet", fr="Valeur détruite par un tableur"),
        says=Text(
            en="A number was rounded to scientific notation (a phone or company number such as 3,36E+10), or a cell "
            "holds a spreadsheet error. The original value is lost.",
            fr="Un nombre a été arrondi en notation scientifique (téléphone ou SIRET du type 3,36E+10), ou une cellule "
            "contient une erreur de tableur. La valeur d'origine est perdue.",
        ),
        cure=Text(
            en="Export again and import the column as text; do not open the CSV with a double click.",
            fr="Refaites l'export et importez la colonne en texte ; n'ouvrez pas le CSV par un double clic.",
        ),
        false_alarms=Text(
            en="Real measurements in scientific notation.",
            fr="Mesures réellement exprimées en notation scientifique.",
        ),
        evidence=("cell_damage",),
        detail="cell_damage",
        fires=({"cell_damage": "number_destroyed"}, {"cell_damage": "spreadsheet_error"}),
        quiet=({"cell_damage": None}, {"cell_damage": "mojibake"}),
    ),
)
