"""Turns spaCy's errors about the user's config or pipeline into ParknerErrors; our own bugs keep their traceback."""

import re
from collections.abc import Iterator
from configparser import InterpolationError
from contextlib import contextmanager
from traceback import walk_tb

from confection import ConfigValidationError

from annotate.errors import ParknerError

REFUSALS = (ConfigValidationError, ImportError, InterpolationError, KeyError, OSError, TypeError, ValueError)
CODE = re.compile(r"\W?\[E\d+\]")  # spaCy's messages to users begin with such a code
OURS = ("annotate", "training")


@contextmanager
def name_refusals(address: str) -> Iterator[None]:
    """Turn spaCy's errors within this block into one-line ParknerErrors with an address; leave our own bugs alone.

    If a file cannot be read or written, its path is the address.
    """
    try:
        yield
    except REFUSALS as error:
        if isinstance(error, OSError) and error.strerror:
            raise ParknerError(f"{error.filename or address}: {error.strerror}") from error
        if is_bug(error):
            raise
        raise ParknerError(f"{address}: {' '.join(str(error).split())}") from error


def is_bug(error: BaseException) -> bool:
    """Whether spaCy called our code and that failed. An error with one of spaCy's codes is meant for its users."""
    _, _, *called = (frame.f_globals["__name__"].partition(".")[0] for frame, _ in walk_tb(error.__traceback__))
    return not CODE.match(str(error)) and any(module in OURS for module in called)
