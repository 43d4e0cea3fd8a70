"""A doccano behind an nginx, below a path of it, with and without TLS."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.daemon import Daemon
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.people import list_examples

SECONDS = 60
SETTINGS = """
{user}
pid nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{plain};
        listen 127.0.0.1:{secure} ssl;
        ssl_certificate server.pem;
        ssl_certificate_key server.pem;
        location /doccano/ {{
            proxy_pass {doccano}/;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
}}
"""


class Proxy(NamedTuple):
    """The addresses of a doccano behind an nginx, the authority that its certificate is from, and its log."""

    plain: str
    secure: str
    authority: Path
    log: Path


@pytest.fixture(scope="module")
def proxy(server: Server, find_port: Callable[[], int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx:
        pytest.skip("no nginx: apt-get install nginx")
    folder, plain, secure = tmp_path_factory.mktemp("nginx"), find_port(), find_port()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    user = "user root;" if os.geteuid() == 0 else ""  # nobody else may enter the folder
    settings = SETTINGS.format(user=user, plain=plain, secure=secure, doccano=server.url)
    (folder / "nginx.conf").write_text(settings)
    command = (nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;")
    with Daemon("nginx", command, folder=folder, environment={}) as daemon:
        daemon.wait_for_port(secure)
        yield Proxy(
            f"http://localhost:{plain}/doccano",
            f"https://localhost:{secure}/doccano/",
            folder / "authority.pem",
            daemon.log,
        )


def log_in(url: str) -> DoccanoClient:
    return connect(url, "chief", "a secret for tests")


def test_below_a_path(proxy: Proxy, sentences: list[Sentence], name: str) -> None:
    client = log_in(proxy.plain)
    pushed = push(client, name, sentences, timeout=SECONDS)
    assert pushed.where.startswith(f"{proxy.plain}/projects/")
    back = pull(client, name, everything=True, timeout=SECONDS).sentences
    assert [(sentence.text, sentence.spans) for sentence in back] == [(s.text, s.spans) for s in sentences]


def test_over_tls(proxy: Proxy, sentences: list[Sentence], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(proxy.authority))
    client = log_in(proxy.secure)
    client.session.headers["Origin"] = proxy.secure.removesuffix("/doccano/")  # as a browser does
    pushed = push(client, name, sentences, timeout=SECONDS)
    assert pushed.where.startswith(f"{proxy.secure}projects/")
    back = pull(client, name, everything=True, timeout=SECONDS).sentences
    assert [(sentence.text, sentence.spans) for sentence in back] == [(s.text, s.spans) for s in sentences]


def test_a_certificate_from_nobody_we_know(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    with pytest.raises(ParknerError, match=r"localhost:.* certificate is not trusted .*REQUESTS_CA_BUNDLE"):
        log_in(proxy.secure)


def test_plain_http_where_tls_is_wanted(proxy: Proxy) -> None:
    plain = proxy.secure.replace("https://", "http://")
    with pytest.raises(ParknerError, match=rf"{plain}: the server uses TLS, .*: give {proxy.secure}$"):
        log_in(plain)


def test_tls_where_plain_http_is_wanted(proxy: Proxy) -> None:
    secure = proxy.plain.replace("http://", "https://")
    with pytest.raises(ParknerError, match=rf"{secure}/: the server uses plain HTTP, .*: give {proxy.plain}/$"):
        log_in(secure)


def test_a_certificate_for_somebody_else(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(proxy.authority))
    with pytest.raises(ParknerError, match=r"127.0.0.1:.* certificate is not trusted"):
        log_in(proxy.secure.replace("localhost", "127.0.0.1"))


def test_more_than_nginx_takes_at_once(proxy: Proxy, name: str) -> None:
    client = log_in(proxy.plain)
    sentences = [Sentence("云渡科技城今年新增12家企业。" * 15, (Span(0, 5, "PARK"),), "a", n) for n in range(1, 1201)]
    assert len(sentences[0].text) > 200
    assert push(client, name, sentences, timeout=SECONDS).sent == 1200
    assert "client intended to send too large body" in proxy.log.read_text()
    assert len(list_examples(client, name)[1]) == 1200
