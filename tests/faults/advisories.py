"""Known weaknesses of locked packages, looked up in a downloaded list: no connection is opened.

`python -m faults.advisories ../requirements.lock LIST` (from tests/; `make audit ADVISORIES=LIST`).
LIST holds records in the OSV format: a .json file (a record or a list of them), a .zip of such
files as the export of an ecosystem is, or a folder of either. The exit code is 1 where a package is
affected, 2 where the list says nothing of Python packages, so that nothing was looked up.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

Record = Mapping[str, Any]
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Weakness:
    """An advisory that a locked package is affected by; `unclear` where versions do not compare."""

    package: str
    version: str
    id: str
    summary: str
    mended: tuple[str, ...] = ()
    unclear: bool = False


def locked_packages(path: Path) -> dict[str, str]:
    """The versions of a lock or constraints file by normalised name."""
    return {canonicalize_name(n): v for n, v in _PIN.findall(path.read_text("utf-8"))}


def read_advisories(path: Path) -> Iterator[Record]:
    """The records of a file, a zip or a folder that speak of Python packages and still stand."""
    for data in _files(path):
        found = json.loads(data)
        for record in found if isinstance(found, list) else [found]:
            if not record.get("withdrawn") and any(_packages(record)):
                yield record


def _files(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.suffix in (".json", ".zip"):
                yield from _files(one)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as package:
            for name in sorted(package.namelist()):
                if name.endswith(".json"):
                    yield package.read(name)
    else:
        yield path.read_bytes()


def _packages(record: Record) -> Iterator[tuple[str, Record]]:
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        if package.get("ecosystem", "").partition(":")[0] == "PyPI":
            yield canonicalize_name(package["name"]), affected


def weaknesses(locked: Mapping[str, str], records: Sequence[Record]) -> list[Weakness]:
    """What is known against the locked versions, by package and advisory."""
    found = {
        (name, record["id"]): _weakness(name, locked[name], record, affected)
        for record in records
        for name, affected in _packages(record)
        if name in locked and _is_affected(locked[name], affected) is not False
    }
    return [found[key] for key in sorted(found)]


def _weakness(name: str, version: str, record: Record, affected: Record) -> Weakness:
    mended = [e["fixed"] for events in _event_lists(affected) for e in events if "fixed" in e]
    summary = record.get("summary") or record.get("details", "")[:100]
    unclear = _is_affected(version, affected) is None
    return Weakness(name, version, record["id"], summary, tuple(mended), unclear)


def _event_lists(affected: Record) -> Iterator[Sequence[Record]]:
    # A range of commits says nothing of versions; those are then listed one by one.
    for one in affected.get("ranges", ()):
        if one.get("type") in ("ECOSYSTEM", "SEMVER"):
            yield one.get("events", ())


def _is_affected(version: str, affected: Record) -> bool | None:
    """Whether a version is affected; None where it cannot be compared with those named."""
    if version in affected.get("versions", ()):
        return True
    try:
        now = Version(version)
        listed = (Version(one) for one in affected.get("versions", ()) if _is_version(one))
        return now in listed or any(_is_within(now, one) for one in _event_lists(affected))
    except InvalidVersion:
        return None


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def _is_within(version: Version, events: Sequence[Record]) -> bool:
    """The rule of the format: the last event at or before a version says whether it is affected."""
    points = [
        (Version(value) if value != "0" else Version("0.dev0"), kind)
        for event in events
        for kind, value in event.items()
        if kind in ("introduced", "fixed", "last_affected")
    ]
    inside = False
    for point, kind in sorted(points, key=lambda one: (one[0], one[1] == "introduced")):
        if kind == "last_affected":
            inside = inside and version <= point
        elif version >= point:
            inside = kind == "introduced"
    return inside


def main() -> None:
    """Run from the command line."""
    locked, records = locked_packages(Path(sys.argv[1])), []
    try:
        records = list(read_advisories(Path(sys.argv[2])))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        print(f"{sys.argv[2]}: cannot be read ({error}).", file=sys.stderr)
    if not records or not locked:
        print(f"{sys.argv[2]}: nothing to compare with; nothing was looked up.", file=sys.stderr)
        sys.exit(2)
    found = weaknesses(locked, records)
    for one in found:
        remedy = f"mended in {', '.join(one.mended)}" if one.mended else "no mended version named"
        doubt = " (versions do not compare: look by hand)" if one.unclear else ""
        print(f"{one.package} {one.version}: {one.id}, {one.summary}; {remedy}{doubt}.")
    newest = max(str(record.get("modified", "")) for record in records)[:10]
    print(
        f"{len(locked)} packages, {len(records)} advisories (newest {newest}): "
        f"{len(found)} that affect us."
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
