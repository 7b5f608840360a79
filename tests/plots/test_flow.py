"""What flows into a unit adds up to its slope, in the pictures' own numbers."""

from __future__ import annotations

import networks
import pytest
from hypothesis import given, settings

import tutor
from tutor.pages.document import Album, Picture
from tutor.pages.plots.kinds import page
from tutor.pages.render import words_of
from tutor.plots.asked import ANY
from tutor.plots.flow import flow_of
from tutor.problem.problem import Problem
from tutor.solving import Solved
from tutor.symbolic.quantity import DE_DNET, DE_DO, Kind, O


@given(networks.problems())
@settings(max_examples=40)
def test_the_flows_into_a_hidden_unit_add_up_to_its_slope(problem: Problem) -> None:
    solved = Solved.of(problem)
    at = solved.run.updates[0].presentations[0].at
    exact = solved.figures.exact
    hidden = [j for layer in problem.network.layers[:-1] for j in layer.units]
    frames = [frame for frame in flow_of(solved) if frame.key == "flow"]
    assert [frame.about[1] for frame in frames] == [O(j) for j in _backwards(problem)]
    assert len(frames) == len(hidden)
    for frame in frames:
        total = exact[frame.about[0].marked(at)]
        assert float(sum(exact[q.marked(at)] for q in (frame.edges[w] for w in frame.flows))) == (
            pytest.approx(float(total), abs=1e-12)
        )
        for w, (weight, slope) in frame.flows.items():
            product = exact[weight] * exact[slope.marked(at)]
            assert float(exact[frame.edges[w].marked(at)]) == pytest.approx(
                float(product), abs=1e-12
            )


def _backwards(problem: Problem) -> list[str]:
    return [j for layer in reversed(problem.network.layers[:-1]) for j in layer.units]


@given(networks.problems())
@settings(max_examples=25)
def test_every_slope_of_the_pass_is_computed_in_some_frame(problem: Problem) -> None:
    solved = Solved.of(problem)
    computed = [q for frame in flow_of(solved) for q in frame.computed]
    units = [j for layer in problem.network.layers for j in layer.units]
    assert set(map(DE_DO, units)) <= set(computed)
    assert set(map(DE_DNET, units)) <= set(computed)
    gradients = {q.marked(q.at) for q in computed if q.kind is Kind.GRAD}
    assert len(gradients) == len(problem.network.parameters)


@pytest.mark.parametrize("name", ["mazur", "softmax", "three-hidden-layers", "delta-rule", "given"])
def test_all_frames_have_the_same_size_and_texts_that_fit(name: str) -> None:
    solved = Solved.of(tutor.load(name))
    (album,) = (
        block
        for section in page(solved, "flow", ANY, words_of(None)).sections
        for block in section.blocks
        if isinstance(block, Album)
    )
    drawings = [b.drawing for _, blocks in album.leaves for b in blocks if isinstance(b, Picture)]
    assert len({(drawing.width, drawing.height) for drawing in drawings}) == 1
    for drawing in drawings:
        for node in drawing.nodes:
            for line in node.lines:
                assert line.box.width / 2 <= node.radius
        for edge in drawing.edges:
            if edge.label:
                (_, _), (left, _), (right, _), _ = edge.points
                assert edge.label.box.width <= right - left + 1e-6
