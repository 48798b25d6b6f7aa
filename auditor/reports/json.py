"""The machine copy: `report.json`, schema `prospect-auditor/report/v1`."""

import json

from auditor.model import ReportFormat
from auditor.report_model import Report


def render(report: Report) -> bytes:
    """The report as indented JSON with sorted keys and a line end; UTF-8."""
    document = report.model_dump(mode="json", by_alias=True)
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


FORMAT = ReportFormat(name="json", suffix=".json", render=render)
