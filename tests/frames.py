"""Tiny typed tables over the full schema of a scope; unknown keys fail, because polars drops them silently."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from auditor.model import Scope
from auditor.widen import schema


def frame(*rows: Mapping[str, Any], scope: Scope = Scope.ROW) -> pl.DataFrame:
    """A frame of `rows` with every column of `scope`; what a row does not name is null."""
    dtypes = schema(scope)
    for row in rows:
        unknown = set(row) - set(dtypes)
        if unknown:
            raise KeyError(f"no such column: {sorted(unknown)}")
    return pl.DataFrame([{name: row.get(name) for name in dtypes} for row in rows], schema=dtypes, strict=True)
