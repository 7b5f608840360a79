"""Recipe files: a problem file in which some numbers are drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tutor.errors import InputError, did_you_mean, quoted
from tutor.files import shipped
from tutor.numeric.rounding import Digits
from tutor.practice.grid import AS_GRID, SMOOTH, STRAIGHT, TARGETS, Choices, choices
from tutor.practice.recipe import Ask, Column, Recipe
from tutor.problem.file import read_text
from tutor.problem.keys import KEYS as PROBLEM_KEYS
from tutor.problem.keys import read_problem
from tutor.problem.layers import SYNONYMS
from tutor.problem.numbers import value
from tutor.problem.problem import Problem
from tutor.problem.reading import Keys, digits, one_of, prose, whole, yes_no
from tutor.problem.slots import Slot, slots
from tutor.problem.yaml_tree import UNTOLD, Enough, Items, Node, Notes, Pairs, Scalar, read_tree
from tutor.symbolic.mistakes import MISTAKES
from tutor.symbolic.network import layer_names, unit_names
from tutor.symbolic.quantity import DE_DNET, DE_DO, ETA, MU, PARAMETERS, Kind, O, Quantity
from tutor.symbolic.simple import NETS

OWN = (
    *("about", "activation", "biases", "patterns", "numbers", "difficulty", "digits"),
    *("mistakes", "except", "dead", "nice", "equal", "question"),
)
PASSED = tuple(key for key in PROBLEM_KEYS if key not in ("layers", "patterns", "given", "rows"))
KEYS = tuple(dict.fromkeys(("layers", "given", *PASSED, *OWN)))
NUMBERS = ("weights", "biases", "inputs", "targets")
ONE_HOT = "one-hot"
FOUR = Digits(4, figures=True)
MOST_UNITS, MOST_LAYERS, MOST_PATTERNS = 20, 10, 10
AS_LAYERS = "write units a layer, inputs first, as in [2, 2, 1]"
BIASES = ("none", "shared", "each")
PLAIN = ("relu", "leaky_relu", "linear")
"""Transfer functions that leave short numbers short."""


def recipe_names() -> list[str]:
    """The shipped recipes."""
    return sorted(path.stem for path in shipped("problems").glob("recipes/*.yaml"))


def load_recipe(path: str | Path, changes: Mapping[str, str] | None = None) -> Recipe:
    """The recipe in a file, or the shipped one of that name, with other values for some keys.

    Raises InputError with every flaw, each with its line and column.
    """
    file = Path(path)
    ours = shipped("problems") / "recipes" / f"{file.stem}.yaml"
    if file.parent == Path() and not file.exists() and ours.is_file():
        file = ours
    elif not file.suffix and not file.exists():
        what = "there is no such file or shipped recipe"
        raise InputError(str(path), what, did_you_mean(file.name, recipe_names()))
    return parse_recipe(read_text(file, what="a recipe"), str(path), file.stem, changes)


def parse_recipe(
    text: str, source: str = "recipe", name: str = "", changes: Mapping[str, str] | None = None
) -> Recipe:
    """The recipe in a text. Raises InputError with everything that is wrong."""
    notes = Notes()
    recipe = None
    try:
        root = read_tree(text.removeprefix("\ufeff"), notes)
        recipe = _Reading(_changed(root, changes or {}, notes), notes).recipe(name or source)
    except Enough:
        pass
    if notes.flaws or not recipe:
        raise InputError(source, list(dict.fromkeys(notes.flaws)))
    return recipe


def _changed(root: Node | None, changes: Mapping[str, str], notes: Notes) -> Pairs:
    """The tree with other values for some keys."""
    if root is not None and not isinstance(root, Pairs):
        notes.flaw(root, "this is not a recipe", "lines like layers: [2, 2, 1]")
        raise Enough
    before = root.pairs if isinstance(root, Pairs) else ()
    kept = [(key, value) for key, value in before if key.text not in changes]
    for key, text in changes.items():
        node = read_tree(text, notes)
        if node is not None:
            kept.append((Scalar(0, 0, key), node))
    line, column = (root.line, root.column) if root else (1, 1)
    return Pairs(line, column, tuple(kept))


class Within(NamedTuple):
    """What numbers of a grid must be."""

    says: str
    holds: Callable[[Fraction], bool]


ANY = Within("", lambda x: True)
WITHIN = {
    "bce": Within("targets of bce lie from 0 to 1", lambda x: 0 <= x <= 1),
    "learning_rate": Within("it must be above 0", lambda x: x > 0),
    "momentum": Within("it must be above 0 and below 1", lambda x: 0 < x < 1),
}


@dataclass(frozen=True, slots=True)
class _Grids:
    """What may be drawn for each number."""

    weights: Mapping[str, Choices]
    """by layer"""
    biases: Mapping[str, Choices]
    inputs: Choices
    targets: Choices | None
    """None where one of them is 1 and the others 0"""
    rate: Choices
    momentum: Choices
    given: Mapping[str, Choices]


class _Reading:
    def __init__(self, root: Pairs, notes: Notes) -> None:
        self.root, self.notes = root, notes
        self.keys = Keys(root, notes, "a recipe", KEYS)

    def recipe(self, name: str) -> Recipe:
        take = self.keys.take
        sizes = self._sizes()
        self.layers = layer_names(len(sizes) - 1)
        self.activations = self._each_layer("activation", "sigmoid", SYNONYMS)
        self.biases = self._each_layer("biases", "each", {})
        self.loss = take("loss", prose, "half_sse")
        self.units = [
            unit_names(layer, size) for layer, size in zip(("x", *self.layers), sizes, strict=True)
        ]
        self.nice = take("nice", yes_no, False)
        self.equal = take("equal", yes_no, False)
        patterns = take("patterns", whole(1, MOST_PATTERNS), 1)
        if self.nice:
            self._check_nice(patterns)
        asked = [one.value for one in Ask]
        question = take(
            "question", one_of({word: word for word in asked}, "kind of question"), "compute"
        )
        told = take("digits", digits, None)
        mistakes = self._mistakes()
        dead = self._dead()
        grids = self._grids()
        if self.notes.flaws:
            raise Enough
        problem = read_problem(self._tree(grids, patterns), self.notes)
        if self.notes.flaws:
            raise Enough
        rule = problem.rounding.default if problem.rounding else None
        told = told or rule or FOUR
        if self.keys.node("show") is None:
            problem = replace(problem, show=told)
        return Recipe(
            name,
            take("about", prose, ""),
            problem,
            tuple(self._columns(problem, grids)),
            told,
            mistakes,
            dead,
            Ask(question),
        )

    def _sizes(self) -> list[int]:
        node = self.keys.node("layers")
        if node is None:
            raise self._fatal(self.root, "the key layers is missing", AS_LAYERS)
        texts: Sequence[str] = ()
        if isinstance(node, Items):
            texts = [item.text for item in node.items if isinstance(item, Scalar)]
        elif isinstance(node, Scalar):
            texts = node.text.split("-")
        known = [int(text) for text in texts if text.strip().isdecimal() and len(text) < 4]
        fits = 2 <= len(known) <= MOST_LAYERS + 1 and all(0 < size <= MOST_UNITS for size in known)
        if len(known) != len(texts) or not fits:
            raise self._fatal(node, "these are no layers", AS_LAYERS)
        return known

    def _fatal(self, node: Node, what: str, instead: str) -> Enough:
        self.notes.flaw(node, what, instead)
        return Enough()

    def _each_layer(self, key: str, otherwise: str, same: Mapping[str, str]) -> list[str]:
        """A word for each layer; one alone is for all. Softmax is for the last."""
        node = self.keys.node(key)
        if isinstance(node, Items):
            words = [item.text.strip() if isinstance(item, Scalar) else "" for item in node.items]
            if len(words) != len(self.layers):
                what = f"{len(words)} words where there are {len(self.layers)} layers"
                self.notes.flaw(node, what, "one for each layer after the inputs")
                words = [otherwise] * len(self.layers)
        elif isinstance(node, Pairs):
            self.notes.flaw(node, "a mapping stands here", "write a word, or a list, one a layer")
            words = [otherwise] * len(self.layers)
        else:
            words = [node.text.strip() if node and not node.empty else otherwise]
            words *= len(self.layers)
        words = [same.get(word, word) for word in words]
        if key == "biases" and (wrong := [word for word in words if word not in BIASES]):
            at = node or self.root
            self.notes.flaw(
                at, f"{quoted(wrong[0])} does not fit here", "write none, shared or each"
            )
        return words

    def _check_nice(self, patterns: int) -> None:
        """Where outputs are stated, nothing that is told may say otherwise."""
        at = self.keys.node("nice") or self.root
        nice = [name in NETS for name in self.activations]
        bare = [word == "none" for word in self.biases]
        if not any(nice):
            self.notes.flaw(at, f"nice is for {' and '.join(NETS)} units", "leave it out")
        elif any(here and without for here, without in zip(nice, bare, strict=True)):
            what = "the outputs of nice units need biases, which are not told"
            self.notes.flaw(self.keys.node("biases") or at, what, "leave biases out")
        elif patterns > 1:
            what = "the outputs of nice units are stated, so they would be the same in each pattern"
            self.notes.flaw(self.keys.node("patterns") or at, what, "patterns: 1")

    def _dead(self) -> int:
        dead: int = self.keys.take("dead", whole(0, 20), 0)
        rows = zip(self.activations, self.units[1:], strict=True)
        there = sum(len(units) for name, units in rows if name == "relu")
        at = self.keys.node("dead")
        if at and dead > there:
            self.notes.flaw(
                at, f"there are {there} ReLU units", "a unit that is dead is one of them"
            )
        return dead

    def _mistakes(self) -> tuple[str, ...]:
        wanted = self._ids("mistakes", tuple(MISTAKES))
        but = self._ids("except", ())
        return tuple(id for id in wanted if id not in but)

    def _ids(self, key: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        node = self.keys.node(key)
        if node is None:
            return otherwise
        if _says(node, "all"):
            return tuple(MISTAKES)
        parts = node.items if isinstance(node, Items) else (node,)
        found = []
        for part in parts:
            word = part.text.strip() if isinstance(part, Scalar) else ""
            if word in MISTAKES:
                found.append(word)
            else:
                instead = did_you_mean(word, MISTAKES, "backprop practise --list shows them")
                self.notes.flaw(part, f"{quoted(word)} is no mistake", instead)
        return tuple(found)

    def _grids(self) -> _Grids:
        straight = all(name in PLAIN for name in self.activations)
        levels = STRAIGHT if straight else SMOOTH
        level = self.keys.take("difficulty", one_of({k: k for k in levels}, "difficulty"), "easy")
        weights, inputs = levels[level]
        keys = Keys(self.keys.node("numbers"), self.notes, "numbers", NUMBERS)
        given = dict(self._given())
        biases = self._by_layer(keys.node("biases"), weights)
        if self.nice:
            given |= self._fractions()
            rows = zip(self.layers, self.activations, strict=True)
            biases |= {layer: (UNTOLD,) for layer, name in rows if name in NETS}
        targets = TARGETS.get(self.activations[-1], inputs)
        targets = ("0", "1") if self.loss == "bce" else targets
        self.targets_at = at = keys.node("targets")
        one_hot = self.loss == "cce" if at is None else _says(at, ONE_HOT)
        if at and self.loss == "cce" and not one_hot:
            self.notes.flaw(at, "with cce one target is 1 and the others are 0", "leave them out")
        return _Grids(
            self._by_layer(keys.node("weights"), weights),
            biases,
            self._grid(keys.node("inputs"), inputs),
            None if one_hot else self._grid(at, targets, WITHIN.get(self.loss, ANY)),
            self._grid(self.keys.node("learning_rate"), (), WITHIN["learning_rate"]),
            self._grid(self.keys.node("momentum"), (), WITHIN["momentum"]),
            given,
        )

    def _grid(self, node: Node | None, otherwise: Choices, within: Within = ANY) -> Choices:
        if node is None:
            return otherwise
        found = choices(node, self.notes)
        for text in found:
            if text != UNTOLD and not within.holds(value(text)):
                self.notes.flaw(node, f"{quoted(text)} does not fit here", within.says)
                break
        return found

    def _by_layer(self, node: Node | None, otherwise: Choices) -> dict[str, Choices]:
        if not isinstance(node, Pairs):
            return dict.fromkeys(self.layers, self._grid(node, otherwise))
        found = dict.fromkeys(self.layers, otherwise)
        for key, told in node.pairs:
            if key.text not in found:
                self.notes.flaw(key, f"{quoted(key.text)} is no layer", f"write {', '.join(found)}")
            else:
                found[key.text] = choices(told, self.notes)
        return found

    def _given(self) -> Iterator[tuple[str, Choices]]:
        node = self.keys.node("given")
        if isinstance(node, Pairs):
            yield from ((key.text, choices(value, self.notes)) for key, value in node.pairs)
        elif node is not None:
            self.notes.flaw(
                node, "a mapping is wanted here", f"for example {{o_h1: [0.6, 0.7]}}; {AS_GRID}"
            )

    def _fractions(self) -> Iterator[tuple[str, Choices]]:
        rows = zip(self.activations, self.units[1:], strict=True)
        return (
            (O(unit).key, tuple(NETS[name]))
            for name, units in rows
            if name in NETS
            for unit in units
        )

    def _tree(self, grids: _Grids, patterns: int) -> Pairs:
        """The problem file with the first number everywhere, each part where the recipe has it."""
        at = self.keys.node("layers") or self.root
        given = self.keys.node("given") or at
        pairs = {key: self.keys.node(key) for key in PASSED}
        pairs["learning_rate"] = _first(self.keys.node("learning_rate"), grids.rate)
        pairs["momentum"] = _first(self.keys.node("momentum"), grids.momentum)
        stated = self._slopes_stated(grids.given) and not self.keys.node("loss")
        pairs["loss"] = None if stated else self.keys.node("loss") or _scalar(at, self.loss)
        pairs["layers"] = Items(at.line, at.column, tuple(self._layers(at, grids)))
        targets = {} if stated else {"targets": self._targets(at, grids)}
        shown = _pairs(at, inputs=self._row(at, "x", grids.inputs), **targets)
        pairs["patterns"] = Items(at.line, at.column, (shown,) * patterns)
        if grids.given:
            told = {name: _scalar(given, texts[0]) for name, texts in grids.given.items() if texts}
            pairs["given"] = _pairs(given, **told)
        return _pairs(self.root, **{key: node for key, node in pairs.items() if node})

    def _slopes_stated(self, given: Collection[str]) -> bool:
        """Whether no loss is needed."""
        ends = ((DE_DNET(unit).key, DE_DO(unit).key) for unit in self.units[-1])
        return all(any(key in given for key in keys) for keys in ends)

    def _layers(self, at: Node, grids: _Grids) -> Iterator[Node]:
        rows = zip(self.layers, self.activations, self.biases, pairwise(self.units), strict=True)
        for layer, activation, bias, (feeders, units) in rows:
            row = _list(at, [grids.weights[layer][0]] * len(feeders))
            parts: dict[str, Node] = {
                "activation": _scalar(at, activation),
                "weights": Items(at.line, at.column, (row,) * len(units)),
            }
            first = grids.biases[layer][0]
            if bias == "shared":
                parts["biases"] = _scalar(at, first)
            elif bias == "each":
                parts["biases"] = _list(at, [first] * len(units))
            yield _pairs(at, **parts)

    def _row(self, at: Node, layer: str, texts: Choices) -> Node:
        units = next(units for units in self.units if units[0].startswith(layer))
        return _list(at, [texts[0]] * len(units))

    def _targets(self, at: Node, grids: _Grids) -> Node:
        count = len(self.units[-1])
        at = self.targets_at or at
        return _list(at, [grids.targets[0]] * count if grids.targets else _one_hot(count)[0])

    def _columns(self, problem: Problem, grids: _Grids) -> Iterator[Column]:
        """Every place, those that are drawn together at once."""
        given = dict(zip(problem.given, grids.given.values(), strict=True))
        together: dict[Hashable, dict[int, Choices]] = {}
        for n, (slot, _) in enumerate(slots(problem)):
            q = slot.quantity
            if grids.targets is None and q.kind is Kind.T:
                together.setdefault(slot.pattern, {})[n] = ()
            else:
                key = self._alike(q) if self.equal else slot
                texts = given.get(q) or self._choices(slot, grids)
                together.setdefault(key or slot, {})[n] = texts
        for places in together.values():
            at, texts = tuple(places), next(iter(places.values()))
            rows = tuple((text,) * len(at) for text in texts) or _one_hot(len(at))
            yield Column(at, rows)

    def _alike(self, q: Quantity) -> Hashable:
        """What parameters have in common that begin alike: all but the names of hidden units."""
        layers = zip(self.layers[:-1], self.units[1:-1], strict=True)
        hidden = {unit: layer for layer, units in layers for unit in units}
        named = (hidden.get(unit, unit) for unit in q.units)
        return (q.kind, *named) if q.kind in PARAMETERS else None

    def _choices(self, slot: Slot, grids: _Grids) -> Choices:
        q = slot.quantity
        layer = next(
            (
                l
                for l, u in zip(self.layers, self.units[1:], strict=True)
                if q.units and q.units[0] in (l, *u)
            ),
            "",
        )
        return {
            Kind.W: grids.weights.get(layer, ()),
            Kind.B: grids.biases.get(layer, ()),
            Kind.X: grids.inputs,
            Kind.T: grids.targets or (),
            ETA.kind: grids.rate,
            MU.kind: grids.momentum,
        }[q.kind]


def _says(node: Node, word: str) -> bool:
    return isinstance(node, Scalar) and node.text.strip() == word


def _one_hot(count: int) -> tuple[Choices, ...]:
    return tuple(tuple("1" if k == n else "0" for k in range(count)) for n in range(count))


def _first(node: Node | None, texts: Choices) -> Node | None:
    return _scalar(node, texts[0]) if node and texts else None


def _scalar(at: Node, text: str) -> Scalar:
    return Scalar(at.line, at.column, text)


def _list(at: Node, texts: Sequence[str]) -> Items:
    return Items(at.line, at.column, tuple(_scalar(at, text) for text in texts))


def _pairs(at: Node, **parts: Node) -> Pairs:
    return Pairs(at.line, at.column, tuple((_scalar(at, key), part) for key, part in parts.items()))
