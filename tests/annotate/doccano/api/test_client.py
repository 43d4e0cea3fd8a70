"""What is no doccano, or none that lets us in."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from annotate.doccano.api import greeting, transport
from annotate.doccano.api.client import connect
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError


@contextmanager
def serve(
    status: int, kind: str, body: str, *, log_in: int = 0, asked: list[str] | None = None, **headers: str
) -> Iterator[str]:
    """A server that answers everything alike but a log-in, as a doccano never does; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if asked is not None:
                asked.append(self.path)
            self.send_response(log_in if log_in and self.command == "POST" else status)
            for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (200, "text/html", "<html>welcome</html>", "not a doccano, it answers 200 OK: text/html"),
        (502, "text/html", "<html>bad gateway</html>", "not a doccano, it answers 502 Bad Gateway"),
        (200, "application/json", "{}", "not a doccano, it answers 200 OK: {}"),
        (301, "text/plain", "", "not a doccano, it answers 301 Moved Permanently.* redirects to http://127.0.0.1:1/"),
    ],
)
def test_not_a_doccano(status: int, kind: str, body: str, message: str) -> None:
    with serve(status, kind, body, Location="http://127.0.0.1:1/") as url, pytest.raises(ParknerError, match=message):
        connect(url, "chief", "secret")


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [(403, "application/json", "doccano answers 403"), (403, "text/html", "not a doccano, it answers 403")],
)
def test_a_log_in_that_breaks(status: int, kind: str, message: str) -> None:
    with serve(status, kind, "{}") as url, pytest.raises(ParknerError, match=message):
        connect(url, "chief", "secret")


def test_the_password_goes_nowhere_else() -> None:
    """What asks for a log-in and then sends us to another address gets nothing but the log-in itself."""
    asked: list[str] = []
    with (
        serve(200, "application/json", "{}", asked=asked) as elsewhere,
        serve(403, "application/json", "{}", log_in=307, Location=f"{elsewhere}/v1/auth/login/") as url,
        pytest.raises(ParknerError, match=f"redirected to {elsewhere}"),
    ):
        connect(url, "chief", "secret")
    assert asked == []


def test_no_password_in_the_address() -> None:
    with pytest.raises(ParknerError, match=r"^no user name or password in the address") as caught:
        connect("https://chief:secret@labels.example/", "chief", "secret")
    assert "secret" not in str(caught.value)


def test_tls_is_tried_on_a_doccano_without(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for more, as long as we do: so we do not."""
    monkeypatch.setattr(greeting, "HANDSHAKE_SECONDS", 0.5)
    for scheme in ("https", "HTTPS"):
        url = server.url.replace("http", scheme)
        with pytest.raises(ParknerError, match=rf"the server uses plain HTTP, not TLS: give {server.url}/$"):
            connect(url, "chief", "a secret for tests")


@pytest.fixture
def secure_port() -> Iterator[int]:
    """The port of a server that hangs up on whoever does not begin with TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def test_plain_http_to_a_server_that_hangs_up_on_it(secure_port: int) -> None:
    message = (
        f"http://127.0.0.1:{secure_port}/: the server uses TLS, not plain HTTP: give https://127.0.0.1:{secure_port}/"
    )
    with pytest.raises(ParknerError, match=message):
        connect(f"http://127.0.0.1:{secure_port}", "chief", "secret")


def test_tls_that_never_comes_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greeting, "HANDSHAKE_SECONDS", 0.1)
    monkeypatch.setattr(greeting, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(transport, "REQUEST_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ParknerError, match=r"no answer within 0\.3 s"):
            connect(url, "chief", "secret")


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with pytest.raises(ParknerError, match=f"{tmp_path}/none.pem: no such file or folder of certificates"):
        connect("https://127.0.0.1:1", "chief", "secret")


def test_no_server(free_port: int) -> None:
    with pytest.raises(ParknerError, match=f"127.0.0.1:{free_port}/v1/me: no server answers here"):
        connect(f"http://127.0.0.1:{free_port}/", "chief", "secret")


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://localhost", "http://"])
def test_not_an_address(url: str) -> None:
    with pytest.raises(ParknerError, match="not an address such as http"):
        connect(url, "chief", "secret")


def test_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "REQUEST_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ParknerError, match=r"no answer within 0\.1 s"):
            connect(url, "chief", "secret")


@pytest.mark.parametrize(("username", "password"), [("chief", "not the secret"), ("nobody", "a secret for tests")])
def test_wrong_password(server: Server, username: str, password: str) -> None:
    with pytest.raises(
        ParknerError, match=rf"{server.url}/: wrong user name or password \(user {username}\)"
    ) as caught:
        connect(server.url, username, password)
    assert password not in str(caught.value)
