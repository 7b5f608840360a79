"""Known mistakes: a row says which steps it touches and how it rewrites them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step
from tutor.symbolic.wrong import errors, forward, gradients, hidden, schedules, slopes, updates
from tutor.symbolic.wrong.hidden import each_path
from tutor.symbolic.wrong.schedules import Reschedule
from tutor.symbolic.wrong.site import Absent, Rewrite, Site, Variant

if TYPE_CHECKING:
    from tutor.symbolic.descent import Run


class Scope(StrEnum):
    """How far a mistake goes."""

    RULE = "rule"
    """a misconception: every step of its rules"""
    STEP = "step"
    """a wrong pick: one step"""
    SCHEDULE = "schedule"
    """the order of steps, or the weights that they use"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row."""

    id: str
    scope: Scope
    rules: tuple[str, ...] = ()
    """the rules whose steps it can touch"""
    rewriting: Rewrite | None = None
    rescheduling: Reschedule | None = None

    def rewrite(self, step: Step, run: Run) -> Iterator[Variant]:
        """The wrong formulas of one step, each of them unlike the right ones."""
        if step.rule not in self.rules or self.rewriting is None:
            return
        right = (step.formula, *step.routes)
        try:
            yield from (v for v in self.rewriting(Site(step, run)) if v.formula not in right)
        except Absent:
            return

    def rewrite_run(self, run: Run) -> Iterator[tuple[str, tuple[Step, ...]]]:
        """The steps of a run with the schedule's mistake made, in each manner by its tag."""
        if self.rescheduling:
            yield from self.rescheduling(run)


NET = ("net",)
OUTPUT = ("output", "softmax")
SHARE = ("share",)
ERROR = ("loss-slope", "net-slope")
SLOPE = ("slope",)
DELTA = ("net-slope",)
HIDDEN = ("hidden-slope",)
PATHS = ("hidden-slope", "path")
WEIGHT = ("gradient",)
BIAS = ("bias-gradient",)
GRADIENT = (*WEIGHT, *BIAS)
TOTAL = ("total",)
UPDATE = ("update", "update-momentum")
CHANGE = ("change",)
STEPS = ("change", "update")

RULE, STEP, SCHEDULE = Scope

