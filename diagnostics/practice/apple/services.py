"""The services that lockdownd starts: which there are, and how each one talks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from diagnostics.practice.apple import apps, mcinstall, relay
from diagnostics.practice.apple.channel import Channel
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.apple.steps import Step

HEARTBEAT_SECONDS = 10

Talk = Callable[[PracticeIphone, Channel, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Service:
    """One service.

    Attributes:
        talk: What it does with a connection.
        needs_unlock: Whether a locked screen refuses it without the right EscrowBag.
        open_to_all: Whether it needs no session.
    """

    talk: Talk
    needs_unlock: bool = True
    open_to_all: bool = False


async def activation(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Talk as mobileactivationd: one command a connection, and only the one that reads."""
    request = await channel.receive()
    command = str(request.get("Command"))
    reads = command == "GetActivationStateRequest"
    phone.note(name, command, changes=not reads)
    step = Step.ACTIVATION_STATE if reads else Step.OTHER_SERVICE
    word = phone.troubles.refusal(step) if reads else "The command is not allowed."
    answer: dict[str, Any] = {"Error": word} if word else {"Value": phone.character.owner["activation"]}
    await phone.say(channel, answer, step)


async def heartbeat(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Talk as the heartbeat: the phone says Marco first, the computer answers Polo."""
    while True:
        await phone.say(channel, {"Command": "Marco", "Interval": HEARTBEAT_SECONDS}, Step.OTHER_SERVICE)
        phone.note(name, str((await channel.receive()).get("Command")))


async def notifications(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Talk as notification_proxy: take what is to be observed, relay nothing, say goodbye on Shutdown."""
    while True:
        request = await channel.receive()
        command = str(request.get("Command"))
        phone.note(name, command, changes=command == "PostNotification", notification=request.get("Name"))
        if command == "Shutdown":
            await phone.say(channel, {"Command": "ProxyDeath"}, Step.OTHER_SERVICE)
            return


SERVICES = {
    "com.apple.mobile.diagnostics_relay": Service(relay.talk),
    "com.apple.mobile.MCInstall": Service(mcinstall.talk),
    "com.apple.mobile.installation_proxy": Service(apps.talk),
    "com.apple.mobileactivationd": Service(activation, needs_unlock=False),
    "com.apple.mobile.heartbeat": Service(heartbeat, needs_unlock=False),
    "com.apple.mobile.notification_proxy": Service(notifications, needs_unlock=False),
    "com.apple.mobile.insecure_notification_proxy": Service(
        notifications, needs_unlock=False, open_to_all=True
    ),
}
"""By name; what is not here is answered InvalidService: afc2, too, which not every jailbroken phone has."""
