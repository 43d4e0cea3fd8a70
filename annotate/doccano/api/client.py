"""Connect to a doccano and read its projects, with doccano-client on a session that checks every answer.

doccano-client itself never raises: it returns a wrong password, a refusal or an HTML page like a normal answer.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urljoin

import requests
from doccano_client import DoccanoClient
from requests.utils import get_environ_proxies

from annotate.doccano.api.answers import check_answer, describe, is_json
from annotate.doccano.api.greeting import greet
from annotate.doccano.api.transport import Send, check_url, explain, guard, send_once
from annotate.errors import ParknerError

PAGE = 100
GAPS = 10  # how often the last item read may be gone when the next page is fetched
UNKNOWN_TO_OLDER = {"collaborative_annotation": False, "grapheme_mode": False, "use_relation": False}
Kind = TypeVar("Kind")
Project = Mapping[str, Any]
"""A project as doccano describes it."""


def connect(url: str, username: str, password: str) -> DoccanoClient:
    """Log in to the doccano at `url`, such as `http://127.0.0.1:8000`; every later answer is checked.

    Raises ParknerError if no server answers there, if it is not a doccano, and for a wrong user name or password.
    """
    client = DoccanoClient.__new__(DoccanoClient)  # its constructor would send the password before anything is checked
    client.baseurl = check_url(url)
    client.session = open_session(client.baseurl)
    send = client.session.request
    me = greet(send, client.baseurl)
    if me.is_redirect:
        raise ParknerError(f"{url}: not a doccano, it answers {describe(me)} and redirects to {me.headers['Location']}")
    if me.status_code not in (401, 403) or not is_json(me):
        raise ParknerError(f"{url}: not a doccano, it answers {describe(me)}")
    log_in = partial(_log_in, client, send, username, password)
    log_in()
    guard(client.session, log_in=log_in)
    return client


def open_session(url: str) -> requests.Session:
    """Open a session with the proxies and certificates of the environment, looked up once and not per request."""
    session = requests.Session()
    session.trust_env = False
    session.proxies.update(get_environ_proxies(url))
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    if isinstance(session.verify, str) and not os.path.exists(session.verify):
        raise ParknerError(f"{session.verify}: no such file or folder of certificates (REQUESTS_CA_BUNDLE)")
    session.headers["Referer"] = url  # Django requires it over TLS
    return session


def _log_in(client: DoccanoClient, send: Send, username: str, password: str) -> None:
    client.session.cookies.clear()
    credentials = {"username": username, "password": password}
    answer = _ask(send, "POST", urljoin(client.baseurl, "v1/auth/login/"), data=credentials)
    if answer.status_code == 400:
        raise ParknerError(f"{client.baseurl}: wrong user name or password (user {username})")
    check_answer(answer)
    if "sessionid" not in client.session.cookies:
        raise ParknerError(f"{client.baseurl}: the log-in failed: the answer holds no session: {describe(answer)}")
    client.session.headers["X-CSRFToken"] = client.session.cookies.get("csrftoken", "")


def _ask(send: Send, method: str, url: str, **options: Any) -> requests.Response:
    try:
        return send_once(send, method, url, **options)
    except requests.ConnectionError as error:
        raise ParknerError(explain(url, error)) from error


def take(answer: Any, key: str, kind: type[Kind], *, address: str) -> Kind:
    """Return the value of a key of an answer. Raises ParknerError if it is missing or not of the expected type.

    >>> take({"task_id": 7}, "task_id", str, address="http://127.0.0.1/v1/projects/1/upload")
    Traceback (most recent call last):
    annotate.errors.ParknerError: http://127.0.0.1/v1/projects/1/upload: unexpected answer, task_id is 7: {'task_id': 7}
    """
    value = answer.get(key) if isinstance(answer, Mapping) else None
    if not isinstance(value, kind):
        raise ParknerError(f"{address}: unexpected answer, {key} is {value!r}: {str(answer)[:200]}")
    return value


def list_all(client: DoccanoClient, endpoint: str, **filters: Any) -> Iterator[dict[str, Any]]:
    """Yield every item of a paged list once.

    Items may be added or deleted meanwhile. Every item that exists the whole time is yielded: each page begins with the
    last item of the page before; if it does not, because items were deleted, the page before is read again. Raises
    ParknerError if the server gives fewer items than it counts, and if the list keeps changing.
    """
    where = urljoin(client.baseurl, endpoint)
    seen: set[int] = set()
    offset, fewest, gaps, overlaps = 0, sys.maxsize, 0, False
    while gaps < GAPS:
        page = client.get(endpoint, {"limit": PAGE + 1, "offset": offset, **filters})
        rows, count = take(page, "results", list, address=where), take(page, "count", int, address=where)
        items = [(take(row, "id", int, address=where), row) for row in rows]
        fewest = min(fewest, count)
        if overlaps and not (items and items[0][0] in seen):
            offset, gaps = max(0, offset - PAGE), gaps + 1
            overlaps = offset > 0
            continue
        for number, row in items:
            if number not in seen:
                seen.add(number)
                yield row
        if not items or offset + len(items) >= count:
            break
        overlaps = len(items) > 1  # a server may give fewer items than we ask for
        offset += len(items) - overlaps
    if gaps == GAPS or len(seen) < fewest:
        raise ParknerError(f"{where}: gives {len(seen)} of {count} items: run the command again")


def list_rows(client: DoccanoClient, endpoint: str) -> list[dict[str, Any]]:
    """Fetch the items of a list that doccano does not page."""
    rows = client.get(endpoint)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ParknerError(f"{urljoin(client.baseurl, endpoint)}: unexpected answer, no list: {str(rows)[:200]}")
    return rows


def list_numbers(client: DoccanoClient, endpoint: str, *, key: str) -> dict[str, int]:
    """Map the value of `key` in each row of a list, such as `username` or `name`, to the row's `id`."""
    where = urljoin(client.baseurl, endpoint)
    return {
        take(row, key, str, address=where): take(row, "id", int, address=where) for row in list_rows(client, endpoint)
    }


