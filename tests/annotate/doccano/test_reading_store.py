from annotate.agreement.readings import Reading
from annotate.doccano.reading_store import FILE, ReadingStore
from annotate.sentence import Sentence
from annotate.spans import Span

COMPANY = Span(0, 4, "ORG")


def read(user: str, uid: str, *spans: Span, article: str = "a", number: int = 1, confirmed: bool = True) -> Reading:
    return Reading(user, confirmed, Sentence("石桥药业见。", spans, article, number, {"uid": uid}))


def store(*readings: Reading) -> ReadingStore:
    held = ReadingStore()
    for reading in readings:
        held.add(reading)
    return held


def test_articles_come_as_they_came_first_and_their_sentences_by_number() -> None:
    held = store(
        read("li", "b2", article="b", number=2), read("li", "a1"), read("li", "b1", article="b"), read("wang", "b2")
    )
    assert [sentence.extra["uid"] for sentence, _ in held.join()] == ["b1", "b2", "a1"]


def test_a_file_counts_only_where_nobody_has_read_but_has_the_number_right() -> None:
    held = store(
        read(FILE, "u", COMPANY, number=7, confirmed=False),
        read(FILE, "v", COMPANY, number=8, confirmed=False),
        read("li", "u", number=3, confirmed=False),
    )
    assert [(s.extra["uid"], s.number, s.spans) for s, _ in held.join()] == [("u", 7, ()), ("v", 8, (COMPANY,))]


def test_a_number_that_the_first_does_not_know_is_that_of_the_reading() -> None:
    ((sentence, _),) = store(read(FILE, "u", number=0), read("li", "u", number=3)).join()
    assert sentence.number == 3


def test_a_user_has_what_they_confirmed_as_it_came_last() -> None:
    held = store(
        read("li", "u"), read("li", "u", COMPANY), read("li", "u", confirmed=False), read("wang", "v", confirmed=False)
    )
    assert [sentence.spans for sentence in held.read("li")] == [(COMPANY,)]
    assert list(held.read("wang")) == []
    assert held.list_confirmers() == ["li"]
    assert {user: sentence.spans for user, sentence in held.get_confirmed("u").items()} == {"li": (COMPANY,)}
    assert (held.get_confirmed("v"), held.get_confirmed("none")) == ({}, {})
    assert "v" in held.readings


def test_what_people_differ_in_is_remarked() -> None:
    ((_, remarks),) = store(read("wang", "u", COMPANY), read("li", "u")).join()
    assert remarks == ["li and wang differ; all spans are kept"]
