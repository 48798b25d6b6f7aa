"""Lists that attack their reader: nothing of them becomes markup, a command or a formula, and nothing leaks."""

import csv
import html as entities
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditor import cli, report
from auditor.reports import github, html, markdown, xlsx
from auditor.reports import json as machine
from auditor.terminal import terminal
from tests.report import fiction

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><iframe srcdoc='<script>alert(1)</script>'>",
    "<!-- --><style>*{display:none}</style>",
    "]]><![CDATA[",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{7*7}}", "${7*7}", "{% for x in range(9) %}49{% endfor %}", "<%= 7*7 %>", "%s%n%x", "{0.__class__}",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\uff1d1+1",
    "\x1b[2J\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m",
    "\u202egnp.exe", "\u2066hidden\u2069", "a\u200bb", "\ufeffx",
    "a\r\nb", "::error::injected", "%0A::error::injected",
    "[x](javascript:alert(1))", "![x](https://example.com/x.png)", "| a | b |", "@everyone", "`code`", "<!--",
    "\u2028var x=1", "&lt;b&gt;", "&#x3c;b&#x3e;",
)  # fmt: skip
BENIGN = "Plain words"


class Shape(HTMLParser):
    """The set of (tag, attribute names) of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))


def shape(page: str) -> set[tuple[str, tuple[str, ...]]]:
    parser = Shape()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def benign() -> set[tuple[str, tuple[str, ...]]]:
    return shape(html.render(report.build(fiction.audit(rows=60, text=BENIGN))).decode())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_list_makes_the_same_tags_and_attributes(
    payload: str, benign: set[tuple[str, tuple[str, ...]]]
) -> None:
    built = report.build(fiction.audit(rows=60, text=payload, name=f"{payload[:60]}.csv"))
    page = html.render(built).decode()
    assert shape(page) == benign
    assert page.count("</script>") == 3
    assert "alert(1)" not in page or entities.escape("alert(1)") in page
    shown = re.sub(r"<script[^>]*>.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if "7*7" in payload or "49" in payload:
        assert "494949" not in page


def test_every_payload_is_shown_as_the_text_it_is() -> None:
    payload = "<b>bold</b> & co"
    page = html.render(report.build(fiction.audit(rows=30, text=payload))).decode()
    assert entities.escape(payload) in page
    assert payload not in page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_other_formats_hold_hostile_words_as_text(payload: str) -> None:
    built = report.build(fiction.audit(rows=30, text=payload, name=f"{payload[:60]}.csv"))
    lines = github.render(built).decode().split("\n")
    assert all(line.startswith(("::error title=", "::warning title=", "::notice title=", "")) for line in lines)
    assert sum("::error::" in line for line in lines) == 0
    words = markdown.render(built).decode()
    assert "<script" not in words
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", words)
    assert "\x1b" not in words
    assert "\x1b" not in terminal(built, "en", color=False)
    with zipfile.ZipFile(io.BytesIO(xlsx.render(built))) as files:
        assert not any(b"<f>" in files.read(name) for name in files.namelist())
    json.loads(machine.render(built))


CANARY = re.compile(r"canary[a-z]{4}[0-9]{3}", re.IGNORECASE)
HEADER = "Email,First name,Last name,Company,Job title,Phone,Country,Source,Collected on,Legal basis,Notes,LinkedIn"


def canaries() -> Iterator[str]:
    for n in range(1, 10_000):
        yield "canary" + "".join("abcdefghij"[int(d)] for d in f"{n:04d}") + f"{n % 1000:03d}"


def row(token: Iterator[str], payload: str) -> list[str]:
    local, domain = next(token), next(token)
    return [
        f"{local}.{next(token)}@{domain}.example.com",
        f"{next(token)} {payload}",
        next(token),
        f"{next(token)}{payload}",
        f"{payload}{next(token)}",
        f"+33 6 {next(token)}",
        "FR",
        f"{next(token)} {payload}",
        f"2026-01-01 {next(token)}",
        next(token),
        f"{payload} {next(token)}",
        f"https://www.linkedin.com/in/{next(token)}",
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_output_but_the_lists_holds_a_value_of_the_list(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], lang: str
) -> None:
    token = canaries()
    leads = tmp_path / "leads.csv"
    with leads.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for payload in PAYLOADS:
            writer.writerow(row(token, payload.replace("\r\n", " ")))
        file.write(f'{next(token)}@x.example.com,"{next(token)}\n')
    arguments = ["check", str(leads), "--as-of", "2026-11-23", "--lang", lang, "--annotate", "--no-progress"]
    for name in ("md", "xlsx", "github"):
        arguments += ["--report", name]
    assert cli.run(arguments) == 0
    said = capfd.readouterr()
    places = {"stdout": said.out, "stderr": said.err}
    kept = ("clean", "review", "removed", "unreadable", "annotated")
    for path in sorted((tmp_path / "leads.audit").iterdir()):
        if path.name.split(".")[-2] in kept:
            continue
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as files:
                places[path.name] = "".join(files.read(name).decode("utf-8", "replace") for name in files.namelist())
        else:
            places[path.name] = path.read_text("utf-8")
    assert {"findings.csv", "manifest.json", "report.html", "report.json", "report.md", "report.xlsx"} <= set(places)
    leaks = {place: CANARY.findall(text)[:3] for place, text in places.items() if CANARY.search(text)}
    assert leaks == {}
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", places["stdout"] + places["stderr"])


def test_hostile_headers_settings_and_file_names_stay_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name = "<img src=x onerror=alert(1)>{{7*7}}\u202ecsv.exe"
    leads = tmp_path / f"{name}.csv"
    leads.write_text('Email,"<script>alert(1)</script>",=1+1,{{7*7}}\nana@firm.example.com,a,b,c\n', "utf-8")
    settings = tmp_path / "auditor.toml"
    settings.write_text('[list]\nsource = "</script><script>alert(1)</script>"\ndeclared_by = "{{7*7}}"\n', "utf-8")
    arguments = ["check", str(leads), "--as-of", "2026-11-23", "--no-progress", "--config", str(settings)]
    assert cli.run(arguments) == 0
    (folder,) = tmp_path.glob("*.audit")
    page = (folder / "report.html").read_text("utf-8")
    html.render(report.build(fiction.audit())).decode()
    assert page.count("</script>") == 3
    assert {tag for tag, _ in shape(page)} <= {
        tag for tag, _ in shape(html.render(report.build(fiction.audit())).decode())
    }
    assert "<img" not in page
    assert "\u202e" not in page
    assert "\u202e" not in capfd.readouterr().out
