"""Nobody on a suppression list slips through: forms, variants, hashes, stores; and nobody else is caught."""

import hashlib
import hmac
import string
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from auditor import fingerprints, suppression, suppression_store
from auditor import settings as settings_module
from auditor.errors import UsageError
from auditor.mailbox_forms import Keys, fold, folded, heads_of_hex, spread, spreaded
from tests.law.house import TODAY, context, through

LOCAL = st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=12).filter(
    lambda text: not text.startswith(".") and not text.endswith(".") and ".." not in text
)
DOMAIN = st.sampled_from(
    ["gmail.com", "googlemail.com", "example.com", "mail.example.org", "bücher.example", "Acme.Example"]
)
ADDRESS = st.builds(lambda local, domain: f"{local}@{domain}", LOCAL, DOMAIN)


def screen(path: Path, *contents: str | bytes, **values) -> suppression.Screen:
    paths = []
    for number, content in enumerate(contents):
        file = path / f"list{number}.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(file)
    return suppression.screen(settings_module.build({"suppression": paths, **values}, "test"))


def codes(found: suppression.Screen, *addresses: str | None) -> list[str | None]:
    column = pl.Series(addresses, dtype=pl.String)
    return found.codes(column, column).to_list()


def disguises(address: str) -> list[str]:
    """Other spellings under which the same mailbox may come back."""
    local, _, domain = address.rpartition("@")
    written = [address, address.upper(), f" {address} ", f"<{address}>", f"mailto:{address}", f"{local}@{domain}."]
    written += [f"{local}+news@{domain}", f"{local}+a+b@{domain}"]
    if spread(address).endswith("@gmail.com"):
        bare = local.replace(".", "")
        written += [f"{bare}@gmail.com", f"{bare}@googlemail.com", f"{'.'.join(bare)}@GMAIL.com"]
    if "ü" in domain:
        written.append(f"{local}@{domain.encode('idna').decode()}")
    return written


@limits(max_examples=60)
@given(ADDRESS, st.data())
def test_no_spelling_of_a_suppressed_address_slips_through(tmp_path_factory, address, data):
    listed = data.draw(st.sampled_from(disguises(address)))
    folder = tmp_path_factory.mktemp("lists")
    found = screen(folder, f"email\n{listed}\nsomebody@else.example\n")
    assert None not in codes(found, *disguises(address))


@limits(max_examples=40)
@given(ADDRESS, st.data())
def test_no_spelling_of_a_stored_address_slips_through(tmp_path_factory, address, data):
    folder = tmp_path_factory.mktemp("store")
    listed = data.draw(st.sampled_from(disguises(address)))
    store = suppression_store.add(suppression_store.load(folder / "s", ""), [listed], "objection", TODAY)
    suppression_store.save(store, folder / "s")
    found = suppression.screen(settings_module.build({"suppression": [folder / "s"]}, "test"))
    assert codes(found, *disguises(address)) == ["keyed"] * len(disguises(address))


@given(st.lists(ADDRESS, max_size=20))
def test_the_vectorised_normal_form_is_the_plain_one(addresses):
    column = pl.Series(addresses, dtype=pl.String)
    assert folded(column).to_list() == [fold(address) for address in addresses]
    assert spreaded(folded(column)).to_list() == [spread(address) for address in addresses]


@given(ADDRESS)
def test_normalising_twice_is_normalising_once(address):
    assert fold(fold(address)) == fold(address)
    assert spread(spread(address)) == spread(address)


@given(st.text(max_size=40))
def test_no_text_breaks_the_normal_form(text):
    assert isinstance(spread(text), str)
    assert len(folded(pl.Series([text]))) == 1


@given(ADDRESS, ADDRESS)
def test_two_mailboxes_are_never_taken_for_one(one, other):
    if spread(one) == spread(other):
        return
    keys = Keys(spreaded(folded(pl.Series([one]))).hash())
    assert not keys.have(spreaded(folded(pl.Series([other]))).hash())[0]


