"""Figures drawn: a pose, its pieces, a pair and its size; on request against another engine that draws the same.

The other engine is a folder with a ``scene.py`` that has ``Panel(name)`` with ``render(t)``, and a ``make.py`` with
``pair(name)``: ``COMPARE_WITH=/folder``, and ``COMPARE_PYTHON`` if it needs another interpreter. It runs in a process
of its own and is asked in turns with ours. Times are those of the processor, in ms.
"""

import contextlib
import gzip
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

SAME = {
    "standing-hip-flexion": "hip_flexion_standing",
    "side-lying-hip-abduction": "side_lying_abduction",
    "bridge": "bridge",
    "clamshell": "clamshell",
    "seated-figure-four": "figure_four",
    "quadruped-hip-circles": "quadruped_circles",
}
"""Our exercises, and what the other engine calls them."""


def main(rounds):
    """Measure and print."""
    with other_engine() as other:
        print(f"Figures: median CPU ms of {rounds} rounds, in turns; ratios are medians of each round's own")
        for slug, name in SAME.items():
            print(f"  {slug:25} {measured(slug, name, other, rounds)}")
    print(f"  one pose of clamshell by pieces: {pieces(rounds)}")


def measured(slug, name, other, rounds):
    """Return in words how long a pose and a pair take, how large the pair is, and the same of the other engine."""
    from exercises.figures.gallery.engine import draw  # noqa: PLC0415
    from exercises.figures.marks import svg  # noqa: PLC0415
    from exercises.figures.pose import movements  # noqa: PLC0415
    from exercises.figures.scene import styles  # noqa: PLC0415
    from exercises.figures.scene.layers import layers  # noqa: PLC0415
    from exercises.figures.scene.stage import set_up  # noqa: PLC0415

    movement, style = movements.read(slug), styles.Style()
    stage = set_up(movement, "right", style)
    spent = {"pose": [], "pair": []}
    theirs = {"pose": [], "pair": []}
    for _ in range(rounds + 1):
        spent["pose"].append(cpu(lambda: svg.to_svg(layers(stage, movement.end_t)))[0])
        taken, pair = cpu(lambda: draw(movement, "right", "pair", style))
        spent["pair"].append(taken)
        for kind in theirs if other else ():
            theirs[kind].append(other(kind, name))
    said = [told(kind, spent[kind][1:], theirs[kind][1:]) for kind in spent]
    packed = len(gzip.compress(pair.encode(), 9)) / 1024
    return f"{'; '.join(said)}, {len(pair) / 1024:.1f} KB, {packed:.1f} KB gzipped"


def told(kind, ours, theirs):
    """Return one kind's times in words."""
    said = f"{kind} {statistics.median(ours):6.1f}"
    if not theirs:
        return said
    ratio = statistics.median(other / own for own, other in zip(ours, theirs, strict=True))
    return f"{said}, other {statistics.median(theirs):6.1f} = {ratio:.2f} × ours"


def pieces(rounds):
    """Return in words what the stages of a pose take."""
    from exercises.figures.lines import study  # noqa: PLC0415
    from exercises.figures.marks import svg  # noqa: PLC0415
    from exercises.figures.pose import movements  # noqa: PLC0415
    from exercises.figures.scene import styles  # noqa: PLC0415
    from exercises.figures.scene.stage import set_up  # noqa: PLC0415

    movement = movements.read("clamshell")
    stage = set_up(movement, "right", styles.Style())
    spent = {"body": [], "fields": [], "painting": [], "writing": []}
    for _ in range(rounds + 1):
        taken, body = cpu(lambda: stage.body(0.0))
        spent["body"].append(taken)
        spent["fields"].append(cpu(lambda body=body: study.surfaces_of(body.parts, stage.camera))[0])
        taken, painted = cpu(
            lambda body=body: study.paint(body.parts, body.strokes, stage.hiding, stage.camera),
        )
        spent["painting"].append(taken - spent["fields"][-1])
        spent["writing"].append(cpu(lambda painted=painted: svg.to_svg(stage.pen.figure(painted)))[0])
    return ", ".join(f"{name} {statistics.median(times[1:]):.1f}" for name, times in spent.items())


def cpu(call):
    """Return the processor's milliseconds that ``call`` took, and its answer."""
    started = time.process_time()
    answer = call()
    return 1000 * (time.process_time() - started), answer


@contextlib.contextmanager
def other_engine():
    """Give what asks the other engine for a time, or None if there is none."""
    folder = os.environ.get("COMPARE_WITH")
    if not folder:
        yield None
        return
    command = [os.environ.get("COMPARE_PYTHON", sys.executable), str(Path(__file__).with_name("other_figures.py"))]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(kind, name):
            process.stdin.write(f"{kind} {name}\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        yield ask
        process.stdin.close()
