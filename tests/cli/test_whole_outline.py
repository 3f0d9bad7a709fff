"""The outline as a whole at the command line: listed, confirmed or denied by an option and at the prompt, told on the sheet, read by itself."""

from __future__ import annotations

import json
from pathlib import Path

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from tests.covenant.answering import settle

from .desk import COVENANT, Desk
from .test_binding import BIND, SMALL, TEXT

TOTAL = "3 条（第1条至第3条）；文件的各行都在其中"
LONG = "大公约\n" + "".join(f"第{n}条 会员应当守约。\n" for n in range(1, 71)) + "大公约秘书处\n"


def kept(name: str = TEXT) -> draft_file.Draft:
    """The draft's file."""
    return draft_file.load(Path(f"{name}.binding.json").read_bytes())


def test_it_is_asked_first_with_every_part_and_answered_by_an_option(empty: Desk) -> None:
    """Heading and parts with their figures; as read it is asked no more; JSON has the same rows."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    told = empty.run(*BIND)
    assert "第二章 自律条款 · 8 条（第6条至第13条），其中 1 处分项，共 5 项；1 处值得再看一眼" in told
    assert "引与技术规范讲解的等活动；。  6 段，5 项（（一）–（五））" in told and "! 特别长：427 字" in told
    assert told.count("\n    第") == 26 and "--outline as-read  相符" in told and "--outline not-so" in told
    said = empty.json(*BIND)
    assert said["question"]["kind"] == "outline" and [len(c["rows"]) for c in said["outline"]["chapters"]] == [
        5,
        8,
        7,
        6,
    ]
    answered = empty.json(*BIND, "--outline", "as-read")
    assert answered["question"]["capability"] == "office.executive" and answered["outline"] is None
    assert kept().outline.startswith("=sha256:")
    shown = empty.run(*BIND, "--outline", "show", "--lang", "en")
    assert "the outline was looked at and confirmed as a whole: 4 chapters, 26 articles" in shown and "第9条" in shown


def test_what_is_said_not_to_be_so_keeps_it_from_being_frozen(empty: Desk) -> None:
    """Told with how to mend it, on the sheet and where an edition is written; another answer takes its place."""
    empty.write(TEXT, SMALL)
    done, _ = settle(binding_draft.begin(SMALL.encode(), TEXT), [])
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(done.draft))
    assert empty.run(*BIND, "--sheet").startswith(f"全文的结构已逐处看过、整体确认：{TOTAL}\n")
    denied = empty.run(*BIND, "--outline", "not-so")
    assert (
        f"尚不能定稿：全文的结构（{TOTAL}）不是这样" in denied
        and "说明读错的行是什么（标题、另起一处、接上一处、不属于正文），或改好文件再读入" in denied
        and "--line 12=heading" in denied
    )
    sheet = empty.run(*BIND, "--sheet", code=1)
    assert sheet.startswith(f"全文的结构没有整体确认：{TOTAL}\n") and "尚不能定稿 (1)" in sheet
    refused = empty.try_(*BIND, "--edition", "made.json")
    assert refused.exit_code == 4 and "不是这样" in refused.output and not Path("made.json").exists()
    assert "可以定稿" in empty.run(*BIND, "--outline", "as-read")
    assert empty.json(*BIND, "--sheet")["outline"]["en"].startswith(
        "the outline was looked at and confirmed as a whole: 3 articles"
    )


def test_at_the_prompt_enter_says_that_it_is_so_and_x_that_it_is_not(empty: Desk) -> None:
    """Anything else is refused, saying which there are."""
    empty.write(TEXT, SMALL)
    told = empty.try_(*BIND, "--ask", typed="8\nx\nq\n")
    assert "回车 是这样，x 不是" in told.stderr and kept().outline.startswith("!sha256:")
    Path(TEXT + ".binding.json").unlink()
    empty.try_(*BIND, "--ask", typed="\nq\n")
    assert kept().outline.startswith("=sha256:")


def test_a_long_text_is_told_by_its_headings_and_listed_in_full_when_asked(empty: Desk) -> None:
    """Seventy articles: figures, what is left out, how to see every part."""
    empty.write("大公约.txt", LONG.replace("第9条 会员应当守约。", "第9条 负责："))
    empty.run("founding", "bind", "大公约.txt", "--next")
    done = empty.run("founding", "bind", "大公约.txt", "--resolve", f"{_line(empty)}==")
    assert "没有标题 · 70 条（第1条至第70条）；1 处值得再看一眼" in done and "! 以冒号收尾，后面没有内容" in done
    assert done.count("条 会员应当守约。") == 0 and "逐处列出：--outline show" in done and "72 “大公约秘书处”" in done
    assert empty.run("founding", "bind", "大公约.txt", "--outline", "show").count("条 会员应当守约。") == 69


def _line(desk: Desk) -> int:
    """The line in doubt."""
    line: int = desk.json("founding", "bind", "大公约.txt")["question"]["line"]
    return line


def test_the_outline_is_read_by_itself(empty: Desk) -> None:
    """The same rows without a draft, in both languages, as JSON, and of a text that cannot be read the reason."""
    empty.write(TEXT, SMALL + "小公约秘书处\n")
    told = empty.run("read", TEXT, "--outline")
    assert told.splitlines()[:2] == ["标题: 小公约", "3 条（第1条至第3条）；文件里另有 1 行不属于任何一处"]
    assert "  第3条 本公约自公布之日起施行。  1 段" in told and "5 “小公约秘书处” 末条之后的文字" in told
    english = empty.run("read", TEXT, "--outline", "--lang", "en")
    assert "no heading · 3 articles (第1条 to 第3条)" in english and "lines of the file in no part (1):" in english
    shown = json.loads(empty.run("read", TEXT, "--outline", "--json"))
    assert [row["at"] for row in shown["chapters"][0]["rows"]] == ["1", "2", "3"] and shown["left_out"][0]["line"] == 5
    empty.write("english.txt", "This is an English text of some length. " * 20)
    assert empty.try_("read", "english.txt", "--outline").exit_code == 4


def test_what_steers_a_terminal_is_spelled_out(empty: Desk) -> None:
    """A line in no part is shown as it is written, by whoever wrote the file: the C1 control that begins a sequence, a turn of direction."""
    empty.write(TEXT, SMALL + "小公约\x9b31m秘书处\u202e逆\n")
    told = empty.run("read", TEXT, "--outline")
    assert "小公约\\u009b31m秘书处\\u202e逆" in told and "\x9b" not in told and "\u202e" not in told


def test_lines_are_listed_and_said_to_be_something_else(empty: Desk) -> None:
    """Every line with its role; a range at once; said so it is marked, and as read it is not; JSON has the same; in English too."""
    text = "小公约\n第一条 秘书处执行本公约。\n第二章 会员 会员应当守约！\n会员可以随时退出。\n第二条 本公约自公布之日起施行。\n"
    empty.write(TEXT, text)
    told = empty.run(*BIND, "--outline", "lines")
    assert told.splitlines()[:4] == [
        "    1  title   全文的标题  小公约",
        "    2  part    第1条  第一条 秘书处执行本公约。",
        "    3  above   第1条  第二章 会员 会员应当守约！",
        "    4  above   第1条  会员可以随时退出。",
    ]
    empty.run(*BIND, "--line", "3=heading", "--line", "4-4=part")
    lines = empty.run(*BIND, "--outline", "lines", "--lang", "en").splitlines()
    assert lines[2:4] == [
        "    3* heading heading  第二章 会员 会员应当守约！",
        "    4* part    第1段  会员可以随时退出。",
    ]
    assert [(one["line"], one["role"], one["at"]) for one in empty.json(*BIND, "--outline", "lines")][2:] == [
        (3, "heading", ""), (4, "part", "¶1"), (5, "part", "2"),
    ]  # fmt: skip
    assert "第二章 会员 会员应当守约！ · 1 条，条之外 1 段（第1段至第2条）" in empty.run(*BIND, "--outline", "show")
    assert "第 3 行“第2章 会员 会员应当守约！”：章号不连续" in empty.run(*BIND)
    empty.run(*BIND, "--line", "3-4=as-read")
    assert "第一条" in empty.run(*BIND, "--outline", "lines") and kept().resolved == ()


def test_what_is_said_of_a_line_wrongly_is_refused_with_how_to_write_it(empty: Desk) -> None:
    """No number, no role there is, no such line, a range without words: exit 2, and the draft is as it was."""
    empty.write(TEXT, SMALL)
    for given, says in (
        ("heading", "写作 12=heading 或 13-15=above"), ("2=chapter", "没有“chapter”这一种"), ("0=out", "写作 12=heading"),
        ("9=out", "第 9 行没有可以说明的文字"), ("7-9=out", "7-9：这几行没有文字"), ("2-x=out", "写作 12=heading"), ("2-4=out", "就没有条文了"),
        ("2-00000099999999999=out", "写作 12=heading"), ("0000002=out", "写作 12=heading"), ("2-99999=out", "就没有条文了"),
        ("10001=out", "第 10001 行没有可以说明的文字"), ("4-10001=chapter", "没有“chapter”这一种"), ("9-99999=out", "9-99999：这几行没有文字"),
        ("²=out", "写作 12=heading"),
    ):  # fmt: skip
        refused = empty.try_(*BIND, "--line", given)
        assert refused.exit_code == 2 and says in refused.output, given
    assert not Path(TEXT + ".binding.json").exists()


def test_at_the_prompt_l_lists_the_lines_and_says_what_they_are(empty: Desk) -> None:
    """Listed with their numbers, then 接上一处; the outline is asked about once more."""
    empty.write(TEXT, SMALL)
    told = empty.try_(*BIND, "--ask", typed="l\nl 3=above\nl 3=none\nq\n")
    assert "    3  part    第2条" in told.stderr and "没有“none”这一种" in told.stderr
    assert [r.at for r in kept().resolved] == ["@above"]


def test_words_within_a_line_are_said_by_an_option_and_at_the_prompt(empty: Desk) -> None:
    """Twice of one line; the listing has its pieces; at the prompt with a blank among the words; what is wrong is refused with how to write it."""
    text = (
        "小公约\n第一条 秘书处执行本公约。第二章 会员 会员应当守约！会员可以退出。\n第二条 本公约自公布之日起施行。\n"
    )
    empty.write(TEXT, text)
    empty.run(*BIND, "--line", "2=heading:第二章 会员", "--line", "2=part:会员可以退出")
    told = empty.run(*BIND, "--outline", "lines").splitlines()
    assert told[1:5] == [
        "    2  part    第1条  第一条 秘书处执行本公约。",
        "    ·* heading 章节的标题  第二章 会员",
        "    ·  part    第1段  会员应当守约！",
        "    ·* part    第2段  会员可以退出。",
    ]
    assert [r.at for r in kept().resolved] == ["@heading:第二章 会员", "@part:会员可以退出"]
    Path(TEXT + ".binding.json").unlink()
    typed = empty.try_(*BIND, "--ask", typed="l 2=heading:第二章 会员\nq\n")
    assert [r.at for r in kept().resolved] == ["@heading:第二章 会员"], typed.stderr
    refused = empty.try_(*BIND, "--line", "2=heading:不得")
    assert refused.exit_code == 2 and "第 2 行没有“不得”这几个字" in refused.stderr
    assert "12=heading:第三章 会员" in empty.try_(*BIND, "--line", "twelve").stderr


def test_reading_a_file_with_a_draft_says_that_its_answers_are_not_in_it(empty: Desk) -> None:
    """And how to see them; without a draft nothing is said."""
    empty.write(TEXT, SMALL)
    assert "草稿" not in empty.try_("read", TEXT).stderr
    empty.run(*BIND, "--line", "2=above")
    for more in ((), ("--outline",)):
        told = empty.try_("read", TEXT, *more)
        assert told.exit_code == 0 and f"gongyue founding bind {TEXT} --outline show" in told.stderr
    assert "without what was said in the draft" in empty.try_("read", TEXT, "--lang", "en").stderr
