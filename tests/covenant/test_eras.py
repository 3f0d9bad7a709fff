"""Years of the Republic are told as years of the common era beside the words, in the reading and on the sheet."""

from pathlib import Path

from click.testing import CliRunner

from gongyue.cli.read import read as command
from gongyue.covenant import eras
from gongyue.covenant.binding.binding_text import number_of
from gongyue.covenant.binding.records import Binding


def test_a_year_of_the_republic_is_told_beside_the_words() -> None:
    """民國113年 is 2024; a year of the common era, one without an era and one before the Republic are told as they are."""
    for written in ("民國一百一十三年六月一日", "中华民国113年6月1日"):
        assert eras.beside(written, "113-06-01") == ("（公元2024年）", " (the year 2024)")
    assert eras.beside("民国元年1月1日", "1-01-01")[0] == "（公元1912年）"
    assert eras.beside("民国199年1月1日", "199-01-01")[0] == "（公元2110年）"
    for written, value in (
        ("公元113年6月1日", "113-06-01"),
        ("113年6月1日", "113-06-01"),
        ("民國前三年六月一日", "3-06-01"),
        ("民國2024年1月1日", "2024-01-01"),
    ):
        assert eras.beside(written, value) == ("", "")


def test_reading_and_sheet_tell_it(tmp_path: Path) -> None:
    """The value and the words stay as they are."""
    path = tmp_path / "章程.txt"
    path.write_text("晨光會章程\n第一條 本會定名為晨光會。\n第二條 本章程自民國一百一十三年六月一日起施行。\n", "utf-8")
    told = CliRunner().invoke(command, [str(path)]).output
    assert "“民國一百一十三年六月一日”  日期 113-06-01（公元2024年）" in told
    bound = Binding("founding.in_force", "2", 1, "自民國一百一十三年六月一日起施行", "date", value="113-06-01")
    assert number_of(bound) == ("日期 113-06-01（公元2024年）", "the date 113-06-01 (the year 2024)")
    plain = Binding("founding.in_force", "2", 1, "自2024年6月1日起施行", "date", value="2024-06-01")
    assert number_of(plain)[0] == "日期 2024-06-01"
