"""The exception family and the exit codes, one meaning each.

AuditorError
├── UsageError      2   option or settings are wrong
├── InputError      3   the list cannot be read or accounted for
├── OutputError     4   an output cannot be written
├── Incomplete      5   audited, but not everything was examined
└── CatalogueError  70  a rule, pack or format shipped with the tool is wrong: our bug
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    INCOMPLETE = 5
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


class AuditorError(Exception):
    """A problem told in one line: what happened and where, then what to do; never a cell's content."""

    code = ExitCode.INTERNAL

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(AuditorError):
    """An option or a settings file is wrong."""

    code = ExitCode.USAGE


class InputError(AuditorError):
    """The list cannot be read or accounted for."""

    code = ExitCode.INPUT


class OutputError(AuditorError):
    """An output cannot be written; nothing half-written is left."""

    code = ExitCode.OUTPUT


class Incomplete(AuditorError):
    """The audit is done, but domains or rules were not examined."""

    code = ExitCode.INCOMPLETE


class CatalogueError(AuditorError):
    """A rule, fact, pack or format of the tool itself is malformed."""

    code = ExitCode.INTERNAL
