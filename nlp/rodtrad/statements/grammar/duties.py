"""What should be done: a modal, the clause it stands in, its subject and its infinitive.

"Regeringen bör X", "Myndigheten anser att Y bör", "Om Y införs bör Z"; not "frågor som bör",
"hur det bör", "innebär att X måste", "Tullverket menar att X bör". A bare "måste" or "behöver" also
tells how things are ("Företagen behöver tid", "Övningar måste vara realistiska"): it asks only
where its subject is one of whom something can be asked, or a definite thing that is to be changed.
"""

from __future__ import annotations

import re

from rodtrad.statements.grammar.clauses import Clause, Clauses
from rodtrad.statements.vocabulary import word_list

SHOULD = frozenset({"bör", "borde", "böra"})
MUST = frozenset({"måste", "behöver"})
_FRONTED_WITHIN = 4
_TOLD_WITHIN = 14
_SUPINE = re.compile(r"\w{2,}(?:at|it|tt|gt|rt)|fram")
_PRESENT = re.compile(r"\w{2,}(?:ar|er|år|ör|yr)|är|får|ges|fick|kan|ska|skall")


def is_own_duty(clauses: Clauses, modals: frozenset[str], *, named: bool) -> bool:
    """Whether one of the modals says what the issuer itself thinks should be done.

    With `named` a clause counts only where the issuer is seen to govern it ("vi anser att"),
    without it also where nobody is seen to say it ("det är viktigt att").
    """
    places = (n for n, word in enumerate(clauses.words) if word.text in modals)
    return any(_is_own(clauses, place, named=named) for place in places)


def is_asked_whether(clauses: Clauses, modals: frozenset[str]) -> bool:
    """Whether a sentence only tells that it was asked whether something should be done.

    "Verket har övervägt om avgiften bör höjas"; not "Det bör övervägas om avgiften bör höjas", nor
    "Det finns skäl att överväga om".
    """
    places = [n for n, word in enumerate(clauses.words) if word.text in modals]
    asked = all(clauses.clause_of(n).opener == "huruvida" for n in places)
    return bool(places) and asked and "skäl" not in (word.text for word in clauses.words)


def _is_own(clauses: Clauses, place: int, *, named: bool) -> bool:
    clause = clauses.clause_of(place)
    opener = clause.start - 1
    if clause.opener and _is_behind_fronted(clauses, opener, place):
        clause = Clause(place, "")
    if not clause.opener:
        return not _is_a_fact(clauses, place)
    purpose = clauses.at(opener - 1) == "för"
    if clause.opener != "att" or purpose or _is_told(clauses, opener):
        return False
    governor = clauses.governor(clause)
    return governor == "own" or not (named or governor or _tells_a_fact(clauses, opener))


def _is_behind_fronted(clauses: Clauses, opener: int, place: int) -> bool:
    """ "Den del som avser tillsyn bör", "För att klara detta bör": a clause that came first."""
    if clauses.at(opener - 1) == "för" and _INFINITIVE.fullmatch(clauses.at(opener + 1)):
        return True
    if opener - clauses.main_start(place) >= _FRONTED_WITHIN or place - opener < 2:
        return False
    if clauses.at(opener) == "att":
        return opener - clauses.main_start(place) <= 1
    between = (clauses.at(n) for n in range(opener + 1, place))
    return any(_PRESENT.fullmatch(text) for text in between)


def _tells_a_fact(clauses: Clauses, opener: int) -> bool:
    """ "innebär att X måste", "risk för att X behöver", "så att X måste"."""
    before = opener - 1
    while before > 0 and clauses.is_light(before):
        before -= 1
    return clauses.at(before) in word_list("facts")


def _is_told(clauses: Clauses, opener: int) -> bool:
    """ "har i en rapport framhållit att X bör": what was said before, by whomever."""
    said = opener - 1
    while said > 0 and clauses.is_light(said):
        said -= 1
    has = clauses.find(lambda w: w.text in ("har", "hade"), max(0, opener - _TOLD_WITHIN), said)
    supine = has is not None and _SUPINE.fullmatch(clauses.at(said)) is not None
    return supine or clauses.at(said) in word_list("told")


# Whoever is meant by these is anybody, or nobody of whom something is asked.
_ANYBODY = re.compile(r"(?:många|man|de flesta|vissa|somliga|var och en)\b")
# "måste enligt dagens regler", "behöver i dag".
_AS_IT_IS = re.compile(
    r"\b(?:enligt|med) (?:dagens|gällande|nu gällande|nuvarande)\b"
    r"|\b(?:måste|behöver)\s+(?:i ?dag|redan)\b|\bvarje (?:år|termin|månad|dag)\b",
    re.IGNORECASE,
)
# Those whom a law is about do what they must; who makes or applies it can be asked.
_PEOPLE = re.compile(
    r"\b(?:enskilda?e?|sökanden?|personer(?:na)?|barnen?|barn|föräld(?:er|rar|rarna|ern)"
    r"|(?:patient|elev|hyresgäst|kund)(?:en|er|erna)?|(?:brukar|medborgar|vårdnadshavar|arbetstagar"
    r"|förar)(?:e|en|na))\b"
)
_WHOEVER = re.compile(r"(?:den|de|en) som\b")
_DEFINITE = re.compile(r"(?!\w+(?:tion|sion|verkan|sökan|önskan)\b)\w+(?:[aeiouyåäölrn]n|et|na)")
_DETERMINED = re.compile(
    r"(?:det|den|de|detta|denna|dessa|sådan|en sådan|ett sådant|sådana|vår|vårt|våra|samtliga|alla"
    r"|varje|båda|övriga|sverige|eu)\b"
)
# "En strategi behöver tas fram" asks; "En liten kommun behöver tid" tells.
_ANY_ONE = re.compile(r"(?:en|ett|någon|något|några)\b")
_CHANGES = re.compile(
    r"(?:stärk|förstärk|förbättr|utveckl|höj|sänk|förtydlig|tydliggör|utred|säkerställ|inför|inrätt"
    r"|tillför|prioriter|förläng|regler|ök|minsk|samordn|förenkl|kompletter|ändr|avskaff|utök"
    r"|utvidg|bygg|omfatt)\w*s\b|(?:ses över|tas (?:fram|bort))\b"
)
_PASSIVE = re.compile(r"\w+s\b")
_HOW_IT_IS = re.compile(r"(?:kunna(?! få)|ha|vara|förstå|veta|känna)\b")


