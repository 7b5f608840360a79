"""Claims become statements: which quantity each is about, and its parts as formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain

from tutor.marking.bare import OF_PARAMETERS, Bare
from tutor.marking.beside import parted
from tutor.marking.chained import each_name
from tutor.marking.claim import Claim, Line, Text, Unread
from tutor.marking.common import Meaning
from tutor.marking.counts import with_counts
from tutor.marking.customs import customs
from tutor.marking.frame import Frame
from tutor.marking.indexless import Indexless
from tutor.marking.lexicon import Meanings, after_their_update, gradients
from tutor.marking.parse import name_of, parse
from tutor.marking.passes import cased, counted, headed, presented
from tutor.marking.phrases import before_formula, taken_up, without_fillers
from tutor.marking.placing import AFTER, Placing
from tutor.marking.printed import Printed, printed
from tutor.marking.sections import Sections
from tutor.marking.statement import Bound, Part, Statement, scaled
from tutor.marking.transfer import Functions
from tutor.marking.unnamed import Unnamed
from tutor.marking.vague import Vague
from tutor.marking.values import before_unit, number_of, squeezed
from tutor.marking.vectors import Vectors
from tutor.symbolic.formula import Formula, Num, Ref
from tutor.symbolic.quantity import ALWAYS, PARAMETERS, Kind, Quantity

ONE = Fraction(1)
_SLOPE = re.compile(r"d.+/d.+")
_NAMED = re.compile(r"[^\W_]+(?:_[^\W_]+)*\d[\w]*|[^\W_]+_\w+")
"""A name with an index in a line of words."""
_MATRICES = re.compile(
    r"(?<!\w)W(?:_?\d|\^?[\[(]\w[\])])?(?:\.?T\b|\^T|')?(?:\s*[@*.]\s*|\s+)"
    r"[A-Za-z](?:_?\d|\^?[\[(]\w[\])])?(?![\w(])"
)
"""A matrix W times a vector."""
_WORD = re.compile(r"[^\W\d][\w'^+*,]*(?: [^\W\d][\w'^+]*){0,2}")


class Binder:
    """One reading of a page: names are looked up, numbers tell passes and ambiguous names apart."""

    def __init__(
        self,
        frame: Frame,
        meanings: Meanings,
        turned: Collection[Kind],
    ) -> None:
        self.frame, self.meanings = frame, meanings
        self.placing = Placing(frame, turned)
        self.customs = customs(())
        self.near: frozenset[Quantity] = frozenset()
        self.about: tuple[str, ...] = ()
        self.stated: Quantity | None = None
        self.vectors = Vectors(meanings, frame.run.schedule)
        self.sections = Sections(meanings)
        self.bare = Bare(frame, meanings)
        self.vague = Vague(meanings, self.placing, self.bare)
        self.unnamed = Unnamed(frame, self.placing)
        self.indexless = Indexless(self.placing)
        self.meant: dict[str, Meaning] = {}
        """what an ambiguous name was before, as its number says"""
        self.spoken: tuple[int, str] = 0, ""
        """the name before, and its line"""
        self.sloped = 0
        """the line whose last statement was about a gradient"""
        self.own: dict[str, Quantity] = {}
        self.helpers: dict[Quantity, Formula] = {}
        self.stated_names: set[str] = set()
        """the left sides so far: behind one of them, ^2 is a square"""
        self.counts = False
        """whether the page counts updates or patterns in brackets behind names"""
        self.counted: dict[str, tuple[Quantity, Meaning]] = {}
        """the names with such a count that were stated"""

    def bind(self, lines: Sequence[Line]) -> Bound:
        """Every claim of a page."""
        statements: list[Statement] = []
        counts = with_counts(lines, self.meanings, self.frame.run.schedule)
        self.counts, lines = counts is not None, counts or lines
        texts = [part.text for line in lines for claim in line.claims for part in claim.parts]
        self.customs = customs(texts)
        by_number = {line.n: line for line in lines}
        for at, line in enumerate(lines):
            count = self._count(line)
            if words := line.heading or count:
                told = headed(self.frame.passes, words, self.placing.now)
                if told.sure or self._returns(lines[at:]):
                    self.placing.now = told.n
            self._follow(line)
            now = self.placing.now
            place = self._case(line) if line.case else now
            if place is None:
                continue
            self.placing.now = place
            for claim in line.claims[1 if count else 0 :]:
                several = parted(claim, self._one_formula)
                each = (one for part in several for one in each_name(part, self.meanings.said))
                for n, one in enumerate(each):
                    where = by_number.get(one.lines[0], line) if n and one.lines else line
                    statements.append(self._statement(where, one))
            if line.case:
                self.placing.now = now
        return Bound(tuple(statements), self.helpers, self.placing.extra)

    def _count(self, line: Line) -> str:
        """The words of a heading such as t = 2, unless t may be what has this value."""
        told = counted(self.frame.run, line.text) if line.claims else None
        if told is None or len(line.claims[0].parts) != 2:
            return ""
        name, value = (part.text for part in line.claims[0].parts)
        number = printed(value)
        meant = {(one.quantity.kind, one.quantity.units) for one in self.meanings.find(name)}
        among = (q for q in self.frame.truth if (q.kind, q.units) in meant)
        a_value = number is None or any(self.placing.fits(q, ONE, number) for q in among)
        return told.words if told.sure or not a_value else ""

    def _case(self, line: Line) -> int | None:
        """The pass that a row of a table is of, if it is one's: inputs and targets in it say that
        it is another."""
        passes = self.frame.passes
        said = cased(passes, line.case, self.placing.now)
        if said is None:
            return None
        given = [
            (meaning.quantity, number.float_value)
            for claim in line.claims
            for meaning in self._meanings(claim.parts[0], claim)
            if meaning.quantity.kind in (Kind.X, Kind.T)
            and (number := number_of(claim.parts[-1].text))
        ]

        def likely(n: int) -> tuple[int, bool]:
            place = passes[n].place
            return sum(self.frame.truth.get(place(q)) == value for q, value in given), n == said

        return max(presented(passes, said) if given else (said,), key=likely)

    # Lexicon

    def name(self, text: str) -> Formula | None:
        """What a name inside a formula stands for, as the pass at hand knows it."""
        if text in self.own:
            return Ref(self.own[text])
        if text == "alpha" and self.customs.alpha in self.frame.truth:
            return Ref(self.customs.alpha)
        base, _, power = text.partition("^")
        if self.meanings.squared(text) or (power == "2" and base in self.stated_names):
            return None
        if any(c.isdigit() for c in text.partition(" ")[0]) and " " in text:
            return None  # w1 x1 is a product
        if text in self.counted:
            known = [self.counted[text]]
        else:
            found = self._with_later(self.meanings.find(text))
            known = [
                (q, meaning)
                for meaning in (*self._bare_inside(text), *found)
                if (q := self.placing.here(meaning.quantity))
            ]
        if not known:
            return None
        if self.customs.is_target(text):
            known.sort(key=lambda pair: pair[0].kind is not Kind.T)
        likely = (pair for pair in known if pair[0] in self.near)
        meant = (pair for pair in known if pair[1] == self.meant.get(text))
        q, meaning = next(chain(meant, likely), known[0])
        q = self.indexless.read(text, q, self.stated)
        return scaled(self._before(q), 1 / self.placing.scale(meaning))

    def _before(self, q: Quantity) -> Formula:
        """What comes from an old weight or an earlier step: neither is computed from itself."""
        if q != self.stated:
            return Ref(q)
        if q.kind is Kind.CHANGE:
            alike = (u for u in self.frame.near(q) if u.kind is q.kind and u.units == q.units)
            return next((Ref(u) for u in alike if u != q), Num("0"))
        if q.kind not in PARAMETERS or not q.at.new:
            return Ref(q)
        updates = (u for u in self.frame.run.updates if u.at.update == q.at.update)
        return Ref(next((dict(u.before).get(q.marked(ALWAYS), q) for u in updates), q))

    def _bare_inside(self, text: str) -> Iterable[Meaning]:
        """What a name without an index means in a line about a weight."""
        about = self.stated is not None and self.stated.kind in OF_PARAMETERS
        return self.bare.find(text) if about and self.bare.speaks(text) else ()

    def _with_later(self, found: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """w(2) may be the weight before the second update or after it."""
        return (*found, *after_their_update(found)) if self.counts else found

    # Statements

    def _one_formula(self, number: Printed, name: str, after: Printed, chained: bool) -> bool:
        """Whether a number and the name behind it belong together: see beside."""
        if chained:
            return abs(number.value - after.value) <= min(number.unit, after.unit)
        goal, factor = after.float_value, number.float_value
        for meaning in self.meanings.find(name) if number.unit else ():
            q = self.placing.here(meaning.quantity)
            if q is None or q not in self.frame.truth:
                continue
            said = self.placing.answered.get(q)
            truth = self.frame.truth[q] / float(self.placing.scale(meaning))
            value = said.float_value if said else truth
            unit = said.float_unit if said else 0.0
            slack = after.float_unit + abs(value) * number.float_unit + abs(factor) * unit
            if abs(factor * value - goal) <= slack < abs(value - goal):
                return True
        return False

    def _statement(self, line: Line, claim: Claim) -> Statement:
        if claim.flaw:
            return _unread(line, claim)
        first, *rest = claim.parts
        first = self._taken_up(line, first)
        self.stated_names.add(first.text.strip())
        found = self._meanings(first, claim)
        found = self.indexless.left(first.text.strip(), found)
        if line.n == self.sloped:
            found = (*found, *self._gradients(found))
        if found and self.vectors.is_one(claim):
            return _unread(line, replace(claim, flaw=self.vectors.flaw(claim)))
        if not found and (match := before_formula(first.text)) and not self.meanings.said(match[0]):
            first = first.cut(match.end(1), len(first.text)).strip()
            claim = replace(claim, parts=(first, *rest))
        if not found and rest and not _WORD.fullmatch(first.text.strip()):
            *more, last = rest
            turned = self._meanings(last, claim) if printed(last.text.strip()) is None else ()
            if turned:
                found, first, rest = turned, last, [first, *more]
        in_numbers = [part for part in rest if not self._is_matrices(part)]
        if found and rest and not in_numbers:
            return self._made(line, claim, first.text.strip(), rest, own=True)
        if found:
            return self._known(line, claim, first, found, in_numbers)
        return self._of_nothing_known(line, claim, first, rest)

    def _known(
        self,
        line: Line,
        claim: Claim,
        first: Text,
        found: tuple[Meaning, ...],
        rest: Sequence[Text],
    ) -> Statement:
        """A statement whose left side has a meaning."""
        name = first.text.strip()
        numbers = [n for part in rest if (n := number_of(part.text))]
        number = numbers[-1] if numbers else None
        before = self.placing.now
        values = [part for part in rest if name_of(part) is None]
        meaning, q = self.placing.choose(found, values, number, bare=self.bare.speaks(name))
        self.vectors.before = meaning.quantity if claim.index else None
        if self.vectors.is_shared(meaning.quantity, claim) and not (
            number and q and self.placing.agrees(q, meaning, number)
        ):
            return _unread(line, replace(claim, flaw=self.vectors.flaw(claim)))
        if number and q and self.vague.is_doubtful(q, meaning, name, number, claim):
            self.placing.now = before
            return self._helper(self._made(line, claim, name, rest, own=True))
        if number and q and len(found) > 1:
            self._learn(name_of(first) or name, q, meaning, number)
        self.near = self.frame.near(q) if q else frozenset()
        self.about, self.stated = q.units if q else (), q
        if q:
            self.bare.follow(q)
            if self.counts and name.endswith("]"):
                self.counted[name_of(first) or name] = q, meaning
            if self.bare.speaks(name):
                self.own.pop(name, None)
        self.sloped = line.n if q and q.kind is Kind.GRAD else 0
        parts = self.indexless.parts((partial(self._part, part) for part in rest), number)
        if q and q.at.new and not meaning.quantity.at.new:
            parts = tuple(map(self._renewed, parts))
        (column, end), scale = _columns(claim), self.placing.scale(meaning)
        made = Statement(line.n, column, end, line.text, name, q, scale, meaning.loose, parts)
        self.placing.remember(made)
        return made

    def _of_nothing_known(
        self, line: Line, claim: Claim, first: Text, rest: Sequence[Text]
    ) -> Statement:
        """A statement about a name of the student's own, or about no name."""
        name = first.text.strip()
        units = self.unnamed.units_at(first)
        self.near, self.about, self.stated = frozenset(), units[:1], None
        if rest and (slope := name_of(first)) and _SLOPE.fullmatch(slope):
            if number_of(rest[-1].text):
                return _unread(line, replace(claim, flaw=f'"{slope}" is no name of this problem'))
            return self._made(line, claim, name, rest, own=True)
        if rest and _WORD.fullmatch(without_fillers(name)) and self._unknown(first):
            return self._helper(self._made(line, claim, name, rest, own=True))
        made = self.unnamed.bound(self._made(line, claim, "", claim.parts))
        return self.unnamed.at_net(made, units[0], first) if len(units) == 1 else made

    def _made(
        self, line: Line, claim: Claim, name: str, parts: Iterable[Text], *, own: bool = False
    ) -> Statement:
        """A statement that is about no quantity that anybody knows."""
        column, end = _columns(claim)
        read = tuple(self._part(part) for part in parts)
        return Statement(line.n, column, end, line.text, name, None, ONE, False, read, own)

    def _unknown(self, first: Text) -> bool:
        """Whether a left side is a name that means nothing yet, rather than a formula."""
        if first.text.startswith("Delta "):
            return True
        try:
            parse(first, self)
        except Unread:
            return True
        return first.text.strip() in self.own

    def _meanings(self, part: Text, claim: Claim) -> tuple[Meaning, ...]:
        name = name_of(part) or part.text.strip()
        bare = not claim.index and self.bare.speaks(name)
        if name in self.own and not claim.index and not bare:
            return ()
        if found := self.vectors.entries(claim) if claim.index else ():
            return found
        below = () if claim.index else self.sections.find(name)
        named = self._with_later(self.meanings.said(name))
        found = tuple(dict.fromkeys((*below, *named, *(self.bare.find(name) if bare else ()))))
        meant = self.meant.get(name)
        return (meant, *(one for one in found if one != meant)) if meant in found else found

    def _gradients(self, found: Iterable[Meaning]) -> Iterator[Meaning]:
        """A weight or bias behind a gradient, on its line, may be short for its own gradient."""
        for meaning in gradients(found):
            q = self.placing.here(meaning.quantity)
            if q and q not in self.placing.answered:
                yield meaning

    def _is_matrices(self, part: Text) -> bool:
        """Whether a formula is one in vectors and matrices, W1 x + b1, whose names are not read as
        such; where all layers have one unit it is in numbers."""
        if "W" not in part.text or not _MATRICES.search(part.text):
            return False
        return set(self.frame.run.derivation.network.sizes) != {1}

    def _learn(self, name: str, q: Quantity, meaning: Meaning, number: Printed) -> None:
        """Keeps what an ambiguous name is here."""
        if self.placing.fits(q, self.placing.scale(meaning), number):
            self.meant[name] = meaning

    def _taken_up(self, line: Line, first: Text) -> Text:
        """A left side that takes up the word of the one before it on its line, in full."""
        n, before = self.spoken
        name = first.text.strip()
        told = taken_up(name, before) if n == line.n else name
        self.spoken = line.n, told
        return first if told == name else Text(told, (first.column,) * len(told))

    def certain(self, name: str) -> bool:
        """Whether a name that was not stated before is one quantity here, by whatever number."""
        here = {q for one in self.meanings.find(name) if (q := self.placing.here(one.quantity))}
        return len(here) == 1 and all(q.kind not in PARAMETERS or q.at.new for q in here)

    # The student's own names

    def _helper(self, made: Statement) -> Statement:
        """A name of the student's own: a quantity by its formula or value, else itself."""
        made = self.unnamed.bound(made)
        q = made.quantity
        if q is None:
            q = Quantity(Kind.OWN, (made.name, str(len(self.helpers))))
            formula = next((part.formula for part in made.parts if part.formula), None)
            if formula is None:
                return made
            self.helpers[q] = formula
            made = replace(made, quantity=q)
        self.own[made.name] = q
        self.placing.remember(made)
        return made

    def _returns(self, lines: Sequence[Line]) -> bool:
        """Whether a name comes again with another number before the next heading."""
        for n, line in enumerate(lines):
            if n and line.heading:
                return False
            for claim in line.claims:
                number = printed(squeezed(claim.parts[-1].strip().text))
                for meaning in self._meanings(claim.parts[0], claim) if number else ():
                    q = self.placing.here(meaning.quantity)
                    if q and q.kind not in PARAMETERS and not self.placing.free(q, number):
                        return True
        return False

    def _follow(self, line: Line) -> None:
        """Keeps the weight that a line of words names, if it names one."""
        self.sections.follow(line)
        words = [] if line.claims else _NAMED.findall(line.text)
        named = {m.quantity for word in words for m in self.meanings.find(word)}
        weights = [q for q in named if q.kind in PARAMETERS]
        if len(weights) == 1:
            self.bare.follow(weights[0])

    def _part(self, part: Text) -> Part:
        text = part.strip()
        number = number_of(text.text)
        try:
            formula = parse(text, self).read(self._functions())
            if number is None and (unit := before_unit(formula, self.stated)):
                number = printed(unit)
            return Part(text.text, text.column, formula, number)
        except Unread as unread:
            if number:
                return Part(text.text, text.column, Num(squeezed(text.text)), number)
            return Part(text.text, text.column, None, None, unread)

    def _renewed(self, part: Part) -> Part:
        """A part of a line about a new weight: the name alone of another means the new one too."""
        match part.formula:
            case Ref(u) if u.kind in PARAMETERS and not u.at.new:
                new = self.placing.here(u.marked(AFTER))
                return replace(part, formula=Ref(new)) if new else part
            case _:
                return part

    def _functions(self) -> Functions:
        """f and f' as they are for the unit that the line is about."""
        network = self.frame.run.derivation.network
        unit = next((u for u in self.about if u in network.places), network.outputs[0])
        return Functions(network.activation(unit))


def _columns(claim: Claim) -> tuple[int, int]:
    """Where a claim stands in its line; what goes on in further lines is left out."""
    lines = claim.lines or (0,) * len(claim.parts)
    here = [p for p, n in zip(claim.parts, lines, strict=True) if n == lines[0]]
    parts = here or claim.parts
    return parts[0].column, parts[-1].end


def _unread(line: Line, claim: Claim) -> Statement:
    """A claim that is not read as a whole."""
    column, end = _columns(claim)
    why = Unread(claim.flaw, column)
    part = Part(line.text, column, unread=why)
    return Statement(line.n, column, end, line.text, "", None, ONE, False, (part,))
