"""What is said of problem files that cannot be read, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from example import CHAIN, GOOD, PATTERN, RATE, W1, flaws_of

from tutor.errors import InputError
from tutor.problem.file import load

BAD = {
    # what is put in the place of what, where the flaw is, and words of its sentence
    "an unknown key": (RATE, "learnin_rate: 1", "2:1", "did you mean learning_rate?"),
    "an unknown activation": ("sigmoid", "sigmiod", "4:17", "did you mean sigmoid?"),
    "an unknown loss": ("half_sse", "half_see", "1:7", "did you mean half_sse?"),
    "a key of a layer": ("biases: 0.35", "bias: 0.35", "6:5", "did you mean biases?"),
    "a key twice": (RATE, f"{RATE}\nloss: sse", "3:1", "twice, first at 1:1"),
    "a long row": ("0.10, -.20", "1, 2, 3", "5:15", "3 numbers where 2 are wanted"),
    "turned round": (W1, "[[1, 2, 3], [4, 5, 6]]", "5:15", "write rows: from"),
    "turned by name": (W1, "{x1: {h1: 1}, x2: {h1: 2}}", "5:15", "write rows: from"),
    "a lone number": (f"{W1}", "[[1, 2], 3]", "5:23", '"3" stands alone where 2 are'),
    "an unknown unit": (W1, "{h1: [1, 2], h3: [3, 4]}", "5:27", '"h3" is not wanted'),
    "few targets": ("[0.01, 0.99]", "[0.01]", "11:37", "1 number where 2 are wanted"),
    "many biases": ("[0.60, +0.7]", "[1, 2, 3]", "9:13", "one for each of y1, y2"),
    "NaN": ("0.5\n", ".nan\n", "2:16", "is not a number (NaN)"),
    "infinity": ("0.5\n", "-.inf\n", "2:16", "infinity"),
    "a number beyond all": ("0.10", "1e999", "5:16", "too large"),
    "an endless exponent": ("0.10", "1e-99999999999999999999", "5:16", "too small"),
    "a truth value": ("0.10", "true", "5:16", "yes or no, not a number"),
    "a word": ("0.10", "x", "5:16", "not a number; write it like"),
    "a decimal comma": ("0.5\n", "0,5\n", "2:16", "decimal comma; write a point"),
    "another minus": ("0.5\n", "\u22120.5\n", "2:16", "minus"),
    "other digits": ("0.5\n", "\u0661.\u0665\n", "2:16", "digits other than 0 to 9"),
    "a division by zero": ('"1/3"', '"1/0"', "5:30", "divides by zero"),
    "a long number": ("0.10", "0." + "1" * 40, "5:16", "at most 40 characters"),
    "a list for a number": ("0.10", "[1]", "5:16", "a list stands where a number"),
    "a number not told": ("0.10", "?", "5:16", "only where the key given"),
    "no value": (RATE, "learning_rate:", "2:1", "a number is missing"),
    "a rate of 0": (RATE, "learning_rate: 0", "2:16", "must be above 0"),
    "a parameter too many": ("sigmoid", "{relu: 2}", "4:24", "relu has no parameter"),
    "softmax in between": ("sigmoid", "softmax", "4:17", "only the last"),
    "cce without softmax": ("half_sse", "cce", "1:7", "softmax"),
    "epochs": (RATE, f"{RATE}\nepochs: 300", "3:9", "300 presentations; at most 200"),
    "epochs of nothing": (RATE, "epochs: 3", "2:9", "add a learning_rate"),
    "a mean of nothing": (RATE, "reduction: mean", "2:12", "mode: batch"),
    "momentum alone": (RATE, "momentum: 0.9", "2:11", "add a learning_rate"),
    "momentum below 0": (RATE, "momentum: -0.1", "2:11", "must be from 0 to below 1"),
    "momentum of 1": (RATE, "momentum: 1", "2:11", "below 1"),
    "rounding to 4 what": (RATE, "rounding: 4", "2:11", "4 decimals or 4 figures"),
    "a kind to round": (RATE, "rounding: {default: 4dp, nets: 3dp}", "2:26", "mean net?"),
    "show none": (RATE, "show: none", "2:7", "4 decimals or 4 figures"),
    "an unknown notation": (RATE, "notation: mazurr", "2:11", "did you mean mazur?"),
    "no loss": ("loss: half_sse\n", "", "1:1", "the key loss is missing"),
    "no targets": (", targets: [0.01, 0.99]", "", "11:5", "has no targets"),
    "a name of nothing": (RATE, "names: {w1: w_h9_x1}", "2:13", "did you mean"),
    "a name used twice": (RATE, "names: {u: net_h1, net_h2: u}", "2:28", "cannot have one name"),
    "a name taken": (RATE, "names: {net_h1: net_h2}", "2:9", "cannot name net_h2"),
    "two names": (RATE, "names: {u: net_h1, v: net_h1}", "2:20", "has a name here already"),
    "a name with a sign": (RATE, "names: {a+b: net_h1}", "2:9", "no signs of arithmetic"),
    "a name that equates": (RATE, "names: {'a=b': net_h1}", "2:9", "no signs of arithmetic"),
    "a slope by nothing": (RATE, "names: {dE/dw: net_h1}", "2:9", "no signs of arithmetic"),
    "a function's name": (RATE, "names: {exp: net_h1}", "2:9", "a function or a number"),
    "e as a name": (RATE, "names: {e: E}", "2:9", "a function or a number"),
    "a unit's name": (RATE, "names: {h1: net_h1}", "2:9", "only name its output, o_h1"),
    "another's delta": (RATE, "names: {delta_h1: net_h1}", "2:9", "names dE/dnet_h1"),
    "a new value's name": (RATE, "names: {w_h1_x1_new: E}", "2:9", "_new at the end"),
    "one name, two spellings": (
        RATE,
        "names: {\u00e9: net_h1, e\u0301: net_h2}",
        "2:20",
        "cannot have one name",
    ),
    "an unseen name": (RATE, 'names: {"u\\u202e": net_h1}', "2:9", "cannot be seen"),
    "a long name": (RATE, f"names: {{{'u' * 31}: net_h1}}", "2:9", "1 to 30 characters"),
    "an ask of nothing": (RATE, "ask: [net_h1, foo]", "2:15", "names nothing"),
    "an ask without update": (RATE, "ask: w_h1_x1_new", "2:6", "needs a learning_rate"),
    "an ask out of time": (RATE, f"{RATE}\nepochs: 2\nask: 'E[3]'", "4:6", "[1] to [2]"),
    "a given weight": (RATE, "given: {w_h1_x1: 2}", "2:9", "under weights"),
    "a value given twice": (RATE, "given: {net_h1: 2, net h1: 1}", "2:20", "twice"),
    "control characters": (RATE, 'title: "a\\a"', "2:8", "U+0007"),
    "a turn of direction": (RATE, 'title: "a\\u202eb"', "2:8", "U+202E"),
    "an isolate": (RATE, "source: a\u2067b", "2:9", "U+2067"),
    "half a character": (RATE, 'title: "\\ud800"', "2:8", "U+D800"),
    "a long title": (RATE, f"title: {'x' * 501}", "2:8", "at most 500"),
    "an anchor": (RATE, "learning_rate: &a 1", "2:16", "&a"),
    "an alias": (RATE, "learning_rate: *a", "2:16", "*a"),
    "a tag": (RATE, "learning_rate: !!float 1", "2:16", "tag"),
    "a key that is none": (RATE, "? [a]\n: 1", "2:3", "a key must be a word"),
    "a second document": (RATE, "...\n---\na: 1", "3:1", "one problem a file"),
    "a tab": (RATE, "\tlearning_rate: 0.5", "2:1", "tab"),
    "an open list": ("[0.60, +0.7]", "[0.60, +0.7", "10:9", "opens at 9:13"),
    "an open quotation": (RATE, "title: 'x", "2:8", "not closed"),
    "two colons": (RATE, "title: a: b", "2:9", "colon"),
    "a bare ?": (RATE, "learning_rate: ?", "2:16", 'write "?" in quotes'),
    "no character": (RATE, 'title: "\\U00110000"', "2:1", "cannot be read as YAML"),
    "deep brackets": (RATE, "title: " + "[" * 1000, "2:27", "20 deep"),
}
CAUSES = {
    # what is put in the place of what, and the one flaw that is told
    "misspelt weights": (f"weights: {W1}", f"weigths: {W1}", '5:5: a layer has no key "weigths"'),
    "no weights, hidden": (f"    weights: {W1}\n", "", "4:5: this layer has no weights"),
    "no weights, outputs": (
        "    weights: [[0.40, 0.45], [0.50, 0.55]]\n    biases: [0.60, +0.7]\n",
        "",
        "7:5: this layer has no weights",
    ),
    "misspelt inputs": ("inputs:", "inptus:", '11:6: a pattern has no key "inptus"'),
    "a lone input": ("[0.05, 0.10]", "3", '11:14: "3" stands alone where 2 are wanted'),
    "misspelt patterns": ("patterns", "paterns", '10:1: a problem file has no key "paterns"'),
    "misspelt loss": ("loss:", "los:", '1:1: a problem file has no key "los"'),
    "misspelt rate": (RATE, "learningrate: 1\nmomentum: 0.5", "2:1: a problem file has no key"),
    "a question not told once": (W1, '"?"\n    units: 2', "5:14: this number is not told"),
    "a word for weights": (W1, "foo", '5:14: "foo" is not a number'),
    "units against rows": (
        "biases: 0.35",
        "units: 3",
        "6:12: 3 units and 2 rows do not fit; write 2",
    ),
    "an equals sign": ("loss: half", "loss = half", "1:6: an equals sign stands where"),
    "an equals sign below": ("    biases: 0", "    biases = 0", "6:12: an equals sign stands"),
    "an equals sign in a list": ("- activation:", "- activation =", "4:16: an equals sign"),
    "an equals sign in braces": ("{inputs:", "{inputs =", "11:13: an equals sign"),
    "one more in braces": ("[0.05, 0.10], t", "[1, 2], targets = 1, t", "11:22: an equals sign"),
    "no equals sign meant": (RATE, "title: nets, a = 1: x", "2:19: a colon does not fit here"),
}
WIDE = f"layers:\n  - {{activation: relu, weights: [{[1] * 101}]}}\npatterns: []"
WHOLE = {
    "an empty file": ("# nothing\n", "1:1", "empty"),
    "a list": ("- 1", "1:1", "not a problem"),
    "layers of nothing": ("loss: sse\nlayers: 3\npatterns: {inputs: 1}", "2:9", "no layers"),
    "no layers": ("loss: sse", "1:1", "the key layers is missing"),
    "eleven layers": (
        CHAIN,
        "14:5",
        "more than 10 layers; if that is meant, add the line large: true",
    ),
    "many weights": (WIDE, "2:5", "more than 100 weights"),
    "a zero byte": (GOOD + "\0", "12:1", "U+0000"),
    "a long text": ("x" * 200_001, "1:1", "200 kB"),
    "hundreds of flaws": ("".join(f"k{n}: 1\n" for n in range(300)), "100:1", "reading stops"),
}


@pytest.mark.parametrize(("old", "new", "place", "words"), BAD.values(), ids=BAD)
def test_a_flaw_is_told_with_its_place(old: str, new: str, place: str, words: str) -> None:
    assert old in GOOD
    said = flaws_of(GOOD.replace(old, new, 1)).splitlines()
    assert any(line.startswith(f"f:{place}: ") and words in line for line in said), said


@pytest.mark.parametrize(("old", "new", "flaw"), CAUSES.values(), ids=CAUSES)
def test_one_cause_is_told_once(old: str, new: str, flaw: str) -> None:
    assert old in GOOD
    (said,) = flaws_of(GOOD.replace(old, new, 1)).splitlines()
    assert said.startswith(f"f:{flaw}")


def test_a_first_pattern_with_an_input_too_many_is_the_one_to_blame() -> None:
    (said,) = flaws_of(GOOD.replace("[0.05,", "[1, 0.05,") + f"  - {PATTERN}\n").splitlines()
    assert said.startswith("f:11:14: 3 numbers where 2 are wanted")


@pytest.mark.parametrize(("text", "place", "words"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_is_no_problem_is_told_apart(text: str, place: str, words: str) -> None:
    said = flaws_of(text).splitlines()
    assert any(line.startswith(f"f:{place}: ") and words in line for line in said), said


def test_every_flaw_is_told_at_once() -> None:
    text = GOOD.replace("half_sse", "x").replace("0.35", "y").replace("0.99", "z") + "ask: q\n"
    assert [line.split(" ")[0] for line in flaws_of(text).splitlines()] == [
        "f:1:7:",
        "f:6:13:",
        "f:11:44:",
        "f:12:6:",
    ]


def test_files_that_hold_no_text_are_told_apart(tmp_path: Path) -> None:
    contents = {
        "binary": b"loss: \0",
        "UTF-16": "loss: sse".encode("utf-16"),
        "10,000 kB": b"x" * 10_000_000,
        ":2:3: the byte E9": b"a: 1\nb \xe9",
    }
    for words, content in contents.items():
        (tmp_path / "f.yaml").write_bytes(content)
        with pytest.raises(InputError, match=words):
            load(tmp_path / "f.yaml")
    for path, words in ((tmp_path, "folder"), (tmp_path / "no", "no such file"), ("\0", "name")):
        with pytest.raises(InputError, match=words):
            load(path)
