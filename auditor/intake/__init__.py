"""Bytes to batches of text: every record accounted for, headers recognised."""

from auditor.intake.encoding import encode, is_plain
from auditor.intake.opening import open_list

__all__ = ["encode", "is_plain", "open_list"]
