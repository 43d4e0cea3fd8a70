"""Values of options, as people write them."""

from datetime import UTC, datetime

import typer


def to_share(given: object) -> float:
    """A share of a whole, 0 to 1; a usage error for what is none.

    >>> to_share("10%"), to_share("0.1"), to_share(1)
    (0.1, 0.1, 1.0)
    """
    number, percent, _ = str(given).partition("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1 or (percent and not str(given).endswith("%")):
        raise typer.BadParameter(f"{given} is no share: give 0.1 or 10% for a tenth, at most 1 or 100%")
    return share


def to_moment(given: object) -> datetime:
    """The moment that a date stands for, in UTC unless it says otherwise; a usage error for what is no date.

    >>> to_moment("2026-11-20").isoformat(), to_moment("2026-11-20T16:30+08:00").isoformat()
    ('2026-11-20T00:00:00+00:00', '2026-11-20T16:30:00+08:00')
    """
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as error:
        ways = "a day, 2026-11-20, or a time, 2026-11-20T08:30 (UTC) or 2026-11-20T16:30+08:00 (east of it)"
        raise typer.BadParameter(f"{given} is no date: give {ways}") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC)
