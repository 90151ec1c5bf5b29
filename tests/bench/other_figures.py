"""The other engine of ``bench_figures``: reads "pose <name>" or "pair <name>" lines, answers each with CPU ms.

It runs in the other engine's folder, under an interpreter that may have nothing of ours.
"""

import functools
import importlib
import sys
import time
from pathlib import Path


@functools.cache
def panel(name):
    """Return an exercise set up to be drawn, and its props' fields, as its drawings share them."""
    found = importlib.import_module("scene").Panel(name)
    return found, found.prop_fields()


def asked(kind, name):
    """Return the processor's milliseconds for a drawing."""
    if kind == "pose":
        drawn, fields = panel(name)
        started = time.process_time()
        drawn.render(1, pf=fields)
    else:
        make = importlib.import_module("make")
        started = time.process_time()
        make.pair(name)
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    for line in sys.stdin:
        print(asked(*line.split()), flush=True)
