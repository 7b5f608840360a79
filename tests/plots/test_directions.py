"""Random directions have the lengths that they are said to have, and E is E in their planes."""

from __future__ import annotations

import networks
import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import tutor
from tutor.errors import InputError
from tutor.plots.asked import ANY
from tutor.plots.directions import SHAPES, cut, cuts_of, drawn, neurons, rebuilt, scaled_to
from tutor.plots.landscape import Landscape
from tutor.problem.file import parse
from tutor.problem.problem import Problem
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind, W

FEW = settings(max_examples=15)


@FEW
@given(networks.problems(), st.integers(0, 99))
def test_scaled_directions_have_the_neurons_norms(problem: Problem, seed: int) -> None:
    land = Landscape.of(Solved.of(problem))
    network = problem.network
    for direction in drawn(land, seed):
        scaled = scaled_to(land, direction)
        for layer in network.layers:
            for j in layer.units:
                places = [land.index(W(j, i)) for i in network.feeders(layer)]
                own = np.linalg.norm(land.point[places])
                assert np.linalg.norm(scaled[places]) == pytest.approx(own)
                cosine = direction[places] @ scaled[places]
                expected = np.linalg.norm(direction[places]) * own
                assert cosine == pytest.approx(expected)
    assert {n for places in neurons(land).values() for n in places} == {
        n for n, q in enumerate(land.parameters) if q.kind is Kind.W
    }


@FEW
@given(networks.problems())
def test_biases_stay_and_heights_are_e(problem: Problem) -> None:
    solved = Solved.of(problem)
    if sum(q.kind is Kind.W for q in problem.network.parameters) < 2:
        reject()
    for one in cuts_of(solved, ANY):
        held = [n for n, q in enumerate(one.land.parameters) if q.kind is Kind.B]
        assert not one.directions[:, held].any()
        a, b = one.ends[7], one.ends[50]
        there = one.land.point + a * one.directions[0] + b * one.directions[1]
        expected = one.land.error(there)
        assert one.errors[50, 7] == pytest.approx(float(expected), nan_ok=True)
        assert one.errors[30, 30] == pytest.approx(one.error)


@pytest.mark.parametrize("name", ["mazur", "softmax", "delta-rule", "two-patterns-batch"])
def test_other_networks_have_the_problems_patterns(name: str) -> None:
    solved = Solved.of(load(name))
    network = solved.problem.network
    for hidden in SHAPES:
        land = rebuilt(solved, hidden, 3)
        built = land.derivation.network
        assert built.sizes == (len(network.inputs), *hidden, len(network.outputs))
        assert [list(row.values()) for row in land.data] == [
            list(row.values()) for row in Landscape.of(solved).data
        ]
        assert built.layers[-1].activations == network.layers[-1].activations
        assert np.abs(land.point).max() <= 1
        assert np.isfinite(cut(land, 3, True).errors).all()


def test_one_seed_one_picture() -> None:
    first, again = (tutor.plot("directions", load("mazur"), seed=4).to_svg() for _ in range(2))
    assert first == again != tutor.plot("directions", load("mazur"), seed=5).to_svg()


def test_one_weight_has_no_plane() -> None:
    text = (
        "loss: half_sse\nlayers: [{activation: linear, weights: [[1]], biases: [1]}]\n"
        "patterns: [{inputs: [1], targets: [0]}]\n"
    )
    with pytest.raises(InputError, match="one weight"):
        tutor.plot("directions", parse(text))


@settings(max_examples=5)
@given(networks.problems(networks.ROUNDINGS))
def test_every_problem_has_its_page(problem: Problem) -> None:
    if sum(q.kind is Kind.W for q in problem.network.parameters) < 2:
        reject()
    page = str(tutor.plot("directions", problem).rendered("text"))
    assert "nan" not in page.lower().split()
