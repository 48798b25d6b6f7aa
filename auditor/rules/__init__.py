"""Declarations only, one file per family; each module declares RULES."""
