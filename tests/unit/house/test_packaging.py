"""The wheel holds our four packages with their data, and the lock files what they should."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": ""})
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheels_top_level_is_our_four_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist() if ".dist-info" not in name}
    assert tops == {"tradein_app", "diagnostics", "pricing", "resources"}


def test_every_data_file_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "resources", "tradein_app/store/migrations"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    missing = set(tracked.stdout.split()) - set(wheel.namelist())
    assert not missing


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_versions_and_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    pinned = [block for block in blocks if re.match(r"[a-z0-9-]+(\[.*?\])?==", block)]
    assert len(pinned) > 50
    assert all("--hash=sha256:" in block for block in pinned)


def test_runtime_and_development_locks_agree() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==[^ ]+.*?(?= \\)", (ROOT / name).read_text(), re.MULTILINE))

    assert versions("requirements.lock") <= versions("requirements-dev.lock")
