import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.cost.pace import PAUSE, to_durations, to_pace, to_text, to_time

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2026-11-22", "2026-13-01T10:00:00Z", "昨天", "", None, 7, ["2026-11-22T10:00:00Z"]])
def test_what_is_no_moment(value: object) -> None:
    message = f"{value!r} is not a time with an offset, such as 2026-11-22T11:30:00Z"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        to_time(value)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))
def test_a_moment_is_read_as_it_was_written(time: datetime) -> None:
    assert to_text(time).endswith("Z")
    assert to_time(to_text(time)) == time.astimezone(UTC)


def test_a_pause_is_what_takes_longer_than_the_longest_sentence() -> None:
    times = [NOON, NOON + timedelta(seconds=PAUSE), NOON + timedelta(seconds=2 * PAUSE + 0.001)]
    assert to_durations(times) == [None, PAUSE, None]


@given(st.lists(st.integers(0, 5000), unique=True))
def test_durations_go_with_their_moments_in_whatever_order(seconds: list[int]) -> None:
    expected = {
        after: after - before if after - before <= PAUSE else None for before, after in pairwise(sorted(seconds))
    }
    found = to_durations([NOON + timedelta(seconds=second) for second in seconds])
    assert found == [expected.get(second) for second in seconds]


def test_sentences_confirmed_all_at_once_have_no_pace() -> None:
    assert to_pace(to_durations([NOON, NOON, NOON])) is None
    assert to_pace([]) is None
