"""Whole sessions: what a student types, and what is said to it."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.drill import supply
from tutor.drill.desk import Desk
from tutor.drill.plan import plan
from tutor.drill.printed import printed
from tutor.drill.session import WORDS, Reply, Session
from tutor.drill.state import How, Phase, Request, State
from tutor.errors import InputError
from tutor.numeric.floats import Floats
from tutor.pages.render import words_of
from tutor.practice.exercise import COMMON
from tutor.practice.reading import load_recipe, recipe_names
from tutor.practice.recipe import Ask
from tutor.problem.notation import NOTATIONS
from tutor.problem.shipped import load, names
from tutor.problem.writing import written_problem
from tutor.solving import Solved, given_texts
from tutor.symbolic.manners import manners
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

COMPUTED = [name for name in recipe_names() if load_recipe(name).question is Ask.COMPUTE]
HIDDEN = Request("hidden-weight", 3)
RIGHT = (
    *("hidden", "0.78; 1.08", "0.6857, 0.7465", "1.418", "-0.6404", "0.8050; 0.3452"),
    *("0.6050; -0.5548", "0.8050*(1-0.8050); 0.2260", "0.09497; -0.1254", "0.03647", "0.2155"),
    "0.03647*0.2155*-0.1",
)


@cache
def session(request: Request = HIDDEN) -> Session:
    return Session(request, words_of(None))


class Student:
    """Somebody at the terminal."""

    def __init__(self, talk: Session | None = None, kept: State | None = None) -> None:
        self.talk = talk or session()
        self.reply = self.talk.start(kept)

    def types(self, *lines: str) -> str:
        """What is said to the last of these lines."""
        for line in lines:
            assert self.reply.state
            assert not self.reply.over
            self.reply = self.talk.answer(self.reply.state, line)
        return said(self.reply)

    @property
    def state(self) -> State:
        assert self.reply.state
        return self.reply.state


def said(reply: Reply) -> str:
    return " ".join(printed(reply.said, reply.naming, 88).split())


def test_a_right_student_is_told_so_at_every_step() -> None:
    student = Student()
    for line in RIGHT:
        assert "ot yet" not in student.types(line), line
    end = said(student.reply)
    assert "Done. Right at once: 18 of 18." in end
    assert "To practise" not in end
    assert "∂E/∂w_h1_x1 = ∂E/∂o_h1·∂o_h1/∂net_h1·∂net_h1/∂w_h1_x1" in end
    assert student.state.phase is Phase.ANOTHER


def test_it_begins_with_the_part_of_the_unit() -> None:
    student = Student()
    assert "Is h1 an output unit or a hidden unit?" in said(student.reply)
    assert "Type output or hidden" in student.types("I don't know")
    assert "Not yet. h1 is a hidden unit" in student.types("an output unit")
    assert student.state.missed == ("role",)


def test_what_follows_from_an_own_wrong_number_is_right() -> None:
    student = Student()
    assert "when f'(net_y1) is left out" in student.types(*RIGHT[:8], "0.6050; -0.1254")
    assert "On with your own ∂E/∂net_y1 = 0.6050" in student.types("skip")
    assert "Right, from your own ∂E/∂net_y1" in student.types("0.2660")
    end = student.types("0.2155", "-0.005732")
    assert "is right" in end or "Right, from" in end
    assert "The slope f′: which function" in end
    assert "(backprop practise --mistake slope-left-out)" in end
    assert student.state.mistakes == ("slope-left-out",)


@pytest.mark.parametrize(
    "line", ["net_h = [0.78, 1.08]", "net_h2 = 1.08; 0.78", "0.78 ; z_h2 = 1,08", "0,78, 1,08"]
)
def test_several_numbers_may_stand_on_one_line(line: str) -> None:
    student = Student()
    assert "What are o_h1 and o_h2?" in student.types("hidden", line)


def test_a_wrong_number_is_named_and_may_be_tried_again() -> None:
    student = Student()
    first = student.types("hidden", "0.68; 1.08", "0.78", "1/(1+exp(0.78))")
    assert "0.3143 is what comes out when the exponent of e loses its minus." in first
    assert "Try again, or type hint." in first
    assert "type show for the worked line" in student.types("0.1")
    assert "0.6857 is right" in student.types("o_h1 = 0.6857")


def test_the_hints_say_more_and_more_and_show_gives_the_line() -> None:
    student = Student()
    student.types("hidden")
    assert "every weight times what it is fed" in student.types("hint")
    assert "net_h1 is made of w_h1_x1, x_1, w_h1_x2, x_2 and b_h1." in student.types("hint")
    formula = "net_h1 = w_h1_x1·x_1 + w_h1_x2·x_2 + b_h1"
    assert formula in student.types("hint")
    assert formula in student.types("hint")
    assert "= 0.2·(-0.1) + (-0.5)·(-0.9) + 0.35 = 0.78" in student.types("show")
    assert student.state.page[0].how is How.SHOWN


def test_a_hint_after_a_known_mistake_says_where_to_look() -> None:
    student = Student()
    student.types("hidden", "0.2*(-0.1) + (-0.5)*(-0.9)", "hint")
    assert "Count the terms of the net input." in student.types("hint")


def test_the_line_that_is_shown_goes_on_from_own_numbers() -> None:
    student = Student()
    student.types("hidden", "0.78; 1.08", "0.6857; 0.2535", "skip")
    shown = student.types("show")
    assert "With your own numbers:" in shown
    assert "0.45·0.6857 + 0.95·0.2535 + 0.4" in shown


def test_one_step_back_and_no_further_than_the_first() -> None:
    student = Student()
    assert "This is the first step." in student.types("back")
    student.types("hidden", "0.78; 1.08", "0.6857")
    assert "What are o_h1 and o_h2?" in student.types("back")
    assert "What are net_h1 and net_h2?" in student.types("back")
    assert student.state.page == ()


@pytest.mark.parametrize("answer", ["0.7", "0.69"])
def test_a_number_with_too_few_digits_is_neither_right_nor_wrong(answer: str) -> None:
    student = Student()
    student.types("hidden", "0.78; 1.08")
    assert "right as far as it goes" in student.types(answer)
    assert "o_h1" not in {kept.key for kept in student.state.page}


def test_digits_that_were_not_claimed_are_not_held_against_anybody() -> None:
    student = Student()
    student.types(*RIGHT[:7], "f'(net_y2) = 0.2260")
    assert "right as far as it goes" in student.types("0.8*(1-0.8)")
    assert student.state.missed == ()


@pytest.mark.parametrize("line", ["0.6*(", "foo = 3", "hello world", "…", "1e999", "= =", ";;;"])
def test_what_cannot_be_read_is_not_counted(line: str) -> None:
    student = Student()
    student.types("hidden")
    before = student.state
    student.types(line)
    assert (student.state.missed, student.state.page) == (before.missed, before.page)


def test_it_is_taken_up_where_it_was_left() -> None:
    student = Student()
    student.types(*RIGHT[:4], "0.3", "q")
    assert student.reply.over
    kept = State.of(student.state.json())
    assert kept == student.state
    again = Student(kept=kept)
    assert "at step 4 of 11" in said(again.reply)
    assert "Enter goes on there" in again.types("what?")
    assert "So far: net_h1 = 0.78" in again.types("")
    assert "type show for the worked line" in again.types("0.2")
    assert "Done." in again.types(*RIGHT[4:])


def test_it_is_taken_up_where_its_recipe_is_gone() -> None:
    student = Student()
    student.types(*RIGHT[:4])
    gone = replace(student.state, request=Request("gone.yaml", 3, "one-path"))
    again = Student(kept=gone)
    assert "So far: net_h1 = 0.78" in again.types("")
    assert "There is no further problem: gone.yaml: there is no such file" in again.types(
        *RIGHT[4:], ""
    )


def test_an_offer_can_be_left_or_turned_down() -> None:
    student = Student()
    student.types(*RIGHT[:4])
    left = Student(kept=student.state)
    left.types("q")
    assert left.state == student.state
    new = Student(kept=student.state)
    assert "Step 1 of 11" in new.types("n")


def test_after_one_problem_there_is_another_and_after_the_last_there_is_none() -> None:
    student = Student(session(Request("hidden-weight", 3, count=2)))
    assert "number 2" in student.types(*RIGHT, "")
    student.types(*["show"] * 17)
    assert (student.reply.over, student.reply.state) == (False, student.state)
    assert "Right at once: 0 of 18" in student.types("show")
    assert student.reply.over


@pytest.mark.parametrize("id", ["one-path", "error-sign", "factor-2"])
def test_for_a_mistake_the_numbers_show_it_and_nothing_else(id: str) -> None:
    request = supply.settled(Request("", 2, id))
    opened = said(session(request).start())
    assert f"Chosen for {id}: " in opened
    assert ("but for one-over-n" in opened) == (id == "factor-2")


@pytest.mark.parametrize("id", ["one-path", "error-sign", "half-slope"])
def test_the_number_of_the_mistake_is_nobody_elses(id: str) -> None:
    """Without any rounding on the way, at the figures that are told."""
    request = supply.settled(Request("", 2, id))
    solved = Solved.of(supply.problem(request, 1).problem)
    start = {q: float(text) for q, text in given_texts(solved.problem, solved.run)}
    found: dict[str, set[str]] = {"right": {asked(solved, solved.run.steps, start)}}
    for manner in manners(solved.run, solved.asked):
        if manner.tag in COMMON.get(manner.id, (manner.tag,)):
            found.setdefault(manner.id, set()).add(asked(solved, manner.steps, start))
    own = found.pop(id)
    others = supply.shown(request).others
    assert not own & {text for other in found if other not in others for text in found[other]}


def asked(solved: Solved, steps: Iterable[Step], start: Mapping[Quantity, float]) -> str:
    """The asked numbers that these steps come to."""
    values = dict(start)
    for step in steps:
        values[step.defines] = step.formula.read(Floats(values))
    return " ".join(f"{values[q]:.3e}" for q in solved.asked)


def test_a_mistake_that_a_recipe_does_not_show_is_refused() -> None:
    with pytest.raises(InputError, match="do not show softmax-diagonal; they show bias-left-out"):
        supply.settled(Request("hidden-weight", 1, "softmax-diagonal"))
    with pytest.raises(InputError, match="did you mean one-path"):
        supply.settled(Request("", 1, "onepath"))


@pytest.mark.parametrize("name", names())
def test_every_number_is_asked_after_those_that_it_needs(name: str) -> None:
    solved = Solved.of(load(name))
    asked = [q for question in plan(solved) for q in question.quantities]
    steps = solved.run.by_quantity
    for n, q in enumerate(asked):
        later = set(asked[n:])
        assert not later & {*refs(steps[q].formula)}, q.key
    assert {*solved.asked} <= {*asked, *solved.pinned}


NAMED = [(supply.USUAL, name) for name in sorted(NOTATIONS)]


@pytest.mark.parametrize(("recipe", "notation"), [*NAMED, *((r, "slides") for r in COMPUTED)])
def test_the_shown_numbers_are_right_under_the_shown_names(recipe: str, notation: str) -> None:
    request = supply.settled(Request(recipe, 1, notation=notation))
    desk = Desk(supply.problem(request, 1).file())
    for q in desk.asked.values():
        worked = desk.worked(q)
        (answer,) = desk.answers((), worked.line.partition(" = ")[2], q)
        assert (answer.right, answer.verdict.quantity) == (True, q), worked
        assert answer.kept
        assert not desk.coarse(answer)


def test_softmax_with_cross_entropy_is_asked_by_output_minus_target() -> None:
    desk = Desk(written_problem(load("softmax")))
    assert "dE/dnet_y1" in desk.asked
    assert not [q for q in desk.asked.values() if q.kind is Kind.LOCAL and q.units[0][0] == "y"]


def test_deltas_in_the_other_sign_are_asked_by_their_name() -> None:
    desk = Desk(written_problem(load("whw")))
    assert [q for q in desk.asked.values() if q.kind is Kind.DE_DNET]


TYPED = st.one_of(
    st.text(max_size=40),
    st.text(string.digits + "+-*/().,;= eho_1xny'∂^{}[]|&\\$", max_size=30),
    st.sampled_from([*WORDS, *RIGHT, "hidden", "", "n", "0.1", "9" * 3000]),
)


@given(st.lists(TYPED, max_size=8))
def test_whatever_is_typed_is_answered_and_nothing_is_lost(lines: list[str]) -> None:
    student = Student()
    student.types("hidden", "0.78")
    for line in lines:
        if student.reply.over or student.reply.state is None:
            break
        student.types(line)
        assert student.reply.said or student.reply.over
        assert State.of(student.state.json()) == student.state if student.reply.state else True


@given(st.text(max_size=60))
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        State.of(text)
