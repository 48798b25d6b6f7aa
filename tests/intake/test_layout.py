"""Delimiter, header, and what stands around the table."""

import pytest

from auditor.errors import InputError
from tests.intake.reading import read, written

PEOPLE = "".join(f"Zoé{i};Noblet;p{i}@acme.example\n" for i in range(5))


def refusal(tmp_path, text, **settings):
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text), **settings)
    assert error.value.hint
    return error.value.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", ":"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    text = ("Prénom;Nom;Email\n" + PEOPLE).replace(";", delimiter)
    assert read(written(tmp_path, text)).dialect.delimiter == delimiter


def test_unknown_headers_are_found_by_the_shape_of_the_lines(tmp_path):
    text = "Liste du salon\n\nBadge n°;Porteur;Courriel du porteur\n" + PEOPLE.replace("Zoé", "1,5 ")
    done = read(written(tmp_path, text))
    assert done.dialect.delimiter == ";" and done.dialect.header_line == 3
    assert done.account.skipped == ((1, 1, "preamble"),) and done.account.records == 5


def test_decimal_commas_and_lists_of_addresses_do_not_mislead(tmp_path):
    text = "Email;Montant;Autres\n" + "".join(f"p{i}@acme.example;1,5;a@b.example, c@d.example\n" for i in range(9))
    assert read(written(tmp_path, text)).dialect.delimiter == ";"


def test_a_single_column_is_a_list(tmp_path):
    done = read(written(tmp_path, "Email\na@acme.example\n\nb@acme.example\n"))
    assert done.cells == [("a@acme.example",), ("b@acme.example",)] and done.account.blank_lines == 1


def test_the_separator_line_decides_and_is_no_record(tmp_path):
    done = read(written(tmp_path, "sep=|\r\nPrénom|Email\r\nZoé|a@acme.example\r\n"))
    assert done.dialect.delimiter == "|" and done.dialect.header == ("Prénom", "Email")
    assert done.account.skipped == ((1, 1, "separator line"),)
    assert done.dialect.head == "sep=|\r\nPrénom|Email\r\n"


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE,
        "Zoé;Noblet;\n" + PEOPLE,
        "Lyon;Noblet;\n" + PEOPLE.replace("Noblet", "Lyon").replace("Zoé0", "Lyon"),
        "a@acme.example\nb@acme.example\n",
        "06 12 34 56 78;Noblet;\n" + PEOPLE,
    ],
)
def test_a_list_without_header_is_refused_never_read_with_a_person_as_header(tmp_path, text):
    if text.startswith("Zoé;Noblet;\n"):
        text = text.replace("Zoé0", "Zoé")
    assert "no header line" in refusal(tmp_path, text)


def test_header_row_names_the_header_and_is_checked(tmp_path):
    path = written(tmp_path, "a;b;c\nPrénom;Nom;Email\n" + PEOPLE)
    assert read(path, header_row=2).dialect.header == ("Prénom", "Nom", "Email")
    assert "line 99" in refusal(tmp_path, "Prénom;Nom;Email\n" + PEOPLE, header_row=99)
    assert "already holds a person" in refusal(tmp_path, "Prénom;Nom;Email\n" + PEOPLE, header_row=2)


def test_a_header_that_misfits_nearly_all_rows_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, "Prénom;Nom;Email\n" + "".join(f"{i};Zoé;N;p{i}@acme.example\n" for i in range(9)))
    assert "line 1" in message and "3 columns" in message and "4 cells" in message


def test_duplicate_and_empty_names_stay_as_they_are(tmp_path):
    done = read(written(tmp_path, "Titre;Titre;;Email\nM.;Dir.;x;a@acme.example\n"))
    assert done.dialect.header == ("Titre", "Titre", "", "Email")
    assert done.cells == [("M.", "Dir.", "x", "a@acme.example")]


def test_footers_are_noted_with_their_lines_and_never_counted(tmp_path):
    text = "Prénom;Nom;Email\n" + PEOPLE + "\nTotal;5;\nCopyright (c) 2000-2026 example.org\n"
    done = read(written(tmp_path, text))
    assert done.account.records == 5
    assert done.account.skipped == ((8, 9, "footer"),)


def test_a_truncated_last_record_is_no_footer(tmp_path):
    done = read(written(tmp_path, "Prénom;Nom;Email\n" + PEOPLE + "\nTot"))
    assert done.account.records == 6 and done.account.repairs == {"short_row": 1}