def test_an_address_that_is_not_listed_passes(tmp_path):
    found = screen(tmp_path, "anna@example.com\n@stop.example\n")
    assert codes(found, "anne@example.com", "anna@example.org", "x@nonstop.example", None) == [None] * 4


def test_the_code_says_how_an_address_is_listed(tmp_path):
    found = screen(tmp_path, "anna@example.com\n@stop.example\nother.example\n*@third.example\n")
    cells = ("ANNA@example.com", "anna+x@example.com", "a@stop.example", "a@mail.other.example", "b@third.example")
    assert codes(found, *cells) == ["address", "variant", "domain", "domain", "domain"]


@pytest.mark.parametrize("name", ["sha256", "sha1", "md5"])
def test_hexadecimal_digests_match_the_usual_forms(tmp_path, name):
    def made(text: str) -> str:
        return hashlib.new(name, text.encode()).hexdigest()

    lines = [
        made("anna@example.com"),
        made("Max@Example.net").upper(),
        made("johndoe@gmail.com"),
        made("@stop.example"),
    ]
    found = screen(tmp_path, "\n".join(lines))
    cells = ("anna@example.com", "Max@Example.net", "john.doe+x@googlemail.com", "a@stop.example", "b@free.example")
    assert codes(found, *cells) == [name] * 4 + [None]


@limits(max_examples=50)
@given(st.binary(min_size=1, max_size=100), st.lists(st.binary(max_size=80), max_size=5))
def test_keyed_digests_are_the_hmac_of_the_standard_library(secret, texts):
    assert fingerprints.keyed(secret)(texts) == [hmac.digest(secret, text, "sha256") for text in texts]


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6))
def test_keys_are_the_first_64_bits_of_the_digest(texts):
    made = fingerprints.keys(pl.Series(texts, dtype=pl.String), fingerprints.UNKEYED["sha256"]).to_list()
    whole = [None if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts]
    assert made == [None if text is None else int(text[:16], 16) for text in whole]
    assert heads_of_hex(pl.Series(whole, dtype=pl.String)).to_list() == made


@pytest.mark.parametrize("many", [0, 500_000])
def test_domains_are_asked_once_and_answered_the_same_in_every_batch(monkeypatch, many):
    monkeypatch.setattr(suppression.Names, "MANY", many)
    asked = []

    def listed(names):
        asked.extend(names)
        return {"stop.example"}.intersection(names)

    names = suppression.Names(listed)
    batch = pl.Series(["mail.stop.example", "stop.example", "free.example", None, "stop.example.org"])
    for _ in range(3):
        assert names.have(batch).to_list() == [True, True, False, False, False]
    if many:
        assert sorted(asked) == sorted(set(asked))
        assert "example" not in asked


