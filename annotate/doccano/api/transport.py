"""HTTP requests to a doccano: raise errors, retry what is safe to retry, follow no redirects."""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from annotate.doccano.api.answers import check_answer
from annotate.errors import ParknerError

REQUEST_SECONDS = 60
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before each retry: a restarted server is back by then
LONGEST_PAUSE = 60.0
TOO_MANY = 429
PASSING = {500, 502, 503, 504}  # temporary errors; doccano answers 500 when SQLite is locked
# POST requests that may be sent twice: a double upload is found and removed.
REPEATABLE = re.compile(r"/v1/(fp/process/|projects/\d+/(upload|download))$")

Send = Callable[..., requests.Response]


def check_url(url: str) -> str:
    """Return the address of a doccano with a slash at its end. Raises ParknerError if it is invalid or has a password.

    >>> check_url("https://labels.example/doccano")
    'https://labels.example/doccano/'
    """
    if "@" in url:
        raise ParknerError("no user name or password in the address of doccano: set DOCCANO_USERNAME, DOCCANO_PASSWORD")
    parts = split_url(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ParknerError(f"{url or '(none)'}: not an address such as http://127.0.0.1:8000")
    return url.rstrip("/") + "/"


def split_url(url: str) -> SplitResult:
    """Split an address into its parts, scheme and host in lower case; all parts are empty if it cannot be parsed.

    >>> split_url("HTTP://Labels.Example/").hostname, split_url("http://[::1").hostname
    ('labels.example', None)
    """
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def guard(session: requests.Session, *, log_in: Callable[[], object]) -> None:
    """Make a session check every answer with `check_answer` and retry after temporary errors.

    It follows no redirects. Temporary errors are those of a restarting server, of a proxy that answers 502, and 429,
    after which it waits as long as the server asks. A request that would do its work twice is only retried if it cannot
    have arrived. If the session has ended, `log_in` begins a new one and the request is sent once more.
    """
    send = session.request

    def request(method: str, url: str, **options: Any) -> requests.Response:
        response = _try(send, method, url, **options)
        if _is_logged_out(response):
            session.cookies.clear()
            log_in()
            response = _try(send, method, url, **options)
        return check_answer(response)

    session.request = request  # type: ignore[method-assign, assignment]


def _try(send: Send, method: str, url: str, **options: Any) -> requests.Response:
    """Send a request; as long as it fails temporarily, send it again after each of PAUSES."""
    safe = method != "POST" or bool(REPEATABLE.search(url))
    for pause in PAUSES:
        try:
            response = send_once(send, method, url, **options)
        except requests.ConnectionError as error:
            if isinstance(error, requests.exceptions.SSLError) or not (safe or never_arrived(error)):
                raise ParknerError(explain(url, error)) from error
        else:
            if response.status_code != TOO_MANY and not (safe and response.status_code in PASSING):
                return response
            pause = _to_pause(response, pause)
        time.sleep(pause)
    try:
        return send_once(send, method, url, **options)
    except requests.ConnectionError as error:
        raise ParknerError(explain(url, error)) from error


def send_once(send: Send, method: str, url: str, **options: Any) -> requests.Response:
    """Send without following redirects. Raises ParknerError for an error that a retry cannot fix."""
    try:
        return send(method, url, **{"timeout": REQUEST_SECONDS, **options, "allow_redirects": False})
    except requests.Timeout as error:
        if isinstance(error, requests.ConnectionError):  # no connection in time
            raise
        raise ParknerError(f"{url}: no answer within {REQUEST_SECONDS} s: run the command again") from error
    except requests.ConnectionError:
        raise
    except requests.exceptions.ChunkedEncodingError as error:  # the server stopped while it was answering
        raise requests.ConnectionError(*error.args) from error
    except requests.RequestException as error:
        raise ParknerError(f"{url}: {error}") from error


def never_arrived(error: requests.ConnectionError) -> bool:
    """Tell whether there was no connection at all, so that the server has done nothing yet."""
    cause = error.args[0] if error.args else None
    return isinstance(error, requests.ConnectTimeout) or (
        isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    )


def is_untrusted(error: requests.ConnectionError) -> bool:
    """Tell whether TLS failed because the certificate is not trusted or belongs to another host."""
    return isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error)


def explain(url: str, error: requests.ConnectionError) -> str:
    if is_untrusted(error):
        return f"{url}: the certificate is not trusted (REQUESTS_CA_BUNDLE can name your own authority): {error}"
    if isinstance(error, requests.exceptions.SSLError):
        return f"{url}: no TLS connection: {error}"
    if never_arrived(error):
        return f"{url}: no server answers here; `parkner doccano` starts one"
    return f"{url}: the connection broke off: run the command again"


def _to_pause(response: requests.Response, pause: float) -> float:
    """Return the seconds that the server asks us to wait, at most LONGEST_PAUSE; else `pause`."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else pause


def _is_logged_out(response: requests.Response) -> bool:
    return response.status_code in (401, 403) and "credentials were not provided" in response.text
