"""What is said to the person in front of the terminal goes to standard error: results may go to standard output."""

from collections.abc import Iterable
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")
console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def show_progress(items: Iterable[Item], what: str, *, total: int | None = None) -> Iterable[Item]:
    """The items as they come, with a bar that says how many came, where standard error is a terminal."""
    return track(items, what, total=total, console=console, transient=True, disable=not console.is_terminal)
