"""Pull from a real doccano: what people made of the sentences, and nothing of it lost on the way."""

from datetime import datetime

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids
from tests.people import add_member, comment, confirm, count_confirmed, label, list_examples, make_project, strip

SECONDS = 60


def pull_all(client: DoccanoClient, *names: str) -> list[Sentence]:
    return strip(*pull(client, *names, everything=True, timeout=SECONDS).sentences)


def test_what_is_pushed_comes_back(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    pulled = pull(client, pushed, everything=True, timeout=SECONDS)
    assert strip(*pulled.sentences) == sentences
    assert [s.extra["uid"] for s in pulled.sentences] == [s.extra["uid"] for s in add_uids(sentences)]
    assert pulled[2:] == (0, [], [], [])


def test_only_what_is_confirmed_is_pulled(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    with pytest.raises(ParknerError, match="nothing confirmed yet"):
        pull(client, pushed, timeout=SECONDS)
    confirm(client, pushed, sentences[2].text, sentences[5].text)
    assert strip(*pull(client, pushed, timeout=SECONDS).sentences) == [sentences[2], sentences[5]]
    assert count_confirmed(pull(client, pushed, everything=True, timeout=SECONDS).sentences) == 2
    confirm(client, pushed, sentences[2].text)  # takes it back
    assert strip(*pull(client, pushed, timeout=SECONDS).sentences) == [sentences[5]]


def test_who_confirmed_when_and_said_what(
    client: DoccanoClient, annotator: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    project = add_member(client, pushed, "annotator")
    confirm(client, pushed, sentences[0].text)
    endpoint, examples = list_examples(client, pushed)
    annotator.post(f"{endpoint}/{examples[1]['id']}/states")
    comment(client, pushed, sentences[1].text, "存疑")
    pulled = pull(client, pushed, timeout=SECONDS)
    chief, other = pulled.sentences
    assert (chief.extra["annotator"], other.extra["annotator"]) == ("chief", "annotator")
    states = client.get(f"v1/projects/{project['id']}/examples/{examples[1]['id']}/states")
    assert other.extra["confirmed_at"] == states["results"][0]["confirmed_at"]
    assert other.extra["comments"] == ["存疑"]
    assert pulled.warnings == ['1 sentences have comments, in their key "comments"']

    later = datetime.fromisoformat(other.extra["confirmed_at"])
    since = pull(client, pushed, since=later, timeout=SECONDS)
    assert [sentence.text for sentence in since.sentences] == [sentences[1].text]
    updated = pull(client, pushed, since=later, base=sentences, timeout=SECONDS)
    assert strip(*updated.sentences) == sentences
    assert count_confirmed(updated.sentences) == 1


def test_blanks_and_punctuation_are_cut_off_and_faults_told(
    client: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    label(client, pushed, sentences[0].text, (0, 6, "PARK"), (13, 17, "ORG"))
    label(client, pushed, sentences[5].text, (3, 99, "ORG"), (0, 2, "PARK"))
    pulled = pull(client, pushed, everything=True, timeout=SECONDS)
    assert next(iter(pulled.sentences)).spans == (Span(1, 6, "PARK"), Span(13, 15, "ORG"))
    assert pulled.trimmed == 2
    assert pulled.faults == ["article a, number 3: span [3, 99, ORG] ends after its text of 14 characters"]


def test_spans_that_overlap_are_told(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    make_project(client, name, collaborative_annotation=True, allow_overlapping=True)
    push(client, name, sentences, timeout=SECONDS)
    label(client, name, sentences[0].text, (1, 6, "PARK"), (1, 8, "ORG"))
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert next(iter(pulled.sentences)).spans == (Span(1, 6, "PARK"), Span(1, 8, "ORG"))
    assert pulled.faults == ["article b, number 1: span [1, 8, ORG] overlaps [1, 6, PARK]"]


def test_a_text_that_was_changed_on_the_server(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    endpoint, examples = list_examples(client, pushed)
    client.update(f"{endpoint}/{examples[0]['id']}", {"text": "别的话，不是送来的那一句。"})
    (fault,) = pull(client, pushed, everything=True, timeout=SECONDS).faults
    assert fault.startswith("article b, number 1: its text or article is not what was sent")


def test_a_missing_and_an_empty_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name}"):
        pull(client, name, timeout=SECONDS)
    make_project(client, name, collaborative_annotation=True)
    with pytest.raises(ParknerError, match="the project is empty"):
        pull(client, name, everything=True, timeout=SECONDS)


def test_a_row_that_is_no_record(client: DoccanoClient, pushed: str) -> None:
    endpoint, examples = list_examples(client, pushed)
    client.session.patch(f"{client.baseurl}{endpoint}/{examples[1]['id']}", json={"meta": {"number": "三"}})
    with pytest.raises(ParknerError, match=rf"projects/\d+: example {examples[1]['id']}: \"article\" is not a string"):
        pull(client, pushed, everything=True, timeout=SECONDS)


def test_files_of_several_users_are_joined(
    client: DoccanoClient, annotator: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    project = add_member(client, pushed, "annotator", "project_admin")
    client.update(
        f"v1/projects/{project['id']}", {"collaborative_annotation": False, "resourcetype": "SequenceLabelingProject"}
    )
    label(annotator, pushed, sentences[0].text, (1, 6, "ORG"), (11, 13, "ORG"))
    confirm(annotator, pushed, sentences[0].text)
    confirm(client, pushed, sentences[0].text, sentences[5].text)
    joined = sentences[0].with_spans([Span(1, 6, "ORG"), Span(6, 8, "DATE"), Span(11, 13, "ORG")])
    remark = "article b, number 1: annotator and chief differ; left out: [青岚生物港](PARK), [12家](METRIC)"
    pulled = pull(client, pushed, timeout=SECONDS)
    assert strip(*pulled.sentences) == [joined, sentences[5]]
    assert (count_confirmed(pulled.sentences), pulled.differences) == (2, [remark])
    assert [s.extra["annotator"] for s in pulled.sentences] == ["annotator, chief", "chief"]
    assert pulled.readings.list_confirmers() == ["annotator", "chief"]
    assert strip(*pulled.readings.read("chief")) == [sentences[0], sentences[5]]
    assert pull_all(client, pushed) == [joined, *sentences[1:]]
    with pytest.raises(ParknerError, match="has no times"):
        pull(client, pushed, since=datetime.fromisoformat("2026-11-22T00:00:00Z"), timeout=SECONDS)


def test_several_projects_are_joined(client: DoccanoClient, pushed: str, name: str, sentences: list[Sentence]) -> None:
    other = Sentence("云渡科技城扩建。", (Span(0, 5, "PARK"),), "c", 1)
    push(client, f"{name} 2", [sentences[0], other], timeout=SECONDS)
    label(client, f"{name} 2", sentences[0].text, (1, 6, "ORG"))
    confirm(client, f"{name} 2", sentences[0].text)  # confirmed counts before unconfirmed
    joined = [sentences[0].with_spans([Span(1, 6, "ORG")]), *sentences[1:], other]
    assert pull_all(client, pushed, f"{name} 2") == joined


def test_an_annotator_may_not_pull(client: DoccanoClient, annotator: DoccanoClient, pushed: str) -> None:
    add_member(client, pushed, "annotator")
    with pytest.raises(ParknerError, match="download: doccano answers 403 Forbidden"):
        pull(annotator, pushed, timeout=SECONDS)
