"""What the commands of LaTeX mean in a formula."""

from __future__ import annotations

from tutor.marking.letters import GREEK

FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
MATRICES = {"matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"}
WRAPPERS = {
    *("text", "textbf", "textit", "textrm", "textnormal", "mathrm", "mathbf", "mathit", "mathsf"),
    *("operatorname", "mathcal", "boldsymbol", "bm", "vec", "boxed", "cancel", "underline", "mbox"),
    *("hbox", "mathop", "emph", "pmb", "fbox", "ensuremath"),
}
ACCENTED = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde"}
BRACES = {"underbrace", "overbrace"}
WITH_ARGUMENT = {
    *("color", "label", "tag", "hspace", "vspace", "textcolor", "ref", "phantom", "usepackage"),
    *("documentclass", "hphantom", "vphantom", "pagestyle", "definecolor"),
}
SIGNS = {
    **dict.fromkeys(("cdot", "times", "ast", "odot", "bullet", "star", "cdotp"), "*"),
    **dict.fromkeys(("approx", "simeq", "cong", "equiv", "to", "rightarrow", "Rightarrow"), "="),
    **dict.fromkeys(("leftarrow", "gets", "Leftarrow", "implies", "longrightarrow"), "="),
    **dict.fromkeys(("coloneqq", "doteq", "sim", "approxeq", "Longrightarrow", "mapsto"), "="),
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lbrace", "lparen", "{"), "("),
    **dict.fromkeys(("rbrace", "rparen", "}"), ")"),
    **dict.fromkeys((" ", ";", ":", ">", "\n", "enspace", "space", "item"), " "),
    **dict.fromkeys(("cdots", "dots", "ldots"), "..."),
    **{"div": "/", "prime": "'", "top": "T", "intercal": "T", "dagger": "+", "le": "<="},
    **{"ge": ">=", "leq": "<=", "geq": ">=", "ne": "!=", "neq": "!=", "colon": ":", "sum": "Σ"},
    **{"%": "%", "_": "_", "#": "#", "&": "&", "lbrack": "[", "rbrack": "]", "backslash": " "},
}
SILENT = {
    *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl"),
    *("biggr", "Biggl", "Biggr", "middle", "displaystyle", "textstyle", "scriptstyle", "limits"),
    *("nonumber", "notag", "!", "(", ")", "[", "]", "$", "noindent", "centering", "hline", "null"),
    *("nolimits", "mathstrut", "strut", "allowbreak", "par", "hfill", "smallskip", "medskip"),
    *("bigskip", "newline", "footnotesize", "small", "large", "bf", "rm", "it", "/", ""),
}
NAMED = {name: name for name in GREEK.values()} | {
    **{f"var{name}": name for name in ("epsilon", "phi", "theta", "sigma", "rho", "kappa", "pi")},
}
