"""Projects and files with the uids of old, over article, number and text: nothing in them comes twice or is lost."""

import json
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.agreement.groups import group_readings
from annotate.doccano.api.client import connect
from annotate.doccano.api.users import create_user
from annotate.doccano.order import set_scores
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.doccano.team.assignment import assign, fetch_holders, split
from annotate.doccano.team.comments import post_comments
from annotate.records import read_sentences, to_row, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids, is_uid
from tests.people import comment, confirm, label, list_examples, make_project, strip, upload

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


def to_uid_of_old(sentence: Sentence, repeat: int = 0) -> str:
    parts = (sentence.article, str(sentence.number), sentence.text, *([str(repeat)] if repeat else []))
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def fill(client: DoccanoClient, name: str, rows: list[dict[str, Any]]) -> None:
    """A project that holds these rows."""
    project = make_project(client, name, collaborative_annotation=True)
    upload(client, project, "".join(json.dumps(row) + "\n" for row in rows).encode())


def fill_as_of_old(client: DoccanoClient, name: str, sentences: list[Sentence], *, repeat: int = 0) -> None:
    fill(client, name, [to_row(s) | {"uid": to_uid_of_old(s, repeat), "upload": "old"} for s in sentences])


def split_again(sentences: list[Sentence]) -> list[Sentence]:
    """What a better cleaning makes of the article: without its first line."""
    return [Sentence(s.text, s.spans, s.article, s.number - 1) for s in sentences[1:]]


