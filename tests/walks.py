"""One test for many cases: it looks at every one, and tells of each that fails."""


def for_each(cases):
    """Turn a check of one case (a tuple is its arguments) into one test of all of them, named like the check."""
    found = list(cases)

    def decorate(check):
        def test():
            amiss = [words for case in found if (words := _amiss(check, case))]
            assert found, "there is nothing to look at"
            assert not amiss, f"{len(amiss)} of {len(found)}:\n" + "\n".join(amiss)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        test.check = check
        return test

    return decorate


def _amiss(check, case):
    try:
        check(*case) if isinstance(case, tuple) else check(case)
    except AssertionError as error:
        return f"{case!r:.200}: {error}"
    return ""
