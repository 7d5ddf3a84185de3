"""What the window changes in its interpreter; in a process of its own, for the changes stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_SCRIPT = """
import builtins, gc
from tradein_app.bridge.interpreter import prepare, settle
hook = builtins.__feature_import__
assert builtins.__import__ is hook, "PySide6 has changed: prepare() may not be needed any more"
prepare()
assert builtins.__import__ is not hook
from tradein_app.ui.furniture import Furniture
settle()
assert gc.isenabled() and gc.get_freeze_count() > 10_000
print("done")
"""


def test_imports_skip_the_search_for_features_and_what_was_imported_is_no_garbage():
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "done\n", done.stderr
