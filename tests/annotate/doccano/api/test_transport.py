import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import requests

from annotate.doccano.api import transport
from annotate.doccano.api.transport import LONGEST_PAUSE, PAUSES, check_url, guard, send_once
from annotate.errors import ParknerError
from tests.fault_proxy import HALF, HANG_UP, Answer, spoil, to_json

GOOD, BAD_GATEWAY, TOO_MANY = to_json({}), Answer(502), Answer(429)
LOGGED_OUT = to_json({"detail": "Authentication credentials were not provided."}, 403)
Ask = Callable[[str, str], requests.Response]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses, in seconds, of which none is made."""
    made: list[float] = []
    monkeypatch.setattr(transport, "time", SimpleNamespace(sleep=made.append))
    return made


@contextmanager
def answer_in_turn(*answers: Answer) -> Iterator[tuple[Ask, list[str]]]:
    """A guarded session with a server that gives one answer after the other, and what is asked of it, log-ins too."""
    asked: list[str] = []
    left = iter(answers)
    with spoil("", lambda request, _: asked.append(request) or next(left)) as url, requests.Session() as session:
        session.cookies.set("sessionid", "old")
        guard(session, log_in=lambda: asked.append(f"log in with {dict(session.cookies)}"))
        yield lambda method, path: session.request(method, url + path), asked


@pytest.mark.parametrize(
    "url", ["", "localhost:8000", "ftp://localhost", "http://", "http://[::1"], ids=lambda url: url or "none"
)
def test_not_an_address(url: str) -> None:
    with pytest.raises(ParknerError, match=r"not an address such as http"):
        check_url(url)


def test_an_address_ends_with_one_slash() -> None:
    assert {check_url(f"https://labels.example{end}") for end in ("", "/", "//")} == {"https://labels.example/"}


def test_no_password_in_the_address() -> None:
    with pytest.raises(ParknerError, match=r"^no user name or password in the address") as caught:
        check_url("https://chief:secret@labels.example/")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("GET", "/v1/me", status) for status in (429, 500, 502, 503, 504)),
        *((method, "/v1/projects/7", 502) for method in ("PATCH", "DELETE")),
        *(("POST", path, 502) for path in ("/v1/fp/process/", "/v1/projects/7/upload", "/v1/projects/7/download")),
        ("POST", "/v1/projects", 429),
    ],
)
def test_what_fails_in_passing_is_tried_again(pauses: list[float], method: str, path: str, status: int) -> None:
    with answer_in_turn(Answer(status), GOOD) as (ask, asked):
        assert ask(method, path).json() == {}
    assert (asked, pauses) == ([f"{method} {path}"] * 2, [PAUSES[0]])


@pytest.mark.parametrize(
    ("method", "path", "answer", "message"),
    [
        ("POST", "/v1/projects", BAD_GATEWAY, "doccano answers 502 Bad Gateway"),
        ("POST", "/v1/projects/7/examples", Answer(500), "doccano answers 500 Internal"),
        ("POST", "/v1/projects", HANG_UP, "the connection broke off: run the command again"),
        ("GET", "/v1/me", to_json({}, 404), "doccano answers 404 Not Found"),
        ("GET", "/v1/me", Answer(302, headers=(("Location", "/v1/you"),)), "redirected to /v1/you"),
    ],
)
def test_what_would_be_done_twice_or_does_not_pass_is_asked_once(
    pauses: list[float], method: str, path: str, answer: Answer, message: str
) -> None:
    with answer_in_turn(answer, GOOD) as (ask, asked), pytest.raises(ParknerError, match=f"{path}: {message}"):
        ask(method, path)
    assert (asked, pauses) == ([f"{method} {path}"], [])


@pytest.mark.parametrize("answer", [HANG_UP, HALF], ids=["no answer", "half an answer"])
def test_a_connection_that_breaks_off_is_made_again(pauses: list[float], answer: Answer) -> None:
    with answer_in_turn(answer, answer, GOOD) as (ask, _):
        assert ask("GET", "/v1/me").json() == {}
    assert pauses == list(PAUSES[:2])


@pytest.mark.parametrize(
    ("answer", "message"), [(BAD_GATEWAY, "doccano answers 502"), (HANG_UP, "the connection broke off")]
)
def test_what_never_passes_is_told_at_the_end(pauses: list[float], answer: Answer, message: str) -> None:
    tries = len(PAUSES) + 1
    with answer_in_turn(*[answer] * tries) as (ask, asked), pytest.raises(ParknerError, match=message):
        ask("GET", "/v1/me")
    assert (len(asked), pauses) == (tries, list(PAUSES))


@pytest.mark.parametrize(("asked_for", "pause"), [("7", 7), ("86400", LONGEST_PAUSE), ("soon", PAUSES[0])])
def test_a_server_may_ask_for_a_pause(pauses: list[float], asked_for: str, pause: float) -> None:
    with answer_in_turn(TOO_MANY._replace(headers=(("Retry-After", asked_for),)), GOOD) as (ask, _):
        ask("GET", "/v1/me")
    assert pauses == [pause]


def test_who_was_logged_out_logs_in_and_asks_once_more() -> None:
    with answer_in_turn(LOGGED_OUT, GOOD, LOGGED_OUT, LOGGED_OUT) as (ask, asked):
        ask("POST", "/v1/projects")
        assert asked == ["POST /v1/projects", "log in with {}", "POST /v1/projects"]
        with pytest.raises(ParknerError, match=r"doccano answers 403 Forbidden: .*credentials"):
            ask("POST", "/v1/projects")


def test_who_may_not_do_something_does_not_log_in_for_it() -> None:
    with answer_in_turn(to_json({}, 403)) as (ask, asked), pytest.raises(ParknerError, match="403 Forbidden"):
        ask("GET", "/v1/me")
    assert asked == ["GET /v1/me"]


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        guard(session, log_in=lambda: None)
        yield session


def test_what_cannot_have_arrived_may_be_sent_again(
    session: requests.Session, pauses: list[float], free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}/v1/projects"
    with pytest.raises(ParknerError, match=rf"^{url}: no server answers here; `parkner doccano` starts one$"):
        session.post(url)
    assert pauses == list(PAUSES)


def test_a_certificate_of_nobody_we_know_is_not_tried_again(
    session: requests.Session, pauses: list[float], secure_port: int
) -> None:
    url = f"https://127.0.0.1:{secure_port}/v1/me"
    with pytest.raises(ParknerError, match=rf"^{url}: the certificate is not trusted \(REQUESTS_CA_BUNDLE"):
        session.get(url)
    assert pauses == []


def test_tls_is_not_tried_again_where_there_is_none(session: requests.Session, pauses: list[float]) -> None:
    with spoil("", lambda *_: GOOD) as url, pytest.raises(ParknerError, match=r"^https:.*: no TLS connection: "):
        session.get(url.replace("http", "https"))
    assert pauses == []


def test_a_server_that_never_answers(session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "REQUEST_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(ParknerError, match=rf"^{url}: no answer within 0\.1 s: run the command again$"):
            session.get(url)


def test_what_cannot_be_sent_at_all_is_named() -> None:
    with pytest.raises(ParknerError, match=r"^http://\*/v1/me: URL has an invalid label"):
        send_once(requests.request, "GET", "http://*/v1/me")
