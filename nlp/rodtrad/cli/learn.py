"""`rodtrad review learn`: the ranking learns from decisions, and can forget them again."""

from __future__ import annotations

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
from rodtrad.cli.output import print_or_tell
from rodtrad.errors import UsageError

_WORDS = {
    "sv": (
        "{decisions} beslut, vart och ett bedömt av en modell som inte sett det:",
        "  förlust (lägre är bättre): {loss_before:.3f} → {loss_after:.3f}",
        "  godtagen länk före avvisad: {order_before:.0%} → {order_after:.0%}",
        "Den inlärda modellen {version} används från och med nu; ta tillbaka med --undo.",
        "Det hjälpte inte (varken förlust eller ordning får bli sämre): modellen {base} används "
        "som förut.",
    ),
    "en": (
        "{decisions} decisions, each judged by a model that had not seen it:",
        "  loss (lower is better): {loss_before:.3f} → {loss_after:.3f}",
        "  accepted link before a rejected one: {order_before:.0%} → {order_after:.0%}",
        "The learnt model {version} is used from now on; take it back with --undo.",
        "It did not help (neither loss nor order may get worse): the model {base} is used as "
        "before.",
    ),
}


def learn(
    context: typer.Context,
    undo: Annotated[
        bool, typer.Option("--undo", help="Forget what was learnt; use the shipped model.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Let the ranking learn from the accepted and rejected links (20 or more).

    Measured on decisions that were held out, before and after; kept only if the loss falls and the
    order of accepted and rejected links is no worse. The shipped
    weights are moved, never forgotten. Run it again after more decisions.
    """
    from rodtrad.pipeline.learningjob import learn as learn_from_decisions
    from rodtrad.pipeline.linkmodel import forget_model
    from rodtrad.tracing import shipped_model

    place = required_workspace(context, workspace)
    if undo:
        if not forget_model(place):
            raise UsageError("nothing was learnt in this workspace.")
        told = f"{shipped_model().version}"
        print_or_tell([{"undone": True, "version": told}], [told], as_json=as_json)
        return
    record = learn_from_decisions(place)
    print_or_tell([record], _told(record, language_name(lang)), as_json=as_json)


def _told(record: dict[str, Any], language: str) -> list[str]:
    *measured, kept, left = _WORDS["en" if language == "en" else "sv"]
    return [words.format(**record) for words in (*measured, kept if record["kept"] else left)]
