"""What a document asks for, promises and objects to: recommendations, measures, stances.

Rules read the clean text sentence by sentence; vocabularies and patterns are tables in `data/`.
"""

from rodtrad.statements.assignments import (
    Assignment,
    Origin,
    origin_of,
    reports_among,
    same_assignments,
)
from rodtrad.statements.changes import Change, change_of, changes_among
from rodtrad.statements.consultation import (
    Participation,
    Reply,
    answered_bodies,
    asked_bodies,
    participation,
)
from rodtrad.statements.find import Statements, find_statements
from rodtrad.statements.lists import read_recommendation_list
from rodtrad.statements.measures import find_measures
from rodtrad.statements.recommendations import find_recommendations
from rodtrad.statements.stances import find_stances
from rodtrad.statements.state import with_state
from rodtrad.statements.summary import ProposalSummary, summarise

__all__ = [
    "Assignment",
    "Change",
    "Origin",
    "Participation",
    "ProposalSummary",
    "Reply",
    "Statements",
    "answered_bodies",
    "asked_bodies",
    "change_of",
    "changes_among",
    "find_measures",
    "find_recommendations",
    "find_stances",
    "find_statements",
    "origin_of",
    "participation",
    "read_recommendation_list",
    "reports_among",
    "same_assignments",
    "summarise",
    "with_state",
]
