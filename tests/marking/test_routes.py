"""Every value that a step may have by somebody's own numbers."""

from __future__ import annotations

from random import Random

import pytest
from lessons import NETWORKS, SHORT, random_problem

from tutor.marking.frame import Frame
from tutor.marking.own import Habit, Trace
from tutor.marking.routes import Routes
from tutor.numeric.spread import printed
from tutor.solving import Solved
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Quantity

UNIT = 1e-4


def routes(frame: Frame, wrong: dict[Quantity, float], random: Random) -> Routes:
    """Of a page on which half of the results stand, rounded, some with another value."""
    shown = {q: frame.truth[q] for q in frame.forms if random.random() < 0.5} | wrong
    pins = {q: printed(round(x, 4), UNIT, q) for q, x in shown.items()}
    return Routes(Trace(frame.forms, frame.given, pins, Habit(4, 4).unit))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.sizes} {n.loss_name}")
def test_by_right_numbers_every_route_leads_to_the_truth(network: Network) -> None:
    random = Random(5)
    frame = Frame(Solved.of(random_problem(random, network, SHORT)))
    found = routes(frame, {}, random)
    for q in frame.forms:
        values = found.step(q)
        assert values, q.key
        assert all(value.within(frame.truth[q], 1e-9) for value, _ in values), q.key


def test_behind_a_wrong_number_the_routes_part_and_say_which_of_them_it_is_on() -> None:
    """f' of the first output is wrong: its delta is o - t without it, another number with it."""
    random = Random(1)
    network = next(n for n in NETWORKS if n.loss_name == "bce" and len(n.outputs) == 2)
    frame = Frame(Solved.of(random_problem(random, network, SHORT)))
    (slope,) = (q for q in frame.forms if q.key == f"f'(net_{network.outputs[0]})")
    (delta,) = (q for q in frame.forms if q.key == f"dE/dnet_{network.outputs[0]}")
    wrong = 2 * frame.truth[slope]
    pins = {slope: printed(wrong, UNIT, slope)}
    values = Routes(Trace(frame.forms, frame.given, pins, Habit(6, 6).unit)).step(delta)
    ratios = {round(value.mid / frame.truth[delta], 2): leans for value, leans in values}
    assert ratios == {1.0: frozenset(), 2.0: frozenset((slope,))}
