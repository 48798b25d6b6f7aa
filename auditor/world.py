"""The only door to the outside: the clock, the environment and the cache folder, as one value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One reading of the outside per run; tests pass their own."""

    now: datetime
    environ: Mapping[str, str] = field(default_factory=dict)
    cache: Path = Path()

    @property
    def today(self) -> date:
        """The UTC day of `now`."""
        return self.now.date()


def real() -> World:
    """The world as it is: UTC clock to the second (SOURCE_DATE_EPOCH is honoured), user cache folder."""
    from platformdirs import user_cache_path

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return World(now=now.replace(microsecond=0), environ=dict(os.environ), cache=user_cache_path("prospect-auditor"))