def list_projects(client: DoccanoClient) -> Iterator[dict[str, Any]]:
    """Yield the projects in which the user has a role. Settings that an older doccano lacks are added as false."""
    where = urljoin(client.baseurl, "v1/projects")
    for project in list_all(client, "v1/projects"):
        take(project, "id", int, address=where)
        take(project, "name", str, address=where)
        take(project, "project_type", str, address=where)
        yield UNKNOWN_TO_OLDER | project


def look_up_project(client: DoccanoClient, name: str) -> dict[str, Any] | None:
    """Find the project of exactly this name among those in which the user has a role; None if there is none.

    Raises ParknerError if there are several, or if it has another type.
    """
    projects = list_named(client, name)
    if len(projects) > 1:
        numbers = ", ".join(str(project["id"]) for project in projects)
        raise ParknerError(f"{client.baseurl}: {len(projects)} projects are called {name} (ids {numbers}): rename one")
    for project in projects:
        if project["project_type"] != "SequenceLabeling" or project["use_relation"]:
            kind = project["project_type"] + (" with relations" if project["use_relation"] else "")
            raise ParknerError(f"{address(client, project)}: {name} is a project of type {kind}, not SequenceLabeling")
        return project
    return None


def get_project(client: DoccanoClient, name: str) -> dict[str, Any]:
    """Find the project of this name. Raises ParknerError with the existing names if there is none."""
    project = look_up_project(client, name)
    if project is None:
        names = ", ".join(sorted(other["name"] for other in list_projects(client))) or "none"
        raise ParknerError(f"{client.baseurl}: no project is called {name} (there are: {names})")
    return project


def list_named(client: DoccanoClient, name: str) -> list[dict[str, Any]]:
    """List the projects of exactly this name, the oldest first."""
    return sorted((project for project in list_projects(client) if project["name"] == name), key=lambda own: own["id"])


def address(client: DoccanoClient, project: Mapping[str, Any]) -> str:
    """Return the address of the project's page."""
    return f"{client.baseurl}projects/{project['id']}"


def to_first_page(project: str, *, by_score: bool = False) -> str:
    """Return the address where a logged-in user labels the first sentence of a project, or that of the lowest score.

    `project` is the address of the project. Its page has a button "Start annotation", which ends in a 404 if pressed in
    the first second. With `by_score`, the button → follows that order.

    >>> to_first_page("http://127.0.0.1:8000/projects/1")
    'http://127.0.0.1:8000/projects/1/sequence-labeling?page=1'
    """
    order = "&ordering=score,created_at" if by_score else ""  # without created_at, the order of equal scores may change
    return f"{project}/sequence-labeling?page=1{order}"
