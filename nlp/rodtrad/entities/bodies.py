"""Bodies that are no Swedish authority: organisations, municipalities and regions."""

from __future__ import annotations

from rodtrad.entities.agencies import find_named_bodies
from rodtrad.entities.finding import Finding


def find_bodies(text: str) -> tuple[Finding, ...]:
    """The bodies in a clean text that are no Swedish authority.

    Returns:
        Findings by offset: ORGANISATION (associations, companies, private universities, foreign and
        international bodies, also look-alikes such as "norska polisen") and MUNICIPALITY
        (municipalities and regions), with `detail["kind"]`.
    """
    return tuple(f for f in find_named_bodies(text) if f.type != "AGENCY")
