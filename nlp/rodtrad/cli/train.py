"""`rodtrad train`: the encoder learns from confirmed links."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_tell, progress_bar

_WORDS = {
    "sv": (
        "{learnt} länkar lärda; på {held_out} länkar som modellen inte sett:",
        "  rätt åtgärd först: {first_before:.0%} → {first_after:.0%}",
        "  MRR: {mrr_before:.3f} → {mrr_after:.3f}",
        'Modellen ligger i {folder}. Sätt [encoder] model = "{folder}" i rodtrad.toml och kör '
        "rodtrad build för att använda den; alla vektorer görs då om.",
    ),
    "en": (
        "{learnt} links learnt; on {held_out} links that the model had not seen:",
        "  right measure first: {first_before:.0%} → {first_after:.0%}",
        "  MRR: {mrr_before:.3f} → {mrr_after:.3f}",
        'The model is in {folder}. Set [encoder] model = "{folder}" in rodtrad.toml and run '
        "rodtrad build to use it; all vectors are then made anew.",
    ),
}


def train(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder for the trained model.")
    ],
    epochs: Annotated[
        int, typer.Option(min=1, max=1000, help="How many times through all links.")
    ] = 4,
    rate: Annotated[float, typer.Option(min=1e-9, max=10.0, help="The step size.")] = 2e-5,
    seed: Annotated[int, typer.Option(help="Decides the order of the links.")] = 7,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Fine-tune a sentence-transformers model on the accepted links (20 or more).

    Measured before and after on every fourth demand, which is not learnt. The settings are left as
    they are, and the base model unchanged.
    """
    from rodtrad.pipeline.trainingjob import train as train_on_links
    from rodtrad.retrieval.encoders.training import Course

    place = required_workspace(context, workspace)
    course = Course(epochs=epochs, rate=rate, seed=seed)
    with progress_bar() as step:
        record = train_on_links(place, folder, course=course, progress=step)
    print_or_tell([record], _told(record, language_name(lang)), as_json=as_json)


def _told(record: dict[str, Any], language: str) -> list[str]:
    return [words.format(**record) for words in _WORDS["en" if language == "en" else "sv"]]
