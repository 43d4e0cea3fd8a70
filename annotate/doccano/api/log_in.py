"""Log in to doccano with a user name and password from the environment or a prompt, never from files or arguments."""

import os
import sys
from collections.abc import Callable
from getpass import getpass
from ipaddress import IPv6Address, ip_address
from socket import inet_aton

import typer
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect
from annotate.doccano.api.transport import split_url
from annotate.terminal import console


def log_in(url: str) -> DoccanoClient:
    """Log in with the user name and password of the environment; ask for them if there is a terminal."""
    if is_in_clear(url):
        console.print("Warning: http:// sends the password unencrypted: use https://")
    return connect(url, _find("DOCCANO_USERNAME", ask=console.input), _find("DOCCANO_PASSWORD", ask=getpass))


def is_in_clear(url: str) -> bool:
    """Tell whether a password sent to this address travels unencrypted to another machine.

    >>> [is_in_clear(url) for url in ("http://labels.example/", "https://labels.example/", "http://127.0.0.1:8000")]
    [True, False, False]
    """
    parts = split_url(url)
    return parts.scheme == "http" and not is_this_machine(parts.hostname or "")


def is_this_machine(host: str) -> bool:
    """Tell whether a host (a name, an IPv4 or an IPv6 address) is this machine.

    >>> [is_this_machine(host) for host in ("localhost", "127.1", "::ffff:127.0.0.1", "127.0.0.1.evil.example")]
    [True, True, True, False]
    """
    if host.lower().removesuffix(".") == "localhost":
        return True
    try:
        return ip_address(inet_aton(host)).is_loopback  # as the system reads it, also 127.1 and 0x7f.0.0.1
    except OSError:
        pass  # not an IPv4 address
    try:
        address = IPv6Address(host)
    except ValueError:
        return False
    return (address.ipv4_mapped or address).is_loopback


def _find(name: str, *, ask: Callable[[str], str]) -> str:
    value = os.environ.get(name, "")
    if not value and sys.stdin.isatty():
        value = ask(f"{name}: ")
    if not value:
        raise typer.BadParameter(f"set the environment variable {name}")
    return value
