from collections.abc import Callable

import pytest
import requests

from annotate.doccano.api.answers import TooLarge, check_answer
from annotate.errors import ParknerError

URL = "http://labels.example/v1/projects"


@pytest.fixture
def answer() -> Callable[..., requests.Response]:
    """What a server might answer, as requests would have read it."""

    def make(
        status: int, body: bytes = b"", *, kind: str = "application/json", method: str = "GET", **more: str
    ) -> requests.Response:
        response = requests.Response()
        response.status_code, response.reason, response.url = status, "Reason", more.pop("url", URL)
        response._content = body
        response.headers.update({"Content-Type": kind, **{key.replace("_", "-"): value for key, value in more.items()}})
        response.request = requests.Request(method, URL, data=b"12345" if method == "POST" else None).prepare()
        return response

    return make


@pytest.mark.parametrize(
    ("status", "body", "more"),
    [
        (200, b"[]", {}),
        (201, b'{"id": 7}', {"method": "POST"}),
        (204, b"", {"method": "DELETE", "kind": "text/html"}),
        (200, b"PK", {"kind": "application/zip", "Content_Disposition": "attachment"}),
        (200, b"3f2a", {"kind": "text/plain", "method": "POST", "url": "http://labels.example/v1/fp/process/"}),
    ],
)
def test_a_good_answer_is_passed_on(answer, status, body, more):
    response = answer(status, body, **more)
    assert check_answer(response) is response


@pytest.mark.parametrize(
    ("status", "body", "more", "message"),
    [
        (200, b'{"id": ', {}, 'doccano answers 200 Reason: {"id": '),
        (200, b"", {}, "doccano answers 200 Reason: "),
        (200, b"<p>", {"kind": "text/html; charset=utf-8"}, "doccano answers 200 Reason: text/html; charset=utf-8"),
        (200, b"<p>", {"kind": "text/html", "Content_Disposition": "inline"}, "doccano answers 200 Reason: text/html"),
        (200, b"welcome", {"kind": "text/plain"}, "doccano answers 200 Reason: text/plain"),
        (500, b"{" + b"x" * 300, {}, "doccano answers 500 Reason: {" + "x" * 199),
        (
            403,
            b'{"detail": "CSRF Failed: no"}',
            {},
            'doccano answers 403 Reason: {"detail": "CSRF Failed: no"}; '
            "its proxy must pass on Host and X-Forwarded-Proto",
        ),
        (
            302,
            b"",
            {"Location": "https://labels.example/"},
            "redirected to https://labels.example/: give the right address",
        ),
    ],
)
def test_what_is_no_good_answer_is_told(answer, status, body, more, message):
    with pytest.raises(ParknerError) as error:
        check_answer(answer(status, body, **more))
    assert str(error.value) == f"{URL}: {message}"


@pytest.mark.parametrize(("method", "size"), [("POST", 5), ("GET", 0)])
def test_a_request_that_is_too_large_is_told_by_its_size(answer, method, size):
    with pytest.raises(TooLarge) as error:
        check_answer(answer(413, b"<p>", kind="text/html", method=method))
    assert str(error.value) == f"{URL}: 413 Reason: text/html: a request of {size} bytes"
