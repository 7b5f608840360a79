"""The names of everything that an exercise computes."""

from enum import StrEnum, unique
from typing import NamedTuple


@unique
class Kind(StrEnum):
    """What a quantity is; the value is its key, with the units it belongs to in braces."""

    X = "{0}"
    T = "t_{0}"
    W = "w_{0}_{1}"
    B = "b_{0}"
    ETA = "eta"
    MU = "mu"
    NET = "net_{0}"
    EXP = "exp_{0}"
    EXPSUM = "expsum_{0}"
    O = "o_{0}"
    SHARE = "E_{0}"
    E = "E"
    DE_DO = "dE/do_{0}"
    PATH = "dE/do_{0}@{1}"
    LOCAL = "do_{0}/dnet_{1}"
    DE_DNET = "dE/dnet_{0}"
    GRAD = "dE/d{parameter}"
    CHANGE = "change_{parameter}"
    SLOPE = "d{0}/d{1}"
    OWN = "own {0}"


class At(NamedTuple):
    """When a quantity holds: pattern p of update s, and whether with that update's new weights.

    Zeros mean "the only one"; pattern 0 beside an update is the total over a batch. A page may
    leave out an update that its place makes plain, and name the pattern alone.
    """

    update: int = 0
    pattern: int = 0
    new: bool = False

    def __str__(self) -> str:
        new = "_new" if self.new else ""
        if not any(self[:2]):
            return new
        pattern = f".{self.pattern}" if self.pattern else ""
        return f"{new}[{self.update or ''}{pattern}]"


ALWAYS = At()


PARAMETERS = (Kind.W, Kind.B)
"""What learning changes."""


class Quantity(NamedTuple):
    """One number of the exercise, such as net_h1. A weight's units are (to, from)."""

    kind: Kind
    units: tuple[str, ...] = ()
    at: At = ALWAYS

    @property
    def key(self) -> str:
        """The canonical name, for files and JSON: ``dE/dw_h1_x1[2]``."""
        return self.name + str(self.at)

    @property
    def name(self) -> str:
        """The canonical name without the mark of its update."""
        if self.kind is Kind.LOCAL and self.units[0] == self.units[1]:
            return f"f'(net_{self.units[0]})"
        if self.kind is Kind.OWN:
            return self.units[0]
        if self.kind in (Kind.GRAD, Kind.CHANGE):
            return self.kind.value.format(parameter=parameter(self.units).name)
        return self.kind.value.format(*self.units)

    def marked(self, at: At) -> "Quantity":
        """The same quantity in another update."""
        return Quantity(self.kind, self.units, at)


def parameter(units: tuple[str, ...], at: At = ALWAYS) -> Quantity:
    """The weight (to, from), or the bias (unit or layer,)."""
    return Quantity(Kind.W if len(units) == 2 else Kind.B, units, at)


def X(i: str) -> Quantity:
    """The input x_i."""
    return Quantity(Kind.X, (i,))


def T(j: str) -> Quantity:
    """The target of output j."""
    return Quantity(Kind.T, (j,))


def NET(j: str) -> Quantity:
    """The net input of unit j."""
    return Quantity(Kind.NET, (j,))


def O(j: str) -> Quantity:
    """The output of unit j."""
    return Quantity(Kind.O, (j,))


def W(j: str, i: str) -> Quantity:
    """The weight to j from i."""
    return Quantity(Kind.W, (j, i))


def B(j: str) -> Quantity:
    """The bias of unit j, or of all units of a layer."""
    return Quantity(Kind.B, (j,))


def DE_DO(j: str) -> Quantity:
    """dE/do_j."""
    return Quantity(Kind.DE_DO, (j,))


def DE_DNET(j: str) -> Quantity:
    """dE/dnet_j."""
    return Quantity(Kind.DE_DNET, (j,))


def LOCAL(k: str, j: str) -> Quantity:
    """do_k/dnet_j; with k = j it is f'(net_j)."""
    return Quantity(Kind.LOCAL, (k, j))


ETA = Quantity(Kind.ETA)
MU = Quantity(Kind.MU)
E = Quantity(Kind.E)
