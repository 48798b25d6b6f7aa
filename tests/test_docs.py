"""Pages made from the code are up to date; what the pages say exists."""

import re

import pytest

from tests.regenerate import ROOT, generated


@pytest.mark.parametrize("name", sorted(generated()))
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / name).read_text("utf-8") == generated()[name](), "run: make docs"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/design.md"])
def test_every_path_that_a_page_names_exists(page):
    text = (ROOT / page).read_text("utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []
