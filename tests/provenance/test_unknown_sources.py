import polars as pl

from auditor import pipeline
from tests.provenance.lists import WORLD, build, person, text_of


def unknown(folder, sources, **settings):
    """What the audit lists as unknown source values."""
    path = folder / "liste.csv"
    path.write_text(text_of([person(n, source=source) for n, source in enumerate(sources)]), "utf-8")
    result, report = pipeline.audit(path, build(overwrite=True, **settings), WORLD, {})
    assert sum(one.rows for one in report.unknown_sources) == result.surveys["unknown_sources"]["rows"].sum()
    return [(one.value, one.rows) for one in report.unknown_sources]


RUCHE = ["Ruche Bleue 2023", "ruche bleue - 2024", "RUCHE BLEUE"]


def test_frequent_unknown_words_are_listed_and_rare_ones_only_counted(tmp_path):
    sources = [*RUCHE, "Camille Untel", "Salon Vivatech", "internet", ""]
    assert unknown(tmp_path, sources) == [("ruche bleue", 3), (None, 1)]


def test_an_address_in_the_source_column_is_never_shown(tmp_path):
    assert unknown(tmp_path, ["jean.exemple@societe-fictive.fr"] * 4) == [(None, 4)]


def test_a_word_of_the_users_own_is_no_longer_unknown(tmp_path):
    assert unknown(tmp_path, RUCHE, vocabulary={"source": {"direct": ["ruche bleue"]}}) == []


def test_batches_change_nothing(tmp_path):
    whole = unknown(tmp_path, RUCHE * 7)
    assert unknown(tmp_path, RUCHE * 7, batch_rows=2) == whole
    assert pl.DataFrame(whole, orient="row").height == 1
