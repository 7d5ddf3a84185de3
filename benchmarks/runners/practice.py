"""Runs a practice bench until its standard input ends: ``python -m benchmarks.runners.practice IPHONES ANDROIDS``."""

from __future__ import annotations

import json
import sys

from diagnostics.practice.bench import PracticeThread
from tradein_app.practice import step_back


def main() -> None:
    step_back()
    iphones, androids = map(int, sys.argv[1:])
    with PracticeThread(iphones=iphones, androids=androids) as bench:
        print(json.dumps(bench.environment()), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
