"""Bytes to batches of text: every record accounted for, headers recognised."""

from auditor.intake.encoding import encode
from auditor.intake.opening import open_list

__all__ = ["encode", "open_list"]
