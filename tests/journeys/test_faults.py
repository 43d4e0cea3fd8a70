"""What goes wrong between us and a real doccano: nothing is lost or comes twice, and the message says what to do."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import sleep

import pytest
from doccano_client import DoccanoClient

from annotate.doccano import upload as upload_module
from annotate.doccano.api import transport
from annotate.doccano.api.client import connect
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.fault_proxy import Answer, Fault, once, spoil, to_json
from tests.people import confirm, label, list_examples, strip

SECONDS = 60
BAD_GATEWAY, TOO_MANY = Answer(502), Answer(429, headers=(("Retry-After", "0"),))
A_PAGE = Answer(200)
SLOW = pytest.mark.slow
ConnectThrough = Callable[[Fault], DoccanoClient]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads of ten sentences, and short pauses before new tries."""
    monkeypatch.setattr(upload_module, "CHUNK", 10)
    monkeypatch.setattr(transport, "PAUSES", (0.1, 0.1, 1.0, 2.0, 4.0, 8.0, 15.0))


@pytest.fixture
def many() -> list[Sentence]:
    return [
        Sentence(f"第{number:02}号产业园落户企业。", (Span(0, 7, "PARK"),), f"page-{number // 10}", number)
        for number in range(1, 21)
    ]


def push_all(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    """Push without a fault: then everything is there."""
    push(client, name, sentences, timeout=SECONDS)
    check_all_there(client, name, sentences)


def check_all_there(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    """Everything is there, once, as it was sent."""
    pulled = strip(*pull(client, name, everything=True, timeout=SECONDS).sentences)
    assert sorted(pulled, key=lambda s: s.number) == sentences
    assert len(list_examples(client, name)[1]) == len(sentences)


def start_parkner(*arguments: object, url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    environment = {**os.environ, "DOCCANO_URL": url, "DOCCANO_USERNAME": "chief"}
    environment["DOCCANO_PASSWORD"] = "a secret for tests"
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def run_and_kill(*arguments: object, server: Server, moment: str) -> None:
    """Run `parkner`, and kill it when a request matches, which then goes on."""
    running: list[subprocess.Popen[str]] = []
    with spoil(server.url, lambda request, _: running[0].kill() if re.search(moment, request) else None) as url:
        with start_parkner(*arguments, url=url) as process:
            running.append(process)
        assert process.returncode == -signal.SIGKILL


def on_second_upload(act: Callable[[], object]) -> Callable[[str], None]:
    """For `tell`: does something once, when a part has been sent."""
    left = [act]

    def tell(what: str) -> None:
        if what.startswith("10 of") and left:
            left.pop()()

    return tell


@pytest.mark.parametrize(
    "moment",
    [
        "POST .*/upload",
        "GET .*/tasks/status",
        pytest.param("POST /v1/fp/process", marks=SLOW),
        pytest.param("POST .*/download", marks=SLOW),
    ],
)
def test_killed_in_a_push(
    server: Server, client: DoccanoClient, name: str, many: list[Sentence], tmp_path: Path, moment: str
) -> None:
    write_sentences(tmp_path / "many.jsonl", many)
    run_and_kill("push", tmp_path / "many.jsonl", "--project", name, server=server, moment=moment)
    push_all(client, name, many)


@pytest.mark.parametrize(
    "moment", ["GET .*/states", *(pytest.param(f"{verb} .*/download", marks=SLOW) for verb in ("POST", "GET"))]
)
def test_killed_in_a_pull(
    server: Server, client: DoccanoClient, name: str, many: list[Sentence], tmp_path: Path, moment: str
) -> None:
    back = tmp_path / "back.jsonl"
    push(client, name, many, timeout=SECONDS)
    confirm(client, name, many[0].text, many[1].text)
    write_sentences(back, many[:1])
    before = back.read_bytes()
    run_and_kill("pull", "--project", name, "-o", back, server=server, moment=moment)
    assert [back] == list(tmp_path.iterdir())
    assert back.read_bytes() == before
    start_parkner("pull", "--project", name, "-o", back, url=server.url).communicate()
    assert strip(*read_sentences(back)) == many[:2]


@pytest.mark.parametrize(
    ("pattern", "answer", "times"),
    [
        ("GET .*/tasks/status", BAD_GATEWAY, 2),
        pytest.param("POST .*/fp/process/", BAD_GATEWAY, 2, marks=SLOW),
        pytest.param("POST .*/upload", BAD_GATEWAY, 2, marks=SLOW),
        ("POST .*/upload", BAD_GATEWAY._replace(after=True), 2),  # and so everything is uploaded three times
        ("POST .*/upload", TOO_MANY, 2),
        ("POST .*/span-types", TOO_MANY, 2),
        ("POST .*/span-types", BAD_GATEWAY._replace(after=True), 1),
        pytest.param("GET .*/projects", Answer(503, headers=(("Retry-After", "0"),)), 2, marks=SLOW),
        pytest.param("POST .*/download", Answer(504), 1, marks=SLOW),
    ],
)
def test_what_passes(
    client: DoccanoClient,
    connect_through: ConnectThrough,
    name: str,
    many: list[Sentence],
    pattern: str,
    answer: Answer,
    times: int,
) -> None:
    push(connect_through(once(pattern, answer, times=times)), name, many, timeout=SECONDS)
    check_all_there(client, name, many)


@pytest.mark.parametrize(
    ("pattern", "answer", "message"),
    [
        ("GET .*/tasks/status", A_PAGE, "tasks/status/.* doccano answers 200 OK: text/html"),
        pytest.param("POST .*/upload", A_PAGE, "projects/.*/upload: doccano answers 200 OK: text/html", marks=SLOW),
        ("POST .*/upload", to_json([]), "unexpected answer, task_id is None"),
        (
            "GET .*/projects",
            Answer(302, headers=(("Location", "http://elsewhere.example/"),)),
            "redirected to http://e",
        ),
    ],
)
def test_what_does_not_pass_leaves_nothing_half(
    client: DoccanoClient,
    connect_through: ConnectThrough,
    name: str,
    many: list[Sentence],
    pattern: str,
    answer: Answer,
    message: str,
) -> None:
    push(client, name, many[:5], timeout=SECONDS)
    with pytest.raises(ParknerError, match=message):
        push(connect_through(once(pattern, answer)), name, many, timeout=SECONDS)
    push_all(client, name, many)


def test_no_answer(
    server: Server, client: DoccanoClient, name: str, many: list[Sentence], monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = threading.Event()

    def hang(request: str, _: bytes) -> Answer | None:
        if "upload" in request:
            silence.wait()
        return None

    with spoil(server.url, hang) as url:  # until its end, when what we have given up has arrived after all
        there = connect(url, "chief", "a secret for tests")
        monkeypatch.setattr(transport, "REQUEST_SECONDS", 2)
        with pytest.raises(ParknerError, match=r"upload: no answer within 2 s: run the command again"):
            push(there, name, many, timeout=SECONDS)
        silence.set()
    monkeypatch.undo()
    push(client, name, many, timeout=SECONDS)
    push_all(client, name, many)


def test_the_session_ends_in_the_middle(server: Server, client: DoccanoClient, name: str, many: list[Sentence]) -> None:
    def end_sessions() -> None:
        with closing(sqlite3.connect(server.home / "db.sqlite3", timeout=30)) as database, database:
            database.execute("DELETE FROM django_session")

    push(client, name, many, timeout=SECONDS, tell=on_second_upload(end_sessions))
    check_all_there(client, name, many)


def test_the_database_is_locked(server: Server, client: DoccanoClient, name: str, many: list[Sentence]) -> None:
    """For longer than doccano waits for it."""

    def lock() -> None:
        def hold() -> None:
            with closing(sqlite3.connect(server.home / "db.sqlite3", timeout=30)) as database:
                database.execute("BEGIN EXCLUSIVE")
                held.set()
                sleep(7)
                database.rollback()

        held = threading.Event()
        threading.Thread(target=hold).start()
        held.wait()

    try:
        push(client, name, many, timeout=SECONDS, tell=on_second_upload(lock))
    except ParknerError as error:
        assert "run the command again" in str(error) or "worker failed" in str(error)  # noqa: PT017
        push(client, name, many, timeout=SECONDS)
    check_all_there(client, name, many)


def test_two_pushes_at_once(server: Server, client: DoccanoClient, name: str, many: list[Sentence]) -> None:
    gate = threading.Barrier(2)
    failures: list[BaseException] = []

    def work() -> None:
        there = connect(server.url, "chief", "a secret for tests")
        gate.wait()
        try:
            push(there, name, many, timeout=SECONDS)
        except ParknerError as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        push(client, name, many, timeout=SECONDS)
    check_all_there(client, name, many)


def test_people_work_while_more_comes(client: DoccanoClient, name: str, many: list[Sentence]) -> None:
    push(client, name, many[:10], timeout=SECONDS)

    def work() -> None:
        label(client, name, many[0].text, (0, 4, "ORG"))
        confirm(client, name, many[0].text, many[15].text)

    push(client, name, many[:10] + many[10:], timeout=SECONDS, tell=on_second_upload(work))
    corrected = many[0].with_spans([Span(0, 4, "ORG")])
    check_all_there(client, name, [corrected, *many[1:]])
    assert [s.text for s in pull(client, name, timeout=SECONDS).sentences] == [many[0].text, many[15].text]


def test_a_label_is_renamed_in_the_middle(client: DoccanoClient, name: str, many: list[Sentence]) -> None:
    def rename() -> None:
        endpoint = list_examples(client, name)[0].replace("examples", "span-types")
        park = next(kind for kind in client.get(endpoint) if kind["text"] == "PARK")
        client.update(f"{endpoint}/{park['id']}", {"text": "园区"})

    renamed = r'stored 20 sentences, 20 spans; .* has \[\[0, 7, "园区"\]\] instead of \[\[0, 7, "PARK"\]\]; '
    with pytest.raises(ParknerError, match=renamed):
        push(client, name, many, timeout=SECONDS, tell=on_second_upload(rename))
    assert len(list_examples(client, name)[1]) == 20


def test_odd_texts(client: DoccanoClient, name: str) -> None:
    texts = [
        "<script>alert(1)</script>&amp;<b>光谷</b>",
        "园" * 10_000,
        '{"text": "x"}',
        "\\n\\u0000'; DROP TABLE",
        "%s {}",
    ]
    odd = [Sentence(text, (Span(0, 1, "PARK"),), "odd", number) for number, text in enumerate(texts, start=1)]
    push_all(client, name, odd)


@pytest.fixture
def stopped_worker(private_server: Server) -> Iterator[Callable[[], None]]:
    """Lets the worker go on, which stands still, but not while it writes to the database."""
    while True:
        os.killpg(private_server.worker.pid, signal.SIGSTOP)
        database = sqlite3.connect(private_server.home / "db.sqlite3", timeout=0)
        with closing(database), suppress(sqlite3.OperationalError):  # it is locked
            database.execute("BEGIN IMMEDIATE")
            break
        os.killpg(private_server.worker.pid, signal.SIGCONT)
    yield lambda: os.killpg(private_server.worker.pid, signal.SIGCONT)
    os.killpg(private_server.worker.pid, signal.SIGCONT)


def test_the_worker_does_not_work(
    private_client: DoccanoClient, stopped_worker: Callable[[], None], name: str, many: list[Sentence]
) -> None:
    for _ in range(2):
        with pytest.raises(ParknerError, match=r"not done after 1 s: is the doccano worker .* nothing is duplicated"):
            push(private_client, name, many, timeout=1)
    stopped_worker()
    push_all(private_client, name, many)


def test_the_worker_is_killed(
    private_server: Server,
    private_client: DoccanoClient,
    restart_worker: Callable[[], None],
    name: str,
    many: list[Sentence],
) -> None:
    kill = on_second_upload(lambda: os.killpg(private_server.worker.pid, signal.SIGKILL))
    with pytest.raises(ParknerError, match="not done after 2 s: is the doccano worker"):
        push(private_client, name, many, timeout=2, tell=kill)
    restart_worker()
    push_all(private_client, name, many)


def test_the_server_is_killed_and_starts_again(
    private_server: Server,
    private_client: DoccanoClient,
    restart_web_server: Callable[[], None],
    name: str,
    many: list[Sentence],
) -> None:
    def restart() -> None:
        os.killpg(private_server.web_server.pid, signal.SIGKILL)
        again.start()

    again = threading.Thread(target=restart_web_server)
    push(private_client, name, many, timeout=SECONDS, tell=on_second_upload(restart))
    again.join()
    check_all_there(private_client, name, many)
