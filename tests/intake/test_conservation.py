"""No row and no character is lost: the damaged corpus, any text at all, any batch size."""

import gzip
import random
import re

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from tests.intake.corpus import BASES, POLLUTIONS, cases
from tests.intake.reading import body, losses, read, rewritten, spoilt, written

BREAK = re.compile(r"\r\n|\r|\n")


def decoded(case, done):
    data = gzip.decompress(case.data) if case.name.endswith("/gzip") else case.data
    return data[len(done.dialect.bom) :].decode(done.dialect.encoding, "auditor-keep")


def test_the_corpus_holds_at_least_four_hundred_different_files():
    assert len({case.data for case in cases()}) >= 400


@pytest.mark.parametrize("base", [base.name for base in BASES])
def test_rows_and_characters_of_every_damaged_file_are_conserved(tmp_path, base):
    wrong = {}
    for case in (case for case in cases() if case.base.name == base):
        done = read(written(tmp_path, case.data))
        found = losses(done, decoded(case, done))
        if done.dialect.encoding != case.encoding:
            found.append(f"read as {done.dialect.encoding}")
        if (lost := spoilt(done, case.base.rows)) > case.spoilt:
            found.append(f"{lost} records spoilt, {case.spoilt} expected")
        if found:
            wrong[case.name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    "pollution", [p.__name__ for p in POLLUTIONS if p.__name__ in ("short_row", "nul_byte", "long_row")]
)
def test_a_defect_is_reported_also_when_it_was_repaired(tmp_path, pollution):
    for case in cases():
        if case.name.endswith("/" + pollution) and len(case.base.header) > 2:
            account = read(written(tmp_path, case.data)).account
            assert sum(account.repairs.values()) + account.unreadable == 1, case.name


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_the_file_made_of_the_records_own_text_is_the_input_byte_for_byte(tmp_path, base):
    data = base.bom + "".join(base.lines()).encode(base.encoding)
    assert rewritten(read(written(tmp_path, data))) == data


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_every_line_of_a_clean_file_stands_in_the_input_in_the_same_order(tmp_path, base):
    rng = random.Random(5)
    # every third damaged file: all of them are compared record by record above
    for case in [case for case in cases() if case.base is base and not case.name.endswith("/gzip")][::3]:
        done = read(written(tmp_path, case.data))
        clean = rewritten(done, keep=lambda raw: rng.random() < 0.5)
        lines = iter(BREAK.split(case.data.decode(case.encoding, "auditor-keep")))
        for line in BREAK.split(clean.decode(case.encoding, "auditor-keep")):
            assert not line.strip() or any(line == other for other in lines), case.name


@pytest.mark.parametrize("rows", [1, 7, 59, 60, 61])
def test_batches_hold_at_most_so_many_records_and_say_the_same_whatever_their_size(tmp_path, rows):
    from auditor.intake import open_list
    from auditor.settings import Settings

    for case in cases():
        if case.name.split("/")[1] not in ("shuffled_damage", "quote_closed_later", "footer"):
            continue
        path = written(tmp_path, case.data)
        whole, small = read(path, rows=10_000), read(path, rows=rows)
        assert small.frame.equals(whole.frame) and small.unreadable.equals(whole.unreadable), case.name
        assert small.account == whole.account
        with open_list(path, Settings()) as opened:
            assert all(b.frame.height + b.unreadable.height <= rows for b in opened.batches(rows))


# letters, quotes, delimiters and line ends: small alphabets find more than large ones
TEXTS = st.text(st.sampled_from('ab@,;"\n\r\0 é'), max_size=400)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, width=st.integers(1, 5))
def test_any_text_is_accounted_for(text, width):
    try:
        _, done = body(text, width, 1 << 20)
    except InputError:
        return
    assert losses(done, text) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(TEXTS.map(lambda t: t[:40]), max_size=12), width=st.integers(1, 4), seed=st.integers(0, 9))
def test_records_do_not_depend_on_where_windows_end(lines, width, seed):
    rng = random.Random(seed)
    # longer than the part that is always read in one window
    text = "\n".join(rng.choice([",".join(["cell"] * width), *lines]) for _ in range(1800)) + "\n"
    try:
        _, whole = body(text, width, 1 << 24)
    except InputError:
        return
    _, small = body(text, width, 5000)
    assert small.frame.equals(whole.frame)
    assert small.unreadable.equals(whole.unreadable)
    assert small.account == whole.account


STRAYS = (
    '1,"a\nb",c@d.example',
    '2,"a,c@d.example',
    '3,a",c@d.example',
    '4,"x"y,c@d.example',
    "5,b,c@d.example",
    "6,b",
    "",
)
# carriage returns that end records, next to quotes around others
RETURNS = ('"\r#;@#;\r #', '\r"', ';""\rc@d.example', "cell")


@pytest.mark.parametrize(("kinds", "width"), [(STRAYS, 3), (RETURNS, 1)])
def test_windows_do_not_change_how_strays_are_read(kinds, width):
    rng = random.Random(11)
    text = "\n".join(rng.choice(kinds) for _ in range(6000)) + "\n"
    _, whole = body(text, width, 1 << 24)
    for window in (3000, 20_000, 47_111):
        _, small = body(text, width, window)
        assert small.frame.equals(whole.frame), window
        assert small.account == whole.account
    assert losses(whole, text) == []


def test_ten_thousand_columns_are_read(tmp_path):
    header = ",".join(["Email", *(f"Column {n}" for n in range(9999))])
    rows = "".join(",".join([f"p{i}@acme.example", *("x" * (n % 3) for n in range(9999))]) + "\n" for i in range(5))
    done = read(written(tmp_path, f"{header}\n{rows}"))
    assert done.frame.width == 10_005 and done.account.parsed == 5 and done.account.repairs == {}


def test_a_cell_of_ten_megabytes_is_read_when_the_limit_allows_it(tmp_path):
    path = written(tmp_path, "Email;Notes\na@acme.example;" + "x" * (10 << 20) + "\nb@acme.example;y\n")
    with pytest.raises(InputError) as error:
        read(path)
    assert "line 2" in error.value.message
    done = read(path, limits={"cell_bytes": 20 << 20})
    assert done.frame["cell_1"].str.len_bytes().to_list() == [10 << 20, 1]


def test_one_quote_left_open_costs_one_row_of_a_large_file(tmp_path):
    rows = [f"{i};Zoé;p{i}@acme.example\n" for i in range(40_000)]
    rows[7] = '7;"Zoé;p7@acme.example\n'
    done = read(written(tmp_path, "Id;Prénom;Email\n" + "".join(rows)))
    assert done.account.records == 40_000
    assert done.account.repairs == {"unclosed_quote": 1}
    assert done.frame.filter(pl.col("repair").is_null()).height == 39_999


def test_quotes_that_all_open_and_never_close_are_read_in_bounded_time(tmp_path):
    rows = "".join(f'{i};"Zoé\n{i};"Zoé;x;y\n' for i in range(10_000))
    done = read(written(tmp_path, "Id;Prénom;Email\n" + rows))
    assert done.account.records == done.account.unreadable == 20_000
