"""Name servers of the tests live on loopback: nothing else may be connected to."""

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts


@pytest.fixture(autouse=True, scope="module")
def loopback():
    """Sockets on 127.0.0.1 and ::1 for this folder's tests, closed again for whatever follows."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
    yield
    disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def no_network(loopback):
    """Takes the place of the guard that refuses loopback too."""
