"""Projects of a test's own, sentences that are hard to carry, and somebody who is no administrator."""

import pytest
from doccano_client import DoccanoClient

from annotate.corpus import Sentence
from annotate.doccano.client import connect
from annotate.doccano.server import Server
from annotate.spans import Span

PARK, ORG, METRIC, DATE = "PARK", "ORG", "METRIC", "DATE"


@pytest.fixture(scope="session")
def sentences() -> list[Sentence]:
    """Blanks at the edges, a tab, characters beyond the BMP, joined emoji, line ends, all kinds of extra keys."""
    return [
        Sentence(" 青岚生物港今年新增12家企业。 ", (Span(1, 6, PARK), Span(6, 8, DATE), Span(10, 13, METRIC)), "b", 1),
        Sentence(
            "\t🚀𠮷田制药\t落户云渡科技城", (Span(2, 6, ORG), Span(9, 14, PARK)), "b", 2, {"score": 0.123456789012}
        ),
        Sentence("　　共4个项目　", (Span(3, 5, METRIC),), "b", 10, {"score": 3, "published": "2024-05-06"}),
        Sentence(
            "cafe\u0301 👨\u200d👩 与青岚生物港", (Span(11, 16, PARK),), "a", 1, {"kinds": ["park", None], "ok": True}
        ),
        Sentence("第一行\r\n第二行\u2028云渡科技城", (Span(9, 14, PARK),), "a", 2, {"digits": "0012", "nothing": None}),
        Sentence("<b>这里</b>没有名字。", (), "a", 3),
    ]


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A project name of the test's own."""
    return f"项目 {request.node.name}"[-90:]


@pytest.fixture
def annotator(client: DoccanoClient, server: Server) -> DoccanoClient:
    """Somebody who is no administrator."""
    if "annotator" not in [user["username"] for user in client.get("v1/users")]:
        password = "another secret"
        client.post("v1/users/create", json={"username": "annotator", "password1": password, "password2": password})
    return connect(server.url, "annotator", "another secret")
