"""The page over several lists: `overview.html`, in the dress of the report."""

from markupsafe import Markup

from auditor.overview import Overview
from auditor.report_reading import sentence
from auditor.reports import _charts as charts
from auditor.reports import _words as words
from auditor.reports.html import GLYPHS, _asset, _environment, _hash, _language
from auditor.wording import typeset


def page(overview: Overview) -> bytes:
    """The whole page, UTF-8."""
    style = _asset("report.css")
    counts = overview.counts
    verdict = "empty" if not counts.read else "partly_usable" if counts.clean else "not_usable"
    if counts.read and counts.clean == counts.read:
        verdict = "nothing_found"
    said = {key: typeset(text.in_(overview.lang), overview.lang) for key, text in words.OVERVIEW.items()}
    text = (
        _environment()
        .get_template("overview.html.j2")
        .render(
            overview=overview,
            o=said,
            sentence=sentence(verdict, counts, several=True),  # type: ignore[arg-type]
            style=Markup(style),
            style_hash=_hash(style),
            bands=charts.flow(counts),
            whole=max((one.counts.read for one in overview.lists), default=1),
            parts=lambda one: charts.parts(
                [(kind, getattr(one.counts, kind)) for kind in charts.KINDS], one.counts.read
            ),
            split=charts.split,
            **_language(overview.lang),
        )
    )
    return text.encode()


__all__ = ["GLYPHS", "page"]
