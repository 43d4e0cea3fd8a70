"""List and create the users of a doccano."""

import secrets
from collections.abc import Iterable

from doccano_client import DoccanoClient

from annotate.doccano.api.client import list_numbers
from annotate.errors import ParknerError


def list_users(client: DoccanoClient) -> dict[str, int]:
    """List all users of this doccano: their number by name."""
    return list_numbers(client, "v1/users", key="username")


def look_up_users(client: DoccanoClient, names: Iterable[str]) -> dict[str, int]:
    """Look up the number of each of these users. Raises ParknerError for a user that does not exist."""
    users, names = list_users(client), list(names)
    for name in names:
        if name not in users:
            raise ParknerError(
                f"{client.baseurl}: no user is called {name}: `parkner project add … --create` makes one"
            )
    return {name: users[name] for name in names}


def create_user(client: DoccanoClient, name: str) -> str:
    """Create a user, which only an administrator of this doccano may do; return the random password."""
    password = secrets.token_urlsafe(12)
    client.post("v1/users/create", json={"username": name, "password1": password, "password2": password})
    return password
