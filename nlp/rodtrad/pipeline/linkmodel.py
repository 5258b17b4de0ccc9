"""Which link model a workspace uses: the shipped one, or one learnt from its own decisions.

`indexes/link-model.json` holds the learnt model with the record of what it was learnt from. It is
derived: the decisions are in `reviews.jsonl`, and without the file the shipped model is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders import Encoder
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.tracing import AspectBook, LinkModel, Means, load_aspects, shipped_model
from rodtrad.tracing.model import parse_model
from rodtrad.workspace import Workspace, write_atomically


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model of the workspace and the record of how it came about."""

    model: LinkModel
    record: Mapping[str, Any]


def own_aspects(workspace: Workspace | None) -> AspectBook:
    """The shipped aspects with those of the file that `aspects` names in rodtrad.toml.

    Raises:
        UsageError: the file cannot be read, is no list of aspects, or repeats an id.
    """
    named = workspace.settings.aspects if workspace else ""
    if workspace is None or not named:
        return load_aspects()
    return load_aspects(workspace.root / Path(named).expanduser())


def means_for(workspace: Workspace | None, encoder: Encoder) -> Means:
    """What the workspace's pairs are judged with: its model, its aspects and its own terms.

    Raises:
        UsageError: a file of its own cannot be read, or is not what it should be.
    """
    own = (
        workspace.root / Path(named).expanduser()
        if workspace and (named := workspace.settings.termbank)
        else None
    )
    return Means(encoder, model_for(workspace), own_aspects(workspace), load_termbank(own))


def model_file(workspace: Workspace) -> Path:
    """Where the learnt model lies."""
    return workspace.indexes / "link-model.json"


def read_learnt(workspace: Workspace) -> Learnt | None:
    """The workspace's learnt model; None where there is none, or it rests on another release's.

    Raises:
        UsageError: the file is damaged.
    """
    path = model_file(workspace)
    try:
        content = json.loads(path.read_text("utf-8"))
        record, model = dict(content["record"]), json.dumps(content["model"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: not a learnt model ({error}); undo it with 'rodtrad review learn --undo'."
        ) from error
    if record.get("base") != shipped_model().version:
        return None
    return Learnt(parse_model(model, name=str(path)), record)


def model_for(workspace: Workspace | None) -> LinkModel:
    """The model a trace uses: the learnt one, else the shipped one."""
    learnt = read_learnt(workspace) if workspace else None
    return learnt.model if learnt else shipped_model()


def store_model(workspace: Workspace, model: LinkModel, record: Mapping[str, Any]) -> None:
    """Keep a learnt model with its record; the next trace uses it."""
    content = {"record": dict(record), "model": asdict(model)}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_atomically(model_file(workspace), text.encode("utf-8"))


def forget_model(workspace: Workspace) -> bool:
    """The shipped model is used again. False where there was nothing to undo."""
    path = model_file(workspace)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there
