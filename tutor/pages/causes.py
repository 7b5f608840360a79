"""The sentences of one wrong line: what its number is, where to look, what to practise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tutor.marking.printed import Printed, printed
from tutor.marking.verdict import Cause, Equation, Verdict
from tutor.numeric.exact import Exact
from tutor.pages.document import Math, Sentence
from tutor.pages.escape import printable
from tutor.pages.numbers import MORE, apart, comes_to, like
from tutor.pages.words import Value, Words
from tutor.solving import Solved
from tutor.symbolic.formula import Formula, Named, Num, Partial, Sum, terms
from tutor.symbolic.quantity import LOCAL, NET, PARAMETERS, At, E, Kind, O, Quantity, parameter
from tutor.symbolic.rewrite import refs


class Causes:
    """What is said of the mistakes of one working."""

    def __init__(
        self, solved: Solved, words: Words, *, values: bool, printed: bool = False
    ) -> None:
        self.solved, self.words, self.values = solved, words, values
        self.printed = printed
        """whether it is a printed solution, and nobody's own"""

    def sentence(self, verdict: Verdict, cause: Cause) -> Sentence:
        """What the student's number is."""
        it = self._facts(verdict, cause)
        said = [self._said("cause", one, it) for one in cause.ids]
        if len(said) == 1:
            return said[0]
        both = self.words.say("cause_together")
        return (*both, *(part for sentence in said for part in (" ", *sentence)))

    def looks(self, verdict: Verdict) -> list[Sentence]:
        """Which factor to look at, for each mistake that fits."""
        found = [
            self._said("look", one, self._facts(verdict, cause))
            for cause in verdict.causes
            for one in cause.ids
        ]
        return list(dict.fromkeys(found))

    def practise(self, verdict: Verdict) -> Iterator[Sentence]:
        """What to practise; nothing where the number leaves open what was done."""
        if len(verdict.causes) == 1:
            for one in verdict.causes[0].ids:
                key = f"practises_{_key(one)}"
                if key in self.words.macros:
                    yield self.words.say(key)
        elif not verdict.causes and any(e.cause or e.copied for e in verdict.equations):
            yield self.words.say("practise_calculating")

    def slip(self, equation: Equation) -> Sentence:
        """Two sides of an equals sign that differ, or a number that is not the one meant."""
        say = self.words.say
        left, right = printable(equation.left), printable(equation.right)
        if equation.copied:
            put, meant = map(printable, equation.copied)
            return say("slip_copied", put=put, meant=meant)
        one, other = equation.left_value, equation.right_value
        number = printed(right)
        texts = None
        if self.values and one is not None and other is not None:
            texts = apart(one, other, number)
        if not texts:
            return say("slip_bare", left=left, right=right, cause=equation.cause)
        if number:
            return say("slip_value", left=left, right=right, value=texts[0], cause=equation.cause)
        return say("slip_sides", left=left, right=right, left_value=texts[0], right_value=texts[1])

    def _said(self, stem: str, id: str, it: Mapping[str, Value]) -> Sentence:
        key = f"{stem}_{_key(id)}"
        if key in self.words.macros:
            return self.words.say(key, it=it)
        if stem == "look":
            return self.words.say("hint_any", q=it["q"])
        return self.words.say("cause_unworded", it=it, id=id)

    def _facts(self, verdict: Verdict, cause: Cause) -> dict[str, Value]:
        """What a sentence may name."""
        at = cause.at.at._replace(new=False)
        answer = _number(verdict.answered.text) if verdict.answered else ""
        elsewhere = cause.at != verdict.quantity
        facts: dict[str, Value] = {
            "bare": False,
            "printed": self.printed,
            "answer": answer,
            "step": _math(Named(cause.at), at) if elsewhere else "",
            "q": _math(Named(cause.at), at),
            "words": {name: _word(value, at) for name, value in cause.words.items()},
        }
        facts |= self._around(cause.at)
        facts |= self._paths(verdict, cause)
        return facts

    def _around(self, q: Quantity) -> dict[str, Value]:
        """The quantities around a step, by their part in the rules; "" where there is none."""
        network = self.solved.problem.network
        at = q.at._replace(new=False)
        j = q.units[0] if q.units and network.places.get(q.units[0], (0, 0))[0] else ""
        weight = q.kind in (*PARAMETERS, Kind.GRAD, Kind.CHANGE)
        sender = q.units[1] if weight and len(q.units) == 2 else ""
        of_unit: dict[str, Formula] = {
            "net": Named(NET(j).marked(at)),
            "o": Named(O(j).marked(at)),
            "slope": Named(LOCAL(j, j).marked(at)),
            "error_slope": Partial(E.marked(at), O(j).marked(at)),
            "delta": Partial(E.marked(at), NET(j).marked(at)),
        }
        found: dict[str, Value] = {
            name: _math(formula, at) if j else "" for name, formula in of_unit.items()
        }
        found["unit"] = self.solved.naming.unit(j) if j else ""
        found["weight"] = parameter(q.units) if sender else ""
        found["bias"] = parameter(q.units) if weight and not sender else ""
        sent = network.output(sender).marked(at) if sender else None
        found["input"] = _math(Named(sent), at) if sent else ""
        return found

    def _paths(self, verdict: Verdict, cause: Cause) -> dict[str, Value]:
        """Of a sum over paths: the one that the student's number is, and what the others add."""
        nothing: dict[str, Value] = {"kept": "", "paths": "", "others": "", "yours": ""}
        if not verdict.goes_on or not verdict.answered or cause.at.kind is not Kind.DE_DO:
            return nothing
        line, yours = verdict.goes_on[0], comes_to(verdict)
        step = self.solved.run.by_quantity.get(cause.at)
        if not step or not isinstance(line.numbers, Sum) or verdict.sign != 1:
            return nothing
        parts = [float(x.read(Exact({}))) for x in line.numbers.xs]
        units = [_through(x) for x in terms(step.formula)]
        near = [n for n, x in enumerate(parts) if abs(x - cause.value) <= verdict.answered.unit]
        if len(near) != 1 or len(parts) != len(units) or None in units:
            return nothing
        naming = self.solved.naming
        others = sum(x for n, x in enumerate(parts) if n != near[0])
        return {
            "kept": naming.unit(units[near[0]] or ""),
            "paths": [naming.unit(unit or "") for unit in units],
            "others": _adding(others, verdict.answered, yours) if self.values else "",
            "yours": _number(yours),
        }


