"""Simulated students: a random problem, a right or wrong method, rounding, and a page of working.

Each page knows its own truth, from arithmetic that shares nothing with the marking.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from random import Random

import networks

from tutor.marking.printed import Printed, printed
from tutor.marking.slips import SLIPS, slip
from tutor.numeric.figures import plain
from tutor.numeric.rounding import Digits
from tutor.pages.latex import Latex
from tutor.pages.plain import Keys, Plain
from tutor.pages.writer import Writer
from tutor.problem.glyph import Glyph
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import OwnName, Pattern, Problem
from tutor.symbolic.activations import Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.descent import Run, run
from tutor.symbolic.formula import Algebra, Formula, Named, Num
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.network import Bias, Network
from tutor.symbolic.quantity import ALWAYS, ETA, MU, At, Kind, Quantity, T, X
from tutor.symbolic.rewrite import Rewrite, refs
from tutor.symbolic.step import Step

Values = Mapping[Quantity, float]

# Problems


def _network(
    sizes: tuple[int, ...], loss: str, bias: Bias, hidden: str = "sigmoid", last: str = "sigmoid"
) -> Network:
    """Hidden layers of one function, and a last layer of another."""
    network = networks.shape(sizes, bias, loss, Activation(hidden))
    *below, top = network.layers
    if loss != "cce":
        top = replace(top, activations=(Activation(last),) * sizes[-1])
    return replace(network, layers=(*below, top))


NETWORKS = (
    _network((2, 2, 2), "half_sse", Bias.EACH),
    _network((2, 2, 2), "half_sse", Bias.SHARED),
    _network((2, 2, 1), "half_sse", Bias.EACH, "tanh", "linear"),
    _network((2, 3, 1), "sse", Bias.NONE, "sigmoid", "tanh"),
    _network((2, 2, 2), "mse", Bias.EACH, "relu", "linear"),
    _network((3, 2, 2), "bce", Bias.SHARED, "tanh"),
    _network((2, 2, 1), "bce", Bias.EACH, "relu"),
    _network((2, 2, 2), "cce", Bias.EACH, "tanh"),
    _network((3, 3), "cce", Bias.EACH),
    _network((2, 2, 2, 1), "half_sse", Bias.EACH, "leaky_relu"),
    _network((2, 2, 2, 2), "half_sse", Bias.NONE),
    _network((1, 1, 1, 1), "half_sse", Bias.NONE),
    _network((2, 2, 2), "sse", Bias.EACH, "elu", "sigmoid"),
    _network((2, 2, 1), "half_sse", Bias.EACH, "softplus", "sigmoid"),
    _network((3, 1), "half_sse", Bias.NONE, "linear", "linear"),
)
SCHEDULES: tuple[dict[str, object], ...] = (
    {"patterns": 1, "rate": False},
    {"patterns": 1},
    {"patterns": 1},
    {"patterns": 1, "epochs": 2, "momentum": "0.9"},
    {"patterns": 2},
    {"patterns": 2, "batch": True},
    {"patterns": 2, "batch": True, "mean": True},
)


def _hundredths(random: Random, low: int, high: int) -> str:
    while True:
        n = random.randint(low, high)
        if n:
            return f"{n / 100:.2f}" if random.random() < 0.6 else f"{round(n, -1) / 100 or 0.1:.1f}"


def _targets(random: Random, network: Network) -> tuple[str, ...]:
    count = len(network.outputs)
    if network.loss_name == "cce":
        hot = random.randrange(count)
        return tuple("1" if n == hot else "0" for n in range(count))
    if network.loss_name == "bce":
        return tuple(random.choice(("0", "1", "0.2", "0.9")) for _ in range(count))
    return tuple(_hundredths(random, 1, 99) for _ in range(count))


def random_problem(random: Random, network: Network | None = None) -> Problem:
    """A small network with numbers as people write them."""
    network = network or random.choice(NETWORKS)
    plan = dict(random.choice(SCHEDULES))
    own: tuple[OwnName, ...] = ()
    if random.random() < 0.2:
        weights = [q for q in network.parameters if q.kind is Kind.W]
        own = tuple(OwnName(f"w{n}", q) for n, q in enumerate(weights, 1))
    return Problem(
        network,
        {q: _hundredths(random, -95, 95) for q in network.parameters},
        tuple(
            Pattern(
                tuple(_hundredths(random, -120, 150) for _ in network.inputs),
                _targets(random, network),
            )
            for _ in range(int(str(plan["patterns"])))
        ),
        learning_rate=random.choice(("0.1", "0.5", "0.2", "1")) if plan.get("rate", True) else None,
        momentum=str(plan["momentum"]) if "momentum" in plan else None,
        batch=bool(plan.get("batch")),
        mean=bool(plan.get("mean")),
        epochs=int(str(plan.get("epochs", 1))),
        notation=random.choice(sorted(NOTATIONS)),
        names=own,
    )


@cache
def run_of(network: Network, schedule: object) -> Run:
    """The steps of a shape, derived once."""
    return run(derive(network), schedule)  # type: ignore[arg-type]


def given_in(problem: Problem, solving: Run) -> dict[Quantity, str]:
    """The stated numbers under their names in the run."""
    found = dict(problem.parameters)
    if problem.learning_rate:
        found[ETA] = problem.learning_rate
    if problem.momentum:
        found[MU] = problem.momentum
    for update in solving.updates:
        for shown in update.presentations:
            pattern = problem.patterns[shown.pattern - 1]
            for i, text in zip(problem.network.inputs, pattern.inputs, strict=True):
                found[X(i).marked(shown.at)] = text or ""
            for j, text in zip(problem.network.outputs, pattern.targets or (), strict=True):
                found[T(j).marked(shown.at)] = text or ""
    return found


# Arithmetic


@cache
def as_float(text: str) -> float:
    """A number as it was written."""
    return float(Fraction(text))


_USED: dict[int, tuple[Formula, tuple[Quantity, ...]]] = {}


def used(formula: Formula) -> tuple[Quantity, ...]:
    """What a formula uses, looked up once: formulas of runs are kept for good."""
    if id(formula) not in _USED:
        _USED[id(formula)] = formula, tuple(refs(formula))
    return _USED[id(formula)][1]


class Floats(Algebra[float]):
    """A pocket calculator."""

    functions: Mapping[str, Callable[[float], float]] = {
        "exp": math.exp,
        "ln": math.log,
        "tanh": math.tanh,
        "relu": lambda x: max(x, 0.0),
    }

    def __init__(self, values: Values) -> None:
        self.values = values

    def num(self, text: str) -> float:
        return as_float(text)

    def ref(self, to: Quantity) -> float:
        return self.values[to]

    def neg(self, x: float) -> float:
        return -x

    def sum(self, xs: Sequence[float]) -> float:
        return math.fsum(xs)

    def product(self, xs: Sequence[float]) -> float:
        return math.prod(xs)

    def quotient(self, a: float, b: float) -> float:
        return a / b

    def power(self, x: float, n: int) -> float:
        return x**n

    def call(self, fn: str, x: float) -> float:
        return self.functions[fn](x)

    def cases(self, x: float, above: Callable[[], float], otherwise: Callable[[], float]) -> float:
        return above() if x > 1e-12 else otherwise()


Range = tuple[float, float]
EVERYTHING: Range = (-math.inf, math.inf)


class Ranges(Algebra[Range]):
    """What a formula can come to when its operands lie in ranges; never too narrow."""

    def __init__(self, known: Callable[[Quantity], Range]) -> None:
        self.known = known

    def num(self, text: str) -> Range:
        return as_float(text), as_float(text)

    def ref(self, to: Quantity) -> Range:
        return self.known(to)

    def neg(self, x: Range) -> Range:
        return -x[1], -x[0]

    def sum(self, xs: Sequence[Range]) -> Range:
        return sum(x[0] for x in xs), sum(x[1] for x in xs)

    def product(self, xs: Sequence[Range]) -> Range:
        found = xs[0]
        for x in xs[1:]:
            ends = [a * b for a in found for b in x]
            if any(map(math.isnan, ends)):
                return EVERYTHING
            found = min(ends), max(ends)
        return found

    def quotient(self, a: Range, b: Range) -> Range:
        if b[0] <= 0 <= b[1]:
            return EVERYTHING
        return self.product([a, (1 / b[1], 1 / b[0])])

    def power(self, x: Range, n: int) -> Range:
        ends = sorted((x[0] ** n, x[1] ** n))
        low = 0.0 if n % 2 == 0 and x[0] <= 0 <= x[1] else ends[0]
        return low, ends[1]

    def call(self, fn: str, x: Range) -> Range:
        def at(y: float) -> float:
            if fn == "ln" and y <= 0:
                return -math.inf
            if fn == "exp" and y > 700:
                return math.inf
            return Floats.functions[fn](y)

        return at(x[0]), at(x[1])

    def cases(self, x: Range, above: Callable[[], Range], otherwise: Callable[[], Range]) -> Range:
        parts = ([above()] if x[1] > 0 else []) + ([otherwise()] if x[0] <= 0 else [])
        return min(p[0] for p in parts), max(p[1] for p in parts)


@dataclass(frozen=True)
class Habit:
    """How a student rounds."""

    digits: Digits
    mode: str
    carries: str
    """every: the rounded value; shown: the full one; some: now this, now that; hidden: two more
    digits than are written"""
    strips: bool = False
    """whether zeros at the end are left away"""

    def round(self, x: float, extra: int = 0) -> Decimal:
        exact = Decimal(repr(x))
        unit = self.digits.more(extra).unit(exact)
        rounded = exact.quantize(unit, rounding=self.mode)
        if self.digits.figures and rounded and rounded.adjusted() > exact.adjusted():
            rounded = rounded.quantize(unit * 10, rounding=ROUND_DOWN)
        return rounded or abs(rounded)

    def unit(self, x: float) -> float:
        return float(self.digits.unit(Decimal(repr(x))))

    def text(self, x: float) -> str:
        rounded = self.round(x)
        shown = f"{rounded:f}"
        if x == int(x) and abs(x) < 1000 and self.strips:
            return str(int(x))
        if "." not in shown and self.digits.figures and shown != "0" and x != int(x):
            return f"{rounded:e}".replace("e+", "e")  # 12 for 12.3 would be a plain integer
        if len(shown) > 14:
            return f"{rounded:e}"
        if self.strips and "." in shown:
            short = shown.rstrip("0")
            return short if not short.endswith(".") else short + "0"
        return shown

    def carried(self, x: float, random: Random) -> float:
        """What the calculator goes on with."""
        if self.carries == "every" or (self.carries == "some" and random.random() < 0.5):
            return float(self.round(x))
        return float(self.round(x, 2)) if self.carries == "hidden" else x


def random_habit(random: Random) -> Habit:
    figures = random.random() < 0.4
    return Habit(
        Digits(random.choice((2, 3, 3, 4, 4, 4, 5, 6)), figures),
        random.choice((ROUND_HALF_UP, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)),
        random.choice(("every", "every", "shown", "some", "hidden")),
        random.random() < 0.2,
    )


# Writing


class Ascii(Keys):
    """The names of a notation, in the letters of a keyboard."""

    LETTERS = str.maketrans(
        {
            "∂": "d", "δ": "delta", "Δ": "Delta", "η": "eta", "μ": "mu", "α": "alpha",
            "β": "beta", "γ": "gamma", "ε": "epsilon", "σ": "sigma", "φ": "phi", "⁺": "+",
        }
    )  # fmt: skip

    ref, named, partial = Writer.ref, Writer.named, Writer.partial

    def glyph(self, glyph: Glyph) -> str:
        return glyph.text.translate(self.LETTERS)

    def primed(self, fn: str) -> str:
        return super().primed(fn).translate(self.LETTERS)

    def slope(self, of: str, by: str) -> str:
        return f"d{of}/d{by}"

    def change(self, of: str) -> str:
        return f"Delta {of}"


SPELLINGS: Mapping[str, type[Writer]] = {
    "unicode": Plain,
    "ascii": Ascii,
    "keys": Keys,
    "latex": Latex,
}
FORMS = ("value", "colon", "numbers", "symbols", "chain")


class _Texts(Rewrite):
    """Numbers put in."""

    def __init__(self, texts: Mapping[Quantity, str]) -> None:
        self.texts = texts

    def ref(self, to: Quantity) -> Formula:
        return Num(self.texts[to])


class _HasCases(Rewrite):
    """Whether a formula has cases, which nobody writes on one line."""

    def __init__(self) -> None:
        self.found = False

    def cases(
        self, x: Formula, above: Callable[[], Formula], otherwise: Callable[[], Formula]
    ) -> Formula:
        self.found = True
        return super().cases(x, above, otherwise)


@cache
def has_cases(formula: Formula) -> bool:
    reading = _HasCases()
    formula.read(reading)
    return reading.found


@dataclass(frozen=True)
class Hand:
    """How a student writes."""

    notation: str
    spelling: str
    form: str
    naming: Naming
    headed: bool
    """headings instead of marks"""

    @property
    def keys(self) -> bool:
        return self.spelling == "keys"

    def scale(self, q: Quantity) -> Fraction:
        """q is this many times what is written for it."""
        return Fraction(1) if self.keys else self.naming.scale(q)

    def writer(self, at: At) -> Writer:
        at = at._replace(new=False) if self.headed else ALWAYS
        return SPELLINGS[self.spelling](self.naming, at)

    def line(self, step: Step, formula: Formula, texts: Mapping[Quantity, str], answer: str) -> str:
        q = step.defines
        writer, scale = self.writer(q.at), self.scale(q)
        name = writer.write(Named(q))

        def written(x: Formula) -> str:
            piece = x.read(writer)
            if scale < 0:
                piece = writer.neg(piece)
            if abs(scale) != 1:
                piece = writer.product([writer.num(str(1 / abs(scale))), piece])
            return piece.text

        form = "value" if has_cases(formula) and self.form != "colon" else self.form
        if form == "colon":
            return f"{name}: {answer}"
        parts = [name]
        if form == "chain" and step.chain and scale == 1:
            parts.append(writer.write(step.chain))
        if form in ("symbols", "chain"):
            parts.append(written(formula))
        if form != "value":
            parts.append(written(formula.read(_Texts(texts))))
        return " = ".join((*parts, answer))


def random_hand(random: Random, problem: Problem, solving: Run) -> Hand:
    notation = problem.notation
    if random.random() < 0.1:
        notation = random.choice(sorted(NOTATIONS))
    naming = Naming(problem.network, NOTATIONS[notation], problem.names)
    headed = not solving.single and not solving.schedule.batch and random.random() < 0.5
    marked = not solving.single and not headed
    spelling = random.choice([s for s in SPELLINGS if not (marked and s == "latex")])
    if spelling == "keys":
        headed = False
    return Hand(notation, spelling, random.choice(FORMS), naming, headed)


# A page


@dataclass(frozen=True)
class WrittenLine:
    """One line and its truth."""

    n: int
    quantity: Quantity
    answered: Printed
    """as printed, under the name's own sign"""
    kind: str
    """right; carried: right given an earlier wrong line; wrong; hidden: a mistake was made and
    no digit shows it; open: too near to tell"""
    ids: tuple[str, ...] = ()
    """the mistakes made in it, or in steps before it that are not written"""
    here: bool = False
    """whether a mistake was made in the line itself"""


