import pytest
import typer

from annotate.doccano.api.log_in import is_in_clear, is_this_machine, log_in
from annotate.doccano.server.run import Server


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://labels.example/", True),
        ("HTTP://labels.example/", True),
        ("HtTp://LABELS.example:8000", True),
        ("http://localhost.evil.example", True),
        ("http://127.0.0.1.evil.example", True),
        ("http://localhost@evil.example/", True),
        ("http://127.0.0.1:80@evil.example/", True),
        ("http://127.0.0.1\\.evil.example/", True),
        ("http://10.0.0.1", True),
        ("http://[::ffff:10.0.0.1]", True),
        ("http://[fe80::1]", True),
        ("https://labels.example/", False),
        ("HTTPS://labels.example/", False),
        ("http://localhost", False),
        ("HTTP://LocalHost:8000/", False),
        ("http://localhost./", False),
        ("http://127.0.0.1:8000", False),
        ("http://127.1", False),
        ("http://127.255.0.3/doccano/", False),
        ("http://[::1]:8000", False),
        ("http://[0:0:0:0:0:0:0:1]", False),
        ("http://[::ffff:127.0.0.1]", False),
        ("http://[::1", False),  # no address at all
    ],
)
def test_a_password_in_clear(url: str, expected: bool) -> None:
    assert is_in_clear(url) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("0x7f.0.0.1", True),
        ("2130706433", True),
        ("0177.0.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("128.0.0.1", False),
        ("::ffff:128.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_this_machine_by_all_its_addresses(host: str, expected: bool) -> None:
    assert is_this_machine(host) is expected


@pytest.mark.parametrize("lacking", ["DOCCANO_USERNAME", "DOCCANO_PASSWORD"])
def test_who_is_not_at_a_terminal_is_told_which_variable_lacks(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCCANO_USERNAME", "DOCCANO_PASSWORD"):
        monkeypatch.setenv(name, "" if name == lacking else "li")
    with pytest.raises(typer.BadParameter, match=f"^set the environment variable {lacking}$"):
        log_in("http://127.0.0.1:1")


def test_the_environment_lets_in(credentials: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert log_in(credentials.url).get("v1/me")["username"] == "chief"
    assert capsys.readouterr().err == ""
