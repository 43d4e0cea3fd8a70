"""A doccano client that does not let a failure pass: whatever goes wrong on the way or at the server is a ParknerError.

doccano-client itself never raises: a wrong password, a refusal or a page of HTML come back as if they were answers.
"""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import requests
from doccano_client import DoccanoClient

from annotate.errors import ParknerError

REQUEST_SECONDS = 60
PAGE = 100


def connect(url: str, username: str, password: str) -> DoccanoClient:
    """Log in to the doccano at `url`, such as `http://127.0.0.1:8000`; every later answer is checked.

    Raises ParknerError when no server answers there, when it is no doccano, and for a wrong user name or password.
    """
    me = _request(requests.get, f"{url.rstrip('/')}/v1/me", allow_redirects=False)
    if me.status_code not in (401, 403) or not _is_json(me):
        raise ParknerError(f"{url}: not a doccano, it answers {_describe(me)}")
    try:
        client = DoccanoClient(url, username, password)
    except requests.RequestException as error:  # an answer that is no JSON among them
        raise ParknerError(f"{url}: the log-in fails: {error}") from error
    if "sessionid" not in client.session.cookies:
        raise ParknerError(f"{url}: wrong user name or password (user {username})")
    send = client.session.request
    client.session.request = lambda *args, **options: _check(_request(send, *args, **options))
    return client


def _request(send: Callable[..., requests.Response], *args: Any, **options: Any) -> requests.Response:
    """Send with a time-out; args end with the address."""
    url = args[-1]
    try:
        return send(*args, **{"timeout": REQUEST_SECONDS, **options})
    except requests.Timeout as error:
        raise ParknerError(f"{url}: no answer within {REQUEST_SECONDS} s") from error
    except requests.ConnectionError as error:
        raise ParknerError(f"{url}: no server answers here; `parkner doccano` starts one") from error
    except requests.RequestException as error:
        raise ParknerError(f"{url}: {error}") from error


def _check(response: requests.Response) -> requests.Response:
    """The answer, if it is a good one and no page for a browser."""
    if response.ok and "text/html" not in response.headers.get("Content-Type", ""):
        return response
    raise ParknerError(f"{response.url}: doccano answers {_describe(response)}")


def _is_json(response: requests.Response) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _describe(response: requests.Response) -> str:
    """The status, and what a doccano says about it or what kind of thing else came."""
    kind = response.text if _is_json(response) else response.headers.get("Content-Type", "nothing")
    return f"{response.status_code} {response.reason}: {kind}"


def find_project(client: DoccanoClient, name: str) -> dict[str, Any] | None:
    """The project of exactly this name among those in which the user has a role, or None.

    Raises ParknerError for several, and for a project of another type.
    """
    projects = [project for project in list_all(client, "v1/projects") if project["name"] == name]
    if len(projects) > 1:
        numbers = ", ".join(str(project["id"]) for project in projects)
        raise ParknerError(f"{client.baseurl}: {len(projects)} projects are called {name} (ids {numbers}): rename one")
    for project in projects:
        if project["project_type"] != "SequenceLabeling" or project["use_relation"]:
            kind = project["project_type"] + (" with relations" if project.get("use_relation") else "")
            raise ParknerError(f"{address(client, project)}: {name} is a project of type {kind}, not SequenceLabeling")
        return project
    return None


def address(client: DoccanoClient, project: dict[str, Any]) -> str:
    """Where a person opens the project."""
    return f"{client.baseurl}projects/{project['id']}"


def list_all(client: DoccanoClient, endpoint: str) -> Iterator[dict[str, Any]]:
    """Yield every item of a list, which doccano gives by the page."""
    offset, count = 0, 1
    while offset < count:
        page = client.get(endpoint, {"limit": PAGE, "offset": offset})
        yield from page["results"]
        offset, count = offset + PAGE, page["count"]


def wait_for_task(client: DoccanoClient, task: str, *, timeout: float) -> Any:
    """The result of a task that doccano's worker does; `timeout` is in seconds."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        status = client.get(f"v1/tasks/status/{task}")
        if status["error"]:
            raise ParknerError(f"{client.baseurl}: doccano's worker failed: {status['error']['text']}")
        if status["ready"]:
            return status["result"]
        time.sleep(0.2)
    raise ParknerError(
        f"{client.baseurl}: not done after {timeout:g} s: is the doccano worker (`doccano task`) running?"
    )


def export(
    client: DoccanoClient, project: dict[str, Any], *, confirmed_only: bool = False, timeout: float
) -> dict[str, list[dict[str, Any]]]:
    """The rows that doccano exports: under `all` in a collaborative project, else under the name of each user.

    Only what somebody has confirmed (there) or that user has (else), or everything. `timeout` is in seconds.
    """
    endpoint = f"v1/projects/{project['id']}/download"
    started = client.post(endpoint, json={"format": "JSONL", "exportApproved": confirmed_only})
    wait_for_task(client, started["task_id"], timeout=timeout)
    answer = client.get_file(endpoint, {"taskId": started["task_id"]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {
            name.removesuffix(".jsonl"): [json.loads(line) for line in archive.read(name).splitlines() if line.strip()]
            for name in archive.namelist()
        }
