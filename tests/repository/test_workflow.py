"""The workflow: a step runs again when something that it reads changes, and only then."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import srsly

from annotate.rules.file import RULES, list_files

ROOT = Path(__file__).parent.parent.parent
STEPS = {step["name"]: step for step in srsly.read_yaml(ROOT / "project.yml")["commands"]}
PACKAGES = ("annotate", "training")
CONFIGS = ROOT / "configs"
COMMAND_LINE = (
    ROOT / "annotate/cli",
    ROOT / "training/cli",
    ROOT / "annotate/terminal.py",
)  # what these say changes no output


@cache
def read(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def find_imports(tree: ast.AST) -> dict[str, Path]:
    """The names that a module, or a part of one, imports from us, with the modules that they come from."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES:
            file = ROOT.joinpath(*node.module.split(".")).with_suffix(".py")
            found |= {name.asname or name.name: file for name in node.names}
    return found


def find_command(name: str) -> tuple[Path, ast.FunctionDef]:
    """The function of a command, and the module in which it lies: one of its name."""
    (file,) = (file for package in PACKAGES for file in (ROOT / package / "cli").glob(f"{name}.py"))
    (function,) = (node for node in read(file).body if isinstance(node, ast.FunctionDef) and node.name == name)
    return file, function


def find_modules(command: str) -> set[Path]:
    """The modules in which a command does its work, with all that these import; those of the command line are not."""
    file, function = find_command(command)
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    modules = {module for name, module in find_imports(read(file)).items() if name in used}
    return follow(modules | set(find_imports(function).values()))


def follow(modules: set[Path]) -> set[Path]:
    """These modules, and all of ours that they import."""
    found: set[Path] = set()
    waiting = {*filter(is_work, modules)}
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= {*filter(is_work, find_imports(read(module)).values())} - found
    return found


def is_work(module: Path) -> bool:
    return not any(module == place or module.is_relative_to(place) for place in COMMAND_LINE)


def find_registered(config: Path) -> set[Path]:
    """The modules of what a config names, by the entry points of pyproject.toml."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"].values()
    text = config.read_text("utf-8")
    places = [place.partition(":")[0] for group in groups for name, place in group.items() if f'"{name}"' in text]
    return follow({ROOT.joinpath(*place.split(".")).with_suffix(".py") for place in places})


def find_settings(trees: Iterable[ast.AST]) -> Iterator[Path]:
    """The files of `configs/` that modules, or parts of them, name, and the lists that the rules file names."""
    for node in chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id == "CONFIGS":
            file = CONFIGS / ast.literal_eval(node.right)
            yield file
            if file == RULES:
                yield from (CONFIGS / name for name in list_files(RULES))


def find_defaults(command: str) -> Iterator[ast.AST]:
    """The assignments of defaults in the module of a command."""
    file, function = find_command(command)
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    for node in read(file).body:
        if isinstance(node, ast.Assign) and used & {name.id for name in node.targets if isinstance(name, ast.Name)}:
            yield node


def expand(dependency: str) -> list[Path]:
    path = ROOT / dependency
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


def find_read(step: str) -> set[Path]:
    """Our modules, and the files of `configs/`, that a step reads. A model is read with what it was trained with."""
    commands = [line.split()[1] for line in STEPS[step]["script"]]
    modules = set[Path]().union(*map(find_modules, commands))
    if "models/" in " ".join(STEPS[step]["script"]):
        modules |= find_registered(CONFIGS / "ner.cfg")
    named = {ROOT / word for line in STEPS[step]["script"] for word in line.split() if word.startswith("configs/")}
    return (
        modules | named | set(find_settings([*map(read, modules), *chain.from_iterable(map(find_defaults, commands))]))
    )


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if not step.get("no_skip")])
def test_a_step_depends_on_what_it_reads(step: str) -> None:
    listed = {file for dependency in STEPS[step]["deps"] for file in expand(dependency)}
    ours = {file for file in listed if file.is_relative_to(CONFIGS) or file.suffix == ".py"}
    read_by_it = find_read(step)
    lacking, idle = to_names(read_by_it - listed), to_names(ours - read_by_it)
    assert not lacking, f"add to the deps of {step}: {lacking}"
    assert not idle, f"take out of the deps of {step}: {idle}"
    assert "__pycache__" not in {file.parent.name for file in listed}  # it changes with every run


@pytest.mark.parametrize("step", STEPS)
def test_a_step_depends_on_its_input(step: str) -> None:
    known = {*STEPS[step]["deps"], *STEPS[step]["outputs"]}
    words = [word for line in STEPS[step]["script"] for word in line.split() if "/" in word]
    assert [word for word in words if not any(word.startswith(each) or each.startswith(word) for each in known)] == []


def to_names(files: set[Path]) -> str:
    return ", ".join(sorted(str(file.relative_to(ROOT)) for file in files))
