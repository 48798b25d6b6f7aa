"""Bytes to batches of text: every record accounted for, headers recognised."""

from auditor.intake.encoding import encode, encode_utf8
from auditor.intake.opening import open_list

__all__ = ["encode", "encode_utf8", "open_list"]
