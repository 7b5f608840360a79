"""A whole class: what it reads, what it writes, and that nothing is lost or doubled."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

import tutor
from tutor.classroom.filenames import LONGEST, file_names
from tutor.classroom.record import Task
from tutor.classroom.run import Ways, mark_class
from tutor.classroom.submissions import Submission, read_class
from tutor.classroom.workers import ALONE, lines
from tutor.errors import InputError
from tutor.marking.page import load_working
from tutor.pages.escape import printable
from tutor.pages.options import FEEDBACK
from tutor.pages.render_marked import render_marked
from tutor.problem.shipped import find

WHOLE = load_working("mazur-one-path")
SHORT = "dE/dw5 = 0.0822\n"
IDS = [
    "../../x",
    "/etc/passwd",
    "a" * 300,
    "Anna",
    "anna",
    "ANNA",
    "..",
    "con",
    "é\u0301",
    "a/b",
    "a\\b",
]
HOSTILE = [*IDS, "=1+1", "<b>x</b>", "x\x00y", "\u202eabc", "-5", "@x", "😀", ".hidden"]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def jsonl(path: Path, *submissions: object) -> Path:
    lines = (s if isinstance(s, str) else json.dumps(s) for s in submissions)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def of(*students: str, working: str = SHORT) -> list[dict[str, str]]:
    return [{"student": student, "working": working} for student in students]


def test_every_row_has_its_page_its_result_and_its_marks(tmp_path: Path) -> None:
    out = tmp_path / "out"
    class_ = jsonl(
        tmp_path / "c.jsonl",
        {"student": "anna", "working": WHOLE},
        {"student": 7, "working": {"dE/dw5": 0.0822, "delta": [0.1385, -0.0381]}},
        "{ no json",
        {"student": "carl"},
        {"student": "dora", "working": ""},
        {"student": "emil", "working": SHORT, "problem": "no-such"},
        {"working": SHORT},
        "[" * 100_000,
        {"student": "fred", "working": SHORT, "problem": "x" * 5000},
    )
    mark_class("mazur", class_, out)
    found = rows(out / "results.jsonl")
    assert [r["row"] for r in found] == list(range(1, 10))
    assert [bool(r["error"]) for r in found] == [False, False] + [True] * 7
    assert found[0]["marked"] == json.loads(tutor.mark(tutor.load("mazur"), WHOLE).to_json())
    assert found[1]["marked"]["summary"]["correct"] == 3  # type: ignore[index]
    marks = {row["student"]: row for row in table(out / "marks.csv")}
    assert (marks["anna"]["marks"], marks["anna"]["of"]) == ("31", "32")
    assert marks["anna"]["mistakes"] == "one-path"
    assert 'here is no "working"' in marks["carl"]["note"]
    assert "no such file or shipped problem" in marks["emil"]["note"]
    assert "start at line 29" in (out / marks["anna"]["page"]).read_text(encoding="utf-8")
    said = (out / "summary.txt").read_text(encoding="utf-8")
    assert "9 workings, 7 not marked; mean" in said
    assert "1 working, 1 line: one path is counted alone" in said
    assert "<title>" in (out / "summary.html").read_text(encoding="utf-8")


def test_a_class_comes_in_several_forms(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("\ufeffStudent;dE/dw5;w5_new\nanna;0,0822;0,3589\nbert;0,09;\n", "utf-8")
    texts = tmp_path / "texts.csv"
    texts.write_text('student,working\nanna,"dE/dw5 = 0.0822\nw5_new = 0.3589"\n', "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "anna.txt").write_text("dE/dw5 = 0.0822\nw5_new = 0.3589", "utf-8")
    (folder / "bert.txt").write_bytes(b"\xff")
    (folder / ".DS_Store").write_bytes(b"\0")
    for n, source in enumerate((numbers, texts, folder)):
        counted = mark_class("mazur", source, tmp_path / str(n))
        first = counted.records[0]
        assert (first["student"], first["marked"]["summary"]["correct"]) == ("anna", 2)
    said = "row 2: bert.txt:1:1: the byte FF is not UTF-8 text; save the file as UTF-8"
    assert counted.records[1]["error"] == said


def test_what_is_not_read_in_a_folder_has_a_row(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "dora").mkdir(parents=True)
    (folder / "eva.txt").mkdir()
    for name in ("anna.TXT", "bert.pdf", "carl", "fred.txt~", ".DS_Store", "Thumbs.db"):
        (folder / name).write_text(SHORT, "utf-8")
    mark_class("mazur", folder, tmp_path / "out")
    notes = {row["student"]: row["note"] for row in table(tmp_path / "out" / "marks.csv")}
    assert notes == {
        "anna": "",
        "bert": "row 2: bert.pdf: a .pdf file is not read; save it as .txt",
        "carl": "row 3: carl: a file without an ending is not read; save it as .txt",
        "dora": "row 4: dora: a folder in the folder is not read; put its text beside the others",
        "eva": "row 5: eva.txt: a folder in the folder is not read; put its text beside the others",
        "fred": "row 6: fred.txt~: a .txt~ file is not read; save it as .txt",
    }


REFUSED = [
    ("c.txt", "x", "its ending says no kind of list"),
    ("c.csv", "name,w5\nanna,1\n", 'no column "student"'),
    ("c.csv", 'student,working\nanna,"open\n', "this is no CSV"),
    ("none.jsonl", None, "no such file"),
    ("none.csv", None, "no such file"),
]


@pytest.mark.parametrize(("name", "text", "said"), REFUSED)
def test_what_is_no_class_is_a_sentence(
    name: str, text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        mark_class("mazur", tmp_path / name, tmp_path / "out")


def test_file_names_are_harmless_and_no_two_are_alike() -> None:
    names = file_names([*HOSTILE, *HOSTILE])
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert name.strip(".")
        assert not set(name) & set('/\\\0<>:"|?*=')
        assert len(name.encode()) <= LONGEST
    assert file_names(["anna", "s-17", "B.C"]) == ["anna", "s-17", "B.C"]
    assert file_names(["con"])[0].startswith("student-")


def test_hostile_ids_stay_in_the_folder_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    mark_class("mazur", jsonl(tmp_path / "c.jsonl", *of(*HOSTILE)), out)
    files = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert all(
        p.parent == out / "pages" for p in files if p.suffix == ".html" and "summ" not in p.name
    )
    assert len(list((out / "pages").iterdir())) == len(HOSTILE)
    cells = [cell or "" for row in table(out / "marks.csv") for cell in row.values()]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]
    assert "<b>x</b>" not in (out / "summary.html").read_text(encoding="utf-8")


def test_a_changed_working_is_marked_again_and_only_that(tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "c.jsonl"
    mark_class("mazur", jsonl(path, *of("anna", "bert", "carl")), out)
    before = {p.name: p.stat().st_mtime_ns for p in (out / "pages").iterdir()}
    changed = [*of("anna"), *of("bert", working="dE/dw5 = 0.0922"), *of("carl")]
    mark_class("mazur", jsonl(path, *changed), out)
    after = {p.name: p.stat().st_mtime_ns for p in (out / "pages").iterdir()}
    assert [name for name in before if before[name] != after[name]] == ["bert.html"]
    found = rows(out / "results.jsonl")
    assert [r["student"] for r in found] == ["anna", "bert", "carl"]
    assert found[1]["marked"]["summary"]["wrong"] == 1  # type: ignore[index]


@pytest.mark.parametrize("pages", [True, False])
def test_a_folder_of_another_class_is_not_written_over(pages: bool, tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "c.jsonl"
    mark_class("mazur", jsonl(path, *of("anna", "bert")), out, Ways(pages=pages))
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    with pytest.raises(InputError, match="another class: 2 students, none of them in"):
        mark_class("mazur", jsonl(path, *of("carl")), out, Ways(pages=pages))
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before
    found = mark_class("mazur", jsonl(path, *of("bert", "carl")), out, Ways(pages=pages))
    assert [record["student"] for record in found.records] == ["bert", "carl"]


def test_most_students_of_a_folder_and_its_problem_stay(tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "c.jsonl"
    mark_class("mazur", jsonl(path, *of("anna", "bert", "carl")), out)
    with pytest.raises(InputError, match="another class: 3 students, 1 of them in"):
        mark_class("mazur", jsonl(path, *of("anna", "dora", "eva")), out)
    with pytest.raises(InputError, match="another problem, mazur"):
        mark_class("rgu", jsonl(path, *of("anna", "bert", "carl")), out)
    with pytest.raises(InputError, match=r"its marks\.csv is what is read here"):
        mark_class("mazur", out / "marks.csv", out)


def test_a_result_that_somebody_has_changed_is_made_again(tmp_path: Path) -> None:
    out, path = tmp_path / "out", jsonl(tmp_path / "c.jsonl", *of("anna", "bert"))
    mark_class("mazur", path, out)
    results, marks = out / "results.jsonl", out / "marks.csv"
    right = results.read_bytes(), marks.read_bytes()
    results.write_bytes(right[0].replace(b'"got": ', b'"got": "abc", "was": '))
    mark_class("mazur", path, out)
    assert (results.read_bytes(), marks.read_bytes()) == right


def test_a_working_of_which_nothing_is_read_has_a_note(tmp_path: Path) -> None:
    rows = {"student": "anna", "working": "answer: E_new"}, {"student": "bert", "working": 5}
    path = jsonl(tmp_path / "c.jsonl", *rows, {"student": "c", "working": ["dE/dw5 = 0.0822"]})
    mark_class("mazur", path, tmp_path / "out")
    notes = [row["note"] for row in table(tmp_path / "out" / "marks.csv")]
    assert notes == ["nothing in it is read as an answer", 'row 2: its "working" is no text', ""]


def test_a_changed_template_makes_the_pages_again(tmp_path: Path) -> None:
    own, path = tmp_path / "own", jsonl(tmp_path / "c.jsonl", *of("anna"))
    own.mkdir()
    page, made = tmp_path / "out" / "pages" / "anna.html", []
    for text in ("one", "two", "two"):
        (own / "page.html.j2").write_text(f"<p>{text}</p>", "utf-8")
        mark_class("mazur", path, tmp_path / "out", Ways(templates=own))
        made.append((page.read_text(encoding="utf-8"), page.stat().st_mtime_ns))
    assert [text for text, _ in made] == [f"<p>{text}</p>\n" for text in ("one", "two", "two")]
    assert made[1] == made[2]


def test_a_half_line_and_a_lost_page_are_made_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = jsonl(tmp_path / "c.jsonl", *of("anna", "bert", "carl"))
    mark_class("mazur", path, out)
    whole = (out / "results.jsonl").read_bytes()
    (out / "results.jsonl").write_bytes(whole[:-200])
    (out / "pages" / "anna.html").unlink()
    mark_class("mazur", path, out)
    assert (out / "results.jsonl").read_bytes() == whole
    assert (out / "pages" / "anna.html").is_file()


def children(pid: int) -> list[str]:
    """The processes that a process has started, where the system tells."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return told.read_text().split() if told.is_file() else []


