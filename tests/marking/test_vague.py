"""Names that may be one quantity's or another's: their numbers tell."""

from __future__ import annotations

import pytest

from tutor.marking.mark import mark
from tutor.problem.shipped import load


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("error_o1 = 0.2748", "E_y1"),
        ("error_o1 = -0.7414", None),
        ("out_o1 = 0.8514\nerror_o1 = 0.3540", "E_y1"),
        ("out_o1 = 0.8514\nerror_o1 = 0.01 - 0.8514 = -0.8414", None),
    ],
)
def test_an_error_is_e_where_its_number_is_or_follows_from_the_students_own(
    text: str, key: str | None
) -> None:
    verdict = mark(load("mazur"), text).verdicts[-1]
    assert (verdict.quantity.key if verdict.kind.value != "unmarked" else None) == key
