"""Chapters as documents: one alone, or all of them as the course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tutor.course.scene import Scene
from tutor.course.topics import TOPICS, Topic
from tutor.errors import InputError
from tutor.pages.document import Document, Paragraph, Section
from tutor.pages.words import Words
from tutor.problem.naming import Naming
from tutor.problem.problem import Problem
from tutor.problem.shipped import load
from tutor.solving import Solved

Parts = list[tuple[Document, Naming]]
Named = tuple[Section, Naming]


def chapter(name: str, words: Words, problem: Problem | None = None, seed: int = 1) -> Parts:
    """One chapter, with its own numbers or those of another problem.

    Raises InputError where the problem lacks what the chapter shows.
    """
    topic = TOPICS[name]
    scene = _scene(topic, words, problem, seed)
    title = str(words.say(topic.title)[0])
    return _documents(list(_sections(topic, scene)), title, scene)


def course(words: Words, problem: Problem | None = None, seed: int = 1) -> Parts:
    """All chapters; one that a problem does not suit has its own numbers, and says so."""
    title = str(words.say("course_title")[0])
    found: list[Named] = []
    first: Scene | None = None
    for name, topic in TOPICS.items():
        scene, sections = _suited(topic, words, problem, seed)
        first = first or scene
        heading = Section(words.say(topic.title), (), 2, new_page=True, anchor=name)
        found.append((heading, scene.naming))
        found += ((replace(s, level=s.level + 1), naming) for s, naming in sections)
    assert first
    (opening, naming), *others = _documents(found, title, first)
    titles = ((name, str(words.say(topic.title)[0])) for name, topic in TOPICS.items())
    return [(replace(opening, contents=tuple(titles)), naming), *others]


def _suited(
    topic: Topic, words: Words, problem: Problem | None, seed: int
) -> tuple[Scene, list[Named]]:
    scene = _scene(topic, words, problem, seed)
    try:
        return scene, list(_sections(topic, scene))
    except InputError:
        if problem is None:
            raise
    own = _scene(topic, words, None, seed)
    title = own.solved.problem.title
    note = Section((), (Paragraph(words.say("course_other", title=title), caution=True),))
    return own, [(note, own.naming), *_sections(topic, own)]


def _scene(topic: Topic, words: Words, problem: Problem | None, seed: int) -> Scene:
    """Where a chapter's numbers come from; no two chapters ask the same question."""
    own = seed * len(TOPICS) + list(TOPICS.values()).index(topic)
    return Scene(Solved.of(problem or load(topic.problem)), words, own)


def _sections(topic: Topic, scene: Scene) -> Iterator[Named]:
    for part in topic.parts:
        yield from part(scene)


def _documents(found: Sequence[Named], title: str, scene: Scene) -> Parts:
    """A document for each run of sections that name quantities alike, the first with the title."""
    language, source = scene.words.language, str(scene.words.say("course_source")[0])
    runs = groupby(found, key=lambda one: id(one[1]))
    made = [[*run] for _, run in runs]
    return [
        (Document(title, source, language, tuple(section for section, _ in run)), run[0][1])
        for run in made
    ]
