"""The only folder that may open a socket; nothing below it is loaded before `resolve` is called."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from auditor.result import Lookup
    from auditor.settings import Settings
    from auditor.world import World


def resolve(
    domains: "pl.DataFrame",
    settings: "Settings",
    world: "World",
    progress: Callable[[int, int], None] | None = None,
) -> "tuple[pl.DataFrame, Lookup, bytes]":
    """Facts of the surveyed `domains` (domain, n): table, what was asked, and the snapshot that repeats it."""
    from auditor.lookup.run import resolve as look_up

    return look_up(domains, settings, world, progress)
