"""What is no doccano, or none that lets us in; projects by their names."""

from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api import client as module
from annotate.doccano.api.client import address, connect, look_up_project
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from tests.fault_proxy import Answer, spoil, to_json
from tests.people import make_project


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
    answer = Answer(status, kind, body.encode(), (("Location", "http://127.0.0.1:1/"),))
    with spoil("", lambda *_: answer) as url, pytest.raises(ParknerError, match=message):
        connect(url, "chief", "secret")


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [(403, "application/json", "doccano answers 403"), (403, "text/html", "not a doccano, it answers 403")],
)
def test_a_log_in_that_breaks(status: int, kind: str, message: str) -> None:
    answer = Answer(status, kind, b"{}")
    with spoil("", lambda *_: answer) as url, pytest.raises(ParknerError, match=message):
        connect(url, "chief", "secret")


def test_the_password_goes_nowhere_else() -> None:
    """What asks for a log-in and then sends us to another address gets nothing but the log-in itself."""
    asked: list[str] = []
    with spoil("", lambda request, _: asked.append(request) or to_json({})) as elsewhere:
        away = Answer(307, headers=(("Location", f"{elsewhere}/v1/auth/login/"),))
        with (
            spoil("", lambda request, _: away if request.startswith("POST") else to_json({}, 403)) as url,
            pytest.raises(ParknerError, match=f"redirected to {elsewhere}"),
        ):
            connect(url, "chief", "secret")
    assert asked == []


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with pytest.raises(ParknerError, match=f"{tmp_path}/none.pem: no such file or folder of certificates"):
        connect("https://127.0.0.1:1", "chief", "secret")


@pytest.mark.parametrize(("username", "password"), [("chief", "not the secret"), ("nobody", "a secret for tests")])
def test_wrong_password(server: Server, username: str, password: str) -> None:
    with pytest.raises(
        ParknerError, match=rf"{server.url}/: wrong user name or password \(user {username}\)"
    ) as caught:
        connect(server.url, username, password)
    assert password not in str(caught.value)


def test_every_page_of_projects_is_searched(client: DoccanoClient, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = [make_project(client, f"{name} {number}") for number in range(3)]
    monkeypatch.setattr(module, "PAGE", 1)
    assert [look_up_project(client, project["name"]) for project in projects] == projects
    assert look_up_project(client, name) is None


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        ("TextClassification", {"project_type": "DocumentClassification"}, "DocumentClassification"),
        ("SequenceLabeling", {"use_relation": True}, "SequenceLabeling with relations"),
    ],
    ids=["classification", "relations"],
)
def test_a_project_of_another_kind_is_refused(
    client: DoccanoClient, name: str, kind: str, settings: dict[str, Any], message: str
) -> None:
    where = address(client, make_project(client, name, kind, **settings))
    with pytest.raises(ParknerError) as caught:
        look_up_project(client, name)
    assert str(caught.value) == f"{where}: {name} is a project of type {message}, not SequenceLabeling"
