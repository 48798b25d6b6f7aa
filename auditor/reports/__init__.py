"""One file, one format; each module declares FORMAT."""
