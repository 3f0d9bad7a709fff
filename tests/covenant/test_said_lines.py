"""What is said of lines and would take a clause of signature, approval or force out of the text: refused, and without effect in a draft's file."""

from __future__ import annotations

import time

import pytest

from gongyue.cli.binding_options import roles
from gongyue.covenant import draft_edition, parser
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import Resolved
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import say
from gongyue.covenant.edition import BadEdition
from support import pace

NAME = "湖心公约.txt"
CLAUSE = "本公约经全体成员单位签署并报主管部门批准后生效"
TITLED = f"湖心公约\n{CLAUSE}\n第一条 秘书处执行本公约。\n第二条 成员单位应当守约。\n"
HEADED = (
    "湖心公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。\n第三条 成员可以退出。\n第四条 成员应当到会。\n"
    f"第五条 其他事项：\n签署与批准\n{CLAUSE}。\n"
)
BELOW = "湖心公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。\n\n附注\n成员单位每年缴纳会费一千元，修改本公约须经全体一致同意\n"
TORN = "湖心公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。\n附则 本公约自 签署 之日起 生效\n"
SIGNED = {"founding.signature"}
"""What 第五章 签署与生效 names, and no clause of the text says."""
BLANKS = "湖心公约\n我们一起读书。\n成员应当守约。\n本公约由成员签字盖章 后生效。\n本公约报民政局 批准 后生效。\n"


def drafted(text: str) -> Drafting:
    """A new draft on a text."""
    return binding_draft.begin(text.encode(), NAME)


def said(text: str, *lines: str) -> Drafting:
    """With what is said of lines as on the command line."""
    d = drafted(text)
    return say(d, roles(lines, d))[0]


def by_hand(text: str, *lines: tuple[int, str]) -> Drafting:
    """A draft whose file somebody wrote."""
    told = tuple(Resolved(n, at) for n, at in lines)
    draft = draft_file.Draft(drafted(text).draft.text, NAME, told)
    return binding_draft.resume(text.encode(), NAME, draft_file.load(draft_file.dump(draft)))[0]


def guards(d: Drafting) -> set[str]:
    """Of signature, approval and force what is found."""
    known = d.read.by.catalogue.capabilities
    return {p.capability for p, _ in d.read.seen if known[p.capability].guard}


# -- the rest of a line that is no text


@pytest.mark.parametrize(
    ("text", "lines", "above"),
    [
        (TITLED, ("2=on",), "全文的标题"), (HEADED, ("7=heading", "8=on"), "章节的标题"), (BELOW, ("6=on",), "不属于正文"),
        (BELOW, ("5=out", "6=on"), "不属于正文"), (HEADED, ("7=out", "8=on"), "不属于正文"),
    ],
)  # fmt: skip
def test_no_line_is_the_rest_of_one_that_is_no_text(text: str, lines: tuple[str, ...], above: str) -> None:
    """It went into the title or a heading, or was dropped, in silence; in a file written by hand it does not act and keeps it from freezing."""
    with pytest.raises(BadBinding, match=f"不能与上一行连成一行：上一行读作{above}"):
        said(text, *lines)
    told = [(int(n), f"@{role}") for n, role in (one.split("=") for one in lines)]
    forged = by_hand(text, *told)
    assert guards(forged) >= guards(drafted(text)) and [f.why for f in forged.not_as_said] == ["outline"]
    assert "on" not in forged.read.said.values() and forged.not_as_said[0] in forged.conflicts and not forged.ready
    with pytest.raises(BadEdition):
        draft_edition.edition_of(forged)
    mended, _ = say(forged, {told[-1][0]: ""})
    assert mended.not_as_said == []


def test_a_line_above_that_was_said_to_be_the_rest_of_text_is_not_said_to_be_a_heading_afterwards() -> None:
    """In two steps as in one; the heading alone is possible, and so is the rest alone."""
    d = said(HEADED, "8=on")
    assert "签署与批准" + CLAUSE in d.read.outline.parts[-1].text and guards(d) == guards(drafted(HEADED))
    with pytest.raises(BadBinding, match="第 8 行不能与上一行连成一行"):
        say(d, {7: "heading"})
    headed = said(HEADED, "7=heading")
    assert [c.title for c in headed.read.outline.chapters] == ["签署与批准"] and guards(headed) == guards(d)
    assert len(guards(headed)) == 3


