"""A lock is on the rows that are changed: where others are read with them, it says so.

SQLite takes no row locks, so only PostgreSQL would refuse to lock what may be missing; and what is merely read beside,
such as the clinic, would hold up everybody else.
"""

import ast

from tests.structure.test_text_gate import product_sources


def locks_too_much(source):
    """Return the lines that lock rows together with those that ``select_related`` reads with them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        chain, calls = node, {}
        while isinstance(chain, ast.Call) and isinstance(chain.func, ast.Attribute):
            calls[chain.func.attr] = chain
            chain = chain.func.value
        lock = calls.get("select_for_update")
        if lock and "select_related" in calls and "of" not in {keyword.arg for keyword in lock.keywords}:
            found.add(node.lineno)
    return sorted(found)


def test_no_lock_takes_in_what_is_only_read_beside():
    assert {name: lines for name, source in product_sources() if (lines := locks_too_much(source))} == {}


def test_a_planted_one_is_found():
    chain = "rows.select_for_update({}).select_related('clinic').get(pk=1)"
    assert locks_too_much(chain.format("")) == [1]
    assert locks_too_much(chain.format("of=('self',)")) == []
