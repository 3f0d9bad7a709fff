"""The outline as a whole at the desk: its table, the answer, who may give it, when it is asked again, what a long text folds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

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
    assert "不是这样：说明读错的行是什么" in words_of(page) and 'href="?q=outline#question">去改' in " ".join(
        page.split()
    )
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


LINES = PAGE + "lines/"


def says(binder: Binder, **given: str) -> Any:
    """Save what lines are, from the page last seen."""
    fields = {name.replace("_", "-"): role for name, role in given.items()}
    answer = binder.client.post(LINES, {"version": binder.seen, "from": "1", "go": "1", **fields}, follow=True)
    binder.looks()
    return answer


def test_a_line_is_said_to_be_a_heading_on_the_page(desk: House) -> None:
    """Chosen and saved, it is one, told with who changed it; what was chosen as it is changes nothing; it can be as it was read after all."""
    binder = begun(desk, ODD)
    page = words_of(binder.client.get(LINES).content.decode())
    assert "每一行读成了什么" in page and "3 第一条 秘书处执行本公约。第二章 会员 会员应当守约。 第1条" in page
    answer = says(binder, line_9="heading", line_3="part", line_5="above", line_6="part")
    assert "已改：第 6 行为另起一处；第 9 行为章节的标题。结构要再确认一次。" in words_of(answer.content.decode())
    assert [c.title for c in binder.drafting.read.outline.chapters] == ["总则", "小公约秘书处"]
    assert "第 9 行为章节的标题" in words_of(binder.looks()) and "有人说的" in words_of(answer.content.decode())
    english = words_of(binder.client.get("/en" + LINES).content.decode())
    assert "What each line was read as" in english and "somebody said so" in english
    says(binder, line_6="as-read", line_9="as-read")
    assert binder.drafting.read.said == {} and len(binder.drafting.read.outline.chapters) == 1


def test_words_within_a_line_are_said_on_the_page(desk: House) -> None:
    """The words and what they are; more of the same line beside them; torn from a sentence or without a role they are refused; as read again."""
    binder = begun(desk, ODD)
    answer = says(binder, line_3="heading", words_3="第二章 会员")
    assert "第 3 行为“第二章 会员”章节的标题" in words_of(answer.content.decode())
    assert binder.drafting.read.said == {3: "heading:第二章 会员"}
    assert [c.title for c in binder.drafting.read.outline.chapters] == ["总则", "会员"]
    says(binder, line_3="part", words_3="会员应当守约")
    assert binder.drafting.read.said == {3: "heading:第二章 会员\npart:会员应当守约"}
    torn = says(binder, line_5="above", words_5="会员")
    assert torn.status_code == 422 and "只能是标题或另起一处" in words_of(torn.content.decode())
    assert says(binder, line_3="").status_code == 200 and 3 in binder.drafting.read.said
    says(binder, line_3="as-read")
    assert binder.drafting.read.said == {}


def test_what_is_refused_of_a_line_is_said_in_the_words_of_the_page(desk: House) -> None:
    """No line of a command: what to open, write and choose there, in both languages."""
    binder = begun(desk, SMALL.replace("小公约", "海风行业\n自律与互助约定"))
    titled = next(one.line for one in binder.drafting.read.laid if one.role == "title")
    alone = {f"line-{3 - titled}": "title"}
    whole = words_of(says(binder, line_3="heading").content.decode())
    assert "像一句话，不能是标题；只有其中几个字是标题的，展开这一行的“只是其中几个字”，写出那几个字" in whole
    long = words_of(says(binder, line_3="part", words_3="会" * 61).content.decode())
    assert "只写行内的几个字，至多 60 字" in long
    other = words_of(says(binder, **alone).content.decode())
    assert "标题占这两行，两行都选“全文的标题”；它不是标题，选“不属于正文”之类" in other
    assert not any(written in whole + long + other for written in ("=heading", "heading:", "--line", "=out"))
    refused = binder.client.post("/en" + LINES, {"version": binder.seen, "from": "1", "line-3": "heading"})
    assert "open “only some words of it” and write those words" in words_of(refused.content.decode())
    for given in ({"line-3": "part", "words-3": "会" * 61}, alone):
        english = words_of(
            binder.client.post("/en" + LINES, {"version": binder.seen, "from": "1", **given}).content.decode()
        )
        assert "write some words of it, 60 characters" in english or "choose “title of the text” for both" in english, (
            english
        )
        assert "--line" not in english and "heading:" not in english


def test_a_title_of_two_lines_is_chosen_on_the_page(desk: House) -> None:
    """The first stays chosen; both are the title. Where the first is chosen to be no text, the other is it alone."""
    binder = begun(desk, "海风公约\n" + SMALL)
    says(binder, line_1="title", line_2="title")
    assert binder.drafting.read.outline.title == "海风公约小公约"


def test_what_cannot_be_said_of_a_line_is_refused_on_the_page(desk: House) -> None:
    """No such role or line: 422, and nothing is kept; on a page that others have overtaken: 409; without a draft one is led to begin."""
    assert desk.client(SECRETARY).get(LINES).status_code == 302
    binder = begun(desk, SMALL)
    assert says(binder, line_2="chapter").status_code == 422 and says(binder, line_99="out").status_code == 422
    gone = says(binder, line_2="out", line_3="out", line_4="out")
    assert gone.status_code == 422 and "就没有条文了" in words_of(gone.content.decode())
    seen = binder.seen
    assert says(binder, line_3="above").status_code == 200
    binder.seen = seen
    late = says(binder, line_4="above")
    assert late.status_code == 409 and "别人先改了" in words_of(late.content.decode())
    assert binder.drafting.read.said == {3: "above"}


@pytest.mark.parametrize("posted", [None, {"line-3": "above"}, {"line-3": "chapter"}])
def test_a_draft_that_is_discarded_meanwhile_leads_to_the_beginning(
    desk: House, posted: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look at it and the next, as a colleague may: on the page, and with what lines are; nothing breaks."""
    from gongyue.web.binding import draft_store

    binder = begun(desk, SMALL)
    look = draft_store.current

    def looked_then_discarded() -> Any:
        found = look()
        if found is not None:
            assert draft_store.discard(binder.seen)
        return found

    monkeypatch.setattr(draft_store, "current", looked_then_discarded)
    given = None if posted is None else {"version": binder.seen, "from": "1", **posted}
    answer = binder.client.get(LINES) if given is None else binder.client.post(LINES, given)
    assert answer.status_code == 302 and answer["Location"] == PAGE


