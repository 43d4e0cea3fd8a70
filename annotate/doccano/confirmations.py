"""Who has confirmed a sentence, and when."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.cost.pace import to_time
from annotate.doccano.api.client import list_all, take
from annotate.errors import ParknerError


class Confirmation(NamedTuple):
    """The time, in UTC, and the number of the user."""

    at: datetime
    user: int


def list_confirmations(client: DoccanoClient, project: Mapping[str, Any], example: int) -> list[Confirmation]:
    """All confirmations of an example; only your own if the project does not share its labels."""
    endpoint = f"v1/projects/{project['id']}/examples/{example}/states"
    where = urljoin(client.baseurl, endpoint)
    return [
        Confirmation(_to_utc(take(state, "confirmed_at", str, address=where), where), user)
        for state in list_all(client, endpoint)
        for user in [take(state, "confirmed_by", int, address=where)]
    ]


def _to_utc(time: str, where: str) -> datetime:
    try:
        return to_time(time).astimezone(UTC)
    except ValueError as error:
        raise ParknerError(f"{where}: unexpected answer, confirmed_at: {error}") from error
