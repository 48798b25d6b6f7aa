"""The spool gives back what it was given, and writes no more of it than it must."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engines.local import Spool

TELLERS = {
    "text": pl.concat_str(pl.col("a").fill_null(""), pl.lit(";"), pl.col("b").fill_null("")),
    "email": pl.col("a"),
}
SCHEMA = {
    "raw": pl.String,
    "a": pl.String,
    "b": pl.String,
    "text": pl.String,
    "email": pl.String,
    "n": pl.UInt32,
    "void": pl.Date,
}
CELL = st.none() | st.text(max_size=14)


def batch(rows):
    """A frame of SCHEMA; text and email are what the tellers say unless the row has its own."""
    cells = [
        (f"{a};{b}", a, b, f"{a or ''};{b or ''}" if text is ... else text, a if email is ... else email, number, None)
        for number, (a, b, text, email) in enumerate(rows)
    ]
    return pl.DataFrame(cells, schema=SCHEMA, orient="row")


OWN = st.just(...) | st.just(...) | CELL


@pytest.mark.parametrize(("whole", "room"), [(0, 0), (0, 1 << 20), (1500, 3000), (1 << 20, 1 << 20)])
@given(rows=st.lists(st.lists(st.tuples(CELL, CELL, OWN, OWN), min_size=1, max_size=30), min_size=1, max_size=3))
def test_batches_come_back_as_they_were(tmp_path_factory, whole, room, rows):
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder, TELLERS, whole=whole, room=room)
    batches = [batch(some) for some in rows]
    for number, frame in reversed(list(enumerate(batches))):
        spool.add(number, frame)
    returned = list(spool.frames())
    assert len(returned) == len(batches)
    for was, now in zip(batches, returned, strict=True):
        assert now.schema == was.schema
        assert now.equals(was)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(("own", "kept"), [(0, 0), (3, 3), (40, 40)])
def test_of_what_others_tell_only_the_rest_is_written(tmp_path, own, kept):
    spool = Spool(tmp_path, TELLERS, whole=0, room=0)
    frame = batch([("x", "y", f"own {i}" if i < own else ..., ...) for i in range(40)])
    spool.add(1, frame)
    written = {path.name: pl.read_ipc(path) for path in tmp_path.iterdir()}
    whole = written["spool-000001.batch.arrow"]
    rest = written["spool-000001.rest.arrow"]
    assert "email" not in whole.columns
    assert rest.height + ("text" in whole.columns) * whole.height == kept
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())
