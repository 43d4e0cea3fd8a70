"""Push against a real doccano: everything arrives, and arrives once."""

from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import address, get_project, list_projects, look_up_project
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.row_format import to_upload
from annotate.doccano.team.assignment import assign
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids
from tests.people import comment, confirm, count_confirmed, label, list_examples, make_project, strip, upload

SECONDS = 60


def list_texts(client: DoccanoClient, name: str) -> list[str]:
    return [example["text"] for example in list_examples(client, name)[1]]


def push_half(client: DoccanoClient, name: str, sentences: list[Sentence], *, token: str = "") -> None:
    """What an earlier push has left: rows with their uids, looked at by nobody."""
    rows = to_upload(add_uids(sentences), upload=token, by_grapheme=False)
    upload(client, get_project(client, name), rows)


def test_a_push_says_what_went_where(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    pushed = push(client, name, sentences, timeout=SECONDS)
    assert pushed == (address(client, get_project(client, name)), 6, 8, 6, 0, [])


def test_what_a_page_counts_otherwise_is_not_sent(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    """In a project that counts by grapheme, in which `pull` would not trust the spans."""
    make_project(client, name, collaborative_annotation=True, grapheme_mode=True)
    refused = (
        r"article a, number 1: its spans would go wrong in .*/projects/\d+: push to another project, or, while that"
    )
    with pytest.raises(ParknerError, match=refused):
        push(client, name, sentences, timeout=SECONDS)
    with pytest.raises(ParknerError, match=refused):
        push(client, name, [sentence.with_spans(()) for sentence in sentences], timeout=SECONDS)
    assert list_texts(client, name) == []
    plain = [sentences[number] for number in (0, 1, 2, 5)]
    assert push(client, name, plain, timeout=SECONDS).warnings == []
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert (strip(*pulled.sentences), pulled.faults) == (plain, [])


def test_a_second_push_adds_nothing(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    push(client, name, sentences, timeout=SECONDS)
    before = list_examples(client, name)
    assert push(client, name, sentences, timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before


def test_a_grown_file_adds_what_is_new(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    push(client, name, sentences[:2], timeout=SECONDS)
    label(client, name, sentences[0].text, (1, 6, "ORG"))
    confirm(client, name, sentences[0].text)
    assert push(client, name, sentences, timeout=SECONDS).sent == 4
    assert list_texts(client, name) == [sentence.text for sentence in sentences]
    assert [s.spans for s in pull(client, name, timeout=SECONDS).sentences] == [(Span(1, 6, "ORG"),)]


def test_sentences_alike_all_arrive(client: DoccanoClient, name: str) -> None:
    again = [Sentence("产业园今年开工。"), Sentence("产业园今年开工。"), Sentence("产业园去年开工。")]
    for _ in range(2):
        push(client, name, again, timeout=SECONDS)
        assert list_texts(client, name) == [sentence.text for sentence in again]


def test_a_pulled_file_can_be_pushed_again(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    push(client, name, sentences, timeout=SECONDS)
    confirm(client, name, sentences[0].text)
    pulled = list(pull(client, name, everything=True, timeout=SECONDS).sentences)
    assert push(client, name, pulled, timeout=SECONDS).sent == 0
    assert push(client, f"{name} 2", pulled, timeout=SECONDS).sent == 6
    assert count_confirmed(pull(client, f"{name} 2", everything=True, timeout=SECONDS).sentences) == 0


def test_doubled_rows_are_removed(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    push(client, name, sentences, timeout=SECONDS)
    before = list_examples(client, name)
    push_half(client, name, sentences)
    assert len(list_texts(client, name)) == 12
    assert push(client, name, sentences, timeout=SECONDS).sent == 0
    assert list_examples(client, name) == before


def test_a_double_that_somebody_worked_on_stays(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    one, two, three = Sentence("甲园区。"), Sentence("乙园区。", (Span(0, 3, "PARK"),)), Sentence("丙园区。")
    push(client, name, [one, two, three], timeout=SECONDS)
    push_half(client, name, [one, two, three])
    endpoint, examples = list_examples(client, name)
    kept = [examples[0], examples[3], examples[4], examples[5]]  # of the doubles of two and three, the later ones
    comment(client, name, one.text, "两份都有人看过")
    types = {kind["text"]: kind["id"] for kind in client.get(endpoint.replace("examples", "span-types"))}
    client.post(f"{endpoint}/{kept[2]['id']}/spans", json={"start_offset": 3, "end_offset": 4, "label": types["ORG"]})
    client.post(f"{endpoint}/{kept[3]['id']}/states")
    pushed = push(client, name, [one, two, three], timeout=SECONDS)
    assert [example["id"] for example in list_examples(client, name)[1]] == [example["id"] for example in kept]
    numbers = f"{kept[0]['id']}, {kept[1]['id']}"
    assert pushed.warnings == [f"“甲园区。”: people have worked on 2 copies of it: {numbers}"]


def test_texts_that_came_without_their_spans(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    many = [Sentence(f"第{number:02}号园区。", (Span(0, 6, "PARK"),), "c", number) for number in range(1, 11)]
    push(client, name, sentences, timeout=SECONDS)
    push_half(client, name, [sentence.with_spans(()) for sentence in many], token="broken off")
    assert push(client, name, sentences + many, timeout=SECONDS).sent == 10
    pulled = {s.text: s.spans for s in pull(client, name, everything=True, timeout=SECONDS).sentences}
    assert pulled == {sentence.text: sentence.spans for sentence in sentences + many}


def test_spans_that_somebody_deleted_stay_away(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    push(client, name, sentences, timeout=SECONDS)
    alone = Sentence("云渡科技城。", (Span(0, 5, "PARK"),), "c", 1)
    push(client, name, [*sentences, alone], timeout=SECONDS)  # brings the last one by an upload of its own
    for text in (sentences[0].text, alone.text):
        label(client, name, text)
    pushed = push(client, name, [*sentences, alone], timeout=SECONDS)
    assert (pushed.sent, pushed.changed, pushed.spans) == (0, 2, 5)
    assert next(iter(pull(client, name, everything=True, timeout=SECONDS).sentences)).spans == ()


def test_what_does_not_arrive_is_told(
    client: DoccanoClient, name: str, sentences: list[Sentence], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(rows: Any, **options: Any) -> bytes:
        return to_upload([s.with_spans(()) for s in rows if s.number < 10], **options)

    monkeypatch.setattr("annotate.doccano.upload.to_upload", lose)
    with pytest.raises(ParknerError) as caught:
        push(client, name, sentences, timeout=SECONDS)
    project = look_up_project(client, name)
    assert project
    message = str(caught.value)
    assert message.startswith(
        f"{address(client, project)}: sent 6 sentences, 8 spans; stored 5 sentences, 0 spans; article b, number 1 "
        'has [] instead of [[1, 6, "PARK"], [6, 8, "DATE"], [10, 13, "METRIC"]]; article b, number 2 has [] instead of '
    )
    assert "; article b, number 10 is missing; " in message
    assert message.count("article ") == 5


def test_an_annotator_may_not_push(
    client: DoccanoClient, annotator: DoccanoClient, name: str, sentences: list[Sentence]
) -> None:
    with pytest.raises(ParknerError, match="v1/projects: doccano answers 403 Forbidden"):
        push(annotator, name, sentences, timeout=SECONDS)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (Sentence("甲园区。", (), "a", 1, {"id": 7}), 'doccano uses the key "id"'),
        (Sentence("甲园区\0。", (), "a", 1), "the text holds a NUL character"),
        (Sentence("甲园区。", (Span(0, 9, "PARK"),), "a", 1), "ends after its text"),
        (Sentence("甲园区。", (Span(0, 2, "PERSON"),), "a", 1), "has an unknown label"),
    ],
)
def test_no_way_to_the_server_passes_by_the_check(
    client: DoccanoClient, name: str, sentence: Sentence, message: str
) -> None:
    with pytest.raises(ParknerError, match=rf"^article a, number 1: .*{message}"):
        push(client, name, [Sentence("乙园区。"), sentence], timeout=SECONDS)
    with pytest.raises(ParknerError, match=rf"^article a, number 1: .*{message}"):
        list(
            assign(
                client,
                name,
                [Sentence("乙园区。"), sentence],
                weights={"chief": 1},
                held={},
                timeout=SECONDS,
            )
        )
    assert [project["name"] for project in list_projects(client) if name in project["name"]] == []
