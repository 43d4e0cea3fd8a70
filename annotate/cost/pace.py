"""Measure how fast people work, from the times at which they confirm sentences."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

PAUSE = 600  # seconds; a longer time between two confirmations counts as a pause


def to_time(value: Any) -> datetime:
    """Parse a time with a UTC offset, as doccano and `pull` write it. Raises ValueError for anything else.

    >>> to_time("2026-11-22T11:30:00.5Z").isoformat()
    '2026-11-22T11:30:00.500000+00:00'
    >>> to_time("2026-11-22T11:30:00")
    Traceback (most recent call last):
    ValueError: '2026-11-22T11:30:00' is not a time with an offset, such as 2026-11-22T11:30:00Z
    """
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        time = datetime.min
    if time.tzinfo is None:
        raise ValueError(f"{value!r} is not a time with an offset, such as 2026-11-22T11:30:00Z")
    return time


def to_text(time: datetime) -> str:
    """Format a time as `pull` writes it, in UTC.

    >>> to_text(to_time("2026-11-22T19:30:00.5+08:00"))
    '2026-11-22T11:30:00.500000Z'
    """
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def to_durations(times: Sequence[datetime]) -> list[float | None]:
    """Return the seconds that one person took for each sentence: the time since their previous confirmation.

    `times` may be in any order. The result is None for the first confirmation, and after more than PAUSE seconds.

    >>> to_durations([to_time(f"2026-11-22T{clock}Z") for clock in ("10:00:30", "10:00:00", "12:00:00", "12:00:08")])
    [30.0, None, None, 8.0]
    """
    steps: list[float | None] = [None] * len(times)
    for before, after in pairwise(sorted(range(len(times)), key=times.__getitem__)):
        seconds = (times[after] - times[before]).total_seconds()
        steps[after] = seconds if seconds <= PAUSE else None
    return steps


def to_pace(steps: Iterable[float | None]) -> float | None:
    """Compute the sentences per hour of work from the known steps; None without any.

    >>> to_pace([None, 8.0, 10.0, 12.0]), to_pace([None])
    (360.0, None)
    """
    known = [step for step in steps if step is not None]
    return 3600 * len(known) / sum(known) if sum(known) else None
