"""The layout that CONTRIBUTING.md draws: no room knows of those above it, and tests lie where their modules do."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("annotate", "training")
# From the ground up: a room may import from itself and from those before it.
ROOMS = (
    "annotate",
    "annotate.pages",
    "annotate.quality",
    "annotate.agreement",
    "annotate.rules",
    "annotate.cost",
    "annotate.doccano.api",
    "annotate.doccano",
    "annotate.doccano.team",
    "annotate.doccano.server",
    "annotate.cli",
    "training",
    "training.model",
    "training.data",
    "training.measure",
    "training.ship",
    "training.cli",
)
ENTRY = ROOT / "training" / "__main__.py"  # stands above all rooms
MODULES = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")) if file != ENTRY]


def to_module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def find_imports(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, also within its functions."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.module, "we import by full names"
            assert node.level == 0, "we import by full names"
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def to_room(module: str) -> str:
    """The room that a module lies in."""
    return module.rpartition(".")[0]


@pytest.mark.parametrize("file", MODULES, ids=to_module)
def test_no_module_imports_from_a_room_above_its_own(file: Path) -> None:
    own = ROOMS.index(to_room(to_module(file)))
    ours = [module for module in find_imports(file) if module.split(".")[0] in PACKAGES]
    assert [module for module in ours if ROOMS.index(to_room(module)) > own] == []


@pytest.mark.parametrize("file", [file for file in MODULES if to_module(file).startswith("annotate.")], ids=to_module)
def test_annotate_does_without_spacy(file: Path) -> None:
    assert not {"spacy", "thinc", "training"} & {module.split(".")[0] for module in find_imports(file)}


def find_functions(file: Path) -> Iterator[ast.FunctionDef]:
    """Yield the functions and methods of a file."""
    yield from (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("file", MODULES, ids=to_module)
def test_what_is_called_find_yields_and_asks_no_server(file: Path) -> None:
    found = [function for function in find_functions(file) if function.name.lstrip("_").startswith("find_")]
    kinds = {function.name: ast.unparse(function.returns or ast.Constant(None)) for function in found}
    asking = [function.name for function in found if "client" in [argument.arg for argument in function.args.args]]
    assert ([name for name, kind in kinds.items() if not kind.startswith("Iterator")], asking) == ([], [])


@pytest.mark.parametrize("package", PACKAGES)
def test_tests_lie_where_their_modules_do(package: str) -> None:
    """Each module has tests of its name. Tests of more than one lie in `tests/journeys`, of files in `repository`."""
    tests = {file.relative_to(ROOT / "tests") for file in (ROOT / "tests" / package).rglob("test_*.py")}
    modules = {file.relative_to(ROOT) for file in MODULES if file.is_relative_to(ROOT / package)}
    wanted = {file.with_name(f"test_{file.name}") for file in modules if file.name != "__init__.py"}
    assert (sorted(tests - wanted), sorted(wanted - tests)) == ([], [])


def read_tree() -> dict[str, set[str]]:
    """The rooms in the drawing of CONTRIBUTING.md, with the modules that it names in each."""
    drawing = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("```")[1]
    drawn: dict[str, set[str]] = {}
    folder = ""
    for line in drawing.splitlines():
        first, *rest = line.split() or [""]
        if not line.startswith(" ") and first:
            folder, names = first.rstrip("/").replace("/", "."), rest
        else:
            names = [first, *rest]
        drawn.setdefault(folder, set()).update(names)
    return drawn


def test_the_tree_in_contributing_is_the_tree() -> None:
    drawn, there = read_tree(), dict[str, set[str]]()
    for file in MODULES:
        if file.name != "__init__.py":
            there.setdefault(to_room(to_module(file)), set()).add(file.stem)
    assert {room: names for room, names in drawn.items() if room in ROOMS} == there
