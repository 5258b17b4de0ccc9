"""The extractors as spaCy components, usable in anybody's pipeline.

`nlp.add_pipe("rodtrad.entities.v1")` fills `doc.spans["rodtrad"]`; each span's label is the type
and `span._.value` the normalised value (`span._.reason` and `span._.detail` beside it). The rules
themselves are the pure functions of this package: a component only maps character offsets to
tokens, so a finding that begins or ends inside a token is widened to whole tokens, and its exact
offsets are kept in `span._.at`. Importing this module registers the factories; installed packages
register them through the entry point group `spacy_factories`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, SupportsIndex

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import FactoryMeta, Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from rodtrad.entities.agencies import find_agencies
from rodtrad.entities.agencies_context import AgencyContext
from rodtrad.entities.amounts import find_amounts
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.deadlines import find_deadlines
from rodtrad.entities.diarienummer import find_diarienummer
from rodtrad.entities.finding import Finding
from rodtrad.entities.mentions import find_in_text
from rodtrad.entities.references import find_references

SPANS_KEY = "rodtrad"
TYPES = ("AGENCY", "DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")
COLORS = {
    "AGENCY": "#9ecae1",
    "DEADLINE": "#fdae6b",
    "DIARIENUMMER": "#c7e9c0",
    "AMOUNT": "#dadaeb",
    "REFERENCE": "#fdd0a2",
}
Finder = Callable[[str, AgencyContext], Sequence[Finding]]


def _agencies(text: str, context: AgencyContext) -> Sequence[Finding]:
    return find_agencies(text, context=context)


def _deadlines(text: str, context: AgencyContext) -> Sequence[Finding]:
    return find_deadlines(text, agencies=find_agencies(text, context=context))


def _diarienummer(text: str, context: AgencyContext) -> Sequence[Finding]:
    return find_diarienummer(text)


def _amounts(text: str, context: AgencyContext) -> Sequence[Finding]:
    return find_amounts(text)


def _references(text: str, context: AgencyContext) -> Sequence[Finding]:
    agencies = find_agencies(text, context=context)
    return find_references(text, agencies=agencies, year=context.year)


def _entities(text: str, context: AgencyContext) -> Sequence[Finding]:
    return find_in_text(text, context=context)


FINDERS: dict[str, Finder] = {
    "rodtrad.entities.v1": _entities,
    "rodtrad.agencies.v1": _agencies,
    "rodtrad.deadlines.v1": _deadlines,
    "rodtrad.diarienummer.v1": _diarienummer,
    "rodtrad.amounts.v1": _amounts,
    "rodtrad.references.v1": _references,
}


@dataclass
class EntityComponent:
    """A component that runs one finder over a doc's text; settings survive `nlp.to_disk`.

    `spans_key` is where the spans go, `types` which findings are kept (all without), `doubtful`
    whether doubtful ones are. `issuer` and `date` are what is known of the document, for bare
    "länsstyrelsen" and for names that changed.
    """

    factory: str
    spans_key: str = SPANS_KEY
    types: tuple[str, ...] = ()
    doubtful: bool = False
    issuer: str | None = None
    date: str | None = None
    _finder: Finder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._finder = FINDERS[self.factory]

    def __call__(self, doc: Doc) -> Doc:
        """The same doc with `doc.spans[spans_key]` filled; spans already there are kept."""
        context = AgencyContext(issuer=self.issuer, date=self.date)
        wanted = (f for f in self._finder(doc.text, context) if self._wants(f))
        old = list(doc.spans[self.spans_key]) if self.spans_key in doc.spans else []
        spans = old + [_span(doc, finding) for finding in wanted]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        return doc

    def _wants(self, finding: Finding) -> bool:
        typed = not self.types or finding.type in self.types
        return typed and (self.doubtful or finding.certainty == "certain")

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings, for `nlp.to_bytes`."""
        data: bytes = srsly.json_dumps(self._settings()).encode("utf-8")
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EntityComponent:
        """Take over settings written by `to_bytes`."""
        return self._restore(srsly.json_loads(data.decode("utf-8")))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings as one JSON file."""
        srsly.write_json(Path(path).with_suffix(".json"), self._settings())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EntityComponent:
        """Take over settings written by `to_disk`."""
        return self._restore(srsly.read_json(Path(path).with_suffix(".json")))

    def _settings(self) -> dict[str, Any]:
        names = ("spans_key", "types", "doubtful", "issuer", "date")
        return {name: getattr(self, name) for name in names}

    def _restore(self, settings: dict[str, Any]) -> EntityComponent:
        for name, value in settings.items():
            setattr(self, name, tuple(value) if name == "types" else value)
        return self


def blank(language: str = "sv") -> Language:
    """An empty pipeline ("sv" or "en") whose tokenizer keeps "prop.", "dnr." and "kap." whole.

    The stock tokenizer splits them, and a sentencizer then ends the sentence there.
    """
    nlp = spacy.blank(language)
    tokenizer: Any = nlp.tokenizer
    for row in read_rows("abbreviations.tsv"):
        short = row["abbreviation"]
        for form in (short, short.capitalize()):
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return nlp


def displacy_options(*, spans_key: str = SPANS_KEY) -> dict[str, Any]:
    """Options for `displacy.render(doc, style="span", options=…)`: our key and colours."""
    return {"spans_key": spans_key, "colors": dict(COLORS)}


def _span(doc: Doc, finding: Finding) -> Span:
    """The tokens of a finding; the exact characters are in `span._.at`."""
    span = doc.char_span(
        finding.at.start, finding.at.end, label=finding.type, alignment_mode="expand"
    )
    if span is None:
        raise ValueError(f"finding outside the doc: {finding.at}")
    span._.value, span._.at = finding.value, (finding.at.start, finding.at.end)
    span._.certainty, span._.reason, span._.detail = (
        finding.certainty,
        finding.reason,
        finding.detail,
    )
    return span


def _register() -> None:
    """Register extensions and factories; importing the module twice changes nothing."""
    for name in ("value", "at", "certainty", "reason", "detail"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    for factory in FINDERS:
        if factory not in registry.factories:
            # `Language.factory` refuses names with a full stop, which versioned names have; what
            # it does besides checking the name is these two calls.
            registry.factories.register(factory, func=_factory(factory))
            Language.set_factory_meta(factory, FactoryMeta(factory, dict(_DEFAULTS)))


_DEFAULTS: dict[str, Any] = {
    "spans_key": SPANS_KEY,
    "types": [],
    "doubtful": False,
    "issuer": None,
    "date": None,
}


class _Renaming(list[Any]):
    """A pipeline's list of components that takes in one component under a name without full stops.

    spaCy names a component after its factory, and a name with full stops cannot be read back from
    a config file (each one opens a section), so `nlp.to_disk` would write what `spacy.load`
    refuses. "rodtrad.entities.v1" therefore stands in the pipeline as "rodtrad_entities_v1".
    """

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp._components)
        self._nlp = nlp

    def insert(self, index: SupportsIndex, component: Any) -> None:
        """Insert once, renamed, and leave a plain list behind."""
        old, pipe = component
        new = old.replace(".", "_")
        super().insert(index, (new, pipe))
        self._nlp._pipe_meta[new] = self._nlp._pipe_meta.pop(old)
        self._nlp._pipe_configs[new] = self._nlp._pipe_configs.pop(old)
        self._nlp._components = list(self)


def _factory(factory: str) -> Callable[..., EntityComponent]:
    def create(
        nlp: Language,
        name: str,
        spans_key: str,
        types: list[str],
        doubtful: bool,
        issuer: str | None,
        date: str | None,
    ) -> EntityComponent:
        if "." in name:
            nlp._components = _Renaming(nlp)
        return EntityComponent(factory, spans_key, tuple(types), doubtful, issuer, date)

    return create


_register()
entities = _factory("rodtrad.entities.v1")
agencies = _factory("rodtrad.agencies.v1")
deadlines = _factory("rodtrad.deadlines.v1")
diarienummer = _factory("rodtrad.diarienummer.v1")
amounts = _factory("rodtrad.amounts.v1")
references = _factory("rodtrad.references.v1")
