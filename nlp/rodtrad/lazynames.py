"""Names of a package that are imported when they are first used (PEP 562).

A command that searches needs three of the nouns; importing all of them costs it a tenth of a
second before it has done anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def names_from(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: `homes` gives the module inside it that holds each name.

    Raises:
        AttributeError: when the function is asked for a name that has no home.
    """

    def attribute(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return attribute
