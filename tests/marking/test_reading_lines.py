"""A working cut into lines, claims and entries."""

from __future__ import annotations

import pytest

from tutor.marking.claim import LineKind
from tutor.marking.lines import LONGEST_LINE, MOST_CLAIMS, MOST_LINES, read_lines

CLAIMS = {
    "net = w*x = 0.2": ["1 net | w*x | 0.2"],
    "net_h1: 0.3775": ["1 net_h1 | 0.3775"],
    "net_h1: 0.1*0.2 + 0.3 = 0.32": ["1 net_h1 | 0.1*0.2 + 0.3 | 0.32"],
    "Hidden layer: net_h1 = 0.32": ["1 net_h1 | 0.32"],
    "o1 = 0.5; o2 = 0.6": ["1 o1 | 0.5", "1 o2 | 0.6"],
    "o1 = 0.5, o2 = 0.6 and o3 = 0,7": ["1 o1 | 0.5", "1 o2 | 0.6", "1 o3 | 0.7"],
    "o1 = max(0, 0.5), rounded": ["1 o1 | max(0, 0.5)"],
    "1. o1 = 0.5": ["1 o1 | 0.5"],
    "12) o1 = 0.5": ["1 o1 | 0.5"],
    "(3) o1 = 0.5": ["1 o1 | 0.5"],
    "a) o1 = 0.5": ["1 o1 | 0.5"],
    "- o1 = 0.5": ["1 o1 | 0.5"],
    "* o1 = 0.5": ["1 o1 | 0.5"],
    "• o1 = 0.5": ["1 o1 | 0.5"],
    "→ o1 = 0.5": ["1 o1 | 0.5"],
    "-0.5 = x": ["1 -0.5 | x"],
    "(3) + 2 = 5": ["1 (3) + 2 | 5"],
    "**o1 = 0.5**": ["1 o1 | 0.5"],
    "x**2 + y**2 = 5": ["1 x**2 + y**2 | 5"],
    "o1 = 0.5 # rounded": ["1 o1 | 0.5"],
    "o1 = 0.5 // rounded": ["1 o1 | 0.5"],
    "o1 = 0.5 (4 decimals).": ["1 o1 | 0.5"],
    "o1 = 0.5. ✓": ["1 o1 | 0.5"],
    "o1 = 0.5 (half of it).": ["1 o1 | 0.5"],
    "o1 = 0.5 (resp.)": ["1 o1 | 0.5"],
    "o1 = 0.5 (new)": ["1 o1 | 0.5"],
    "o1 = 0 (dead unit, g' = 0)": ["1 o1 | 0"],
    "o1 = 1.2249 [from w7, w8]": ["1 o1 | 1.2249"],
    "o1 = 0.5 (out h1)": ["1 o1 | 0.5 (out h1)"],
    "o1 = 0.5 (η δ)": ["1 o1 | 0.5 (eta delta)"],
    "o1 = 0.5 (tanh net)": ["1 o1 | 0.5 (tanh net)"],
    "o1 = 0.5 (w_a w_b)": ["1 o1 | 0.5 (w_a w_b)"],
    "So we get o1 = 0.5.": ["1 o1 | 0.5"],
    "The output is o1 = 0.5": ["1 o1 | 0.5"],
    "1 − h² = 0.75": ["1 1 - h^2 | 0.75"],
    "h1: net = 0.3775, o = 0.5933": ["1 net h1 | 0.3775", "1 o h1 | 0.5933"],
    "net = 0.1\n    = 0.2\n = 0.3": ["1 net | 0.1 | 0.2 | 0.3 @1,1,2,3"],
    "net = 0.1\n⇒ 0.2": ["1 net | 0.1 | 0.2 @1,1,2"],
    "net =\n0.1 + 0.2 = 0.3": ["1 net | 0.1 + 0.2 | 0.3 @1,2,2"],
    "net = 0.1 + \\\n0.2 = 0.3": ["1 net | 0.1 +  0.2 | 0.3 @1,1,2"],
    "net = 0.1 +\n0.2 = 0.3": ["1 net | 0.1 + 0.2 | 0.3 @1,1,2"],
    "net = 0.1\n + 0.2 = 0.3": ["1 net | 0.1  + 0.2 | 0.3 @1,1,2"],
    "=====\n1. o = 0.5": ["2 o | 0.5"],
    "∂E/∂w₅ ≈ 0,0822": ["1 dE/dw_5 | 0.0822"],
    "net_h1: 0,3775": ["1 net_h1 | 0.3775"],
    "w5: 0.4 → 0.3589": ["1 w5 | 0.3589"],
    "new w5-w6: .3 .4": ["1 new w5 | .3", "1 new w6 | .4"],
    "net_h1..net_h2 = [0.1, 0.2]": ["1 net_h1 | 0.1", "1 net_h2 | 0.2"],
    "w5-w8 = 0.3": ["1 w5-w8 | 0.3"],
    "w5-w8 = 0.3, 0.4": ["1 w5-w8 (0,) of (2,) | 0.3", "1 w5-w8 (1,) of (2,) | 0.4"],
    "o = 0.7792 -> 0.7729 (typo)": ["1 o | 0.7729"],
    "w5 = 0.4 => 0.3589": ["1 w5 | 0.3589"],
    r"w5 = 0.4 \Rightarrow 0.3589": ["1 w5 | 0.3589"],
    "w5 -> 0.3589": ["1 w5 | 0.3589"],
    "dE/dw5 ~ 0.08": ["1 dE/dw5 | 0.08"],
    "o1 = f(0.4) => 0.6": ["1 o1 | f(0.4) | 0.6"],
    "w5 = 0.3589 <- new": ["1 w5 | 0.3589"],
    "1) a = 0.3 2) b = 0.4": ["1 a | 0.3", "1 b | 0.4"],
    "For h1: net = 0.3775": ["1 net h1 | 0.3775"],
    "Step 1. net_h1 = 0.3775": ["1 net_h1 | 0.3775"],
    "Therefore the new weight w5 is 0.3589": ["1 the new weight w5 | 0.3589"],
    "The output of o1 is 0.75, which is much.": ["1 The output of o1 | 0.75"],
    "o1 is 0.5 and o2 is now 0,6": ["1 o1 | 0.5", "1 o2 | 0.6"],
    "w5 becomes 0.36": ["1 w5 new | 0.36"],
    "net is 2*0.3 = 0.6": ["1 net | 2*0.3 | 0.6"],
    "the derivative of E with respect to w5 is 0.08": ["1 dE/dw5 | 0.08"],
    "The gradient with respect to w5 is 0.08": ["1 dE/dw5 | 0.08"],
    "Ableitung nach w5: 0,08": ["1 dE/dw5 | 0.08"],
    "The error is 0.3 smaller than before": [],
    "the network is 2-2-2": [],
    "a, b = (0.1, 0.2)": ["1 a | 0.1", "1 b | 0.2"],
    "w_1, w_2 = 0.1": ["1 w_1 | 0.1", "1 w_2 | 0.1"],
    "Then, w_2 = 0.1": ["1 w_2 | 0.1"],
    "a, b = 0.1*2, 0.3 = 0.2, 0.3": ["1 a | 0.1*2 | 0.2", "1 b | 0.3 | 0.3"],
    "o1 = 0.4 no: 0.5": ["1 o1 | 0.5"],
    "o1 = 0.4 (sorry, 0.5).": ["1 o1 | 0.5"],
    "o1 = 0.4 -> oops! 0.5, o2 = 0.6": ["1 o1 | 0.5", "1 o2 | 0.6"],
    "o1 = 0.1 + 0.3 = 0.4, no, 0.2 + 0.3 = 0.5": ["1 o1 | 0.2 + 0.3 | 0.5"],
    "o1 = 0.4 no: o1 = 0.5": ["1 o1 | 0.5"],
    "o1 = 0.4 oops o2 = 0.6": ["1 o1 | 0.4", "1 o2 | 0.6"],
    "o1 = 0.4\nCorrection: 0,5": ["1 o1 | 0.5 @1,2"],
    "o1 = 0.4\ncorrection: o1 = 0.5": ["2 o1 | 0.5"],
    "o1 = 0.4\noops, too small": ["1 o1 | 0.4"],
    "o1 = 0.4*0.3 no 0.5 = 0.15": ["1 o1 | 0.4*0.3 no 0.5 | 0.15"],
    "o1 = ~~0.4~~ 0.5": ["1 o1 | 0.5"],
    "~~o1 = 0.4~~": [],
    "o1 = <del>0.4</del> 0.5": ["1 o1 | 0.5"],
    r"o1 = \sout{0.4} 0.5": ["1 o1 | 0.5"],
    r"o1 = \cancel{0.4}\, 0.5": ["1 o1 | 0.5"],
    r"o1 = \cancel{2}\cdot\frac{1}{\cancel{2}}": ["1 o1 | 2*((1)/(2))"],
    "o1 = 0̶.̶4̶ 0.5": ["1 o1 | 0.5"],
    "| w5 | 0.082 |\n| w6 | 0.083 |": ["1 w5 | 0.082", "2 w6 | 0.083"],
    "| unit | net | o |\n|---|:-:|---|\n| h1 | 0.1 | 0.2 |": ["3 net h1 | 0.1", "3 o h1 | 0.2"],
    "| unit | net |\n|---|---|\n| h1 | 0.1*2 + 0.1 = 0.3 |": ["3 net h1 | 0.1*2 + 0.1 | 0.3"],
    "| Unit j | Net input, I_j |\n|---|---|\n| 4 | 0.2 - 0.3 = -0.1 |": [
        "3 Net input 4 | 0.2 - 0.3 | -0.1"
    ],
    "| n | o |\n|---|---|\n| 4 | 0.2 |": ["3 n | 4", "3 o | 0.2"],
    "4     0.2 - 0.3 = -0.1": ["1 0.2 - 0.3 | -0.1"],
    ">>> w - 0.5*g\narray([[0.1, 0.2]])": [],
    "o1 = 0.5:": ["1 o1 | 0.5"],
    "weight\tgradient\nw5\t0.082": ["2 gradient w5 | 0.082"],
    "unit  net    o\nh1    0.38   0.59\nh2    0.39   0.60": [
        *("2 net h1 | 0.38", "2 o h1 | 0.59", "3 net h2 | 0.39", "3 o h2 | 0.60"),
    ],
    "quantity,value\nw5,0.082\ndE/dw6,-8.3e-2": ["2 w5 | 0.082", "3 dE/dw6 | -8.3e-2"],
    "w5;0,082": ["1 w5 | 0.082"],
    '"dE/dw5",0.08': ["1 dE/dw5 | 0.08"],
    "w5 0.082": ["1 w5 | 0.082"],
    '{"w5": 0.10, "delta": [0.1, -2e-3]}': [
        *("1 w5 | 0.10", "1 delta (0,) of (2,) | 0.1", "1 delta (1,) of (2,) | -2e-3"),
    ],
    '{\n "net": {"h1": "0.1*2 + 1"},\n "o": 1\n}': ["2 net h1 | 0.1*2 + 1", "3 o | 1"],
    '[["w5", 0.1], ["w6", 0.2]]': ["1 w5 | 0.1", "1 w6 | 0.2"],
    "δ = (0.1, -0.2)": ["1 delta (0,) of (2,) | 0.1", "1 delta (1,) of (2,) | -0.2"],
    "d = (t - o, u - p) = (0.1, 0.2)": [
        *("1 d (0,) of (2,) | t - o | 0.1", "1 d (1,) of (2,) | u - p | 0.2"),
    ],
    "(a, b) = (0.1, 0.2)^T": ["1 a | 0.1", "1 b | 0.2"],
    "W = [[1, 2], [3, 4]]": [
        *("1 W (0, 0) of (2, 2) | 1", "1 W (0, 1) of (2, 2) | 2"),
        *("1 W (1, 0) of (2, 2) | 3", "1 W (1, 1) of (2, 2) | 4"),
    ],
    "W = [1 -2; 3 4]^T": [
        *("1 W (0, 0) of (2, 2) | 1", "1 W (0, 1) of (2, 2) | 3"),
        *("1 W (1, 0) of (2, 2) | -2", "1 W (1, 1) of (2, 2) | 4"),
    ],
    "W =\n[[1. 2.]\n [3. 4.]]": [
        *("2 W (0, 0) of (2, 2) | 1. @1,2", "2 W (0, 1) of (2, 2) | 2. @1,2"),
        *("3 W (1, 0) of (2, 2) | 3. @1,3", "3 W (1, 1) of (2, 2) | 4. @1,3"),
    ],
    "d = np.array([0.1, 0.2])": ["1 d (0,) of (2,) | 0.1", "1 d (1,) of (2,) | 0.2"],
    "d: [0.1 0.2]": ["1 d (0,) of (2,) | 0.1", "1 d (1,) of (2,) | 0.2"],
    r"d = \begin{bmatrix} 0.1 \\ 0.2 \end{bmatrix}": [
        *("1 d (0, 0) of (2, 1) | 0.1", "1 d (1, 0) of (2, 1) | 0.2"),
    ],
    "\\begin{aligned}\nz &= w x \\\\\n&= 0.1 \\\\\na &= 2\n\\end{aligned}": [
        *("2 z | w x | 0.1 @2,2,3", "4 a | 2"),
    ],
    r"$z = 1$, $a = 2$": ["1 z | 1", "1 a | 2"],
    r"\[ z = 1 \\ a = 2 \]": ["1 z | 1", "1 a | 2"],
    "w = 0,5 = (0,25)*2": ["1 w | 0.5 | (0.25)*2"],
    "o = (0.1": ["1 o | (0.1"],
    "t = 2: x = 1": ["1 t | 2", "1 x | 1"],
    "Pattern 2: x1 = 1, x2 = 0": ["1 x1 | 1", "1 x2 | 0"],
    "net = w*x + b\to = f(net)": ["1 net | w*x + b", "1 o | f(net)"],
    "net: 0.1, o: 0.2": ["1 net | 0.1", "1 o | 0.2"],
    "net: 0.1 o: 0.2": ["1 net | 0.1", "1 o | 0.2"],
    r"$g = \delta_1 \; o_1 = 0.1$": ["1 g | delta_1 o_1 | 0.1"],
    "w5 0.4 - 0.5*0.08 = 0.36": ["1 w5 | 0.4 - 0.5*0.08 | 0.36"],
    "w5 changes from 0.4 to 0.36": ["1 w5 new | 0.36"],
    "d of o1 is 0.1, that of o2 is 0.2": ["1 d of o1 | 0.1", "1 that of o2 | 0.2"],
    "> o1 = 0.5": ["1 o1 | 0.5"],
    "* *o1*: 0.5": ["1 o1 | 0.5"],
    "∴ o1 = 0,5.": ["1 o1 | 0.5"],
    ">>> o1 = f(net)\n>>> o1\n0.5": ["1 o1 | f(net)", "2 o1 | 0.5 @2,3"],
    "In [3]: o1\nOut[3]: 0.5": ["1 o1 | 0.5 @1,2"],
    "\tnet\to\nh1\t0.1\t0.2": ["2 net h1 | 0.1", "2 o h1 | 0.2"],
    "      net    o\nh1    0.1    0.2": ["2 net h1 | 0.1", "2 o h1 | 0.2"],
    "\tdelta\no1\t0.1": ["2 delta o1 | 0.1"],
    "net >= 0": [],
    "We see that the error is small.": [],
    "Since the output of this unit is near one = saturated, we stop": [],
    "": [],
    "=====": [],
}


