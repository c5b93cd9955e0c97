from launch import log_file
from launch.log_file import LogFile


def test_warnings_are_shown_and_the_rest_is_not(tmp_path):
    log = LogFile(tmp_path / "web.log")
    log.path.write_text(
        'time=1 level=INFO logger=a message="all is well"\n'
        'time=2 level=WARNING logger=a message="disk \\"C\\" is filling" free=3\n'
        "time=3 level=ERROR logger=a message=gone\n"
    )
    assert list(log.new_warnings()) == ['warning: "disk \\"C\\" is filling"', "error: gone"]
    assert list(log.new_warnings()) == []


def test_a_line_half_written_is_shown_when_it_is_whole(tmp_path):
    log = LogFile(tmp_path / "web.log")
    with log.path.open("a") as file:
        file.write("time=1 level=ERROR mess")
        file.flush()
        assert list(log.new_warnings()) == []
        file.write("age=gone\n")
        file.flush()
        assert list(log.new_warnings()) == ["error: gone"]


def test_warnings_of_the_run_before_are_not_shown_again(tmp_path):
    (tmp_path / "web.log").write_text("level=ERROR message=old\n")
    assert list(LogFile(tmp_path / "web.log").new_warnings()) == []


def test_a_large_log_is_laid_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(log_file, "LARGEST", 10)
    (tmp_path / "web.log").write_text("more than ten bytes\n")
    assert LogFile(tmp_path / "web.log").path.read_text() == ""
    assert (tmp_path / "web.old.log").read_text() == "more than ten bytes\n"


def test_a_warning_that_repeats_itself_is_shown_once(tmp_path):
    log = LogFile(tmp_path / "web.log")
    log.path.write_text("level=ERROR message=a\n" * 3 + "level=ERROR message=b\nlevel=ERROR message=a\n")
    assert list(log.new_warnings()) == ["error: a", "error: b", "error: a"]