@dataclass(frozen=True)
class Page:
    """A working and its truth."""

    problem: Problem
    text: str
    truth: tuple[WrittenLine, ...]
    ids: tuple[str, ...]
    """the mistakes that were made; none for a right method"""
    habit: Habit
    hand: Hand

    @property
    def first_wrong(self) -> int | None:
        """The line with the first mistake that shows."""
        return next((line.n for line in self.truth if line.kind == "wrong"), None)

    @property
    def explained(self) -> bool | None:
        """Whether a right method and right rounding come to all numbers; None: too near to tell."""
        kinds = [line.kind for line in self.truth]
        if "wrong" in kinds:
            before = kinds[: kinds.index("wrong")]
            return None if "open" in before else False
        return None if "open" in kinds else True


class _Student:
    """One working in the making."""

    def __init__(self, problem: Problem, random: Random, ids: Sequence[str]) -> None:
        self.problem, self.random = problem, random
        self.run = run_of(problem.network, problem.schedule)
        self.given = given_in(problem, self.run)
        self.habit, self.hand = random_habit(random), random_hand(random, problem, self.run)
        self.steps, self.made = self._method([id for id in ids if id in MISTAKES])
        self.slips = [id for id in ids if id in SLIPS]
        self.right = self.run.by_quantity
        self.start = {q: as_float(text) for q, text in self.given.items()}
        self.values = dict(self.start)
        self.texts = dict(self.given)
        self.printed: dict[Quantity, Printed] = {}
        self.written = self._written()
        self.formulas: dict[Quantity, Formula] = {}

    def _method(self, ids: Sequence[str]) -> tuple[list[Step], dict[Quantity, set[str]]]:
        """The student's steps, and the mistakes in each."""
        steps: dict[Quantity, Step] = {step.defines: step for step in self.run.steps}
        made: dict[Quantity, set[str]] = {}
        for id in ids:
            for step in wrong_steps(self.run, id, self.random):
                q = step.defines
                old = self.run.by_quantity.get(q)
                if (old is None or old.formula != step.formula) and q not in made:
                    made[q] = {id}
                    steps[q] = step
            if MISTAKES[id].rescheduling:
                whole = wrong_steps(self.run, id, Random(self.random.random()))
                order = {step.defines: step for step in whole}
                steps = {q: steps.get(q, step) for q, step in order.items()}
        return list(steps.values()), made

    def _written(self) -> set[Quantity]:
        """What gets a line."""
        random, style = (
            self.random,
            self.random.choice(("all", "all", "gradients", "finals", "some")),
        )
        asides = random.random() < 0.3
        kinds = {
            "gradients": (Kind.GRAD,),
            "finals": (Kind.W, Kind.B) if self.run.schedule.rate else (Kind.GRAD,),
        }.get(style)
        skipped = 0.4 if style == "some" else 0.0
        found = set()
        for step in self.steps:
            q = step.defines
            if q not in self.right or (step.aside and not asides):
                continue
            if (kinds is None or q.kind in kinds) and random.random() >= skipped:
                found.add(q)
        return found

    def work(self) -> None:
        """Every value, in the order of the steps."""
        places = [q for q in self.right if q in self.written]
        slipped = {self.random.choice(places): id for id in self.slips} if places else {}
        for step in self.steps:
            q = step.defines
            formula = step.formula
            if q not in self.made and self.random.random() < 0.3:
                formula = self.random.choice((formula, *step.routes))
            if not all(u in self.values for u in used(formula)):
                if q in self.written:
                    self.written.discard(q)
                continue
            self.formulas[q] = formula
            x = formula.read(Floats(self.values))
            scale = float(self.hand.scale(q))
            text = self.habit.text(x / scale)
            self.values[q] = self.habit.carried(x / scale, self.random) * scale
            number = _read(text)
            if q in slipped:
                instead = list(slip(slipped[q], number, list(self.printed.values())))
                if instead:
                    number = self.random.choice(instead)
                    text = number.text
                    self.values[q] = float(number.value) * scale
                    self.made.setdefault(q, set()).add(slipped[q])
            self.printed[q] = number
            self.texts[q] = text if scale == 1 else plain(Decimal(text) * Decimal(scale))

    # What is true of a line

    def behind(self, q: Quantity) -> Iterator[Quantity]:
        """q and the steps before it that are not written."""
        seen, waiting = {q}, [q]
        while waiting:
            now = waiting.pop()
            yield now
            for u in used(self.formulas[now]) if now in self.formulas else ():
                if u not in seen and u not in self.written and u not in self.given:
                    seen.add(u)
                    waiting.append(u)

    def known(self, q: Quantity, units: float, memo: dict[Quantity, Range]) -> Range:
        """Where q lies for somebody who has this page, if the method were right."""
        if q in self.start:
            return self.start[q], self.start[q]
        if q not in memo:
            if q in self.written:
                scale = float(self.hand.scale(q))
                number = self.printed[q]
                ends = (float(number.value) * scale, units * float(number.unit) * abs(scale))
                memo[q] = ends[0] - ends[1], ends[0] + ends[1]
            else:
                low, high = self.reached(q, units, memo)
                slack = units * max(map(self.habit.unit, (low, high))) if high < math.inf else 0
                memo[q] = low - slack, high + slack
        return memo[q]

    def reached(self, q: Quantity, units: float, memo: dict[Quantity, Range]) -> Range:
        """What a right method can come to from what stands on the page, by any route."""
        step = self.right[q]
        reading = Ranges(lambda u: self.known(u, units, memo))
        found = [route.read(reading) for route in (step.formula, *step.routes)]
        return min(x[0] for x in found), max(x[1] for x in found)

    def line(self, n: int, q: Quantity, truth: Values, tainted: set[Quantity]) -> WrittenLine:
        """What is true of one line; a wrong or carried one taints what follows."""
        number, scale = self.printed[q], float(self.hand.scale(q))
        behind = list(self.behind(q))
        ids = {id for u in behind for id in self.made.get(u, ())}
        value, unit = float(number.value) * scale, float(number.unit) * abs(scale)
        if not ids:
            operands = {u for now in behind for u in used(self.formulas[now])}
            kind = "carried" if operands & tainted else "right"
            if kind == "carried":
                tainted.add(q)
            return WrittenLine(n, q, number, kind)

        def within(units: float) -> bool:
            low, high = self.reached(q, units, {})
            near = abs(value - truth[q]) <= units * unit * 1.001
            return near or low - units * unit <= value <= high + units * unit

        near = abs(value - truth[q]) <= unit
        kind = "wrong" if not within(3) else "hidden" if near else "open"
        if kind == "wrong":
            tainted.add(q)
        return WrittenLine(n, q, number, kind, tuple(sorted(ids)), q in self.made)

    def page(self) -> Page:
        self.work()
        truth = truth_of(self.problem)
        order = [step for step in self.steps if step.defines in self.written]
        if not order:
            raise ArithmeticError
        if self.random.random() < 0.2 and not self.hand.headed and self.run.single:
            order = _by_weight(order, self.formulas)
        lines, found, heading = [], [], ""
        tainted: set[Quantity] = set()
        for step in order:
            q = step.defines
            if self.hand.headed and (now := self._heading(q)) != heading:
                lines.append(now)
                heading = now
            text = self.hand.line(step, self.formulas[q], self.texts, self.printed[q].text)
            lines.append(text)
            found.append(self.line(len(lines), q, truth, tainted))
        ids = tuple(sorted({id for ids in self.made.values() for id in ids}))
        return Page(self.problem, "\n".join(lines) + "\n", tuple(found), ids, self.habit, self.hand)

    def _heading(self, q: Quantity) -> str:
        s = q.at.update
        if q.at.new and q.kind not in (Kind.W, Kind.B):
            return f"After update {s}:"
        return f"Iteration {s}:" if self.run.schedule.patterns == 1 else f"Pattern {s}:"


