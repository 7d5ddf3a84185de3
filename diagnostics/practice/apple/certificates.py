"""The keys and certificates of a pairing, as iPhones and computers make them (libimobiledevice, common/userpref.c).

The computer makes a root key and a host key, signs one certificate for its own host key and one for the phone's key,
and hands all three certificates to the phone. All are RSA-2048 with SHA-256 and empty names.
"""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

EMPTY = x509.Name([])
VALIDITY = timedelta(days=3650)


class BadCertificate(ValueError):
    """A pairing certificate that the phone does not accept."""


@dataclass(frozen=True, slots=True)
class HostKeys:
    """A computer's own two keys: of its root certificate and of its host certificate."""

    root: RSAPrivateKey
    host: RSAPrivateKey


def new_key() -> RSAPrivateKey:
    """Return a fresh RSA-2048 key (30 to 120 ms; the interpreter is free meanwhile)."""
    return generate_private_key(public_exponent=65537, key_size=2048)


async def new_key_in_thread() -> RSAPrivateKey:
    """Return a fresh key without holding up the loop; the thread ends with the work."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="practice-key")
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, new_key)
    finally:
        pool.shutdown(wait=False)


def private_pem(key: RSAPrivateKey) -> bytes:
    """Return a private key as PEM, PKCS#8."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: RSAPrivateKey) -> bytes:
    """Return the public half as PEM, PKCS#1: the form of lockdown's DevicePublicKey."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1)


def sign(public: RSAPublicKey, root: RSAPrivateKey, *, ca: bool) -> bytes:
    """Return a certificate for a key, signed by the root key, PEM."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder(EMPTY, EMPTY, public, 1, now - timedelta(days=1), now + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return builder.sign(root, hashes.SHA256()).public_bytes(Encoding.PEM)


def pair_record(device_public: bytes, keys: HostKeys, host_id: str, buid: str) -> dict[str, bytes | str]:
    """Return the record that a computer keeps of a pairing, but for the phone's EscrowBag.

    Args:
        device_public: The phone's DevicePublicKey, PEM.
        keys: The computer's own keys.
        host_id: The computer's id for this phone.
        buid: The computer's id for its usbmuxd.
    """
    device = load_pem_public_key(device_public)
    assert isinstance(device, RSAPublicKey)
    return {
        "DeviceCertificate": sign(device, keys.root, ca=False),
        "HostCertificate": sign(keys.host.public_key(), keys.root, ca=False),
        "HostID": host_id,
        "HostPrivateKey": private_pem(keys.host),
        "RootCertificate": sign(keys.root.public_key(), keys.root, ca=True),
        "RootPrivateKey": private_pem(keys.root),
        "SystemBUID": buid,
    }


def parse(pem: object) -> x509.Certificate:
    """Return the certificate in a PEM text.

    Raises:
        BadCertificate: It is missing or not a certificate.
    """
    if not isinstance(pem, bytes):
        raise BadCertificate("no certificate")
    with warnings.catch_warnings():
        # libimobiledevice numbers its certificates 0, which RFC 5280 forbids and iPhones accept
        warnings.simplefilter("ignore")
        try:
            return x509.load_pem_x509_certificate(pem)
        except ValueError as error:
            raise BadCertificate("not a certificate") from error


def check_signed(certificate: x509.Certificate, root: x509.Certificate) -> None:
    """Make sure that a certificate was signed by the root's key.

    Raises:
        BadCertificate: It was not.
    """
    key, algorithm = root.public_key(), certificate.signature_hash_algorithm
    if not isinstance(key, RSAPublicKey) or algorithm is None:
        raise BadCertificate("not an RSA certificate")
    try:
        key.verify(certificate.signature, certificate.tbs_certificate_bytes, padding.PKCS1v15(), algorithm)
    except InvalidSignature as error:
        raise BadCertificate("not signed by the root certificate") from error


def check_key(certificate: x509.Certificate, key: RSAPrivateKey) -> None:
    """Make sure that a certificate is for this private key.

    Raises:
        BadCertificate: It is for another key.
    """
    if certificate.public_key() != key.public_key():
        raise BadCertificate("for another phone's key")
