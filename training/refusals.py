"""Errors under spaCy: what speaks of the user's config or pipeline becomes a ParknerError, and a bug stays a bug."""

import re
from collections.abc import Iterator
from configparser import InterpolationError
from contextlib import contextmanager
from traceback import walk_tb

from confection import ConfigValidationError

from annotate.errors import ParknerError

REFUSALS = (ConfigValidationError, ImportError, InterpolationError, KeyError, OSError, TypeError, ValueError)
CODE = re.compile(r"\W?\[E\d+\]")  # with which spaCy begins what it says to its users
OURS = ("annotate", "training")


@contextmanager
def name_refusals(address: str) -> Iterator[None]:
    """Around calls of spaCy: give its refusals an address and a line, and leave an error of our own code as it is.

    A file that cannot be read or written gives its own address.
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
    """Whether spaCy called code of ours, which failed; an error that has a code of spaCy's is meant for its users."""
    _, _, *called = (frame.f_globals["__name__"].partition(".")[0] for frame, _ in walk_tb(error.__traceback__))
    return not CODE.match(str(error)) and any(module in OURS for module in called)
