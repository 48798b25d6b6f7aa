"""Prospect list auditor: may we write to these people, and can we prove it?"""

import os

__version__ = "0.1.0"

# Polars' allocator (jemalloc) starts four arenas a core; with one, batches reuse the memory of earlier ones. So they do
# when blocks of more than 8 MiB are kept like smaller ones, and memory is given back a second later: together a third
# less time in the kernel (measured). It is read when polars is first imported; a value of the user's stands.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,oversize_threshold:67108864,dirty_decay_ms:1000")
