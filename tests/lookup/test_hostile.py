"""Whatever a name server does: no exception, no invented absence, an end in time."""

import asyncio
import time

import pytest

from auditor.lookup.client import Client, Limits
from auditor.lookup.endpoints import parse
from tests.lookup.behaviours import BEHAVIOURS, hostile, name_of
from tests.lookup.nameserver import serve

LIFETIME = 2.0


async def _ask_all(address):
    client = Client([parse(address)], Limits(timeout=0.6, lifetime=LIFETIME, rate=100_000))
    loop = asyncio.get_running_loop()
    troubles = []
    loop.set_exception_handler(lambda _, context: troubles.append(context))

    async def one(label):
        started = time.monotonic()
        finding, _ = await client.look_up(name_of(label))
        return label, finding, time.monotonic() - started

    try:
        found = await asyncio.gather(*(one(label) for label in BEHAVIOURS))
    finally:
        await client.close()
    await asyncio.sleep(0)
    return {label: (finding, seconds) for label, finding, seconds in found}, troubles


@pytest.fixture(scope="module")
def run():
    with serve(hostile) as server:
        found, troubles = asyncio.run(_ask_all(server.address))
        return found, troubles, server


@pytest.mark.parametrize("label", BEHAVIOURS)
def test_the_behaviour_leads_to_the_documented_status(run, label):
    finding, _ = run[0][label]
    _, status, detail = BEHAVIOURS[label]
    assert finding.status == status
    if detail:
        assert detail in (finding.mx_class, finding.reason)


@pytest.mark.parametrize("label", BEHAVIOURS)
def test_the_look_up_ends_within_its_lifetime_and_fifteen_percent(run, label):
    assert run[0][label][1] <= LIFETIME * 1.15


def test_only_proper_denials_say_that_a_domain_does_not_exist(run):
    absent = {label for label, (finding, _) in run[0].items() if finding.status == "does_not_exist"}
    assert absent == {"gone", "gone-by-root"}


def test_no_exception_reaches_the_event_loop(run):
    assert run[1] == []


def test_the_server_is_asked_for_nothing_but_the_domains(run):
    assert {name for name, _ in run[2].log} == {name_of(label) for label in BEHAVIOURS}
    # the first two bytes are the random id
    assert not any(b"@" in wire[2:] for wire in run[2].raw)


def test_there_are_at_least_thirty_hostile_behaviours():
    assert sum(status == "unknown" for _, status, _ in BEHAVIOURS.values()) >= 30
