"""What a browser would send back."""

from __future__ import annotations

import time
from typing import Any

from lxml import html
from starlette.testclient import TestClient


def page(text: str) -> Any:
    """A page as a tree."""
    return html.fromstring(text)


def hidden(client: TestClient, address: str) -> dict[str, str]:
    """The hidden fields of a page's form that is sent by POST."""
    (form,) = page(client.get(address).text).xpath("//form[@method='post']")
    return {f.get("name"): f.get("value") for f in form.xpath(".//input[@type='hidden']")}


def send_file(client: TestClient, name: str, data: bytes, **fields: str) -> dict[str, Any]:
    """Upload a file and wait until it is done; the last state of the job."""
    values = hidden(client, "/lagg-till") | fields
    sent = client.post("/lagg-till", data=values, files={"file": (name, data)})
    assert sent.status_code == 303, sent.text
    for _ in range(300):
        job: dict[str, Any] = client.get(f"{sent.headers['location']}.json").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def begin_review(client: TestClient, name: str) -> None:
    """Say who is reviewing."""
    values = hidden(client, "/granska/namn") | {"namn": name}
    assert client.post("/granska/namn", data=values).status_code == 303
