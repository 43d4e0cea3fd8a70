from collections import Counter

from annotate.doccano.team.progress import Part, join_parts


def make(person: str, done: int, *roles: str, sentences: int = 5, **spans: int) -> Part:
    return Part(person, frozenset(roles), sentences, done, (), Counter(spans), 1)


def test_who_did_most_comes_first_and_of_equals_by_name() -> None:
    parts = [make("wang", 2), make("li", 1), make("zhao", 2), make("li", 1)]
    assert [(part.person, part.done) for part in join_parts(parts)] == [("li", 2), ("wang", 2), ("zhao", 2)]


def test_what_a_person_is_and_did_in_several_projects_is_added_up() -> None:
    (li,) = join_parts(
        [make("li", 1, "annotator", ORG=2), make("li", 0, "project_admin", PARK=1), make("li", 3, ORG=1)]
    )
    assert li == Part("li", frozenset({"annotator", "project_admin"}), 15, 4, (), Counter(ORG=3, PARK=1), 3)


def test_nobody_did_nothing() -> None:
    assert join_parts([]) == []
