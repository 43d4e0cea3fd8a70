import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import annotate
import training
from annotate.errors import ParknerError

ROOT = Path(annotate.__file__).parents[1]
PACKAGES = (annotate, training)


def find_errors(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    """Yield the errors of this kind that our modules define."""
    for error in kind.__subclasses__():
        if error.__module__.partition(".")[0] in {package.__name__ for package in PACKAGES}:
            yield error
        yield from find_errors(error)


def find_catchers() -> Iterator[str]:
    """Yield the modules that catch a ParknerError by its name."""
    for package in PACKAGES:
        for file in sorted(Path(package.__file__).parent.rglob("*.py")):
            nodes = ast.walk(ast.parse(file.read_text("utf-8")))
            caught = [ast.unparse(node.type) for node in nodes if isinstance(node, ast.ExceptHandler) and node.type]
            if any("ParknerError" in error for error in caught):
                yield file.relative_to(ROOT).as_posix()


def test_every_error_of_our_own_is_one_for_the_user() -> None:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    errors = set(find_errors(Exception))
    assert ParknerError in errors
    assert [error for error in errors if not issubclass(error, ParknerError)] == []


def test_only_the_command_line_catches_it() -> None:
    """But for a label that another push was quicker to add, and for a page that is set aside."""
    catchers = ["annotate/doccano/setup.py", "annotate/pages/page_files.py", "training/cli/main.py"]
    assert list(find_catchers()) == catchers
