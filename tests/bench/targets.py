"""What a measurement should come to, beside what it came to: printed together at the end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One number and the most that it should be; ``unit`` says what it counts ("x" is a ratio)."""

    what: str
    value: float
    goal: float
    unit: str = "x"

    @property
    def is_reached(self) -> bool:
        """Tell of the number itself: what is a hair too much and rounds to the goal is too much."""
        return self.value <= self.goal


def told(targets):
    """Return a line for each target: what, the value, the goal, and whether it is reached."""
    width = max(len(target.what) for target in targets)
    return [
        f"  {target.what:{width}}  {number(target.value):>9} {target.unit:2}  at most {number(target.goal):>7}  "
        f"{'reached' if target.is_reached else 'NOT REACHED'}"
        for target in targets
    ]


def number(value):
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"
