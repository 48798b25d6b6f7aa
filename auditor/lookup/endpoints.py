"""Which resolvers to ask: the user's `[dns] resolvers`, else the system's."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from auditor.errors import UsageError

PORTS = {"udp": 53, "tls": 853}
FORMS = "Write 192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:53, tls://host or https://host/dns-query."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One resolver: scheme "udp", "tls" or "https"; `host` without brackets; `url` for https."""

    scheme: str
    host: str
    port: int
    url: str = ""

    @property
    def name(self) -> str:
        """How the report names it."""
        if self.url:
            return self.url
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}" if self.scheme != "udp" else f"{host}:{self.port}"


def parse(text: str) -> Endpoint:
    """The endpoint that `text` names; UsageError when it names none."""
    scheme, mark, rest = text.strip().partition("://")
    if not mark:
        scheme, rest = "udp", text.strip()
    if scheme == "https":
        return _https(text.strip())
    if scheme not in PORTS:
        raise UsageError("setting 'dns.resolvers': unknown kind of resolver", FORMS)
    host, port = _split(rest, PORTS[scheme])
    # a UDP resolver's name would have to be looked up first; a TLS certificate may well bear a name
    if not host or (scheme == "udp" and not _is_address(host)):
        raise UsageError("setting 'dns.resolvers': not the address of a resolver", FORMS)
    return Endpoint(scheme, host, port)


def _https(text: str) -> Endpoint:
    try:
        parts = urlsplit(text)
        port = parts.port or 443
    except ValueError:
        raise UsageError("setting 'dns.resolvers': not a web address", FORMS) from None
    if not parts.hostname or parts.username or parts.password:
        raise UsageError("setting 'dns.resolvers': not the address of a resolver", FORMS)
    return Endpoint("https", parts.hostname, port, text)


def _split(text: str, default: int) -> tuple[str, int]:
    if _is_address(text):
        return text, default
    host, mark, port = text.rpartition(":")
    if not mark or text.endswith("]"):
        host, port = text, str(default)
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise UsageError("setting 'dns.resolvers': not a port number", FORMS)
    return host.removeprefix("[").removesuffix("]"), int(port)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def chosen(resolvers: tuple[str, ...]) -> tuple[Endpoint, ...]:
    """The user's resolvers, or the system's when none is set; each once, in order."""
    found = [parse(text) for text in resolvers] if resolvers else _system()
    return tuple(dict.fromkeys(found))


def _system() -> list[Endpoint]:
    import dns.resolver

    try:
        system = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        system = None
    servers = [server for server in system.nameservers if isinstance(server, str)] if system else []
    if not system or not servers:
        raise UsageError("this machine names no resolver for look-ups", "Set [dns] resolvers in auditor.toml.")
    return [Endpoint("udp", server, system.port) for server in servers]
