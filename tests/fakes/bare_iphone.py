"""pymobiledevice3 as it comes, asking what our reader asks: what a reading must cost at least."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from diagnostics.apple.tables import jailbreak_apps


async def read_bare(udid: str, address: str, records: Path) -> None:
    """Read a trusted phone by the library's own recipes, one question after the other."""
    from pymobiledevice3.exceptions import InvalidServiceError
    from pymobiledevice3.lockdown import create_using_usbmux
    from pymobiledevice3.services.diagnostics import DiagnosticsService
    from pymobiledevice3.services.installation_proxy import InstallationProxyService
    from pymobiledevice3.services.mobile_config import MobileConfigService

    async with await create_using_usbmux(
        serial=udid,
        connection_type="USB",
        autopair=False,
        usbmux_address=address,
        pairing_records_cache_folder=records,
    ) as lockdown:
        assert lockdown.paired
        await lockdown.get_value("com.apple.mobile.battery")
        await lockdown.get_value("com.apple.disk_usage")
        await lockdown.get_value("com.apple.fmip", "IsAssociated")
        with suppress(InvalidServiceError):
            await lockdown.get_service_connection_attributes("com.apple.afc2")
        async with DiagnosticsService(lockdown) as relay:
            await relay.get_battery()
            await relay.ioregistry(name="options")
            await relay.ioregistry(name="device-tree")
        async with MobileConfigService(lockdown) as management:
            await management.get_cloud_configuration()
            await management.get_profile_list()
        async with InstallationProxyService(lockdown) as apps:
            await apps.lookup(
                {
                    "ApplicationType": "Any",
                    "BundleIDs": list(jailbreak_apps()),
                    "ReturnAttributes": ["CFBundleIdentifier"],
                }
            )
