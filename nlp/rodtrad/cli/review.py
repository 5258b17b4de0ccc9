"""`rodtrad review`: what people decide about links and gaps, and how far matters have come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rodtrad.cli.group import Command, Group
from rodtrad.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    parse_day,
    required_workspace,
)
from rodtrad.cli.output import print_or_show, print_records, warn

if TYPE_CHECKING:
    from rodtrad.review.events import Event
    from rodtrad.review.log import Appended
    from rodtrad.workspace import Workspace

WhoOption = Annotated[
    str | None,
    typer.Option("--who", help="Who decides; default: RODTRAD_USER, or your login name."),
]
CommentOption = Annotated[str, typer.Option("--comment", help="Why, in your own words.")]
GradeOption = Annotated[
    int | None, typer.Option("--grade", min=1, max=2, help="2 answers, 1 contributes.")
]
ListFileOption = Annotated[
    Path | None,
    typer.Option("--from-file", help="Your own list, where the recommendation stands in one."),
]
RecommendationArgument = Annotated[
    str, typer.Argument(metavar="RECOMMENDATION", help="For example greta#SE-R1-01.")
]
MeasureArgument = Annotated[
    str, typer.Argument(metavar="MEASURE", help="For example handlingsplan-2026-2028#4.3.4.")
]
EventArgument = Annotated[
    str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")
]


def list_events(
    context: typer.Context,
    suspect: Annotated[
        bool, typer.Option("--suspect", help="Only decisions on words that have changed.")
    ] = False,
    follow_up: Annotated[
        bool, typer.Option("--follow-up", help="How far each matter has come.")
    ] = False,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only follow-ups whose date has passed.")
    ] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="How far two people agree, with Cohen's kappa.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Undone events and the undoing too.")
    ] = False,
    who: Annotated[str | None, typer.Option("--who", help="Only this person's events.")] = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List decisions, comments and follow-ups with what has become of each."""
    from rodtrad.pipeline import reviewjob

    place = required_workspace(context, workspace)
    _warn_of_torn_line(place)
    reviews = reviewjob.read_reviews(place)
    kind = "review"
    if agreement:
        kind, records = "agreement", reviewjob.agreement_records(reviews)
    elif follow_up or overdue:
        kind = "follow-up"
        records = reviewjob.follow_up_records(reviews, as_of=parse_day(as_of), overdue=overdue)
    else:
        records = reviewjob.event_records(reviews, everything=everything)
    if suspect:
        records = [r for r in records if r.get("standing") in ("suspect", "missing")]
    if who:
        records = [r for r in records if who in (r.get("who"), r.get("first"), r.get("second"))]
    print_or_show(kind, records, as_json=as_json, language=language_name(lang))


