"""The keys of a problem file, and what must hold between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.errors import Flaw
from tutor.numeric.figures import SHOWN
from tutor.numeric.rounding import KIND_NAMES, Rounding
from tutor.problem.layers import LARGE, SMALL, UNREAD, Layers
from tutor.problem.named import Named
from tutor.problem.notation import NOTATIONS
from tutor.problem.numbers import number_in, value
from tutor.problem.occurs import slopes_given
from tutor.problem.patterns import Shown, check_targets, counts, read_patterns
from tutor.problem.problem import Problem
from tutor.problem.reading import Keys, counted, digits, length, one_of, prose, whole, yes_no
from tutor.problem.yaml_tree import Enough, Node, Notes, Pairs, Scalar
from tutor.symbolic.activations import SOFTMAX
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.network import Network

KEYS = (
    *("title", "source", "loss", "learning_rate", "layers", "patterns", "rows", "mode"),
    *("reduction", "epochs", "momentum", "update_biases", "rounding", "show", "notation"),
    *("names", "ask", "marks", "given", "large"),
)
NODES = ("layers", "patterns", "names", "given", "ask", "marks")
"""Keys that are read once the network is known, or make it."""
MOST_EPOCHS = 1000
MOST_PRESENTATIONS = 200
MODES = {"stochastic": False, "batch": True}
REDUCTIONS = {"sum": False, "mean": True}
ROWS = {"to": False, "from": True}
OR_SLOPES = ", or state the slopes at the outputs under given"


def read_problem(root: Node | None, notes: Notes) -> Problem:
    """The problem that a tree holds; worthless where a flaw has been noted.

    Raises Enough where it does not make sense to read on.
    """
    if root is None:
        instead = "`backprop new 2-2-1` writes a problem to fill in"
        raise notes.fatal(Flaw(1, 1, "this file is empty", instead))
    if not isinstance(root, Pairs):
        instead = "lines like loss: half_sse, as problems/README.md shows"
        raise notes.fatal(Flaw(root.line, root.column, "this is not a problem", instead))
    return _Reading(root, notes).problem()


class _Reading:
    def __init__(self, root: Pairs, notes: Notes) -> None:
        self.root, self.notes = root, notes
        self.keys = Keys(root, notes, "a problem file", KEYS)

    def problem(self) -> Problem:
        problem = self._settings()
        loss = self.keys.take("loss", one_of({name: name for name in LOSSES}, "loss"), None)
        large = self.keys.take("large", yes_no, False)
        turned = self.keys.take("rows", one_of(ROWS, "order of rows"), False)
        nodes = [self.keys.node(key) for key in NODES]
        layers_at, patterns_at, *named = nodes
        self._missing(layers=layers_at, patterns=patterns_at)
        limits = LARGE if large else SMALL
        layers = Layers(self.notes, turned=turned, limits=limits)
        if layers_at:
            layers.read(layers_at, counts(patterns_at, "inputs"), counts(patterns_at, "targets"))
        if not layers.layers:
            raise Enough
        network = Network(layers.inputs, tuple(layers.layers), loss)
        shown = list(read_patterns(patterns_at, network, self.notes))
        problem = replace(
            problem,
            network=network,
            parameters=layers.parameters,
            patterns=tuple(one.pattern for one in shown),
        )
        self._check_loss(network, layers.places[-1], shown)
        self._check_schedule(problem)
        problem = Named(problem, self.notes).read(*named)
        if not length(named[1]):
            self._refuse_untold()
        if len(problem.given) < (length(named[1]) or 0):
            return problem
        return self._check_ends(problem, shown)

    def _settings(self) -> Problem:
        """The keys that stand for themselves."""
        take = self.keys.take
        rate = number_in("above 0", lambda x: x > 0)
        momentum = take("momentum", number_in("from 0 to below 1", lambda x: 0 <= x < 1), None)
        return Problem(
            network=Network((), ()),
            parameters={},
            patterns=(),
            title=take("title", prose, ""),
            source=take("source", prose, ""),
            learning_rate=take("learning_rate", rate, None),
            momentum=momentum if momentum and value(momentum) else None,
            batch=take("mode", one_of(MODES, "mode"), False),
            mean=take("reduction", one_of(REDUCTIONS, "reduction"), False),
            epochs=take("epochs", whole(1, MOST_EPOCHS), None) or 1,
            update_biases=take("update_biases", yes_no, True),
            rounding=take("rounding", _rounding, None),
            show=take("show", digits, SHOWN),
            notation=take("notation", one_of({n: n for n in NOTATIONS}, "notation"), "slides"),
        )

    def _missing(self, **nodes: Node | None) -> None:
        for key, node in nodes.items():
            if node is None:
                instead = "problems/README.md shows a whole file"
                self.notes.flaw(self.root, f"the key {key} is missing", instead)

    def _check_loss(self, network: Network, softmax_at: Node, shown: Sequence[Shown]) -> None:
        """Losses that want certain outputs or targets."""
        loss, loss_at = network.loss_name, self.keys.node("loss")
        names = {activation.name for activation in network.layers[-1].activations}
        if loss_at and loss == "cce" and not names & {SOFTMAX, UNREAD.name}:
            instead = "its last layer has activation: softmax; or is bce meant?"
            self.notes.flaw(loss_at, "cce is for softmax outputs", instead)
        if loss and loss != "cce" and SOFTMAX in names:
            self.notes.flaw(softmax_at, "softmax outputs go with another loss", "write loss: cce")
        check_targets(shown, loss, self.notes)

    def _check_schedule(self, problem: Problem) -> None:
        patterns, epochs = len(problem.patterns), problem.epochs
        checks = (
            (
                "reduction",
                problem.mean and not problem.batch,
                "the mean is taken over a batch",
                "add mode: batch",
            ),
            (
                "momentum",
                problem.momentum and "learning_rate" not in self.keys.pairs,
                "momentum acts on updates",
                "add a learning_rate",
            ),
            (
                "epochs",
                epochs > 1 and "learning_rate" not in self.keys.pairs,
                "nothing is learned, so every epoch would be the same",
                "add a learning_rate, or leave epochs out",
            ),
            (
                "epochs" if epochs > 1 else "patterns",
                patterns * epochs > MOST_PRESENTATIONS,
                f"{counted(patterns, 'pattern')} in {counted(epochs, 'epoch')} are "
                f"{patterns * epochs} presentations",
                f"at most {MOST_PRESENTATIONS}",
            ),
        )
        for key, wrong, what, instead in checks:
            if wrong and (node := self.keys.node(key)):
                self.notes.flaw(node, what, instead)

    def _refuse_untold(self) -> None:
        for node in {(node.line, node.column): node for node in self.notes.untold}.values():
            instead = "write it; only where the key given states other values can it stay open"
            self.notes.flaw(node, "this number is not told", instead)

    def _check_ends(self, problem: Problem, shown: Sequence[Shown]) -> Problem:
        """Where the slopes at the outputs are given, a loss and targets may be left out."""
        targets = [one.targets_at for one in shown]
        if slopes_given(problem):
            if any(targets) and not all(targets):
                self._no_targets(shown)
            if not any(targets):
                return replace(problem, network=replace(problem.network, loss_name=None))
        else:
            self._no_targets(shown)
            if "loss" not in self.keys.pairs:
                self.notes.flaw(
                    self.root, "the key loss is missing", f"one of {', '.join(LOSSES)}{OR_SLOPES}"
                )
        return problem

    def _no_targets(self, shown: Sequence[Shown]) -> None:
        for one in shown:
            if isinstance(one.at, Pairs) and not one.targets_at:
                self.notes.flaw(
                    one.at, "this pattern has no targets", f"for example targets: [1]{OR_SLOPES}"
                )


def _rounding(node: Node, notes: Notes) -> Rounding | None:
    """none, one rule, or rules by kind of quantity."""
    if isinstance(node, Scalar):
        if node.text.strip() == "none":
            return None
        default = digits(node, notes)
        return Rounding(default) if default else None
    kinds = dict.fromkeys(KIND_NAMES.values())
    keys = Keys(node, notes, "rounding", ("default", *kinds))
    default = keys.take("default", digits, None)
    rules = tuple((kind, rule) for kind in kinds if (rule := keys.take(kind, digits, None)))
    if isinstance(node, Pairs) and "default" not in keys.pairs:
        notes.flaw(node, "nothing says how all else is rounded", "add default: 4 decimals")
    return Rounding(default, rules) if default else None
