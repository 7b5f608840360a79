"""Final numbers of many students at once: what the marking of pages says of each."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hands import random_hand
from lessons import NETWORKS, SCHEDULES, SHORT, Plans, given_in, random_problem

from tutor.marking.causes import Fit
from tutor.marking.columns import columns
from tutor.marking.explain import MOST_SEARCHED
from tutor.marking.finals import Finals
from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.own import Habit
from tutor.marking.printed import printed
from tutor.marking.slipped import Slipped
from tutor.marking.slips import SLIPS, slip
from tutor.marking.suspected import BARE, Shown, Suspected
from tutor.marking.verdict import Kind
from tutor.numeric.floats import float_of, floats
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.formula import Named
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Kind as Quantities
from tutor.symbolic.quantity import Quantity

ODD = ("?", "-", "0", "1", "25", "-1", "1/12", "abc", "0,5", "1e-300", "٣", "0.5\0", "5.", "+.25")
Row = list[str]


def wrong_values(frame: Frame) -> list[dict[Quantity, float]]:
    """What every mistake in every manner leads to."""
    start = {q: float_of(t) for q, t in given_in(frame.solved.problem, frame.run).items()}
    manners = ((id, tag) for id in MISTAKES for tag in tags(frame.run, id))
    return [floats(mistaken(frame.run, id, tag), start) for id, tag in manners]


def rows_of(frame: Frame, asked: tuple[Quantity, ...], random: Random, count: int) -> list[Row]:
    """Students with a right or a wrong method, each with digits of their own; some slip."""
    wrong = wrong_values(frame)
    return [_row(frame, asked, random, wrong) for _ in range(count)]


def _row(
    frame: Frame, asked: tuple[Quantity, ...], random: Random, wrong: list[dict[Quantity, float]]
) -> Row:
    values = frame.truth if random.random() < 0.3 else random.choice(wrong)
    digits, form = random.choice((2, 3, 4, 5, 6)), random.choice("ffge")
    row: Row = []
    for q in asked:
        value = values.get(q, 0.0)
        if random.random() < 0.1:
            value *= random.choice((1.1, -1, 0.1, 1 + random.gauss(0, 1) * 10**-digits))
        row.append(f"{value:.{digits}{form}}")
    if random.random() < 0.3:
        n, name = random.randrange(len(row)), random.choice(list(SLIPS))
        number = printed(row[n])
        slips = list(slip(name, number, list(filter(None, map(printed, row))))) if number else []
        row[n] = random.choice(slips).text if slips else row[n]
    if random.random() < 0.1:
        row[random.randrange(len(row))] = random.choice(ODD)
    return row


def beside_pages(frame: Frame, asked: tuple[Quantity, ...], rows: list[Row]) -> dict[str, int]:
    """Every row that is not left to its page is marked as that; how many were, by verdict."""
    found = Finals(frame).mark(asked, rows)
    counts = {"open": 0, Kind.CORRECT.value: 0, Kind.WRONG.value: 0}
    for row, place in zip(rows, found.rows.tolist(), strict=True):
        if place < 0:
            counts["open"] += 1
            continue
        lines = [f"{q.key} = {text}" for q, text in zip(asked, row, strict=True)]
        verdicts = mark_with(frame, "\n".join(lines)).verdicts
        assert [verdict.quantity for verdict in verdicts] == list(asked)
        for verdict, causes in zip(verdicts, found.said[place], strict=True):
            assert verdict.kind is (Kind.CORRECT if causes is None else Kind.WRONG), row
            told = [(cause.id, cause.at) for cause in causes or ()]
            assert told == [(cause.id, cause.at) for cause in verdict.causes], (verdict.name, row)
            counts[verdict.kind.value] += 1
    return counts


def compared(
    network: Network, random: Random, rows: int, plans: Plans = SHORT, most: int = 9
) -> dict[str, int]:
    """A table of a random problem beside a page a row."""
    frame = Frame(Solved.of(random_problem(random, network, plans)))
    kinds = random.choice(((Quantities.GRAD,), (Quantities.GRAD,), (Quantities.W, Quantities.B)))
    asked = [q for q in frame.solved.asked if q.kind in kinds] or frame.solved.asked
    asked = tuple(random.sample(asked, random.randint(1, min(len(asked), most))))
    return beside_pages(frame, asked, rows_of(frame, asked, random, rows))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.sizes} {n.loss_name}")
def test_a_row_is_marked_as_a_page_with_its_numbers(network: Network) -> None:
    counts = compared(network, Random(8), 30)
    assert counts[Kind.CORRECT.value]
    assert counts[Kind.WRONG.value]


@pytest.mark.parametrize("plan", SCHEDULES[3:], ids=lambda plan: " ".join(map(str, plan.values())))
def test_so_it_is_with_several_patterns(plan: dict[str, object]) -> None:
    random = Random(3)
    counts = compared(random.choice(NETWORKS), random, 20, (plan,), most=3)
    assert counts[Kind.CORRECT.value]


def mazur(*keys: str) -> tuple[Frame, tuple[Quantity, ...]]:
    frame = Frame(Solved.of(load("mazur")))
    return frame, tuple(frame.solved.find(key)[0] for key in keys)


def left(keys: str, *rows: str) -> list[bool]:
    """Which rows are left to their pages."""
    frame, asked = mazur(*keys.split())
    table = [row.split() for row in rows]
    beside_pages(frame, asked, table)
    return (Finals(frame).mark(asked, table).rows < 0).tolist()


def test_a_wrong_number_that_another_hangs_on_is_left_to_the_page() -> None:
    rows = "0.0822 0.3589", "0.1822 0.3089", "0.0822 0.3089"
    assert left("dE/dw5 w5_new", *rows) == [False, True, True]


def test_what_only_a_page_can_read_is_left_to_it() -> None:
    rows = "0.0822 0.0004", "0.0822 1/12", "0.0822 ?", "0.0822 5.", "0,0822 0.1", "0.0822 1E-3"
    assert left("dE/dw5 dE/dw1", *rows) == [False, *[True] * 5]


def test_a_whole_number_that_may_be_a_rounded_one_is_left_to_the_page() -> None:
    assert left("dE/dw5 dE/dw1", "0.08 0", "0.08 0.0004", "0.08 3") == [True, False, True]


def test_a_right_number_that_shows_no_figure_is_left_to_the_page_where_marks_are_given() -> None:
    rows = "0.08 0.00", "0.0 0.0004", "0.9 0.00", "0.08 0.0004"
    assert left("dE/dw5 dE/dw1", *rows) == [True, True, True, False]


def test_a_row_with_more_wrong_numbers_than_are_searched_is_left_to_the_page() -> None:
    network = next(n for n in NETWORKS if n.sizes == (2, 2, 2, 1))
    frame = Frame(Solved.of(random_problem(Random(6), network, SHORT)))
    asked = tuple(q for q in frame.solved.asked if q.kind is Quantities.GRAD)
    right = [f"{frame.truth[q]:.6f}" for q in asked]
    rows = [[*["77.5"] * many, *right[many:]] for many in (MOST_SEARCHED, MOST_SEARCHED + 1)]
    beside_pages(frame, asked, rows)
    assert (Finals(frame).mark(asked, rows).rows < 0).tolist() == [False, True]


def test_where_a_mistake_brings_in_another_number_what_is_wrong_is_left_to_the_page() -> None:
    plan = ({"patterns": 2, "batch": True},)
    frame = Frame(Solved.of(random_problem(Random(1), NETWORKS[0], plan)))
    asked = tuple(q for q in frame.solved.asked if q.kind is Quantities.GRAD)
    columns = Finals(frame).columns(asked)
    n = next(n for n, c in enumerate(columns) if c.suspected.leans_on(asked) and not c.hangs)
    row = [f"{frame.truth[q]:.6f}" for q in asked]
    row[n] = "123.4"
    assert Finals(frame).mark(asked, [row]).rows.tolist() == [-1]
    assert beside_pages(frame, asked[n : n + 1], [row[n : n + 1]])["open"] == 0


def test_every_slip_is_among_those_that_are_looked_at() -> None:
    """As if each number were looked at."""
    frame, (q,) = mazur("dE/dw5")
    random, truth = Random(5), frame.truth[q]
    for n in range(60):
        digits, form = random.choice((2, 3, 4, 6)), random.choice("fge")
        number = printed(f"{truth * random.choice((1, 1, -1, 1.01)):.{digits}{form}}")
        assert number
        others = [number, *filter(None, map(printed, ("0.25", "3", "12")))]
        made = [one for name in SLIPS for one in slip(name, number, others)]
        for unit in {float(one.unit) for one in made}:
            same = [one for one in made if float(one.unit) == unit]
            habit = Habit(random.randint(1, 6), random.randint(2, 6)) if unit else None
            slipped, shown = Slipped(Suspected(frame, q)), Shown(unit, habit)
            values = np.array([float(one.value) for one in same])
            no = np.zeros(len(same), dtype=bool)
            pen, early = slipped._pen(shown), slipped._early(shown)
            found = slipped.causes(shown, same, values, no, alone=bool(n % 2))
            for one, causes in zip(same, found, strict=True):
                told = {cause.id for cause in causes}
                assert told == set(pen.slips(one, truth, (), early)), (one.text, shown)


def named(seed: int) -> tuple[Frame, list[str], tuple[Quantity, ...] | None]:
    """A random problem, the names of some of its quantities, and what they are taken for."""
    random = Random(seed)
    problem = random_problem(random, random.choice(NETWORKS), SHORT if seed % 2 else SCHEDULES)
    frame = Frame(Solved.of(problem))
    hand = random_hand(random, problem, frame.run)
    some = random.sample(sorted(frame.truth), min(len(frame.truth), random.randint(1, 8)))
    names = [hand.writer(q.at).write(Named(q)) for q in some]
    return frame, names, columns(frame, names)


@pytest.mark.parametrize("seed", range(40))
def test_columns_are_what_a_page_with_any_numbers_takes_them_for(seed: int) -> None:
    frame, names, found = named(seed)
    random = Random(seed)
    for _ in range(3 if found else 0):
        values = random.choice((list(frame.truth.values()), [0.5, -2.25, 1e-7, 12.0]))
        text = "\n".join(f"{name} = {random.choice(values):.4g}" for name in names)
        verdicts = mark_with(frame, text).verdicts
        assert tuple(verdict.quantity for verdict in verdicts) == found
        assert [verdict.line for verdict in verdicts] == list(range(1, len(names) + 1))
        assert {verdict.sign for verdict in verdicts} == {1}


def test_columns_are_told_in_the_notation_of_the_problem() -> None:
    assert sum(named(seed)[2] is not None for seed in range(40)) > 12
    frame, asked = mazur("dE/dw5", "w5_new", "E")
    assert columns(frame, ["dE_total/dw5", "w5+", "E"]) == asked
    for unsure in (["dE/dw5", "dE_total/dw5"], ["w5"], ["error"], ["nothing"], ["a = b"], ["[E]"]):
        assert columns(frame, unsure) is None


def test_a_mistake_that_is_too_large_for_a_float_explains_no_number() -> None:
    frame, (q,) = mazur("dE/dw5")
    trace = Suspected(frame, q).trace(BARE, None)
    fit = Fit(trace, q, 0.0001, frame.truth[q])
    assert not abs(math.inf - 0.5) <= fit.window(math.inf)
    assert fit.window(0.5) > 0
