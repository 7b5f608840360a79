"""Questions have the answers that an independent computation gives."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import networks
import oracle
import pytest
from hypothesis import given
from lessons import given_in, run_of
from practice.papers import by_hand
from practice.posing import RECIPES, drawn, questions

from tutor.errors import InputError
from tutor.numeric.bounds import ANYTHING, Between, Bounds, just, of_sign
from tutor.numeric.floats import float_of, floats
from tutor.numeric.rounding import Digits
from tutor.practice.generate import Generator
from tutor.practice.posing.choice import Choice
from tutor.practice.posing.factor import Factor
from tutor.practice.posing.find import Find
from tutor.practice.posing.first_step import FirstStep
from tutor.practice.posing.most import Most
from tutor.practice.posing.pose import pose, refusal
from tutor.practice.posing.posed import Posed, Unposable, shuffled
from tutor.practice.posing.signs import Signs
from tutor.practice.reading import parse_recipe
from tutor.practice.recipe import Ask
from tutor.problem.problem import Problem
from tutor.solving import Solved, given_texts
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Call, Cases, Formula, Num, Power, Ref, minus
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.quantity import At, Kind, X

POSED = [
    ("sigmoid", Ask.CHOOSE),
    ("one weight", Ask.CHOOSE),
    ("softmax", Ask.CHOOSE),
    ("cross-entropy", Ask.CHOOSE),
    ("rounded", Ask.CHOOSE),
    ("two patterns", Ask.CHOOSE),
    ("sigmoid", Ask.FACTOR),
    ("softmax", Ask.FACTOR),
    ("other names", Ask.FACTOR),
    ("batch", Ask.FACTOR),
    ("sigmoid", Ask.SIGN),
    ("softmax", Ask.SIGN),
    ("sigmoid", Ask.MOST),
    ("softmax", Ask.MOST),
    ("two patterns", Ask.MOST),
    ("two patterns", Ask.TRUE),
    ("batch", Ask.TRUE),
    ("one weight", Ask.FIND),
    ("softmax", Ask.FIND),
    ("rounded", Ask.FIND),
    ("two patterns", Ask.FIND),
]


def near(text: str, value: float, digits: Digits) -> bool:
    """Whether a text is this value to half of its last digit, and a little."""
    unit = 10.0**-digits.count
    if digits.figures:
        unit = 10.0 ** (math.floor(math.log10(abs(value))) - digits.count + 1) if value else 1.0
    return abs(float(text) - value) <= 0.501 * unit


def test_a_mistake_that_cannot_be_made_changes_no_question(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(questions("one weight", Ask.FIND))
    run = before[0][1].solved.run
    made = {id: row for id, row in MISTAKES.items() if tags(run, id)}
    assert len(made) < len(MISTAKES)
    monkeypatch.setattr("tutor.practice.posing.find.MISTAKES", made)
    after = list(questions("one weight", Ask.FIND))
    assert [told(one) for _, one in before] == [told(one) for _, one in after]


def told(one: Posed) -> tuple[str, str]:
    assert isinstance(one, Find)
    return one.mistake, one.planted.key


@pytest.mark.parametrize(("name", "ask"), POSED, ids=str)
def test_a_question_has_the_answer_that_an_independent_computation_gives(
    name: str, ask: Ask
) -> None:
    recipe, _ = drawn(name)
    found = list(questions(name, ask))
    assert found
    for problem, posed in found:
        RIGHT[type(posed)](problem, posed, recipe.digits)


def check_choice(problem: Problem, posed: Choice, digits: Digits) -> None:
    q, solved = posed.quantity, posed.solved
    numbers = [float(option.figures.texts[q]) for option in posed.options]
    assert len({*numbers}) == len(numbers) >= 4
    right = numbers[posed.right]
    assert all(abs(right) / 10.01 <= abs(x) <= 10.01 * abs(right) for x in numbers)
    if not problem.rounding:
        assert near(
            posed.options[posed.right].figures.texts[q], oracle.values(problem)[q.key], digits
        )
    start = {u: float_of(text) for u, text in given_texts(problem, solved.run)}
    for option, number in zip(posed.options, numbers, strict=True):
        if option.mistake and not problem.rounding:
            made = (
                floats(mistaken(solved.run, option.mistake, tag), start).get(q, math.nan)
                for tag in tags(solved.run, option.mistake)
            )
            assert any(near(f"{number}", value, digits) for value in made if not math.isnan(value))
    random = Random(1)
    asked = Solved.of(replace(solved.problem, ask=(q.key,)))
    for _ in range(10):
        answer = float(by_hand(asked, solved.run.steps, digits, random)[q])
        nearest = min(range(len(numbers)), key=lambda n: abs(numbers[n] - answer))
        assert nearest == posed.right


def check_factor(problem: Problem, posed: Factor, digits: Digits) -> None:
    texts, q = posed.solved.figures.texts, posed.step.defines
    values = oracle.values(problem)
    assert near(texts[q], values[q.key], digits)
    if posed.quantity.key in values:
        assert near(texts[posed.quantity], values[posed.quantity.key], digits)


def check_signs(problem: Problem, posed: Signs, digits: Digits) -> None:
    values = oracle.values(problem)
    at = posed.solved.run.updates[0].at
    assert len({sign for _, sign in posed.answers}) > 1
    for w, sign in posed.answers:
        slope = values[slope_of_error(w).marked(at).key]
        assert sign == -math.copysign(1, slope) * (abs(slope) > 1e-12)


def check_most(problem: Problem, posed: Most, digits: Digits) -> None:
    values = oracle.values(problem)
    at = posed.solved.run.updates[0].at
    sizes = [abs(values[slope_of_error(w).marked(at).key]) for w, _ in posed.weights]
    second, first = sorted(sizes)[-2:]
    assert sizes[posed.right] == first >= 1.19 * second


def check_first_step(problem: Problem, posed: FirstStep, digits: Digits) -> None:
    w = posed.weight
    ways = (replace(problem, batch=False, mean=False), replace(problem, batch=True))
    rate, shown = float_of(problem.learning_rate or ""), posed.shown
    steps = shown[posed.stochastic], shown[1 - posed.stochastic]
    for way, step in zip(ways, steps, strict=True):
        slope = oracle.values(way)[slope_of_error(w).marked(At(1)).key]
        text = posed.figures.texts[step.defines]
        assert float(text) == pytest.approx(-rate * slope, rel=1e-2)


def check_find(problem: Problem, posed: Find, digits: Digits) -> None:
    right = posed.solved.run.by_quantity
    changed = [s.defines for s in posed.steps if s.formula != right[s.defines].formula]
    assert changed == [posed.planted]
    before, after = posed.solved.figures.texts, posed.figures.texts
    for n, step in enumerate(posed.steps, 1):
        same = before[step.defines] == after[step.defines]
        assert same or n == posed.line or n in posed.follows


RIGHT = {
    Choice: check_choice,
    Factor: check_factor,
    Signs: check_signs,
    Most: check_most,
    FirstStep: check_first_step,
    Find: check_find,
}


def shown(posed: Posed) -> str:
    return str({key: value for key, value in vars(posed).items() if key != "solved"})


@pytest.mark.parametrize(("name", "ask"), [("sigmoid", Ask.CHOOSE), ("one weight", Ask.FIND)])
def test_a_question_hangs_on_its_stream_alone(name: str, ask: Ask) -> None:
    recipe, (problem, _) = drawn(name)
    once, again = (shown(pose(problem, ask, "a", recipe.digits)) for _ in range(2))
    assert once == again
    assert len({shown(pose(problem, ask, stream, recipe.digits)) for stream in "abcdef"}) > 2


def test_the_right_number_has_no_usual_place() -> None:
    recipe, (problem, _) = drawn("one weight")
    places = [pose(problem, Ask.CHOOSE, f"{n}", recipe.digits) for n in range(40)]
    assert {one.right for one in places if isinstance(one, Choice)} >= {0, 1, 2, 3}


def test_shuffling_is_the_same_everywhere() -> None:
    assert shuffled("abcdef", "s") == list("adecbf")


def test_a_question_without_a_clear_answer_is_refused_with_a_reason() -> None:
    recipe, (problem, _) = drawn("one weight")
    with pytest.raises(Unposable, match="at least two patterns and a learning_rate"):
        pose(problem, Ask.TRUE, "a", recipe.digits)
    assert not refusal(problem, Ask.COMPUTE, recipe.digits)
    impossible = parse_recipe(RECIPES["one weight"] + "\nquestion: true-or-stochastic")
    with pytest.raises(InputError, match="no clear answer to this kind of question"):
        Generator(impossible).problems(1, 1)


def test_a_recipe_keeps_the_draws_that_its_question_can_be_asked_of() -> None:
    recipe = parse_recipe(RECIPES["cross-entropy"] + "\nquestion: sign")
    for one in Generator(recipe).problems(2, 3):
        assert not refusal(one.problem, Ask.SIGN, recipe.digits)


def test_weights_that_are_fed_much_the_same_are_not_compared() -> None:
    recipe, (problem, _) = drawn("one weight")
    (pattern,) = problem.patterns
    alike = replace(problem, patterns=(replace(pattern, inputs=("0.5", "-0.45")),))
    with pytest.raises(Unposable):
        pose(alike, Ask.MOST, "a", recipe.digits)


@given(networks.problems(most=2))
def test_every_value_lies_where_signs_say(problem: Problem) -> None:
    solving = run_of(problem.network, problem.schedule)
    start = {q: float_of(text) for q, text in given_in(problem, solving).items()}
    values = floats(solving.steps, start)
    known = {q: just(x) if q.kind is Kind.T else of_sign(x) for q, x in start.items()}
    for step in solving.steps:
        for form in (step.formula, *step.routes):
            bounds = form.read(Between(known))
            value = values.get(step.defines, math.nan)
            if not math.isnan(value):
                slack = 1e-9 * max(1.0, abs(value))
                assert bounds.low.value - slack <= value <= bounds.high.value + slack
                if bounds.sign and abs(value) > 1e-12:
                    assert bounds.sign == math.copysign(1, value)
        known[step.defines] = step.formula.read(Between(known))


def test_a_bias_that_is_not_updated_is_not_asked_about() -> None:
    recipe, (problem, _) = drawn("sigmoid")
    still = replace(problem, update_biases=False)
    for stream in "abcd":
        posed = pose(still, Ask.SIGN, stream, recipe.digits)
        assert isinstance(posed, Signs)
        assert all(w.kind is Kind.W for w, _ in posed.answers)


A = Ref(X("x1"))
WHERE = [
    (Power(A, 2), ANYTHING, None),
    (minus(Num("1"), Power(Call("tanh", A), 2)), ANYTHING, 1),
    (Call("relu", A), ANYTHING, None),
    (Call("relu", A), of_sign(-1), 0),
    (Cases(A, Num("1"), Num("0")), of_sign(1), 1),
    (Cases(A, Num("1"), Num("0")), of_sign(0), 0),
    (Call("ln", A), of_sign(1), None),
    (Call("exp", A), ANYTHING, 1),
]


@pytest.mark.parametrize(("formula", "bounds", "sign"), WHERE, ids=range(len(WHERE)))
def test_a_sign_is_told_where_it_follows(
    formula: Formula, bounds: Bounds, sign: int | None
) -> None:
    assert formula.read(Between({X("x1"): bounds})).sign == sign
