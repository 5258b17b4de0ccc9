"""Settings of a workspace, read from `rodtrad.toml`."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from rodtrad.errors import WorkspaceError

T = TypeVar("T")
EMBEDDED = "embedded"
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
class Settings:
    """All settings; the defaults are what a workspace without `rodtrad.toml` has."""

    language: str = "sv"
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    limits: Limits = field(default_factory=Limits)


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
    rest = _section(Settings, data, path, "")
    return Settings(language=rest.language, encoder=encoder, limits=limits)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        WorkspaceError: the file cannot be read, is not TOML, or has lines that would take the
            parser longer than anyone waits.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        longest = max(map(len, text.split("\n")))
        if longest > LONGEST_LINE:
            raise ValueError(f"a line of {longest} characters")
        return tomllib.loads(text)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        # TOMLDecodeError and UnicodeDecodeError are values too; some quote all of the file.
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
