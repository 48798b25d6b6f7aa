"""Bytes to batches of text: every record accounted for, headers recognised."""
