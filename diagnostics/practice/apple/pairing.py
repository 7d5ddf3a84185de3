"""What a practice iPhone remembers of computers: who is trusted, who asked, and the TLS that each pairing needs."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from diagnostics.practice.apple.certificates import (
    BadCertificate,
    check_key,
    check_signed,
    parse,
    private_pem,
)


class Tap(StrEnum):
    """What the person at the phone does with the dialog "Trust This Computer?"."""

    TRUST = "trust"
    DENY = "deny"


class PairingRefused(Exception):
    """The phone does not pair; the word is lockdown's own error."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Pairing:
    """One computer that the phone trusts.

    Attributes:
        host_certificate: PEM, what the computer presents in TLS.
        root_certificate: PEM, what libimobiledevice presents in its stead.
        device_certificate: PEM, what the phone presents.
        escrow_bag: What lets this computer in while the screen is locked.
    """

    host_certificate: bytes
    root_certificate: bytes
    device_certificate: bytes
    escrow_bag: bytes

    def presented_by(self, certificate: bytes) -> bool:
        """Say whether a certificate (DER) is one that this computer may present."""
        mine = (self.host_certificate, self.root_certificate)
        return certificate in {parse(pem).public_bytes(Encoding.DER) for pem in mine}


def host_id_of(record: object) -> str:
    """Return the computer's id in a pair record.

    Raises:
        PairingRefused: ``MissingPairRecord`` or ``InvalidPairRecord``.
    """
    if not isinstance(record, Mapping):
        raise PairingRefused("MissingPairRecord")
    host_id = record.get("HostID")
    if not isinstance(host_id, str):
        raise PairingRefused("InvalidPairRecord")
    return host_id


def accept(record: Mapping[str, Any], key: RSAPrivateKey, escrow_bag: bytes) -> Pairing:
    """Check the pair record that a computer offers, as lockdownd does.

    Raises:
        PairingRefused: ``InvalidPairRecord``.
    """
    try:
        _check(record, key)
    except BadCertificate as error:
        raise PairingRefused("InvalidPairRecord") from error
    names = ("HostCertificate", "RootCertificate", "DeviceCertificate")
    host, root, device = (parse(record[name]).public_bytes(Encoding.PEM) for name in names)
    return Pairing(host, root, device, escrow_bag)


def _check(record: Mapping[str, Any], key: RSAPrivateKey) -> None:
    root = parse(record.get("RootCertificate"))
    device = parse(record.get("DeviceCertificate"))
    check_signed(parse(record.get("HostCertificate")), root)
    check_signed(device, root)
    check_key(device, key)


def tls_context(pairing: Pairing, key: RSAPrivateKey, *, tls13: bool) -> ssl.SSLContext:
    """Return the phone's side of TLS for one pairing.

    The phone is the server, shows DeviceCertificate and demands one of the computer's two certificates. Both are
    trusted as they are (a partial chain): with their empty names OpenSSL cannot build a chain between them. Session
    tickets stay on: the phone's packet after the handshake keeps Nagle's algorithm from holding the computer's first
    request back for 40 ms.

    Args:
        pairing: Whose connection it is.
        key: The phone's own key.
        tls13: Whether the phone's system speaks TLS 1.3.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_3 if tls13 else ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    trusted = pairing.host_certificate + pairing.root_certificate
    context.load_verify_locations(cadata=trusted.decode("ascii"))
    _load_own(context, pairing.device_certificate, key)
    return context


def _load_own(context: ssl.SSLContext, certificate: bytes, key: RSAPrivateKey) -> None:
    """Load certificate and key through a file that is gone at once: the ssl module takes them in no other way."""
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        path = Path(folder) / "device.pem"
        path.write_bytes(certificate + b"\n" + private_pem(key))
        context.load_cert_chain(path)
