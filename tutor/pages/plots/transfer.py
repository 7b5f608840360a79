"""Every transfer function, with a point that can be moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.pages.document import Album, Live, Paragraph, Section, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model, places
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import asked_first, cell
from tutor.pages.plots.curves import flat, picture
from tutor.plots.landscape import Landscape
from tutor.plots.saturation import Transferred, every_other
from tutor.plots.single import UNIT, one_unit
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.quantity import LOCAL, O


def sections(solved: Solved, known: Sequence[Transferred], say: Say) -> Iterator[Section]:
    """Each of them, to be chosen; those that are known already last."""
    curves = every_other(known)
    naming = solved.naming
    leaves = tuple(
        (
            say("saturation_named", name=curve.activation.name),
            (picture(naming, curve, False, say),),
        )
        for curve in curves
    )
    lands = [one_unit(curve.activation) for curve in curves]
    models = f"[{','.join(map(model, lands))}]"
    live = Live("transfer", (Album(leaves),), models, _data(naming, curves, lands, say))
    rows = [
        (
            say("saturation_named", name=curve.activation.name),
            cell(curve.largest),
            say("saturation_flat", parts=flat(curve)),
        )
        for curve in curves
    ]
    head = tuple(say(f"saturation_of_{key}") for key in ("function", "largest", "flat"))
    first = curves[0]
    yield from asked_first(
        say("saturation_every_title"),
        say("saturation_every_question", name=first.activation.name),
        (live,),
        (Paragraph(say("saturation_every_answer")),),
        say,
        (Table(say("saturation_every_caption"), head, tuple(rows)),),
        "transfer-functions",
    )


def _data(
    naming: Naming, curves: Sequence[Transferred], lands: Sequence[Landscape], say: Say
) -> str:
    """What the script needs: where f and f' are among a model's values, and the words."""
    order = [places(land) for land in lands]
    keys = ("plot_choose_function", "saturation_move", "saturation_output", "saturation_slope")
    choose, move, output, slope = (plain_sentence(naming, say(key)) for key in keys)
    names = [
        plain_sentence(naming, say("saturation_named", name=curve.activation.name))
        for curve in curves
    ]
    return harmless(
        {
            "names": names,
            "places": [[one[O(UNIT)], one[LOCAL(UNIT, UNIT)]] for one in order],
            "choose": choose,
            "move": move,
            "output": output,
            "slope": slope,
        }
    )
