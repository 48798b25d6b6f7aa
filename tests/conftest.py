"""The world of every test: no network but loopback."""

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, socket_allow_hosts

# no test measures time: a busy machine must not fail one
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def no_network():
    """Nothing leaves the machine: only loopback and Unix sockets may be used."""
    disable_socket(allow_unix_socket=True)
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