def runs(pid: str) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.is_file() and ") Z " not in status.read_text()


def test_killed_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    students = [f"s{n:03}" for n in range(5 * ALONE)]
    path = jsonl(tmp_path / "c.jsonl", *of(*students, working=WHOLE))
    command = [sys.executable, "-m", "tutor", "check", "mazur", "--class", str(path), "-o", "out"]
    first = subprocess.Popen(command, cwd=tmp_path, start_new_session=True)
    results = tmp_path / "out" / "results.jsonl"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and first.poll() is None:
        if results.is_file() and results.read_bytes().count(b"\n") >= 5:
            break
        time.sleep(0.01)
    workers = children(first.pid)
    first.kill()
    first.wait()
    while time.monotonic() < deadline and any(map(runs, workers)):
        time.sleep(0.01)
    assert not any(map(runs, workers))
    kept = results.read_bytes().count(b"\n")
    assert 5 <= kept < len(students)
    begun = results.read_bytes().split(b"\n")[0]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(students)} marked; see {Path('out', 'summary.html')}\n"
    assert [r["student"] for r in rows(results)] == students
    assert results.read_bytes().split(b"\n")[0] == begun


def test_a_teachers_marks_survive_another_run(tmp_path: Path) -> None:
    out, path = tmp_path / "out", jsonl(tmp_path / "c.jsonl", *of("anna", "bert", working=WHOLE))
    mark_class("mazur", path, out)
    (out / "overrides.csv").write_text("student,line,mark,reason\nanna,31,2,=read on\n", "utf-8")
    for _ in range(2):
        counted = mark_class("mazur", path, out)
        assert [r["marked"]["marks"]["got"] for r in counted.records] == [32, 31]
    page = (out / "pages" / "anna.html").read_text(encoding="utf-8")
    assert "Line 31: 2 by your teacher, =read on." in page
    for row, said in (("x,1,1,", "no submission"), ("anna,a,1,", "no number of a line")):
        (out / "overrides.csv").write_text(f"student,line,mark,reason\n{row}\n", "utf-8")
        with pytest.raises(InputError, match=said):
            mark_class("mazur", path, out)


