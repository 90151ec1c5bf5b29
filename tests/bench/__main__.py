"""``python -m tests.bench [--rounds N]``: measure and print; say of every target whether it is reached."""

import argparse
import importlib
from pathlib import Path

from tests.bench import stage
from tests.bench.targets import told

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=stage.FEWEST_ROUNDS)
    parser.add_argument(
        "--patients", type=int, default=stage.patients, help="of the large clinic whose list is measured"
    )
    parser.add_argument("only", nargs="*", help="pages, lists, wire, disk, handout, figures; everything unless said")
    asked = parser.parse_args()
    stage.set_up()
    stage.patients = asked.patients
    targets = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not asked.only or path.stem.removeprefix("bench_") in asked.only:
            targets += importlib.import_module(f"tests.bench.{path.stem}").main(asked.rounds) or []
    if targets:
        print(f"Targets ({sum(target.is_reached for target in targets)} of {len(targets)} reached)")
        print("\n".join(told(targets)))
