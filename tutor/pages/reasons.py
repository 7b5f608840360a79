"""Why a quantity has its sign, as a sentence."""

from __future__ import annotations

import math

from tutor.numeric.bounds import Between
from tutor.pages.document import Math, Sentence
from tutor.pages.words import Words
from tutor.practice.posing.signs import Reason
from tutor.solving import Solved
from tutor.symbolic.formula import Num, Product, Ref, Sum
from tutor.symbolic.quantity import Kind, O, T

IS = {1: "is_positive", -1: "is_negative", 0: "is_zero"}
PARTS = ((Sum, "reason_terms"), (Product, "reason_factors"))


def reason(one: Reason, solved: Solved, words: Words) -> Sentence:
    """Where a quantity lies and what that follows from; nothing where its sign is open."""
    q, bounds = one.quantity, one.bounds
    at = q.at._replace(new=False)
    whole = Math((Ref(q), one.formula), at)
    low, high = bounds.low.value, bounds.high.value
    if q.kind is Kind.O and math.isfinite(low) and math.isfinite(high) and low < high:
        ends = (Math((Num(f"{end:g}"),)) for end in (low, high))
        return words.say("reason_between", at, q=Ref(q), low=next(ends), high=next(ends))
    if bounds.sign is None:
        return words.say("reason_not_negative", whole=whole) if low == 0 else ()
    is_ = words.say(IS[bounds.sign])[0]
    if beside := _beside_target(one):
        target = Num(solved.figures.texts[T(q.units[0]).marked(at)])
        o = Ref(O(q.units[0]).marked(at))
        return words.say(beside, at, q=Ref(q), sign=is_, o=o, target=target)
    for kind, key in PARTS:
        if isinstance(one.formula, kind) and (each := _each(one.formula, one, words)):
            return words.say(key, at, q=Ref(q), whole=whole, sign=is_, each=each)
    return words.say("reason_from", whole=whole, sign=is_)


def _beside_target(one: Reason) -> str:
    """Whether the sign is that of output - target, which lie on known sides of each other."""
    used, q = dict(one.used), one.quantity
    if q.kind not in (Kind.DE_DO, Kind.DE_DNET):
        return ""
    o, t = (used.get(of(q.units[0]).marked(q.at)) for of in (O, T))
    if not o or not t:
        return ""
    if o.high.value <= t.low.value and one.bounds.sign == -1:
        return "reason_below"
    return "reason_above" if o.low.value >= t.high.value and one.bounds.sign == 1 else ""


def _each(formula: Sum | Product, one: Reason, words: Words) -> list[str]:
    """What the parts of a formula are; nothing where that of one is open."""
    known = Between(dict(one.used))
    found = [x.read(known).sign for x in formula.xs]
    return [] if None in found else [str(words.say(IS[s])[0]) for s in found if s is not None]
