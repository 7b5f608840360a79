"""What people write in a formula, and what it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spelled import Names, read

from tutor.marking.claim import Text
from tutor.marking.latex import plain
from tutor.marking.lines import read_lines
from tutor.marking.parse import name_of, parse

PUBLISHED = sorted((Path(__file__).parent.parent / "data" / "published").glob("*.json"))

MEANS = {
    "0.4": "0.4",
    "-.85": "-.85",
    "1.": "1.",
    "1E-3": "1e-3",
    "4.386×10^-4": "4.386e-4",
    "4.386 * 10^(-4)": "4.386e-4",
    "4.386·10⁻⁴": "4.386e-4",
    r"4.386 \cdot 10^{-4}": "4.386e-4",
    "4.386 x 10^-4 + 0.1": "(4.386e-4 + 0.1)",
    "4.386*1e-4": "4.386e-4",
    "0.298 371*10^2": "(0.298371 * 10^2)",
    "2.984*10^2": "2.984e2",
    "0.298 371 109*10^-2": "0.298371109e-2",
    "0.5*10^2": "(0.5 * 10^2)",
    "v^2*10^-2": "(‹v›^2 * 10^-2)",
    "v^-2*10^-2": "(‹v›^-2 * 10^-2)",
    "4e-3*10^-2": "(4e-3 * 10^-2)",
    "0.4*10^-2.5": "8: a power is a whole number from -99 to 99, or 1/2",
    "-2.406e-3*0.35": "(-2.406e-3 * 0.35)",
    "-2^2": "-2^2",
    "(-2)^2": "-2^2",
    "0.2*-0.9": "(0.2 * -0.9)",
    "2--3": "(2 + --3)",
    "+3": "3",
    "1/2 w": "((1 / 2) * ‹w›)",
    "1/2*3": "((1 / 2) * 3)",
    "a/b*c": "((‹a› / ‹b›) * ‹c›)",
    "½(t − o)²": "((1 / 2) * (‹t› + -‹o›)^2)",
    "2w": "(2 * ‹w›)",
    "w5 out_h1": "(‹w5› * ‹out_h1›)",
    "o(1-o)": "(‹o› * (1 + -‹o›))",
    "(a)(b)": "(‹a› * ‹b›)",
    "2(3)": "(2 * 3)",
    "[0.1 + {0.2 - 0.3}]0.5": "((0.1 + (0.2 + -0.3)) * 0.5)",
    "e^v": "exp(‹v›)",
    "e^(-0.3)": "exp(-0.3)",
    "e^-0.3": "exp(-0.3)",
    "exp v": "exp(‹v›)",
    "exp -v": "exp(-‹v›)",
    "-ln 0.4153": "-ln(0.4153)",
    "log(0.2)": "log(0.2)",
    "log10(0.2)": "log10(0.2)",
    "v^0.5": "sqrt(‹v›)",
    "v^(1/2)": "sqrt(‹v›)",
    "√v": "sqrt(‹v›)",
    r"\sqrt{v + 1}": "sqrt((‹v› + 1))",
    "max(0, -0.12)": "relu(-0.12)",
    "max(0,5; 0,7)": "{0.5 if (0.5 + -0.7) > 0 else 0.7}",
    "|-0.5|": "{-0.5 if -0.5 > 0 else 0.5}".replace("else 0.5", "else --0.5"),
    "σ(0.2)": "(1 / (1 + exp(-0.2)))",
    "sigmoid(v)": "(1 / (1 + exp(-‹v›)))",
    "tanh 0.2": "tanh(0.2)",
    "tanh^2(0.2)": "tanh(0.2)^2",
    "relu(-1)": "relu(-1)",
    "tanh'(v)": "(1 + -tanh(‹v›)^2)",
    "f(0.2)": "f(0.2)",
    "v^-2": "‹v›^-2",
    "v**2": "‹v›^2",
    "dE/dw_5": "‹dE/dw_5›",
    "∂E/∂w5": "‹dE/dw5›",
    "d E / d w5": "‹dE/dw5›",
    "d(E)/d(w5)": "‹dE/dw5›",
    "(∂E)/(∂w5)": "‹dE/dw5›",
    r"\frac{\partial E_{total}}{\partial w_{5}}": "‹dE_total/dw_5›",
    r"\dfrac{dE}{dw_5}": "‹dE/dw_5›",
    "dJ/dA1_1": "‹dJ/dA1_1›",
    "do_2/dnet_1": "‹do_2/dnet_1›",
    "dE/dw_{h1,v1}": "‹dE/dw_h1,v1›",
    "η∂E/∂w": "(‹eta› * ‹dE/dw›)",
    r"\eta\delta_1": "(‹eta› * ‹delta_1›)",
    r"\frac{\partial E}{\partial o}\frac{\partial o}{\partial n}": "(‹dE/do› * ‹do/dn›)",
    "0.298 371 109": "0.298371109",
    "29,8 %": "0.298",
    r"29.8\,\%": "0.298",
    "$29.8%$": "0.298",
    r"$29.8$ % rounded": "29.8",
    "w5'": "‹w5'›",
    "w'_5": "‹w_5'›",
}


@pytest.mark.parametrize(("text", "meaning"), MEANS.items(), ids=MEANS)
def test_a_formula_is_read_as_it_is_meant(text: str, meaning: str) -> None:
    assert read(text) == meaning


NETWORK = (
    *("w1", "w5", "x", "x1", "E", "o_h1", "net_h1", "net h1", "f'(net_h1)", "sigma'(z_1)", "eta"),
    *("w_5^+", "w^(1)_12", "a^[1]_2", "E total", "target 1", "delta output", "w_1,2", "a^2_1"),
    *("w5[2]", "w_5^+[2.1]", "dE/do_h1@y1", "d(net_h1)/dw5", "delta_1", "e", "w_5^new", "o"),
)
KNOWN = {
    "w1x1": "(‹w1› * ‹x1›)",
    "w1x1o_h1": "(‹w1› * ‹x1› * ‹o_h1›)",
    "w1x1^2": "(‹w1› * ‹x1›^2)",
    "w12": '1: "w12" is no name of this problem',
    "net3": '1: "net3" is no name of this problem',
    "import os": '1: "import" is no name of this problem',
    "net h1": "‹net h1›",
    "w5 E total": "(‹w5› * ‹E total›)",
    "target 1 - o": "(‹target 1› + -‹o›)",
    "w5 delta output": "(‹w5› * ‹delta output›)",
    "f'(net_h1)": "‹f'(net_h1)›",
    "σ'(z_1)": "‹sigma'(z_1)›",
    "f'(0.3)": "f'(0.3)",
    "f'(x)": "f'(‹x›)",
    "σ'(x)": "((1 / (1 + exp(-‹x›))) * (1 + -(1 / (1 + exp(-‹x›)))))",
    "w_5⁺": "‹w_5^+›",
    "w_5^{+}": "‹w_5^+›",
    "w_5+": "‹w_5^+›",
    "1 - w_5+[2.1]*x": "(1 + -(‹w_5^+[2.1]› * ‹x›))",
    "w_5^{new}": "‹w_5^new›",
    "w^{(1)}_{12}": "‹w^(1)_12›",
    "a^{[1]}_2": "‹a^[1]_2›",
    "a^2_1": "‹a^2_1›",
    "w_{1,2}": "‹w_1,2›",
    "w_1,2": "‹w_1,2›",
    "w5[2]": "‹w5[2]›",
    r"\left.\frac{\partial E}{\partial o_{h1}}\right|_{y1}": "‹dE/do_h1@y1›",
    "ηδ_1x1": "(‹eta› * (‹delta_1› * ‹x1›))",
    "1/2 e^2": "((1 / 2) * ‹e›^2)",
    "e^(-0.3)": "exp(-0.3)",
    "2 x 0.3": '3: "x" between two numbers: write * for times',
    "0.4x1": "(0.4 * ‹x1›)",
}


@pytest.mark.parametrize(("text", "meaning"), KNOWN.items(), ids=KNOWN)
def test_a_name_is_the_longest_that_the_problem_knows(text: str, meaning: str) -> None:
    assert read(text, NETWORK) == meaning


def test_an_x_is_times_where_nothing_is_called_x() -> None:
    assert read("0.5 x 0.3", ()) == "(0.5 * 0.3)"
    assert read("0.5x0.3", ()) == "(0.5 * 0.3)"


REFUSED = {
    "": "0: nothing stands here",
    "0.74*0.18*": "11: something is missing after the last *",
    "2*(0.3+": "8: something is missing after the last +",
    "2*(0.3+0.1": "3: this bracket is never closed",
    "0.3)": "4: this ) closes a bracket that was not opened",
    "(0.3]": "5: ( is closed by ), not by ]",
    "0.1 0.2": '5: between "0.1" and "0.2" a sign is missing',
    "w%": "2: % cannot be read: 5 % is 0.05",
    "9**9**9": "5: two powers in a row: write brackets",
    "2^1000": "3: a power is a whole number from -99 to 99, or 1/2",
    "v^w": "3: a power is a whole number from -99 to 99, or 1/2",
    "0.1 + ... + 0.2": "7: three dots cannot be read: write all terms",
    "Σ w x": "1: a sum sign cannot be read: write its terms",
    "(" * 100: "61: brackets deeper than 60 are not read",
    "1" * 100: "1: this number is too long to read",
    "1e99999": "1: this number is too long to read",
    "1+" * 300: "401: this is too long to read: 400 numbers, names and signs are the most",
    "1" + " " * 2000: "1: this is too long to read: 2,000 characters are the most",
    "exp": "4: exp of what? something is missing after it",
    "max(3)": "1: max needs two values: max(0, x)",
    "__import__('os')": '1: "_" cannot be read',
    "{0.__class__}": '4: "_" cannot be read here',
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=[text[:20] for text in REFUSED])
def test_what_cannot_be_read_is_said_with_its_place(text: str, message: str) -> None:
    assert read(text) == message


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_the_lines_of_published_workings_are_all_read(path: Path) -> None:
    working = json.loads(path.read_text(encoding="utf-8"))["working"]
    for line, text in zip(read_lines("\n".join(working)), working, strict=False):
        (claim,) = line.claims
        assert len(claim.parts) == text.count("=") + 1
        for part in claim.parts:
            parse(part, Names())


@pytest.mark.parametrize("text", ["net h1", "dE/dw_5", "w5⁺", "f'(net_h1)", "E total"])
def test_a_part_that_is_a_name_is_told(text: str) -> None:
    part = plain(Text.of(text))
    assert name_of(part) == part.text


@pytest.mark.parametrize("text", ["2w", "w*x", "0.5", "o(1-o)", ""])
def test_a_part_that_is_no_name_is_told(text: str) -> None:
    assert name_of(Text.of(text)) is None
