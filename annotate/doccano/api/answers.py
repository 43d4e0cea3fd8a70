"""What a doccano, or something before it, has answered: good, or a ParknerError that says what came instead."""

import requests

from annotate.errors import ParknerError

TOO_LARGE = 413


class TooLarge(ParknerError):
    """The server, or a proxy before it, takes no request of this size."""


def check_answer(response: requests.Response) -> requests.Response:
    """The answer, if it is a good one and no page for a browser; ParknerError for any other."""
    if response.is_redirect:
        raise ParknerError(f"{response.url}: redirected to {response.headers['Location']}: give the right address")
    if response.status_code == TOO_LARGE:
        raise TooLarge(f"{response.url}: {describe(response)}: a request of {_size(response)} bytes")
    if response.ok and _is_expected(response):
        return response
    hint = "; the proxy before it must pass Host and X-Forwarded-Proto on" if "CSRF Failed" in response.text else ""
    raise ParknerError(f"{response.url}: doccano answers {describe(response)}{hint}")


def _is_expected(response: requests.Response) -> bool:
    """Whether it is whole JSON, a file, or one of the answers that are neither: an upload's name, or nothing."""
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
    """Whether the answer says that it is JSON."""
    return response.headers.get("Content-Type", "").startswith("application/json")


def describe(response: requests.Response) -> str:
    """The status, and what a doccano says about it or what kind of thing else came."""
    kind = response.text[:200] if is_json(response) else response.headers.get("Content-Type", "nothing")
    return f"{response.status_code} {response.reason}: {kind}"
