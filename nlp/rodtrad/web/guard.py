"""What every request must pass: known host, permission, size, time; and headers on every answer."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from starlette.datastructures import Headers, MutableHeaders

from rodtrad.errors import UsageError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Network = IPv4Network | IPv6Network
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SESSION, PERMIT = "rodtrad_session", "rodtrad_permit"
MEGABYTE = 1 << 20
SHORTEST_TOKEN = 16
LONGEST_ADDRESS = 8_000
UPLOAD = "/lagg-till"
TOO_SLOW = (408, "Det tog för lång tid. / That took too long.")
TOO_MUCH = (413, "För mycket skickades. / Too much was sent.")

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Access:
    """Who may come in.

    `hosts` are the names the Host header may hold; `token` is asked for where one is set;
    `proxy_header` names the header in which a proxy in front says who is signed in, and is believed
    only from the addresses `proxies`. `secret` is new for every start and signs sessions.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    proxy_header: str | None = None
    proxies: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    max_upload: int = 50 * MEGABYTE
    body_seconds: float = 60.0
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def sign(self, purpose: str, value: str) -> str:
        """A signature only this process can make."""
        return hmac.new(self.secret, f"{purpose}\x1f{value}".encode(), sha256).hexdigest()

    def csrf(self, session: str) -> str:
        """The token that forms of a session carry."""
        return self.sign("csrf", session)

    def is_proxy(self, address: str) -> bool:
        """Whether a connection comes from a proxy that may say who is signed in."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.proxies)

    def csrf_is_right(self, session: str, given: str) -> bool:
        """Whether a form's token belongs to the session; compared in constant time."""
        return bool(session) and _same(self.csrf(session), given)

    def token_is_right(self, given: str) -> bool:
        """Whether a token is the one set at the start; compared in constant time."""
        return self.token is not None and _same(self.token, given)

    @property
    def permit(self) -> str:
        """The cookie's value of a browser that has shown the token."""
        return self.sign("permit", self.token or "")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def access_for(
    host: str,
    *,
    token: str | None = None,
    proxy_header: str | None = None,
    proxies: Sequence[str] = (),
    names: Sequence[str] = (),
    max_upload: int = 50,
) -> Access:
    """Who may come in, given where the page listens.

    Args:
        host: address to listen on.
        token: what readers must show; at least 16 characters.
        proxy_header: the header in which a proxy in front names who is signed in.
        proxies: addresses or networks the proxy connects from; this machine unless given.
        names: names the page is reached by beside those of this machine.
        max_upload: megabytes.

    Raises:
        UsageError: other machines could come in unasked, or the token is too short.
    """
    if token is not None and (len(token) < SHORTEST_TOKEN or not token.isascii()):
        raise UsageError(f"--token: choose at least {SHORTEST_TOKEN} characters from ASCII.")
    if host not in LOOPBACK and token is None and proxy_header is None:
        raise UsageError(
            f"--host {host}: other machines could read everything; add --token SECRET, or "
            "--proxy-header NAME behind a proxy that signs readers in."
        )
    try:
        networks = tuple(ip_network(proxy, strict=False) for proxy in proxies)
    except ValueError as error:
        raise UsageError(f"--proxy-from: {error}; write 10.0.0.5 or 10.0.0.0/24.") from error
    hosts = LOOPBACK | {name.lower() for name in names}
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        hosts |= {host.lower()}
    return Access(
        hosts=hosts,
        token=token,
        proxy_header=proxy_header,
        proxies=networks or Access.proxies,
        max_upload=max_upload * MEGABYTE,
    )