def described(text: str) -> list[str]:
    """Each claim with its line, its entry, and the lines of its parts where they differ."""
    found = []
    for line in read_lines(text):
        for claim in line.claims:
            name, *rest = (part.text for part in claim.parts)
            entry = f" {claim.index} of {claim.shape}" if claim.index else ""
            where = f" @{','.join(map(str, claim.lines))}" if claim.lines else ""
            found.append(f"{line.n} {' | '.join((name + entry, *rest))}{where}")
    return found


@pytest.mark.parametrize(("text", "claims"), CLAIMS.items(), ids=CLAIMS)
def test_a_line_claims_what_it_says(text: str, claims: list[str]) -> None:
    assert described(text) == claims


HEADINGS = {
    "Step 2:": "step 2",
    "Pattern 2": "pattern 2",
    "## Iteration 1": "iteration 1",
    "**After the update:**": "after the update",
    "Second pass": "second pass",
    "Forward pass": "forward pass",
    "2. Backward pass": "backward pass",
    "E again": "e again",
    "Output layer errors:": "output layer errors",
    r"\section{Forward pass}": "forward pass",
    "After the update: w5 = 0.3": "after the update",
    "w5 = 0.3": "",
    "step = 0.3": "",
    "The pattern is clear.": "",
    "# half": "",
}


