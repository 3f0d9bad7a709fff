"""The outline as a whole at the desk: its table, the answer, who may give it, when it is asked again, what a long text folds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from gongyue.covenant.binding import draft_file
from tests.covenant.answering import settle
from web.conftest import House, Visitor
from web.desk.founding import CLERK, PAGE, PUBLISHER, SECRETARY, Binder, before_founding, file

SMALL = "小公约\n第一条 秘书处执行本公约。\n第二条 修改本公约须经全体会员三分之二以上同意。\n第三条 本公约自公布之日起施行。\n"
ODD = (
    "小公约\n第一章 总则\n第一条 秘书处执行本公约。第二章 会员 会员应当守约。\n"
    "第二条 会员应当：\n（一）守约；\n（二）互助。\n第三条 本公约自公布之日起施行。\n\n小公约秘书处\n"
)


@pytest.fixture
def desk(house: House) -> House:
    """Before there is a covenant."""
    return before_founding(house)


def begun(desk: House, text: str) -> Binder:
    """The secretary at the page, with a text read."""
    binder = Binder(desk)
    binder.begins("小公约.txt", text.encode())
    return binder


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_it_is_asked_first_as_a_table_with_what_is_worth_a_second_look(desk: House) -> None:
    """Heading, parts with their ends and figures, the heading within a sentence, the line left out; in English too."""
    binder = begun(desk, ODD)
    for doubt in binder.drafting.doubts:
        binder.answers("resolve", line=doubt.line, way="so", nth=doubt.nth)
    page = words_of(binder.looks())
    assert (
        "全文的结构：1 章 3 条（第1条至第3条），其中 1 处分项，共 2 项；文件里另有 1 行不属于任何一处；1 处值得再看一眼"
        in page
    )
    assert "第一章 总则 3 条（第1条至第3条），其中 1 处分项，共 2 项；1 处值得再看一眼" in page
    assert "再看一眼：“第二章 会员 会员应当守约”像标题，读在这里面" in page and "3 段，2 项（（一）–（二））" in page
    assert "第 9 行 小公约秘书处 末条之后的文字" in page
    english = words_of(binder.client.get(f"/en{PAGE}").content.decode())
    assert "Look again: “第二章 会员 会员应当守约” looks like a heading and is read as part of this" in english
    assert "Sentences undecided: 1." in english and "1 oddities" not in english
    assert "1 more line of the file in no part" in english and "3 paragraphs, 2 items" in english


def test_it_is_so_and_the_next_question_comes(desk: House) -> None:
    """Remembered with who said it; looked at once more it says so; another text is asked about again."""
    binder = begun(desk, SMALL)
    assert binder.answers("outline", way="so").status_code == 302
    page = words_of(binder.looks())
    assert "执行机构 未决定" in page and "全文的结构：与原文相符" in page and binder.drafting.outline_said == "="
    assert "已确认：与原文相符。" in words_of(binder.looks("outline"))
    given = {"text": file("小公约.txt", (SMALL + "第四条 会员应当守约。\n").encode()), "version": binder.seen}
    assert binder.client.post(PAGE + "text", given).status_code == 302
    assert "全文的结构：4 条（第1条至第4条）" in words_of(binder.looks()) and binder.drafting.outline_said == ""


def test_it_is_not_so_and_nothing_is_frozen(desk: House) -> None:
    """A conflict that leads to the question and says how to mend it; the sheet says so; finishing is refused; then it is so after all."""
    binder = begun(desk, SMALL)
    done, _ = settle(binder.drafting, [])
    given = {"draft": file("binding-draft.json", draft_file.dump(done.draft)), "version": binder.seen}
    assert binder.client.post(PAGE + "text", given).status_code == 302
    assert "都已决定，可以定稿" in words_of(binder.looks())
    assert binder.answers("outline", way="not-so", q="outline").status_code == 302
    page = binder.looks()
    assert "不是这样：读错了存疑的行" in words_of(page) and 'href="?q=outline#question">去改' in " ".join(page.split())
    sheet = words_of(binder.client.get(PAGE + "sheet/").content.decode())
    assert "结构 全文的结构没有整体确认：3 条（第1条至第3条）" in sheet and "还不能定稿" in sheet
    assert binder.client.post(PAGE + "finish", {"version": binder.seen}).status_code == 422
    binder.answers("outline", way="so")
    sheet = words_of(binder.client.get(PAGE + "sheet/").content.decode())
    assert "全文的结构已逐处看过、整体确认：3 条（第1条至第3条）；文件的各行都在其中" in sheet and "可以定稿" in sheet
    english = binder.client.get(f"/en{PAGE}sheet/").content.decode()
    assert "confirmed as a whole: 3 articles" in words_of(english) and re.search(
        r'lang="zh-Hans"[^>]*>第<', english.replace("1条", "<")
    )
    assert binder.client.post(PAGE + "finish", {"version": binder.seen}).status_code == 302


def test_who_may_answer_and_how(desk: House) -> None:
    """The clerk may; a member, the authority and an officer of another office are refused; so is no answer, and one on what was not seen."""
    binder = begun(desk, SMALL)
    for who in ("yunling@demo.invalid", "authority@demo.invalid", PUBLISHER):
        given = {"do": "outline", "way": "so", "version": binder.seen}
        assert desk.client(who).post(PAGE, given).status_code == 403, who
    assert binder.answers("outline").status_code == 422 and binder.drafting.outline_said == ""
    clerk = Binder(desk, CLERK)
    clerk.looks()
    assert clerk.answers("outline", way="so").status_code == 302
    assert binder.answers("outline", way="not-so").status_code == 409 and binder.drafting.outline_said == "="


def test_it_is_not_answered_while_a_line_is_in_doubt(desk: House) -> None:
    """422 with what comes first; the page asks about the line and does not show the outline yet."""
    binder = begun(desk, SMALL.replace("第三条", "第五条"))
    refused = binder.answers("outline", way="so")
    assert refused.status_code == 422 and "先答完那些" in words_of(refused.content.decode())
    assert "第 4 行的编号" in words_of(binder.looks("outline"))


def test_a_very_long_text_says_its_figures_and_lists_what_is_worth_a_second_look(desk: House) -> None:
    """Five hundred articles below two headings, closed, with one row between them; the rest is counted."""
    lines = [f"第{n}条 会员应当守约，互相帮助。" for n in range(1, 501)]
    lines[299] = "第300条 会员应当守约，互相帮助"
    binder = begun(desk, "\n".join(["小公约", "第一章 总则", *lines[:250], "第二章 会员", *lines[250:]]))
    page = binder.looks()
    assert "第二章 会员 250 条（第251条至第500条）；1 处值得再看一眼" in words_of(page)
    assert "另有 250 处没有看出什么，未列" in words_of(page) and "另有 249 处" in words_of(page)
    assert page.count('<th scope="row">') == 1 and '<details class="bind-way bind-outline"><summary>' in page


def test_it_is_read_and_confirmed_on_a_phone(desk: House, visitor: Callable[..., Visitor]) -> None:
    """At 360 px without sideways scrolling, by keyboard, with nothing an accessibility checker complains of."""
    binder = begun(desk, ODD)
    for doubt in binder.drafting.doubts:
        binder.answers("resolve", line=doubt.line, way="so", nth=doubt.nth)
    secretary = visitor(viewport={"width": 360, "height": 800}).signs_in(SECRETARY)
    for path in (PAGE, f"/en{PAGE}"):
        page = secretary.at(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator(".bind-outline tbody tr").count() == 3
    page = secretary.at(PAGE)
    page.get_by_role("button", name="是这样", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "执行机构" in page.inner_text("#ask-t") and secretary.complaints == []
