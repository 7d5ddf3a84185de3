"""What happens to the command line where its streams end: closed, full, or nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

INSPECTION = b'{"schema": "tradein/inspection-1", "answers": {"safety": "ok"}}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "inspection.json"
    path.write_bytes(INSPECTION)
    return path


@pytest.fixture
def shell(tmp_path: Path):
    """Run a line of shell in which ``$TRADEIN`` is the command; returns status and stderr."""

    def run(line: str, file: Path) -> tuple[int, str]:
        environ = {**os.environ, "TRADEIN": f"{sys.executable} -m tradein_app", "FILE": str(file)}
        environ["TRADEIN_HOME"] = str(tmp_path / "home")
        done = subprocess.run(["bash", "-c", line], env=environ, capture_output=True, timeout=60, check=False)
        assert not (tmp_path / "home").exists(), "a report was written: it was taken for a bug"
        return done.returncode, done.stderr.decode()

    return run


@pytest.mark.parametrize("options", ["", "--json"])
def test_a_reader_that_has_seen_enough_is_no_failure(shell, file, options):
    line = f"$TRADEIN grade $FILE {options} | true; exit ${{PIPESTATUS[0]}}"
    assert shell(line, file) == (0, "")


@pytest.mark.parametrize("options", ["", "--json"])
@pytest.mark.parametrize(("place", "said"), [(">&-", "stdout is closed"), ("> /dev/full", "No space left")])
def test_an_output_that_takes_nothing_is_said_in_one_line(shell, file, options, place, said):
    status, err = shell(f"$TRADEIN grade $FILE {options} {place}", file)
    assert status == 1
    assert said in err
    assert err.count("\n") == 1


def test_a_closed_stdin_cannot_be_read(shell, file):
    status, err = shell("$TRADEIN grade - <&-", file)
    assert status == 2
    assert "stdin" in err


def test_a_closed_stderr_does_not_change_the_status(shell, file):
    assert shell("$TRADEIN grade no-such-file.json 2>&-", file) == (2, "")
