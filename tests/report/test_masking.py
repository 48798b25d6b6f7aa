"""What a mask lets through, and that it lets nothing else through."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.masking import MaskKind, kind_of, mask, mask_column, mask_email

KINDS: tuple[MaskKind, ...] = ("email", "domain", "url", "phone", "text")


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("jeanne.martin@acme.fr", "email", "j***@ac***.fr"),
        ("jeanne@mail.acme.co.uk", "email", "j***@ma***.uk"),
        ("a@b@acme.example", "email", "a***@b***"),
        ("no address here", "email", "n***"),
        ("=cmd|' /C calc'!A0@evil.fr", "email", "***@ev***.fr"),
        ("<script>@x.fr", "email", "***@x***.fr"),
        ("acme.fr", "domain", "ac***.fr"),
        ("https://www.linkedin.com/in/jeanne-martin", "url", "li***.com/***"),
        ("+33 6 12 34 56 78", "phone", "+33***78"),
        ("Jeanne", "text", "J***"),
        ("", "text", "***"),
        ("one\ntwo", "text", "o***"),
    ],
)
def test_a_mask_shows_the_edges_and_no_more(value: str, kind: MaskKind, shown: str) -> None:
    assert mask(value, kind) == shown


@given(st.text(), st.sampled_from(KINDS))
def test_any_text_is_masked_and_never_longer_than_its_edges(value: str, kind: MaskKind) -> None:
    shown = mask(value, kind)
    assert "***" in shown
    kept = shown.replace("*", "")
    assert len(kept) <= 1 + 1 + 2 + 7
    # Cn: letters of a newer Unicode than this Python's
    assert all(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Cn" or c in "@./+" for c in kept)


def test_null_stays_null_and_the_frame_keeps_its_height() -> None:
    frame = pl.DataFrame({"email": ["a@b.fr", None]}).select(mask_email(pl.col("email")))
    assert frame["email"].to_list() == ["a***@b***.fr", None]


def test_columns_without_personal_data_are_shown_as_they_are() -> None:
    frame = pl.DataFrame({"email_status": ["guessed"], "notes": ["cancer"]})
    assert frame.select(mask_column("email_status")).item() == "guessed"
    assert frame.select(mask_column("notes")).item() == "c***"


def test_an_unknown_column_is_masked_as_text() -> None:
    assert kind_of("whatever") == "text"
    assert pl.DataFrame({"whatever": ["Secret"]}).select(mask_column("whatever")).item() == "S***"