def _read(text: str) -> Printed:
    number = printed(text)
    assert number, text
    return number


def _by_weight(order: Sequence[Step], formulas: Mapping[Quantity, Formula]) -> list[Step]:
    """The factors of each gradient just before it."""
    by = {step.defines: step for step in order}
    found: dict[Quantity, Step] = {}

    def write(q: Quantity) -> None:
        if q not in found and q in formulas:
            for u in used(formulas[q]):
                write(u)
            if q in by:
                found[q] = by[q]

    for step in order:
        if step.defines.kind is Kind.GRAD:
            write(step.defines)
    for step in order:
        write(step.defines)
    return list(found.values())


_TAGS: dict[tuple[int, str], tuple[str, ...]] = {}
_WRONG: dict[tuple[int, str, str], tuple[Step, ...]] = {}


def manners(solving: Run, id: str) -> tuple[str, ...]:
    """The tags of a mistake in a run, looked up once."""
    key = id_of(solving), id
    if key not in _TAGS:
        _TAGS[key] = tags(solving, id)
    return _TAGS[key]


def id_of(solving: Run) -> int:
    """Runs are kept for good, so that their places in memory name them."""
    return id(solving)


def wrong_steps(solving: Run, id: str, random: Random) -> tuple[Step, ...]:
    """A run with the mistake in a random manner: everywhere, or at one unit."""
    found = manners(solving, id)
    if not found:
        return ()
    tag = random.choice(found)
    key = id_of(solving), id, tag
    if key not in _WRONG:
        _WRONG[key] = mistaken(solving, id, tag)
    return _WRONG[key]


