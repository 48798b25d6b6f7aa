"""The progress bar: done, total, rate and time left, on a terminal only."""

import re

import pytest

from auditor.progress import bar


def test_the_bar_shows_done_total_rate_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    with bar("lists/[red]leads.csv", enabled=True) as show:
        for done in (0, 100, 200, 300):
            show("look up", done, 400)
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert re.search(r"\[red\]leads\.csv: look up .* 75 % 300/400 [0-9,]+/s [0-9:]+", drawn)


def test_nothing_is_drawn_when_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with bar("leads.csv", enabled=False) as show:
        show("read", 1, 2)
    assert capsys.readouterr().err == ""