@pytest.mark.parametrize(("text", "words"), HEADINGS.items(), ids=HEADINGS)
def test_a_heading_is_told_with_its_plain_words(text: str, words: str) -> None:
    (line,) = read_lines(text)
    assert line.heading == words
    assert (line.kind is LineKind.HEADING) == (bool(words) and "=" not in text)


def test_every_line_is_kept_with_its_number_and_text() -> None:
    text = "Forward\r\n\r\n  o = 0.5  \nsome words here\n"
    assert [(line.n, line.text, line.kind.value) for line in read_lines(text)] == [
        *((1, "Forward", "prose"), (2, "", "prose"), (3, "  o = 0.5  ", "claims")),
        (4, "some words here", "prose"),
    ]


def test_a_part_knows_its_columns() -> None:
    (line,) = read_lines("1. o_{h1} ≈ 0,5; w = 2")
    (o, half), (w, two) = (claim.parts for claim in line.claims)
    assert [(part.column, part.end) for part in (o, half, w, two)] == [
        *((4, 9), (13, 16), (18, 19), (22, 23)),
    ]


def test_a_line_that_is_too_long_is_said_and_the_rest_is_read() -> None:
    long, short = read_lines("x = " + "1" * LONGEST_LINE + "\no = 0.5")
    assert long.claims[0].flaw == "this line is too long to read: 2,000 characters are the most"
    assert [part.text for part in short.claims[0].parts] == ["o", "0.5"]


def test_a_page_that_is_too_long_is_read_to_its_limit() -> None:
    lines = read_lines("o = 0.5\n" * (MOST_CLAIMS + 10))
    assert len(lines) == MOST_CLAIMS + 1
    assert lines[-1].claims[0].flaw.startswith("what follows is not read")
    assert len(read_lines("And so on.\n" * (MOST_LINES + 10))) == MOST_LINES + 1


def test_a_mapping_that_is_too_long_is_read_to_its_limit() -> None:
    pairs = ", ".join(f'"w{n}": 0.1' for n in range(MOST_CLAIMS + 10))
    (line,) = read_lines(f"{{{pairs}}}")
    assert len(line.claims) == MOST_CLAIMS + 1
    assert line.claims[-1].flaw.startswith("what follows is not read")
