"""What kind of document a text is, by its own evidence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rodtrad.datamodel import Span

UNKNOWN = "okänd"
_START = 1_200
_HEAD = 8_000
_TAIL = 1_500


@dataclass(frozen=True, slots=True)
class KindRule:
    """Evidence for a kind: `pattern` must match in the part `where`, `none` must not."""

    id: str
    kind: str
    where: str
    pattern: re.Pattern[str]
    also: re.Pattern[str] | None
    none: re.Pattern[str] | None


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """The rules of `data/kinds.toml`, in their order."""
    text = (files("rodtrad.ingest") / "data" / "kinds.toml").read_text(encoding="utf-8")
    return tuple(_rule(entry) for entry in tomllib.loads(text)["rule"])


def _rule(entry: Mapping[str, str]) -> KindRule:
    return KindRule(
        entry["id"],
        entry["kind"],
        entry["where"],
        _compile(entry["pattern"]),
        _compile(entry["all"]) if "all" in entry else None,
        _compile(entry["none"]) if "none" in entry else None,
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL)


def find_kind(title: str, text: str, lines: str = "") -> tuple[str, Span | None, str | None]:
    """The kind of a document, where in the clean text it shows, and the rule that says so.

    Args:
        title: the document's title, "" if none is known.
        text: its clean text.
        lines: what stands above its running text, line by line.

    Returns:
        ("okänd", None, None) where no rule matches.
    """
    starts = {"title": title, "start": text[:_START], "head": text[:_HEAD], "body": text}
    starts["lines"] = lines
    starts["tail"] = text[-_TAIL:]
    for rule in kind_rules():
        part = starts[rule.where]
        match = rule.pattern.search(part)
        if match is None or (rule.none and rule.none.search(part)):
            continue
        if rule.also and not rule.also.search(starts["head"]):
            continue
        return rule.kind, _where(rule, match, text), rule.id
    return UNKNOWN, None, None


def _where(rule: KindRule, match: re.Match[str], text: str) -> Span | None:
    if rule.where in ("title", "lines"):
        # The title is cleaned: its lines are joined, and its second may have lost a capital.
        said = match.string if rule.where == "title" else match.group()
        words = map(re.escape, said.split())
        found = re.search(r"\s+".join(words), text, re.IGNORECASE) if said.strip() else None
        return Span(*found.span()) if found else None
    shift = len(text) - len(match.string) if rule.where == "tail" else 0
    begin = match.start() + len(match.group()) - len(match.group().lstrip())
    return Span(begin + shift, match.end() + shift) if match.end() > begin else None
