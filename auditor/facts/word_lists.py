"""The word lists of `auditor/data`: lines of tab-separated columns below a commented head, words in the last one."""

from auditor import resources


def read(name: str, separator: str = " ") -> dict[str, list[str]]:
    """First column -> words of the last column, all lines of one key together."""
    found: dict[str, list[str]] = {}
    for key, *_, words in rows(name):
        found.setdefault(key, []).extend(word for word in words.split(separator) if word)
    return found


def rows(name: str) -> list[list[str]]:
    """The lines of one list, column by column, without comments and header."""
    lines = (resources.data() / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def head(name: str) -> list[tuple[str, str]]:
    """(key, value) of the commented head: name, version, licence, inputs."""
    with (resources.data() / name).open(encoding="utf-8") as lines:
        found: list[tuple[str, str]] = []
        for line in lines:
            if not line.startswith("#"):
                return found
            key, colon, value = line.lstrip("# ").rstrip("\n").partition(": ")
            found += [(key, value)] if colon else []
    return found