def test_a_line_that_is_no_text_and_its_rest_become_text_together() -> None:
    """附注 said to begin a part, its rest goes with it; the outline itself lists the rest of a line that is no text as left out."""
    d = said(BELOW, "5=part", "6=on")
    assert d.read.outline.parts[-1].text.startswith("附注成员单位每年缴纳会费一千元") and d.read.shown.left_out == ()
    alone = {6: "on"}
    found = parser.outline(BELOW.encode(), NAME, None, alone)
    left = parser.lines_left_out(BELOW.encode(), NAME, found, alone)
    assert [x.line for x in left] == [5, 6] and "会费一千元" in left[1].words


def test_a_clause_over_several_lines_said_to_be_headings_is_told() -> None:
    """Neither line says it by itself; a number above a name, and a title of two lines, are innocent."""
    text = "湖心公约\n我们一起读书。\n本公约自全体成员\n签字之日起施\n行\n成员应当守约。\n"
    d = drafted(text)
    assert guards(say(d, {4: "on", 5: "on"})[0])
    with pytest.raises(BadBinding, match=r"第 3 至 5 行.*不能是标题"):
        say(d, {3: "heading", 4: "heading", 5: "heading"})
    assert by_hand(text, (3, "@title"), (4, "@title"), (5, "@title")).not_as_said
    named = said("湖心公约\n我们一起读书。\n第五章\n签署与生效\n成员应当守约。\n", "3=heading", "4=heading")
    assert named.not_as_said == [] and named.read.outline.chapters[-1].title == "签署与生效"
    assert (
        said("湖心\n公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。\n", "1=title", "2=title").not_as_said == []
    )


# -- pieces


@pytest.mark.parametrize(
    "ats",
    [
        (f"@part:{CLAUSE}", f"@heading:{CLAUSE}"), ("@part:本公约", f"@heading:{CLAUSE}。"), ("@part:本公约", f"@title:{CLAUSE}。"),
        (f"@heading:{CLAUSE}",),
    ],
)  # fmt: skip
def test_what_a_file_says_of_the_same_words_twice_does_not_act(ats: tuple[str, ...]) -> None:
    """The first that had the words was looked at, and the second acted: the clause was a heading, and nothing told."""
    for text in (HEADED, HEADED.replace(f"{CLAUSE}。", CLAUSE)):
        forged = by_hand(text, *((8, at) for at in ats))
        assert forged.read.outline.parts == drafted(text).read.outline.parts and not forged.ready
        assert forged.read.outline.chapters == () and len(guards(forged)) == 3
        assert len(forged.not_as_said) == 1 and "第 8 行" in forged.not_as_said[0].zh
        assert say(forged, {8: ""})[0].not_as_said == []


@pytest.mark.parametrize(
    ("text", "lines", "why"),
    [
        (TORN, ("4=heading:附则", "4=part:签署", "4=part:之日起", "4=part:生效"), "读不出“签署”"),
        (HEADED.replace("其他事项：\n签署与批准\n", "").replace(f"{CLAUSE}。", "本公约由成员签字盖章 后生效。"), ("6=part:后生效。",), "读不出"),
        (BLANKS, ("4=part:后生效。",), "读不出"), (BLANKS, ("5=part:后生效。",), "读不出"),
    ],
)  # fmt: skip
def test_a_clause_is_not_torn_at_its_blanks(text: str, lines: tuple[str, ...], why: str) -> None:
    """Behind a blank a part may begin, where the clause is found still; in a file written by hand it does not act."""
    with pytest.raises(BadBinding, match=f"{why}.*一句话不能由此分开"):
        said(text, *lines)
    told = [(int(n), f"@{role}") for n, role in (one.split("=") for one in lines)]
    forged = by_hand(text, *told)
    assert forged.read.outline == drafted(text).read.outline and not forged.ready
    assert [why.strip("读不出") in f.zh and "一句话不能由此分开" in f.zh for f in forged.not_as_said] == [True]


