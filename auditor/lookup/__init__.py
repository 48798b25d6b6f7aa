"""The only folder that may open a socket."""