def _is_a_fact(clauses: Clauses, place: int) -> bool:
    """Whether a modal of a main clause only tells how things are."""
    subject, infinitive = _subject_and_infinitive(clauses, place)
    if _ANYBODY.match(subject):
        return True
    if clauses.at(place) not in MUST:
        return False
    if _AS_IT_IS.search(clauses.line) or not clauses.at(place + 1).isalpha():
        return True
    if infinitive and _PEOPLE.search(subject) and not _PASSIVE.match(infinitive):
        return True
    made = infinitive and (
        _CHANGES.match(infinitive) or (_ANY_ONE.match(subject) and _PASSIVE.match(infinitive))
    )
    if _WHOEVER.match(subject) or not (made or _is_definite(subject)):
        return True
    return infinitive is not None and _HOW_IT_IS.match(infinitive) is not None


def needs_a_thing(clauses: Clauses) -> bool:
    """Whether all that is needed is a thing, or something of a group by itself.

    "Verket behöver nio månader", "Det finns behov av stöd", "Lärosätena behöver ta ansvar"; not
    "Lagen behöver ändras", "Regeringen behöver ta ansvar", "Det finns behov av att ändra lagen".
    """
    places = [n for n, word in enumerate(clauses.words) if word.text in MUST]
    if not places:
        return _OF_A_THING.search(clauses.line) is not None
    told = all(not clauses.clause_of(n).opener for n in places)
    return told and all(clauses.at(n) == "behöver" and _is_of_a_thing(clauses, n) for n in places)


_OF_A_THING = re.compile(r"^\W*det finns\b[^.]*\bbehov av (?!att\b)(?!.*\bbehövs\b)", re.I)
_TO_BE_GIVEN = re.compile(
    r"\b(?:mer|mera|fler|bättre|längre|större|ökade?|förstärkta?|särskilda?|utökade?|\w*(?:medel|resurser"
    r"|anslag|stöd|utbildning))\b"
)
_GROUP = re.compile(r"\w{3,}(?:[aeo]rna|sätena|männen)|kommuner|regioner")


def _is_of_a_thing(clauses: Clauses, place: int) -> bool:
    subject, infinitive = _subject_and_infinitive(clauses, place)
    first = (infinitive or "").split(" ")[0]
    if _TO_BE_GIVEN.search(clauses.text(place + 1, place + 5).casefold()):
        return False
    if not _INFINITIVE.fullmatch(first):
        return True
    group = _GROUP.fullmatch(subject.split(" ")[-1]) if subject else None
    return group is not None and not _PASSIVE.fullmatch(first)


def _is_definite(subject: str) -> bool:
    if not subject or _DETERMINED.match(subject):
        return True
    if _ANY_ONE.match(subject):
        return False
    head = _BEHIND_HEAD.split(subject)[0]
    return any(_DEFINITE.fullmatch(word) or word.endswith("s") for word in head.split())


_BEHIND_HEAD = re.compile(r"\s(?:som|för|i|på|av|om|till|med|mellan|från|hos|inom|vid|över)\s")


_INVERTS = re.compile(
    r"(?:i|för|om|när|därför|enligt|på|av|till|utöver|vid|med|mot|genom|under|utan|från|samtidigt"
    r"|oavsett|vidare|dessutom|därutöver|dock|även|här|där|då|sist|först|inom|efter|innan|skulle)\b"
)


_PREPOSITIONS = frozenset({"för", "i", "av", "till", "om", "med", "mot", "utan", "enligt"})


def _subject_and_infinitive(clauses: Clauses, place: int) -> tuple[str, str | None]:
    """The words of the subject, folded, and the infinitive with what follows it."""
    start = clauses.main_start(place)
    while start < place and _is_adverb(clauses, start) and clauses.at(start) not in _PREPOSITIONS:
        start += 1
    before = " ".join(w.text for w in clauses.words[start:place])
    behind = place + 1
    while behind < len(clauses.words) and _is_adverb(clauses, behind):
        behind += 1
    if clauses.at(behind) in ("någon", "man"):
        return clauses.at(behind), None
    if before and not _INVERTS.match(before):
        return before, " ".join(w.text for w in clauses.words[behind : behind + 3])
    rest = clauses.words[behind:]
    verb = next((n for n, w in enumerate(rest) if _INFINITIVE.fullmatch(w.text)), None)
    subject = " ".join(w.text for w in (rest[:verb] if verb is not None else rest[:4]))
    tail = None if verb is None else " ".join(w.text for w in rest[verb : verb + 3])
    return subject, tail


_INFINITIVE = re.compile(r"\w{2,}a|ta|ha|\w{2,}as|\w*(?:se|ge|gå|stå|få|bli|ske)s?")


def _is_adverb(clauses: Clauses, place: int) -> bool:
    if clauses.words[place].own_genitive:
        return True
    light = clauses.is_light(place) and not clauses.words[place].own
    return light and _DETERMINED.fullmatch(clauses.at(place)) is None
