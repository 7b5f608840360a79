"""A reader who types a line's printed numbers into a calculator gets its printed value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import networks
import pytest
from formulas import TREES, value
from hypothesis import given
from hypothesis import strategies as st
from readers import calculated, latex, mathml, plain, typst

from tutor.numeric.figures import kept, written
from tutor.numeric.rounding import Digits, Rounding
from tutor.pages.document import Equation, Math
from tutor.pages.latex import Latex, MarkdownMath
from tutor.pages.mathml import MathMl
from tutor.pages.options import Options
from tutor.pages.plain import Keys, Plain
from tutor.pages.typst import Typst
from tutor.pages.words import Words
from tutor.pages.worked import document
from tutor.pages.writer import Writer
from tutor.problem.file import parse
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Pattern, Problem
from tutor.solution import Solution, solve
from tutor.symbolic.activations import Activation
from tutor.symbolic.formula import (
    Formula,
    Power,
    Ref,
)
from tutor.symbolic.network import Bias, Layer, Network
from tutor.symbolic.quantity import At, E, O, Quantity

FORMATS: dict[str, tuple[type[Writer], Callable[[str], str]]] = {
    "text": (Plain, plain),
    "keys": (Keys, plain),
    "latex": (Latex, latex),
    "markdown": (MarkdownMath, latex),
    "html": (MathMl, mathml),
    "typst": (Typst, typst),
}
WORDS = Words()
ANY = networks.problems(networks.NONE | networks.ROUNDINGS, most=2)
ONE_PATTERN = networks.problems(networks.NONE | networks.ROUNDINGS, most=1)


def last_unit(x: Fraction, digits: Digits) -> Fraction:
    """One unit of the last digit that x is printed with."""
    leading = (Decimal(x.numerator) / Decimal(x.denominator)).adjusted() if x else 0
    return Fraction(10) ** (leading - digits.count + 1 if digits.figures else -digits.count)


def by_hand(x: Fraction, digits: Digits) -> Fraction:
    """x rounded, ties away from zero."""
    unit = last_unit(x, digits)
    return (1 if x > 0 else -1) * unit * int(abs(x) / unit + Fraction(1, 2))


def gives(problem: Problem, q: Quantity, numbers: Fraction, shown: str) -> bool:
    """Whether a line's numbers come to the value that it shows."""
    if problem.rounding:
        return Fraction(shown) in (numbers, by_hand(numbers, problem.rounding.digits(q)))
    return abs(numbers - Fraction(shown)) <= last_unit(Fraction(shown), problem.show)


@given(ANY)
def test_the_numbers_in_json_come_to_what_is_shown(problem: Problem) -> None:
    solution = solve(problem)
    quantities = json.loads(solution.to_json())["quantities"]
    for q in solution.figures.values:
        entry = quantities[q.key]
        if "numbers" in entry:
            assert gives(problem, q, calculated(entry["numbers"]), entry["shown"]), entry


def lines(solution: Solution) -> Iterator[tuple[Quantity, At, list[Formula]]]:
    """Of every line of the page, and every note, the parts that are numbers; the value is last."""
    for section in document(solution, WORDS, Options()).sections:
        for block in section.blocks:
            if isinstance(block, Equation) and block.defines:
                assert value(block.parts[-1]) is not None
                notes = [part.parts for part in block.note if isinstance(part, Math)]
                for parts in (block.parts, *notes):
                    if numbers := [x for x in parts if value(x) is not None]:
                        yield block.defines, block.at, numbers


def same(numbers: Fraction, formula: Formula) -> bool:
    """Whether what was read is what was written, but for what rounding at 60 digits can do."""
    wanted = Fraction(value(formula) or 0)
    return abs(numbers - wanted) <= max(abs(wanted), 1) / Fraction(10) ** 25


@given(ONE_PATTERN)
def test_every_line_of_the_page_comes_to_what_it_shows(problem: Problem) -> None:
    check_lines(problem)


def check_lines(problem: Problem) -> None:
    """Each part of a line that is numbers gives the value at its end."""
    solution = solve(problem)
    for q, at, parts in lines(solution):
        *numbers, shown = map(Plain(solution.naming, at).write, parts)
        for text in numbers:
            assert gives(problem, q, calculated(plain(text)), shown), (q.key, text, shown)


def linear(weights: tuple[str, ...], inputs: tuple[str, ...], **rest: object) -> Problem:
    """One linear unit whose target is 0."""
    network = networks.shape((len(inputs), 1), Bias.NONE, loss="sse", function=Activation("linear"))
    parameters = dict(zip(network.parameters, weights, strict=True))
    return Problem(network, parameters, (Pattern(inputs, ("0",)),), **rest)  # type: ignore[arg-type]


