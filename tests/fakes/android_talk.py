"""A whole conversation with one practice Android phone, step by step, in bytes."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from diagnostics.practice.android.steps import Step

SILENCE = 0.8
"""Seconds after which an answer that has not ended is taken for one that never does."""
ENOUGH = 256 * 1024
ENDLESS = {Step.TRACK_DEVICES, Step.TRANSPORT, Step.OPEN_SHELL}
"""Steps after which the phone waits for more, so that the talk says that there is none."""
HAL = "android.hardware.health.IHealth/default"

COMMANDS: dict[Step, str] = {
    Step.ECHO: "echo hello",
    Step.GETPROP: "getprop",
    Step.BATTERY: "dumpsys battery",
    Step.DISK: "df -k /data",
    Step.MEMORY: "cat /proc/meminfo",
    Step.SCREEN: "wm size",
    Step.HEALTH_HAL: f"dumpsys {HAL}",
    Step.HEALTH_HIDL: "lshal debug android.hardware.health@2.1::IHealth/default",
    Step.BATTERY_FILES: "cat /sys/class/power_supply/battery/charge_full",
    Step.ACCOUNTS: "dumpsys account",
    Step.OWNERS: "dpm list-owners",
    Step.POLICY: "dumpsys device_policy",
    Step.SCREEN_LOCK: "dumpsys lock_settings",
    Step.TRUST: "dumpsys trust",
    Step.SETTINGS: "settings get secure user_setup_complete",
    Step.RESET_PROTECTION: "dumpsys persistent_data_block",
    Step.ROOT: "which su",
    Step.PACKAGES: "pm list packages",
    Step.IMEI: "service call iphonesubinfo 1",
    Step.BATTERY_STATISTICS: "dumpsys batterystats",
    Step.OTHER_COMMAND: "uname -a",
    Step.SHELL_END: "X=1",
}


class AndroidTalk:
    """Asks everything that there is a step for, each on a connection of its own.

    Args:
        port: The adb server's.
        usb: The phone's port chain, which stays whatever its serial becomes.
    """

    def __init__(self, port: int, usb: str) -> None:
        self._port = port
        self._usb = usb

    async def run(self) -> dict[Step, bytes]:
        """Return what came at each step, and how it ended: with a last word ``closed``, ``silent`` or ``enough``."""
        heard = await asyncio.gather(*(self.ask(step) for step in Step))
        return dict(zip(Step, heard, strict=True))

    async def ask(self, step: Step) -> bytes:
        """Return what comes at one step."""
        requests = self._requests(step)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except ConnectionRefusedError:
            return b"nobody there"
        try:
            return await self._asked(requests, reader, writer, leave=step in ENDLESS)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _requests(self, step: Step) -> list[str]:
        phone = f"usb:{self._usb}"
        joining = f"host:transport:{phone}"
        of_server = {
            Step.VERSION: "host:version",
            Step.LIST_DEVICES: "host:devices-l",
            Step.TRACK_DEVICES: "host:track-devices-l",
            Step.OTHER_REQUEST: "host:host-features",
            Step.FEATURES: f"host-serial:{phone}:features",
            Step.PHONE_STATE: f"host-serial:{phone}:get-state",
            Step.TRANSPORT: joining,
        }
        if step in of_server:
            return [of_server[step]]
        services = {Step.OPEN_SHELL: "shell:", Step.OPEN_OTHER: "exec:X=1"}
        return [joining, services.get(step) or f"shell,v2:{COMMANDS[step]}"]

    async def _asked(
        self,
        requests: list[str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        leave: bool,
    ) -> bytes:
        heard = b""
        for number, request in enumerate(requests, start=1):
            writer.write(b"%04x%s" % (len(request), request.encode()))
            if number < len(requests):
                with suppress(TimeoutError, OSError):
                    heard += await asyncio.wait_for(reader.read(4), SILENCE)
                if heard != b"OKAY":
                    break
        if leave:
            writer.write_eof()
        return heard + await _rest(reader)


async def _rest(reader: asyncio.StreamReader) -> bytes:
    heard = b""
    while len(heard) < ENOUGH:
        try:
            chunk = await asyncio.wait_for(reader.read(65536), SILENCE)
        except TimeoutError:
            return heard + b" silent"
        except OSError:
            return heard + b" reset"
        if not chunk:
            return heard + b" closed"
        heard += chunk
    return heard + b" enough"
