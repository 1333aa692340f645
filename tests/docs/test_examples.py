"""The examples in the docstrings of the data wing, run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import essaim

WITHOUT_DJANGO = ("config", "errors", "formats", "model", "pipeline", "reference", "release", "rules", "text", "values")


def modules() -> list[ModuleType]:
    """Import every module of the data wing."""
    names = [info.name for info in pkgutil.walk_packages(essaim.__path__, "essaim.", onerror=lambda name: None)]
    chosen = [name for name in names if name.split(".")[1] in WITHOUT_DJANGO and not name.endswith("__main__")]
    return [importlib.import_module(name) for name in chosen]


def examples() -> list[doctest.DocTest]:
    """Return the docstrings that hold examples."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [found for module in modules() for found in finder.find(module, module.__name__) if found.examples]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_says_what_happens(example: doctest.DocTest) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    runner.run(example, out=told.append)
    assert runner.failures == 0, "".join(told)
