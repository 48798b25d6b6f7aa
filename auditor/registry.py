"""The one way to find rules, facts, surveys, packs, formats and commands."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

from auditor.errors import CatalogueError

T = TypeVar("T")


def modules(package: str) -> list[ModuleType]:
    """Every public module directly below `package`, in name order."""
    root = importlib.import_module(package)
    names = sorted(m.name for m in pkgutil.iter_modules(root.__path__) if not m.name.startswith("_"))
    return [importlib.import_module(f"{package}.{name}") for name in names]


def collect(package: str, attribute: str, kind: type[T], required: bool = True) -> list[T]:
    """All `attribute` values (one or a tuple) of the modules of `package`; a malformed one is an error."""
    found: list[T] = []
    for module in modules(package):
        value = getattr(module, attribute, None)
        if value is None:
            if required:
                raise CatalogueError(f"{module.__name__} declares no {attribute}")
            continue
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            if not isinstance(item, kind):
                raise CatalogueError(f"{module.__name__}.{attribute} holds something that is no {kind.__name__}")
            found.append(item)
    return found
