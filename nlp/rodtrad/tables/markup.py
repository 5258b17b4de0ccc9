"""HTML from values: every text is escaped unless it was made here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta", "link", "br", "hr", "img", "col", "input"})
# What HTML documents may not hold: C0 and C1 controls, surrogates, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Markup(str):
    """HTML that is safe to put on a page as it is."""

    __slots__ = ()


def text(value: str) -> Markup:
    """Plain text as HTML, characters that HTML forbids left out."""
    return Markup(escape(_FORBIDDEN.sub("", value), quote=True))


def element(name: str, /, *content: object, **attributes: object) -> Markup:
    """`<name attributes>content</name>`.

    Content may be text (escaped), Markup, None (left out) or iterables of these. Attribute names
    lose a trailing underscore (`class_`) and have `_` for `-` (`aria_label`); None leaves the
    attribute out, True writes it bare.
    """
    opening = f"<{name}{''.join(_attributes(attributes))}>"
    if name in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(content)}</{name}>")


def join(content: Iterable[object], separator: str = "") -> Markup:
    """Contents one after the other, None left out."""
    return Markup(separator.join(_flatten(content)))


def _flatten(content: Iterable[object]) -> Iterable[str]:
    for item in content:
        if item is None:
            continue
        if isinstance(item, Markup):
            yield item
        elif isinstance(item, str):
            yield text(item)
        elif isinstance(item, Iterable):
            yield from _flatten(item)
        else:
            raise TypeError(f"cannot put a {type(item).__name__} on a page")


def _attributes(attributes: dict[str, object]) -> Iterable[str]:
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        shown = name.rstrip("_").replace("_", "-")
        yield f" {shown}" if value is True else f' {shown}="{text(str(value))}"'
