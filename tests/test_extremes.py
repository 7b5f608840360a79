"""Numbers at the ends of their range: a page or a sentence, never a traceback."""

from __future__ import annotations

import pytest

import tutor
from tutor.errors import InputError
from tutor.problem.file import parse
from tutor.symbolic.quantity import O

EXTREME = {
    "a power of e with 55 digits": (
        "loss: cce\nshow: 6 decimals\nlayers: [{activation: softmax, weights: [[0.5], [0.3]]}]\n"
        "patterns: [{inputs: [250], targets: [1, 0]}]\n"
    ),
    "a slope of minus 1e30": (
        "loss: bce\nshow: 6 decimals\nlayers: [{activation: sigmoid, weights: [[-1]]}]\n"
        "patterns: [{inputs: [70], targets: [1]}]\n"
    ),
    "an input of a hundred million": (
        "loss: half_sse\nlayers: [{activation: sigmoid, weights: [[0.00000001]], biases: [0.5]}]\n"
        "patterns: [{inputs: [100000000], targets: [1]}]\n"
    ),
    "an output that is nearly 1 with target 0": (
        "loss: bce\nlayers: [{activation: sigmoid, weights: [[1]]}]\n"
        "patterns: [{inputs: [90], targets: [0]}]\n"
    ),
    "a unit so saturated that its slope has lost its digits": (
        "loss: half_sse\nlayers: [{activation: tanh, weights: [[55]]}]\n"
        "patterns: [{inputs: [1], targets: [0.9]}]\n"
    ),
    "a network of zeros": (
        "loss: half_sse\nlearning_rate: 1\nlayers: [{activation: relu, weights: [[0, 0]]},"
        " {activation: tanh, weights: [[0]]}]\npatterns: [{inputs: [0, 0], targets: [0]}]\n"
    ),
    "an output of 1e-8686 under a logarithm": (
        "loss: bce\nlayers: [{activation: leaky_relu, weights: [[-2000000]]},"
        " {activation: sigmoid, weights: [[1]]}]\npatterns: [{inputs: [1], targets: [0]}]\n"
    ),
    "a rectifier fed 1e80": (
        "loss: half_sse\nlayers: ["
        + "{activation: linear, weights: [[100000000]]}, " * 8
        + "{activation: relu, weights: [[100000000]]}, {activation: tanh, weights: [[1e-29]]}]\n"
        "patterns: [{inputs: [1], targets: [0.9]}]\n"
    ),
    "sixty layers with weights of 1e8": (
        "loss: half_sse\nlarge: true\nlayers:\n"
        + "  - {activation: linear, weights: [[100000000]]}\n" * 60
        + "patterns: [{inputs: [0.3], targets: [1]}]\n"
    ),
    "large weights that cancel in a softmax": (
        "loss: cce\nlayers: [{activation: linear, weights: [[30000000], [70000]]},"
        " {activation: softmax, weights: [[0.5, 3], [0.25, 1000]]}]\n"
        "patterns: [{inputs: [0.7], targets: [0.25, 0.75]}]\n"
    ),
}


@pytest.mark.parametrize("name", EXTREME)
def test_it_is_solved_certified_and_printed(name: str) -> None:
    solution = tutor.solve(parse(EXTREME[name]))
    assert solution.certificate.central_differences < 1e-20
    assert solution.to_text()
    assert solution.to_json()


def test_tanh_of_next_to_nothing_has_all_its_digits() -> None:
    thin = "{activation: linear, weights: [[1.234567e-27]]}, " * 4
    text = f"loss: half_sse\nlayers: [{thin}{{activation: tanh, weights: [[1]]}}]\n"
    solution = tutor.solve(parse(text + "patterns: [{inputs: [1], targets: [0.9]}]\n"))
    assert solution.figures.texts[O("y1")] == "2.32305e-108"


HOPELESS = {
    "a logarithm of 0": "loss: bce\nlayers: [{activation: sigmoid, weights: [[0.5]]}]\n",
    "a power of e": "loss: half_sse\nlayers: [{activation: linear, weights: [[9e8]]},"
    " {activation: softplus, weights: [[1e8]]}]\n",
}


@pytest.mark.parametrize("name", HOPELESS)
def test_a_step_so_long_that_e_has_no_value_blames_the_rate(name: str) -> None:
    text = "learning_rate: 1000000\npatterns: [{inputs: [1], targets: [0.9]}]\n"
    solution = tutor.solve(parse(HOPELESS[name] + text))
    assert "E_new" not in solution
    assert "learning rate of 1000000 gives, E has no value" in " ".join(solution.to_text().split())


@pytest.mark.parametrize(
    ("x", "where"), [("1", " for both patterns"), ("0.00001", " for pattern 1")]
)
def test_it_is_said_for_which_patterns_of_a_batch_e_has_no_value(x: str, where: str) -> None:
    rows = f"{{inputs: [1], targets: [0.9]}}, {{inputs: [{x}], targets: [0.9]}}"
    text = f"learning_rate: 1000000\nmode: batch\npatterns: [{rows}]\n"
    page = tutor.solve(parse(HOPELESS["a logarithm of 0"] + text)).to_text()
    assert f"E has no value{where}, so" in " ".join(page.split())


def test_an_update_from_which_nothing_goes_on_blames_the_rate() -> None:
    rows = "{inputs: [1], targets: [0]}, {inputs: [-1], targets: [0]}"
    text = f"learning_rate: 1000000\npatterns: [{rows}]\n"
    with pytest.raises(InputError, match="use a smaller learning_rate"):
        tutor.solve(parse(HOPELESS["a logarithm of 0"] + text))


def test_an_output_that_is_no_probability_is_named_with_what_it_should_be() -> None:
    text = "loss: bce\nlayers: [{activation: linear, weights: [[1.1]]}]\n"
    message = "o_y1 is 1.1, and with bce an output lies between 0 and 1; .* activation: sigmoid"
    with pytest.raises(InputError, match=message):
        tutor.solve(parse(text + "patterns: [{inputs: [1], targets: [1]}]\n"))
