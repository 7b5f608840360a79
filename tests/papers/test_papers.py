"""Papers differ in their numbers and in nothing else, and their lists lead back to marks."""

from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tutor.files
from tutor.cli import main
from tutor.errors import InputError
from tutor.pages.marker import Sheet
from tutor.papers.people import roster, seats
from tutor.papers.run import Wishes, paper_of, set_papers
from tutor.practice.exam import Exam, Part, exam_path, load_exam
from tutor.practice.reading import parse_recipe
from tutor.practice.variants import Paper, Press, Who
from tutor.problem.blanks import blank_of

EXAM = """\
title: Midterm
header: Neural Networks
instructions: [Write each step as a line.]
formulas: true
sections:
  - {recipe: all-gradients, marks: 12, minutes: 20, space: table}
  - {problem: softmax, title: Classes, marks: 4, minutes: 10, blank: "last:2"}
"""
TEXT = Wishes(formats=("text",), key=True, marker=True)


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    path = tmp_path_factory.mktemp("exam") / "exam.yaml"
    path.write_text(EXAM, encoding="utf-8")
    return load_exam(path)


@pytest.fixture(scope="module")
def people() -> list[Who]:
    return [Who(name, number=name) for name in ("ada", "bob", "cleo")]


@pytest.fixture(scope="module")
def folder(exam: Exam, people: list[Who], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("set") / "midterm"
    set_papers(exam, people, made, TEXT)
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def drawn(paper: Paper) -> list[str]:
    question = paper.questions[0]
    return [question.solved.figures.texts[q] for q in question.solved.asked]


def test_a_paper_does_not_hang_on_the_order_of_the_list(exam: Exam, people: list[Who]) -> None:
    one = {p.who: drawn(p) for p in Press(exam, b"secret").papers(people)}
    other = {p.who: drawn(p) for p in Press(exam, b"secret").papers(people[::-1])}
    assert one == other
    assert one != {p.who: drawn(p) for p in Press(exam, b"another").papers(people)}


def test_papers_are_equally_hard_and_share_no_number(exam: Exam) -> None:
    papers = Press(exam, b"s").papers(seats(6))
    fits = [paper.questions[0].fit for paper in papers]
    assert len({fit.operations for fit in fits if fit}) == 1
    negatives = [paper.negatives for paper in papers]
    assert max(negatives) - min(negatives) <= 1
    for column in zip(*map(drawn, papers), strict=True):
        assert len(set(column)) == len(papers)
    again = Press(exam, b"t")
    again.avoid(paper.questions[0].problem for paper in papers)
    old = set(zip(*map(drawn, papers), strict=True))
    for paper in again.papers(seats(3)):
        assert all(value not in column for value, column in zip(drawn(paper), old, strict=False))


def test_two_sections_that_differ_in_the_mistakes_alone_share_no_number() -> None:
    grid = "{weights: [0.3, 0.4, 0.5], biases: [0.2, 0.3, 0.4], inputs: [0.4, 0.5], targets: 0.7}"
    text = f"layers: [1, 1]\nloss: half_sse\nask: [dE/dw_y1_x1]\nnumbers: {grid}\nmistakes: "
    sections = [Part(parse_recipe(text + id, name=id)) for id in ("slope-left-out", "error-sign")]
    papers = Press(Exam("", tuple(sections)), b"s").papers(seats(4))
    found = [q.solved.figures.texts[q.solved.asked[0]] for p in papers for q in p.questions]
    assert len(set(found)) == len(found) == 8


def test_two_recipes_of_one_name_are_two() -> None:
    rest = "loss: half_sse\nask: [dE/dw_y1_x1]\nmistakes: [error-sign]\n"
    sections = [Part(parse_recipe(f"layers: [{inputs}, 1]\n{rest}")) for inputs in (1, 2)]
    (paper,) = Press(Exam("", tuple(sections)), b"s").papers(seats(1))
    assert [len(one.problem.network.inputs) for one in paper.questions] == [1, 2]


def test_who_joins_later_changes_nothing_for_the_others(
    exam: Exam, people: list[Who], folder: Path
) -> None:
    before = {
        name: (folder / "papers" / name).read_text() for name in os.listdir(folder / "papers")
    }
    papers = set_papers(exam, [Who("zoe"), *people], folder, TEXT)
    after = {name: (folder / "papers" / name).read_text() for name in os.listdir(folder / "papers")}
    assert len(papers) == 4
    assert before.items() < after.items()


def test_what_was_typed_in_and_measured_stays(
    exam: Exam, people: list[Who], tmp_path: Path
) -> None:
    made = tmp_path / "midterm"
    set_papers(exam, people[:1], made, Wishes(formats=("text",)))
    entry, equality = made / "entry-1.csv", made / "lecturer" / "equality.csv"
    typed = entry.read_text(encoding="utf-8").replace(",,", ",0.5,", 1).replace(",", ";")
    entry.write_text(typed, encoding="utf-8")
    measured = equality.read_text(encoding="utf-8")
    set_papers(exam, people, made, Wishes(formats=("text",)))
    assert entry.read_text(encoding="utf-8").startswith(typed)
    assert entry.read_text(encoding="utf-8").count("\n") == typed.count("\n") + 2
    assert equality.read_text(encoding="utf-8").startswith(measured)
    assert len(equality.read_text(encoding="utf-8")) > len(measured)
    with pytest.raises(InputError, match="secret"):
        set_papers(exam, people, made, Wishes(formats=("text",), open=True))


def test_the_folder_of_a_shipped_exam_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("midterm").mkdir()
    assert exam_path(Path("midterm")) not in (None, Path("midterm"))


def test_a_paper_says_nothing_of_how_it_was_made(folder: Path) -> None:
    secret = (folder / "lecturer" / "secret").read_text().strip()
    said = json.loads((folder / "lecturer" / "papers.json").read_text())
    for path in (folder / "papers").iterdir():
        text = path.read_text(encoding="utf-8")
        for hidden in ("all-gradients", "seed", secret, said["parts"][0]["digest"]):
            assert hidden not in text


def test_a_key_is_made_where_the_lecturer_keeps_the_problems(folder: Path, tmp_path: Path) -> None:
    with (folder / "lecturer" / "codes.csv").open(encoding="utf-8") as file:
        code = next(csv.DictReader(file))["code"]
    made = run("key", code, "--folder", folder)
    assert made.output == (folder / "keys" / f"{code}.txt").read_text(encoding="utf-8")
    nowhere = run("key", code, "--folder", tmp_path)
    assert nowhere.exit_code
    assert "no lecturer's folder" in nowhere.output
    assert "no code" in run("key", "XXX-XXX", "--folder", folder).output


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_typed_in_numbers_are_marked(folder: Path, tmp_path: Path, wrong: bool) -> None:
    with (folder / "entry-1.csv").open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    for row in rows:
        paper = paper_of(folder, Path(row[1]).stem.removesuffix("-1"))
        sheet = Sheet(paper.questions[0])
        mistake = next(one for one in sheet.mistakes() if one.ids == ("slope-twice",))
        texts = {**sheet.right, **mistake.texts} if wrong else sheet.right
        row[2:] = [texts[q] for q in sheet.solved.asked]
    entry = folder / "typed.csv"
    with entry.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    made = run("check", folder / rows[0][1], "--class", entry, "-o", tmp_path / "marked")
    assert not made.exit_code, made.output
    with (tmp_path / "marked" / "marks.csv").open(encoding="utf-8") as file:
        marks = list(csv.DictReader(file))
    assert len(marks) == len(rows)
    for row in marks:
        assert row["of"] == "12"
        assert (row["marks"] == "12") == (not wrong)
        assert ("slope-twice" in row["mistakes"]) == wrong


def test_what_a_mistake_earns_is_the_same_on_each_paper(exam: Exam) -> None:
    from tutor.marking.marks import marks
    from tutor.pages import marker

    sheets = [Sheet(paper.questions[0]) for paper in Press(exam, b"m").papers(seats(2))]
    rows = [sheet.mistakes() for sheet in sheets]
    for sheet, shown in zip(sheets, rows, strict=True):
        for row in shown[::7]:
            page = sheet._marked({**sheet.right, **row.texts}, row.ids)
            assert marks(page).got == row.earns
    assert marker._EARNED


def test_no_mistake_is_accepted(exam: Exam) -> None:
    sheet = Sheet(Press(exam, b"i").papers(seats(1))[0].questions[0])
    for row in sheet.mistakes():
        apart = [
            not low <= float(text) <= high
            for q, text in row.texts.items()
            for low, high in [sheet.accepted(q)]
        ]
        assert any(apart), row.ids


@pytest.mark.parametrize(
    ("said", "open_lines"),
    [
        ("first:2", [True, True, False]),
        ("last:1", [False, False, True]),
        ("net", [True, False, True]),
    ],
)
def test_blanks(said: str, open_lines: list[bool]) -> None:
    from tutor.symbolic.quantity import NET, O

    assert blank_of(said).open([NET("h1"), O("h1"), NET("y1")]) == open_lines


@pytest.mark.parametrize("format", ["html", "latex", "markdown", "text", "pdf"])
def test_every_format(folder: Path, tmp_path: Path, format: str) -> None:
    code = next((folder / "papers").iterdir()).stem
    paper = paper_of(folder, code)
    from tutor.papers.printing import KINDS, printed

    for kind in KINDS:
        ((_, content),) = printed(paper, kind, [format])
        assert code in content if isinstance(content, str) else content[:4] == b"%PDF"


FLAWS = {
    "": "an exam",
    "sections: []": "no sections",
    "sections: [{marks: 3}]": "one recipe or one problem",
    "sections: [{recipe: nope}]": "no such file or shipped recipe",
    "sections: [{recipe: all-gradients, marks: -1}]": "above 0",
    "sections: [{recipe: all-gradients, space: 7 miles}]": "no space",
    "sections: [{recipe: all-gradients, blank: most}]": "nothing to leave open",
    "sections: [{recipe: all-gradients, minuets: 3}]": "did you mean minutes",
}


@pytest.mark.parametrize("text", FLAWS)
def test_a_wrong_exam_file_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "exam.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=FLAWS[text]):
        load_exam(path)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name\nada\n", "no column"),
        ("student\nada\nada\n", "second time"),
        ("student\n", "0 students"),
        ("student\n=1+1\n", "formula"),
    ],
)
def test_a_wrong_roster_is_told(text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        roster(path)


def _file(path: Path) -> None:
    path.write_text("mine")


def _full(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def _locked(path: Path) -> None:
    path.parent.chmod(0o500)


@pytest.mark.parametrize("spoil", [_file, _full, _locked])
def test_a_folder_that_cannot_be_used_is_left_as_it_is(
    spoil: Callable[[Path], None], exam: Exam, tmp_path: Path
) -> None:
    if spoil is _locked and os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    target = tmp_path / "out"
    spoil(target)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError):
        set_papers(_quick(exam), seats(1), target, Wishes(formats=("text",)))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_leaves_nothing(
    exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tutor.files.Path, "write_bytes", full)
    with pytest.raises(InputError, match="no space left"):
        set_papers(_quick(exam), seats(1), tmp_path / "out", Wishes(formats=("text",)))
    assert not list(tmp_path.iterdir())


def _quick(exam: Exam) -> Exam:
    """An exam in which nothing is drawn."""
    return replace(exam, parts=exam.parts[1:])
