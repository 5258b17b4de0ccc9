"""The description holds every page, and any parameters get an answer it allows."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.testclient import TestClient

from rodtrad.web import models

WORDS = st.one_of(
    st.sampled_from(
        ["", "greta", "handlingsplan-2026-2028", "barn", "sv", "en", "2026-01-01", "1"]
    ),
    st.text(max_size=12),
)


def operations(client: TestClient) -> dict[str, dict[str, Any]]:
    paths = client.get("/openapi.json").json()["paths"]
    return {path: found["get"] for path, found in paths.items() if "get" in found}


def model_of(operation: dict[str, Any]) -> type[BaseModel]:
    content = operation["responses"]["200"]["content"]["application/json"]
    found: type[BaseModel] = getattr(models, content["schema"]["$ref"].rpartition("/")[2])
    return found


def test_every_page_has_its_twin_in_the_description(reader: TestClient) -> None:
    found = operations(reader)
    pages = [p for p, op in found.items() if ("text/html" in op["responses"]["200"]["content"]
             and not p.endswith("}")) or p == "/dokument/{document}"]  # fmt: skip
    assert {"/", "/sok", "/sparning", "/luckor", "/tidsfrister", "/granska"} <= set(pages)
    for path in pages:
        assert ("/index.json" if path == "/" else f"{path}.json") in found


@settings(max_examples=120)
@given(data=st.data())
def test_any_parameters_get_an_answer_of_the_described_form(
    reader: TestClient, data: st.DataObject
) -> None:
    found = {p: op for p, op in operations(reader).items() if p.endswith(".json")}
    path = data.draw(st.sampled_from(sorted(found)))
    query: dict[str, Any] = {}
    for parameter in found[path].get("parameters", []):
        if parameter["in"] == "path":
            value = data.draw(st.sampled_from(["greta", "handlingsplan-2026-2028", "1", "x"]))
            path = path.replace("{" + parameter["name"] + "}", value)
        elif data.draw(st.integers(0, 3)) == 0:
            query[parameter["name"]] = data.draw(WORDS)
    answer = reader.get(path, params=query)
    assert answer.status_code in (200, 400, 404, 409, 414, 422), answer.text
    if answer.status_code == 200:
        pattern = next(p for p in found if _fits(p, path))
        model_of(found[pattern]).model_validate(answer.json())
    elif answer.status_code != 414:
        models.Problem.model_validate(answer.json())


def _fits(pattern: str, path: str) -> bool:
    one, other = pattern.split("/"), path.split("/")
    return len(one) == len(other) and all(
        a == b or a.startswith("{") for a, b in zip(one, other, strict=True)
    )