def test_students_may_have_problems_of_their_own(tmp_path: Path) -> None:
    own = find("rgu").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    path = jsonl(
        tmp_path / "c.jsonl",
        {"student": "anna", "working": SHORT},
        {"student": "bert", "working": "out_top = 0.68", "problem": "own.yaml"},
    )
    counted = mark_class("mazur", path, tmp_path / "out")
    assert [r["error"] for r in counted.records] == [None, None]
    said = (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")
    assert "By problem" in said
    assert "own.yaml" in said


def test_one_student_twice_is_told_apart(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "c.jsonl", *of("anna"), *of("anna", working="dE/dw5 = 0.0922"))
    counted = mark_class("mazur", path, tmp_path / "out")
    assert len({r["page"] for r in counted.records}) == 2
    assert [r["marked"]["summary"]["wrong"] for r in counted.records] == [0, 1]
    assert [r["notes"] for r in counted.records] == [["this id stands in rows 1 and 2"]] * 2
    (tmp_path / "out" / "overrides.csv").write_text("student,line,mark\nanna,,1\n", "utf-8")
    mark_class("mazur", path, tmp_path / "out")
    for row in table(tmp_path / "out" / "marks.csv"):
        assert row["marks"] == "1"
        assert "rows 1 and 2, and what a teacher gives holds for each" in row["note"]


def test_no_id_and_different_ids_are_nobody_twice(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "c.jsonl", *of("anna", "Anna", "anna b"), "{", "{", *of("q", "q") * 4)
    records = mark_class("mazur", path, tmp_path / "out").records
    assert [bool(r["notes"]) for r in records] == [False] * 5 + [True] * 8
    assert records[-1]["notes"] == ["this id stands in rows 6, 7, 8, 9, 10, 11 and 2 more"]


def test_an_empty_class_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("", "utf-8")
    counted = mark_class("mazur", tmp_path / "c.jsonl", tmp_path / "out", Ways())
    assert counted.records == ()
    assert "0 workings." in (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")


def test_rows_keep_their_line(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "c.jsonl", "", *of("anna"), "", *of("bert"))
    assert [row.row for row in read_class(path)] == [2, 4]


class Deadly:
    """Ends the process that it is sent to."""

    overrides = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_working_that_breaks_its_worker_is_told_and_the_rest_is_marked(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    tasks = [
        Task(Submission(n, f"s{n}", SHORT), "mazur", "mazur", str(tmp_path), f"s{n}", FEEDBACK)
        for n in range(ALONE + 6)
    ]
    tasks[4] = replace(tasks[4], options=Deadly())  # type: ignore[arg-type]
    found = [json.loads(line) for _, line in lines(tasks)]
    assert [r["student"] for r in found] == [f"s{n}" for n in range(ALONE + 6)]
    assert [r["row"] for r in found if r["error"]] == [4]


NUMBERS = """student,dE/dw5,dE/dw1,w6_new,E,problem
anna,0.0822,0.000439,0.4087,0.298,
bert,0.1822,0.000439,0.4087,0.298,
carl,-0.0822,-0.000439,0.4913,0.298,
dora,"0,0822",,0.4087,,
emil,1/12,?,0.4,0.3,
fred,0.08,0,,0.3,
gina,,,,,
hans,0.0822,0.0004,0.4087,0.3,no-such
ines,0.0228,0.000439,0.4087,0.3,chain-1-1-1
jana,0.0822,0.000349,0.4807,3,
"""


@pytest.mark.parametrize("repeat", [False, True])
def test_marks_without_pages_are_the_same(repeat: bool, tmp_path: Path) -> None:
    """Rows of plain numbers are marked as a table."""
    numbers = tmp_path / "c.csv"
    numbers.write_text(NUMBERS, "utf-8")
    texts = jsonl(tmp_path / "c.jsonl", {"student": "anna", "working": WHOLE}, "{ no json")
    given = tmp_path / "given.csv"
    given.write_text("student,line,mark,reason\nanna,1,0.5,late\n", "utf-8")
    for source in (numbers, texts):
        options = replace(FEEDBACK, each=repeat)
        whole, quick = (
            mark_class("mazur", source, tmp_path / name, Ways(options, pages=pages), given)
            for name, pages in ((f"{source.name} whole", True), (f"{source.name} quick", False))
        )
        a, b = (
            table(tmp_path / f"{source.name} {name}" / "marks.csv") for name in ("whole", "quick")
        )
        assert [{**row, "page": ""} for row in a] == b
        assert replace(whole, records=()) == replace(quick, records=())
        assert {p.name for p in (tmp_path / f"{source.name} quick").iterdir()} == {
            *("marks.csv", "summary.html", "summary.txt")
        }
        for name in ("summary.html", "summary.txt"):
            pair = [
                re.sub(
                    '<a href="[^"]*">(.*?)</a>',
                    r"\1",
                    (tmp_path / f"{source.name} {way}" / name).read_text(encoding="utf-8"),
                )
                for way in ("whole", "quick")
            ]
            assert pair[0] == pair[1]


def test_plain_numbers_need_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = tmp_path / "c.csv"
    rows = "".join(f"s{n},0.{n:04},0.000439\n" for n in range(800, 899))
    numbers.write_text(f"student,dE/dw5,dE/dw1\n{rows}", "utf-8")
    monkeypatch.setattr("tutor.classroom.run.lines", lambda tasks: iter([0 / 0] if tasks else []))
    counted = mark_class("mazur", numbers, tmp_path / "out", Ways(pages=False))
    assert len(counted.marks) == 99


HEADS = [
    (
        "student,dE/dw5,foo,E_neww",
        [
            '1:16: the column "foo" is no quantity of this problem; correct its name',
            '1:20: the column "E_neww" is no quantity of this problem; did you mean E_new?',
        ],
    ),
    ("student,dE/dw5,E_new,E_new", ['1:22: the column "E_new" stands twice; leave one out']),
    ("student,dE/dw5,E,Student", ['1:18: the column "Student" stands twice']),
    ('student,"dE/dw5",E_new,"nots"', ['1:25: the column "nots" is no quantity']),
]


@pytest.mark.parametrize(("head", "said"), HEADS)
def test_a_column_that_is_nothing_is_told_before_marking(
    head: str, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"\ufeff{head}\nanna,0.0822,1,0.2910\n", "utf-8")
    with pytest.raises(InputError) as refused:
        mark_class("mazur", path, tmp_path / "out")
    lines = str(refused.value).splitlines()
    assert len(lines) == len(said)
    for line, sentence in zip(lines, said, strict=True):
        assert line.startswith(f"{path}:{sentence}")
    assert not (tmp_path / "out").exists()


def test_a_column_may_have_any_name_that_a_line_may(tmp_path: Path) -> None:
    numbers = tmp_path / "c.csv"
    head = "Student,delta,net input h1,new weight w5,h1,later,"
    numbers.write_text(f'{head}\nanna,"[0.1385, -0.0381]",0.3775,0.3589,0.593,,\n', "utf-8")
    (counted,) = mark_class("mazur", numbers, tmp_path / "numbers").records
    assert counted["marked"]["summary"]["correct"] == 5
    texts = tmp_path / "texts.csv"
    texts.write_text("student,email,working,email\nanna,a,dE/dw5 = 0.0822,b\n", "utf-8")
    with pytest.raises(InputError, match='"email" stands twice'):
        mark_class("mazur", texts, tmp_path / "texts")
    texts.write_text("student,email,working\nanna,a,dE/dw5 = 0.0822\n", "utf-8")
    assert mark_class("mazur", texts, tmp_path / "texts").marks


def test_a_column_belongs_to_some_problem_of_the_class(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("student,problem,dE/dw5,out_top\nanna,mazur,1,\nbert,rgu,,0.68\n", "utf-8")
    assert len(mark_class(None, path, tmp_path / "out").marks) == 2


@pytest.mark.parametrize("pages", [True, False])
def test_a_teachers_mark_holds_where_nothing_can_be_read(pages: bool, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "texts"
    folder.mkdir()
    (folder / "anna.txt").write_text("dE/dw5 = 0.0822", "utf-8")
    (folder / "bert.txt").write_bytes(b"caf\xe9")
    (folder / "carl.txt").write_text(" \n", "utf-8")
    (folder / "dora.txt").write_text(" \n", "utf-8")
    own = tmp_path / "own.csv"
    own.write_text("student,line,mark,reason\nbert,,20,on paper\ncarl,,7.5,\n", "utf-8")
    counted = mark_class("mazur", folder, out, Ways(pages=pages), own)
    marks = {row["student"]: row for row in table(out / "marks.csv")}
    assert [marks[s]["marks"] for s in ("bert", "carl", "dora")] == ["20", "7.5", ""]
    assert (marks["bert"]["of"], marks["bert"]["page"]) == ("32", "")
    assert "not UTF-8" in marks["bert"]["note"]
    assert marks["carl"]["note"].endswith("the working is empty; the mark is the teacher's")
    assert [r["student"] for r in counted.unmarked] == ["dora"]
    assert (counted.untouched, {item.of for item in counted.items}) == (1, {1})


NOT_GIVEN = [
    (["anna,,129,x"], ["2:1: 129 is more than the 32 marks of the whole"]),
    (["anna,31,5,", "anna,,20,"], ["2:1: line 31 can earn 2, not 5"]),
    (["anna,99,1,"], ["2:1: this working has no line 99; its last is line 46"]),
    (["anna,0,1,"], ["2:1: this working has no line 0; its last is line 46"]),
    (["anna,31,-1,"], ['2:1: "-1" is less than nothing; write what is given, not what is taken']),
    (["anna,31,1,", "bert,,0,", "anna,31,2,"], ['4:1: line 31 of "anna" has a mark in row 2']),
    (["anna,,1,", "anna,,1,"], ['3:1: the whole of "anna" has a mark in row 2; leave one out']),
    (
        ["anna,3,2,"],
        ["2:1: line 3 has no marks of its own, and with 2 for it the working has 33 of 32"],
    ),
    (["bert,1,1,"], ["2:1: this working has no lines; leave the line empty for the whole"]),
    (["carl,,1,", "dora,,1,"], [f'{n}:1: no submission is from the student "' for n in (2, 3)]),
]


@pytest.mark.parametrize(("given", "said"), NOT_GIVEN)
def test_a_mark_that_cannot_be_given_is_told_before_marking(
    given: list[str], said: list[str], tmp_path: Path
) -> None:
    students = {"student": "anna", "working": WHOLE}, {"student": "bert", "working": " "}
    own = tmp_path / "own.csv"
    own.write_text("\n".join(["student,line,mark,reason", *given]), "utf-8")
    with pytest.raises(InputError) as refused:
        mark_class("mazur", jsonl(tmp_path / "c.jsonl", *students), tmp_path / "out", Ways(), own)
    lines = str(refused.value).splitlines()
    assert len(lines) == len(said)
    for line, sentence in zip(lines, said, strict=True):
        assert line.startswith(f"{own}:{sentence}")
    assert not (tmp_path / "out").exists()


def test_a_mark_for_a_line_without_any_is_added_and_said(tmp_path: Path) -> None:
    students = (
        {"student": "anna", "working": WHOLE},
        {"student": "bert", "working": "dE/dw5 = hm 3 ="},
    )
    own = tmp_path / "own.csv"
    own.write_text("student,line,mark,reason\nanna,3,1,\nanna,31,0,\nbert,1,2,\n", "utf-8")
    path = jsonl(tmp_path / "c.jsonl", *students)
    anna, bert = mark_class("mazur", path, tmp_path / "out", Ways(), own).records
    assert (anna["marked"]["marks"]["got"], bert["marked"]["marks"]["got"]) == (31, 2)
    assert anna["notes"] == ["line 3 has no marks of its own, the 1 given for it is added"]
    assert not bert["notes"]
    assert anna["notes"][0] in table(tmp_path / "out" / "marks.csv")[0]["note"]


def test_the_summary_says_what_lines_to_look_at_may_add(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "c.jsonl",
        *of("anna", working="dE/dw5 = hm\ndE/dw6 = hm 3 =\nw5_new = 0.3589"),
        *of("bert", working=WHOLE),
    )
    mark_class("mazur", path, tmp_path / "out")
    said = (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")
    words = " ".join(said.split())
    assert "anna 4–6 of 32; line 2 to look at" in words
    assert "bert 31 of 32 line 29" in words
    assert "mean 17.5 of 32 marks (55 %), median 17.5; 1 without a wrong line" in words
    assert "1 with lines to look at, which count as nothing here and may earn more." in words


def test_a_page_says_whose_it_is_and_the_summary_leads_to_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    students = (*HOSTILE, "Zoë Müller", 'a"b<c>&d', "50%#?")
    mark_class("mazur", jsonl(tmp_path / "c.jsonl", *of(*students)), out)
    summary = (out / "summary.html").read_text(encoding="utf-8")
    pages = {row["page"] for row in rows(out / "results.jsonl")}
    assert {unquote(link) for link in re.findall('<a href="(pages[^"]*)"', summary)} == pages
    for row in rows(out / "results.jsonl"):
        page = (out / str(row["page"])).read_text(encoding="utf-8")
        assert "<b>x" not in page
        (whose,) = re.findall('<p class="whose">(.*)</p>', page)
        assert unescape(whose)[:59] == printable(str(row["student"]))[:59]


@pytest.mark.parametrize("format", ["html", "latex", "markdown", "text", "typst"])
def test_whose_a_page_is_stands_in_every_format_and_only_there(format: str) -> None:
    marked = tutor.mark(tutor.load("mazur"), SHORT)
    head, *_ = render_marked(marked, format, student="Zoë_1").split("Your working")
    assert re.search(r"Zoë\\*_1", head)
    assert "whose" not in re.sub(
        "<style>.*?</style>", "", render_marked(marked, format), flags=re.S
    )
