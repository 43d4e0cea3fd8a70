"""Make the environment of the embedded doccano. Unlike arguments, it is not shown in process lists."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from annotate.errors import ParknerError
from annotate.files import blame, write_beside

DATABASE = "DOCCANO_DATABASE_URL"
SCHEMES = ("postgres", "postgresql")

# Variables of ours or of another Django that would make doccano use another database or folder, or let in anybody who
# sends a certain header.
FOREIGN = {"DATABASE_URL", "CELERY_BROKER_URL", "MEDIA_ROOT", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
FOREIGN |= {"DOCCANO_PASSWORD", DATABASE, "HEADER_AUTH_USER_NAME"}


def make_environment(home: Path) -> dict[str, str]:
    """Make the environment of a doccano in this folder: ours, with production settings instead of doccano's defaults.

    By default doccano signs with a key that is public in its source, and assumes DEBUG is on while it reads half of its
    settings, so that any web page may read its answers. Raises ParknerError if DOCCANO_DATABASE_URL is not the address
    of a PostgreSQL database.
    """
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"DOCCANO_HOME": str(home), "SECRET_KEY": load_secret_key(home), "DEBUG": "False"}
    if database := os.environ.get(DATABASE):
        environment["DATABASE_URL"] = to_database_url(database)
    return environment


def load_secret_key(home: Path) -> str:
    """Read the random key that signs sessions. The first start creates it in a file that only its owner can read."""
    path = home / "secret_key"
    if not path.exists():
        with write_beside(path) as beside, blame(path):
            beside.touch(mode=0o600)
            beside.write_text(secrets.token_urlsafe(50), "ascii")
    return path.read_text("ascii")


def to_database_url(url: str) -> str:
    """Return the address of a PostgreSQL database, over TLS unless it says otherwise (`?sslmode=disable`).

    Raises ParknerError for any other address, without showing it: it may contain a password.

    >>> to_database_url("postgresql://doccano:secret@db.example/labels")
    'postgresql://doccano:secret@db.example/labels?sslmode=require'
    """
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname and parts.path.strip("/") and not parts.fragment and parts.port != 0)
    except ValueError:  # such as a / in the password: the part before it is then read as a port
        whole = False
    if not whole or parts.scheme not in SCHEMES:
        raise ParknerError(
            f"{DATABASE}: not an address such as postgresql://user:password@host/database "
            "(in the password, write / as %2F, # as %23, ? as %3F, @ as %40, % as %25)"
        )
    if "sslmode" in parse_qs(parts.query):
        return url
    return parts._replace(query=f"{parts.query}&sslmode=require".lstrip("&")).geturl()
