"""The first request to an address, which tells in seconds where http:// is written for https://, or the reverse."""

from urllib.parse import urljoin

import requests

from annotate.doccano.api.answers import is_json
from annotate.doccano.api.transport import Send, explain, is_untrusted, never_arrived, send_once, split_url
from annotate.errors import ParknerError

HANDSHAKE_SECONDS, ANSWER_SECONDS = 3, 20  # for a look whether TLS, or plain HTTP, is spoken somewhere
BAD_REQUEST = 400  # what a server that wants TLS answers to plain HTTP, if it does not hang up


def greet(send: Send, address: str) -> requests.Response:
    """What a server at the address of a doccano says to somebody who has not logged in.

    Raises ParknerError where none answers, or only by the other of http and https.
    """
    url, secure = urljoin(address, "v1/me"), split_url(address).scheme == "https"
    if secure and not _speaks_tls(send, url) and _speaks_plainly(send, _swap(url)):
        raise ParknerError(f"{address}: no TLS is spoken there, but plain HTTP: give {_swap(address)}")
    try:
        answer = send_once(send, "GET", url)
    except requests.ConnectionError as error:
        if not secure and not never_arrived(error):
            _refuse_tls(send, address)
        raise ParknerError(explain(url, error)) from error
    if not secure and answer.status_code == BAD_REQUEST:
        _refuse_tls(send, address)
    return answer


def _refuse_tls(send: Send, address: str) -> None:
    """Raise ParknerError where a server that got plain HTTP speaks TLS."""
    if _speaks_tls(send, _swap(address)):
        raise ParknerError(f"{address}: TLS is spoken there, not plain HTTP: give {_swap(address)}")


def _speaks_tls(send: Send, url: str) -> bool:
    """Whether an https address soon answers so, with whatever certificate: a doccano waits for a line of plain HTTP."""
    try:
        send("GET", url, timeout=(HANDSHAKE_SECONDS, ANSWER_SECONDS), allow_redirects=False)
    except requests.exceptions.SSLError as error:
        return is_untrusted(error)
    except requests.RequestException:
        return False
    return True


def _speaks_plainly(send: Send, url: str) -> bool:
    """Whether an http address answers as a doccano or a site does, not with the complaint of a proxy on the way."""
    try:
        answer = send("GET", url, timeout=(HANDSHAKE_SECONDS, ANSWER_SECONDS), allow_redirects=False)
    except requests.RequestException:
        return False
    return answer.ok or is_json(answer)


def _swap(url: str) -> str:
    """The same place by the other of http and https.

    >>> _swap("HTTPS://labels.example:8000/v1/me")
    'http://labels.example:8000/v1/me'
    """
    parts = split_url(url)
    return parts._replace(scheme="http" if parts.scheme == "https" else "https").geturl()