def test_digests_are_read_between_headers_dates_and_addresses(tmp_path):
    def made(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    mixed = f"email_sha256,since\n{made('a@x.example')},2026-01-01\n{made('b@x.example')}\nc@x.example\n"
    found = screen(tmp_path, mixed)
    assert found.files == (("list0.txt", "list", 3, 0),)
    cells = ("a@x.example", "b@x.example", "c@x.example", "d@x.example")
    assert codes(found, *cells) == ["sha256", "sha256", "address", None]


def test_the_austrian_list_of_raw_digests_holds_addresses_and_domains(tmp_path):
    texts = ["anna@example.at", "@stop.example", *(f"filler{i}@example.at" for i in range(40))]
    found = screen(tmp_path, b"".join(hashlib.sha1(text.encode("latin-1")).digest() for text in texts))
    assert found.files == (("list0.txt", "ecg", 42, 0),)
    assert codes(found, "Anna@Example.AT", "b@stop.example", "c@example.at") == ["sha1", "sha1", None]


@pytest.mark.parametrize(
    "content",
    [
        "Email Address;First Name\nanna@example.com;Anna\n",
        '"First","E-mail"\n"Anna","anna@example.com"\n',
        "\ufeffanna@example.com\r\n",
        "# a remark\nanna@example.com",
        "Anna Muster <anna@example.com>\n",
        "anna@example.com\tunsubscribed\t2026-01-01\n",
        "anna@example.com\rmax@example.com\r",
    ],
)
def test_lists_are_read_in_the_shapes_people_export(tmp_path, content):
    assert codes(screen(tmp_path, content), "anna@example.com", "otto@example.com") == ["address", None]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_lists_are_read_in_the_encodings_people_use(tmp_path, encoding):
    assert codes(screen(tmp_path, "Prénom;é\nanna@example.com;Zoé\n".encode(encoding)), "anna@example.com") == [
        "address"
    ]


def test_lines_that_hold_nothing_are_counted_not_hidden(tmp_path):
    found = screen(tmp_path, "email\nanna@example.com\njohn (at) example.com\nnobody\n")
    assert found.files == (("list0.txt", "list", 1, 2),)


@pytest.mark.parametrize("content", ["nothing here\nat all\n", "name;town\nAnna;Lyon\n"])
def test_a_file_that_holds_nothing_is_refused_not_ignored(tmp_path, content):
    with pytest.raises(UsageError, match="no address"):
        screen(tmp_path, content)


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        suppression.screen(settings_module.build({"suppression": [tmp_path / "none.csv"]}, "test"))


def test_a_changed_file_is_read_again(tmp_path):
    assert codes(screen(tmp_path, "anna@example.com\n"), "otto@example.com") == [None]
    assert codes(screen(tmp_path, "anna@example.com\notto@example.com\n"), "otto@example.com") == ["address"]


@pytest.mark.parametrize("size", [3, 30_000])
def test_small_and_large_sets_answer_alike(size):
    keys = Keys(pl.Series([f"u{i}@example.com" for i in range(size)]).hash())
    asked = pl.Series(["u0@example.com", f"u{size - 1}@example.com", f"u{size}@example.com", None])
    assert keys.have(asked.hash().set(asked.is_null(), None)).to_list() == [True, True, False, False]


def test_further_addresses_of_a_row_count_too(tmp_path):
    (tmp_path / "s.txt").write_text("anna@home.example\n")
    rows = [
        {"email": "anna@example.com", "email_others": ["anna+x@home.example"]},
        {"email": "otto@example.com", "email_others": ["otto@home.example"]},
        {"email": "anna@home.example"},
    ]
    table = through(rows, ["address_syntax", "address_keys", "suppression"], context(suppression=[tmp_path / "s.txt"]))
    assert table["suppressed"].to_list() == ["other_address", None, "address"]
    assert table["registered"].to_list() == [None] * 3
    assert table["register_screened"].to_list() == [False] * 3


def test_a_register_file_is_told_from_a_suppression_list(tmp_path):
    (tmp_path / "r.txt").write_text("@stop.example\n")
    rows = [{"email": "a@stop.example"}]
    table = through(rows, ["address_syntax", "address_keys", "suppression"], context(registers=[tmp_path / "r.txt"]))
    assert table.select("suppressed", "registered", "register_screened").row(0) == (None, "domain", True)


@limits(max_examples=40)
@given(st.lists(ADDRESS, min_size=1, max_size=8), st.data())
def test_the_keys_of_rows_say_what_their_text_says(tmp_path_factory, addresses, data):
    folder = tmp_path_factory.mktemp("keys")
    listed = data.draw(st.sampled_from(addresses))
    (folder / "s.txt").write_text(f"{listed}\n@stop.example\n")
    where = context(suppression=[folder / "s.txt"])
    written = [form for address in addresses for form in disguises(address)]
    table = through([{"email": cell} for cell in written], ["address_syntax", "address_keys", "suppression"], where)
    by_text = suppression.screen(where.settings).codes(pl.Series([cell.strip() for cell in written]))
    assert table["suppressed"].is_null().to_list() == by_text.is_null().to_list()


# ---- the keyed store


def store(path: Path, *texts: str, **options) -> suppression_store.Store:
    made = suppression_store.add(suppression_store.load(path, ""), texts, "objection", TODAY, **options)
    suppression_store.save(made, path)
    return made


def test_the_store_shows_nobody(tmp_path):
    store(tmp_path / "s", "anna@example.com", "@stop.example")
    text = (tmp_path / "s").read_text()
    assert "anna" not in text and "example" not in text and "stop" not in text
    plain = {hashlib.new(n, b"anna@example.com").hexdigest() for n in ("sha256", "sha1", "md5")}
    assert not any(digest in text for digest in plain)
    assert {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {"s": 0o600, "s.key": 0o600}


def test_the_store_holds_everybody_once(tmp_path):
    store(tmp_path / "s", "anna@example.com")
    made = store(tmp_path / "s", "Anna+x@Example.com", "anna@example.com", "otto@example.com")
    assert len(made.entries) == 2


@pytest.mark.parametrize("domain", ["googlemail.com", "gmail.com", "Stop.Example"])
def test_a_stored_domain_is_that_domain_alone(tmp_path, domain):
    store(tmp_path / "s", f"@{domain}")
    found = suppression.screen(settings_module.build({"suppression": [tmp_path / "s"]}, "test"))
    names = ("googlemail.com", "gmail.com", "stop.example")
    assert codes(found, *(f"anna@{n}" for n in names)) == ["keyed" if n == domain.lower() else None for n in names]


def test_the_store_reads_back_as_written(tmp_path):
    made = store(tmp_path / "s", "anna@example.com", "@stop.example")
    assert suppression_store.load(tmp_path / "s", "") == made
    assert suppression_store.render(made) == (tmp_path / "s").read_text()


def test_an_objection_is_kept_as_long_as_anybody_asks(tmp_path):
    from datetime import date

    store(tmp_path / "s", "anna@example.com", keep_until=date(2029, 11, 2))
    longer = store(tmp_path / "s", "anna@example.com", keep_until=date(2030, 11, 2))
    assert [entry.keep_until for entry in longer.entries.values()] == [date(2030, 11, 2)]
    shorter = store(tmp_path / "s", "anna@example.com", keep_until=date(2027, 1, 1))
    assert [entry.keep_until for entry in shorter.entries.values()] == [date(2030, 11, 2)]
    endless = store(tmp_path / "s", "anna@example.com")
    assert [entry.keep_until for entry in endless.entries.values()] == [None]


def test_two_stores_of_one_key_merge_and_others_do_not(tmp_path):
    one = store(tmp_path / "a", "anna@example.com")
    other = suppression_store.add(
        suppression_store.Store(secret=one.secret, entries={}), ["o@x.example"], "other", TODAY
    )
    assert len(suppression_store.merge(one, other).entries) == 2
    with pytest.raises(UsageError, match="different keys"):
        suppression_store.merge(one, store(tmp_path / "b", "anna@example.com"))


def test_a_store_without_its_key_is_refused(tmp_path):
    store(tmp_path / "s", "anna@example.com")
    (tmp_path / "s.key").unlink()
    with pytest.raises(UsageError, match="key of this suppression store"):
        suppression.screen(settings_module.build({"suppression": [tmp_path / "s"]}, "test"))
    (tmp_path / "s.key").write_text("00" * 32)
    with pytest.raises(UsageError, match="not the one"):
        suppression.screen(settings_module.build({"suppression": [tmp_path / "s"]}, "test"))


def test_a_damaged_store_is_refused(tmp_path):
    store(tmp_path / "s", "anna@example.com")
    head, fields, _ = (tmp_path / "s").read_text().split("\n", 2)
    (tmp_path / "s").write_text(f"{head}\n{fields}\nnot hexadecimal,address,2026-11-02,,objection\n")
    with pytest.raises(UsageError, match="damaged"):
        suppression_store.load(tmp_path / "s", "")
    for line in (b"not hexadecimal", b"0123456789abcdef", b"\xff" * 64):
        (tmp_path / "s").write_bytes(f"{head}\n{fields}\n".encode() + line + b",address,2026-11-02,,objection\n")
        with pytest.raises(UsageError, match="damaged"):
            suppression.screen(settings_module.build({"suppression": [tmp_path / "s"]}, "test"))
        with pytest.raises(UsageError, match="damaged"):
            suppression_store.load(tmp_path / "s", "")
