"""Cells to canonical columns; originals stay untouched."""
