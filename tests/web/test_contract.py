"""Schemathesis against our own OpenAPI description: no server error, no answer it does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from web.conftest import BASE
from web.forms import hidden

pytestmark = pytest.mark.slow
EXAMPLES = 8
TOO_LONG = 414  # said by the guard before any parameter is looked at
# Addresses of the demonstration's documents, so that many requests get past the door.
REAL = {
    "document": ("greta", "handlingsplan-2026-2028", "handlingsplan-2018"),
    "dokument": ("greta", "handlingsplan-2026-2028", "lagesrapport-25"),
    "fran": ("greta",),
    "till": ("handlingsplan-2026-2028",),
    "tidigare": ("handlingsplan-2018",),
    "senare": ("handlingsplan-2026-2028",),
    "post": ("handlingsplan-2026-2028#4.4.1",),
    "q": ("betänketid", "stöd till barn"),
}


@pytest.fixture(scope="session")
def description(reader: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = reader.get("/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> Iterator[Any]:
    """What is tried: pages by their JSON twin, files, and everything that writes."""
    schema = schemathesis.openapi.from_dict(description)
    for path, methods in description["paths"].items():
        for method in methods:
            html = "text/html" in methods[method]["responses"].get("200", {}).get("content", {})
            if method == "post" or not html or path.endswith(".{ending}"):
                yield schema[path][method]


def with_real(values: Any, draw: Any) -> None:
    """Put names of real documents into some parameters, in place."""
    for name in [n for n in values or {} if n in REAL and draw(st.integers(0, 3))]:
        one = draw(st.sampled_from(REAL[name]))
        values[name] = [one] if isinstance(values[name], list) else one


def checked(
    client: TestClient, case: Any, body: dict[str, str] | None = None, *, but: Sequence[Any] = ()
) -> None:
    """Send a request, and hold the answer against the description; `but` are checks left out."""
    sent = case.as_transport_kwargs(base_url=BASE)
    sent.pop("cookies", None)
    if body:
        sent |= {"data": {**(sent.get("data") or {}), **body}}
    if sent.get("files"):
        sent["files"] = [(name, as_file(value)) for name, value in sent["files"]]
    answer = client.request(**sent, follow_redirects=False)
    answer.request.read()
    if answer.status_code != TOO_LONG:
        found = schemathesis.Response.from_httpx(answer, verify=True)
        case.validate_response(found, excluded_checks=list(but))


def as_file(value: Any) -> Any:
    """A part of a form as this client sends it: words, not numbers."""
    if not isinstance(value, tuple):
        return value if isinstance(value, str | bytes) else str(value)
    return (value[0], as_file(value[1]), *value[2:])


def tries(examples: int = EXAMPLES) -> Any:
    """Few examples, the same in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_every_operation_is_tried(description: dict[str, Any]) -> None:
    labels = {operation.label for operation in operations(description)}
    assert {"GET /sok.json", "GET /jamfor.json", "GET /kedja/export.{ending}"} <= labels
    assert {"POST /granska", "POST /lagg-till"} <= labels
    assert "GET /sparning/bild/{name}.{ending}" in labels
    assert len(labels) > 20


def test_what_fits_the_description_is_answered_as_it_says(
    reader: TestClient, description: dict[str, Any]
) -> None:
    def run(operation: Any) -> None:
        @tries()
        @given(data=st.data())
        def one(data: st.DataObject) -> None:
            case = data.draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
            with_real(case.path_parameters, data.draw)
            with_real(case.query, data.draw)
            checked(reader, case)

        one()

    for operation in operations(description):
        run(operation)


def test_what_does_not_fit_is_refused_as_it_says(
    reader: TestClient, description: dict[str, Any]
) -> None:
    def run(operation: Any) -> None:
        @tries(EXAMPLES // 2)
        @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def one(case: Any) -> None:
            checked(reader, case)

        one()

    for operation in operations(description):
        if operation.definition.raw.get("parameters") or operation.body:
            run(operation)


def test_forms_with_the_right_token_are_answered_as_it_says(
    writer: TestClient, description: dict[str, Any]
) -> None:
    operation = schemathesis.openapi.from_dict(description)["/granska"]["post"]
    token = hidden(writer, "/lagg-till")["csrf"]
    writer.cookies.set("rodtrad_reviewer", "Bo")

    @tries(25)
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        case.query = {"fran": ["lista"], "till": ["plan"]}
        action = data.draw(st.sampled_from(["accept:2", "reject:", "undo:", "comment:"]))
        ends = {"fran_id": "lista#V-1", "till_id": data.draw(st.sampled_from(["plan#1", ""]))}
        # A decision of a right form may still not fit what has been decided: 400.
        checked(writer, case, {"csrf": token, "beslut": action, **ends},
                but=[positive_data_acceptance])  # fmt: skip

    run()
