"""Send the first request to an address. It shows within seconds if http:// should be https://, or the reverse."""

from urllib.parse import urljoin

import requests

from annotate.doccano.api.answers import is_json
from annotate.doccano.api.transport import Send, explain, is_untrusted, never_arrived, send_once, split_url
from annotate.errors import ParknerError

HANDSHAKE_SECONDS, ANSWER_SECONDS = 3, 20  # timeouts to test whether a server uses TLS or plain HTTP
BAD_REQUEST = 400  # answer of a TLS server to plain HTTP, if it does not close the connection


def greet(send: Send, address: str) -> requests.Response:
    """Send a request without log-in to the address of a doccano; return the answer.

    Raises ParknerError if no server answers, or if it answers only over the other of http and https.
    """
    url, secure = urljoin(address, "v1/me"), split_url(address).scheme == "https"
    if secure and not _speaks_tls(send, url) and _speaks_plainly(send, _swap(url)):
        raise ParknerError(f"{address}: the server uses plain HTTP, not TLS: give {_swap(address)}")
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
    """Raise ParknerError if the server at an http address uses TLS."""
    if _speaks_tls(send, _swap(address)):
        raise ParknerError(f"{address}: the server uses TLS, not plain HTTP: give {_swap(address)}")


def _speaks_tls(send: Send, url: str) -> bool:
    """Tell whether a server soon answers over TLS, with any certificate. A doccano without TLS would only wait."""
    try:
        send("GET", url, timeout=(HANDSHAKE_SECONDS, ANSWER_SECONDS), allow_redirects=False)
    except requests.exceptions.SSLError as error:
        return is_untrusted(error)
    except requests.RequestException:
        return False
    return True


def _speaks_plainly(send: Send, url: str) -> bool:
    """Tell whether an http address answers like a doccano or a website, and not with the error of a proxy."""
    try:
        answer = send("GET", url, timeout=(HANDSHAKE_SECONDS, ANSWER_SECONDS), allow_redirects=False)
    except requests.RequestException:
        return False
    return answer.ok or is_json(answer)


def _swap(url: str) -> str:
    """Return the address with http and https swapped.

    >>> _swap("HTTPS://labels.example:8000/v1/me")
    'http://labels.example:8000/v1/me'
    """
    parts = split_url(url)
    return parts._replace(scheme="http" if parts.scheme == "https" else "https").geturl()