def host_name(header: str) -> str:
    """The name in a Host header, without the port: "[::1]:8765" gives "::1"."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


class Guard:
    """ASGI middleware around the whole application."""

    # Open without token: the page that asks for it, and what that page looks like.
    OPEN = frozenset({"/logga-in", "/stil.css", "/ikon.svg"})

    def __init__(self, app: App, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Let one request through, or answer it with a plain refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookies_of(headers)
        session = cookies.get(SESSION, "")
        fresh = "" if _is_session(session) else secrets.token_hex(16)
        scope["state"] = {**scope.get("state", {}), "session": fresh or session}
        answer = _Answer(send, self._cookie(fresh))
        refusal = self._refusal(scope, headers, cookies)
        if refusal:
            await _refuse(answer, *refusal)
            return
        if self._access.proxy_header:
            scope["state"]["user"] = headers[self._access.proxy_header]
        if scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, answer)
            return
        seconds = self._access.body_seconds * (10 if scope["path"] == UPLOAD else 1)
        with SpooledTemporaryFile(max_size=MEGABYTE) as body:
            try:
                async with asyncio.timeout(seconds):
                    problem = await _fill(body, receive, self._limit(scope))
            except TimeoutError:
                problem = TOO_SLOW
            if problem:
                await _refuse(answer, *problem)
            else:
                await self._app(scope, _Replay(body, receive), answer)

    def _cookie(self, fresh: str) -> str | None:
        return f"{SESSION}={fresh}; Path=/; HttpOnly; SameSite=Strict" if fresh else None

    def _limit(self, scope: MutableMapping[str, Any]) -> int:
        return self._access.max_upload + MEGABYTE if scope["path"] == UPLOAD else MEGABYTE

    def _refusal(
        self, scope: MutableMapping[str, Any], headers: Headers, cookies: dict[str, str]
    ) -> tuple[int, str] | None:
        access = self._access
        if host_name(headers.get("host", "")) not in access.hosts:
            return 421, "Okänd värd. / Unknown host."
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "Adressen är för lång. / The address is too long."
        declared = headers.get("content-length", "0")
        if declared.isascii() and declared.isdigit() and int(declared) > self._limit(scope):
            return TOO_MUCH
        if scope["method"] not in ("GET", "HEAD") and not _same_site(headers):
            return 403, "Från en annan webbplats. / From another site."
        if access.proxy_header and not (
            access.is_proxy((scope.get("client") or ("", 0))[0])
            and headers.get(access.proxy_header, "").strip()
        ):
            return 403, "Inte inloggad. / Not signed in."
        if (
            access.token
            and scope["path"] not in self.OPEN
            and not self._permitted(headers, cookies)
        ):
            return 401, "Inte inloggad; öppna /logga-in. / Not signed in; open /logga-in."
        return None

    def _permitted(self, headers: Headers, cookies: dict[str, str]) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._access.token_is_right(given.strip()):
            return True
        return _same(cookies.get(PERMIT, ""), self._access.permit)


def _same_site(headers: Headers) -> bool:
    """Whether a browser says that a write comes from our own pages; other clients say nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


def _is_session(value: str) -> bool:
    return len(value) == 32 and all(c in "0123456789abcdef" for c in value)


async def _fill(kept: IO[bytes], receive: Receive, limit: int) -> tuple[int, str] | None:
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return 400, "Avbruten. / Interrupted."
        size += kept.write(message.get("body", b""))
        if size > limit:
            return TOO_MUCH
        if not message.get("more_body", False):
            kept.seek(0)
            return None


class _Replay:
    """Gives a body that was read already, in pieces, then what the connection says."""

    def __init__(self, body: IO[bytes], receive: Receive) -> None:
        self._body = body
        self._receive = receive
        self._done = False

    async def __call__(self) -> Message:
        if self._done:
            return await self._receive()
        piece = self._body.read(MEGABYTE)
        self._done = len(piece) < MEGABYTE
        return {"type": "http.request", "body": piece, "more_body": not self._done}


class _Answer:
    """Sends an answer with the security headers and, to a new visitor, the session cookie."""

    def __init__(self, send: Send, cookie: str | None) -> None:
        self._send = send
        self._cookie = cookie

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "private, no-store")
            if self._cookie:
                headers.append("set-cookie", self._cookie)
        await self._send(message)


async def _refuse(send: _Answer, status: int, sentence: str) -> None:
    body = f"{sentence}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="rodtrad"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
