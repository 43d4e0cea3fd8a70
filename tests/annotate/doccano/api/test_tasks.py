from collections.abc import Callable

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.tasks import wait_for_task
from annotate.errors import ParknerError
from tests.fault_proxy import Fault, to_json


@pytest.fixture
def wait(connect_through: Callable[[Fault], DoccanoClient]) -> Callable[..., object]:
    """Wait for a task of which the server says one thing after the other, and the last for ever."""

    def run(*states: object, timeout: float = 60) -> object:
        left = list(states)

        def say(request: str, _: bytes) -> object:
            if request != "GET /v1/tasks/status/7":
                return None
            return to_json(left.pop(0) if len(left) > 1 else left[0])

        return wait_for_task(connect_through(say), "7", timeout=timeout)

    return run


def state(ready: object, *, result: object = None, error: object = None) -> dict[str, object]:
    return {"ready": ready, "result": result, "error": error}


def test_the_result_comes_when_the_task_is_done(wait: Callable[..., object]) -> None:
    assert wait(state(False), state(False), state(True, result={"error": []})) == {"error": []}


@pytest.mark.parametrize("error", [{"text": "no such file"}, "no such file"], ids=["with a text", "bare"])
def test_a_worker_that_fails_says_why(wait: Callable[..., object], error: object) -> None:
    with pytest.raises(ParknerError, match=r"/: doccano's worker failed: no such file: run the command again$"):
        wait(state(False, error=error))


def test_what_takes_too_long_may_be_nobodys_work(wait: Callable[..., object]) -> None:
    with pytest.raises(
        ParknerError, match=r"/: not done after 0\.2 s: is the doccano worker .* nothing is duplicated$"
    ):
        wait(state(False), timeout=0.2)


@pytest.mark.parametrize("answer", [{}, [], state("yes")])
def test_a_state_that_is_none_is_told(wait: Callable[..., object], answer: object) -> None:
    with pytest.raises(ParknerError, match=r"/v1/tasks/status/7: unexpected answer, ready is "):
        wait(answer)
