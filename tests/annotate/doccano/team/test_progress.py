from collections import Counter
from collections.abc import Mapping

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project
from annotate.doccano.push import push
from annotate.doccano.team.members import list_members, set_roles
from annotate.doccano.team.progress import Part, Total, join_parts, read_parts, read_total
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.people import confirm, label, list_examples, make_project

SECONDS = 60


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


def test_who_did_what_and_when(client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str) -> None:
    sentences = [Sentence(f"第{number}句见云渡科技城。", (), "a", number) for number in range(4)]
    push(client, name, sentences, timeout=SECONDS)
    project = get_project(client, name)
    set_roles(client, project, ["lin", "meng"])
    label(people["lin"], name, sentences[1].text, (4, 9, "PARK"))
    for person, number in (("lin", 1), ("meng", 0), ("lin", 2)):
        confirm(people[person], name, sentences[number].text)
    lin, meng, chief = join_parts(read_parts(client, project, timeout=SECONDS))
    assert lin == Part("lin", frozenset({"annotator"}), 4, 2, lin.times, Counter(PARK=1), 1)
    assert meng == Part("meng", frozenset({"annotator"}), 4, 1, meng.times, Counter(), 0)
    assert chief == Part("chief", frozenset({"project_admin"}), 4, 0, (), Counter(), 0)
    assert lin.times[0] < meng.times[0] < lin.times[1]
    assert read_total(client, project) == Total(4, 3, 3)


def test_who_may_not_see_the_members_sees_the_total(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str
) -> None:
    project = make_project(client, name, collaborative_annotation=True)
    set_roles(client, project, ["lin"])
    with pytest.raises(ParknerError, match="members: doccano answers 403 Forbidden"):
        read_parts(people["lin"], project, timeout=SECONDS)
    assert read_total(people["lin"], project) == Total(0, 0, 2)


def test_what_doccano_does_not_tell(client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str) -> None:
    project = make_project(client, name, collaborative_annotation=False)
    for text in ("见云渡科技城。", "去年见。"):
        client.post(f"v1/projects/{project['id']}/examples", json={"text": text})
    set_roles(client, project, ["lin", "meng"])
    for person in people.values():
        confirm(person, name, "见云渡科技城。")
    assert read_total(client, project) == Total(2, None, 3)
    parts = join_parts(read_parts(client, project, timeout=SECONDS))
    assert [(part.person, part.done, part.times) for part in parts][:2] == [("lin", 1, ()), ("meng", 1, ())]
    (member,) = (member.id for member in list_members(client, project) if member.name == "lin")
    client.session.delete(f"{client.baseurl}v1/projects/{project['id']}/members", json={"ids": [member]})
    lin, *_ = join_parts(read_parts(client, project, timeout=SECONDS))
    assert (lin.person, lin.roles, lin.sentences, lin.done) == ("lin", frozenset(), 0, 1)


def test_what_people_make_of_prelabels_is_counted_as_theirs(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str
) -> None:
    texts = ("云渡科技城有12家。", "青岚生物港有9家。", "去年见。")
    origins = ([[0, 5, "PARK", "park"], [6, 9, "METRIC", "quantity"]], [[0, 5, "PARK", "park"]], [])
    push(
        client,
        name,
        [
            Sentence(text, tuple(Span(*span) for *span, _ in origin), "a", number, {"origin": origin})
            for number, (text, origin) in enumerate(zip(texts, origins, strict=True))
        ],
        timeout=SECONDS,
    )
    project = get_project(client, name)
    set_roles(client, project, ["lin", "meng"])
    types = {kind["text"]: kind["id"] for kind in client.get(f"v1/projects/{project['id']}/span-types")}
    endpoint, (one, *_) = list_examples(client, name)
    park, metric = people["lin"].get(f"{endpoint}/{one['id']}/spans")
    people["lin"].update(f"{endpoint}/{one['id']}/spans/{park['id']}", {"label": types["ORG"]})  # stays the chief's
    people["lin"].delete(f"{endpoint}/{one['id']}/spans/{metric['id']}")
    label(people["meng"], name, texts[2], (0, 2, "DATE"))
    confirm(people["lin"], name, *texts[:2])
    confirm(people["meng"], name, texts[2])
    work = {part.person: (part.spans, part.corrections) for part in read_parts(client, project, timeout=SECONDS)}
    assert work == {"lin": (Counter(ORG=1, PARK=1), 2), "meng": (Counter(DATE=1), 1), "chief": (Counter(), 0)}
