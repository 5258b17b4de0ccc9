"""What a document asks for, promises and objects to: recommendations, measures, stances.

Rules read the clean text sentence by sentence; vocabularies and patterns are tables in `data/`.
"""

from rodtrad.statements.find import Statements, find_statements
from rodtrad.statements.lists import read_recommendation_list
from rodtrad.statements.measures import find_measures
from rodtrad.statements.recommendations import find_recommendations
from rodtrad.statements.stances import find_stances
from rodtrad.statements.state import with_state

__all__ = [
    "Statements",
    "find_measures",
    "find_recommendations",
    "find_stances",
    "find_statements",
    "read_recommendation_list",
    "with_state",
]
