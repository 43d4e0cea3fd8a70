"""What a command sets aside: sources that it cannot read, so that one of them does not stop the others."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

import typer

from annotate.cli.outputs import is_stream
from annotate.errors import ParknerError
from annotate.files import open_output
from annotate.terminal import console

Item = TypeVar("Item")


class Rejects:
    """The errors of the sources that were set aside."""

    def __init__(self) -> None:
        self.errors: list[ParknerError] = []

    def need_one(self, items: Iterable[Item]) -> Iterator[Item]:
        """Pass the items on. If there is none, raise the first error, before anything is written."""
        items = iter(items)
        first = list(islice(items, 1))
        if not first and self.errors:
            raise self.errors[0]
        return chain(first, items)

    def finish(self, output: Path) -> None:
        """Write the errors to OUTPUT.rejected, one per line, and end the command with exit code 1 if there are any."""
        for error in self.errors:
            console.print(f"Set aside: {error}")
        path = None if is_stream(output) else output.with_name(f"{output.name}.rejected")
        if path and self.errors:
            with open_output(path) as stream:
                stream.writelines(f"{error}\n" for error in self.errors)
            console.print(f"{len(self.errors)} set aside -> {path}")
        elif path:
            path.unlink(missing_ok=True)  # of an earlier run
        if self.errors:
            raise typer.Exit(1)
