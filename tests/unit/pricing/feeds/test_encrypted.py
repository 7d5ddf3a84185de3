"""Over https: who does not prove who he is gets nothing, and the time for all holds there, too."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch
from tests.fakes.web_servers import WebServer, body, drip, to

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD = b"id,brand,model,date,currency,price\n1,Apple,iPhone 13,2026-11-20,EUR,400\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    return certificate


def test_a_secret_is_sent_over_https(tmp_path, limits, trusted) -> None:
    with WebServer(body(GOOD), certificate=trusted) as server:
        feed = Feed("market", url=server.url(), secret_env="TOKEN")
        found = fetch(feed, tmp_path, now=NOW, limits=limits, environ={"TOKEN": "abc"})
    assert (found.problem, found.used) == (None, 1)
    assert server.seen[0][1]["authorization"] == "Bearer abc"


def test_a_server_nobody_vouches_for_gets_nothing(tmp_path, limits, certificate) -> None:
    with WebServer(body(GOOD), certificate=certificate) as server:
        found = fetch(Feed("market", url=server.url()), tmp_path, now=NOW, limits=limits)
    assert found.problem is not None
    assert found.problem.code == "tls"
    assert not server.seen


def test_nothing_leads_out_of_encryption(tmp_path, limits, trusted) -> None:
    with WebServer(body(GOOD)) as plain, WebServer(to(plain.url()), certificate=trusted) as server:
        found = fetch(Feed("market", url=server.url()), tmp_path, now=NOW, limits=limits)
    assert found.problem is not None
    assert found.problem.code == "bad_redirect"
    assert not plain.seen


@pytest.mark.parametrize("headers", [False, True], ids=["body", "headers"])
def test_an_answer_that_drips_ends_over_https_too(tmp_path, limits, trusted, headers) -> None:
    begun = time.monotonic()
    with WebServer(drip(GOOD, headers=headers), certificate=trusted) as server:
        found = fetch(Feed("market", url=server.url()), tmp_path, now=NOW, limits=replace(limits, total=0.8))
    assert found.problem is not None
    assert found.problem.code == "timeout"
    assert time.monotonic() - begun < 3
