"""One practice iPhone: who it is, whom it trusts, and what is done to it while it runs."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from diagnostics.practice.apple import pairing
from diagnostics.practice.apple.certificates import HostKeys, new_key_in_thread, pair_record, public_pem, sign
from diagnostics.practice.apple.channel import Channel, ChannelClosed
from diagnostics.practice.apple.characters import Character, Ids, overlaid
from diagnostics.practice.apple.faults import Fault
from diagnostics.practice.apple.frames import flight_frame, lockdown_frame
from diagnostics.practice.apple.pairing import Pairing, PairingRefused, Tap
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.apple.troubles import Troubles
from diagnostics.practice.apple.values import all_values, domain_values
from diagnostics.practice.records import PracticePhoneInfo, Request
from diagnostics.practice.wires import Line

FIRST_WITH_TLS13 = (14,)

Log = Callable[[Request], None]


class PracticeIphone:
    """A phone on the practice bench. Everything runs in the bench's loop.

    Attributes:
        name: Its handle on the bench, such as ``iphone-worn-battery``.
        ids: Its own ids.
        troubles: The fault that it has.
        hanging: Whether it has stopped answering; see `hang`.
        pulled: Whether a fault pulled its cable.
        dropping: Whether its next answer breaks off in the middle, as when the cable is pulled.
        port_chain: Where it is plugged in, such as ``1-2.3``.
        on_pulled: Called when its cable goes in the middle of an answer.
        on_changed: Called when its fault came or went.
    """

    def __init__(self, name: str, character: Character, ids: Ids, port_chain: str, log: Log) -> None:
        self.name = name
        self.troubles = Troubles()
        self.troubles.pull = self._pull
        self.troubles.ended = self._recover
        self.ids = ids
        self.port_chain = port_chain
        self.dropping = False
        self.pulled = False
        self.on_pulled: Callable[[], None] = lambda: None
        self.on_changed: Callable[[], None] = lambda: None
        self.pairings: dict[str, Pairing] = {}
        self._own = self._shown = character
        self._locked = character.locked
        self._log = log
        self._key: RSAPrivateKey | None = None
        self._key_lock = asyncio.Lock()
        self._awake = asyncio.Event()
        self._awake.set()
        self._tap: Tap | None = None
        self._asked_by: str | None = None
        self._denied = False
        self._trusts_this_computer = character.trusted
        self._contexts: dict[tuple[int, str | None], ssl.SSLContext] = {}
        self._forgotten: dict[str, Pairing] = {}
        self._trusted_before = False
        self._stranger: tuple[RSAPrivateKey, bytes] | None = None

    @property
    def character(self) -> Character:
        """What kind of phone it is, or what its fault makes of it."""
        return self._shown

    @property
    def locked(self) -> bool:
        """Whether its screen is locked."""
        return self._locked or self.troubles.state.locked

    @property
    def udid(self) -> str:
        """The phone's id on the bus."""
        return self.ids.udid

    @property
    def hanging(self) -> bool:
        """Whether the phone has stopped answering."""
        return not self._awake.is_set()

    @property
    def trust(self) -> str:
        """``trusted``, ``asked`` (the dialog is up), ``denied`` or ``untrusted``."""
        if self.pairings or self._trusts_this_computer:
            return "trusted"
        if self._asked_by is not None:
            return "asked"
        return "denied" if self._denied else "untrusted"

    def info(self, *, plugged: bool) -> PracticePhoneInfo:
        """Return what a trainer sees of it."""
        titles, active = self.character.title, self.troubles.active
        return PracticePhoneInfo(
            self.udid,
            "ios",
            titles["en"],
            plugged,
            self.trust,
            self.name,
            titles,
            self.port_chain,
            self.locked,
            "" if active is None else active.fault.id,
            "" if active is None or active.step is None else active.step,
        )

    def fault(self, fault: Fault, step: Step | None = None, times: int = 0) -> None:
        """Give the phone a fault, in place of the one that it has.

        Args:
            fault: Which.
            step: Where it happens; ``None`` for its usual steps.
            times: After how many spoiled exchanges it ends by itself; 0 for never.
        """
        self.troubles.put(fault, step, times)
        self._shown = overlaid(self._own, fault.state.character)
        self._contexts.clear()
        if fault.state.forgets:
            self._forget_for_now()
        self.on_changed()

    def clear(self) -> None:
        """Take the fault away: the phone is as it was before, and what waited gets its answer."""
        self.troubles.clear()
        self.on_changed()

    def _pull(self) -> None:
        self.on_pulled()
        self.pulled = True

    def _recover(self) -> None:
        self._shown = self._own
        self._contexts.clear()
        self.pairings = {**self._forgotten, **self.pairings}
        self._forgotten = {}
        self._trusts_this_computer = self._trusts_this_computer or self._trusted_before
        self._trusted_before = False
        self._asked_by, self._denied = None, False
        self.on_changed()

    def _forget_for_now(self) -> None:
        self._forgotten, self.pairings = self.pairings, {}
        self._trusted_before, self._trusts_this_computer = self._trusts_this_computer, False

    def note(self, channel: str, verb: str, *, changes: bool = False, **details: Any) -> None:
        """Write down a request that came in."""
        self._log(Request(self.udid, channel, verb, details, changes))

    def tap(self, answer: Tap) -> None:
        """Answer the trust dialog: the one that is up, or else the next."""
        self._tap = answer
        self._denied = answer is Tap.DENY

    def revoke(self) -> None:
        """Forget every computer, as Settings > Reset Location & Privacy does."""
        self.pairings.clear()
        self._contexts.clear()
        self._trusts_this_computer = False

    def forget(self, host_id: str) -> bool:
        """Forget one computer; say whether it was known."""
        return self.pairings.pop(host_id, None) is not None

    def unplugged(self) -> None:
        """Take the dialog off the screen, as a pulled cable does."""
        self._tap, self._asked_by, self._denied = None, None, False
        self.dropping = self.pulled = False

    def lock(self, *, on: bool = True) -> None:
        """Lock the screen, or unlock it."""
        self._locked = on

    def drop(self) -> None:
        """Break the next answer off in the middle, by pulling the cable."""
        self.dropping = True

    def hang(self, *, on: bool = True) -> None:
        """Stop answering, or go on with what was asked meanwhile."""
        if on:
            self._awake.clear()
        else:
            self._awake.set()

    async def say(self, channel: Channel, answer: dict[str, Any], step: Step) -> None:
        """Send an answer, when the phone is not hanging; half of one when its cable is being pulled.

        Raises:
            ChannelClosed: The connection ended, by the other end, the cable or a fault.
        """
        await self._awake.wait()
        frame = lockdown_frame(self.troubles.change(step, answer))
        if self.dropping:
            await channel.write(frame.part(0.5))
            self.on_pulled()
            raise ChannelClosed("the cable was pulled in the middle of an answer")
        await self.troubles.send(step, frame, Line(channel.write, channel.writer))

    async def greet(self, channel: Channel, known: Pairing, step: Step) -> bytes:
        """Do the phone's side of a TLS handshake; return the certificate that the computer presented, DER.

        Raises:
            TlsRefused: The handshake failed.
            ChannelClosed: The connection ended.
        """
        await self._awake.wait()
        line = Line(channel.write_plain, channel.writer)

        async def send_first(data: bytes) -> None:
            await self.troubles.send(step, flight_frame(data), line)

        return await channel.secure(await self.tls(known, step), send_first)

    async def key(self) -> RSAPrivateKey:
        """Return the phone's own key, made when it is first needed."""
        async with self._key_lock:
            if self._key is None:
                self._key = await new_key_in_thread()
            return self._key

    async def values(self) -> dict[str, Any]:
        """Return lockdown's default domain, with the keys that answer by name only."""
        listed = all_values(self.character, self.ids, locked=self.locked)
        return {**listed, "DeviceEnclosureColor": self.character.model["colour"]}

    def domain(self, name: str) -> dict[str, Any] | None:
        """Return another domain of lockdown's."""
        return domain_values(self.character, name)

    async def pair(self, record: Any) -> Pairing:
        """Pair with a computer, when the person at the phone lets it in.

        Raises:
            PairingRefused: With lockdown's word: ``PasswordProtected``, ``PairingDialogResponsePending``, …
        """
        host_id = pairing.host_id_of(record)
        accepted = pairing.accept(record, await self.key(), self._escrow_bag(host_id))
        known = self.pairings.get(host_id)
        if known is None or known.host_certificate != accepted.host_certificate:
            self._ask(host_id)
        self.pairings[host_id] = accepted
        return accepted

    def _ask(self, host_id: str) -> None:
        if self.locked:
            raise PairingRefused("PasswordProtected")
        tap, self._tap = self._tap or self._habit(), None
        self._asked_by = host_id if tap is None else None
        if tap is None:
            raise PairingRefused("PairingDialogResponsePending")
        if tap is Tap.DENY:
            self._denied = True
            raise PairingRefused("UserDeniedPairing")

    def _habit(self) -> Tap | None:
        """Return what a fault lets the person do with the dialog, once it is up."""
        habit = self.troubles.state.tap
        return Tap(habit) if habit and self._asked_by is not None else None

    async def record_for_this_computer(
        self, keys: HostKeys, host_id: str, buid: str
    ) -> dict[str, Any] | None:
        """Return the pair record of a phone that trusts this computer from the start, made when first needed.

        Returns:
            The record as the computer's service keeps it, or ``None`` when the phone does not trust it.
        """
        if not self._trusts_this_computer:
            return None
        key = await self.key()
        record: dict[str, Any] = dict(pair_record(public_pem(key), keys, host_id, buid))
        bag = self._escrow_bag(host_id)
        self.pairings[host_id] = pairing.accept(record, key, bag)
        self._trusts_this_computer = False
        return {**record, "EscrowBag": bag, "WiFiMACAddress": self.ids.wifi, "UDID": self.udid}

    async def tls(self, known: Pairing, step: Step) -> ssl.SSLContext:
        """Return the phone's side of TLS for one pairing, or with the wrong key that a fault wants at this step."""
        whose = self.troubles.stranger(step)
        context = self._contexts.get((id(known), whose))
        if context is None:
            tls13 = self.character.version >= FIRST_WITH_TLS13
            shown, key = await self._keys(known, whose)
            context = pairing.tls_context(shown, key, tls13=tls13)
            self._contexts[id(known), whose] = context
        return context

    async def _keys(self, known: Pairing, whose: str | None) -> tuple[Pairing, RSAPrivateKey]:
        if whose is None:
            return known, await self.key()
        if self._stranger is None:
            key = await new_key_in_thread()
            self._stranger = key, sign(key.public_key(), key, ca=True)
        key, certificate = self._stranger
        if whose == "phone":
            return replace(known, device_certificate=certificate), key
        return replace(known, host_certificate=certificate, root_certificate=certificate), await self.key()

    def _escrow_bag(self, host_id: str) -> bytes:
        return hashlib.sha256(f"{self.udid}:{host_id}".encode()).digest()
