"""The numbers that stand before points and titles, in one place for all rules of measures.

"3", "3.2", "4.2.1", "1a", "B4" number titles, with or without "." or ")" behind; "2." and "b)" mark
points; "Åtgärd 3", "Insats 2.1" and "Action A1" name measures by number.
"""

from __future__ import annotations

import re

# "3", "3.2", "4.2.1".
NUMBER = r"\d{1,3}(?:\.\d{1,2})*"
# The same before a title: "3.2", "1a.", "2)".
BEFORE_TITLE = rf"{NUMBER}[a-z]?[.)]?"
# What marks a point: "2. ", "b) ".
MARK = r"(?:\d{1,3}|[a-z])[.)]\s+"

# A numbered point: "2. Verket ska …", "a) Brå".
NUMBERED = re.compile(r"^\s*(?P<number>\d{1,3}|[a-z])[.)]\s+(?P<title>\S.*)$")
# A number that stands alone: "1a.", "3.2", "B4.".
NUMBER_ALONE = re.compile(rf"(?:{BEFORE_TITLE}|[A-Z]\d{{1,2}}[.)]?)")

MEASURE_WORD = r"(?:åtgärd|insats|aktivitet|uppdrag|action|activity|measure)"
# A measure named by its number: "Åtgärd 3", "Aktivitet 1b", "Action A1", "Insats A.2.1".
NUMBERED_MEASURE = rf"{MEASURE_WORD}\s+(?:[A-ZÅÄÖ]\.?)?\d+(?:\.\d+)*[a-z]?"
# The same with what parts it from the measure's title: "Åtgärd 1: ", "Åtgärd A1 Rutiner".
LABELLED_MEASURE = rf"{NUMBERED_MEASURE}(?:\s*[:.–-]|\s+(?-i:(?=[A-ZÅÄÖ])))"