def test_an_answer_on_a_draft_that_is_discarded_meanwhile_is_not_found(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to answer on: no fault of the pages."""
    from gongyue.web.binding import draft_store

    binder = begun(desk, SMALL)
    row = draft_store.current()
    looks = iter((row, None))
    assert draft_store.discard(binder.seen)
    monkeypatch.setattr(draft_store, "current", lambda: next(looks))
    assert binder.client.post(PAGE, {"do": "outline", "way": "so", "version": binder.seen}).status_code == 404


def test_who_may_say_what_a_line_is(desk: House) -> None:
    """The clerk may; a member, the authority and an officer of another office neither see the file nor change it."""
    binder = begun(desk, SMALL)
    for who in ("yunling@demo.invalid", "authority@demo.invalid", PUBLISHER):
        client = desk.client(who)
        assert client.get(LINES).status_code == 403 and client.post(LINES, {"line-3": "out"}).status_code == 403, who
    clerk = Binder(desk, CLERK)
    clerk.looks()
    assert says(clerk, line_3="above").status_code == 200 and binder.drafting.read.said == {3: "above"}


def test_a_long_file_is_paged_and_saving_goes_to_the_next_page(desk: House) -> None:
    """250 lines: three pages of a hundred; a line of the last is led to; saved, the next page comes."""
    binder = begun(desk, "小公约\n" + "".join(f"第{n}条 会员应当守约。\n" for n in range(1, 250)))
    page = words_of(binder.client.get(LINES, {"from": "205"}).content.decode())
    assert "第199条" not in page and "第200条" in page and "第 1 行起" in page and page.count("会员应当守约") == 50
    answer = binder.client.post(LINES, {"version": binder.seen, "from": "1", "go": "101", "line-5": "above"})
    assert answer["Location"].endswith("lines/?from=101") and binder.drafting.read.said == {5: "above"}


def test_lines_are_said_on_a_phone(desk: House, visitor: Callable[..., Visitor]) -> None:
    """At 360 px without sideways scrolling, by the form, in both languages, with nothing an accessibility checker complains of."""
    binder = begun(desk, ODD)
    secretary = visitor(viewport={"width": 360, "height": 800}).signs_in(SECRETARY)
    for path in (LINES, f"/en{LINES}"):
        page = secretary.at(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page = secretary.at(LINES)
    page.get_by_label("第 9 行读作").select_option("heading")
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()
    assert "已改：第 9 行为章节的标题" in page.inner_text("main") and secretary.complaints == []
    assert binder.drafting.read.said == {9: "heading"}
