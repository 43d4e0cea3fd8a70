import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project
from annotate.doccano.export import export
from annotate.doccano.push import push
from annotate.doccano.row_format import to_upload
from annotate.doccano.team.comments import post_comments
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.uid import add_uids
from tests.people import comment, upload

SECONDS = 60


def test_only_what_a_project_lacks_is_posted_and_on_each_copy(client: DoccanoClient, name: str) -> None:
    one, other = add_uids([Sentence("云渡科技城。", (), "a", 1), Sentence("青岚生物港。", (), "a", 2)])
    push(client, name, [one, other], timeout=SECONDS)
    project = get_project(client, name)
    upload(client, project, to_upload([other], upload="", by_grapheme=False))
    comment(client, name, one.text, "存疑")
    remarks = {one.extra["uid"]: ["存疑", " 看第二版\n"], other.extra["uid"]: ["存疑"], "nobody's": ["无"]}
    assert list(post_comments(client, name, remarks, timeout=SECONDS)) == [1, 2, 3]
    found = [(row["text"], sorted(row["Comments"])) for _, row in export(client, project, timeout=SECONDS)]
    assert found == [(one.text, ["存疑", "看第二版"]), (other.text, ["存疑"]), (other.text, ["存疑"])]
    assert list(post_comments(client, name, remarks, timeout=SECONDS)) == []


def test_there_are_no_comments_without_a_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name} "):
        list(post_comments(client, name, {}, timeout=SECONDS))
