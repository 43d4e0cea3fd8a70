from pathlib import Path

import pytest

from annotate.doccano.server.environment import FOREIGN, load_secret_key, make_environment, to_database_url
from annotate.errors import ParknerError


def test_the_secret_key_is_made_once(tmp_path: Path) -> None:
    key = load_secret_key(tmp_path)
    assert len(key) > 50
    assert load_secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_foreign_environment_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*FOREIGN, "DEBUG", "SECRET_KEY"):
        monkeypatch.setenv(name, "postgresql://a:b@db.example/labels")
    environment = make_environment(tmp_path)
    assert not (FOREIGN - {"DATABASE_URL"}) & set(environment)
    assert environment["DATABASE_URL"] == "postgresql://a:b@db.example/labels?sslmode=require"
    assert environment["DEBUG"] == "False"
    assert environment["SECRET_KEY"] == load_secret_key(tmp_path)


@pytest.mark.parametrize(
    ("url", "complete"),
    [
        ("postgres://a@db.example:5433/labels?sslmode=disable", "postgres://a@db.example:5433/labels?sslmode=disable"),
        ("postgresql://a@[::1]/labels?a=b", "postgresql://a@[::1]/labels?a=b&sslmode=require"),
        ("postgresql://a:p%2F%23@db/labels", "postgresql://a:p%2F%23@db/labels?sslmode=require"),
    ],
)
def test_the_address_of_a_database(url: str, complete: str) -> None:
    assert to_database_url(url) == complete


@pytest.mark.parametrize(
    "url",
    [
        "secret",
        "mysql://a:secret@db.example/labels",
        "postgresql:///labels",
        "postgresql://a:secret@db.example",
        "postgresql://a:sec#ret@db.example/labels",
        "postgresql://a:sec/ret@db.example/labels",
        "postgresql://a:sec?ret@db.example/labels",
        "postgresql://a:secret@[db.example/labels",
    ],
)
def test_what_is_no_database_is_not_repeated(url: str) -> None:
    with pytest.raises(ParknerError, match="DOCCANO_DATABASE_URL: not an address such as") as error:
        to_database_url(url)
    assert "sec" not in str(error.value)


def test_what_else_we_are_told_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    environment = make_environment(tmp_path)
    assert environment["DOCCANO_HOME"] == str(tmp_path)
    assert environment["HTTPS_PROXY"] == "http://proxy.example"
    assert "DATABASE_URL" not in environment


def test_a_wrong_address_of_a_database_makes_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCCANO_DATABASE_URL", "sqlite:///labels")
    with pytest.raises(ParknerError, match=r"^DOCCANO_DATABASE_URL: not an address"):
        make_environment(tmp_path)


def test_a_folder_that_takes_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ParknerError, match=f"^{tmp_path / 'file'}"):
        load_secret_key(tmp_path / "file")
