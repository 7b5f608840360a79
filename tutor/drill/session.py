"""A session as a machine: a state and a typed line give what is said and the next state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from tutor.drill import supply
from tutor.drill.desk import Answer, Desk
from tutor.drill.plan import Question
from tutor.drill.state import How, Kept, Phase, Request, State
from tutor.drill.typed import LONGEST, name_in, pieces
from tutor.drill.voice import ROLE, Said, Voice, together
from tutor.errors import InputError
from tutor.marking.printed import printed
from tutor.marking.slips import SLIPS
from tutor.marking.verdict import Kind
from tutor.pages.document import Paragraph
from tutor.pages.words import Words
from tutor.problem.naming import Naming
from tutor.symbolic.quantity import ALWAYS, Quantity

MOST_TRIES = 2
"""Wrong answers to one question, after which the worked line is offered."""
LEVELS = 3
"""Hints for one question."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and where the session stands then."""

    said: tuple[Said, ...]
    naming: Naming
    state: State | None
    """none where nothing is left to go on with"""
    over: bool = False

    def after(self, key: str, words: Words, **values: str) -> Reply:
        """The same after another sentence."""
        return replace(self, said=(Paragraph(words.say(key, ALWAYS, **values)), *self.said))


class Session:
    """What answers a student."""

    def __init__(self, request: Request, words: Words) -> None:
        """The request is settled."""
        self.request, self.words = request, words
        self.desk: Callable[[str], Desk] = lru_cache(maxsize=2)(Desk)

    def start(self, kept: State | None = None) -> Reply:
        """The first words: an offer to go on, or a problem. Raises InputError where there is none.

        Raises InputError also where what was kept cannot be gone on with.
        """
        if kept is None or kept.phase is not Phase.ASK:
            return self._begin(self.request, 1)
        desk = self.desk(kept.text)
        known = all(one.key in desk.asked for one in (*kept.page, *kept.tries))
        if not known or kept.place >= len(desk.questions) or not self._waits(kept):
            raise InputError("state", "this is no state of its problem")
        state = replace(kept, phase=Phase.OFFER)
        return self._reply(state, self._voice(state).offer(state.place))

    def answer(self, state: State, line: str) -> Reply:
        """What is said to a typed line."""
        text = " ".join(line.split())
        word = WORDS.get(text.casefold())
        if word == "q":
            return self._leave(state)
        return ANSWERS[state.phase](self, state, text, word)

    def _leave(self, state: State) -> Reply:
        voice = self._voice(state)
        if state.phase is Phase.ANOTHER:
            return Reply((), voice.naming, None, over=True)
        kept = replace(state, phase=Phase.ASK)
        return Reply((), voice.naming, kept, over=True)

    # Problems

    def _begin(self, request: Request, number: int) -> Reply:
        made = supply.problem(request, number)
        state = State(request, number, made.file())
        return self._reply(state, (*self._introduced(state), *self._question(state)))

    def _introduced(self, state: State) -> Iterator[Said]:
        voice, request = self._voice(state), state.request
        yield from voice.problem()
        if request.mistake:
            with suppress(InputError):  # the recipe of a kept session may be gone
                yield from voice.made_for(request.mistake, supply.shown(request))
        yield from voice.one("drill_how")
        facts = {"recipe": request.recipe, "seed": str(request.seed), "number": str(state.number)}
        yield from voice.one("drill_seed", **facts)

    def _offered(self, state: State, text: str, word: str | None) -> Reply:
        if text.casefold() in ("n", "no", "new"):
            return self._begin(self.request, 1)
        if text:
            return self._reply(state, self._voice(state).offer(state.place))
        again = replace(state, phase=Phase.ASK)
        voice = self._voice(again)
        said = [*self._introduced(again), *voice.so_far(again.page), *self._question(again)]
        return self._reply(again, said)

    def _another(self, state: State, text: str, word: str | None) -> Reply:
        voice = self._voice(state)
        if text:
            return self._reply(state, voice.one("drill_another"))
        try:
            return self._begin(state.request, state.number + 1)
        except InputError as error:
            said = voice.one("drill_no_more", why=str(error))
            return Reply(said, voice.naming, None, over=True)

    # Questions

    def _asked(self, state: State, text: str, word: str | None) -> Reply:
        if word:
            return TOLD[word](self, state)
        if not text:
            return self._ask(state)
        if len(text) > LONGEST:
            return self._ask(state, *self._voice(state).one("drill_too_long"))
        question = self._open(state)
        if question.weight:
            return self._role(state, text)
        return self._numbers(state, text)

    def _open(self, state: State) -> Question:
        return self.desk(state.text).questions[state.place]

    def _missing(self, state: State) -> tuple[Quantity, ...]:
        """The numbers of the open question that are not on the page."""
        known = {kept.key for kept in state.page}
        return tuple(q for q in self._open(state).quantities if q.key not in known)

    def _waits(self, state: State) -> bool:
        """Whether the open question has no answer yet."""
        return bool(self._open(state).weight or self._missing(state))

    def _question(self, state: State) -> tuple[Said, ...]:
        voice, question = self._voice(state), self._open(state)
        if question.weight:
            return voice.role(state.place, question.weight)
        return voice.values(state.place, self._missing(state))

    def _ask(self, state: State, *said: Said) -> Reply:
        return self._reply(state, (*said, *self._question(state)))

    def _on(self, state: State, *said: Said) -> Reply:
        """To the next question with something open, or to the end."""
        questions = self.desk(state.text).questions
        state = replace(state, place=state.place + 1, tries=(), wrong=0, hints=0)
        while state.place < len(questions) and not self._waits(state):
            state = replace(state, place=state.place + 1)
        return self._ask(state, *said) if state.place < len(questions) else self._end(state, said)

    def _filled(self, state: State, *said: Said) -> Reply:
        """On, where nothing of the question is open any more."""
        return self._ask(state, *said) if self._missing(state) else self._on(state, *said)

    def _end(self, state: State, said: tuple[Said, ...]) -> Reply:
        voice = self._voice(state)
        told = (*said, *voice.ending(state))
        if state.request.count and state.number >= state.request.count:
            return Reply(told, voice.naming, None, over=True)
        state = replace(state, phase=Phase.ANOTHER)
        return self._reply(state, (*told, *voice.one("drill_another")))

    # Answers

    def _role(self, state: State, text: str) -> Reply:
        voice, weight = self._voice(state), self._open(state).weight
        assert weight
        output = weight.units[0] in voice.desk.solved.problem.network.outputs
        words = tuple(word.strip(",.!?") for word in text.casefold().split())
        found = [role for role in ROLES if any(word and role.startswith(word) for word in words)]
        if len(found) != 1:
            return self._ask(state, *voice.one("drill_which"))
        if found == [ROLES[not output]]:
            return self._on(state, *together((*voice.one("drill_right"), *voice.told_role(weight))))
        said = together((*voice.one("drill_wrong", q=""), *voice.told_role(weight)))
        return self._on(_missed_role(state), *said)

    def _numbers(self, state: State, text: str) -> Reply:
        said: list[Said] = []
        desk, voice = self.desk(state.text), self._voice(state)
        typed = pieces(text)
        wrong = False
        tried: set[Quantity] = set()
        for piece in typed:
            left = [q for q in self._missing(state) if q not in tried]
            if not left and not name_in(piece):
                said += voice.one("drill_too_many", text=piece)
                continue
            found = desk.answers(state.page, piece, left[0] if left else None)
            if not found:
                said += voice.one("drill_not_read")
            for answer in found:
                bare = answer.verdict.quantity in left[:1] and printed(piece) is not None
                alone = bare and len(typed) == 1
                said += voice.marked(answer, state.page, alone=alone)
                before, state = state, self._marked(state, answer)
                wrong = wrong or state.wrong > before.wrong
                if answer.verdict.quantity:
                    tried.add(answer.verdict.quantity)
        if wrong:
            said += voice.one("drill_offer_show" if state.wrong >= MOST_TRIES else "drill_again")
        return self._filled(state, *together(said))

    def _marked(self, state: State, answer: Answer) -> State:
        """The state with what an answer has changed."""
        desk, verdict, kept = self.desk(state.text), answer.verdict, answer.kept
        if kept is None or kept.key not in desk.asked or desk.coarse(answer):
            return state
        if answer.right:
            page = (*(one for one in state.page if one.key != kept.key), kept)
            tries = _without(state.tries, kept.key)
            return replace(state, page=page, tries=tries, wrong=0, hints=0)
        if verdict.quantity not in self._missing(state):
            return state
        known = [cause.ids for cause in verdict.causes if cause.id not in SLIPS]
        (ids,) = known if len(known) == 1 else ((),)
        return replace(
            state,
            tries=(*_without(state.tries, kept.key), kept),
            wrong=state.wrong + 1,
            missed=_added(state.missed, kept.key),
            mistakes=_added(state.mistakes, *ids),
        )

    # Words

    def _hint(self, state: State) -> Reply:
        voice, question = self._voice(state), self._open(state)
        level = min(LEVELS, state.hints + 1)
        state = replace(state, hints=level)
        if question.weight:
            return self._ask(state, *voice.role_hint(question.weight))
        q = self._missing(state)[0]
        last = next((one for one in state.tries if one.key == q.key), None)
        answers = voice.desk.answers(state.page, last.line, q) if last else []
        wrong = next((one for one in answers if one.verdict.kind is Kind.WRONG), None)
        return self._ask(state, *voice.hint(q, level, wrong))

    def _show(self, state: State) -> Reply:
        voice, question = self._voice(state), self._open(state)
        if question.weight:
            return self._on(_missed_role(state), *voice.told_role(question.weight))
        q = self._missing(state)[0]
        own = any(one.how in (How.CARRIED, How.OWN) for one in state.page)
        said, kept = voice.shown_own(q, state.page) if own else voice.shown(q)
        if kept is None:
            return self._ask(state, *said)
        state = replace(
            state,
            page=(*state.page, kept),
            tries=_without(state.tries, q.key),
            missed=_added(state.missed, q.key),
            wrong=0,
            hints=0,
        )
        return self._filled(state, *said)

    def _skip(self, state: State) -> Reply:
        voice = self._voice(state)
        if self._open(state).weight:
            return self._on(_missed_role(state))
        missed = _added(state.missed, *(q.key for q in self._missing(state)))
        said = voice.kept_own(state.tries)
        return self._on(replace(state, page=(*state.page, *state.tries), missed=missed), *said)

    def _back(self, state: State) -> Reply:
        """To the question before, or to the begin of this one where some of it is answered."""
        begun = self._open(state).quantities != self._missing(state)
        if not state.place and not begun:
            return self._ask(state, *self._voice(state).one("drill_first"))
        state = replace(state, place=state.place - (not begun), tries=(), wrong=0, hints=0)
        dropped = {q.key for q in self._open(state).quantities}
        page = tuple(one for one in state.page if one.key not in dropped)
        return self._ask(replace(state, page=page))

    def _help(self, state: State) -> Reply:
        return self._ask(state, *self._voice(state).help())

    def _voice(self, state: State) -> Voice:
        return Voice(self.desk(state.text), self.words)

    def _reply(self, state: State, said: tuple[Said, ...] | list[Said]) -> Reply:
        return Reply(tuple(said), self._voice(state).naming, state)


ROLES = ("output", "hidden")
ANSWERS: Mapping[Phase, Callable[[Session, State, str, str | None], Reply]] = {
    Phase.OFFER: Session._offered,
    Phase.ASK: Session._asked,
    Phase.ANOTHER: Session._another,
}
TOLD: Mapping[str, Callable[[Session, State], Reply]] = {
    "hint": Session._hint,
    "show": Session._show,
    "skip": Session._skip,
    "back": Session._back,
    "help": Session._help,
}
WORDS = {word: word for word in (*TOLD, "q")} | {"quit": "q", "exit": "q", "?": "help"}


def _without(kept: tuple[Kept, ...], key: str) -> tuple[Kept, ...]:
    return tuple(one for one in kept if one.key != key)


def _added(keys: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*keys, *more)))


def _missed_role(state: State) -> State:
    return replace(state, missed=_added(state.missed, ROLE))
