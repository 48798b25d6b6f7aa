"""The page in a real browser: offline, quiet, quick, usable by keyboard, on paper, on a phone, in the dark."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from auditor import report
from auditor.report_model import Counts, Drift, DriftRule, Report, TrendPoint
from auditor.reports import html
from tests.report import fiction

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="needs Debian's chromium"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM or "/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


def point(day: str, clean: int) -> TrendPoint:
    counts = Counts(read=100, clean=clean, review=60 - clean, removed=40, unreadable=0)
    return TrendPoint(
        as_of=day, name="leads.csv", sha256="0" * 64, counts=counts, levels={"V0": 100 - clean, "V2": clean}
    )


def built(lang: str, rows: int = 1000) -> Report:
    """A report with every section filled."""
    drift = Drift(
        baseline=point("2026-10-01", 20), comparable=True, new=3, fixed=2, persisting=9, reappeared=1, rows_new=4,
        rows_gone=2, returned_objected=1, returned_removed=2,
        rules=(DriftRule(rule="source_missing", new=3, fixed=2, persisting=9, reappeared=1),),
        trend=(point("2026-09-01", 10), point("2026-10-01", 20), point("2026-11-23", 31)),
    )  # fmt: skip
    return report.build(fiction.audit(rows=rows, lang=lang), drift)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the page in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    for lang in ("en", "fr"):
        (folder / f"{lang}.html").write_bytes(html.render(built(lang)))
    return {lang: (folder / f"{lang}.html").as_uri() for lang in ("en", "fr")}


@pytest.fixture
def opened(browser, pages):  # type: ignore[no-untyped-def]
    """Open a page of a language; afterwards it must have asked for itself only, and said nothing."""
    contexts, requests, said = [], [], []

    def go(lang: str = "en", url: str | None = None, **how):  # type: ignore[no-untyped-def]
        context = browser.new_context(offline=True, **{"viewport": DESK, **how})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url or pages[lang])
        return page

    yield go
    for context in contexts:
        context.close()
    assert len(requests) == len(contexts)
    assert said == []


def shown(page) -> str:  # type: ignore[no-untyped-def]
    return page.locator("#shown").inner_text()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_no_violation(opened, lang, scheme, viewport) -> None:  # type: ignore[no-untyped-def]
    page = opened(lang, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"][:3]]) for v in found] == []


def test_the_first_screen_holds_verdict_counts_hash_risks_and_gaps(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    for place in ("#verdict", ".flow", ".sum", "#risks", "#unchecked"):
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + min(box["height"], 100) < DESK["height"], place
    sha = page.locator(".facts .mono").first.bounding_box()
    assert sha is not None
    assert sha["y"] < DESK["height"]
    sentence = page.locator(".sum").inner_text()
    numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", sentence)]
    assert numbers[0] == sum(numbers[1:])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_phone_shows_everything_without_sideways_scrolling(opened, lang) -> None:  # type: ignore[no-untyped-def]
    page = opened(lang, viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_filters_and_search_count_aloud(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    frame = fiction.findings(1000)
    assert shown(page).startswith(f"{frame.height} of {frame.height} findings")
    assert page.locator("#shown").get_attribute("aria-live") == "polite"
    page.select_option("#filter-rule", "personal_mailbox")
    n = frame.filter(pl.col("rule") == "personal_mailbox").height
    assert shown(page).startswith(f"{n} of")
    assert page.locator("#findings-body tr").count() == min(n, 100)
    page.select_option("#filter-verdict", "review")
    assert shown(page) == "No finding matches these filters."
    page.click("#reset")
    page.select_option("#filter-severity", "note")
    notes = frame.filter(pl.col("severity") == "note")
    assert shown(page).startswith(f"{notes.height} of")
    page.click("#reset")
    page.fill("#filter-text", "MAILBOX")
    from playwright.sync_api import expect

    expect(page.locator("#shown")).to_have_text(re.compile(f"^{n} of"))


def test_columns_sort_both_ways_with_the_keyboard(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    page.focus(".grid th button[data-sort=severity]")
    page.keyboard.press("Enter")
    head = page.locator(".grid th[aria-sort=ascending]")
    assert head.inner_text().startswith("Severity")
    assert "remove" in page.locator("#findings-body tr").first.inner_text()
    page.keyboard.press("Space")
    assert page.locator(".grid th[aria-sort=descending]").inner_text().startswith("Severity")
    assert "note" in page.locator("#findings-body tr").first.inner_text()
    page.focus(".grid th button[data-sort=row]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    last = fiction.findings(1000)["audit_row"].max()
    assert page.locator("#findings-body td").first.inner_text() == f"{last}"


def test_pages_turn_with_the_keyboard(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    assert page.locator("#previous").is_disabled()
    page.focus("#next")
    page.keyboard.press("Enter")
    assert page.locator("#page").inner_text().startswith("Page 2")
    assert page.locator("#previous").is_enabled()


def test_decisions_need_a_name_and_a_reason_and_are_saved_as_a_file(opened, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    box = page.locator("#findings-body select").first
    row = int(box.get_attribute("data-row"))
    box.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#decided").inner_text() == "Your name first, please."
    assert page.evaluate("document.activeElement.id") == "decider"
    page.keyboard.type("Ana Fictive")
    page.locator("#findings-body select").first.select_option("keep")
    assert page.locator("#decided").inner_text() == "A reason first, please."
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("met at the fair <b>")
    page.locator("#findings-body select").first.select_option("keep")
    assert page.locator("#decided").inner_text() == "1 decision, not saved yet"
    page.select_option("#filter-rule", "name_or_domain_mismatch")
    page.click("#remove-shown")
    with page.expect_download() as caught:
        page.focus("#save")
        page.keyboard.press("Enter")
    saved = tmp_path / caught.value.suggested_filename
    caught.value.save_as(saved)
    assert saved.name == "leads-2026.decisions.json"
    document = json.loads(saved.read_text("utf-8"))
    assert document["list_sha256"] == fiction.audit(rows=1).sha256
    by_row = {line["audit_row"]: line for line in document["decisions"]}
    assert by_row[row]["audit_decision"] == "keep"
    assert by_row[row]["audit_note"] == "met at the fair <b>"
    mismatched = fiction.findings(1000).filter(
        pl.col("rule") == "name_or_domain_mismatch", pl.col("verdict") == "review"
    )
    removed = {line["audit_row"] for line in document["decisions"] if line["audit_decision"] == "remove"}
    assert removed == set(mismatched["audit_row"]) - ({row} - set(mismatched["audit_row"]))
    assert all("scraper_export_columns" in line["audit_rules"] for line in document["decisions"])
    from auditor.decision_files import read

    assert read(saved).height == len(document["decisions"])


def test_a_link_to_a_rule_opens_it(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened()
    page.click(".risks a[href='#rule-personal_mailbox']")
    assert page.locator("#rule-personal_mailbox").get_attribute("open") is not None
    page.click(".squares a[href='#rule-disposable_mailbox']")
    assert page.locator("#rule-disposable_mailbox .why").is_visible()


def test_without_javascript_the_summary_stands_and_says_where_the_findings_are(opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(java_script_enabled=False)
    assert page.locator("#verdict").is_visible()
    assert page.locator(".first li").count() == 10
    assert page.locator("noscript").is_visible()
    assert not page.locator("#filter-text").is_visible()
    page.click("#rule-source_missing summary")
    assert page.locator("#rule-source_missing .why").is_visible()


def test_paper_has_every_summary_section_and_no_controls(opened, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("#rule-source_missing .why").is_visible()
    assert not page.locator("#filter-text").is_visible()
    assert not page.locator(".bar").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(30, 40, 51)"
    paper = page.pdf(format="A4", print_background=True, path=tmp_path / "report.pdf")
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 4 <= pages <= 16


def test_fifty_thousand_findings_open_and_filter_at_once(opened, tmp_path) -> None:  # type: ignore[no-untyped-def]
    model = built("en", rows=115_000)
    assert len(model.findings.row) > 45_000
    target = tmp_path / "big.html"
    target.write_bytes(html.render(model))
    page = opened(url=target.as_uri())
    count = f"{len(model.findings.row):,}"
    assert shown(page).startswith(f"{count} of {count}")
    page.select_option("#filter-rule", "source_missing")
    page.click(".grid th button[data-sort=country]")
    assert shown(page).startswith(f"{model.findings.rule.count('source_missing'):,} of")


def test_the_overview_of_several_lists_is_as_sound(opened, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from auditor import overview
    from auditor.reports import _overview

    audits = [fiction.audit(rows=n, name=f"list-{n}.csv") for n in (50, 400)]
    results = [(audit, report.build(audit)) for audit in audits]
    target = tmp_path / "overview.html"
    target.write_bytes(_overview.page(overview.overview(results, [])))
    page = opened(url=target.as_uri(), viewport=PHONE, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.add_script_tag(content=AXE.read_text("utf-8"))
    assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
