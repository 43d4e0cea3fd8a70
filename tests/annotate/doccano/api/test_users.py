import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect
from annotate.doccano.api.users import create_user, list_users, look_up_users
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError


def test_a_new_user_has_a_password_that_works(server: Server, client: DoccanoClient) -> None:
    before = list_users(client)
    own = connect(server.url, "qiu", create_user(client, "qiu"))
    assert list_users(client) == before | {"qiu": own.get("v1/me")["id"]}
    with pytest.raises(ParknerError, match=r"v1/users/create: doccano answers 400 Bad Request: .*already exists"):
        create_user(client, "qiu")


def test_passwords_are_not_alike(client: DoccanoClient) -> None:
    one, other = create_user(client, "qiu-1"), create_user(client, "qiu-2")
    assert (len(one), len(other), one != other) == (16, 16, True)


def test_only_an_administrator_makes_users(client: DoccanoClient, annotator: DoccanoClient) -> None:
    with pytest.raises(ParknerError, match="v1/users/create: doccano answers 403 Forbidden"):
        create_user(annotator, "qiu-3")
    assert "qiu-3" not in list_users(client)


def test_users_are_looked_up_in_the_order_of_their_names(client: DoccanoClient, annotator: DoccanoClient) -> None:
    users = list_users(client)
    names = ["chief", "annotator"]
    assert list(look_up_users(client, iter(names)).items()) == [(name, users[name]) for name in names]
    with pytest.raises(ParknerError, match=rf"^{client.baseurl}: no user is called nobody: `parkner project add"):
        look_up_users(client, ["chief", "nobody", "none"])