NOTHING_KNOWN = (
    *("answer", "step", "q", "unit", "weight", "bias", "input", "net", "o", "slope"),
    *("error_slope", "delta", "kept", "paths", "others", "yours"),
)


def in_general(id: str, words: Words, answer: Math | None = None) -> Sentence:
    """A mistake as such; with an answer, that this comes out of it."""
    it: dict[str, Value] = dict.fromkeys(NOTHING_KNOWN, "")
    it |= {"words": {}, "bare": answer is None, "printed": False, "answer": answer or ""}
    key = f"cause_{_key(id)}"
    return words.say(key, it=it) if key in words.macros else (id.replace("-", " "),)


def _through(term: Formula) -> str | None:
    """The unit that a path's term goes through."""
    found = [q.units[0] for q in refs(term) if q.kind is Kind.DE_DNET]
    return found[0] if found else None


def _adding(others: float, answered: Printed, total: str) -> Value:
    """The other terms with as many digits as their sum with the answer needs to give the total."""
    whole = printed(total)
    for more in range(MORE):
        text = like(others, answered, more)
        if whole and abs(Fraction(text) + answered.value - whole.value) <= whole.unit / 2:
            return _number(text)
    return ""


def _key(id: str) -> str:
    return id.replace("-", "_")


def _math(formula: Formula, at: At) -> Math:
    return Math((formula,), at)


def _number(text: str) -> Math:
    return Math((Num(text),))


def _word(value: str | Quantity | Formula, at: At) -> Value:
    if isinstance(value, str):
        return printable(value)
    return _math(Named(value) if isinstance(value, Quantity) else value, at)
