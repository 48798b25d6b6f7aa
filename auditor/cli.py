"""The command line: options to settings to audit to exit code; nothing else."""

import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click

from auditor import __version__
from auditor.errors import AuditorError, ExitCode


class Terminated(BaseException):
    """The process was asked to stop (SIGTERM or SIGHUP)."""


class Group(click.Group):
    """Commands of `auditor.commands`, found when one is asked for; `check` is at home here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, sorted."""
        return sorted(command.name or "" for command in _commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return next((command for command in _commands() if command.name == cmd_name), None)


def _commands() -> list[click.Command]:
    from auditor.registry import collect

    return collect("auditor.commands", "COMMAND", click.Command)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="auditor")
def cli() -> None:
    """May we write to these people, and can we prove it?

    Reads prospect lists, says for every row what is wrong and why, and writes a cleaned list and a
    compliance report. Offline unless --dns is given. Findings are no legal advice.
    """


def main() -> None:
    """Run the command line; the only place where exceptions become exit codes."""
    # a run makes many objects and few cycles: looking for them less often saves a hundredth of it (measured)
    gc.set_threshold(100_000, 20, 20)
    code = run(sys.argv[1:])
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    # to take apart object by object what a run has made costs a fiftieth of it (measured)
    os._exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of one command line."""
    for stream in (sys.stdout, sys.stderr):
        # a cp1252 pipe must not turn an accent into a crash
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    _listen()
    os.umask(0o077)
    return _caught(lambda: cli.main(arguments, prog_name="auditor", standalone_mode=False))


# signals that asked this process to stop
_asked: list[int] = []


def _listen() -> None:
    """Stop when asked; an interrupt that the shell has us ignore (a job in the background) stays ignored."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    # where polars asks Python something, it swallows what is raised here, and Python would tell it with a traceback
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated(number)


def _caught(work: Callable[[], Any]) -> int:
    try:
        result = work()
        sys.stdout.flush()
        return int(result or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _say(error.format_message(), "See `auditor --help`.")
        return int(ExitCode.USAGE)
    except AuditorError as error:
        _say(error.message, error.hint)
        return int(error.code)
    except (click.Abort, KeyboardInterrupt):
        return _stopped(signal.SIGINT)
    except Terminated as stop:
        return _stopped(stop.args[0])
    except BrokenPipeError:
        # the reader went away (| head): outputs are complete, there is nobody to tell
        _close_stdout()
        return int(ExitCode.DONE)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return _internal(error)
        # the rooms that write files tell of them by name: what is left is our own output stream
        _close_stdout()
        _say(f"standard output cannot be written ({error.strerror})", "Check free space and permissions.")
        return int(ExitCode.OUTPUT)
    except Exception as error:
        # a stop that was swallowed shows as an error of another kind
        return _stopped(_asked[0]) if _asked else _internal(error)


def _stopped(number: int) -> int:
    interrupted = number == signal.SIGINT
    _say(f"{'interrupted' if interrupted else 'stopped'}; nothing was published", "")
    return int(ExitCode.INTERRUPTED) if interrupted else 128 + number


def _close_stdout() -> None:
    """What is still buffered goes nowhere: flushing it at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _internal(error: Exception) -> int:
    # names and places only: a message could quote a cell
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    _say(f"internal error: {type(error).__name__} at {where}", "Nothing was published. Please report this line.")
    if os.environ.get("AUDITOR_DEBUG"):
        traceback.print_tb(error.__traceback__)
    return int(ExitCode.INTERNAL)


def _say(message: str, hint: str) -> None:
    line = " ".join(f"auditor: {message}. {hint}".replace("..", ".").split())
    click.echo("".join(c if c.isprintable() else "?" for c in line), err=True)