def possible(solving: Run) -> list[str]:
    """The mistakes that can be made in a run."""
    return [id for id in MISTAKES if manners(solving, id)]


def truth_of(problem: Problem) -> dict[Quantity, float]:
    """Every right value."""
    solving = run_of(problem.network, problem.schedule)
    found = {q: as_float(text) for q, text in given_in(problem, solving).items()}
    for step in solving.steps:
        found[step.defines] = step.formula.read(Floats(found))
    return found


def student(problem: Problem, random: Random, ids: Sequence[str] | None = None) -> Page:
    """A page of working; without ``ids`` right, wrong, or wrong in two ways by chance.

    Raises ArithmeticError where the numbers grow out of hand.
    """
    if ids is None:
        can = possible(run_of(problem.network, problem.schedule))
        luck = random.random()
        ids = ()
        if 0.35 <= luck < 0.8:
            ids = (random.choice(can),)
        elif 0.8 <= luck < 0.87:
            ids = tuple(random.sample(can, 2))
        elif luck >= 0.87:
            ids = (random.choice(list(SLIPS)),)
    page = _Student(problem, random, ids).page()
    if any(abs(line.answered.value) > 1000 for line in page.truth):
        raise ArithmeticError
    return page


def pages(seed: int, count: int, each: int = 10) -> Iterator[Page]:
    """Pages of random problems, some for each; the same for the same seed."""
    random = Random(seed)
    left = count
    while left > 0:
        problem = random_problem(random)
        for _ in range(min(each, left)):
            for _ in range(20):
                try:
                    page = student(problem, random)
                except (ArithmeticError, ValueError):
                    continue
                left -= 1
                yield page
                break
