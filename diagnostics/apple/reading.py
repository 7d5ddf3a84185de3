"""Everything that a trusted phone is asked, side by side: by lockdownd, and by three of the services that it starts.

Nothing here changes the phone: GetValue, StartService, IORegistry, MobileGestalt, GetCloudConfiguration,
GetProfileList and Lookup are all that is ever sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from operator import methodcaller
from typing import Any

from pymobiledevice3.services.diagnostics import DiagnosticsService  # noqa: TID253  this module is imported lazily
from pymobiledevice3.services.mobile_config import MobileConfigService  # noqa: TID253

from diagnostics.apple import battery, findmy, identity, jailbreak, mdm, storage
from diagnostics.apple import questions as q
from diagnostics.apple.asking import Conversation, Service
from diagnostics.apple.errors import ABSENT, TIMEOUT, Trouble
from diagnostics.apple.findings import Findings
from diagnostics.apple.memory import Answer
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder

_LEVEL_FIELDS = ("battery.level_percent",)
_OWNER_FIELDS = ("locks.find_my",)
_ROOT_FIELDS = ("locks.root",)
_A_NUMBER_FIELDS = ("identity.a_number",)

Told = Answer | Trouble


class TrustedReading:
    """Reads one trusted phone into a builder.

    Args:
        talk: The conversation that it is asked through, in a session.
        findings: What understands the answers.
        builder: Where troubles are told.
        done: Called with each step's name when its values are in.
    """

    def __init__(
        self, talk: Conversation, findings: Findings, builder: ReadingBuilder, done: Callable[[str], None]
    ) -> None:
        self._talk = talk
        self._findings = findings
        self._builder = builder
        self._done = done
        self._relay = Service(talk, DiagnosticsService.SERVICE_NAME, _relay)
        self._config = Service(talk, MobileConfigService.SERVICE_NAME, _config)
        self._apps = Service(talk, jailbreak.INSTALLATION_PROXY, lambda _, connection: connection)

    async def run(self) -> None:
        """Ask everything; what fails becomes a problem of its fields, and the rest goes on."""
        steps = (
            ("domains", self._domains(), (*_LEVEL_FIELDS, *storage.FIELDS, *_OWNER_FIELDS, *_ROOT_FIELDS)),
            ("diagnostics", self._diagnostics(), (*battery.GAUGE_FIELDS, *_A_NUMBER_FIELDS)),
            ("management", self._management(), mdm.FIELDS),
            ("apps", self._jailbreak_apps(), _ROOT_FIELDS),
        )
        async with asyncio.TaskGroup() as group:
            for name, step, fields in steps:
                group.create_task(self._in_time(step, fields), name=f"read {name}")
        await self._talk.still_there()
        self._findings.finish()
        self._done("locks")

    async def _in_time(self, step: Coroutine[Any, Any, None], fields: Sequence[str]) -> None:
        """Run one step in its own time, so that a phone that drips cannot hold up the others' values."""
        try:
            async with asyncio.timeout(self._talk.limits.step):
                await step
        except TimeoutError:
            self._talk.doubtful = True
            self._tell(TIMEOUT, [field for field in fields if not self._builder.explained(field)])

    async def _domains(self) -> None:
        self._take(q.LEVEL, await self._domain(q.LEVEL), _LEVEL_FIELDS)
        associated = await self._talk.ask_lockdown(
            q.FIND_MY, lambda lockdown: lockdown.get_value(findmy.DOMAIN, findmy.KEY)
        )
        # A phone that does not offer it may tell the same by its NVRAM.
        self._take(q.FIND_MY, associated, () if associated == ABSENT else _OWNER_FIELDS)
        self._take(q.DISK, await self._domain(q.DISK), storage.FIELDS)
        self._done("storage")
        self._take(q.AFC2, await self._talk.starts(jailbreak.AFC2), _ROOT_FIELDS)

    async def _domain(self, name: str) -> Told:
        return await self._talk.ask_lockdown(name, lambda lockdown: lockdown.get_value(name))

    async def _diagnostics(self) -> None:
        await self._gauge()
        self._done("battery")
        options = await self._relay.ask(q.OPTIONS, lambda relay: relay.ioregistry(name="options"))
        self._take(q.OPTIONS, options)
        await self._a_number()

    async def _gauge(self) -> None:
        """Ask for the battery's entry by its class, then by its names, until one tells the health."""
        told: Told = ABSENT
        for name, entry in q.GAUGES.items():
            told = await self._relay.ask(name, methodcaller("ioregistry", **entry))
            self._take(name, told)
            if self._builder.has(battery.GAUGE_FIELDS[0]) or (isinstance(told, Trouble) and told.ends):
                break
        unknown = [field for field in battery.GAUGE_FIELDS if not self._builder.explained(field)]
        self._tell(told if isinstance(told, Trouble) else ABSENT, unknown)

    async def _a_number(self) -> None:
        """Ask the device tree, and MobileGestalt where that is still answered (below iOS 17.4)."""
        told = await self._relay.ask(q.DEVICE_TREE, _device_tree)
        self._take(q.DEVICE_TREE, told)
        if self._builder.explained("identity.a_number") or (isinstance(told, Trouble) and told.ends):
            return
        if identity.answers_gestalt(self._findings.values):
            self._take(q.GESTALT, await self._relay.ask(q.GESTALT, _gestalt))

    async def _management(self) -> None:
        cloud = await self._config.ask(q.CLOUD, lambda config: config.get_cloud_configuration())
        profiles = await self._config.ask(q.PROFILES, lambda config: config.get_profile_list())
        told = {q.CLOUD: cloud, q.PROFILES: profiles}
        troubles = {name: trouble for name, trouble in told.items() if isinstance(trouble, Trouble)}
        for question in troubles:
            self._findings.fail(question)
        self._builder.forget(*mdm.FIELDS)
        for trouble in troubles.values():
            self._tell(trouble, mdm.FIELDS)
        self._findings.read_management()

    async def _jailbreak_apps(self) -> None:
        self._take(q.JAILBREAK_APPS, await self._apps.ask(q.JAILBREAK_APPS, jailbreak.look_up), _ROOT_FIELDS)

    def _take(self, question: str, told: Told, fields: Sequence[str] = ()) -> None:
        if isinstance(told, Trouble):
            self._findings.fail(question)
            self._tell(told, fields)
        else:
            self._findings.take(question)

    def _tell(self, trouble: Trouble, fields: Sequence[str]) -> None:
        for field in fields:
            self._builder.problem(field, trouble.code, **trouble.params)


def _relay(lockdown: Any, connection: Any) -> DiagnosticsService:
    return DiagnosticsService(lockdown, service=connection)


def _config(lockdown: Any, connection: Any) -> MobileConfigService:
    return MobileConfigService(lockdown, service=connection)


async def _device_tree(relay: Any) -> object:
    """Return the one property of the device tree that is of use: the whole of it is long."""
    return mapping(await relay.ioregistry(name="device-tree")).get(identity.DEVICE_TREE)


async def _gestalt(relay: Any) -> object:
    return mapping(await relay.mobilegestalt(keys=[identity.GESTALT])).get(identity.GESTALT)
