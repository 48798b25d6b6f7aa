"""Held signals: nothing is thrown into the event loop, everything is told afterwards."""

import asyncio
import signal

import pytest

from auditor.lookup.interrupt import HeldSignals


class Stop(BaseException):
    pass


@pytest.fixture
def handler():
    """A SIGTERM handler that throws, as the command line has one."""

    def throw(number, frame):
        raise Stop

    before = signal.signal(signal.SIGTERM, throw)
    yield throw
    signal.signal(signal.SIGTERM, before)


def test_the_task_is_cancelled_and_the_own_handler_speaks_after_the_cleaning_up(handler):
    order = []

    async def work(signals):
        signals.cancels(asyncio.current_task(), asyncio.get_running_loop())
        signal.raise_signal(signal.SIGTERM)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            order.append("cancelled")
            raise

    with pytest.raises(Stop), HeldSignals() as signals:
        try:
            asyncio.run(work(signals))
        finally:
            order.append("saved")
    assert order == ["cancelled", "saved"]
    assert signal.getsignal(signal.SIGTERM) is handler


def test_a_signal_before_the_loop_runs_is_not_lost(handler):
    async def work(signals):
        signals.cancels(asyncio.current_task(), asyncio.get_running_loop())
        await asyncio.sleep(60)

    with pytest.raises(Stop), HeldSignals() as signals:
        signal.raise_signal(signal.SIGTERM)
        asyncio.run(work(signals))


@pytest.fixture
def keyboard():
    """Python's own SIGINT handler: a shell that starts tests in the background has the signal ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("keyboard")
def test_an_interruption_from_the_keyboard_stays_one():
    with pytest.raises(KeyboardInterrupt), HeldSignals():
        signal.raise_signal(signal.SIGINT)


def test_an_ignored_signal_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with HeldSignals() as signals:
            signal.raise_signal(signal.SIGHUP)
            assert signals.caught is None
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_without_a_signal_nothing_is_raised_and_handlers_are_as_before(handler):
    with HeldSignals():
        assert signal.getsignal(signal.SIGTERM) is not handler
    assert signal.getsignal(signal.SIGTERM) is handler
