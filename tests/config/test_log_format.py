import logging
import sys

import pytest

from config.log_format import KeyValueFormatter


def line(message, *arguments, exc_info=None, **extra):
    record = logging.LogRecord("registry", logging.WARNING, "file", 1, message, arguments, exc_info)
    vars(record).update(extra)
    return KeyValueFormatter().format(record)


def test_an_event_is_one_line_of_names_and_values():
    text = line("saved %s", "INO", user="datamanager-03")
    assert text.startswith("time=")
    assert text.endswith('level=WARNING logger=registry message="saved INO" user=datamanager-03')


@pytest.mark.parametrize(
    "forged", ["a\nlevel=ERROR message=forged", "a\r\nb", 'a" level=ERROR x="', "a\x00\x1b[31mb\u2028c"]
)
def test_a_value_cannot_forge_a_line_or_a_field(forged):
    text = line("%s", forged)
    assert text.isprintable()
    message = text.partition("message=")[2]
    assert message.startswith('"')
    assert message.endswith('"')
    assert '"' not in message[1:-1].replace('\\"', "")


def test_a_traceback_stays_in_its_line():
    try:
        raise ValueError("unreadable")
    except ValueError:
        text = line("failed", exc_info=sys.exc_info())
    assert "\n" not in text
    assert "ValueError: unreadable" in text


def test_an_empty_value_is_shown_as_empty():
    assert line("x", note="").endswith('note=""')
