"""Every entry of the vocabularies matches its example and spares its counterexample."""

from importlib import resources

import pytest

from rodtrad.statements.vocabulary import Cue, cues

NAMES = sorted(
    path.name.removesuffix(".tsv")
    for path in resources.files("rodtrad.statements").joinpath("data").iterdir()
    if path.name.endswith(".tsv")
)
ENTRIES = [pytest.param(cue, id=f"{name}-{cue.id}") for name in NAMES for cue in cues(name)]


@pytest.mark.parametrize("cue", ENTRIES)
def test_example_matches(cue: Cue) -> None:
    assert cue.example, "an entry needs an example"
    assert cue.pattern.search(cue.example)


@pytest.mark.parametrize("cue", ENTRIES)
def test_counterexample_does_not(cue: Cue) -> None:
    assert not (cue.counterexample and cue.pattern.search(cue.counterexample))


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_used_once(name: str) -> None:
    ids = [cue.id for cue in cues(name)]
    assert len(ids) == len(set(ids)) > 0
