"""What is accepted of several readings, what is left to decide, and the review project on a real doccano."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient
from hypothesis import given
from hypothesis import strategies as st

from annotate.agreement.adjudication import add_accepted, adjudicate, take_majority
from annotate.agreement.groups import ReadingGroups, group_readings
from annotate.doccano.api.client import list_all, look_up_project
from annotate.doccano.server.run import Server
from annotate.doccano.team.comments import post_comments
from annotate.errors import ParknerError
from annotate.pages.markup import from_markup
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span, find_overlaps, keep_first
from tests.people import confirm, label, list_examples

TEXT = "园" * 12
LI = [
    "[青岚生物港](PARK)[今年](DATE)新增[12家](METRIC)企业。",
    "云渡制药落户[云渡科技城](PARK)。",
    "[石桥高新区](PARK)将引进[近500名](METRIC)\\[人才\\]。",
    "会议结束。",
    "只有李读过。",
]
WANG = [
    LI[0],
    "[云渡制药](ORG)落户云渡科技城。",
    "[石桥高新区](PARK)将引进近[500名](METRIC)\\[人才\\]。",
    LI[3],
]


def read(*marked: str, **extra: Any) -> list[Sentence]:
    pairs = map(from_markup, marked)
    return [Sentence(text, tuple(spans), "a", number, extra) for number, (text, spans) in enumerate(pairs, start=1)]


def collate_all(*readings: list[Sentence]) -> ReadingGroups:
    return group_readings(dict(zip(("li", "wang", "zhao"), readings, strict=False)))


def test_what_all_have_alike_is_accepted() -> None:
    li = read(*LI, annotator="li", confirmed_at="2026-11-20T08:00:00Z", published="2024-05-06", comments=["存疑"])
    wang = read(*WANG, annotator="wang", confirmed_at="2026-11-21T08:00:00Z", published="2024-05-06")
    grouped = collate_all(li, wang)
    accepted, undecided, _ = adjudicate(grouped)
    assert [(sentence.text, sentence.spans) for sentence in accepted] == [(li[n].text, li[n].spans) for n in (0, 3)]
    assert accepted[0].extra == {
        "annotator": "li, wang",
        "confirmed_at": "2026-11-21T08:00:00Z",
        "published": "2024-05-06",
        "comments": ["存疑"],
        "uid": grouped.groups[0][1].extra["uid"],
    }
    assert [sentence.text for sentence in undecided] == [li[1].text, li[2].text]


def test_what_is_undecided_has_a_comment_for_each_who_read_it() -> None:
    _, undecided, comments = adjudicate(collate_all(read(*LI), read(*WANG)))
    assert comments == {
        undecided[0].extra["uid"]: [f"li: {LI[1]}", f"wang: {WANG[1]}"],
        undecided[1].extra["uid"]: [f"li: {LI[2]}", f"wang: {WANG[2]}"],
    }


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (["[甲](ORG)乙", "甲乙"], "[甲](ORG)乙"),
        (["甲乙", "[甲](ORG)乙"], "甲乙"),
        (["甲乙", "[甲](ORG)乙", "[甲](ORG)乙"], "[甲](ORG)乙"),
        (["[甲](ORG)乙", "[甲乙](ORG)", "甲[乙](ORG)"], "[甲](ORG)乙"),
        (["[甲](ORG)乙[丙](DATE)", "甲乙[丙](DATE)", "甲乙[丙](DATE)"], "甲乙[丙](DATE)"),
    ],
)
def test_the_suggestion_is_what_most_have(readings: list[str], expected: str) -> None:
    assert take_majority(read(*readings)) == from_markup(expected)[1]


span = st.builds(
    lambda start, length, label: Span(start, min(start + length, 12), label),
    st.integers(0, 11),
    st.integers(1, 5),
    st.sampled_from(["PARK", "ORG"]),
)
sentence = st.lists(span, max_size=5).map(lambda spans: Sentence(TEXT, tuple(keep_first(spans))))


@given(st.lists(sentence, min_size=2, max_size=5))
def test_suggestions_are_somebodys_and_do_not_overlap(readings: list[Sentence]) -> None:
    spans = take_majority(readings)
    assert not list(find_overlaps(spans))
    assert all(any(span in reading.spans for reading in readings) for span in spans)
    assert set(spans) >= {span for span in readings[0].spans if all(span in other.spans for other in readings)}


def test_a_repeated_sentence_is_accepted_with_its_repeats_or_not_at_all() -> None:
    once, other = Sentence("园区见", (Span(0, 2, "PARK"),)), Sentence("园区见")
    found = adjudicate(collate_all([once, once, Sentence("再见")], [once, other, Sentence("再见")]))
    assert [sentence.text for sentence in found.accepted] == ["再见"]
    assert [len(sentence.spans) for sentence in found.undecided] == [1, 1]
    assert len(found.comments) == 2


def test_a_file_keeps_what_else_it_holds() -> None:
    one, other, third = (
        Sentence(TEXT[number:], (), "a", number, {"confirmed_at": "2026-11-22T08:00"}) for number in (1, 2, 3)
    )
    later, earlier = (one.with_spans([], confirmed_at=f"2026-11-{day}T08:00") for day in (23, 21))
    texts = [
        [(sentence.number, sentence.extra["confirmed_at"][8:10]) for sentence in add_accepted([one, other], accepted)]
        for accepted in ([later, third], [earlier, third])
    ]
    assert texts == [[(1, "23"), (2, "22"), (3, "22")], [(1, "22"), (2, "22"), (3, "22")]]


def write_readings(folder: Path) -> tuple[Path, Path]:
    write_sentences(folder / "li.jsonl", read(*LI, annotator="li"))
    write_sentences(folder / "wang.jsonl", read(*WANG, annotator="wang"))
    return folder / "li.jsonl", folder / "wang.jsonl"


def list_comments(client: DoccanoClient, endpoint: str) -> list[tuple[int, str]]:
    comments = list_all(client, endpoint.replace("examples", "comments"))
    return sorted((comment["example"], comment["text"]) for comment in comments)


def test_a_review_from_readings_to_gold(
    client: DoccanoClient,
    annotator: DoccanoClient,
    credentials: Server,
    parkner: Callable[..., Any],
    tmp_path: Path,
    name: str,
) -> None:
    li, wang = write_readings(tmp_path)
    accepted = tmp_path / "accepted.jsonl"
    run = ("review", li, wang, "--project", name, "-o", accepted)
    code, _, err = parkner(*run)
    endpoint, examples = list_examples(client, name)
    project = f"{credentials.url}/{endpoint[3:-9]}"
    assert code == 0
    assert err.splitlines() == [
        f"2 sentences to decide, 2 of them new -> {project}/sequence-labeling?page=1&ordering=score,created_at",
        f"2 sentences that all agree on -> {accepted}",
        f"Warning: 1 sentences are only in {li}, and are left out",
        "When they are confirmed, this command adds them to the gold:",
        f"parkner pull --project '{name}' --update -o {accepted}",
    ]
    assert [example["text"] for example in examples] == [sentence.text for sentence in read(LI[1], LI[2])]
    assert [example["score"] for example in examples] == [0.001, 0.002]
    for example, marked in zip(examples, LI[1:3], strict=True):
        spans = client.get(f"{endpoint}/{example['id']}/spans")
        assert sorted(span["start_offset"] for span in spans) == [span.start for span in from_markup(marked)[1]]
    comments = list_comments(client, endpoint)
    assert comments == [
        (example["id"], f"{who}: {marked[number]}")
        for number, example in enumerate(examples, start=1)
        for who, marked in (("li", LI), ("wang", WANG))
    ]
    before = accepted.read_bytes()

    lost = client.get(endpoint.replace("examples", "comments"))["results"][0]
    client.delete(f"{endpoint.replace('examples', 'comments')}/{lost['id']}")  # as if the first run had died before it
    assert "2 sentences to decide, 0 of them new" in parkner(*run).err
    assert list_examples(client, name)[1] == examples
    assert list_comments(client, endpoint) == comments
    assert accepted.read_bytes() == before

    review = look_up_project(client, name)
    assert review
    client.post_members(review["id"], ["annotator"], ["annotator"])
    label(annotator, name, examples[0]["text"], (0, 4, "ORG"), (6, 11, "PARK"))
    confirm(annotator, name, *(example["text"] for example in examples))
    assert parkner("pull", "--project", name, "--update", "-o", accepted).code == 0
    gold = sorted(read_sentences(accepted), key=lambda sentence: sentence.number)
    best = read(LI[0], "[云渡制药](ORG)落户[云渡科技城](PARK)。", *LI[2:4])
    assert [(sentence.text, sentence.spans) for sentence in gold] == [
        (sentence.text, sentence.spans) for sentence in best
    ]
    assert [sentence.extra["annotator"] for sentence in gold] == ["li, wang", "annotator", "annotator", "li, wang"]

    assert parkner(*run).code == 0  # what has been decided stays in the file
    assert sorted(read_sentences(accepted), key=lambda sentence: sentence.number) == gold


def test_readings_that_agree_need_no_doccano(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    for who in ("li", "wang"):
        write_sentences(tmp_path / f"{who}.jsonl", read(*LI))
    paths = (tmp_path / "li.jsonl", tmp_path / "wang.jsonl")
    accepted = tmp_path / "accepted.jsonl"
    code, _, err = parkner("review", *paths, "--project", "p", "-o", accepted)
    assert code == 0
    assert err.splitlines() == [
        f"5 sentences that all agree on -> {accepted}",
        f"Nothing is left to decide, and nothing goes to doccano: {accepted} is the gold of all shared sentences",
    ]
    assert len(list(read_sentences(accepted))) == 5


def test_nothing_is_written_when_the_push_fails(
    credentials: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parkner: Callable[..., Any]
) -> None:
    monkeypatch.setenv("DOCCANO_PASSWORD", "wrong")
    li, wang = write_readings(tmp_path)
    code, _, err = parkner("review", li, wang, "--project", "p", "-o", tmp_path / "accepted.jsonl")
    assert code == 1
    assert "wrong user name or password" in err
    assert sorted(tmp_path.iterdir()) == [li, wang]


@pytest.mark.parametrize("key", ["id", "meta", "entities", "upload"])
def test_what_doccano_would_mangle_is_not_sent(
    credentials: Server, client: DoccanoClient, parkner: Callable[..., Any], tmp_path: Path, name: str, key: str
) -> None:
    write_sentences(tmp_path / "li.jsonl", read(*LI, **{key: 7}))
    write_sentences(tmp_path / "wang.jsonl", read(*WANG))
    output = tmp_path / "accepted.jsonl"
    done = parkner("review", tmp_path / "li.jsonl", tmp_path / "wang.jsonl", "--project", name, "-o", output)
    assert done.code == 1
    assert f'Error: article a, number 2: doccano uses the key "{key}": rename it' in done.err
    assert look_up_project(client, name) is None
    assert not output.exists()


def test_comments_need_a_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match="no project is called"):
        list(post_comments(client, name, {}, timeout=60))