_ROWS = (
    Mistake("bias-left-out", RULE, NET, forward.bias_left_out),
    Mistake("weights-transposed", RULE, NET, forward.weights_transposed),
    Mistake("activation-left-out", RULE, OUTPUT, forward.activation_left_out),
    Mistake("exponent-sign", RULE, OUTPUT, forward.exponent_sign),
    Mistake("other-activation", RULE, OUTPUT, forward.other_activation),
    Mistake("loss-factor", RULE, (*SHARE, *TOTAL), forward.loss_factor),
    Mistake("loss-log10", RULE, SHARE, forward.loss_log10),
    Mistake("error-sign", RULE, ERROR, errors.error_sign),
    Mistake("factor-2", RULE, (*ERROR, *GRADIENT), errors.factor_2),
    Mistake("one-over-n", RULE, (*ERROR, *GRADIENT, *TOTAL), errors.one_over_n),
    Mistake("error-for-slope", RULE, ("loss-slope",), errors.error_for_slope),
    Mistake("slope-left-out", RULE, (*DELTA, *GRADIENT), slopes.slope_left_out),
    Mistake("slope-of-output", RULE, SLOPE, slopes.slope_of_output),
    Mistake("slope-recipe-on-net", RULE, SLOPE, slopes.slope_recipe_on_net),
    Mistake("other-slope", RULE, SLOPE, slopes.other_slope),
    Mistake("half-slope", RULE, SLOPE, slopes.half_slope),
    Mistake("slope-twice", RULE, GRADIENT, slopes.slope_twice),
    Mistake("slope-of-error", RULE, SLOPE, slopes.slope_of_error),
    Mistake("input-net", RULE, WEIGHT, gradients.input_net),
    Mistake("input-weight", RULE, WEIGHT, gradients.input_weight),
    Mistake("input-left-out", RULE, WEIGHT, gradients.input_left_out),
    Mistake("input-other", STEP, WEIGHT, gradients.input_other),
    Mistake("bce-slope-again", RULE, (*DELTA, *GRADIENT), errors.bce_slope_again),
    Mistake("bce-slope-never", RULE, (*DELTA, *GRADIENT), errors.bce_slope_never),
    Mistake("bce-one-term", RULE, ("loss-slope",), errors.bce_one_term),
    Mistake("softmax-diagonal", RULE, DELTA, errors.softmax_diagonal),
    Mistake("updated-weights", RULE, PATHS, each_path(hidden.updated_weight)),
    Mistake("one-path", RULE, HIDDEN, hidden.one_path),
    Mistake("error-for-delta", RULE, PATHS, each_path(hidden.error_for_delta)),
    Mistake("transposed", RULE, PATHS, each_path(hidden.transposed)),
    Mistake("weights-left-out", RULE, PATHS, each_path(hidden.weight_left_out)),
    Mistake("error-shared", RULE, PATHS, each_path(hidden.shared_out)),
    Mistake("wrong-layer", RULE, PATHS, hidden.wrong_layer),
    Mistake("absolute-sum", RULE, HIDDEN, each_path(hidden.size)),
    Mistake("hidden-target", RULE, HIDDEN, hidden.hidden_target),
    Mistake("output-slope-at-hidden", RULE, (*DELTA, *GRADIENT), slopes.output_slope_at_hidden),
    Mistake("gate-open", RULE, SLOPE, slopes.gate_open),
    Mistake("bias-times-bias", RULE, BIAS, gradients.bias_times_bias),
    Mistake("bias-times-input", RULE, BIAS, gradients.bias_times_input),
    Mistake("bias-summed", RULE, BIAS, gradients.bias_summed),
    Mistake("bias-not-updated", RULE, UPDATE, updates.bias_not_updated),
    Mistake("ascent", RULE, (*STEPS, *UPDATE), updates.ascent),
    Mistake("eta-left-out", RULE, STEPS, updates.eta_left_out),
    Mistake("momentum-left-out", RULE, CHANGE, updates.momentum_left_out),
    Mistake("momentum-sign", RULE, CHANGE, updates.momentum_sign),
    Mistake("mu-left-out", RULE, CHANGE, updates.mu_left_out),
    Mistake("eta-in-gradient", RULE, (*GRADIENT, *TOTAL), gradients.eta_in_gradient),
    Mistake("step-for-weight", RULE, UPDATE, updates.step_for_weight),
    Mistake("averaged-first", SCHEDULE, rescheduling=schedules.averaged_first),
    Mistake("stale-weights", SCHEDULE, rescheduling=schedules.stale_weights),
    Mistake("fresh-weights", SCHEDULE, rescheduling=schedules.fresh_weights),
    Mistake("one-use", RULE, BIAS, gradients.one_use),
)

MISTAKES: Mapping[str, Mistake] = MappingProxyType({row.id: row for row in _ROWS})


def everywhere(step: Step) -> bool:
    """Every step, where a mistake can be made at some only."""
    return True


def tags(run: Run, id: str) -> tuple[str, ...]:
    """The manners in which a mistake can be made in a run, none where it cannot."""
    mistake = MISTAKES[id]
    found = [variant.tag for step in run.steps for variant in mistake.rewrite(step, run)]
    return tuple(dict.fromkeys((*found, *(tag for tag, _ in mistake.rewrite_run(run)))))


def mistaken(
    run: Run, id: str, tag: str | None = None, where: Callable[[Step], bool] = everywhere
) -> tuple[Step, ...]:
    """All steps of a run in order, with the mistake made in one manner wherever it applies.

    Without a tag the first manner is taken. The steps are the run's own where there is none.
    """
    mistake = MISTAKES[id]
    tag = next(iter(tags(run, id)), "") if tag is None else tag
    for name, steps in mistake.rewrite_run(run):
        if name == tag:
            return steps
    made = [_made(step, mistake, run, tag) if where(step) else step for step in run.steps]
    waiting = {step.defines: step for step in made}
    return tuple(placed for step in made for placed in _after_its_needs(step, waiting))


def _after_its_needs(step: Step, waiting: dict[Quantity, Step]) -> Iterator[Step]:
    """A step that still waits, with those before it that it uses: a wrong formula may use what was
    computed later."""
    if waiting.pop(step.defines, None):
        for q in refs(step.formula):
            if q in waiting:
                yield from _after_its_needs(waiting[q], waiting)
        yield step


def _made(step: Step, mistake: Mistake, run: Run, tag: str) -> Step:
    """The step in one wrong manner; as it is where that does not touch it."""
    for variant in mistake.rewrite(step, run):
        if variant.tag == tag:
            return replace(step, formula=variant.formula, chain=None, routes=())
    return step
