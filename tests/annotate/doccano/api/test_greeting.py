import socket

import pytest
import requests

from annotate.doccano.api import greeting, transport
from annotate.doccano.api.greeting import greet
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from tests.fault_proxy import HANG_UP, Answer, spoil

send = requests.request


def test_a_doccano_says_that_nobody_has_logged_in(server: Server) -> None:
    answer = greet(send, f"{server.url}/")
    assert (answer.url, answer.status_code) == (f"{server.url}/v1/me", 403)


def test_tls_is_tried_on_a_doccano_without(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for more, as long as we do: so we do not."""
    monkeypatch.setattr(greeting, "HANDSHAKE_SECONDS", 0.5)
    for scheme in ("https", "HTTPS"):
        url = server.url.replace("http", scheme)
        with pytest.raises(ParknerError, match=rf"^{url}/: the server uses plain HTTP, not TLS: give {server.url}/$"):
            greet(send, f"{url}/")


def test_plain_http_to_a_server_that_hangs_up_on_it(secure_port: int) -> None:
    place = f"127.0.0.1:{secure_port}/"
    with pytest.raises(
        ParknerError, match=f"^http://{place}: the server uses TLS, not plain HTTP: give https://{place}$"
    ):
        greet(send, f"http://{place}")


def test_a_bad_request_where_no_tls_is_spoken_is_passed_on() -> None:
    with spoil("", lambda *_: Answer(400)) as url:
        assert greet(send, f"{url}/").status_code == 400


def test_a_server_that_hangs_up_and_speaks_no_tls_either() -> None:
    with (
        spoil("", lambda *_: HANG_UP) as url,
        pytest.raises(ParknerError, match=rf"^{url}/v1/me: the connection broke off: run the command again$"),
    ):
        greet(send, f"{url}/")


def test_what_only_complains_by_plain_http_is_not_recommended() -> None:
    with spoil("", lambda *_: Answer(400)) as url:
        secure = url.replace("http", "https")
        with pytest.raises(ParknerError, match=rf"^{secure}/v1/me: no TLS connection: "):
            greet(send, f"{secure}/")


def test_tls_that_never_comes_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greeting, "HANDSHAKE_SECONDS", 0.1)
    monkeypatch.setattr(greeting, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(transport, "REQUEST_SECONDS", 0.3)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(ParknerError, match=r"no answer within 0\.3 s"),
    ):
        greet(send, f"https://127.0.0.1:{silent.getsockname()[1]}/")


def test_no_server(free_port: int) -> None:
    for scheme in ("http", "https"):
        url = f"{scheme}://127.0.0.1:{free_port}/"
        with pytest.raises(ParknerError, match=rf"^{url}v1/me: no server answers here"):
            greet(send, url)