@pytest.mark.parametrize(
    ("text", "lines", "title"),
    [
        (TORN, ("4=heading:附则",), "附则"), (TORN, ("4=heading:附则", "4=part:本公约自"), "附则"),
        ("湖心公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。第五章 签署与生效 第三条 本公约自公布之日起施行。\n",
         ("3=heading:第五章 签署与生效",), "签署与生效"),
        ("湖心公约\n第一条 秘书处执行本公约。\n第二条 成员应当守约。附则 本公约自公布之日起施行。\n", ("3=heading:附则", "3=part:本公约自公布"), "附则"),
        ("湖心公约\n第一条 秘书处执行本公约。\n第二条 成员签署承诺书。 本公约自公布之日起施行。\n", ("3=part:本公约自",), ""),
    ],
)  # fmt: skip
def test_a_line_is_parted_where_no_clause_is_torn(text: str, lines: tuple[str, ...], title: str) -> None:
    """A heading before a clause, one that only names its matter, and a clause that begins a part."""
    d = said(text, *lines)
    assert [c.title for c in d.read.outline.chapters] == ([title] if title else []) and d.not_as_said == []
    assert guards(d) >= guards(drafted(text)) - (SIGNED if title == "签署与生效" else set())
    kept = binding_draft.resume(text.encode(), NAME, draft_file.load(draft_file.dump(d.draft)))[0]
    assert kept.read.outline == d.read.outline and kept.draft == d.draft


def test_what_the_text_says_twice_is_not_torn_once() -> None:
    """The same clause elsewhere is no comfort."""
    text = BLANKS.replace("成员应当守约。", "本公约由成员签字盖章 后生效。")
    with pytest.raises(BadBinding, match="第 4 行这样分开"):
        said(text, "4=part:后生效。")


def test_words_are_those_of_the_file_where_a_part_was_said_behind_them() -> None:
    """第一条 stands on the line, though a part was said to begin behind it; what is not there is refused as before."""
    text = "湖心公约\n第一条 秘书处执行本公约。成员应当守约。\n第二条 成员可以退出。\n"
    d = said(text, "2=part:秘书处执行")
    assert "第一条" not in [one.words for one in d.read.laid]
    both = say(d, {2: "part:秘书处执行\npart:第一条"})[0]
    assert [p.text for p in both.read.outline.parts[:2]] == ["第一条", "秘书处执行本公约。成员应当守约。"]
    with pytest.raises(BadBinding, match="第 2 行没有“理事会”这几个字"):
        say(d, {2: "part:秘书处执行\npart:理事会"})
    assert say(d, {2: "part:成员应当"})[0].read.said == {2: "part:成员应当"}


def test_what_was_joined_and_parted_is_quoted_on_the_sheet() -> None:
    """Shortly, since it stays text; a line that begins a part as a whole is not."""
    text = "湖心公约\n第一条 成员可以退出，退出的应当提前三十\n日通知秘书处。秘书处应当在十五日以内书面答复并公布名单。\n第二条 成员应当守约。\n"
    d = said(text, "3=on", "4=part")
    assert d.outline_told[0].endswith("。由人说明与上一行连成一行：第 3 行“日通知秘书处。秘书处应当在十五……”")
    assert "Said to be the rest of the line above: line 3 “" in d.outline_told[1]
    parted = said(text.replace("\n日", "日"), "2=part:秘书处应当")
    assert parted.outline_told[0].endswith("由人说明在行内另起一处：第 2 行“秘书处应当在十五日以内书面答复……”")


def test_no_more_than_sixteen_places_of_a_line() -> None:
    """Six hundred took five seconds; in a file written by hand they do not act, at once."""
    words = [f"成员{chr(0x4E00 + 7 * i)}应当守约。" for i in range(600)]
    text = "湖心公约\n第一条 秘书处执行本公约。\n" + "".join(words) + "\n第二条 成员应当到会。\n"
    d = drafted(text)
    assert len(say(d, {3: "\n".join(f"part:{one}" for one in words[1:17])})[0].read.outline.parts) == 18
    with pytest.raises(BadBinding, match="一行至多说 16 处"):
        say(d, {3: "\n".join(f"part:{one}" for one in words[1:18])})
    began = time.process_time()
    forged = by_hand(text, *((3, f"@part:{one}") for one in words))
    assert "至多说 16 处" in forged.not_as_said[0].zh and forged.read.outline.parts == d.read.outline.parts
    assert pace.seconds_since(began) < 1


def test_words_within_a_line_that_are_a_sentence_are_not_told_to_be_fewer() -> None:
    """Of a whole line it helps; of words within one it was said already."""
    with pytest.raises(BadBinding, match="像一句话，不能是标题；只有其中几个字"):
        said(HEADED, "8=heading")
    with pytest.raises(BadBinding) as refused:
        said(HEADED, f"8=heading:{CLAUSE}。")
    assert refused.value.zh.endswith("像一句话，不能是标题") and refused.value.en.endswith(
        "is a sentence and no heading"
    )
