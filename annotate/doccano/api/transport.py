"""HTTP to a doccano that fails loudly, tries again what may be tried again, and goes nowhere but where it is sent."""

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
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before each new try: a server that is started anew is back by then
LONGEST_PAUSE = 60.0
TOO_MANY = 429
PASSING = {500, 502, 503, 504}  # 500 is also what doccano says when SQLite is locked
# Of the requests that add something, those that may come twice: a doubled upload is found and removed.
REPEATABLE = re.compile(r"/v1/(fp/process/|projects/\d+/(upload|download))$")

Send = Callable[..., requests.Response]


def check_url(url: str) -> str:
    """The address of a doccano with a slash at its end; ParknerError where it is none, or holds a password.

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
    """The parts of an address, scheme and host in lower case; of what cannot be read, nothing.

    >>> split_url("HTTP://Labels.Example/").hostname, split_url("http://[::1").hostname
    ('labels.example', None)
    """
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def guard(session: requests.Session, *, log_in: Callable[[], object]) -> None:
    """Make every request of a session one that `check_answer` has looked at.

    Redirects are not followed. What fails in passing is tried again: while a server restarts, behind a proxy that
    answers 502, or 429 with the pause it asks for. A request that would do its work twice is not, unless it cannot
    have arrived. When the session has ended, `log_in` begins a new one and the request is sent once more.
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
    """Send, and again after each of PAUSES as long as it fails in passing."""
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
    """Send without following redirects; ParknerError for whatever another try would not mend."""
    try:
        return send(method, url, **{"timeout": REQUEST_SECONDS, **options, "allow_redirects": False})
    except requests.Timeout as error:
        if isinstance(error, requests.ConnectionError):  # no connection in time
            raise
        raise ParknerError(f"{url}: no answer within {REQUEST_SECONDS} s: run the command again") from error
    except requests.ConnectionError:
        raise
    except requests.exceptions.ChunkedEncodingError as error:  # the server ended while it was answering
        raise requests.ConnectionError(*error.args) from error
    except requests.RequestException as error:
        raise ParknerError(f"{url}: {error}") from error


def never_arrived(error: requests.ConnectionError) -> bool:
    """Whether there was no connection at all, so that nothing was done yet."""
    cause = error.args[0] if error.args else None
    return isinstance(error, requests.ConnectTimeout) or (
        isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    )


def is_untrusted(error: requests.ConnectionError) -> bool:
    """Whether there was TLS, but with a certificate of nobody we know, or of somebody else."""
    return isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error)


def explain(url: str, error: requests.ConnectionError) -> str:
    if is_untrusted(error):
        return f"{url}: the certificate is not trusted (name your own authority's in REQUESTS_CA_BUNDLE): {error}"
    if isinstance(error, requests.exceptions.SSLError):
        return f"{url}: no TLS connection: {error}"
    if never_arrived(error):
        return f"{url}: no server answers here; `parkner doccano` starts one"
    return f"{url}: the connection broke off: run the command again"


def _to_pause(response: requests.Response, pause: float) -> float:
    """The seconds that the server asks us to wait, where it does."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else pause


def _is_logged_out(response: requests.Response) -> bool:
    return response.status_code in (401, 403) and "credentials were not provided" in response.text
