"""A doccano whose database is a PostgreSQL of the test's own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from annotate.doccano.api.client import connect
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import run_doccano
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span

SECONDS = 60
PASSWORD, IN_ADDRESS = "p/w#?@ 100%", "p%2Fw%23%3F%40%20100%25"
SENTENCES = [
    Sentence("🚀𠮷田制药落户云渡科技城。", (Span(1, 5, "ORG"), Span(7, 12, "PARK")), "a", 1),
    Sentence("<b>青岚生物港</b>新增12家 &amp; <script>alert(1)</script>", (Span(3, 8, "PARK"),), "a", 2),
    Sentence("\t第一行\r\n'第二行';-- \\x00 %s", (), "a", 3, {"score": 0.5, "published": "2024-05-06"}),
]


@pytest.fixture(scope="module")
def binaries() -> Path:
    """The folder with initdb and pg_ctl."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve())
    if not found:
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    return found[-1].parent


@pytest.fixture(scope="module")
def database(binaries: Path, find_port: Callable[[], int]) -> Iterator[str]:
    """The address of an empty database at a PostgreSQL with TLS."""
    port = find_port()
    account: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:  # not tmp_path: when root runs the tests nobody else may enter it
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "authority.pem")
        trustme.CA().cert_pem.write_to_path(folder / "stranger.pem")
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
        (folder / "server.pem").chmod(0o600)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            for path in (folder, *folder.iterdir()):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)

        def run(*command: str) -> None:
            subprocess.run([binaries / command[0], "-D", "data", *command[1:]], check=True, cwd=folder, **account)

        initial = ["--username=doccano", "--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
        run("initdb", *initial, "--locale=C")
        settings = {"listen_addresses": "localhost", "port": port, "unix_socket_directories": "", "fsync": "off"}
        settings |= {"ssl": "on", "ssl_cert_file": folder / "server.pem", "ssl_key_file": folder / "server.pem"}
        options = " ".join(f"-c {key}={value}" for key, value in settings.items())
        run("pg_ctl", "start", "--wait", "--log=log", "-o", options)
        try:
            tls = f"sslmode=verify-full&sslrootcert={folder / 'authority.pem'}"
            yield f"postgresql://doccano:{IN_ADDRESS}@localhost:{port}/postgres?{tls}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCCANO_USERNAME", "chief")
    monkeypatch.setenv("DOCCANO_PASSWORD", "a secret for tests")
    return tmp_path


@pytest.fixture
def refused(database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address with a fault in the environment."""
    monkeypatch.setenv("DOCCANO_DATABASE_URL", database.replace(*request.param))


def test_round_trip(database: str, home: Path, venv: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCCANO_DATABASE_URL", database)
    with run_doccano(home, port=free_port, venv=venv, report=lambda _: None) as server:
        client = connect(server.url, "chief", "a secret for tests")
        push(client, "项目", SENTENCES, timeout=SECONDS)
        back = list(pull(client, "项目", everything=True, timeout=SECONDS).sentences)
        assert [sentence.text for sentence in back] == [sentence.text for sentence in SENTENCES]
        assert [sentence.spans for sentence in back] == [sentence.spans for sentence in SENTENCES]
        assert {"score": 0.5, "published": "2024-05-06"}.items() <= back[2].extra.items()
        shown = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True).stdout
    files = [file for file in home.rglob("*") if file.is_file()]
    assert not [file for file in files if file.suffix == ".sqlite3"]
    for secret in (PASSWORD, IN_ADDRESS):
        assert secret not in shown
        assert not [file for file in files if secret.encode() in file.read_bytes()]


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (("authority.pem", "stranger.pem"), "certificate verify failed"),
        ((IN_ADDRESS, "secret"), 'password authentication failed for user "doccano"'),
        (("/postgres", "/none"), 'database "none" does not exist'),
    ],
    ids=["TLS", "password", "database"],
    indirect=["refused"],
)
def test_a_database_that_does_not_let_us_in(
    refused: None, home: Path, venv: Path, free_port: int, message: str
) -> None:
    with (
        pytest.raises(ParknerError, match=f"exit code 1: cannot connect to the database: .*{message}$") as error,
        run_doccano(home, port=free_port, venv=venv, report=lambda _: None),
    ):
        pass
    assert IN_ADDRESS not in str(error.value)
    assert "secret" not in str(error.value)
