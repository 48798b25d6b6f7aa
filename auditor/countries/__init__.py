"""One file, one country pack; each module declares PACK."""
