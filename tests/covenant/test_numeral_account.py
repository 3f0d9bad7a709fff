"""The account of numerals: each is read, or a mark, a name, a mere word, or it is shown as not read; none goes by unseen."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongyue.covenant import numbers, numeral_account
from gongyue.covenant.numeral_account import account
from gongyue.covenant.numerals import CHINESE
from support import pace
from tests.covenant.test_samples import EXPECTED, outlined

FORMS = f"0123456789{CHINESE}万萬亿億半½⅔①⑵"


def told(text: str) -> list[tuple[str, str]]:
    """Each numeral as it stands, and what it was told to be: the kind of its number, or its own."""
    return [(text[n.begin : n.end], n.number.kind if n.number else n.kind) for n in account(text)]


def unread(text: str) -> list[str]:
    return [text[n.begin : n.end] for n in numeral_account.unread(text)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("连任不超过两届。", ["两"]), ("赞成票达到8票即通过。", ["8"]), ("每家至少完成3项检查。", ["3"]), ("收费为成本的120%。", ["120%"]),
        ("经简单多数同意。", ["多数"]), ("须经全体一致同意。", ["全体一致"]), ("经协商一致作出决定。", ["协商一致"]), ("以全票通过。", ["全票"]),
        ("数日内办结。", ["数"]), ("设副会长若干名。", ["若干"]), ("双月出刊。", ["双"]), ("几家会员联名。", ["几"]), ("修改须过半方可。", ["过半"]),
        ("于第九十日起施行。", ["九十"]), ("每年第二个月提交报告。", ["二"]), ("三十（二十）日内公布。", ["三十", "二十"]),
        ("三分之二以上（含五分之三）同意。", []), ("会议召开前24h通知。", ["24"]), ("本公约一式五份。", ["一", "五"]), ("须有一家以上提出。", []),
        ("连选得连任一次。", ["一"]), ("至少一项合格。", ["一"]), ("提前一个任期届满。", ["一"]), ("名单一份。", ["一"]), ("可连任一届。", ["一"]),
        ("数量为3.5倍。", ["3.5"]), ("成员 3 票即可。", ["3"]), ("半天之内答复。", ["半"]), ("分别计1、8、16分。", ["1", "8", "16"]),
        ("选票分为甲、乙两类。", ["两"]), ("会员大会每2-3年召开。", []), ("二十余家会员。", ["二十"]), ("每1-年公布。", ["1"]),
        ("经__2012__年__04__月通过。", ["2012", "04"]),
    ],
)  # fmt: skip
def test_what_nobody_read_is_shown(text: str, left: list[str]) -> None:
    """Counts of terms, votes and things, majorities in words, days that are named, what contradicts itself."""
    assert unread(text) == left


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（二）遵守本公约；", "label"), ("3. 遵守本公约；", "label"), ("①遵守本公约；", "label"), ("1.2 目的", "label"), ("依第二十二条办理。", "citation"),
        ("适用前两款。", "citation"), ("按（三）项办理。", "citation"), ("见附件二。", "citation"), ("国发〔2014〕21号文件", "citation"),
        ("第三届会员大会", "ordinal"), ("第二次表决", "ordinal"), ("依《第一项标准》", "name"), ("采用5G网络", "name"), ("按HJ212执行", "name"),
        ("https://a.cn/12", "name"), ("一般情况下", "word"), ("情形之一", "word"), ("统一标识", "word"), ("半导体企业", "word"), ("半成品", "word"),
        ("作为一个平台", "word"),
    ],
)  # fmt: skip
def test_marks_names_and_words_are_told_apart(text: str, kind: str) -> None:
    """They are no numbers of the text's, and not shown as unread."""
    assert {k for _, k in told(text)} == {kind}


def test_marks_within_a_line_count_on_from_one() -> None:
    """1.…；2.… are marks; values that happen to stand so are not."""
    assert {k for _, k in told("可以采取：1.警告；2.通报；3.除名。")} == {"label"}
    assert unread("权重为：1、3、9。") == ["1", "3", "9"]


def test_what_is_read_stands_with_its_number() -> None:
    """Place and words hold in the text itself, blanks and broken lines included."""
    text = "修改须经出席会员三 分之\n二以上同意，每学期公布一次，3至5名代表参加。"
    assert told(text) == [
        ("三 分之\n二", "share"), ("每学期公布一次", "frequency"), ("3", "headcount"), ("5名", "headcount"),
    ]  # fmt: skip
    assert account(text)[0].number.base == "present"  # type: ignore[union-attr]


def check(text: str) -> None:
    """Every character that writes a number stands in exactly one entry, and whatever the reader reads is in the account."""
    found = account(text)
    spans = [(n.begin, n.end) for n in found]
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), spans
    covered = {i for begin, end in spans for i in range(begin, end)}
    plain = numbers.folded(text)
    assert not [(i, text[i]) for i in range(len(text)) if plain[i] in FORMS and i not in covered]
    read = {(n.begin, n.end) for n in numbers.read(text)}
    assert read <= {(n.begin, n.end) for n in found if n.number}
    assert all((n.number is None) is (n.kind != "number") for n in found)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_numeral_of_a_sample_goes_by(name: str) -> None:
    """And what nobody has read in it is what stands in its expectations."""
    parts = outlined(name).parts
    for part in parts:
        check(part.text)
    assert [[p.at, w] for p in parts for w in unread(p.text)] == EXPECTED[name]["unread"]


PIECES = st.sampled_from(
    [
        *FORMS,
        *"第条款项年月日天个名人家票次届之分以上内外前后每至（）()、，。；：\n .-/%",
        "成员单位",
        "过半数",
        "多数",
        "一致",
        "若干",
        "三分之二",
        "工作日",
        "附件",
        "《",
        "》",
        "GB",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("每1-年")
@settings(max_examples=400, deadline=None)
def test_no_numeral_of_any_text_goes_by(text: str) -> None:
    """However it is put together."""
    check(text)


def test_words_hide_nothing_that_counts() -> None:
    """No fixed expression covers a numeral before what it would count: terms, votes, days, members."""
    for counted in ("届", "票", "次", "日", "天", "周", "个月", "年", "名", "家", "学期", "成", "半", "倍"):
        for numeral in ("一", "两", "三", "十", "半", "3"):
            for before in ("连任", "名单", "会员", "系统", "在", "提前", "满", "会同", "至多"):
                text = f"{before}{numeral}{counted}以内的"
                assert "word" not in {k for _, k in told(text)}, text


def test_a_long_text_is_accounted_for_in_time() -> None:
    """Seven hundred thousand characters of an ordinary charter in seconds."""
    text = (
        "会员应当遵守本公约的规定，不得有损害行业声誉的行为，并接受监督检查；" * 8 + "\n（二）每年至少召开两次会议。\n"
    ) * 2_400
    begun = time.process_time()
    assert len(account(text)) == 2 * 2_400
    assert pace.seconds_since(begun) < 10
