"""A proxy in front of a doccano that passes requests on and spoils selected ones; or a server of its own."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import requests


class Answer(NamedTuple):
    """What comes instead of the server's answer, or after it: then the server has done its work already."""

    status: int
    kind: str = "text/html"
    body: bytes = b"<html>oops</html>"
    headers: tuple[tuple[str, str], ...] = ()
    after: bool = False


HANG_UP = Answer(0)
"""No answer at all."""
HALF = Answer(200, "application/zip", b"9\r\nhalf", (("Transfer-Encoding", "chunked"), ("Connection", "close")))
"""An answer that ends before its end."""


def to_json(content: Any, status: int = 200) -> Answer:
    return Answer(status, "application/json", json.dumps(content).encode())


Fault = Callable[[str, bytes], Answer | None]
"""Gets method and path, and the body; its answer is sent, None lets the request pass."""


@contextmanager
def spoil(url: str, fault: Fault) -> Iterator[str]:
    """Give the address of a proxy before `url`, or, if that is empty, of a server that is all faults."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = fault(f"{self.command} {self.path}", body)
            if answer is None or answer.after:
                headers = {key: value for key, value in self.headers.items() if key.lower() != "host"}
                passed = requests.request(
                    self.command, url + self.path, headers=headers, data=body, allow_redirects=False, timeout=60
                )
            if answer is None:
                hop = {"transfer-encoding", "connection", "content-encoding", "content-length", "date", "server"}
                kept = [(k, v) for k, v in passed.raw.headers.items() if k.lower() not in hop]
                answer = Answer(passed.status_code, "", passed.content, tuple(kept))
            if answer == HANG_UP:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for key, value in [("Content-Type", answer.kind), *answer.headers]:
                if value:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_PATCH = do_DELETE = do_PUT = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def once(pattern: str, answer: Answer, *, times: int = 1) -> Fault:
    """A fault of the first `times` requests that match."""
    left = [times]

    def fault(request: str, body: bytes) -> Answer | None:
        if left[0] and re.search(pattern, request):
            left[0] -= 1
            return answer
        return None

    return fault
