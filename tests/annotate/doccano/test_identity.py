"""Rows that somebody uploaded without a uid: nothing in them comes twice or is lost."""

import json

from doccano_client import DoccanoClient

from annotate.agreement.groups import group_readings
from annotate.doccano.order import set_scores
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.team.assignment import fetch_holders
from annotate.doccano.team.comments import post_comments
from annotate.records import to_row
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids, to_uid
from tests.people import comment, list_examples, make_project, strip, upload

SECONDS = 60
PARK = (Span(0, 5, "PARK"),)
HEAD = "本报记者 沈砚秋"
SENTENCES = [
    Sentence(HEAD, (), "a", 1),
    Sentence("青岚生物港今年开工。", PARK, "a", 2),
    Sentence("见第三版。", (), "a", 3),
    Sentence("云渡科技城扩建。", PARK, "a", 4),
    Sentence("见第三版。", (), "a", 5),
]


def fill(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    """A project that holds these sentences, without uids."""
    project = make_project(client, name, collaborative_annotation=True)
    upload(client, project, "".join(json.dumps(to_row(sentence)) + "\n" for sentence in sentences).encode())


def split_again(sentences: list[Sentence]) -> list[Sentence]:
    """What a better cleaning makes of the article: without its first line."""
    return [Sentence(s.text, s.spans, s.article, s.number - 1) for s in sentences[1:]]


def test_an_article_that_is_split_again_brings_nothing_new(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES, timeout=SECONDS)
    before = list_examples(client, name)
    assert push(client, name, split_again(SENTENCES), timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before


def test_what_somebody_else_has_uploaded(client: DoccanoClient, name: str) -> None:
    fill(client, name, SENTENCES)
    before = list_examples(client, name)
    assert push(client, name, SENTENCES, timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before
    assert strip(*pull(client, name, everything=True, timeout=SECONDS).sentences) == SENTENCES
    assert fetch_holders(client, name, timeout=SECONDS) == {to_uid(sentence): {""} for sentence in SENTENCES}


def test_rows_that_were_uploaded_twice_are_copies(client: DoccanoClient, name: str) -> None:
    fill(client, name, [*SENTENCES, *SENTENCES])
    _, examples = list_examples(client, name)
    assert push(client, name, SENTENCES, timeout=SECONDS).sent == 0
    assert [example["id"] for example in list_examples(client, name)[1]] == [example["id"] for example in examples[:5]]


def test_the_second_of_two_alike_stays_the_second(client: DoccanoClient, name: str) -> None:
    """However few of them are confirmed when it is pulled."""
    fill(client, name, SENTENCES)
    endpoint, examples = list_examples(client, name)
    client.post(f"{endpoint}/{examples[4]['id']}/states")
    second = list(pull(client, name, timeout=SECONDS).sentences)
    client.post(f"{endpoint}/{examples[2]['id']}/states")
    both = list(pull(client, name, base=second, timeout=SECONDS).sentences)
    assert [(sentence.number, sentence.extra["uid"]) for sentence in both] == [
        (sentence.number, sentence.extra["uid"]) for sentence in add_uids(SENTENCES) if sentence.text == "见第三版。"
    ]
    assert both[1:] == second
    assert push(client, name, second, timeout=SECONDS).sent == 0


def test_order_and_comments_reach_them(client: DoccanoClient, name: str) -> None:
    fill(client, name, SENTENCES)
    tasks = list(add_uids(split_again(SENTENCES)))
    list(set_scores(client, name, tasks[::-1], timeout=SECONDS))
    assert [example["score"] for example in list_examples(client, name)[1]] == [100, 0.004, 0.003, 0.002, 0.001]
    list(post_comments(client, name, {tasks[0].extra["uid"]: ["存疑"]}, timeout=SECONDS))
    comment(client, name, HEAD, "无")
    pulled = pull(client, name, everything=True, timeout=SECONDS).sentences
    assert [s.extra.get("comments") for s in pulled] == [["无"], ["存疑"], None, None, None]


def test_a_reading_that_has_only_the_second_of_two_alike() -> None:
    both = [s for s in add_uids(SENTENCES) if s.text == "见第三版。"]
    (group,) = group_readings({"li": both[1:], "wang": both}).groups
    assert [sentence and sentence.number for sentence in group] == [5, 5]
