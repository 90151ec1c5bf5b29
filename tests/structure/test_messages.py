"""Words to translate: found in templates and in Python, and every kept catalogue is as the sources have it."""

import io

from babel.messages import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests import messages

TEMPLATE = """
<p>
   {% blocktranslate trimmed with called=a.b count n=x %}
      <b>{{ called }}</b>'s exercise, 100% done
   {% plural %}
      {{ n }} exercises
   {% endblocktranslate %}
  {# it's said once #}
 {% translate "Next" context "a button" %}
</p>
"""


def found_in(source):
    found = extract.extract("python", io.BytesIO(source.encode()), messages.KEYWORDS)
    return [(message, context) for _line, message, _notes, context in found]


def test_catalogues_are_as_the_sources_have_them():
    assert messages.stale() == []


def test_words_of_a_template_are_found():
    assert found_in(messages.as_python(TEMPLATE)) == [
        (("<b>%(called)s</b>'s exercise, 100%% done", "%(n)s exercises"), None),
        ("Next", "a button"),
    ]


def test_dates_are_words_to_translate():
    assert messages.words_in_sources().get("l j F", "a date: weekday, day, month") is not None


def test_new_language_is_two_files_that_follow_the_sources(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.start("cy")
    assert [path.name for path in messages.stale()] == ["django.po", "django.mo"]
    messages.write()
    assert messages.stale() == []
    kept = tmp_path / "cy" / "LC_MESSAGES" / "django.po"
    kept.write_text(kept.read_text() + '\nmsgid "gone from the sources"\nmsgstr "x"\n')
    assert messages.stale() != []
    with kept.open("rb") as file:
        before = read_po(file, locale="cy")
    message = before.get("l j F", "a date: weekday, day, month")
    message.string = "l, j F"
    for path, text in messages.files_of(kept, before).items():
        path.write_bytes(text)
    messages.write()
    with kept.with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("l j F", "a date: weekday, day, month").string == "l, j F"
    assert "gone from the sources" not in kept.read_text()


def test_plural_that_is_not_translated_is_left_to_english(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.start("cy")
    messages.write()
    with (tmp_path / "cy" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert [message.id for message in read_mo(file) if message.id] == []
