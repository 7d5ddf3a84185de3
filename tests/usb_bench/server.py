"""The USB bench: emulated ports into which a test plugs devices that answer, and the program that sees only them.

    umockdev-wrapper /usr/bin/python3 -m tests.usb_bench.server -- PROGRAM …

It runs the program with ``UMOCKDEV_DIR`` set, so that libusb, udev and sysfs of that program are the bench's, and
``USB_BENCH`` naming a unix socket, over which `client.UsbBench` plugs and unplugs. Its exit status is the program's.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # type: ignore[import-not-found]  # noqa: E402

from tests.usb_bench.devices import HUB_CLASS, Device, Endpoint, Interface  # noqa: E402
from tests.usb_bench.usbfs import Usbfs  # noqa: E402

CONTROLLERS = {1: "0000:00:14.0", 2: "0000:00:14.0", 3: "0000:00:1a.0"}
"""By bus number; bus 2 is the SuperSpeed one."""
_SPEEDS = {1: ("480", "0200"), 2: ("5000", "0300"), 3: ("480", "0200")}


class Bench:
    """The emulated buses."""

    def __init__(self) -> None:
        self.testbed = UMockdev.Testbed.new()
        self._lock = threading.Lock()
        self._plugged: dict[str, tuple[Device, Usbfs, str]] = {}
        self._numbers: dict[int, int] = {}
        self._roots: list[Usbfs] = []  # held, because umockdev does not
        for number in CONTROLLERS:
            self._add_root(number)

    def plug(self, device: Device) -> int:
        """Plug a device in and return the address that the bus gives it."""
        with self._lock:
            if device.port in self._plugged:
                self._unplug(device.port)
            bus = int(device.port.partition("-")[0])
            above = device.port.rpartition(".")[0]
            if above and above not in self._plugged:
                raise ValueError(f"there is no hub at {above}")
            self._numbers[bus] = self._numbers.get(bus, 1) + 1
            self._add(device, _path(device.port), bus, self._numbers[bus])
            return self._numbers[bus]

    def unplug(self, port: str) -> None:
        """Pull a device out, and all that hangs on it when it is a hub."""
        with self._lock:
            for one in sorted(self._plugged, reverse=True):
                if one == port or one.startswith(f"{port}."):
                    self._unplug(one)

    def clear(self) -> None:
        """Pull everything out."""
        with self._lock:
            for port in sorted(self._plugged, reverse=True):
                self._unplug(port)

    def tell(self, port: str, attribute: str, value: str) -> None:
        """Change what sysfs says of a device."""
        if port not in self._plugged:
            raise ValueError(f"nothing is plugged in at {port}")
        self.testbed.set_attribute(f"/sys{_path(port)}", attribute, f"{value}\n")

    def _unplug(self, port: str) -> None:
        _, node, name = self._plugged.pop(port)
        node.gone = True
        self.testbed.uevent(f"/sys{_path(port)}", "remove")
        with contextlib.suppress(Exception):
            self.testbed.detach_ioctl(name)
        self.testbed.remove_device(f"/sys{_path(port)}")
        # umockdev leaves links behind, of the interfaces at least, and stumbles over them at the next plug.
        for link in Path(self.testbed.get_sys_dir()).glob("bus/usb/devices/*"):
            if not link.exists():
                link.unlink()

    def _add_root(self, bus: int) -> None:
        speed, bcd = _SPEEDS[bus]
        root = Device(
            f"{bus}-0",
            "1d6b",
            f"{int(bcd, 16) >> 8:04x}",
            (Interface("09/00/00", endpoints=(Endpoint(0x81, 3),)),),
            "Linux xhci-hcd",
            "xHCI Host Controller",
            CONTROLLERS[bus],
            bcd_usb=bcd,
            speed=speed,
            device_class=HUB_CLASS,
            hub_ports=16,
        )
        self._add(root, f"{_controller(bus)}/usb{bus}", bus, 1)

    def _add(self, device: Device, path: str, bus: int, number: int) -> None:
        name = f"/dev/bus/usb/{bus:03d}/{number:03d}"
        self.testbed.add_from_string(_described(device, path, bus, number))
        module, _, kind = device.responder.partition(":")
        responder = getattr(importlib.import_module(module), kind)
        node = Usbfs(responder(device.blob(), device.strings(), **device.options))
        self.testbed.attach_ioctl(name, node)
        if not path.endswith(f"usb{bus}"):
            self._plugged[device.port] = (device, node, name)
            self.testbed.uevent(f"/sys{path}", "add")
        else:
            self._roots.append(node)


def _controller(bus: int) -> str:
    return f"/devices/pci0000:00/{CONTROLLERS[bus]}"


def _path(port: str) -> str:
    """Return the sysfs path of a port chain: each hub on the way is a folder."""
    bus, _, chain = port.partition("-")
    numbers = chain.split(".")
    folders = (f"{bus}-{'.'.join(numbers[: depth + 1])}" for depth in range(len(numbers)))
    return "/".join((f"{_controller(int(bus))}/usb{bus}", *folders))


def _described(device: Device, path: str, bus: int, number: int) -> str:
    """Return a device and its interfaces in umockdev's own format."""
    triples = "".join(f":{i.triple.replace('/', '')}" for i in device.interfaces)
    blob = device.blob().hex().upper()
    lines = [
        f"P: {path}",
        f"N: bus/usb/{bus:03d}/{number:03d}" + (f"={blob}" if blob else ""),
        f"E: BUSNUM={bus:03d}",
        f"E: DEVNUM={number:03d}",
        f"E: DEVNAME=/dev/bus/usb/{bus:03d}/{number:03d}",
        "E: DEVTYPE=usb_device",
        "E: SUBSYSTEM=usb",
        f"E: ID_USB_INTERFACES={triples}:",
        f"E: PRODUCT={int(device.vid, 16):x}/{int(device.pid, 16):x}/100",
        *([f"H: descriptors={blob}"] if blob else ["A: descriptors="]),
        *(rf"A: {name}={value}\n" for name, value in _attributes(device, bus, number).items()),
        "",
    ]
    if device.configuration:
        for at, one in enumerate(device.interfaces):
            lines += _interface_lines(device, path, at, one)
    return "\n".join(lines) + "\n"


