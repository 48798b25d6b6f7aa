"""Signals during look-ups: first stop and save, then let the program's own handler speak.

An exception thrown by a signal handler inside the event loop may land in any callback, where asyncio logs and
drops it. So signals are held, the look-ups cancelled, and the signal is raised again when all is saved.
"""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class HeldSignals:
    """`with HeldSignals() as signals:` holds them; `signals.cancels(task)` names what they end."""

    def __init__(self) -> None:
        self.previous: dict[int, Any] = {}
        self.caught: int | None = None
        self.stop: Callable[[], object] | None = None

    def __enter__(self) -> "HeldSignals":
        if threading.current_thread() is threading.main_thread():
            numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
            for number in numbers:
                handler = signal.getsignal(number)
                # ignored stays ignored (nohup); None was not installed from Python
                if handler not in (signal.SIG_IGN, None):
                    self.previous[number] = signal.signal(number, self._hold)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self.previous.items():
            signal.signal(number, handler)
        if self.caught is not None:
            signal.raise_signal(self.caught)

    def cancels(self, task: "asyncio.Task[Any] | None", loop: asyncio.AbstractEventLoop) -> None:
        """From now on, and for a signal that came before, `task` is cancelled."""
        if task is not None:
            self.stop = lambda: loop.call_soon_threadsafe(task.cancel)
            if self.caught is not None:
                task.cancel()

    def _hold(self, number: int, frame: FrameType | None) -> None:
        self.caught = self.caught if self.caught is not None else number
        if self.stop:
            # the loop may have ended a moment ago
            with contextlib.suppress(RuntimeError):
                self.stop()
