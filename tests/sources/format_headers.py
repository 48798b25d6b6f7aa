"""A header line made of what a format file says."""

from auditor.intake.formats import Format, Signature, fold


def header_of(known: Format, signature: Signature) -> list[str]:
    """The headers that a signature asks for, then one header of every column that it does not name."""
    asked = [*signature.all, *signature.any[: signature.at_least]]
    header = [text.replace("{n}", "1").replace("*", "") for text in asked]
    present = {fold(text) for text in (*header, *signature.none)}
    for column in known.columns:
        names = [name for name, _ in column.names()]
        if names and not present & {fold(name) for name in names}:
            header.append(names[0])
            present.add(fold(names[0]))
    return header
