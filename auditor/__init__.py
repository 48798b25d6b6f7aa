"""Prospect list auditor: may we write to these people, and can we prove it?"""

import os

__version__ = "0.1.0"

# Polars' allocator (jemalloc) starts four arenas a core; with two, batches reuse the memory of earlier ones: a quarter
# fewer page faults and less memory (measured). It is read when polars is first imported; a value of the user's stands.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:2")
