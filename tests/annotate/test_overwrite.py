import pytest

from annotate.errors import ParknerError
from annotate.overwrite import MANY, SHOWN, check_losses, copy, find_losses, list_some, set_aside, write_over
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids

TEXT = "石桥药业落户青芦湾医药港。"
SPANS = (Span(0, 4, "ORG"), Span(6, 12, "PARK"))
EARLY, LATE = ({"annotator": "li", "confirmed_at": f"2026-11-22T0{hour}:00:00Z"} for hour in (8, 9))


def make(*spans, text=TEXT, **extra):
    return Sentence(text, spans, "qinglu", 2, extra)


@pytest.mark.parametrize(
    ("before", "after", "losses"),
    [
        (make(*SPANS, **EARLY), make(*SPANS[:1], **EARLY), ["has 1 spans instead of 2, and was not confirmed again"]),
        (make(*SPANS, **EARLY), make(*SPANS[:1], **LATE), []),
        (make(*SPANS), make(), []),
        (make(*SPANS, **EARLY), make(*SPANS), ["is no longer confirmed"]),
        (make(), make(*SPANS, **EARLY), []),
        (make(**EARLY), make(*SPANS, **EARLY), []),
        (make(), make(text="别的。"), ["is missing"]),
    ],
)
def test_what_is_lost(before, after, losses):
    found = list(find_losses(add_uids([before]), add_uids([after])))
    assert found == [f"article qinglu, number 2 {loss}" for loss in losses]


@pytest.mark.parametrize(("spans", "losses"), [(MANY - 1, []), (MANY, [f"all {MANY} PARK spans are gone"])])
def test_a_label_of_many_spans_is_missed_when_it_is_gone(spans, losses):
    before = list(add_uids([make(SPANS[1])] * spans))
    assert list(find_losses(before, [sentence.with_spans([]) for sentence in before])) == losses


def test_what_would_lose_something_changes_nothing(tmp_path):
    path = tmp_path / "gold.jsonl"
    write_sentences(path, [make(*SPANS, **EARLY)])
    old = path.read_bytes()
    with pytest.raises(ParknerError) as error:
        write_over(path, add_uids([make(text="别的。")]), force=False)
    assert str(error.value) == (
        f"{path}: work would be lost: article qinglu, number 2 is missing; nothing is written: in doccano, "
        "confirm again what is right; --update keeps the missing sentences, --force writes anyway"
    )
    assert (list(tmp_path.iterdir()), path.read_bytes()) == ([path], old)


def test_by_force_the_copy_has_what_is_lost(tmp_path):
    path = tmp_path / "gold.jsonl"
    write_sentences(path, [make(*SPANS, **EARLY)])
    old, new = path.read_bytes(), list(add_uids([make(text="别的。")]))
    number, backup = write_over(path, new, force=True)
    assert (number, list(read_sentences(path)), backup.read_bytes()) == (1, new, old)


def test_neither_a_new_file_nor_the_same_again_needs_a_copy(tmp_path):
    path, sentences = tmp_path / "gold.jsonl", list(add_uids([make(*SPANS)]))
    assert [write_over(path, sentences, force=False) for _ in range(2)] == [(1, None), (1, None)]
    assert list(tmp_path.iterdir()) == [path]


def test_copies_of_one_second_have_names_of_their_own(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("石桥药业", "utf-8")
    copies = {copy(path) for _ in range(3)}
    assert len(copies) == 3
    assert {file.read_text("utf-8") for file in copies} == {"石桥药业"}
    aside = set_aside(path)
    assert aside not in copies
    assert not path.exists()


def test_no_losses_are_no_error(tmp_path):
    check_losses(tmp_path, [], way_out="none is needed")


def test_as_many_as_are_shown_are_all_there_are():
    assert list_some(["甲"] * SHOWN) == "; ".join(["甲"] * SHOWN)
