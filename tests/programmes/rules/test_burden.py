from types import SimpleNamespace

import pytest

from programmes.rules.burden import burden


def rows(*positions, minutes=3, times_a_day=1):
    return [SimpleNamespace(words={"position": p}, minutes=minutes, times_a_day=times_a_day) for p in positions]


@pytest.mark.parametrize(
    ("positions", "changes"),
    [((), 0), (("lying",), 0), (("lying", "lying"), 0), (("lying", "standing", "lying"), 2)],
)
def test_burden_counts_getting_up_and_down(positions, changes):
    assert burden(rows(*positions)).changes_of_position == changes


def test_burden_counts_minutes_by_times_a_day_and_once_while_nobody_has_chosen():
    assert burden(rows("lying", "standing", times_a_day=2)).minutes == 12
    assert burden(rows("lying", times_a_day=None)).minutes == 3


@pytest.mark.parametrize(("many", "boxes"), [(0, 7), (4, 7), (5, 7), (12, 12)])
def test_burden_counts_and_gives_no_advice(many, boxes):
    found = burden(rows(*["lying"] * many))
    assert (len(found.meter), sum(found.meter)) == (boxes, many)
    assert not hasattr(found, "words")
