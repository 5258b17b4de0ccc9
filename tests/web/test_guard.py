"""What the page lets in and what it sends out."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from rodtrad.errors import UsageError
from rodtrad.web import serving
from rodtrad.web.app import make_app
from rodtrad.web.guard import MEGABYTE, Access, Guard, access_for, host_name
from rodtrad.web.serving import PatientProtocol, WithoutText
from rodtrad.workspace import Workspace, open_workspace
from web.conftest import BASE
from web.forms import hidden

TOKEN = "en-lang-nyckel-2026"  # noqa: S105 - made for the test


def client(workspace: Workspace, address: str = "127.0.0.1", **rules: Any) -> TestClient:
    app = make_app(workspace, Access(**rules))
    return TestClient(app, base_url=BASE, follow_redirects=False, client=(address, 50_000))


def test_every_answer_has_the_headers(reader: TestClient) -> None:
    for address in ("/", "/stil.css", "/finns-inte", "/sok.json?q=barn", "/sok?fran=x"):
        headers = reader.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("header", "name"),
    [("127.0.0.1:8765", "127.0.0.1"), ("[::1]:80", "::1"), ("LOCALHOST", "localhost"), ("", "")],
)
def test_host_name(header: str, name: str) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::2]"]
)
def test_an_unknown_host_is_refused(reader: TestClient, host: str) -> None:
    assert reader.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/dokument/..%2f..%2f..%2fetc%2fpasswd",
        "/dokument/%2e%2e",
        "/dokument/....//etc",
        "/dokument//etc/passwd",
        "/../../etc/passwd",
        "/sparning?fran=/etc/passwd&till=../../pyproject.toml",
        "/tidsfrister?dokument=/etc/passwd",
        "/dokument/%00",
    ],
)
def test_no_path_leads_out(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text


def test_an_address_cannot_set_headers(reader: TestClient) -> None:
    values = hidden(reader, "/granska/namn") | {
        "namn": "A\r\nSet-Cookie: x=1",
        "vidare": "/granska?x=\r\nSet-Cookie: y=1",
    }
    answer = reader.post("/granska/namn", data=values, follow_redirects=False)
    assert answer.status_code == 303
    assert {c.partition("=")[0] for c in answer.headers.get_list("set-cookie")} == {
        "rodtrad_reviewer"
    }
    assert "\n" not in answer.headers["location"]


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example/granska?", "/granska/../x"]
)
def test_a_form_cannot_lead_elsewhere(reader: TestClient, onward: str) -> None:
    values = hidden(reader, "/granska/namn") | {"namn": "A", "vidare": onward}
    answer = reader.post("/granska/namn", data=values, follow_redirects=False)
    assert answer.headers["location"] == "/granska"


def test_a_long_address_is_refused(reader: TestClient) -> None:
    assert reader.get("/sok?q=" + "x" * 9000).status_code == 414


@pytest.mark.parametrize("path", ["/lagg-till", "/granska", "/granska/namn", "/logga-in"])
def test_a_write_needs_the_form_s_token(writer: TestClient, path: str) -> None:
    fields = {"namn": "A", "beslut": "accept:2", "fran_id": "a#1", "token": "x"}
    files = {"file": ("a.txt", b"hej")} if path == "/lagg-till" else None
    for csrf in ({}, {"csrf": ""}, {"csrf": "f" * 64}):
        assert writer.post(path, data=fields | csrf, files=files).status_code == 403
    right = hidden(writer, "/lagg-till") | fields
    writer.cookies.clear()
    assert writer.post(path, data=right, files=files).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_a_write_from_another_site_is_refused(writer: TestClient, headers: dict[str, str]) -> None:
    values = hidden(writer, "/granska/namn") | {"namn": "A"}
    assert writer.post("/granska/namn", data=values, headers=headers).status_code == 403
    assert writer.post("/granska/namn", data=values, headers={"origin": BASE}).status_code == 303


def test_too_much_is_refused_with_and_without_a_length(small: Workspace) -> None:
    sender = client(small, max_upload=MEGABYTE)
    assert sender.post("/granska", content=b"x" * (MEGABYTE + 1)).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    assert sender.post("/lagg-till", content=pieces()).status_code == 413


def test_the_token_is_asked_for(small: Workspace) -> None:
    visitor = client(small, token=TOKEN)
    assert visitor.get("/").status_code == 401
    assert visitor.get("/sok.json?q=x", headers={"authorization": "Bearer fel"}).status_code == 401
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert visitor.get("/", headers=bearer).status_code == 200
    values = hidden(visitor, "/logga-in")
    assert visitor.post("/logga-in", data=values | {"token": "fel"}).status_code == 403
    assert visitor.get("/").status_code == 401
    assert visitor.post("/logga-in", data=values | {"token": TOKEN}).status_code == 303
    assert visitor.get("/").status_code == 200


def test_a_proxy_says_who_is_signed_in(small: Workspace) -> None:
    visitor = client(small, proxy_header="x-remote-user")
    assert visitor.get("/").status_code == 403
    signed_in = visitor.get("/", headers={"x-remote-user": "asa"})
    assert "Inloggad: asa" in signed_in.text
    assert visitor.get("/granska.json", headers={"x-remote-user": "asa"}).json()["who"] == "asa"


@pytest.mark.parametrize(
    ("address", "proxies", "status"),
    [("192.0.2.7", (), 403), ("192.0.2.7", ("192.0.2.0/24",), 200), ("unix", (), 403),
     ("127.0.0.1", ("192.0.2.7",), 403), ("::1", (), 200)],
)  # fmt: skip
def test_only_the_proxy_may_say_who_is_signed_in(
    small: Workspace, address: str, proxies: tuple[str, ...], status: int
) -> None:
    rules = access_for("127.0.0.1", proxy_header="x-remote-user", proxies=proxies)
    visitor = client(small, address, proxy_header="x-remote-user", proxies=rules.proxies)
    assert visitor.get("/", headers={"x-remote-user": "asa"}).status_code == status


def test_a_proxy_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="--proxy-from"):
        access_for("0.0.0.0", proxy_header="x-remote-user", proxies=["proxy"])  # noqa: S104


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])  # noqa: S104 - not bound
def test_other_machines_need_a_token(host: str) -> None:
    with pytest.raises(UsageError, match="--token"):
        access_for(host)
    assert access_for(host, token=TOKEN).token == TOKEN
    assert "rodtrad.example" in access_for(host, token=TOKEN, names=["Rodtrad.example"]).hosts
    with pytest.raises(UsageError, match="16 characters"):
        access_for(host, token="kort")  # noqa: S106 - refused


def test_a_slow_body_is_cut_off() -> None:
    sent: list[Any] = []

    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("the application must not be reached")

    scope = {
        "type": "http", "method": "POST", "path": "/granska", "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    guard = Guard(app, Access(body_seconds=0.05))
    # In a thread of its own: a browser test before this one may have left its loop running here.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, guard(scope, never, send)).result()
    assert sent[0]["status"] == 408


def test_slow_headers_close_the_connection(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SLOWEST_HEADERS", 0.2)
    config = uvicorn.Config(make_app(small), port=0, http=PatientProtocol, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: loc")
            assert slow.recv(1) == b""
        with socket.create_connection(("127.0.0.1", port), timeout=5) as quick:
            quick.sendall(b"GET /stil.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert quick.recv(12) == b"HTTP/1.1 200"
    finally:
        server.should_exit = True
        thread.join(10)


def test_the_log_never_quotes_a_document() -> None:
    import logging

    try:
        raise ValueError("hemlig text ur ett dokument")
    except ValueError as error:
        record = logging.LogRecord(
            "uvicorn.error", logging.ERROR, __file__, 1, "Exception in ASGI application\n", (),
            (type(error), error, error.__traceback__),
        )  # fmt: skip
    assert WithoutText().filter(record)
    shown = logging.Formatter().format(record)
    assert "ValueError" in shown
    assert "hemlig" not in shown


def test_a_fault_of_ours_says_nothing_of_the_cause(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("hemlig text")

    monkeypatch.setattr("rodtrad.web.routes.search_view", broken)
    app = make_app(open_workspace(demo))
    visitor = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    answer = visitor.get("/sok?q=x")
    assert answer.status_code == 500
    assert "hemlig" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
