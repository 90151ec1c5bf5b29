"""The measurements still measure; what they measure is for people to judge."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.bench
@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("pages", "patients list"),
        ("lists", "by last session"),
        ("wire", "KB, the goal is"),
        ("disk", "bytes; the goal"),
        ("handout", "× naive"),
        ("figures", "pair"),
    ],
)
def test_a_bench_runs_for_one_round(which, said):
    command = [sys.executable, "-m", "tests.bench", "--rounds", "1", "--patients", "120", which]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert said in run.stdout
