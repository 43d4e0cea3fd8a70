"""Messages to the user. They go to standard error, because results may go to standard output."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.text import Text

Item = TypeVar("Item")
console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def show_progress(items: Iterable[Item], what: str, *, total: int | None = None) -> Iterable[Item]:
    """Pass the items on, and show a progress bar if standard error is a terminal."""
    return track(items, what, total=total, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def show_status(what: str) -> Iterator[Callable[[str], None]]:
    """Show a status line while the block runs, if standard error is a terminal. Gives a function that changes it."""
    with console.status(Text(what)) as status:
        yield lambda text: status.update(Text(text))