CLOSE_CALLS = {
    "0.1*0.65 + 1/3*(-1.92) is -0.575, a tie": linear(
        ("0.1", "1/3"), ("0.65", "-1.92"), rounding=Rounding(Digits(2))
    ),
    "half of 1.87 is not 0.937": linear(
        ("0.9374",), ("1",), show=Digits(3, figures=True), notation="aima"
    ),
}


def test_a_rule_keeps_its_zeros_and_given_numbers_their_text() -> None:
    page = solve(linear(("0.30",), ("0.97",), rounding=Rounding(Digits(4)))).to_text()
    assert "= 0.30·0.97\n         = 0.2910\n" in page
    assert "f'(net_y1) = ∂o_y1/∂net_y1\n             = 1\n" in page


SHARED_BIAS = """\
loss: cce
layers: [{activation: softmax, weights: [[0.3], [-1.2], [1.7]], biases: 0.3}]
patterns: [{inputs: [INPUT], targets: [0, 1, 0]}]
"""


@pytest.mark.parametrize("x", ["0.1", "0.2", "0.4", "0.7", "1.1", "1.6"])
def test_a_sum_of_0_leaves_nothing_on_a_calculator(x: str) -> None:
    solution = solve(parse(SHARED_BIAS.replace("INPUT", x)))
    bias = json.loads(solution.to_json())["quantities"]["dE/db_y"]
    assert bias["shown"] == "0"
    assert calculated(bias["numbers"]) == 0


@pytest.mark.parametrize("name", CLOSE_CALLS)
def test_a_close_call_comes_to_what_it_shows(name: str) -> None:
    check_lines(CLOSE_CALLS[name])


SIX = Digits(6, figures=True)
LARGE = [
    ("2322493.7", SIX, "2.32249e6"),
    ("-1234567890", SIX, "-1.23457e9"),
    ("2322490", SIX, "2322490"),
    ("2000000", SIX, "2000000"),
    ("123456.7", SIX, "123457"),
    ("1524.07", Digits(3, figures=True), "1520"),
    ("2322493.7", Digits(7, figures=True), "2322494"),
    ("2322493.71", Digits(1), "2322493.7"),
]


@pytest.mark.parametrize(("value", "digits", "text"), LARGE)
def test_zeros_in_the_place_of_cut_digits_are_not_printed(
    value: str, digits: Digits, text: str
) -> None:
    assert written(Decimal(value), digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("2300000", Digits(4, figures=True), "2.300e6"),
        ("0.23", Digits(4), "0.2300"),
        ("2322493", Digits(1), "2322493.0"),
        ("0", Digits(4), "0.0000"),
        ("0", Digits(4, figures=True), "0"),
    ],
)
def test_a_rule_keeps_its_zeros_also_in_a_power_of_ten(
    value: str, digits: Digits, text: str
) -> None:
    assert kept(Decimal(value), digits) == text


def test_a_line_with_a_power_of_ten_comes_to_what_it_shows() -> None:
    problem = linear(("1.2345",), ("1234.567",))
    check_lines(problem)
    assert solve(problem).figures.texts[E] == "2.32280e6"


@given(ONE_PATTERN)
def test_every_format_says_the_same_numbers(problem: Problem) -> None:
    solution = solve(problem)
    for _, at, parts in lines(solution):
        for name, (writer, reader) in FORMATS.items():
            pen = writer(solution.naming, at)
            for part in parts:
                text = pen.joined(*pen.chunks(part))
                assert same(calculated(reader(text)), part), (name, text)


NETWORK = Network(
    ("x1",),
    tuple(
        Layer(name, units, (Activation("sigmoid"),) * len(units))
        for name, units in (("h1", ("h1_1",)), ("h2", ("h2_1",)), ("y", ("y1",)))
    ),
)


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_with_an_index_above_is_in_brackets_where_it_is_squared(name: str) -> None:
    writer = FORMATS[name][0](Naming(NETWORK, NOTATIONS["nielsen"]))
    squared = writer.write(Power(Ref(O("h1_1")), 2))
    alone = writer.write(Ref(O("h1_1"))).removeprefix("<mrow>").removesuffix("</mrow>")
    assert name == "keys" or writer.bracket(alone) in squared


@pytest.mark.parametrize("name", FORMATS)
@given(formula=TREES, notation=st.sampled_from(sorted(NOTATIONS)))
def test_a_writer_keeps_every_bracket(name: str, formula: Formula, notation: str) -> None:
    writer, reader = FORMATS[name]
    text = writer(Naming(NETWORK, NOTATIONS[notation])).write(formula)
    assert same(calculated(reader(text)), formula), text
