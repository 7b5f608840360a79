"""LaTeX and Unicode spellings, and the one plain spelling that they are rewritten to."""

from __future__ import annotations

import pytest

from tutor.marking.claim import Text
from tutor.marking.latex import plain

SPELLINGS = {
    "0.5·0.3 × 2 ∗ 3": "0.5*0.3 * 2 * 3",
    "1 ÷ 2 − 3 – 4": "1 / 2 - 3 - 4",
    r"0.5 \cdot 0.3 \times 2": "0.5 *0.3 *2",
    r"\frac{a}{b}": "((a)/(b))",
    r"\dfrac12": "((1)/(2))",
    r"\tfrac{1}{2}(t-o)^2": "((1)/(2))(t-o)^2",
    r"\frac{1}{1+e^{-x}}": "((1)/(1+e^(-x)))",
    r"\frac{\frac{1}{2}}{3}": "((((1)/(2)))/(3))",
    r"\frac{\partial E}{\partial w_5}": "dE/dw_5",
    r"\frac{\partial E_{total}}{\partial out_{o1}}": "dE_total/dout_o1",
    r"\frac{\mathrm{d}E}{\mathrm{d}w}": "dE/dw",
    r"\frac{d_1 - o_1}{2}": "((d_1 - o_1)/(2))",
    r"\left.\frac{\partial E}{\partial o_{h1}}\right|_{y1}": "dE/do_h1@y1",
    "∂E/∂w₅": "dE/dw_5",
    "∂E / ∂w_5": "dE / dw_5",
    r"\delta_{y1} = \Delta w": "delta_y1 = Delta w",
    "δ_y1, Δw, η, α, ε, σ, φ, θ, μ, ∇w": (
        "delta_y1, Delta w, eta, alpha, epsilon, sigma, phi, theta, mu, nabla w"
    ),
    r"\varepsilon\varphi": "epsilon phi",
    r"\nabla_{W^{(1)}} E": "nabla W^(1) E",
    r"\left( x \right) \, y \; z \quad \displaystyle v": "( x ) y z    v",
    r"\text{target}_{o1} - \mathrm{out}_{o1}": "target_o1 - out_o1",
    r"\operatorname{net}_{h1}": "net_h1",
    r"\exp(x) \ln x \log x \tanh x \max(0,x)": "exp(x) ln x log x tanh x max(0,x)",
    r"\sqrt{x+1}": "sqrt(x+1)",
    r"\sqrt[3]{x}": "root[3]x",
    "out_{h1}": "out_h1",
    "w_{h1,x1}": "w_{h1,x1}",
    r"w^{(1)}_{12}": "w^(1)_12",
    r"a^{[1]}_2": "a^[1]_2",
    "w_5^+": "w_5^+",
    "w5⁺": "w5^+",
    "w5′": "w5'",
    r"\sigma^{\prime}(z)": "sigma'(z)",
    "w_5^{new}": "w_5^new",
    r"w_5^{\text{neu}}": "w_5^neu",
    "x² + y³": "x^2 + y^3",
    "10⁻⁴": "10^(-4)",
    "½ ¼ ¾": "(1/2) (1/4) (3/4)",
    "2½": "2½",
    "w₁₂": "w_12",
    "0.082\u2009167\u202f041": "0.082167041",
    r"0.082\,167": "0.082167",
    "0.5\u00a0w": "0.5 w",
    "０．５ ＋ ٣": "0.5 + 3",
    "𝑤_1 𝜎": "w_1 sigma",
    "о_h1 + ο_h2 + νet": "o_h1 + o_h2 + vet",
    "ŷ": "yhat",
    r"\hat{y}_1": "yhat_1",
    "0,5·0,3": "0.5*0.3",
    "(0,1; 0,2)": "(0.1; 0.2)",
    "(0,1, 0,2)": "(0.1, 0.2)",
    "(0.1,0.2)": "(0.1,0.2)",
    "t = (0,1)": "t = (0,1)",
    "0,4*(0,5)": "0.4*(0.5)",
    "max(0,5)": "max(0,5)",
    "max(0,0.07)": "max(0,0.07)",
    "w_1,2": "w_1,2",
    "1,234.5": "1,234.5",
    "0{,}5": "0.5",
    "a ≈ b ~= c ≅ d ≃ e": "a = b = c = d = e",
    "a := b → c ⇒ d ← e": "a = b = c = d = e",
    "a -> b <- c => d == e": "a = b = c = d = e",
    r"a \approx b \rightarrow c \to d \Rightarrow e": "a =b =c =d =e",
    "a >= b <= c ≠ d": "a >= b <= c != d",
    "{a + b}c": "(a + b)c",
    r"{\color{red}x}": "x",
    r"\underbrace{0.5 - 0.1}_{\frac{\partial E}{\partial o}} \cdot 2": "0.5 - 0.1 *2",
    r"$x_1$ \[ y \] \( z \)": "x_1 y z ",
    r"a &= b \\ &= c": "a = b \n= c",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}": "[[ 1 , 2 ], [3 , 4 ]]",
    r"\left[\begin{array}{cc} 1 & 2 \end{array}\right]": "[[[ 1 , 2 ]]]",
    r"a = 1 % half": "a = 1 % half",
    r"\eta = 1 % a rate": "eta= 1 ",
    "w<sub>5</sub><sup>2</sup>": "w_5^2",
    "w_5 (new) = w_5(old) - 1": "w_5_new = w_5_old - 1",
    "w(t + 1) = w(t) - 1": "w_new = w_old - 1",
    "w(t) = x(t - 1)": "w(t) = x(t - 1)",
    "w = 0.4 (new)": "w = 0.4 (new)",
    "f (newt)": "f (newt)",
    "\u202ew\u200b5\ufeff\0 = 1": "w5 = 1",
    "\\": "",
    r"\frac{": "((",
    "}": "}",
    r"\end{x}": "",
    r"\frac": "",
}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.items(), ids=SPELLINGS)
def test_a_spelling_becomes_the_plain_one(text: str, expected: str) -> None:
    assert plain(Text.of(text)).text == expected


def test_each_character_keeps_its_column() -> None:
    line = plain(Text.of(r"o = \frac{1}{1+e^{-z}} ≈ 0,59"))
    assert len(line.text) == len(line.columns)
    assert line.columns == tuple(sorted(line.columns))
    assert line.columns[line.text.index("z")] == 20
    assert line.columns[line.text.index("0.59")] == 26


def test_a_joined_sum_of_pieces_keeps_their_columns() -> None:
    text = Text.of("ab", 3).beside(Text.of("cd", 9))
    assert (text.text, text.columns) == ("ab cd", (3, 4, 5, 9, 10))
