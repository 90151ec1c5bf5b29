"""A style sheet as a server sends it: whole, and without what only its authors read."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from hipcare.stylesheets import StaticStorage, whole, without_comments

FILES = {
    "css/page.css": '/* A page. */\n@import url("base/words.css");\n@import url("part.css");\n\n.page {}\n',
    "css/part.css": '@import url("base/words.css");\n\n.part {\n  background: url("../img/dot.svg");\n}\n',
    "css/base/words.css": '.words {\n  src: url("../../fonts/one.woff2"), url("data:image/svg+xml,%3csvg/%3e");\n}\n',
    "css/base/deep.css": '@import url("../part.css");\n',
}


def test_an_imported_part_stands_where_it_is_first_asked_for_and_only_there():
    sheet = whole("css/page.css", FILES.__getitem__)
    assert [sheet.count(name) for name in (".words", ".part", ".page", "@import")] == [1, 1, 1, 0]
    assert sheet.index(".words") < sheet.index(".part") < sheet.index(".page")


def test_addresses_lead_to_the_same_files_from_the_sheet_they_end_up_in():
    assert 'url("../fonts/one.woff2"), url("data:image/svg+xml,%3csvg/%3e")' in whole("css/page.css", FILES.__getitem__)
    assert 'url("../../img/dot.svg")' in whole("css/base/deep.css", FILES.__getitem__)


def test_a_part_that_is_not_there_is_a_mistake():
    with pytest.raises(KeyError):
        whole("css/lost.css", {"css/lost.css": '@import url("nowhere.css");\n'}.__getitem__)


def test_comments_and_indents_stay_at_home():
    sheet = '/* Why. */\n.a {\n  color: red; /* on two\n  lines */\n\n  content: "• ";\n}\n'
    assert without_comments(sheet) == '.a {\ncolor: red;\ncontent: "• ";\n}\n'


def test_a_script_asks_for_others_by_their_hash(tmp_path, settings):
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "one.js").write_text('import { two } from "./two.js";\ntwo();\n')
    (tmp_path / "from" / "two.js").write_text("export const two = () => {};\n")
    settings.STATIC_ROOT = tmp_path / "to"
    source, storage = FileSystemStorage(tmp_path / "from"), StaticStorage(tmp_path / "to", "/static/")
    for name in ("one.js", "two.js"):
        storage.save(name, ContentFile((tmp_path / "from" / name).read_bytes()))
    list(storage.post_process({name: (source, name) for name in ("one.js", "two.js")}))

    (two,) = (path.name for path in (tmp_path / "to").glob("two.*.js"))
    (one,) = (tmp_path / "to").glob("one.*.js")
    assert f'from "./{two}"' in one.read_text()
