"""How quickly the report page of many findings is made, opens, filters and sorts in Debian's Chromium.

    python -m benchmarks.report [--rows 115000]

Prints milliseconds and megabytes; needs chromium and playwright (development set).
"""

import argparse
import tempfile
import time
from pathlib import Path

from auditor import report
from auditor.reports import html
from tests.report import fiction
from tests.report.test_browser import FLAGS

FILTER = """() => {
    const box = document.getElementById("filter-rule"), began = performance.now();
    box.value = "source_missing";
    box.dispatchEvent(new Event("change"));
    document.body.offsetHeight;
    return performance.now() - began;
}"""
SORT = """() => {
    document.getElementById("reset").click();
    const began = performance.now();
    document.querySelector(".grid th button[data-sort=rule]").click();
    document.body.offsetHeight;
    return performance.now() - began;
}"""


def main() -> None:
    """Build, render and open one page; print what each step took."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=115_000, help="rows of the invented list [115000]")
    rows = parser.parse_args().rows
    audit = fiction.audit(rows=rows)
    began = time.perf_counter()
    built = report.build(audit)
    made = time.perf_counter()
    page = html.render(built)
    done = time.perf_counter()
    print(f"findings {len(built.findings.row):,}, page {len(page) / 1e6:.1f} MB")
    print(f"build {1000 * (made - began):.0f} ms, render {1000 * (done - made):.0f} ms")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        tab = browser.new_page()
        tab.goto(path.as_uri())
        began = time.perf_counter()
        tab.reload()
        print(f"open {1000 * (time.perf_counter() - began):.0f} ms")
        print(f"filter {tab.evaluate(FILTER):.0f} ms, sort {tab.evaluate(SORT):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