def test_a_second_table_with_addresses_is_refused_with_its_line(tmp_path):
    text = "Prénom;Nom;Email\n" + PEOPLE * 3 + "\nAutres\nFirst Name;Last Name;Email;Phone\nA;B;c@acme.example;1\n"
    assert "several tables (header lines 1, 19)" in refusal(tmp_path, text)
    done = read(written(tmp_path, text), header_row=1)
    assert done.account.records == 15
    assert done.account.skipped == ((18, 20, "further table"),)
    assert read(written(tmp_path, text), header_row=19).cells == [("A", "B", "c@acme.example", "1")]


def test_a_second_table_far_below_is_refused_too(tmp_path):
    people = "".join(f"Zoé{i};Noblet;p{i}@acme.example\n" for i in range(60_000))
    text = "Prénom;Nom;Email\n" + people + "\nFirst Name;Last Name;Email;Phone\nA;B;c@acme.example;1\n"
    assert "second table with other columns begins at line 60003" in refusal(tmp_path, text)


def test_the_table_of_attendees_is_chosen_by_its_title(tmp_path):
    text = (
        "Host Details\nUser Name,Email\nOrga,o@acme.example\n\nAttendee Details\n"
        "First Name,Last Name,Email\nZoé,Noblet,a@acme.example\nLéo,Noblet,b@acme.example\n"
    )
    done = read(written(tmp_path, text))
    assert [row[2] for row in done.cells] == ["a@acme.example", "b@acme.example"]
    assert (3, 3, "further table") in done.account.skipped


def test_a_header_over_two_lines_is_one_header(tmp_path):
    done = read(written(tmp_path, '"Prénom\n(usuel)";Nom;Email\n' + PEOPLE))
    assert done.dialect.header == ("Prénom\n(usuel)", "Nom", "Email") and done.account.records == 5


def test_labels_above_programme_names_are_one_header(tmp_path):
    done = read(written(tmp_path, "First Name,Last Name,Email\nfirstname,lastname,email\nZoé,N,a@acme.example\n"))
    assert done.account.records == 1 and (2, 2, "second header line") in done.account.skipped


@pytest.mark.parametrize(
    "note",
    [
        "Exported by jane@acme-demo.example on 1 March 2026\n",
        "Attendee Report\nReport Generated: 2026-03-01 by host@acme-demo.example\n",
    ],
)
def test_an_address_in_a_note_above_the_header_is_no_person(tmp_path, note):
    done = read(written(tmp_path, note + "Prénom;Nom;Email\n" + PEOPLE))
    assert done.account.records == 5 and done.dialect.header == ("Prénom", "Nom", "Email")
    assert done.account.skipped == ((1, note.count("\n"), "preamble"),)


def test_lines_that_the_users_own_format_announces_are_no_records(tmp_path):
    own = written(
        tmp_path,
        'title = { en = "Fair", fr = "Salon" }\nstatus = "unverified"\nseen = "own tool"\nlanguages = ["fr"]\n'
        '[layout]\npreamble = ["Extraction du"]\nfooter = ["Fin des données"]\n'
        '[[columns]]\nto = "email"\nheaders = { fr = ["Courriel"] }\n',
        "own.toml",
    )
    text = "Extraction du 3 mars;salon@acme.example;\nPrénom;Nom;Courriel\n" + PEOPLE + "Fin des données;;\n"
    done = read(written(tmp_path, text), source=str(own))
    assert done.account.records == 5 and done.account.repairs == {}
    assert done.account.skipped == ((1, 1, "preamble"), (8, 8, "footer"))
    assert "no header line" in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Prénom;Nom;Courriel", "First Name;Last Name;Email"), ("First Name;Last Name;Email", "Prénom;Nom;Courriel")],
)
@pytest.mark.parametrize("many", [4, 60_000])
def test_people_of_a_second_table_are_never_skipped_whatever_its_columns_are_called(tmp_path, first, second, many):
    people = "".join(f"Zoé;Noblet;p{i}@acme.example\n" for i in range(many))
    text = f"{first}\n{people}\nAutres\n{second}\nA;B;c@acme.example\n"
    assert "table" in refusal(tmp_path, text)
    assert read(written(tmp_path, text), header_row=1).account.records == many


def test_a_further_table_without_people_is_noted(tmp_path):
    text = "Prénom;Nom;Email\n" + PEOPLE + "\nSociété;Ville\nAcme;Lyon\n"
    done = read(written(tmp_path, text))
    assert done.account.records == 5 and done.account.skipped == ((8, 9, "further table"),)


def test_blanks_before_quotes_do_not_make_a_header_misfit(tmp_path):
    rows = "".join(f'{i}, "Zoé, née X", p{i}@acme.example\n' for i in range(9))
    done = read(written(tmp_path, "Id, Prénom, Email\n" + rows))
    assert done.account.repairs == {"stray_quote": 9} and done.cells[3] == ("3", "Zoé, née X", " p3@acme.example")
