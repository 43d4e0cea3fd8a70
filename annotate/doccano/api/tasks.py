"""Wait for the background tasks of doccano's worker."""

import time
from typing import Any
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.api.client import take
from annotate.errors import ParknerError

LONGEST_POLL = 1.0  # most seconds between two checks of a task


def wait_for_task(client: DoccanoClient, task: str, *, timeout: float) -> Any:
    """Wait for a task of doccano's worker; return its result. `timeout` is in seconds."""
    deadline, pause = time.monotonic() + timeout, 0.05
    endpoint = f"v1/tasks/status/{task}"
    while time.monotonic() < deadline:
        status = client.get(endpoint)
        ready = take(status, "ready", bool, address=urljoin(client.baseurl, endpoint))
        if error := status.get("error"):
            text = error.get("text") if isinstance(error, dict) else error
            raise ParknerError(f"{client.baseurl}: doccano's worker failed: {text}: run the command again")
        if ready:
            return status.get("result")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_POLL)
    raise ParknerError(
        f"{client.baseurl}: not done after {timeout:g} s: is the doccano worker (`doccano task`) running? "
        "Then run the command again: nothing is duplicated"
    )