def accept(
    context: typer.Context,
    recommendation: RecommendationArgument,
    measure: MeasureArgument,
    grade: GradeOption = None,
    comment: CommentOption = "",
    who: WhoOption = None,
    from_file: ListFileOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a measure answers, or contributes to, a recommendation."""
    place = required_workspace(context, workspace)
    ends = (recommendation, measure)
    _decide(place, "accept", ends, who, from_file, as_json=as_json, grade=grade, comment=comment)


def reject(
    context: typer.Context,
    recommendation: RecommendationArgument,
    measure: MeasureArgument,
    comment: CommentOption = "",
    who: WhoOption = None,
    from_file: ListFileOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that there is no link between a recommendation and a measure."""
    place = required_workspace(context, workspace)
    ends = (recommendation, measure)
    _decide(place, "reject", ends, who, from_file, as_json=as_json, comment=comment)


def regrade(
    context: typer.Context,
    recommendation: RecommendationArgument,
    measure: MeasureArgument,
    grade: Annotated[int, typer.Option("--grade", min=1, max=2, help="2 answers, 1 contributes.")],
    comment: CommentOption = "",
    who: WhoOption = None,
    from_file: ListFileOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept a link with another grade than the model's."""
    place = required_workspace(context, workspace)
    ends = (recommendation, measure)
    _decide(place, "regrade", ends, who, from_file, as_json=as_json, grade=grade, comment=comment)


def justify_gap(
    context: typer.Context,
    recommendation: RecommendationArgument,
    comment: CommentOption = "",
    who: WhoOption = None,
    from_file: ListFileOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that nothing answers a recommendation, and that this is as it should be."""
    place = required_workspace(context, workspace)
    ends = (recommendation,)
    _decide(place, "justify-gap", ends, who, from_file, as_json=as_json, comment=comment)


def comment(
    context: typer.Context,
    target: Annotated[
        list[str], typer.Argument(metavar="ITEM...", help="A recommendation, a measure, or both.")
    ],
    text: Annotated[str, typer.Option("--comment", help="The comment.")],
    department: Annotated[
        str | None, typer.Option(help="Whose comment it is, in a round between departments.")
    ] = None,
    version: Annotated[int | None, typer.Option(min=1, help="The frozen version.")] = None,
    who: WhoOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Comment on a recommendation, a measure or a link."""
    from rodtrad.errors import UsageError
    from rodtrad.pipeline import reviewjob
    from rodtrad.review.events import Event

    if len(target) > 2 or not text.strip():
        raise UsageError("name one item, or a recommendation and a measure, and --comment TEXT.")
    place = required_workspace(context, workspace)
    ends = reviewjob.find_ends(place, target)
    alone = len(ends) == 1
    measure_alone = alone and reviewjob.is_measure(place, ends[0].id)
    event = Event(
        reviewjob.now_text(),
        reviewjob.reviewer_name(who),
        "comment",
        None if measure_alone else ends[0],
        ends[-1] if measure_alone or not alone else None,
        comment=text,
        department=department,
        version=version,
    )
    _store(place, event, as_json=as_json)


def follow_up(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="A measure or a recommendation.")],
    status: Annotated[str | None, typer.Option(help="How far it has come.")] = None,
    date: Annotated[str | None, typer.Option(help="When it is due or was done.")] = None,
    source: Annotated[str | None, typer.Option(help="Where that is written.")] = None,
    unit: Annotated[str | None, typer.Option(help="The unit in charge.")] = None,
    person: Annotated[str | None, typer.Option(help="The person in charge.")] = None,
    next_step: Annotated[str | None, typer.Option(help="What happens next.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything else.")] = None,
    who: WhoOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter how far a matter has come; what is not mentioned stays, an empty text is taken back."""
    from rodtrad.pipeline import reviewjob

    place = required_workspace(context, workspace)
    given = {"status": status, "date": date, "source": source, "unit": unit, "person": person,
             "next_step": next_step, "note": note}  # fmt: skip
    values = {name: value for name, value in given.items() if value is not None}
    (end,) = reviewjob.find_ends(place, [item])
    event = reviewjob.follow_up_event(
        end,
        values,
        is_measure=reviewjob.is_measure(place, end.id),
        who=reviewjob.reviewer_name(who),
    )
    _store(place, event, as_json=as_json)


def clear(
    context: typer.Context,
    event: EventArgument,
    comment: CommentOption = "",
    who: WhoOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a suspect decision holds for the words of today too."""
    from rodtrad.pipeline import reviewjob

    place = required_workspace(context, workspace)
    found = reviewjob.find_event(place, event)
    name = reviewjob.reviewer_name(who)
    _store(place, reviewjob.clearing(place, found, who=name, comment=comment), as_json=as_json)


def undo(
    context: typer.Context,
    event: EventArgument,
    comment: CommentOption = "",
    who: WhoOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an event back; it stays in the log, and undoing the undo brings it back."""
    from rodtrad.pipeline import reviewjob
    from rodtrad.review.events import Event

    place = required_workspace(context, workspace)
    found = reviewjob.find_event(place, event)
    name, now = reviewjob.reviewer_name(who), reviewjob.now_text()
    back = Event(now, name, "undo", found.start, found.end, comment=comment, of=found.id)
    _store(place, back, as_json=as_json)


def history(
    context: typer.Context,
    item: Annotated[
        list[str], typer.Argument(metavar="ITEM...", help="An item, or both ends of a link.")
    ],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Everything that was ever said of an item or a link, undone events included."""
    from rodtrad.pipeline import reviewjob

    place = required_workspace(context, workspace)
    reviews = reviewjob.read_reviews(place)
    wanted = [{event.id for event in reviews.history(name)} for name in item]
    ids = set.intersection(*wanted)
    records = [r for r in reviewjob.event_records(reviews, everything=True) if r["id"] in ids]
    print_or_show("review", records, as_json=as_json, language=language_name(lang))


def _decide(
    place: Workspace,
    action: str,
    names: Sequence[str],
    who: str | None,
    from_file: Path | None,
    *,
    as_json: bool,
    grade: int | None = None,
    comment: str = "",
) -> None:
    from rodtrad.pipeline import reviewjob

    done = reviewjob.decide(
        place, action, names, who=who, from_file=from_file, grade=grade, comment=comment
    )
    _tell(done, as_json=as_json)


def _store(place: Workspace, event: Event, *, as_json: bool) -> None:
    from rodtrad.pipeline import reviewjob

    _tell(reviewjob.record(place, event), as_json=as_json)


def _tell(done: Appended, *, as_json: bool) -> None:
    tell_set_aside(done.set_aside)
    if as_json:
        print_records(written.record() for written in done.events)
        return
    for written in done.events:
        ends = " → ".join(name for name in written.pair if name)
        typer.echo(f"{written.id}  {written.action}  {ends}  ({written.who})")


def tell_set_aside(path: Path | None) -> None:
    """Say where a torn last line of the log was put."""
    if path:
        warn(f"loggens sista rad var avbruten och har lagts i {path}.")


def _warn_of_torn_line(place: Workspace) -> None:
    from rodtrad.pipeline import reviewjob

    if reviewjob.torn_bytes(place):
        warn(f"{place.reviews}: sista raden är avbruten; nästa beslut lägger undan den.")


def make_review_app() -> typer.Typer:
    """The commands under `rodtrad review`."""
    from rodtrad.cli import learn, reviewfiles

    app = typer.Typer(
        cls=Group, no_args_is_help=True, help="Decisions of people about links and gaps."
    )
    commands: dict[str, Any] = {
        "list": list_events,
        "accept": accept,
        "reject": reject,
        "regrade": regrade,
        "justify-gap": justify_gap,
        "comment": comment,
        "follow-up": follow_up,
        "clear": clear,
        "undo": undo,
        "history": history,
        "learn": learn.learn,
        "export": reviewfiles.export,
        "import": reviewfiles.import_file,
        "freeze": reviewfiles.freeze,
        "compare-versions": reviewfiles.compare_versions,
    }
    for name, command in commands.items():
        app.command(name, cls=Command)(command)
    return app
