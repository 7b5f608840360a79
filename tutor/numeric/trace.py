"""A value for every quantity: the steps evaluated one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, DecimalException, localcontext
from typing import TypeVar

from tutor.numeric.exact import CONTEXT, Exact, Unknown
from tutor.symbolic.quantity import ALWAYS, At, Quantity
from tutor.symbolic.step import Step

Values = dict[Quantity, Decimal]
Value = TypeVar("Value")


class Undefined(ArithmeticError):
    """A step has no value at these numbers, as ln 0 has none."""

    def __init__(self, step: Step, values: Values) -> None:
        super().__init__(f"{step.defines.key} has no value")
        self.step, self.values = step, values


def evaluate(
    steps: Iterable[Step],
    start: Mapping[Quantity, Decimal],
    pins: Mapping[Quantity, Decimal] | None = None,
    compute: Callable[[Step, Values], Decimal] | None = None,
) -> Values:
    """The value of every quantity that can be known from ``start``.

    ``pins`` are used as they are, whatever their formula gives. ``compute`` is the arithmetic of
    one step, exact by default.

    Raises Undefined at the first step that has no value.
    """
    compute = compute or exactly
    pins = pins or {}
    values = dict(start)
    with localcontext(CONTEXT):
        for step in steps:
            q = step.defines
            try:
                values[q] = pins[q] if q in pins else compute(step, values)
            except Unknown:
                continue
            except DecimalException:
                raise Undefined(step, values) from None
    return values


def by_presentation(values: Mapping[Quantity, Value]) -> dict[At, dict[Quantity, Value]]:
    """The values under each mark, by their names without it."""
    found: dict[At, dict[Quantity, Value]] = {}
    for q, value in values.items():
        found.setdefault(q.at, {})[q.marked(ALWAYS)] = value
    return found


def exactly(step: Step, values: Values) -> Decimal:
    """A step's value, not rounded."""
    return step.formula.read(Exact(values))
