"""One file, one command of the command line; each module declares COMMAND."""
