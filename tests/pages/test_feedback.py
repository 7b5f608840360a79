"""The page of a marked working: margins, sentences, places, and the student's text as text."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from marked_by_hand import SLIP, TEXT, example, page, quantity, verdict, wrong

from tutor.files import shipped
from tutor.marking.mark import mark
from tutor.marking.printed import printed
from tutor.marking.verdict import Cause, Equation, Kind
from tutor.pages.breaking import breaks
from tutor.pages.options import Marking
from tutor.pages.render_marked import render_marked, render_marked_pdf
from tutor.pages.spots import spot
from tutor.pages.words import Words
from tutor.problem.shipped import load

IDS = [
    *("bias-left-out", "weights-transposed", "activation-left-out", "exponent-sign"),
    *("other-activation", "loss-factor", "loss-log10", "error-sign", "factor-2", "one-over-n"),
    *("error-for-slope", "slope-left-out", "slope-of-output", "slope-recipe-on-net"),
    *("other-slope", "half-slope", "slope-twice", "slope-of-error", "input-net", "input-weight"),
    *("input-left-out", "input-other", "bce-slope-again", "bce-slope-never", "bce-one-term"),
    *("softmax-diagonal", "updated-weights", "one-path", "error-for-delta", "transposed"),
    *("weights-left-out", "error-shared", "wrong-layer", "absolute-sum", "hidden-target"),
    *("output-slope-at-hidden", "gate-open", "bias-times-bias", "bias-times-input"),
    *("bias-summed", "bias-not-updated", "ascent", "eta-left-out", "eta-in-gradient"),
    *("momentum-left-out", "momentum-sign", "mu-left-out"),
    *("step-for-weight", "averaged-first", "stale-weights", "fresh-weights", "one-use"),
    *(
        "digits-swapped",
        "digit-dropped",
        "decimal-point",
        "sign-lost",
        "copied-wrong",
        "rounded-early",
    ),
    "arithmetic",
]
FEEDBACK = (shipped("templates") / "feedback.j2").read_text(encoding="utf-8")
VALUES = Marking(values=True)


def text(*verdicts, options=VALUES, **more) -> str:
    return render_marked(page(*verdicts, **more), "text", options, width=100)


def flat(page: str) -> str:
    """A page without its line breaks."""
    return " ".join(page.split())


def test_the_first_sentence_counts_what_is_right_and_what_follows() -> None:
    said = flat(render_marked(example(), "text"))
    assert "5 of 6 right; start at line 5; 1 follows from it; a slip in line 9" in said
    right = verdict(2, Kind.CORRECT, "dE/dnet_y1")
    assert "1 of 1 right." in text(right)
    both = verdict(3, Kind.CORRECT, "dE/dnet_y2")
    assert "All 2 right." in text(right, both)
    assert "0 of 1 right; start at line 5." in text(wrong())


FAR = printed("0.25")
MARGINS = [
    (verdict(2, Kind.CORRECT, "dE/dnet_y1", answered=FAR), "✓    2", "right if rounded on the way"),
    (verdict(2, Kind.CORRECT, "dE/dnet_y1"), "✓    2", "right"),
    (verdict(7, Kind.CARRIED, "dE/dw1", blames=(5,)), "↪    7", "right from your line 5"),
    (verdict(7, Kind.CARRIED, "dE/dw1", blames=(3, 5)), "↪    7", "right from your lines 3 and 5"),
    (wrong(), "✗    5", "look here first"),
    (verdict(8, Kind.UNREAD, message="x"), "?    8", "not read, not counted"),
    (verdict(9, Kind.CORRECT, "dE/dw5", slip=True, equations=(SLIP,)), "✓    9", "slip"),
    (verdict(1, Kind.UNMARKED), "     1", ""),
]


def test_a_number_that_rounding_may_have_led_to_says_so_on_a_phone_too() -> None:
    """There the words of lines that are right, and have nothing said of them, are not seen."""
    html = render_marked(page(verdict(2, Kind.CORRECT, "dE/dnet_y1", answered=FAR)), "html")
    assert "<summary" in html.split("right if rounded on the way")[0].rsplit("<li", 1)[1]


@pytest.mark.parametrize(("said", "left", "right"), MARGINS, ids=[m[2] for m in MARGINS])
def test_a_line_has_its_sign_and_its_word(said, left: str, right: str) -> None:
    line = next(row for row in text(said).splitlines() if row.startswith(left))
    assert line.endswith(right if right else "My solution")


def test_further_wrong_lines_say_whether_they_are_the_same_mistake() -> None:
    same = verdict(7, Kind.WRONG, "dE/dw1", causes=wrong().causes)
    other = verdict(9, Kind.WRONG, "dE/dw5")
    slip = verdict(3, Kind.WRONG, "dE/dnet_y2", equations=(SLIP,))
    said = text(wrong(), same, other, slip)
    assert "as in line 5" in said
    assert "look here too" in said
    assert re.search(r"✗ +3 .* slip\n", said)


def test_the_place_is_pointed_at() -> None:
    lines = text(wrong()).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("✗    5"))
    assert lines[at + 1].index("^") == lines[at].index("0.0554")
    assert lines[at + 1].count("^") == len("0.0554")
    assert "= <mark>0.0554</mark></code>" in render_marked(page(wrong()), "html")


def test_the_path_that_was_kept_is_named_with_what_the_other_adds() -> None:
    said = flat(text(wrong()))
    assert "0.0554 is the path through o1 alone; with your numbers the other adds -0.01905" in said
    assert "so 0.0364." in said


def test_values_of_right_answers_wait_for_the_option() -> None:
    said = text(wrong(), options=Marking())
    assert "0.40·0.1385 + 0.50·(-0.0381)" in said
    assert "0.0364" not in said
    assert "0.01905" not in said
    assert "0.0363503" not in said
    shown = text(wrong())
    assert "= 0.0364" in shown
    assert "∂E_total/∂out_h1 = 0.0363503" in flat(shown).replace("\u00a0", " ")


def test_a_slip_says_what_the_arithmetic_gives_and_what_happened_to_it() -> None:
    one = verdict(5, Kind.WRONG, "dE/do_h1", equations=(SLIP,))
    said = "Here 0.7514·(1 - 0.7514) is 0.1868, not 0.1886; two digits have changed places."
    assert said in flat(text(one))
    assert "Here 0.7514·(1 - 0.7514) is not 0.1886; two digits" in flat(
        text(one, options=Marking())
    )


def test_a_slip_is_told_once_though_it_is_a_cause_too() -> None:
    said = flat(text(wrong(id="arithmetic", equations=(SLIP,))))
    assert "0.7514·(1 - 0.7514) is 0.1868, not 0.1886" in said
    assert "not what the formula comes to" not in said


def test_a_slip_never_says_that_a_number_is_not_itself() -> None:
    close = Equation("0.5*0.37", "0.19", 20, False, 0.1849999, 0.19, None, "arithmetic")
    alike = Equation("0.5*0.37", "0.19", 20, False, 0.1900001, 0.19, None, "arithmetic")
    one = verdict(5, Kind.WRONG, "dE/do_h1", equations=(close, alike))
    assert "0.5*0.37 is 0.18, not 0.19" in flat(text(one))
    assert "0.5*0.37 is 0.1900001, not 0.19" in flat(text(one))


def test_several_causes_are_all_named_and_none_is_guessed() -> None:
    causes = tuple(Cause(id, quantity("dE/do_h1"), 0.1) for id in ("one-path", "factor-2"))
    said = flat(text(wrong(causes=causes)))
    assert "The number cannot tell these apart" in said
    assert "a factor 2 is lost or added" in said
    assert "What to practise" not in said
    assert "no known mistake gives it" in flat(text(wrong(id="")))


def test_a_mistake_at_a_step_that_was_not_written_says_where() -> None:
    cause = Cause("slope-left-out", quantity("dE/dnet_y1"), 0.1)
    said = flat(text(wrong(causes=(cause,))))
    assert "0.0554 is what comes out when, on the way, at δ_o1, " in said
    assert "∂out_o1/∂net_o1 is left out." in said


def test_two_mistakes_together_are_both_named() -> None:
    said = flat(text(wrong(id="slope-left-out+error-sign")))
    assert "Two mistakes together: 0.0554 is what comes out when" in said
    assert "gets the other sign" in said


@pytest.mark.parametrize("id", IDS)
def test_every_mistake_has_its_words_in_every_format(id: str) -> None:
    words, key = Words(), id.replace("-", "_")
    assert {f"cause_{key}", f"look_{key}", f"practises_{key}"} <= words.macros.keys()
    for at in ("dE/do_h1", "dE/dw1", "w5_new", "net_h1", "E", "f'(net_y1)", "dE/dnet_y1"):
        marked = page(wrong(id=id, at=at, goes_on=None))
        for format in ("text", "html", "markdown", "latex", "typst"):
            assert len(render_marked(marked, format)) > 100
        (said,) = json.loads(render_marked(marked, "json"))["lines"][0]["causes"]
        assert said["id"] == id
        assert "0.0554" in said["message"]
        assert "  " not in said["message"]
        assert said["message"].endswith(".")


def test_no_words_for_a_mistake_that_there_is_not() -> None:
    worded = {m.replace("_", "-") for m in re.findall(r"macro look_(\w+)\(", FEEDBACK)}
    assert worded == set(IDS)


HINTS = [
    (1, "Look at line 5 again: ∂E_total/∂out_h1.", "Look at the sum"),
    (2, "Look at the sum: how many units does h1 feed?", "w5·δ_o1"),
    (3, "∂E_total/∂out_h1 = w5·δ_o1 + w7·δ_o2", "0.40"),
]


@pytest.mark.parametrize(("level", "said", "hidden"), HINTS)
def test_a_hint_says_so_much_and_no_more(level: int, said: str, hidden: str) -> None:
    shown = flat(text(wrong(), options=Marking(hints=level)))
    after = shown.split("look here first")[1].replace("\u00a0", " ")
    assert said in after
    assert hidden not in after
    assert "alone" not in shown
    assert "What to practise" not in shown


def test_the_reading_and_the_solution_are_shown_where_they_are_wanted() -> None:
    assert "How each line was read" not in text(wrong())
    said = text(wrong(), options=Marking(show_reading=True, solution=True))
    assert re.search(r"dE/dout_h1 +∂E_total/∂out_h1", said)
    assert "Forward pass" in said


def test_a_line_that_a_mistake_made_trivial_says_so() -> None:
    carried = verdict(7, Kind.CARRIED, "dE/dw1", blames=(5,))
    assert "could not be tested" in text(wrong(), carried, trivial=(7,))


def test_one_sentence_can_be_reworded_alone(tmp_path: Path) -> None:
    own = "{% macro cause_one_path(it) %}{{ it.answer }}: ein Weg fehlt.{% endmacro %}"
    for name in ("words.j2", "feedback.j2"):
        (tmp_path / name).write_text(own, encoding="utf-8")
        said = render_marked(page(wrong()), "text", templates=tmp_path)
        assert "0.0554: ein Weg fehlt." in said
        (tmp_path / name).unlink()


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_in_a_terminal_is_too_wide(width: int) -> None:
    long = TEXT.replace("My solution", "a" * 150 + " b" * 30)
    marked = page(*example().verdicts, text=long)
    said = render_marked(marked, "text", VALUES, width=width)
    assert [line for line in said.splitlines()[3:] if len(line) > width] == []


def test_signs_have_colour_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in render_marked(example(), "text")
    assert "\x1b[31m✗\x1b[39m" in render_marked(example(), "text", colour=True)


def test_the_first_mistake_is_open_and_the_others_are_folded() -> None:
    html = render_marked(page(wrong(), verdict(9, Kind.WRONG, "dE/dw5")), "html")
    assert html.count("<details open>") == 1
    assert html.count("<details>") == 1


def test_a_page_is_printed_as_it_was() -> None:
    said = render_marked(example(), "text", Marking(values=True, show_reading=True))
    kept = Path(__file__).parent.parent / "data" / "pages" / "marked.text"
    if os.environ.get("UPDATE_PAGES"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")


def test_json_has_an_entry_a_statement() -> None:
    said = json.loads(render_marked(example(), "json"))
    assert [entry["n"] for entry in said["lines"]] == [2, 3, 5, 6, 7, 8, 9]
    entry = said["lines"][2]
    assert entry["text"] == "dE/dout_h1 = 0.40*0.1385 = 0.0554"
    assert (entry["quantity"], entry["verdict"]) == ("dE/do_h1", "wrong")
    assert (entry["answered"], entry["expected_from_yours"]) == (0.0554, 0.03635)
    assert entry["causes"][0]["id"] == "one-path"
    assert said["lines"][6]["equations"][0]["holds"] is False
    assert said["first_wrong"] == 5
    assert said["summary"] == {"correct": 4, "carried": 1, "wrong": 1, "unread": 1, "unmarked": 0}
    assert said["notation"] == "mazur"


HOSTILE = [
    "<script>alert(1)</script>",
    r"\input{/etc/passwd} \write18{touch owned}",
    '#read("/etc/passwd") "; #panic("x")',
    "$x$ % comment & more # _ ^ ~ {curly} ```",
    "{{ 7*7 }} {% raw %} << 7*7 >> <% x %>",
    "[link](javascript:alert(1)) **bold** | pipe --- ]] --> <!-- \\",
]


def hostile(line: str):
    """A working whose lines, names, numbers and messages are all this text."""
    bad = Equation(line, line, 1, False, 1.0, 2.0, None, "arithmetic")
    copied = Equation(line, line, 1, True, copied=(line, line))
    return page(
        verdict(1, Kind.WRONG, text=line, equations=(bad, copied)),
        verdict(2, Kind.UNREAD, text=line, message=line),
        text=f"{line}\n{line}\n{line}",
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("line", HOSTILE)
def test_a_students_text_stays_text(line: str, tmp_path: Path) -> None:
    shown = Marking(values=True, show_reading=True)
    plain, read = _Reader(), _Reader()
    plain.feed(render_marked(hostile("x = 1"), "html", shown))
    read.feed(render_marked(hostile(line), "html", shown))
    assert read.tags == plain.tags
    assert line in read.text
    pdf = render_marked_pdf(hostile(line), shown)
    words = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    letters = "".join(c for c in line if c.isascii() and c.isalnum())
    assert letters in "".join(c for c in words if c.isascii() and c.isalnum())
    markdown = render_marked(hostile(line), "markdown", shown)
    prose = [row for row in markdown.splitlines() if row[:4] != " " * 4]
    assert not any("<script" in row or "](" in row.replace("\\]", "") for row in prose)
    if shutil.which("pdflatex"):
        (tmp_path / "x.tex").write_text(render_marked(hostile(line), "latex", shown), "utf-8")
        command = ["pdflatex", "-no-shell-escape", "-halt-on-error", "x.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-800:]


def test_what_cannot_be_seen_reaches_no_terminal() -> None:
    said = render_marked(hostile("\x1b[2Jnet\u202e = \x00 1\tx"), "text", VALUES)
    assert not set("\x1b\u202e\x00\t") & set(said)


def test_a_number_copied_wrongly_is_pointed_at() -> None:
    line = "dE/dw5 = 0.7414*0.1868*0.5393 = 0.0747"
    before = "out_h1 = 0.5933\ndE/dout_o1 = 0.7414\ndout_o1/dnet_o1 = 0.1868\n"
    marked = mark(load("mazur"), before + line)
    text = render_marked(marked, "text", Marking())
    assert "Here 0.5393 is put in where 0.5933 stands." in text
    shown, below = re.findall(r".*dE/dw5.*0.5393.*\n.*\^+", text)[0].splitlines()
    assert below.index("^") == shown.index("0.5393")


SOFTMAX = "a_y1 = 0.8431\na_y2 = 0.5035\na_y3 = -0.4814\ny_1 = 0.5056\ny_2 = 0.3600\ny_3 = 0.1344\n"


@pytest.mark.parametrize(
    ("problem", "text", "at"),
    [
        ("tanh", "net_h1 = 0.4*0.5 + 0.9*1 + 0.1 = 1.2000", "1 + 0.1"),
        ("softmax", f"{SOFTMAX}delta_y1 = 0.5056 - 1 = -0.4944", "1 = "),
        ("softmax", f"{SOFTMAX}delta_y2 = 0.3600 - 0 = 0.3600", "0 = "),
        ("softmax", f"{SOFTMAX}delta_y2 = 0,3600 − 0 = 0,3600", "0 = "),
    ],
)
def test_the_copied_number_itself_is_pointed_at(problem: str, text: str, at: str) -> None:
    """Neither a digit of a name nor one of another number."""
    marked = mark(load(problem), text)
    verdict, line = marked.verdicts[-1], text.splitlines()[-1]
    assert spot(verdict, line) == (line.rindex(at), line.rindex(at) + 1)
    assert "differ" not in render_marked(marked, "text", Marking(hints=1))


def test_a_line_goes_on_by_the_formula_whose_numbers_are_written() -> None:
    text = "z = -0.4\nyhat = 0.4013\ndz = (0.4013 - 1)*0.4013*(1 - 0.4013) = -0.1438"
    said = render_marked(mark(load("bce-t1"), text), "text", Marking())
    assert re.search(r"On from your own numbers:\s+dz\S* = yhat - y_1\s+= 0.4013 - 1\n", said)


@pytest.mark.parametrize(
    ("before", "heading"),
    [("", "With the right numbers:"), ("out_h1 = 0.5933\n", "On from your own numbers:")],
)
def test_what_goes_on_says_whose_numbers_it_has(before: str, heading: str) -> None:
    marked = mark(load("mazur"), before + "dE/dw5 = 0.7414*0.5933 = 0.4399")
    said = render_marked(marked, "text", Marking())
    assert [line.strip() for line in said.splitlines() if "numbers:" in line] == [heading]


def test_what_the_digits_leave_open_is_told_once_and_folded() -> None:
    before = "out_h1 = 0.5933\nout_h2 = 0.5969\ndelta_o2 = -0.0381\n"
    marked = mark(load("mazur"), before + "dE/dw7 = -0.0226\ndE/dw8 = -0.0227")
    text = render_marked(marked, "text", Marking())
    assert text.count("Lines 4 and 5: the last factor comes from another unit.") == 1
    assert "leave open" not in render_marked(marked, "text", Marking(hints=1))
    html = render_marked(marked, "html", Marking())
    assert re.search(r"<details>\s*<summary><h2>What the digits leave open</h2></summary>", html)
    shown = before + "dE/dw7 = -0.0381*0.5933 = -0.0226\ndE/dw8 = -0.0381*0.5969 = -0.0227"
    assert "leave open" not in render_marked(mark(load("mazur"), shown), "text", Marking())


LONG = "dE/dw1=((0.7514-0.01)*0.7514*(1-0.7514)*0.40+(0.7729-0.99)*0.7729)*0.5933*0.05=0.000539"
UNBROKEN = ["net_h1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775", "dE/dw5=0.7414*0.1868=0.0823", ""]


def test_a_long_word_may_go_on_in_the_next_line() -> None:
    at = sorted(breaks(LONG))
    pieces = [LONG[a:b] for a, b in pairwise((0, *at, len(LONG)))]
    assert "".join(pieces) == LONG
    assert pieces[:4] == ["dE/", "dw1=", "((0.7514-", "0.01)*"]
    assert max(map(len, pieces)) <= 40
    assert sorted(breaks("see " + "x" * 100)) == [44, 84]
    assert not any(map(breaks, UNBROKEN))


@pytest.mark.parametrize(("format", "sign"), [("typst", "#sym.zws"), ("latex", "\\allowbreak{}")])
def test_a_long_line_is_broken_on_paper(format: str, sign: str) -> None:
    mazur = load("mazur")
    assert sign in render_marked(mark(mazur, LONG), format)
    for text in UNBROKEN:
        assert sign not in render_marked(mark(mazur, text + "\nE = 0.3"), format)


def test_a_sign_that_no_font_has_is_its_code_point_in_a_pdf() -> None:
    marked = mark(load("mazur"), "net_h1 = 0.3775\nnote: 网络是 😀 ไทย, δ → ∂ ü\n")
    said = "".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(render_marked_pdf(marked))).pages
    )
    for sign in "网络是😀ไทย":
        assert f"[U+{ord(sign):04X}]" in said.replace("\n", "")
    assert all(sign in said for sign in "δ→∂ü")
    assert "网络是" in render_marked(marked, "typst")
