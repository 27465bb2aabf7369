"""A crawl of written hosts, through the real middlewares."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from yarl import URL

from crawlers import connection, run, settings
from crawlers.connection import client
from crawlers.run import crawl
from pipeline.config import Platform, load_platforms
from pipeline.models import Board, Snapshot
from pipeline.store import Store
from tests.crawlers.hosts import NOW, Astray, Hosts, Visit, answer


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    with Hosts() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "reachlist.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def platforms() -> dict[str, Platform]:
    return load_platforms(Path(__file__).parents[2] / "config" / "platforms.yaml")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer must be whole in half a second."""
    monkeypatch.setattr(settings, "DOWNLOAD_TIMEOUT", 2.0)


@pytest.fixture
def visit(hosts: Hosts, store: Store, platforms: dict[str, Platform]) -> Visit:
    """Crawl boards on the written hosts; the snapshots by slug."""

    def visited(*boards: Board, **more: Any) -> dict[str, Snapshot]:
        arguments: dict[str, Any] = {"now": NOW, "connect_to": hosts.at, "platforms": platforms, "store": store}
        arguments |= more
        run = store.begin_run(arguments["now"].isoformat())
        told, kept = arguments.pop("progress", None), []

        def progress(snapshot: Snapshot) -> None:
            kept.append(snapshot)
            if told is not None:
                told(snapshot)

        crawl(boards, run=run, progress=progress, **arguments)
        return {snapshot.board.slug: snapshot for snapshot in kept}

    return visited


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[int]:
    """A port that speaks TLS with a certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret)
    path = tmp_path / "server.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                    with context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(1000)
                        secure.sendall(answer("secret"))
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


class Nobody(AbstractResolver):
    """Knows no name."""

    async def resolve(self, *_: Any, **__: Any) -> list[ResolveResult]:
        raise OSError("no such name")

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def astray(monkeypatch: pytest.MonkeyPatch, self_signed: int) -> Astray:
    """Leads the requests whose address holds a word to where nobody answers, by one of the ways of NOWHERE."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free = closed.getsockname()[1]
    where = {
        "nobody listens": URL(f"http://127.0.0.1:{free}/"),
        "nobody knows the name": URL("http://nobody.example/"),
        "nobody vouches for the certificate": URL(f"https://127.0.0.1:{self_signed}/"),
    }
    led: dict[str, URL] = {}
    right = connection.address

    def address(url: str, connect_to: tuple[str, int] | None) -> URL:
        return next((away for word, away in led.items() if word in url), None) or right(url, connect_to)

    monkeypatch.setattr(connection, "address", address)
    monkeypatch.setattr(run, "client", lambda connect_to: client(connect_to, Nobody()))
    return lambda word, way: led.update({word: where[way]})
