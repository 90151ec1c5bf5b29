"""A test of many cases looks at all of them, and none is lost among the others."""

import pytest

from tests.walks import for_each


@for_each([2, 4, 6])
def test_all_are_even(number):
    assert number % 2 == 0


def test_every_planted_mistake_is_told_by_its_case():
    @for_each([2, 3, 4, 5])
    def check(number):
        assert number % 2 == 0, "odd"

    with pytest.raises(AssertionError) as told:
        check()
    assert str(told.value).splitlines()[0] == "2 of 4:"
    assert [line.partition(": ")[0] for line in str(told.value).splitlines() if ": odd" in line] == ["3", "5"]


def test_a_walk_over_nothing_is_no_proof():
    with pytest.raises(AssertionError, match="nothing to look at"):
        for_each([])(print)()


def test_what_breaks_is_not_taken_for_a_fault():
    with pytest.raises(ZeroDivisionError):
        for_each([0])(lambda number: 1 / number)()
