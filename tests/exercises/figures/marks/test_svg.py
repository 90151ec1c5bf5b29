"""Marks as SVG: what is written, and that nothing else can be."""

from exercises.figures.marks.appearance import Appearance, PathMark, area, line
from exercises.figures.marks.svg import document, shift, stamp, to_svg
from tests.exercises.figures.paths import SVG, elements, parsed


def test_marks_that_look_alike_are_one_path():
    drawn = to_svg([area("M0 0l1 1z", "#aa0000"), area("M2 2l1 1z", "#aa0000"), area("M4 4l1 1z", "#00aa00")])
    assert drawn == '<path d="M0 0l1 1zM2 2l1 1z" fill="#aa0000"/><path d="M4 4l1 1z" fill="#00aa00"/>'


def test_lines_of_one_width_share_a_group_and_keep_their_own_colours():
    drawn = to_svg([area("M0 0l1 1z", "#aa0000", seam=4), area("M2 2l1 1z", "#00aa00", seam=4)])
    assert drawn.startswith('<g stroke-width="4"><path d="M0 0l1 1z" fill="#aa0000" stroke="#aa0000"/>')
    found = list(elements(parsed(document(9, 9, drawn))))
    assert [(said["stroke"], said["stroke-width"]) for said, _ in found] == [("#aa0000", "4"), ("#00aa00", "4")]


def test_order_is_kept():
    marks = [area("M0 0z", "#111111"), line("M1 1z", "#222222", 3), area("M2 2z", "#111111")]
    found = elements(parsed(document(9, 9, to_svg(marks))))
    assert [said["d"] for said, _ in found] == ["M0 0z", "M1 1z", "M2 2z"]


def test_marks_without_a_path_are_left_out():
    assert to_svg([area("", "#111111"), line("", "#222222", 3)]) == ""


def test_opacity_and_dashes_are_written():
    assert 'fill-opacity=".5"' in to_svg([PathMark(Appearance("#111111", opacity=0.5), "M0 0z")])
    assert 'stroke-dasharray="3 4"' in to_svg([line("M0 0z", "#222222", 3, (3, 4))])


def test_moved_marks_stand_in_a_group():
    assert shift("<path/>", 0, 0) == "<path/>"
    assert shift("<path/>", 3, -4) == '<g transform="translate(3 -4)"><path/></g>'


def test_a_document_says_its_size_and_nothing_that_is_read_out():
    root = parsed(document(10, 20, "<path/>"))
    assert [child.tag for child in root] == [f"{SVG}path"]
    assert root.attrib.keys() == {"viewBox", "fill", "stroke-linecap", "stroke-linejoin"}
    assert root.get("viewBox") == "0 0 10 20"


def test_stamps_differ_by_every_word_and_are_names():
    stamps = {stamp("a", "b"), stamp("ab", ""), stamp("a", "c"), stamp("b", "a")}
    assert len(stamps) == 4
    assert all(name.isidentifier() for name in stamps)
    assert stamp("a", "b") == stamp("a", "b")
