"""The marks of a working on its page: one sentence, and what was not earned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.marking.marks import Item, Marks, Why, plain
from tutor.pages.document import Block, Bullets, Math, Paragraph, Section, Sentence
from tutor.pages.escape import printable
from tutor.pages.words import Words
from tutor.symbolic.formula import Named

FEW = 8
"""Unanswered quantities that are named one by one."""


def marks_sentence(marks: Marks, words: Words) -> Sentence:
    """``7-9 of 10 marks, one line to look at.``"""
    return words.say(
        "marks_sentence",
        got=plain(marks.got),
        at_most=plain(marks.at_most) if marks.at_most != marks.got else "",
        of=plain(marks.of),
        unread=[str(n) for n in marks.unread],
    )


def marks_section(marks: Marks, words: Words) -> Section | None:
    """Where marks were lost, and what a teacher has changed; none where nothing was."""
    blocks = tuple(_blocks(marks, words))
    return Section(words.say("marks_title"), blocks, 2, "marks") if blocks else None


def _blocks(marks: Marks, words: Words) -> Iterator[Block]:
    lost = [item for item in marks.items if item.why and item.why not in (Why.MISSING, Why.VAGUE)]
    vague = [item for item in marks.items if item.why is Why.VAGUE]
    if bullets := [*(_deducted(item, words) for item in lost), *_coarse(vague, words)]:
        yield Bullets(tuple(bullets))
    if missing := [_name(item) for item in marks.items if item.why is Why.MISSING]:
        few = missing if len(missing) <= FEW else []
        yield Paragraph(words.say("marks_missing", names=few, count=len(missing)))
    if marks.overrides:
        yield Bullets(
            tuple(
                words.say(
                    "marks_override",
                    line="" if o.line is None else str(o.line),
                    mark=plain(o.mark),
                    reason=printable(o.reason),
                )
                for o in marks.overrides
            )
        )


def _coarse(items: Sequence[Item], words: Words) -> Iterator[Sentence]:
    """The answers whose numbers have too few digits, together."""
    if items:
        numbers = sorted({str(item.because) for item in items}, key=int)
        yield words.say("marks_vague", names=[_name(item) for item in items], numbers=numbers)


def _deducted(item: Item, words: Words) -> Sentence:
    assert item.why
    return words.say(
        f"marks_{item.why.value}",
        q=_name(item),
        method=plain(item.method),
        of_method=plain(item.worth.method),
        accuracy=plain(item.accuracy),
        of_accuracy=plain(item.worth.accuracy),
        line=str(item.because),
    )


def _name(item: Item) -> Math:
    return Math((Named(item.quantity),), item.quantity.at._replace(new=False))
