"""Numerals and shares as covenants write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.covenant.numerals import parse, parse_share, to_chinese


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1), ("十", 10), ("十四", 14), ("二十", 20), ("二十二", 22), ("廿二", 22), ("卅", 30), ("两", 2),
        ("一百零一", 101), ("一百〇一", 101), ("一〇一", 101), ("一百一十", 110), ("一百十二", 112), ("百零三", 103),
        ("貳拾貳", 22), ("壹佰零伍", 105), ("22", 22), ("２２", 22), ("二 十 二", 22), ("一千零一十", 1010),
        ("一万二千", 12000), ("○", 0),
    ],
)  # fmt: skip
def test_every_way_of_writing_a_number_is_read(written: str, number: int) -> None:
    """Every way of writing a number is read."""
    assert parse(written) == number


@pytest.mark.parametrize("written", ["", "第", "一二十", "十十", "一百五", "百千", "2二", "十〇", "条", "-1", "²"])
def test_what_is_no_numeral_or_has_two_readings_is_not_guessed(written: str) -> None:
    """What is no numeral or has two readings is not guessed."""
    assert parse(written) is None


@given(st.integers(1, 9999))
def test_every_article_number_survives_the_way_to_chinese_and_back(number: int) -> None:
    """Every article number survives the way to chinese and back."""
    assert parse(to_chinese(number)) == number


@given(st.integers(1, 9999))
def test_arabic_and_full_width_digits_mean_the_same(number: int) -> None:
    """Arabic and full width digits mean the same."""
    wide = "".join(chr(ord(d) + 0xFEE0) for d in str(number))
    assert parse(wide) == parse(str(number)) == number


@given(st.text(alphabet="零〇一二三十百千万廿第条0１ ", max_size=12))
def test_parsing_never_fails_loudly(text: str) -> None:
    """Parsing never fails loudly."""
    assert parse(text) is None or parse(text) >= 0  # type: ignore[operator]


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("三分之二", Fraction(2, 3)), ("十分之一", Fraction(1, 10)), ("3分之2", Fraction(2, 3)), ("2/3", Fraction(2, 3)),
        ("２／３", Fraction(2, 3)), ("⅔", Fraction(2, 3)), ("50%", Fraction(1, 2)), ("66.7％", Fraction(667, 1000)),
        ("百分之五十", Fraction(1, 2)), ("百分之六十六点七", Fraction(667, 1000)), ("过半数", Fraction(1, 2)),
        ("過半數", Fraction(1, 2)), ("半数", Fraction(1, 2)), ("二分之一", Fraction(1, 2)),
    ],
)  # fmt: skip
def test_every_way_of_writing_a_share_is_read(written: str, share: Fraction) -> None:
    """Every way of writing a share is read."""
    assert parse_share(written) == share


@pytest.mark.parametrize("written", ["", "三分之四", "0/3", "3/0", "101%", "分之", "甲"])
def test_what_is_no_share_of_a_whole_is_none(written: str) -> None:
    """What is no share of a whole is none."""
    assert parse_share(written) is None


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_share_in_chinese_equals_the_same_share_in_digits(part: int, whole: int) -> None:
    """A share in chinese equals the same share in digits."""
    part, whole = min(part, whole), max(part, whole)
    assert (
        parse_share(f"{to_chinese(whole)}分之{to_chinese(part)}")
        == parse_share(f"{part}/{whole}")
        == Fraction(part, whole)
    )
