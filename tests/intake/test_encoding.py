"""Encodings by evidence: accented names are never corrupted, every byte comes back."""

import codecs

import pytest

from auditor.errors import UsageError
from auditor.intake.encoding import decode, encode_text
from tests.intake.letters import DENSITIES, ENCODINGS, listing
from tests.intake.reading import read, rewritten, written

SINGLE = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "iso8859-15", "iso8859-2", "mac-roman", "cp850"]


def texts(language, encoding):
    """Lists of the second half of names that the encoding can hold."""
    for density in DENSITIES:
        for seed, rows in ((1, 300), (2, 2000)):
            text = listing(language, density, seed, rows, half=1)
            try:
                yield density, text, text.encode(encoding)
            except UnicodeEncodeError:
                continue


@pytest.mark.parametrize(("language", "encoding"), [(n, e) for n, known in ENCODINGS.items() for e in known])
def test_names_are_read_as_written_at_three_accent_densities(tmp_path, language, encoding):
    wrong = []
    for density, text, data in texts(language, encoding):
        bom = {"utf-16-le": codecs.BOM_UTF16_LE}.get(encoding, b"")
        done = read(written(tmp_path, bom + data))
        if done.dialect.head + "".join(done.raws) != text:
            wrong.append((density, done.dialect.encoding, done.dialect.encoding_confidence))
    # one accented name in a thousand rows may look right in two pages: then the confidence says so
    assert [w for w in wrong if w[0] > 0.01 or w[2] != "low"] == []
    assert len(wrong) <= 1


@pytest.mark.parametrize("encoding", [*SINGLE, "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_every_byte_comes_back(encoding):
    data = bytes(range(256)) * 3
    if encoding.startswith(("utf-16", "utf-32")):
        data = "Zoé;Łódź\r\n".encode(encoding) + b"\x00\xd8\x41" + data
    for size in (1, 7, 4096):
        chunks = [data[i : i + size] for i in range(0, len(data), size)]
        assert encode_text("".join(decode(chunks, encoding)), encoding) == data


def test_the_first_accent_may_come_late(tmp_path):
    plain = "".join(f"Anna;p{i}@acme.example\n" for i in range(60_000))
    data = ("Prénom;Email\n".replace("é", "e") + plain).encode() + "Zoé;z@acme.example\n".encode("cp1252")
    done = read(written(tmp_path, data))
    assert done.dialect.encoding == "cp1252" and done.cells[-1] == ("Zoé", "z@acme.example")


def test_one_damaged_byte_in_a_utf8_list_costs_one_row_and_comes_back(tmp_path):
    data = "Prénom;Email\n".encode() + "".join(f"Zoé;p{i}@acme.example\n" for i in range(50)).encode()
    data += b"Zo\xe9;x@acme.example\n"
    done = read(written(tmp_path, data))
    assert done.dialect.encoding == "utf-8"
    assert done.frame["repair"].to_list() == [None] * 50 + ["undecodable_bytes"]
    assert done.frame["lossless"].to_list()[-1] is False
    assert rewritten(done) == data


@pytest.mark.parametrize(
    ("bom", "encoding", "content"),
    [
        (codecs.BOM_UTF8, "cp1252", "Prénom;Email\r\nHélène;a@acme.example\r\nZoë;b@acme.example\r\n"),
        (codecs.BOM_UTF16_LE, "utf-8", "Prénom;Email\r\nZoé;a@acme.example\r\n"),
        (codecs.BOM_UTF16_LE, "cp1252", "Prénom;Email\r\nHélène;a@acme.example\r\nZoë;b@acme.example\r\n"),
        (codecs.BOM_UTF8, "utf-16-le", "Prénom;Email\r\nZoé;a@acme.example\r\n"),
        (b"", "utf-16-le", "Prénom\tEmail\r\nZoé\ta@acme.example\r\n"),
        (b"", "utf-16-be", "Prénom\tEmail\r\nZoé\ta@acme.example\r\n"),
        (b"", "utf-32-le", "Prénom\tEmail\r\nZoé\ta@acme.example\r\n"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "Prénom\tEmail\r\nZoé\ta@acme.example\r\n"),
    ],
)
def test_a_byte_order_mark_is_believed_only_when_the_text_agrees(tmp_path, bom, encoding, content):
    data = bom + content.encode(encoding)
    done = read(written(tmp_path, data))
    assert done.dialect.encoding == encoding
    assert done.dialect.header[0] == "Prénom"
    assert rewritten(done) == data


def test_the_user_has_the_last_word(tmp_path):
    path = written(tmp_path, "Prénom;Email\nZoé;a@acme.example\n".encode("cp1250"))
    assert read(path, encoding="windows-1250").dialect.encoding == "cp1250"
    with pytest.raises(UsageError):
        read(path, encoding="klingon")
    with pytest.raises(UsageError):
        read(path, encoding="base64")


def test_confidence_is_stated(tmp_path):
    assert read(written(tmp_path, "Email\na@acme.example\n")).dialect.encoding_confidence == "high"
    assert read(written(tmp_path, "Prénom;Email\nZoé;a@acme.example\n")).dialect.encoding_confidence == "certain"
