import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project
from annotate.doccano.order import set_scores
from annotate.doccano.push import push
from annotate.doccano.row_format import to_upload
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.uid import add_uids
from tests.people import list_examples, upload

SECONDS = 60
SENTENCES = [Sentence(f"第{number}号产业园。", (), "a", number) for number in range(1, 4)]


def list_scores(client: DoccanoClient, name: str) -> list[float]:
    return [example["score"] for example in list_examples(client, name)[1]]


def test_the_order_becomes_the_score_of_all_copies(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES, timeout=SECONDS)
    upload(client, get_project(client, name), to_upload(add_uids(SENTENCES[:1]), upload="", by_grapheme=False))
    lacking = Sentence("别的园区。", (), "b", 1)
    order = [SENTENCES[2], lacking, SENTENCES[0]]
    assert list(set_scores(client, name, order, timeout=SECONDS)) == [1, 2, 3]
    assert list_scores(client, name) == [0.003, 100, 0.001, 0.003]
    list(set_scores(client, name, SENTENCES[1:2], timeout=SECONDS))
    assert list_scores(client, name) == [0.003, 0.001, 0.001, 0.003]


def test_there_is_no_order_without_a_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name}"):
        list(set_scores(client, name, SENTENCES, timeout=SECONDS))
