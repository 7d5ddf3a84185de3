"""Everything that a trusted phone is asked, side by side: lockdown's domains, the diagnostics relay, MCInstall.

Nothing here changes the phone: GetValue, StartService, IORegistry, GetCloudConfiguration and GetProfileList are all
that is ever sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pymobiledevice3.services.diagnostics import DiagnosticsService  # noqa: TID253  this module is imported lazily
from pymobiledevice3.services.mobile_config import MobileConfigService  # noqa: TID253

from diagnostics.apple import battery, findmy, locks, mdm, storage
from diagnostics.apple.asking import Conversation
from diagnostics.apple.connection import Lockdown
from diagnostics.apple.errors import ABSENT, Trouble
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder

GAUGES: Sequence[Mapping[str, str]] = (
    {"ioclass": "IOPMPowerSource"},
    {"name": "AppleSmartBattery"},
    {"name": "AppleARMPMUCharger"},
)
"""The class fits all phones; the names are those from iPhone 8 on, and before (libimobiledevice #1095, #660)."""

_GAUGE_FIELDS = (
    "battery.health_percent",
    "battery.cycle_count",
    "battery.design_mah",
    "battery.full_mah",
    "battery.temperature_c",
)
_STORAGE_FIELDS = ("storage.capacity_gb", "storage.total_bytes", "storage.free_bytes")

Done = Callable[[str], None]


class TrustedReading:
    """Reads one trusted phone into a builder.

    Args:
        lockdown: In a session.
        talk: The conversation that it is asked through.
        values: Lockdown's default domain.
        builder: What is filled.
        done: Called with each step's name when its values are in.
    """

    def __init__(
        self, lockdown: Lockdown, talk: Conversation, values: object, builder: ReadingBuilder, done: Done
    ) -> None:
        self._lockdown = lockdown
        self._talk = talk
        self._values = mapping(values)
        self._builder = builder
        self._done = done
        self._signs: list[findmy.Sign] = list(
            findmy.signs_of_nvram(self._values.get("NonVolatileRAM"), "lockdown NonVolatileRAM")
        )

    async def run(self) -> None:
        """Ask everything; what fails becomes a problem of its fields, and the rest goes on."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._relay(), name="diagnostics relay")
            group.create_task(self._domains(), name="lockdown domains")
            group.create_task(self._management(), name="MCInstall")
        self._locks()
        self._done("locks")

    async def _domains(self) -> None:
        level = await self._domain("com.apple.mobile.battery")
        if not self._failed(level, ("battery.level_percent",)):
            battery.read_level(level, self._builder)
        usage = await self._domain(storage.DOMAIN)
        if not self._failed(usage, _STORAGE_FIELDS):
            storage.read_storage(usage, self._builder)
        self._done("storage")
        associated = await self._talk.ask_lockdown(
            lambda: self._lockdown.get_value(findmy.DOMAIN, findmy.KEY)
        )
        if not self._failed(associated, ("locks.find_my",), tolerate=(ABSENT,)) and associated is not None:
            self._signs.append(findmy.sign_of_fmip(associated))
        started = await self._talk.starts(locks.JAILBREAK_SERVICE)
        if not self._failed(started, ("locks.root",)):
            locks.read_root(afc2_starts=started is True, builder=self._builder)

    async def _domain(self, name: str) -> Any | Trouble:
        return await self._talk.ask_lockdown(lambda: self._lockdown.get_value(name))

    async def _relay(self) -> None:
        connection = await self._talk.start(DiagnosticsService.SERVICE_NAME)
        if self._failed(connection, _GAUGE_FIELDS):
            return
        relay = DiagnosticsService(self._lockdown, service=connection)
        gauge = await self._gauge(relay)
        if not self._failed(gauge, _GAUGE_FIELDS):
            battery.read_gauge(gauge, self._builder)
        self._done("battery")
        if isinstance(gauge, Trouble) and gauge.ends:
            return
        options = await self._talk.ask_service(relay.ioregistry(name="options"))
        if not isinstance(options, Trouble):
            self._signs.extend(findmy.signs_of_nvram(options, "IORegistry options"))

    async def _gauge(self, relay: Any) -> Any | Trouble:
        answer: Any = None
        for entry in GAUGES:
            answer = await self._talk.ask_service(relay.ioregistry(**entry))
            if battery.is_gauge(answer) or (isinstance(answer, Trouble) and answer.ends):
                return answer
        return answer

    async def _management(self) -> None:
        connection = await self._talk.start(MobileConfigService.SERVICE_NAME)
        if self._failed(connection, (mdm.FIELD,)):
            return
        service = MobileConfigService(self._lockdown, service=connection)
        cloud = await self._talk.ask_service(service.get_cloud_configuration())
        ended = isinstance(cloud, Trouble) and cloud.ends
        profiles = cloud if ended else await self._talk.ask_service(service.get_profile_list())
        self._failed(cloud, (mdm.FIELD,))
        self._failed(profiles, (mdm.FIELD,))
        mdm.read_mdm(
            None if isinstance(cloud, Trouble) else cloud,
            None if isinstance(profiles, Trouble) else profiles,
            self._builder,
            activated=locks.activated(self._values),
        )

    def _locks(self) -> None:
        locks.read_owner(self._signs, self._values, self._builder)
        locks.read_screen(self._values, self._builder)
        locks.read_sim(self._values, self._builder)
        locks.read_bootloader(self._builder)

    def _failed(self, answer: object, fields: Sequence[str], tolerate: Sequence[Trouble] = ()) -> bool:
        """Return whether an answer is a trouble, after saying so for each field that it leaves open."""
        if not isinstance(answer, Trouble):
            return False
        if answer not in tolerate:
            for field in fields:
                self._builder.problem(field, answer.code, **answer.params)
        return True
