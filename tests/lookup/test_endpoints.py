"""How resolvers are written, and what is refused."""

import pytest

from auditor.errors import UsageError
from auditor.lookup.endpoints import chosen, parse


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("127.0.0.1", "127.0.0.1:53"),
        ("127.0.0.1:5353", "127.0.0.1:5353"),
        ("udp://127.0.0.1:5353", "127.0.0.1:5353"),
        ("::1", "[::1]:53"),
        ("[::1]:5353", "[::1]:5353"),
        ("tls://127.0.0.1", "tls://127.0.0.1:853"),
        ("tls://resolver.example:8853", "tls://resolver.example:8853"),
        ("tls://[::1]", "tls://[::1]:853"),
        ("https://resolver.example/dns-query", "https://resolver.example/dns-query"),
    ],
)
def test_a_resolver_is_named_as_it_will_be_asked(text, name):
    assert parse(text).name == name


@pytest.mark.parametrize(
    "text",
    ["", "resolver.example", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:port", "ftp://127.0.0.1", "https://",
     "https://user:secret@resolver.example/", "https://[::1", "tls://", "tls://:853", "1.2.3.4.5"],
)  # fmt: skip
def test_what_is_no_resolver_is_a_usage_error_that_does_not_quote_it(text):
    with pytest.raises(UsageError) as error:
        parse(text)
    assert "secret" not in error.value.message + error.value.hint


def test_each_resolver_is_asked_once_in_the_order_given():
    found = chosen(("127.0.0.1:5301", "127.0.0.1:5302", "udp://127.0.0.1:5301"))
    assert [endpoint.port for endpoint in found] == [5301, 5302]
