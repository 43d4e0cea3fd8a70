"""The export of a project as a stream of rows."""

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any
from urllib.parse import urljoin

import requests
from doccano_client import DoccanoClient

from annotate.doccano.api.client import take
from annotate.doccano.api.tasks import wait_for_task
from annotate.doccano.offsets import from_page
from annotate.errors import ParknerError
from annotate.files import open_temporary
from annotate.spans import Span

PIECE = 1 << 16
LONGEST_ROW = 1 << 24  # bytes; a text of 100,000 characters has less than a million


def export(
    client: DoccanoClient, project: Mapping[str, Any], *, confirmed_only: bool = False, timeout: float
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (user, row) for the rows that doccano exports, in the order of the upload, with offsets in code points.

    In a project that shares its labels the user is `all`; elsewhere each user has rows of his own. `confirmed_only`
    leaves out what nobody, or that user, has confirmed. The export is a file; one row at a time is in memory.
    `timeout` is in seconds.
    """
    endpoint = f"v1/projects/{project['id']}/download"
    url = urljoin(client.baseurl, endpoint)
    started = client.post(endpoint, json={"format": "JSONL", "exportApproved": confirmed_only})
    task = take(started, "task_id", str, address=url)
    wait_for_task(client, task, timeout=timeout)
    with open_temporary() as file:
        _download(client.session, url, task, file)
        try:
            with zipfile.ZipFile(file) as archive:
                for name in sorted(archive.namelist()):
                    with archive.open(name) as rows:
                        lines = (_to_row(line, project, url) for line in _read_lines(rows, url) if line.strip())
                        yield from ((name.removesuffix(".jsonl"), row) for row in lines)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ParknerError(f"{url}: the download is broken ({error}): run the command again") from error


def _read_lines(rows: IO[bytes], url: str) -> Iterator[bytes]:
    """Yield the lines; ParknerError for one that is too long for a row, before it fills the memory."""
    while line := rows.readline(LONGEST_ROW):
        if len(line) >= LONGEST_ROW:
            raise ParknerError(f"{url}: a row of more than {LONGEST_ROW} bytes")
        yield line


def _download(session: requests.Session, url: str, task: str, file: IO[bytes]) -> None:
    try:
        with session.get(url, params={"taskId": task}, stream=True) as answer:
            file.writelines(answer.iter_content(PIECE))
    except requests.RequestException as error:
        raise ParknerError(f"{url}: the download broke off ({error}): run the command again") from error


def _to_row(line: bytes, project: Mapping[str, Any], url: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ParknerError(f"{url}: a row that is not JSON: {error}") from error
    take(row, "id", int, address=url)
    text, label = take(row, "text", str, address=url), take(row, "label", list, address=url)
    if project["grapheme_mode"]:
        return dict(row)
    try:
        return {**row, "label": [list(span) for span in from_page(text, (Span(*span) for span in label))]}
    except TypeError as error:
        raise ParknerError(f"{url}: a row with a broken label: {error}") from error
