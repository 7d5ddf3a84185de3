"""Pairing: the only thing that is ever written to a phone. Imported lazily: it needs pymobiledevice3.

pymobiledevice3's own `pair` makes two RSA keys in the loop for every try (0.1 to 0.3 s of CPU), so that asking once a
second whether the person has tapped Trust would stall every other phone. Here the certificates are made once a phone,
in a thread (the key generator releases the interpreter lock), and the same request is sent again.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

from pymobiledevice3.ca import generate_pairing_cert_chain  # noqa: TID253  this module is imported lazily

from diagnostics.apple.connection import LABEL, Lockdown
from diagnostics.apple.errors import Trouble, explain_word
from diagnostics.apple.mux import mux_session
from diagnostics.apple.values import mapping


@dataclass(frozen=True, slots=True)
class Offer:
    """What we propose to a phone; it stays the same until the person has answered.

    Attributes:
        record: The pair record as the phone gets it.
        private_key: Our own key, which the phone never sees.
    """

    record: dict[str, Any]
    private_key: bytes


async def make_offer(lockdown: Lockdown, slots: asyncio.Semaphore) -> Offer:
    """Make the certificates for one phone.

    Args:
        lockdown: Connected, no session.
        slots: How many are made at a time.
    """
    public_key = await lockdown.get_value("", "DevicePublicKey")
    async with mux_session(lockdown.usbmux_address) as mux:
        computer = await mux.get_buid()
    async with slots:
        host, host_key, device, root, root_key = await asyncio.to_thread(
            generate_pairing_cert_chain, public_key
        )
    record = {
        "DeviceCertificate": device,
        "HostCertificate": host,
        "HostID": lockdown.host_id,
        "RootCertificate": root,
        "RootPrivateKey": root_key,
        "SystemBUID": computer,
    }
    if isinstance(lockdown.wifi_mac_address, str):
        record["WiFiMACAddress"] = lockdown.wifi_mac_address
    return Offer(record, host_key)


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
    escrow = {"EscrowBag": reply["EscrowBag"]} if isinstance(reply.get("EscrowBag"), bytes) else {}
    return {**offer.record, "HostPrivateKey": offer.private_key, **escrow}
