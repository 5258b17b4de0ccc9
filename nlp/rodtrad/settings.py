"""Settings of a workspace, read from `rodtrad.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from rodtrad.errors import WorkspaceError

T = TypeVar("T")
EMBEDDED = "embedded"
LOCAL = "local"
# Some lines take the TOML parser a time that grows with the square of their length.
LONGEST_LINE = 100_000
_WORDS: dict[type, str] = {str: "a text", int: "a whole number"}


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Which sentence encoder makes the vectors.

    `model` is "embedded" or any sentence-transformers model by folder or name. Prefixes are put
    before every text; the default ones are those of the E5 family, which the embedded model is.
    """

    model: str = EMBEDDED
    revision: str | None = None
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "


@dataclass(frozen=True, slots=True)
class Limits:
    """What a single document may cost; beyond it the document fails with a clear error."""

    file_bytes: int = 200_000_000
    pages: int = 20_000
    characters: int = 50_000_000
    seconds: int = 600


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Where searches are answered.

    `backend` is "embedded" (the files in `indexes/`) or "postgres". `url` is the server's address;
    the environment variable RODTRAD_SEARCH_URL wins over it, so that no password need stand in a
    file. `read_url` is a read replica that searches go to, or empty. `partition` says what the
    server's tables are divided by, "kind" or "year". `reranker` is the folder of a cross-encoder
    that orders the best hits, or empty.
    """

    backend: str = EMBEDDED
    url: str = ""
    read_url: str = ""
    collection: str = "rodtrad"
    partition: str = "kind"
    reranker: str = ""


@dataclass(frozen=True, slots=True)
class JobSettings:
    """Where documents are read and passages encoded.

    `runner` is "local" (this process, or the processes `--jobs` asks for) or "dask", with the
    scheduler's `address`.
    """

    runner: str = LOCAL
    address: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; the defaults are what a workspace without `rodtrad.toml` has.

    `termbank` is a file of the user's own terms, merged into the shipped term bank, or empty;
    `aspects` one of the user's own aspects for tracing. Paths are read from the workspace's folder.
    """

    language: str = "sv"
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    limits: Limits = field(default_factory=Limits)
    search: SearchSettings = field(default_factory=SearchSettings)
    jobs: JobSettings = field(default_factory=JobSettings)
    termbank: str = ""
    aspects: str = ""


def read_settings(path: Path) -> Settings:
    """Settings from a TOML file; the defaults where there is none.

    Raises:
        WorkspaceError: the file is not TOML, or names a setting that does not exist.
    """
    if not path.is_file():
        return Settings()
    data = read_toml(path)
    encoder = _section(EncoderSettings, data.pop("encoder", {}), path, "encoder.")
    limits = _section(Limits, data.pop("limits", {}), path, "limits.")
    search = _section(SearchSettings, data.pop("search", {}), path, "search.")
    jobs = _section(JobSettings, data.pop("jobs", {}), path, "jobs.")
    rest = _section(Settings, data, path, "")
    for name, value, wanted in (
        ("search.backend", search.backend, f"{EMBEDDED}|postgres"),
        ("search.partition", search.partition, "kind|year"),
        ("search.collection", search.collection, "[a-z][a-z0-9_]{0,39}"),
        ("jobs.runner", jobs.runner, f"{LOCAL}|dask"),
    ):
        if not re.fullmatch(wanted, value):
            raise WorkspaceError(f"{path}: {name} is {value[:60]!r}; it must be {wanted}.")
    return Settings(rest.language, encoder, limits, search, jobs, rest.termbank, rest.aspects)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        WorkspaceError: the file cannot be read, is not TOML, or has lines that would take the
            parser longer than anyone waits.
    """
    try:
        return parse_toml(path.read_bytes().decode("utf-8-sig"), path)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{path} is not valid TOML ({error.reason}); mend it.") from error


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """The tables of a text; `path` is what errors call it. See `read_toml`."""
    try:
        longest = max(map(len, text.split("\n")))
        if longest > LONGEST_LINE:
            raise ValueError(f"a line of {longest} characters")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Some of the parser's errors quote all of the file.
        reason = " ".join(str(error).split())[:200]
        raise WorkspaceError(f"{path} is not valid TOML ({reason}); mend it.") from error


def _section(kind: type[T], data: Any, path: Path, prefix: str) -> T:
    if not isinstance(data, dict):
        raise WorkspaceError(f"{path}: {prefix.rstrip('.')} must be a table; mend it.")
    known = {one.name: one.default for one in fields(kind)}  # type: ignore[arg-type]
    for name, value in data.items():
        if name not in known:
            raise WorkspaceError(
                f"{path}: unknown setting {prefix}{name[:60]}; known: {', '.join(sorted(known))}."
            )
        wanted = str if known[name] is None else type(known[name])
        if type(value) is not wanted:
            raise WorkspaceError(f"{path}: {prefix}{name} must be {_WORDS[wanted]}; mend it.")
    return kind(**data)


def cache_folder() -> Path:
    """Where files that may be deleted at any time are kept between runs and workspaces.

    The environment variable RODTRAD_CACHE names another folder.
    """
    import platformdirs

    chosen = os.environ.get("RODTRAD_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("rodtrad"))
