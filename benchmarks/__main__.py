"""Runs all benchmarks and writes RESULTS.md: ``python -m benchmarks [--quick] [--only NAME …] [--print]``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.reporting import Section, document

ALL = (
    "startup",
    "gaps",
    "reading",
    "first_contact",
    "androids",
    "usb",
    "idle",
    "checklist",
    "quote",
    "prices",
    "grading",
    "photos",
)
RUNS = {
    "startup": 9,
    "gaps": 7,
    "reading": 9,
    "first_contact": 7,
    "androids": 9,
    "usb": 7,
    "idle": 7,
    "checklist": 7,
    "quote": 7,
    "prices": 7,
    "grading": 7,
    "photos": 7,
}
QUICK = 3
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    asked = _arguments()
    # Children must find compiled modules as a person's second start does, and so must this process.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sections = [_measured(name, QUICK if asked.quick else RUNS[name]) for name in asked.only]
    text = document(sections, " ".join(["python -m benchmarks", *sys.argv[1:]]))
    if asked.print:
        print(text)
    else:
        RESULTS.write_text(text)
        print(f"written to {RESULTS}")
    return 1 if "**FAIL**" in text else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} runs each")
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL, help="which, instead of all")
    parser.add_argument("--print", action="store_true", help="print the report instead of writing RESULTS.md")
    return parser.parse_args()


def _measured(name: str, runs: int) -> Section:
    print(f"{name} …", file=sys.stderr, flush=True)
    started = time.perf_counter()
    section: Section = import_module(f"benchmarks.{name}").measure(runs)
    print(f"{name}: {runs} runs in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return section


if __name__ == "__main__":
    sys.exit(main())
