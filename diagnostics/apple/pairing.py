"""Pairing: the only thing that is ever written to a phone. Imported lazily: it needs pymobiledevice3.

pymobiledevice3's own `pair` makes two RSA keys in the loop for every try (0.2 to 0.3 s of CPU), so that forty new
phones would wait for eight seconds, and asking once a second whether the person has tapped Trust would stall every
other phone. Here this computer's keys and certificates are made once, in a thread (the key generator releases the
interpreter lock), and serve all phones, as they did in Apple's own software and in libimobiledevice for years; only the
certificate of the phone's own key is made for each, which takes some milliseconds. The same request is sent again until
it is answered.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import Certificate
from pymobiledevice3.ca import (  # noqa: TID253  this module is imported lazily
    build_device_certificate,
    build_host_certificate,
    build_root_certificate,
    serialize_cert_pem,
    serialize_private_key_pkcs8_pem,
)

from diagnostics.apple.connection import LABEL, Lockdown
from diagnostics.apple.errors import Trouble, explain_word, misunderstood
from diagnostics.apple.mux import mux_session
from diagnostics.apple.values import mapping

AT_ONCE = 2
"""How many certificates are made at a time: that is work for the processor."""
_EXPONENT, _BITS = 65_537, 2048
_ROOT_KEY, _HOST_KEY = "RootPrivateKey", "HostPrivateKey"


@dataclass(frozen=True, slots=True)
class Computer:
    """This computer, as phones know it for as long as the program runs."""

    root_key: RSAPrivateKey
    root: Certificate
    host_key: bytes
    host: bytes

    @staticmethod
    def make() -> Computer:
        """Return new keys and certificates; takes 0.1 to 0.5 s of a processor."""
        root_key, host_key = (generate_private_key(_EXPONENT, _BITS) for _ in range(2))
        root = build_root_certificate(root_key, SHA256())
        host = build_host_certificate(host_key, root, root_key, SHA256())
        return Computer(root_key, root, serialize_private_key_pkcs8_pem(host_key), serialize_cert_pem(host))

    def certificates(self, device_key: object) -> dict[str, Any]:
        """Return the certificates of a pair record for a phone, and the key that signed them, which is kept here.

        Raises:
            TypeError: The phone's key is no RSA key.
            ValueError: It is no key at all.
        """
        if not isinstance(device_key, bytes):
            raise TypeError("a phone's key that is no bytes")
        key = load_pem_public_key(device_key)
        if not isinstance(key, RSAPublicKey):
            raise TypeError("a phone's key that is no RSA key")
        device = build_device_certificate(key, self.root, self.root_key, SHA256())
        return {
            "DeviceCertificate": serialize_cert_pem(device),
            "HostCertificate": self.host,
            "RootCertificate": serialize_cert_pem(self.root),
            _ROOT_KEY: serialize_private_key_pkcs8_pem(self.root_key),
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """What we propose to a phone; it stays the same until the person has answered.

    Attributes:
        record: The pair record as the phone gets it.
        keys: Our own private keys by their names in a stored record, which no phone ever sees: they are the same for
            all of them.
    """

    record: dict[str, Any]
    keys: dict[str, bytes]


class Workshop:
    """Makes offers beside the loop, a few at a time; those who wait in its queue hold up nobody else."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._computer: Computer | None = None
        self._making = asyncio.Lock()

    async def certificates(self, device_key: object) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return the certificates for one phone, and our own private keys.

        Raises:
            TypeError: See `Computer.certificates`.
            ValueError: See `Computer.certificates`.
        """
        async with self._making:
            if self._computer is None:
                self._computer = await asyncio.to_thread(Computer.make)
        async with self._slots:
            made = await asyncio.to_thread(self._computer.certificates, device_key)
        return made, {_ROOT_KEY: made.pop(_ROOT_KEY), _HOST_KEY: self._computer.host_key}


async def public_key(lockdown: Lockdown) -> Any:
    """Return the phone's own key, which it tells everybody."""
    return await lockdown.get_value("", "DevicePublicKey")


async def make_offer(lockdown: Lockdown, device_key: object, workshop: Workshop) -> Offer:
    """Make what is proposed to one phone. It may wait for its turn: no part of it is the phone's fault.

    Raises:
        TypeError: The phone's key is no RSA key, or usbmuxd does not tell this computer's name as a text.
        ValueError: It is no key at all.
    """
    async with mux_session(lockdown.usbmux_address) as mux:
        computer = await mux.get_buid()
    if not isinstance(computer, str):
        raise TypeError("a computer's id that is no text")
    certificates, keys = await workshop.certificates(device_key)
    record = {**certificates, "HostID": lockdown.host_id, "SystemBUID": computer}
    if isinstance(lockdown.wifi_mac_address, str):
        record["WiFiMACAddress"] = lockdown.wifi_mac_address
    return Offer(record, keys)


async def propose(lockdown: Lockdown, offer: Offer) -> dict[str, Any] | Trouble:
    """Ask the phone to trust this computer; the first time it shows its question to the person.

    Returns:
        The finished pair record, or why there is none (yet).
    """
    reply = mapping(
        await lockdown.service.send_recv_plist(
            {
                "Label": LABEL,
                "Request": "Pair",
                "HostName": socket.gethostname(),
                "PairRecord": offer.record,
                "ProtocolVersion": "2",
                "PairingOptions": {"ExtendedPairingErrors": True},
            }
        )
    )
    if "Error" in reply:
        return explain_word(reply["Error"])
    if reply.get("Request") != "Pair":
        # Rubbish is no consent: a record that the phone never took would be called forgotten the next time.
        return misunderstood("Pair without an answer", ends=False)
    escrow = {"EscrowBag": reply["EscrowBag"]} if isinstance(reply.get("EscrowBag"), bytes) else {}
    return {**offer.record, **offer.keys, **escrow}
