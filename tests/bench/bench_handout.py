"""A first print against the same content written naively, and against printing again: medians, in turns.

A first print is all of it: reading the version, the template, the renderer's process, the archive. Each round prints
a patient's sheet with a code of its own. The naive one is rendered in this process, its words already read.
"""

import statistics
import time


def main(rounds):
    """Measure and print."""
    from programmes.handouts.renderer.pool import renderer  # noqa: PLC0415

    print(f"Sheet: medians of {rounds} rounds, in turns; ratios are medians of each round's own")
    for exercises in (4, 7):
        measured = [measure(exercises) for _ in range(rounds + 1)][1:]  # the first warms both up
        first, naive, again = (statistics.median(found[which] for found in measured) for which in range(3))
        ours, theirs = (statistics.median(found[which] for found in measured) / 1024 for which in (3, 4))
        ratio = statistics.median(found[0] / found[1] for found in measured)
        anew = statistics.median(found[2] / found[0] for found in measured)
        print(
            f"  {exercises} exercises: first print {first:6.1f} ms, {ratio:.3f} × naive ({naive:.1f} ms); "
            f"again {again:.2f} ms, {anew:.3f} × first; {ours:.0f} KiB tagged, naive {theirs:.0f} KiB untagged"
        )
    renderer.close()


def measure(exercises):
    """Return the milliseconds of a first print, of the naive one and of printing again, and both sizes."""
    from programmes.handouts.archive import print_handout  # noqa: PLC0415
    from programmes.handouts.content import sheet_of  # noqa: PLC0415
    from programmes.handouts.versions import with_everything  # noqa: PLC0415
    from tests.bench.naive_sheet import naive_pdf  # noqa: PLC0415
    from tests.programmes.handouts.sheets import given_sheet  # noqa: PLC0415

    version = given_sheet(exercises)
    first, handout = timed(lambda: print_handout(version=version, by=version.given_by))
    again, _same = timed(lambda: print_handout(version=version, by=version.given_by))
    sheet = sheet_of(with_everything(version), handout.pairing_code, None)
    naive, pdf = timed(lambda: naive_pdf(sheet))
    return first, naive, again, len(handout.pdf), len(pdf)


def timed(call):
    """Return the milliseconds that ``call`` took, and its answer."""
    started = time.perf_counter()
    answer = call()
    return 1000 * (time.perf_counter() - started), answer
