"""What ``make demo`` does where there is no display: the whole job once, in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tradein_app.bootstrap import verify_database
from tradein_app.config import HOME, load_config

ROOT = Path(__file__).parents[2]
_PATIENCE = 400.0
"""Seconds: the demo itself waits up to four minutes for its phones where the machine is busy."""
pytestmark = pytest.mark.timeout(_PATIENCE + 20.0)
DEMO = """
import sys
from pathlib import Path
from tradein_app.demo.terminal import run
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    ended = subprocess.run(
        [sys.executable, "-c", DEMO, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-4000:]
    assert ended.stderr == ""
    return folder, ended.stdout


def test_it_reads_sixteen_phones_and_says_how_the_best_offer_comes_about(demo: tuple[Path, str]):
    _, said = demo
    assert said.count(" ready ") >= 16
    assert "accepts. How the offer comes about:" in said
    assert "fault of this demo" not in said


def test_the_customers_paper_states_the_offer_and_the_picture_is_a_window(demo: tuple[Path, str]):
    folder, said = demo
    paper = " ".join(page.extract_text() for page in PdfReader(folder / "quote.pdf").pages)
    assert "iPhone" in paper or "Galaxy" in paper or "Pixel" in paper
    assert "EUR" in paper or "€" in paper
    assert (folder / "window.png").read_bytes().startswith(b"\x89PNG")
    assert str(folder / "quote.pdf") in said.replace("\n", "")


def test_its_data_lie_in_a_folder_of_their_own_and_their_chain_holds(demo: tuple[Path, str]):
    folder, _ = demo
    config = load_config({HOME: str(folder / "home")})
    assert all(check.ok for check in verify_database(config))
