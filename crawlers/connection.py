"""The one place where a socket is opened: Scrapy's download handler, over aiohttp.

Takes a turn with the host, connects only to public addresses (checked on the socket, after resolution),
verifies certificates, and stops reading at the size limit. With `--connect-to` nothing but that address is
ever connected to, without TLS, and the Host header says whom the request is for.
"""

from __future__ import annotations

import errno
import ssl
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from yarl import URL

from crawlers.middlewares.scope import host_of, public
from crawlers.session import Session, loopback
from crawlers.trouble import Refused

OUT_OF_SCOPE = "out of scope"


class NotPublic(OSError):
    """An address that may not be connected to."""


class Connection(BaseDownloadHandler):
    """Fetches one request; see the module."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._client: aiohttp.ClientSession | None = None

    @property
    def session(self) -> Session:
        """The crawl's session."""
        spider: Any = self.crawler.spider
        return spider.session

    async def download_request(self, request: Request) -> Response:
        """The answer, whatever its status. Raises Refused or Scrapy's download errors."""
        host = host_of(request.url)
        platform = self.session.platforms[self.crawler.spider.name]  # type: ignore[union-attr]
        turn = self.session.pacing.turn(host, delay=platform.delay, daily_budget=platform.daily_budget)
        async with turn:
            response = await self._fetch(request)
            self.session.pacing.heed(host, response, self.session.now, patient=platform.patient)
            return response

    async def _fetch(self, request: Request) -> Response:
        requests = self.session.client or self._own()
        seconds = float(request.meta.get("download_timeout") or 60)
        try:
            async with requests.request(
                request.method,
                address(request.url, self.session.connect_to),
                data=request.body or None,
                headers=sent_headers(request),
                timeout=aiohttp.ClientTimeout(total=seconds),
                allow_redirects=False,
            ) as answer:
                body = await self._read(answer)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{seconds:g} s") from error
        except aiohttp.ClientPayloadError as error:
            raise ResponseDataLossError(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise _connect_error(error) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise DownloadFailedError(str(error) or type(error).__name__) from error
        headers = Headers([(name, value) for name, value in answer.raw_headers])
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(url=request.url, status=answer.status, headers=headers, body=body, request=request)

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in answer.content.iter_any():
            body += chunk
            if len(body) > self._limit:
                raise DownloadCancelledError(f"more than {self._limit:,} bytes")
        return bytes(body)

    def _own(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = client(self.session.connect_to)
        return self._client

    async def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            await self._client.close()


def client(connect_to: tuple[str, int] | None, resolver: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """A client that takes no cookie, no proxy and no credentials from anywhere."""

    def opened(info: Any) -> socket:
        family, kind, protocol, _, where = info
        if connect_to is None and not public(where[0]):
            raise NotPublic(errno.EACCES, f"{OUT_OF_SCOPE}: {where[0]} is no public address")
        if connect_to is not None and loopback(connect_to[0]) and not loopback(where[0]):
            raise NotPublic(errno.EACCES, f"{OUT_OF_SCOPE}: {where[0]} is not this machine")
        return socket(family, kind, protocol)

    connector = aiohttp.TCPConnector(
        ssl=ssl.create_default_context(), socket_factory=opened, resolver=resolver, limit=0, ttl_dns_cache=60
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
    )


def address(url: str, connect_to: tuple[str, int] | None) -> URL:
    """Where the request goes."""
    parts = urlsplit(url)
    if connect_to is not None:
        host, port = connect_to
        parts = parts._replace(scheme="http", netloc=f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return URL(parts._replace(fragment="").geturl(), encoded=True)


def sent_headers(request: Request) -> list[tuple[str, str]]:
    """The request's headers, with the real host among them."""
    own = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in request.headers.items()
        for value in values
        if name != b"Host"
    ]
    return [("Host", urlsplit(request.url).netloc), *own]


def _connect_error(error: aiohttp.ClientConnectorError) -> Exception:
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return DownloadFailedError(f"the certificate of {error.host} is not valid")
    cause: BaseException | None = error.__cause__
    if OUT_OF_SCOPE in str(error.os_error):  # one address: NotPublic; several: their words in one error
        return Refused(f"{error.host}: {error.os_error.strerror or error.os_error}")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return CannotResolveHostError(error.host)
    return DownloadConnectionRefusedError(f"{error.host}: {cause or error.os_error}")
