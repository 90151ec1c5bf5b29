"""The measurements still measure; what they measure is for people to judge."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.targets import Target, told

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.bench
def test_every_bench_runs_for_one_round():
    """In one process, so that the clinic they stand on is made once."""
    command = [sys.executable, "-m", "tests.bench", "--rounds", "1", "--patients", "120"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for said in (
        "patients list, 8 rows, after a change: to the minimal view",
        "patients list, unchanged: of 120 patients to 100",
        "Today, first view on the wire",
        "a session of 4 exercises on ",
        "× naive",
        "pair",
    ):
        assert said in run.stdout


def test_a_target_is_told_with_its_value_and_whether_it_is_reached():
    said = told([Target("Today", 2.504, 2.5), Target("a session", 811.2, 1024, "B")])
    assert [line.split() for line in said] == [
        ["Today", "2.50", "x", "at", "most", "2.50", "NOT", "REACHED"],
        ["a", "session", "811", "B", "at", "most", "1024", "reached"],
    ]