def _attributes(device: Device, bus: int, number: int) -> dict[str, str]:
    texts = {"manufacturer": device.manufacturer, "product": device.product, "serial": device.serial}
    usb = int(device.bcd_usb, 16)
    return {
        "bConfigurationValue": str(device.configuration) if device.configuration else "",
        "bDeviceClass": f"{device.device_class:02x}",
        "bDeviceSubClass": "00",
        "bDeviceProtocol": "00",
        "bMaxPacketSize0": "64",
        "bcdDevice": "0100",
        "bmAttributes": "80",
        "configuration": "",
        "rx_lanes": "1",
        "tx_lanes": "1",
        "bMaxPower": f"{device.max_power_ma}mA",
        "bNumConfigurations": "1",
        "bNumInterfaces": f"{len(device.interfaces):2d}",
        "busnum": str(bus),
        "devnum": str(number),
        "devpath": device.port.partition("-")[2],
        "idVendor": device.vid,
        "idProduct": device.pid,
        "maxchild": str(device.hub_ports),
        "speed": device.speed,
        "version": f"{usb >> 8:2x}.{usb & 0xFF:02x}",
        **{name: text for name, text in texts.items() if text},
    }


def _interface_lines(device: Device, path: str, at: int, one: Interface) -> list[str]:
    kind, sub, protocol = one.triple.split("/")
    told = {
        "bInterfaceNumber": f"{at:02x}",
        "bInterfaceClass": kind,
        "bInterfaceSubClass": sub,
        "bInterfaceProtocol": protocol,
        "bAlternateSetting": " 0",
        "bNumEndpoints": f"{len(one.endpoints):02x}",
        **({"interface": one.name} if one.name else {}),
    }
    head = [f"P: {path}/{device.port}:1.{at}", "E: DEVTYPE=usb_interface", "E: SUBSYSTEM=usb"]
    return [*head, *(rf"A: {name}={value}\n" for name, value in told.items()), ""]


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        for line in self.rfile:
            try:
                answer = {"result": _do(self.server.bench, json.loads(line))}  # type: ignore[attr-defined]
            except Exception as error:  # noqa: BLE001  it is told to the test that asked
                answer = {"error": repr(error)}
            self.wfile.write(json.dumps(answer).encode() + b"\n")


def _do(bench: Bench, request: dict[str, Any]) -> Any:
    command = request.pop("do")
    if command == "plug":
        return bench.plug(Device.from_json(request["device"]))
    doing: dict[str, Callable[..., None]] = {"unplug": bench.unplug, "clear": bench.clear, "set": bench.tell}
    return doing[command](**request)


def main(words: list[str]) -> int:
    """Run the program on a bench of its own."""
    bench = Bench()
    with tempfile.TemporaryDirectory(prefix="usb-bench-") as folder:
        address = str(Path(folder) / "control")
        with socketserver.ThreadingUnixStreamServer(address, _Handler) as server:
            server.daemon_threads = True
            server.bench = bench  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, daemon=True).start()
            # The testbed sets its variable past Python's own copy of the environment.
            ours = {"UMOCKDEV_DIR": bench.testbed.get_root_dir(), "USB_BENCH": address}
            status = subprocess.run(words, env={**os.environ, **ours}, check=False).returncode
            server.shutdown()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
