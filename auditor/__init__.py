"""Prospect list auditor: may we write to these people, and can we prove it?"""

__version__ = "0.1.0"
