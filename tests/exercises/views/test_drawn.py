"""Pictures that are drawn when first asked for: their address, who may have them, and what is kept."""

import threading
import time
from contextlib import suppress

import pytest
from django.urls import Resolver404, resolve, reverse

from exercises.figures import Pace, Style, figure, film_of
from exercises.figures.gallery import store
from exercises.figures.gallery.store import prune, svg_from, try_to_write, write_whole
from exercises.figures.moving.film import film
from exercises.pictures import address_of
from tests.factories import PatientFactory, PhysioFactory
from tests.structure.world import client_of

ROWAN = Style(person="rowan")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FIGURES_DIR = tmp_path / "figures"
    return settings.FIGURES_DIR


@pytest.fixture
def drawings(monkeypatch):
    """Return what was drawn; the engine itself has tests of its own."""
    drawn = []

    def svg_of(subject):
        drawn.append(subject.key)
        return f"<svg><!-- {subject.style.person} {subject.key} --></svg>"

    monkeypatch.setattr(store, "svg_of", svg_of)
    return drawn


@pytest.fixture
def client(db):
    return client_of(PhysioFactory())


def test_picture_is_drawn_by_the_engine_and_may_be_kept_for_ever(client):
    answer = client.get(address_of(figure("bridge", "both", "end", ROWAN)))
    assert answer.status_code == 200
    assert answer.content.startswith(b"<svg ")
    assert answer["Content-Type"] == "image/svg+xml"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "max-age=31536000", "immutable"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_picture_goes_out_small(client, drawings, monkeypatch):
    monkeypatch.setattr(store, "svg_of", lambda _subject: "<svg>" + "<path/>" * 1000 + "</svg>")
    address = address_of(figure("bridge", "both", "end", ROWAN))
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 1000


def test_picture_is_drawn_once(client, drawings, folder):
    picture = figure("bridge", "both", "end", ROWAN)
    first, second = (client.get(address_of(picture)).content for _ in range(2))
    assert first == second == (folder / picture.file).read_bytes()
    assert drawings == ["bridge-both-end"]


def test_patients_may_see_pictures(db, drawings):
    client = client_of(PatientFactory().user)
    assert client.get(address_of(figure("bridge", "both", "end", ROWAN))).status_code == 200


REEL = (
    '<svg><svg data-reel="fabc 900 5 0 9 9 5 #000000 #ffffff" width="900" height="500"><g class="fabc"></g></svg></svg>'
)


def test_moving_picture_is_drawn_beside_the_server(client, folder, monkeypatch):
    asked = []
    monkeypatch.setattr("exercises.views.drawing.draw_ahead", asked.extend)
    moves = film_of("bridge", "both", Pace(2, 3, 2, 1), ROWAN)
    picture, address = moves.reel, address_of(moves)

    answer = client.get(address)

    assert (answer.status_code, answer.content, answer["Retry-After"]) == (202, b"", "3")
    assert answer["Cache-Control"] == "no-store"
    assert asked == [picture]
    assert not folder.exists()
    write_whole(folder / picture.file, REEL.encode())
    there = client.get(address)
    assert (there.status_code, there.content.decode()) == (200, film(REEL, Pace(2, 3, 2, 1)))
    assert "immutable" in there["Cache-Control"]
    assert there["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("style", [ROWAN, Style()], ids=["drawn", "library"])
def test_doses_share_the_drawings(client, folder, style):
    slow, quick = (film_of("bridge", "both", Pace(hold=hold), style) for hold in (30, 3))
    assert slow.reel == quick.reel
    assert address_of(slow) != address_of(quick)
    if not slow.reel.is_built:
        write_whole(folder / slow.reel.file, REEL.encode())
    seen = [client.get(address_of(one)).content.decode() for one in (slow, quick)]
    assert ["30 s</text>" in one for one in seen] == [True, False]
    assert ["3 s</text>" in one for one in seen] == [False, True]


def film_arguments(**changes):
    moves = film_of("clamshell", "left", Pace(hold=1), ROWAN)
    asked = {"person": "rowan", "slug": "clamshell", "side": "left", "of": moves.token, "pace": moves.pace.code}
    return asked | changes


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": "nobody"},
        {"person": "maple"},
        {"slug": "plank"},
        {"side": "both"},
        {"of": "0" * 12},
        {"pace": "2-1-2"},
        {"pace": "2-999-2-1"},
        {"pace": "02-1-2-1"},
    ],
    ids=str,
)
def test_address_of_no_moving_picture_is_not_found_and_draws_nothing(client, folder, wrong):
    assert client.get(reverse("exercises:filmed", kwargs=film_arguments(**wrong))).status_code == 404
    assert not folder.exists()


def test_drawings_by_themselves_are_for_no_page(client, drawings):
    assert client.get(address_of(figure("bridge", "both", "animation", ROWAN))).status_code == 404
    assert drawings == []


def test_changed_way_of_filming_has_a_new_address_and_the_drawings_stay(monkeypatch):
    moves = film_of("bridge", "both", Pace(), ROWAN)
    before = address_of(moves)
    monkeypatch.setattr("exercises.figures.gallery.catalogue.source_of", lambda *_modules: b"another")
    assert address_of(moves) != before
    assert film_of("bridge", "both", Pace(), ROWAN).reel == moves.reel


