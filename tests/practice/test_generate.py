"""What recipes come to: the same files everywhere, a sentence where it cannot be done."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.cli import main
from tutor.errors import InputError
from tutor.practice.drawing import blocks
from tutor.practice.generate import Generator
from tutor.practice.reading import parse_recipe
from tutor.problem.file import parse
from tutor.solving import Solved

SMALL = "layers: [2, 2, 1]\nloss: half_sse\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["generate", *words])


def sentence(result: Result) -> str:
    """The one line that tells what is wrong."""
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    (line,) = result.output.strip().splitlines()
    return line


def test_the_same_seed_gives_the_same_files_in_another_process(tmp_path: Path) -> None:
    for folder, seed in (("a", "1"), ("b", "77")):
        words = ["generate", "softmax", "--seed", "5", "--count", "3", "-o", str(tmp_path / folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-m", "tutor", *words], env=environment, check=True)
    a, b = ({p.name: p.read_text() for p in (tmp_path / f).iterdir()} for f in "ab")
    assert a == b
    assert sorted(a) == [f"softmax-5-{n}.yaml" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the key layers is missing"),
        ("- a", "this is not a recipe"),
        ("layers: [2, -1]", "these are no layers"),
        ("layers: [2000, 2]", "these are no layers"),
        ("layers: [20, 20, 20]\nloss: half_sse", "more than 100 weights"),
        (SMALL + "activation: sigmiod", "did you mean sigmoid?"),
        (SMALL + "activation: {a: b}", "a mapping stands here"),
        (SMALL + "activation: [tanh]", "1 words where there are 2 layers"),
        (SMALL + "biases: two", "write none, shared or each"),
        (SMALL + "patterns: -1", "a whole number from 1 to 10"),
        (SMALL + "patterns: 10\nlearning_rate: 1\nepochs: 1000", "10000 presentations"),
        (SMALL + "numbers: {weights: 1 to 0 by 0.1}", "this range has no numbers"),
        (SMALL + "numbers: {weights: 0 to 1 by 0}", "this range has no numbers"),
        (SMALL + "numbers: {weights: 0 to 999999999 by 0.000000001}", "at most 10,000"),
        (SMALL + "numbers: {weights: -1 to 1 by 1}", "which steps leave out"),
        (SMALL + "numbers: {weights: []}", "there are no numbers here"),
        (SMALL + "numbers: {weights: {q: 1}}", '"q" is no layer'),
        (SMALL + 'numbers: {weights: "?"}', "this number is not told"),
        (SMALL + "learning_rate: [0.5, 0]", "it must be above 0"),
        (SMALL + "learning_rate: 1\nmomentum: [0.5, 1]", "above 0 and below 1"),
        ("layers: [2, 1]\nloss: bce\nnumbers: {targets: [1, 3]}", "lie from 0 to 1"),
        (
            "layers: [2, 3]\nactivation: softmax\nloss: cce\nnumbers: {targets: 0.3}",
            "one target is 1 and the others are 0",
        ),
        (SMALL + "digits: 0 figures", "does not say how to round"),
        (SMALL + "mistakes: [one-pth]", "did you mean one-path?"),
        (SMALL + "mistakes: [factor-2]\nexcept: [factor-2]", "no mistake that must show"),
        (SMALL + "except: all", "no mistake that must show"),
        ("layers: [2, 1]\nloss: half_sse\nmistakes: [one-path]", "no mistake that must show"),
        (SMALL + "dead: 1", "there are 0 ReLU units"),
        (SMALL + "activation: relu\nnice: true", "nice is for sigmoid and tanh units"),
        (SMALL + "nice: true\nbiases: none", "need biases"),
        (SMALL + "nice: true\npatterns: 2", "the same in each pattern"),
        (SMALL + "ask: [w_h1_x1_new]", "it needs a learning_rate"),
        (SMALL + "question: guess", "is no kind of question"),
        (SMALL + "numbers: {inputs: 0}", "ask for a number that is 0"),
        (SMALL + "numbers: {weights: 50}", "have a saturated unit"),
        (SMALL + "digits: 1 decimals", "too small for the digits"),
    ],
)
def test_a_recipe_that_cannot_be_met_is_told_in_one_sentence(
    text: str, says: str, tmp_path: Path
) -> None:
    recipe = tmp_path / "r.yaml"
    recipe.write_text(text)
    assert says in sentence(run(str(recipe), "-o", str(tmp_path / "out")))
    assert [path.name for path in tmp_path.iterdir()] == ["r.yaml"]


def test_which_mistakes_must_show_does_not_change_what_is_drawn() -> None:
    one = parse_recipe(SMALL)
    for text in ("mistakes: [one-path, error-sign]\n", "except: [one-path]\n"):
        other = parse_recipe(SMALL + text)
        assert one.mistakes != other.mistakes
        assert np.array_equal(next(blocks(one, "seed 1")), next(blocks(other, "seed 1")))


def test_a_set_that_runs_out_of_other_numbers_says_so(tmp_path: Path) -> None:
    few = "numbers: {weights: [0.3, 0.4], biases: [0.2, 0.3], inputs: 0.4, targets: 0.7}\n"
    text = "layers: [1, 1]\nloss: half_sse\nmistakes: [slope-left-out]\nask: [dE/dw_y1_x1]\n"
    (tmp_path / "r.yaml").write_text(text + few)
    out = tmp_path / "out"
    said = sentence(run(str(tmp_path / "r.yaml"), "--count", "30", "-o", str(out)))
    assert "repeat an asked number" in said
    assert not out.exists()


@pytest.mark.parametrize("count", ["-3", "0", "10001"])
def test_a_count_is_1_to_ten_thousand(count: str, tmp_path: Path) -> None:
    said = sentence(run("--count", count, "-o", str(tmp_path / "out")))
    assert "write 1 to 10,000" in said
    assert not any(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "is not empty" in sentence(run("delta-rule", "-o", str(tmp_path)))
    assert "is a file" in sentence(run("delta-rule", "-o", str(tmp_path / "mine.txt")))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def refusing(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("number", "where"),
    [(errno.ENOSPC, "pathlib.Path.write_bytes"), (errno.EACCES, "tempfile.mkdtemp")],
)
def test_a_full_disk_or_a_locked_folder_leaves_nothing_behind(
    number: int, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, refusing(number))
    said = sentence(run("delta-rule", "--count", "3", "-o", str(tmp_path / "out")))
    assert "cannot be written" in said
    assert not any(tmp_path.iterdir())


def test_with_whole_numbers_a_unit_that_never_dies_hides_no_two_mistakes_as_one() -> None:
    text = "layers: [2, 2, 1]\nactivation: [relu, linear]\nloss: half_sse\ndigits: 2 decimals\n"
    generator = Generator(parse_recipe(text + "numbers: {weights: -5 to 5 by 1}"))
    assert not generator.search.inseparable
    assert "slope-left-out" in {manner.id for manner in generator.exercise.manners}
    assert "slope-left-out" not in generator.search.shown


def test_units_that_begin_alike_have_equal_numbers() -> None:
    text = SMALL + "equal: true\ndifficulty: medium\n"
    problem = Generator(parse_recipe(text)).problems(1, 1)[0].problem
    told = {q.key: number for q, number in problem.parameters.items()}
    for one, other in (("w_h1_x1", "w_h2_x1"), ("b_h1", "b_h2"), ("w_y1_h1", "w_y1_h2")):
        assert told[one] == told[other]


WORDS = st.sampled_from(["sigmoid", "tanh", "relu", "leaky_relu", "linear"])
GRIDS = st.sampled_from(["-0.9 to 0.9 by 0.1", "[0.3, -0.7, 2]", "-5 to 5 by 1", "[0, 1]", "0.5"])


@st.composite
def recipes(draw: st.DrawFn) -> str:
    sizes = draw(st.lists(st.integers(1, 2), min_size=2, max_size=3))
    lines = [f"layers: {sizes}", f"activation: {draw(WORDS)}"]
    lines.append(f"loss: {draw(st.sampled_from(['half_sse', 'sse', 'mse', 'bce']))}")
    lines.append(f"digits: {draw(st.sampled_from(['4 figures', '3 decimals', '1 figures']))}")
    lines.append(f"biases: {draw(st.sampled_from(['none', 'each', 'shared']))}")
    lines.append(f"numbers: {{weights: {draw(GRIDS)}, inputs: {draw(GRIDS)}}}")
    for key, said in (("dead", "1"), ("nice", "true"), ("equal", "true"), ("patterns", "2")):
        if draw(st.integers(0, 4)) == 0:
            lines.append(f"{key}: {said}")
    if draw(st.booleans()):
        lines.append(f"learning_rate: {draw(GRIDS)}")
    return "\n".join(lines)


@settings(max_examples=15)
@given(recipes())
def test_any_recipe_ends_in_problems_or_in_a_sentence(text: str) -> None:
    try:
        found = Generator(parse_recipe(text)).problems(1, 2)
    except InputError:
        return
    for one in found:
        assert parse(one.file()) == one.problem
        assert Solved.of(one.problem).asked
    assert len({one.certificate.operations for one in found}) == 1