def test_an_article_that_is_split_again_brings_nothing_new(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES, timeout=SECONDS)
    before = list_examples(client, name)
    assert push(client, name, split_again(SENTENCES), timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before


@pytest.mark.parametrize("change", [list, split_again], ids=["the same file", "split again"])
def test_nothing_is_sent_that_was_sent_of_old(
    client: DoccanoClient, name: str, change: Callable[[list[Sentence]], list[Sentence]]
) -> None:
    fill_as_of_old(client, name, SENTENCES)
    confirm(client, name, SENTENCES[1].text)
    before = list_examples(client, name)
    for _ in range(2):
        assert push(client, name, change(SENTENCES), timeout=SECONDS)[1:] == (len(change(SENTENCES)), 2, 0, 0, [])
        assert list_examples(client, name) == before
    new = Sentence("会议结束。", (), "a", 9)
    third = Sentence("见第三版。", (), "a", 10)
    assert push(client, name, [*change(SENTENCES), new, third], timeout=SECONDS).sent == 2
    assert push(client, name, [*SENTENCES, new, third], timeout=SECONDS).sent == 0


def test_doubles_of_old_are_copies_of_one(client: DoccanoClient, name: str) -> None:
    fill(client, name, [to_row(s) | {"uid": to_uid_of_old(s)} for s in (*SENTENCES, *SENTENCES)])
    _, examples = list_examples(client, name)
    assert push(client, name, split_again(SENTENCES), timeout=SECONDS).sent == 0
    left = [example["id"] for example in list_examples(client, name)[1] if example["text"] != HEAD]
    assert left == [example["id"] for example in examples[1:5]]


def test_sentences_alike_in_everything(client: DoccanoClient, name: str) -> None:
    alike = [Sentence("产业园今年开工。")] * 3
    rows = [to_row(s) | {"uid": to_uid_of_old(s, repeat)} for repeat, s in enumerate(alike)]
    fill(client, name, rows)
    assert push(client, name, alike, timeout=SECONDS).sent == 0
    assert len(list_examples(client, name)[1]) == 3


def test_what_somebody_else_has_uploaded(client: DoccanoClient, name: str) -> None:
    fill(client, name, [to_row(sentence) for sentence in SENTENCES])
    before = list_examples(client, name)
    assert push(client, name, SENTENCES, timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before
    assert strip(*pull(client, name, everything=True, timeout=SECONDS).sentences) == SENTENCES


def test_a_pull_knows_them(client: DoccanoClient, name: str) -> None:
    fill_as_of_old(client, name, SENTENCES)
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert pulled.faults == []
    assert list(pulled.sentences) == list(add_uids(SENTENCES))
    endpoint, examples = list_examples(client, name)
    client.update(f"{endpoint}/{examples[1]['id']}", {"text": "青岚生物港去年开工。"})
    (fault,) = pull(client, name, everything=True, timeout=SECONDS).faults
    assert fault.startswith("article a, number 2: its text or article is not what was sent")


def test_the_second_of_two_alike_stays_the_second(client: DoccanoClient, name: str) -> None:
    """However few of them are confirmed when it is pulled."""
    fill_as_of_old(client, name, SENTENCES)
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


def test_an_update_of_a_file_of_old(
    credentials: Server, client: DoccanoClient, parkner: Callable[..., Any], name: str, tmp_path: Path
) -> None:
    file = tmp_path / "back.jsonl"
    write_sentences(file, [s.with_keys(uid=to_uid_of_old(s)) for s in split_again(SENTENCES)])
    fill_as_of_old(client, name, SENTENCES)
    label(client, name, SENTENCES[3].text, (0, 3, "PARK"))
    confirm(client, name, SENTENCES[3].text)
    assert parkner("pull", "--project", name, "--update", "-o", file).code == 0
    back = list(read_sentences(file))
    assert [(s.number, s.text) for s in back] == [(s.number, s.text) for s in split_again(SENTENCES)]
    assert [s.spans for s in back] == [PARK, (), (Span(0, 3, "PARK"),), ()]
    assert all(is_uid(s.extra["uid"], s) for s in back)
    assert parkner("pull", "--project", name, "-o", file).code == 1  # would lose three


def test_order_and_comments_reach_them(client: DoccanoClient, name: str) -> None:
    fill_as_of_old(client, name, SENTENCES)
    tasks = list(add_uids(split_again(SENTENCES)))
    list(set_scores(client, name, tasks[::-1], timeout=SECONDS))
    assert [example["score"] for example in list_examples(client, name)[1]] == [100, 0.004, 0.003, 0.002, 0.001]
    list(post_comments(client, name, {tasks[0].extra["uid"]: ["存疑"]}, timeout=SECONDS))
    comment(client, name, HEAD, "无")
    pulled = pull(client, name, everything=True, timeout=SECONDS).sentences
    assert [s.extra.get("comments") for s in pulled] == [["无"], ["存疑"], None, None, None]


def test_readings_of_old_and_new_are_of_one_sentence() -> None:
    old = [s.with_keys(uid=to_uid_of_old(s)) for s in SENTENCES]
    grouped = group_readings({"li": old, "wang": add_uids(split_again(SENTENCES))})
    assert (len(grouped.groups), grouped.alone) == (4, (1, 0))


def test_a_reading_that_has_only_the_second_of_two_alike() -> None:
    both = [s for s in add_uids(SENTENCES) if s.text == "见第三版。"]
    (group,) = group_readings({"li": both[1:], "wang": both}).groups
    assert [sentence and sentence.number for sentence in group] == [5, 5]


@pytest.fixture(scope="module")
def users(server: Server) -> None:
    chief = connect(server.url, "chief", "a secret for tests")
    for person in ("hua", "ning"):
        create_user(chief, person)


def draw_as_of_old(person: str = "", *, sentence: Sentence) -> float:
    key = "\0".join((to_uid_of_old(sentence), *([person] if person else [])))
    return (int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) + 1) / 2**64


def split_as_of_old(sentences: list[Sentence], *, overlap: float) -> Mapping[str, list[Sentence]]:
    """The shares of two, by a draw for the uids of old."""
    shares: dict[str, list[Sentence]] = {"hua": [], "ning": []}
    for sentence in sentences:
        best = max(shares, key=lambda person: draw_as_of_old(person, sentence=sentence))
        for person in shares if draw_as_of_old(sentence=sentence) < overlap else [best]:
            shares[person].append(sentence)
    return shares


def test_shares_of_old_stay_as_they_are(client: DoccanoClient, users: None, name: str) -> None:
    sentences = [Sentence(f"青岚生物港第{number}句。", PARK, "a", number) for number in range(2, 42)]
    shares = split_as_of_old(sentences, overlap=0.3)
    assert 42 < sum(map(len, shares.values())) < 70
    for person, share in shares.items():
        fill_as_of_old(client, f"{name} · {person}", share)
    moved = [Sentence(s.text, s.spans, s.article, s.number - 1) for s in sentences]
    new = [Sentence(f"云渡科技城第{number}句。", PARK, "a", number) for number in range(50, 60)]
    sent = {}
    for file in (sentences, moved, [*moved, *new]):
        done = assign(
            client,
            name,
            file,
            weights={"hua": 1, "ning": 1},
            overlap=0.3,
            holders=fetch_holders(client, name, timeout=SECONDS),
            timeout=SECONDS,
        )
        sent[len(sent)] = [pushed.sent for _, pushed in done if pushed]
    assert sent[0] == sent[1] == [0, 0]
    fresh = split(new, {"hua": 1, "ning": 1}, overlap=0.3)
    assert sent[2] == [len(fresh["hua"]), len(fresh["ning"])]
