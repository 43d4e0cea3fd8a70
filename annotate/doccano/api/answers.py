"""Check the answers of a doccano, or of a proxy in front of it. A ParknerError says what came instead."""

import requests

from annotate.errors import ParknerError

TOO_LARGE = 413


class TooLarge(ParknerError):
    """The server, or a proxy in front of it, does not accept a request of this size."""


def check_answer(response: requests.Response) -> requests.Response:
    """Return a good answer. Raises ParknerError for any other, also for a page for a browser."""
    if response.is_redirect:
        raise ParknerError(f"{response.url}: redirected to {response.headers['Location']}: give the right address")
    if response.status_code == TOO_LARGE:
        raise TooLarge(f"{response.url}: {describe(response)}: a request of {_size(response)} bytes")
    if response.ok and _is_expected(response):
        return response
    hint = "; its proxy must pass on Host and X-Forwarded-Proto" if "CSRF Failed" in response.text else ""
    raise ParknerError(f"{response.url}: doccano answers {describe(response)}{hint}")


def _is_expected(response: requests.Response) -> bool:
    """Tell whether the content is complete JSON, a file, the name of an upload or, except for GET, empty."""
    if response.request.method != "GET" and not response.content:
        return True
    if is_json(response):
        try:
            response.json()
        except ValueError:
            return False
        return True
    plain = "text/html" not in response.headers.get("Content-Type", "")
    return plain and ("Content-Disposition" in response.headers or "/v1/fp/" in response.url)


def _size(response: requests.Response) -> int:
    return int(response.request.headers.get("Content-Length", 0))


def is_json(response: requests.Response) -> bool:
    """Tell whether the answer declares itself as JSON."""
    return response.headers.get("Content-Type", "").startswith("application/json")


def describe(response: requests.Response) -> str:
    """Return the status of an answer, with the start of its JSON or else its content type."""
    kind = response.text[:200] if is_json(response) else response.headers.get("Content-Type", "nothing")
    return f"{response.status_code} {response.reason}: {kind}"
