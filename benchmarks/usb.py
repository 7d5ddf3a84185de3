"""The USB bus with forty phones: a look, the idle poller, and from the plug to the sighting and to the card."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

from benchmarks.measuring import Times, ms
from benchmarks.reporting import Section, Table, verdict
from diagnostics.usb.source import POLL
from tests.usb_bench.client import ROOT, under_bench

IDLE_BAR = 0.01
PLUG_BAR = POLL + 0.1
_PLUGS_A_RUN = 3
_METHOD = (
    "Forty Android phones on four hubs of the USB bench (umockdev): answering devices behind the system's own libusb, "
    "and the program's own source watching them. umockdev turns each call for a file into some more, so that a look "
    "costs more here than on a real bus. *plug to sighting* is from the moment at which the bus shows the phone, each "
    "time just after a look, which is the worst moment; the worst run against the bar. *plug to card* is at any time, "
    "to the phone on the joined bench: what is told to the window."
)


def measure(runs: int) -> Section:
    """Measure all of it."""
    if not shutil.which("umockdev-wrapper"):
        return Section("The USB bus", "umockdev is not installed here: nothing was measured.")
    words = under_bench(sys.executable, "-m", "benchmarks.runners.usb_poller", str(runs * _PLUGS_A_RUN))
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    looks, plugs, cards = told["looks"], Times(tuple(told["plugs"])), Times(tuple(told["cards"]))
    rows = [
        ("first look, strings and descriptors, ms", ms(looks["first"]), "–", ""),
        ("each further look, ms", f"{ms(looks['median'])} (worst {ms(looks['worst'])})", "–", ""),
        (
            "idle poller, % of a core",
            f"{told['idle']:.2%}",
            f"≤ {IDLE_BAR:.0%}",
            verdict(told["idle"], IDLE_BAR),
        ),
        ("plug to sighting, ms", str(plugs), f"≤ {ms(PLUG_BAR)}", verdict(plugs.worst, PLUG_BAR)),
        ("plug to card, ms", str(cards), f"≤ {ms(PLUG_BAR)}", verdict(cards.worst, PLUG_BAR)),
    ]
    return Section("The USB bus", _METHOD, [Table(("", "ours", "bar", ""), rows)])
