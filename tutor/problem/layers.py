"""The layers of a problem file: a network's shape, and its weights and biases as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.errors import Flaw, did_you_mean, quoted
from tutor.problem.matrix import Matrix
from tutor.problem.numbers import number, told
from tutor.problem.reading import Keys, counted, in_order, length, whole
from tutor.problem.yaml_tree import Enough, Items, Node, Notes, Pairs, Scalar
from tutor.symbolic.activations import ACTIVATIONS, SOFTMAX, TRANSFERS, Activation
from tutor.symbolic.network import Bias, Layer, layer_names, unit_names
from tutor.symbolic.quantity import B, Quantity, W


@dataclass(frozen=True, slots=True)
class Limits:
    """How much network a file may hold."""

    layers: int
    weights: int
    lift: str = "no more can be read"


SMALL = Limits(10, 100, "if that is meant, add the line large: true at the top")
LARGE = Limits(100, 2_000)
MOST_UNITS = 1000
KEYS = ("activation", "weights", "biases", "units")

SYNONYMS: Mapping[str, str] = {
    "logistic": "sigmoid",
    "identity": "linear",
    "hyperbolic_tangent": "tanh",
    "rectifier": "relu",
    "leakyrelu": "leaky_relu",
    "lrelu": "leaky_relu",
    "soft_plus": "softplus",
    "soft_max": SOFTMAX,
}
UNREAD = Activation("?")
"""Goes on in the place of one that could not be read."""
_CHOICES = f"one of {', '.join(ACTIVATIONS)}"


class Layers:
    """Everything that ``layers`` says."""

    def __init__(self, notes: Notes, *, turned: bool, limits: Limits) -> None:
        self.notes, self.turned, self.limits = notes, turned, limits
        self.inputs: tuple[str, ...] = ()
        self.layers: list[Layer] = []
        self.parameters: dict[Quantity, str] = {}
        self.places: list[Node] = []
        """where each layer's activation stands"""
        self.weights = 0

    def read(self, node: Node, inputs: Sequence[int], targets: Sequence[int]) -> None:
        """Read the list, the layers nearest to the inputs first.

        ``inputs`` and ``targets`` are how many of them each pattern has. Raises Enough where the
        size of a layer is not to be known.
        """
        items = node.items if isinstance(node, Items) else ()
        if not items:
            self.notes.flaw(node, "there are no layers here", "a list: - activation: sigmoid ...")
            return
        for item in items[self.limits.layers :]:
            raise self._too_many(item, self.limits.layers, "layers")
        layers = [Keys(item, self.notes, "a layer", KEYS) for item in items]
        matrices = [self._matrix(*layer) for layer in zip(items, layers, strict=True)]
        above = [[matrix.senders] if matrix else [] for matrix in matrices[1:]] + [targets]
        self.inputs = unit_names("x", _inputs(matrices[0], inputs))
        rows = zip(layer_names(len(items)), items, layers, matrices, above, strict=True)
        for name, item, keys, matrix, receivers in rows:
            self._layer(item, name, keys, matrix, next(filter(None, receivers), None))
        for place, layer in zip(self.places, self.layers, strict=True):
            self._softmax(place, layer)

    def _too_many(self, node: Node, most: int, noun: str) -> Enough:
        what = f"this network has more than {most} {noun}"
        return self.notes.fatal(Flaw(node.line, node.column, what, self.limits.lift))

    def _matrix(self, layer: Node, keys: Keys) -> Matrix | None:
        weights = keys.node("weights")
        if isinstance(weights, Scalar) and not weights.untold:
            return Matrix.of(weights, turned=self.turned) if number(weights, self.notes) else None
        if weights and length(weights) != 0:
            return Matrix.of(weights, turned=self.turned)
        if isinstance(layer, Pairs):
            instead = 'a row of numbers for each unit, or "?" if the question does not tell them'
            self.notes.flaw(layer, "this layer has no weights", instead)
        return None

    def _layer(
        self, node: Node, name: str, keys: Keys, matrix: Matrix | None, receivers: int | None
    ) -> None:
        """Read one layer. Where nothing in it tells its size, the layer above may."""
        activation, biases = map(keys.node, ("activation", "biases"))
        stated = keys.take("units", whole(1, MOST_UNITS), None)
        functions = activation if isinstance(activation, Items) else None
        elsewhere = stated or length(biases) or length(functions)
        senders = self.layers[-1].units if self.layers else self.inputs
        size = stated or (matrix and matrix.units) or elsewhere
        if matrix and matrix.fits_turned_round(senders, elsewhere):
            matrix.flaw_turned_round(senders, self.notes)
            matrix = replace(matrix, turned=not matrix.turned)
            size = matrix.units
        elif matrix and not size:
            self.notes.flaw(node, "nothing tells the number of units", "add a line like units: 2")
        elif matrix and matrix.units and matrix.units == receivers != size:
            what = f"{counted(size or 0, 'unit')} and {counted(matrix.units, 'row')} do not fit"
            self.notes.flaw(keys.node("units") or node, what, f"write {matrix.units}")
            size = matrix.units
        if not (size := size or receivers):
            raise Enough
        units = unit_names(name, size)
        self.weights += len(units) * len(senders)
        if self.weights > self.limits.weights:
            raise self._too_many(node, self.limits.weights, "weights")
        self.places.append(activation or node)
        transfers = tuple(self._activations(activation, node, units))
        self.layers.append(Layer(name, units, transfers, self._biases(biases, name, units)))
        for j, i, cell in matrix.cells(senders, units, self.notes) if matrix else ():
            self._keep(W(j, i), cell)

    def _keep(self, q: Quantity, node: Node) -> None:
        text = told(node, self.notes)
        if text is not None:
            self.parameters[q] = text

    def _biases(self, node: Node | None, name: str, units: Sequence[str]) -> Bias:
        if node is None or (isinstance(node, Scalar) and node.text == "none"):
            return Bias.NONE
        if isinstance(node, Scalar):
            self._keep(B(name), node)
            return Bias.SHARED
        for j, part in zip(units, in_order(node, units, self.notes), strict=True):
            if part:
                self._keep(B(j), part)
        return Bias.EACH

    def _activations(
        self, node: Node | None, layer: Node, units: Sequence[str]
    ) -> Iterator[Activation]:
        if node is None:
            if isinstance(layer, Pairs):
                self.notes.flaw(layer, "this layer has no activation", _CHOICES)
            yield from [UNREAD] * len(units)
        elif isinstance(node, Items) or _by_unit(node, units):
            for part in in_order(node, units, self.notes, "activation"):
                yield self._activation(part) if part else UNREAD
        else:
            yield from [self._activation(node)] * len(units)

    def _activation(self, node: Node) -> Activation:
        word, parameter = node, None
        if isinstance(node, Pairs) and len(node.pairs) == 1:
            word, parameter = node.pairs[0]
        text = word.text.strip() if isinstance(word, Scalar) and not word.empty else ""
        name = text.casefold().replace(" ", "_").replace("-", "_")
        name = SYNONYMS.get(name, name)
        if name not in ACTIVATIONS:
            what = f"{quoted(text)} is no activation" if text else "an activation is a name"
            self.notes.flaw(word, what, did_you_mean(text, ACTIVATIONS) if text else _CHOICES)
            return UNREAD
        if parameter is None:
            return Activation(name)
        if name == SOFTMAX or TRANSFERS[name].parameter is None:
            self.notes.flaw(parameter, f"{name} has no parameter", f"write just {name}")
            return Activation(name)
        return Activation(name, number(parameter, self.notes))

    def _softmax(self, place: Node, layer: Layer) -> None:
        names = [activation.name for activation in layer.activations]
        if SOFTMAX not in names:
            return
        if layer is not self.layers[-1]:
            self.notes.flaw(place, "softmax stands in a hidden layer", "only the last can have it")
        elif set(names) != {SOFTMAX}:
            self.notes.flaw(place, "softmax stands beside others", "it takes all units of a layer")
        elif len(names) == 1:
            self.notes.flaw(place, "softmax of one unit is always 1", "sigmoid is for one unit")


def _inputs(matrix: Matrix | None, told: Sequence[int]) -> int:
    """How many inputs there are: what the patterns say, and where they differ, the weights too."""
    fed = matrix.senders if matrix else None
    return fed if fed and (fed in told or not told) else next(iter(told), 1)


def _by_unit(node: Node, units: Sequence[str]) -> bool:
    """Whether a mapping names units, and not a function with its parameter."""
    return isinstance(node, Pairs) and all(key.text in units for key, _ in node.pairs)