def test_picture_that_cannot_be_kept_is_shown_all_the_same(client, drawings, folder, monkeypatch, caplog):
    def fail(_self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    address = address_of(figure("bridge", "both", "end", ROWAN))
    assert b"rowan" in client.get(address).content
    assert b"rowan" in client.get(address).content
    assert drawings == ["bridge-both-end"] * 2
    assert [(record.getMessage(), record.exc_info) for record in caplog.records] == [
        ("A picture cannot be kept ([Errno 28] No space left on device); it is drawn again each time", None)
    ] * 2


def file_in_the_way(folder):
    folder.write_text("")


def locks_in_the_way(folder):
    for number in range(store.LOCKS):
        (folder / f".lock-{number:02}").mkdir(parents=True)


@pytest.mark.parametrize("spoil", [file_in_the_way, locks_in_the_way], ids=lambda spoil: spoil.__name__)
def test_folder_that_cannot_be_used_costs_nobody_a_picture(client, drawings, folder, caplog, spoil):
    spoil(folder)
    answer = client.get(address_of(figure("bridge", "both", "end", ROWAN)))
    assert (answer.status_code, b"rowan" in answer.content) == (200, True)
    (told,) = caplog.records
    assert told.getMessage().startswith("A picture cannot be kept ([Errno ")
    assert (told.levelname, told.exc_info) == ("WARNING", None)


def test_folder_that_can_be_written_to_stays_empty(tmp_path):
    try_to_write(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="File exists") as told:
        try_to_write(tmp_path / "file")
    assert told.value.filename == str(tmp_path / "file")


@pytest.mark.parametrize("kind", ["pair", "steps"])
def test_what_no_page_shows_is_not_drawn(client, drawings, kind):
    assert client.get(address_of(figure("bridge", "both", kind, ROWAN))).status_code == 404
    assert drawings == []


@pytest.mark.parametrize("place", range(5))
def test_long_address_is_looked_up_at_once(place):
    """Anybody may ask, before anybody signs in: words that may stand in several ways would take minutes."""
    parts = ["rowan", "clamshell", "left", "end", "000000000000"]
    parts[place] = "-" * 3000
    started = time.process_time()
    with suppress(Resolver404):
        resolve(f"/pictures/{'/'.join(parts)}.svgx")
    with suppress(Resolver404):
        resolve(f"/pictures/{'/'.join([*parts[:3], 'animation', *parts[3:]])}.svgx")
    with pytest.raises(Resolver404):
        resolve(f"/pictures/a/{'-' * 3000}")
    assert time.process_time() - started < 1


def right_arguments(**changes):
    picture = figure("clamshell", "left", "end", ROWAN)
    asked = {"person": "rowan", "slug": "clamshell", "side": "left", "kind": "end", "of": picture.subject.token}
    return asked | changes


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": "nobody"},
        {"person": "maple"},
        {"slug": "plank"},
        {"slug": "portrait"},
        {"slug": "none"},
        {"side": "both"},
        {"side": "right"},
        {"side": "each"},
        {"kind": "start"},
        {"kind": "portrait"},
        {"of": "0" * 12},
        {"of": "x" * 4000},
    ],
    ids=str,
)
def test_address_of_no_picture_is_not_found_and_draws_nothing(client, drawings, folder, wrong):
    assert client.get(reverse("exercises:drawn", kwargs=right_arguments(**wrong))).status_code == 404
    assert drawings == []
    assert not folder.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/../../etc/passwd",
        "/pictures/rowan/../maple/clamshell/left/end/000000000000.svg",
        "/pictures/rowan/clamshell/left/end.svg",
        "/pictures/rowan/clamshell/left/end/000000000000.png",
        "/pictures/rowan/clamshell/left/end/0000%00000000.svg",
    ],
)
def test_made_up_path_is_not_found(client, drawings, path):
    assert client.get(path).status_code == 404
    assert drawings == []


def test_library_picture_is_read_from_the_static_files(folder, drawings):
    assert svg_from(folder, figure("bridge", "both", "end")).startswith(b"<svg ")
    assert drawings == []


def test_ten_at_once_draw_once(folder, drawings):
    picture, found = figure("bridge", "both", "end", ROWAN), []
    threads = [threading.Thread(target=lambda: found.append(svg_from(folder, picture))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10
    assert len(set(found)) == 1
    assert drawings == ["bridge-both-end"]


def test_failed_drawing_leaves_nothing_and_is_tried_again(folder, drawings, monkeypatch):
    picture, svg_of = figure("bridge", "both", "end", ROWAN), store.svg_of

    def fail(_subject):
        raise ValueError("a bad pose")

    monkeypatch.setattr(store, "svg_of", fail)
    with pytest.raises(ValueError, match="a bad pose"):
        svg_from(folder, picture)
    assert not (folder / picture.file).exists()
    monkeypatch.setattr(store, "svg_of", svg_of)
    assert b"rowan" in svg_from(folder, picture)


def test_file_is_whole_or_not_there(tmp_path, monkeypatch):
    def fail(_self, _target):
        raise OSError("the disk is full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="the disk is full"):
        write_whole(tmp_path / "a.svg", b"<svg/>")
    assert list(tmp_path.iterdir()) == []


def test_pruning_takes_what_no_address_names(folder, drawings):
    there = figure("bridge", "both", "end", Style(person="rowan", line="60mm", palette="grey"))
    svg_from(folder, there)
    former, unfinished = folder / "rowan" / "bridge-both-end-0123456789ab.svg", folder / "rowan" / ".bridge-x"
    for path in (former, unfinished):
        path.write_text("<svg/>")
    assert prune(folder) == 1
    assert not former.exists()
    assert unfinished.exists()
    assert (folder / there.file).exists()
    assert prune(folder) == 0


def test_pruning_nothing_is_fine(tmp_path):
    assert prune(tmp_path / "not-there") == 0
